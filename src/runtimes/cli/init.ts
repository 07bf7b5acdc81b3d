import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import * as v from 'valibot'
import { isArticlePath } from '../../model/article-paths.ts'
import { settingsFile } from '../../settings/settings.ts'
import { settingsTable } from '../../settings/settings-table.ts'
import { askedSettings, type StartingSettings, startingSettings } from '../../settings/starting-settings.ts'
import { formatRfc3339 } from '../../text/dates.ts'
import { safeJson } from '../../text/escape.ts'
import { hasHiddenPart } from '../../text/hidden-names.ts'
import { nearestName } from '../../text/nearest-name.ts'
import { makeFolder } from '../node/make-folder.ts'
import { CommandFailure, exitCodes } from './exit.ts'
import { ownCommand } from './own-command.ts'
import { shownPath } from './shown-path.ts'
import type { Terminal } from './terminal.ts'

export interface InitOptions extends StartingSettings {
  /** Asks nothing. */
  yes?: boolean
  json?: boolean
}

/** What the machine knows already, and a test says otherwise. */
export interface InitSurroundings {
  clock: () => number
  /** The machine's own, as suggestions. */
  timezone: string
  language: string
  /** Asks one question; null where nobody could answer. */
  ask: ((question: string) => Promise<string>) | null
  endAsking(): void
}

type AskedKey = (typeof askedSettings)[number]

const schemaFile = 'broadsheet.schema.json'
const docsFile = 'settings.md'
const attributesFile = '.gitattributes'

/** Lines of both branches are what a merge of two ledgers is: Broadsheet puts together what then stands twice. */
const ledgerAttributes = 'broadsheet.ledger merge=union'
const firstArticle = 'first-article.md'

/** Makes a folder a publication: its settings, and a first article where it has none. What is there is never touched. */
export async function init(
  named: string | undefined,
  options: InitOptions,
  terminal: Terminal,
  surroundings: InitSurroundings = thisMachine(options),
): Promise<number> {
  const path = resolve(named ?? '.')
  const shown = shownPath(path)
  refuseWhatIsThere(path, shown)
  for (const key of askedSettings) {
    const complaint = options[key] === undefined ? null : complaintAbout(key, options[key])
    if (complaint) throw new CommandFailure(exitCodes.usage, `--${key} ${complaint}`)
  }
  const answers = await answersFor(path, options, surroundings, terminal)
  const { schema, docs, copies } = referencesFor(path)
  const files: Record<string, string> = { [settingsFile]: startingSettings(answers, { schema, docs }) }
  if (!hasArticles(path)) files[firstArticle] = articleText(surroundings.clock())
  const attributes = join(path, attributesFile)
  const attributesThere = existsSync(attributes)
  if (!attributesThere) files[attributesFile] = `${ledgerAttributes}\n`
  Object.assign(files, copies)
  write(path, shown, files)
  report(shown, answers, files, options, terminal)
  if (attributesThere && !readFileSync(attributes, 'utf8').includes(ledgerAttributes))
    terminal.say(`Add this line to ${join(shown, attributesFile)}, for merges in git: ${ledgerAttributes}`)
  return exitCodes.ok
}

function refuseWhatIsThere(path: string, shown: string): void {
  const stats = statSync(path, { throwIfNoEntry: false })
  if (stats && !stats.isDirectory())
    throw new CommandFailure(exitCodes.usage, `${shown} is not a folder.`, {
      hint: 'Name a folder; one that is not there yet is made.',
    })
  if (existsSync(join(path, settingsFile)))
    throw new CommandFailure(exitCodes.usage, `${join(shown, settingsFile)} is there already.`, {
      hint: `Nothing was changed. Edit that file, or see what it makes of the folder: ${ownCommand()} check ${shown}`,
    })
}

async function answersFor(
  path: string,
  given: StartingSettings,
  { timezone, language, ask, endAsking }: InitSurroundings,
  terminal: Terminal,
): Promise<StartingSettings> {
  const suggested: StartingSettings = { title: titleOf(path), language, timezone }
  const answers: StartingSettings = {}
  try {
    for (const key of askedSettings) {
      const answer =
        given[key] ?? (ask ? await askFor(key, suggested[key], ask, terminal) : suggested[key]) ?? ''
      if (answer !== '') answers[key] = answer
    }
  } finally {
    endAsking()
  }
  return answers
}

const questions: Record<AskedKey, string> = {
  title: 'What is the publication called?',
  url: 'Where will it live? An address like https://news.example.org/; Enter if you don’t know yet.',
  language: 'Which language is it in? A tag like en or pt-BR.',
  timezone: 'Which time zone are its dates in?',
}

async function askFor(
  key: AskedKey,
  suggested: string | undefined,
  ask: (question: string) => Promise<string>,
  terminal: Terminal,
): Promise<string> {
  for (;;) {
    const answer = (await ask(`${questions[key]}${suggested ? ` [${suggested}]` : ''} `)).trim()
    if (answer === '') return suggested ?? ''
    const complaint = complaintAbout(key, answer)
    if (!complaint) return answer
    terminal.say(`It ${complaint}`)
  }
}

