import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'

/** What is known of one page. */
export interface Truth {
  /** The file's name without `.txt`. */
  id: string
  /** Whose page it is: pages of one site are never on both sides of a fold. @default the id */
  site: string
  /** BCP 47; empty where nobody said. */
  lang: string
  title: string | null
  /** ISO 8601; the first ten characters count. */
  date: string | null
  /** The first author. */
  author: string | null
  /** Snippets that the body must keep, and such that it must not hold. */
  with: string[]
  without: string[]
  /** The whole text, a paragraph a line, where it is known: what the weights of lines are fitted to. */
  body: string | null
  /** How much the page counts in the fit: many pages of one form would outvote the few of another. @default 1 */
  weight: number
}

export interface Page {
  truth: Truth
  text: string
}

/**
 * Reads a folder of page text and what is known of it: a JSON array of `{ id, title, date, author, with, without }`, with
 * `site`, `lang`, `body` and `weight` where they are known; of several authors the first counts.
 */
export function readPages(folder: string, truthFile: string): Page[] {
  const rows = JSON.parse(readFileSync(truthFile, 'utf8')) as (Partial<Omit<Truth, 'author'>> & {
    id: string
    author?: string | string[] | null
  })[]
  return rows.map(row => {
    const author = Array.isArray(row.author) ? row.author[0] : row.author?.split(/[;|]/)[0]
    const truth: Truth = {
      id: row.id,
      site: row.site ?? row.id,
      lang: row.lang ?? '',
      title: row.title ?? null,
      date: row.date ?? null,
      author: author || null,
      with: row.with ?? [],
      without: row.without ?? [],
      body: row.body ?? null,
      weight: row.weight ?? 1,
    }
    return { truth, text: readFileSync(join(folder, `${basename(row.id)}.txt`), 'utf8') }
  })
}

/** A text as two are compared: in one spelling of quotes, dashes and spaces, in small letters. */
export function plainText(text: string | null | undefined): string {
  return (text ?? '')
    .normalize('NFKC')
    .replace(/[‘’‛`´]/g, "'")
    .replace(/[“”„«»]/g, '"')
    .replace(/[–—]/g, '-')
    .replace(/\s+/g, ' ')
    .trim()
    .toLowerCase()
}

/** Folds 0 to `count - 1`, each site in one, the same whenever it is asked. */
export function foldOf(site: string, count: number): number {
  let hash = 0x811c9dc5
  for (const character of site) hash = Math.imul(hash ^ character.codePointAt(0)!, 0x01000193)
  return (hash >>> 0) % count
}
