import { type Diagnostic, diagnose } from '../../model/diagnostic.ts'
import type { Preset, PresetFolder } from '../../model/preset.ts'
import { beforeFirst } from '../../text/before-first.ts'
import { isHiddenName } from '../../text/hidden-names.ts'
import { readJavaScript } from '../javascript-settings.ts'
import { below, isTable, type Settings, tooLong } from '../preset-folder.ts'

export interface FolderData {
  /** Of folders, the nearer counting more. */
  defaults: Preset['defaults']
  /** Of single files, by path. */
  records: Preset['records']
  findings: Diagnostic[]
}

/** How the site names its data files. https://www.11ty.dev/docs/config/#change-base-file-name-for-data-files */
export interface DataNames {
  /** Of a folder's data; null: the folder's own name. */
  base: string | null
  suffixes: string[]
}

/** Of one suffix in this order, the later counting more. https://www.11ty.dev/docs/data-template-dir/#sources-of-data */
const endings = ['json', 'mjs', 'cjs', 'js']
const article = /\.(?:md|markdown|mdx|html?|njk|liquid)$/i
/** So many folders are looked into. */
const maxFolders = 2_000
/** What decides about hiding and addresses: where a program works it out, people have to be told. */
const telling = /^(?:draft|permalink|eleventyExcludeFromCollections|eleventyComputed|date|published)$/

/**
 * Reads the data files that lie beside articles and their folders: `posts/posts.json`, `posts/first.11tydata.js`. Data files in JavaScript
 * are read for the plain values that they hold.
 * @param understood those of which it is known otherwise what their functions hide
 */
export async function folderData(
  input: string,
  out: string[],
  data: DataNames,
  folder: PresetFolder,
  understood: ReadonlySet<string>,
): Promise<FolderData> {
  const cascade: FolderData = { defaults: [], records: {}, findings: [] }
  // Grows while it is walked.
  const open = [input]
  for (const [looked, path] of open.entries()) {
    if (looked >= maxFolders) break
    const names = await folder.names(path)
    const files = new Set(names)
    const own = data.base ?? path.slice(path.lastIndexOf('/') + 1)
    const read = (stem: string) =>
      valuesOf(path, namesOfData(stem, data), files, folder, cascade.findings, understood)
    const values = own === '' ? {} : await read(own)
    if (Object.keys(values).length > 0)
      cascade.defaults.push({ match: path === '' ? '**' : `${path}/**`, values })
    for (const name of names) {
      const place = below(path, name)
      if (isHiddenName(name) || out.includes(place)) continue
      if (article.test(name)) {
        const beside = await read(name.replace(article, ''))
        if (Object.keys(beside).length > 0) cascade.records[place] = beside
      } else if (!name.includes('.')) open.push(place)
    }
  }
  return cascade
}

/** The less counting first; programs need a suffix, or every script would be data. */
const namesOfData = (stem: string, { suffixes }: DataNames): string[] =>
  suffixes
    .toReversed()
    .flatMap(suffix =>
      endings
        .filter(ending => ending === 'json' || suffix !== '')
        .map(ending => `${stem}${suffix}.${ending}`),
    )

async function valuesOf(
  path: string,
  wanted: string[],
  files: ReadonlySet<string>,
  folder: PresetFolder,
  findings: Diagnostic[],
  understood: ReadonlySet<string>,
): Promise<Settings> {
  const all: Settings = {}
  for (const name of wanted.filter(name => files.has(name))) {
    const place = below(path, name)
    const text = (await folder.text(place)) ?? ''
    const found = name.endsWith('.json')
      ? fromJson(place, text, findings)
      : fromProgram(place, text, findings, understood.has(place))
    Object.assign(all, found)
  }
  return all
}

/** What is below can't be known to be meant for readers where the file that says so can't be read. */
function fromJson(path: string, text: string, findings: Diagnostic[]): Settings {
  if (text.trim() === '') return {}
  try {
    const data: unknown = JSON.parse(text.replace(/^\uFEFF/, ''))
    return isTable(data) ? data : {}
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    const message = `The data in ${path} can't be read: ${reason}. The articles that they are about are withheld.`
    findings.push(diagnose('system-setting-unknown', { path }, message, 'Mend the file.'))
    return { draft: true }
  }
}

function fromProgram(path: string, text: string, findings: Diagnostic[], isUnderstood: boolean): Settings {
  const problem = tooLong(path, text)
  if (problem) {
    findings.push(problem)
    return { draft: true }
  }
  const { data, programs, isTable: found } = readJavaScript(text)
  const told = found ? programs : { permalink: telling.test(text) || hiding.test(text) ? text : '' }
  const names = Object.keys(told).filter(name => telling.test(beforeFirst(name, '.')) && told[name] !== '')
  if (names.length > 0)
    findings.push(
      diagnose(
        'system-setting-unknown',
        { path },
        `"${names[0]}" is worked out by a program, which is not run: what it says of the articles here is not known.`,
        'Write plain values into the file, or `draft` and `permalink` into the articles.',
      ),
    )
  // Whether they are drafts, only the program knows.
  return !isUnderstood && names.some(name => mayHide(name, told[name] ?? ''))
    ? { ...data, draft: true }
    : data
}

/** Keys of an article that say of themselves that it is hidden. */
const statuses = 'draft|drafts|isDraft|published|publish|wip|hidden|private|status|unlisted'
const byStatus = new RegExp(`(?:\\.|[{,(]\\s*)(?:${statuses})\\b`)
const hiding = /\b(?:draft|permalink|eleventyExcludeFromCollections|eleventyComputed|published)\b/

/**
 * Whether a program may leave an article out by other facts than those that hide it here too: where it asks for `draft`, that
 * decides.
 */
export function mayHide(name: string, program: string): boolean {
  if (byStatus.test(program)) return false
  const key = name.slice(name.lastIndexOf('.') + 1)
  if (key === 'permalink' || key === 'eleventyComputed') return /\bfalse\b/.test(program)
  return /^(?:draft|eleventyExcludeFromCollections|published)$/.test(key)
}
