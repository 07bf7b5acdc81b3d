import type { PresetFolder } from '../../model/preset.ts'
import { captures } from '../../text/captures.ts'
import { below, firstFile, folderPath } from '../preset-folder.ts'

/** A collection of articles, and where its files lie. */
export interface Loaded {
  name: string
  path: string
  /** Which files below it; those that begin with `!` are left out. Null: nobody says. */
  patterns: string[] | null
}

/**
 * `const blog = defineCollection({ loader: glob({ pattern: "**\/*.md", base: "./src/data/blog" }) })`, the same in the table of
 * collections, or from a function of the site's own that is given the name: `const books = collectionIn("books")`.
 */
export async function loadedCollections(folder: PresetFolder, files: string[]): Promise<Loaded[]> {
  const text = (await firstFile(folder, ...files))?.text ?? ''
  const folders = await folder.names('src/content')
  const constants = new Map(
    [...text.matchAll(/\bconst\s+([A-Z_]\w*)\s*=\s*["'`]([^"'`$]+)["'`]/g)].map(match => captures(match, 2)),
  )
  const parts = text.split(/\bdefineCollection\s*\(\s*/)
  return parts.slice(1).flatMap((definition, index) => {
    const [, options] = /\bglob\s*\(\s*\{([^{}]*(?:\{[^{}]*\}[^{}]*)*)\}/.exec(definition) ?? []
    if (options === undefined) return []
    const patterns = patternsIn(options)
    return namesOf(text, (parts[index] ?? '').slice(-longestHead)).flatMap(({ name, values }) => {
      const written = baseIn(options, new Map([...constants, ...values]))
      const usual = folders.includes(name) ? `src/content/${name}` : null
      const path = written === null ? usual : folderPath(below('', written))
      return path === null ? [] : [{ name, path, patterns }]
    })
  })
}

/** UTF-16 code units; a function's parameters with their types are in it. */
const longestHead = 500

/** The collections that one definition makes, by what stands before it, each with the values of the function that it is in. */
function namesOf(text: string, head: string): { name: string; values: [string, string][] }[] {
  const [, constant, key] =
    /(?:\bconst\s+(\w+)\s*(?::[^=]{0,200})?=|["']?\b([\w-]+)["']?\s*:)\s*$/.exec(head) ?? []
  const name = (constant && givenAs(text, constant)) ?? constant ?? key
  if (name !== undefined) return [{ name, values: [] }]
  const [, arrow, arrowTakes, called = arrow, takes = arrowTakes] =
    /(?:\bconst\s+(\w+)\s*=\s*\(\s*(\w+)[^()]*\)[^()=]*=>|\bfunction\s+(\w+)\s*\(\s*(\w+)[^()]*\)[^(){}]*\{)[\s({]*(?:return)?[\s(]*$/.exec(
      head,
    ) ?? []
  if (called === undefined || takes === undefined) return []
  const uses = new RegExp(
    `(?:\\bconst\\s+(\\w+)\\s*=|["']?\\b([\\w-]+)["']?\\s*:)\\s*${called}\\s*\\(\\s*["'\`]([^"'\`$]+)["'\`]`,
    'g',
  )
  return [...text.matchAll(uses)].map(([, first, second = '', given = '']) => ({
    name: first ?? second,
    values: [[takes, given]],
  }))
}

/** `collections = { post: postCollection }` */
const givenAs = (text: string, constant: string): string | undefined =>
  new RegExp(
    `\\bcollections\\b[^={]{0,100}=\\s*\\{[^{}]*?["']?\\b([\\w-]{1,100})["']?\\s*:\\s*${constant}\\b`,
  ).exec(text)?.[1]

/** `base: "./src/data/blog"`, with names in it whose values are known; null where one is not. */
function baseIn(options: string, values: ReadonlyMap<string, string>): string | null {
  const [, , text, name] = /\bbase\s*:\s*(?:(["'`])([^"'`]*)\1|(\w+))/.exec(options) ?? []
  const written = text?.replace(/\$\{\s*(\w+)\s*\}/g, (mark, key: string) => values.get(key) ?? mark)
  const base = written ?? values.get(name ?? '') ?? null
  return base === null || base === '' || base.includes('${') ? null : base
}

/** `pattern: "**\/*.md"`, or a list of them. */
function patternsIn(options: string): string[] | null {
  const [, written] = /\bpattern\s*:\s*(\[[^\]]*\]|["'`][^"'`]*["'`])/.exec(bracketless(options)) ?? []
  if (written === undefined) return null
  const patterns = [...written.matchAll(/["'`]([^"'`]*)["'`]/g)].map(([, glob = '']) =>
    glob.replaceAll(setMark, ']'),
  )
  return patterns.filter(glob => glob !== '')
}

/** Brackets inside of quotation marks (`[^_]*`) end no list. */
const bracketless = (text: string) =>
  text.replace(/(["'`])[^"'`]*\1/g, quoted => quoted.replaceAll(']', setMark))
const setMark = '\u0001'
