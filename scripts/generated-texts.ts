import type { Argument, Command, Option } from 'commander'
import { doctorCodes } from '../src/doctor/doctor-codes.ts'
import { createProgram } from '../src/runtimes/cli/program.ts'
import { podcastSettingsTable } from '../src/settings/podcast-settings.ts'
import { pushSettingsTable } from '../src/settings/push-settings-table.ts'
import { serveSettingsTable } from '../src/settings/serve-settings.ts'
import type { Setting } from '../src/settings/setting.ts'
import { settingsJsonSchema } from '../src/settings/settings-schema.ts'
import {
  authorKeys,
  frontMatterFields,
  settingsTable,
  sourceSettingsTable,
} from '../src/settings/settings-table.ts'

/** The texts in this repository that are made from the program, by their paths; a test compares them with the files. */
export function generatedTexts(): Record<string, string> {
  return {
    'schema/broadsheet.schema.json': `${JSON.stringify(settingsJsonSchema(), null, 2)}\n`,
    'docs/settings.md': settingsPage(),
    'docs/commands.md': commandsPage(),
    'docs/doctor.md': doctorPage(),
  }
}

const generated = '<!-- Made from the program by `npm run docs:make`. Edit it there. -->'

/** Front matter of a page of the documentation, which is an article like any other. */
const head = (title: string, description: string, date: string) =>
  `---\ntitle: ${title}\ndate: ${date}\ndescription: ${JSON.stringify(description)}\n---\n\n${generated}\n`

function settingsPage(): string {
  return `${head('Settings', 'Every setting of broadsheet.toml: its default, what it means, an example.', '2026-11-20T09:05:00Z')}
Settings stand in \`broadsheet.toml\`, in the folder that holds your articles. The file is [TOML](https://toml.io); every setting has a
default, and a folder without the file can be published too. \`broadsheet init\` writes one, with a reference to a JSON Schema that lets
editors complete and check it.

Two of them matter from the day of publication: \`url\`, because every address in every document starts with it, and \`tag_authority\`, because
every id does ([Ids and moving house](ids-and-moving-house.md)).

A setting that nobody knows, or a value that can't be right, stops the program with exit code 2: the message names the line and what was
probably meant. All mistakes are shown at once.

| setting | default | meaning |
| :-- | :-- | :-- |
${Object.entries(settingsTable).map(settingRow).join('\n')}

## Every setting

${Object.entries(settingsTable).map(settingEntry).join('\n\n')}

## In a \`[sources.NAME]\` table

What holds for the articles of one source, for folders that hold texts of several. The name is the one that the articles themselves give.

${Object.entries(sourceSettingsTable)
  .map(([key, setting]) => settingEntry([key, { ...setting, example: `[sources.NAME]\n${setting.example}` }]))
  .join('\n\n')}

## In the \`[podcast]\` table

What directories and players ask of a show ([Podcasts](podcast.md)). An empty table is enough to make a podcast of a publication.

${Object.entries(podcastSettingsTable)
  .map(([key, setting]) => settingEntry([key, { ...setting, example: `[podcast]\n${setting.example}` }]))
  .join('\n\n')}

## In the \`[serve]\` table

How \`broadsheet serve\` listens, limits, counts and logs ([Deploy](deploy.md)). Nothing that is published depends on it, and it is read
when the server starts.

${Object.entries(serveSettingsTable)
  .map(([key, setting]) => settingEntry([key, { ...setting, example: `[serve]\n${setting.example}` }]))
  .join('\n\n')}

## In the \`[push]\` table

How subscribers are told at once ([Push](push.md)). It is read when the server starts.

${Object.entries(pushSettingsTable)
  .map(([key, setting]) =>
    settingEntry([
      key,
      {
        ...setting,
        example: setting.example.startsWith('[') ? setting.example : `[push]\n${setting.example}`,
      },
    ]),
  )
  .join('\n\n')}

## In an \`[[authors]]\` table

${list(authorKeys)}. Only \`name\` is needed.

## In \`[front_matter_keys]\`

A list of names under each of these: ${list(frontMatterFields)}.

\`\`\`toml
[front_matter_keys]
published = ["erschienen"]
tags = ["schlagworte", "themen"]
\`\`\`
`
}

const list = (names: readonly string[]) => names.map(name => `\`${name}\``).join(', ')

function settingRow([key, setting]: [string, Setting]): string {
  return `| [\`${key}\`](#${key}) | ${shownDefault(setting)} | ${cell(setting.meaning)} |`
}

function settingEntry([key, setting]: [string, Setting]): string {
  return `### \`${key}\`

${setting.meaning}

Must be ${setting.expected.replace(/(?<!`)\[\[[\w.]+\]\]/g, '`$&`')}. Default: ${shownDefault(setting)}.

\`\`\`toml
${setting.example}
\`\`\``
}

function shownDefault({ default: value }: Setting): string {
  if (value === null || value === undefined) return 'none'
  if (typeof value === 'object' && Object.keys(value).length === 0) return 'none'
  return `\`${JSON.stringify(value)}\``
}

