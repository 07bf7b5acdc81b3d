import { captures } from '../text/captures.ts'
import { ownValue } from '../text/own-value.ts'
import { extensionOf, fileNameOf, folderOf } from '../text/urls.ts'
import type { ArticleFormat } from './article.ts'

/** Extensions of files that can be articles, lower case, with the format each is read as. */
export const articleExtensions = {
  txt: 'page-text',
  text: 'page-text',
  md: 'markdown',
  markdown: 'markdown',
  mdown: 'markdown',
  mkd: 'markdown',
  mdx: 'markdown',
  html: 'html',
  htm: 'html',
  xhtml: 'html',
} as const satisfies Record<string, ArticleFormat>

/**
 * The format a path's extension stands for; null where it is not an article. Where an editor put `.txt` behind `.md`, it is Markdown.
 * @param markdown further extensions that are Markdown in this folder
 */
export function articleFormatOf(path: string, markdown: readonly string[] = []): ArticleFormat | null {
  const formatOf = (extension: string): ArticleFormat | null =>
    ownValue<ArticleFormat>(articleExtensions, extension) ??
    (markdown.includes(extension) ? 'markdown' : null)
  const format = formatOf(extensionOf(path))
  if (format !== 'page-text') return format
  const inner = extensionOf(path.slice(0, path.lastIndexOf('.')))
  return formatOf(inner) === 'markdown' ? 'markdown' : format
}

/** Whether a file can be an article. `_index.md` describes a section in Hugo and Zola, and is none. */
export function isArticlePath(path: string, markdown: readonly string[] = []): boolean {
  return articleFormatOf(path, markdown) !== null && !/^_index\./i.test(fileNameOf(path))
}

/** What a file's name and folders say: `blog/2026-01-31-winter.md` → the date `2026-01-31` and the name `winter`. */
export interface PathFacts {
  /** The file's name without date and extension; the folder's for `index.md`. Empty where nothing is left. */
  name: string
  /** `2026-01-31`, from the name or from Jekyll-like folders (`2026/01/31/`); null where there is none. */
  date: string | null
}

const datedName = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[-_ ]+|$)(.*)$/s

export function readArticlePath(path: string): PathFacts {
  const folders = folderOf(path).split('/').filter(Boolean)
  const base = fileNameOf(path).replace(/\.[^.]+$/, '')
  // A page bundle (Hugo, Zola): the folder is the article, `index.md` its text.
  const own = (/^index$/i.test(base) ? folders.at(-1) : null) ?? base
  const dated = datedName.exec(own)
  if (dated) {
    const [year, month, day, name] = captures(dated, 4)
    const date = isoDay(year, month, day)
    if (date) return { name, date }
  }
  const inFolders = /(?:^|\/)(\d{4})\/(\d\d)\/(\d\d)\/[^/]*$/.exec(path)
  return { name: own, date: inFolders && isoDay(...captures(inFolders, 3)) }
}

/** Null where the calendar has no such day: the digits are then something else. */
function isoDay(year: string, month: string, day: string): string | null {
  const iso = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  const date = new Date(`${iso}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(iso) ? iso : null
}
