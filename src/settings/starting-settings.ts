import { settingsTable } from './settings-table.ts'

/** The settings that a new publication is asked for. */
export const askedSettings = ['title', 'url', 'language', 'timezone'] as const
export type StartingSettings = Partial<Record<(typeof askedSettings)[number], string>>

/** Shown in a new file as comments, for whoever reads it to the end. A table comes last: what follows it would be in it. */
const shownSettings = ['description', 'content', 'undated', 'ignore', 'authors'] as const

/**
 * The text of a new `broadsheet.toml`: what was answered, each with its meaning above it; what was not as a comment.
 * @param references where editors find the JSON Schema, and people the list of settings: paths from the file, or addresses
 */
export function startingSettings(
  answers: StartingSettings,
  { schema, docs }: { schema: string; docs: string },
): string {
  const asked = askedSettings.map(key => {
    const value = answers[key]
    return paragraph(key, value === undefined ? null : `${key} = ${tomlText(value)}`)
  })
  return [
    `#:schema ${schema}\n`,
    '# The settings of this publication. Every line has a default and may be left out.\n',
    ...asked,
    `# More settings, as examples. Remove the # to use one; ${docs} lists them all.\n`,
    ...shownSettings.map(key => paragraph(key, null)),
  ].join('\n')
}

function paragraph(key: keyof typeof settingsTable, line: string | null): string {
  const { meaning, example } = settingsTable[key]
  return `${comment(wrap(meaning))}\n${line ?? comment(example)}\n`
}

const comment = (text: string) => text.replaceAll(/^/gm, '# ')

/** Lines of at most 100 characters, for a file that is read in an editor. */
function wrap(text: string): string {
  return text.replaceAll(/(.{1,98})(?:\s+|$)/g, '$1\n').trimEnd()
}

/** A basic string (TOML 1.0): the escapes of JSON are all known to it, but it wants U+007F escaped as well. */
export const tomlText = (text: string) => JSON.stringify(text).replaceAll('\x7f', '\\u007F')