const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('\n', ' ')

const silent = {
  out() {},
  say() {},
  style: (_: unknown, text: string) => text,
  outStyle: (_: unknown, text: string) => text,
}

function commandsPage(): string {
  const program = createProgram(silent, () => {})
  return `${head('Commands', 'Every command with its arguments, options, environment variables and examples.', '2026-11-20T09:04:00Z')}
\`broadsheet COMMAND --help\` says the same in a terminal. In a clone of the repository the program runs unbuilt:
\`npm run -s broadsheet -- COMMAND …\`.

Data goes to stdout, talk goes to stderr; with \`--json\` the data is one JSON document, also
where the command ends in an error: \`{"error": {"message", "hint", "exitCode", "findings"}}\`. Colours are left out where the stream is no
terminal, and where \`NO_COLOR\` is set. The program sends nothing anywhere by itself. What uses the network was
named on the line or in the settings: the address given to \`doctor\`, a bucket, the hub's subscribers; \`deploy\` and \`dev --worker\` have npx fetch wrangler where there is none.

| exit code | means |
| --: | :-- |
| 0 | all is well |
| 1 | findings: a file was rejected, an answer is an error, the doctor found a fault |
| 2 | wrong usage or settings; nothing was done |
| 3 | the program could not start: a taken port, an old Node |
| 130 | interrupted |

| environment variable | stands for |
| :-- | :-- |
${environmentRows(program)}
| \`NO_COLOR\` | no colours, whatever its value |
| \`BROADSHEET_CACHE\` | the folder that keeps what was parsed between runs, outside yours; \`off\` keeps nothing |

${program.commands.map(commandEntry).join('\n\n')}
`
}

function environmentRows(program: Command): string {
  const rows = new Map<string, string[]>()
  for (const command of program.commands)
    for (const { envVar, long } of command.options)
      if (envVar) rows.set(envVar, [...(rows.get(envVar) ?? []), `\`${command.name()} ${long}\``])
  return [...rows].map(([name, options]) => `| \`${name}\` | ${options.join(', ')} |`).join('\n')
}

function commandEntry(command: Command): string {
  const usage = command.registeredArguments.map(argument =>
    argument.required ? `<${argument.name()}>` : `[${argument.name()}]`,
  )
  return `## ${command.name()}

\`${['broadsheet', command.name(), ...usage].join(' ')}\`: ${command.description()}.

${[...command.registeredArguments.map(argumentLine), ...command.options.map(optionLine)].join('\n')}

\`\`\`sh
${examplesOf(command)}
\`\`\``
}

function argumentLine(argument: Argument): string {
  const choices = argument.argChoices ? `: ${list(argument.argChoices)}` : ''
  return `- \`${argument.name()}\`: ${argument.description}${choices}.`
}

function optionLine({ flags, description, envVar, defaultValue }: Option): string {
  const notes = [
    defaultValue === undefined || (Array.isArray(defaultValue) && defaultValue.length === 0)
      ? null
      : `default: \`${defaultValue}\``,
    envVar ? `environment: \`${envVar}\`` : null,
  ].filter(note => note !== null)
  return `- \`${flags}\`: ${description}${notes.length > 0 ? ` (${notes.join('; ')})` : ''}.`
}

/** From the help itself, where they are written. */
function examplesOf(command: Command): string {
  const [, examples = ''] = helpOf(command).split('\nExamples:\n')
  return examples.replaceAll(/^ {2}/gm, '').trimEnd()
}

function doctorPage(): string {
  const entries = Object.entries(doctorCodes).map(
    ([code, [severity, meaning, cure]]) =>
      `### \`${code}\`\n\n${severity === 'error' ? 'An error' : 'A warning'}. ${meaning} ${cure}`,
  )
  return `${head('The doctor', 'What broadsheet doctor asks of a publication, and every fault it names, with its cure.', '2026-11-20T09:07:00Z')}
\`broadsheet doctor URL\` fetches a publication as feed readers do, anybody's, and says what they run into. Give it the address of a feed, or
of a page that names its feeds. It asks that address, what it redirects to, the page the feed says it belongs to and one enclosure,
where they lie on the same host, some thirty requests in all; nothing is sent anywhere else.

An error loses readers or articles; a warning costs somebody bytes, time or comfort. The exit code is 1 where there is an error.
\`--json\` prints the same for programs.

\`\`\`sh
broadsheet doctor https://news.example.org/
broadsheet doctor http://localhost:8787/rss.xml --json
\`\`\`

## Every fault

${entries.join('\n\n')}
`
}

/** The help as it is printed, examples and all. */
function helpOf(command: Command): string {
  let help = ''
  const writeOut = (text: string) => {
    help += text
  }
  command.configureOutput({ getOutHelpWidth: () => 80, getOutHasColors: () => false, writeOut })
  command.outputHelp()
  return help
}
