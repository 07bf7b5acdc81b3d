import { type Diagnostic, diagnose } from '../../model/diagnostic.ts'
import type { Preset, PresetFolder } from '../../model/preset.ts'
import { beforeFirst } from '../../text/before-first.ts'
import { isHiddenName } from '../../text/hidden-names.ts'
import { readJavaScript } from '../javascript-settings.ts'
import { below, isTable, type Settings, tooLong } from '../preset-folder.ts'

export interface DataCascade {
  /** Of folders, the nearer counting more. */
  defaults: Preset['defaults']
  /** Of single files, by path. */
  records: Preset['records']
  findings: Diagnostic[]
}

/** In this order, the later counting more. https://www.11ty.dev/docs/data-template-dir/#sources-of-data */
const endings = ['.json', '.11tydata.json', '.11tydata.mjs', '.11tydata.cjs', '.11tydata.js']
const article = /\.(?:md|markdown|mdx|html?|njk|liquid)$/i
/** So many folders are looked into. */
const maxFolders = 2_000
/** What decides about hiding and addresses: where a program works it out, people have to be told. */
const telling = /^(?:draft|permalink|eleventyExcludeFromCollections|eleventyComputed|date|published)$/

/**
 * Reads the data files that lie beside articles and their folders: `posts/posts.json`, `posts/first.11tydata.js`. Data files in JavaScript
 * are read for the plain values that they hold.
 */
export async function dataCascade(input: string, out: string[], folder: PresetFolder): Promise<DataCascade> {
  const cascade: DataCascade = { defaults: [], records: {}, findings: [] }
  // Grows while it is walked.
  const open = [input]
  for (const [looked, path] of open.entries()) {
    if (looked >= maxFolders) break
    const names = await folder.names(path)
    const files = new Set(names)
    const own = path.slice(path.lastIndexOf('/') + 1)
    const values = own === '' ? {} : await valuesOf(path, own, files, folder, cascade.findings)
    if (Object.keys(values).length > 0)
      cascade.defaults.push({ match: path === '' ? '**' : `${path}/**`, values })
    for (const name of names) {
      const place = below(path, name)
      if (isHiddenName(name) || out.includes(place)) continue
      if (article.test(name)) {
        const beside = await valuesOf(path, name.replace(article, ''), files, folder, cascade.findings)
        if (Object.keys(beside).length > 0) cascade.records[place] = beside
      } else if (!name.includes('.')) open.push(place)
    }
  }
  return cascade
}

async function valuesOf(
  path: string,
  stem: string,
  files: ReadonlySet<string>,
  folder: PresetFolder,
  findings: Diagnostic[],
): Promise<Settings> {
  const all: Settings = {}
  for (const name of endings.map(ending => stem + ending).filter(name => files.has(name))) {
    const place = below(path, name)
    const text = (await folder.text(place)) ?? ''
    const found = name.endsWith('.json')
      ? fromJson(place, text, findings)
      : fromProgram(place, text, findings)
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

function fromProgram(path: string, text: string, findings: Diagnostic[]): Settings {
  const problem = tooLong(path, text)
  if (problem) {
    findings.push(problem)
    return { draft: true }
  }
  const { data, unknown } = readJavaScript(text)
  const names = unknown.filter(name => telling.test(beforeFirst(name, '.')))
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
  const hides = names.some(name => /^(?:draft|eleventyExcludeFromCollections|published)$/.test(name))
  return hides ? { ...data, draft: true } : data
}