/** What is wrong with a value, completing "--url …" or "It …"; null where nothing is. */
function complaintAbout(key: AskedKey, value: string): string | null {
  const { schema, expected } = settingsTable[key]
  if (v.safeParse(schema, value).success) return null
  const meant = key === 'timezone' ? nearestName(value, settingsTable.timezone.names()) : null
  return `must be ${expected}.${meant ? ` Did you mean ${meant}?` : ''}`
}

/** `my-notes` → `My notes`. */
function titleOf(path: string): string {
  const words = basename(path).replaceAll(/[-_]+/g, ' ').trim()
  return words.charAt(0).toUpperCase() + words.slice(1) || 'Untitled publication'
}

function hasArticles(path: string): boolean {
  if (!existsSync(path)) return false
  const files = readdirSync(path, { recursive: true, encoding: 'utf8' })
  // Packages and hidden folders are not part of a publication, whatever they explain in Markdown.
  return files.some(file => isArticlePath(file) && !hasHiddenPart(file))
}

/**
 * Where an editor finds the schema, and people the list of settings. A package installed beside the folder is pointed to; one that runs from a
 * passing place (npx) leaves copies in a hidden folder.
 */
function referencesFor(path: string): { schema: string; docs: string; copies: Record<string, string> } {
  const home = fileURLToPath(new URL('../../../', import.meta.url))
  const project = home.replace(/[/\\]node_modules[/\\].*$/s, '')
  const isBeside = `${path}/`.startsWith(`${resolve(project)}/`) && !/[/\\]_npx[/\\]/.test(home)
  const copies: Record<string, string> = {}
  const refer = (folder: string, name: string) => {
    const file = join(home, folder, name)
    if (isBeside) return relative(path, file).replaceAll('\\', '/')
    copies[`.broadsheet/${name}`] = readFileSync(file, 'utf8')
    return `.broadsheet/${name}`
  }
  return { schema: refer('schema', schemaFile), docs: refer('docs', docsFile), copies }
}

function articleText(now: number): string {
  // A way to the program that leads over this machine's folders is nobody else's.
  const command = /[\\/]/.test(ownCommand()) ? 'broadsheet' : ownCommand()
  return `---
title: The first article
date: ${formatRfc3339(now)}
tags: [news]
---

This is an article: a title and a date between two lines of dashes, then words in Markdown. Plain text without any
markup will do as well, and HTML.

- \`${command} serve\` publishes this folder on your machine and watches it: save a file, and it is there.
- \`${command} check\` says what is published, what is withheld, and why.

Change these words or remove the file. Subscribers see what is in the folder, and nothing else.
`
}

function write(path: string, shown: string, files: Record<string, string>): void {
  try {
    for (const [name, text] of Object.entries(files)) {
      makeFolder(dirname(join(path, name)))
      // `wx`: a file that came to be in the meantime is theirs.
      writeFileSync(join(path, name), text, { flag: 'wx' })
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (!code) throw error
    throw new CommandFailure(exitCodes.usage, `${shown} can't be written to (${code}).`)
  }
}

function report(
  shown: string,
  answers: StartingSettings,
  files: Record<string, string>,
  { json }: InitOptions,
  terminal: Terminal,
): void {
  const names = Object.keys(files)
  if (json) {
    terminal.out(`${safeJson({ folder: shown, settings: answers, files: names }, 2)}\n`)
    return
  }
  for (const name of names) terminal.out(`${join(shown, name)}\n`)
  const folder = shown === '.' ? '' : ` ${shown}`
  terminal.say(
    `\nNext: ${ownCommand()} serve${folder}   shows it to you, and to feed readers on this machine`,
  )
  if (!answers.url)
    terminal.say(`Before others subscribe, set \`url\` in ${join(shown, settingsFile)}: ids are made of it.`)
}

function thisMachine({ yes, json, ...given }: InitOptions): InitSurroundings {
  const { locale, timeZone } = Intl.DateTimeFormat().resolvedOptions()
  const flags = askedSettings.some(key => given[key] !== undefined)
  const asks = !yes && !json && !flags && process.stdin.isTTY && process.stderr.isTTY
  let asking: Awaited<ReturnType<typeof openQuestions>> | null = null
  return {
    clock: Date.now,
    timezone: timeZone,
    language: locale,
    ask: asks
      ? async question => {
          asking ??= await openQuestions()
          return asking.ask(question)
        }
      : null,
    endAsking: () => asking?.end(),
  }
}

async function openQuestions() {
  const { createInterface } = await import('node:readline/promises')
  const readline = createInterface({ input: process.stdin, output: process.stderr })
  const givenUp = new AbortController()
  readline.once('SIGINT', () => givenUp.abort()).once('close', () => givenUp.abort())
  return {
    ask: (question: string) =>
      readline.question(question, { signal: givenUp.signal }).catch(() => {
        throw new CommandFailure(exitCodes.interrupted, 'Nothing was written.')
      }),
    end: () => readline.close(),
  }
}
