import type { Preset } from '../model/preset.ts'
import { slugOf } from '../text/slugs.ts'
import { decodePath, encodePath, folderOf, normalisePath } from '../text/urls.ts'
import { codeRanges, rangeTest } from './markup/markdown-code-ranges.ts'
import { below } from './preset-folder.ts'
import { placeIn } from './preset-place.ts'

/**
 * Where a tag that leads to an article is put into its place, the article is written behind this mark: `posts/first#part`, with
 * or without extension, `/` before it from the root of the content, else from the file's own place. No path in a folder has it.
 */
export const articleMark = '/.article/'

/** Stands between that mark and a path where the article is meant in another language than the link's own. */
export const inLanguageMark = (key: string): string => `.in.${key}/`
export const inLanguage = /^\.in\.([\w-]+)\//

/** Stands before a path where the words of a link are to be the article's title, which is known when all files are read. */
export const titledMark = '.titled/'

/** Stands in an address where a tag of it shows what nobody knows: what is left would lead to somewhere else. No path in a folder has it. */
export const unknownMark = '/.unknown/'

const articleEndings = ['', '.md', '.markdown', '.mdx', '.html', '/index.md', '/index.mdx', '/index.html']

/**
 * The files of the folder that a link may mean, the likeliest first, each when it is asked for: nearly always the first is
 * there. `**` and a slash before a name: wherever in the folder
 * the only file of that name lies.
 * @param target decoded, without query and fragment
 * @param path of the article that has the link
 */
export function* linkedFiles(
  target: string,
  path: string,
  preset: Pick<Preset, 'roots' | 'content' | 'assetFolders' | 'sectionFolders'>,
): Generator<string> {
  const named = target.startsWith(articleMark)
  const written = named ? target.slice(articleMark.length) : target
  const [mark, key] = (named && inLanguage.exec(written)) || []
  if (mark !== undefined && key !== undefined) {
    yield* filesInLanguage(key, written.slice(mark.length), path, preset)
    return
  }
  const rooted = /^(?:@site\/|@\/|~\/|\/+)(.*)$/s.exec(written)?.[1]
  const assets = preset.assetFolders ? [path.replace(/\.[^./]+$/, '')] : []
  const around = rooted === undefined ? [folderOf(path), ...assets, ''] : []
  // A file that stands for its folder is written about as if it were that folder.
  if (named && rooted === undefined && /^index\.[^/]+$/i.test(path.slice(path.lastIndexOf('/') + 1)))
    around.splice(1, 0, folderOf(folderOf(path)))
  yield* filesIn(around)
  if (rooted !== undefined || named) {
    yield* filesIn(preset.roots)
    yield* filesIn(contentRoot(path, preset))
  }
  const name = written.slice(written.lastIndexOf('/') + 1)
  if (named && !written.includes('/') && name !== '') yield* withEndings(`**/${name}`, marksOf(path, preset))

  function* filesIn(folders: string[]): Generator<string> {
    for (const folder of folders) {
      const place = below(folder, rooted ?? written)
      for (const file of named
        ? withEndings(place, marksOf(path, preset))
        : translations(place, path, preset)) {
        const found = normalisePath(file)
        if (found) yield found
      }
    }
  }
}

/** The content's own root counts too: what is above it is no part of the site. */
function contentRoot(path: string, preset: Pick<Preset, 'content' | 'sectionFolders'>): string[] {
  const root = placeIn(preset, path)?.rule.root ?? ''
  return root.includes('*') ? [] : [root]
}

/** The marks that files in the article's own language may have in their names. */
function marksOf(path: string, preset: Pick<Preset, 'content' | 'sectionFolders'>): string[] {
  const rule = placeIn(preset, path)?.rule
  if (!rule) return []
  const others = rule.languageKey === null ? [] : rulesIn(rule.languageKey, preset)
  const marks = [rule, ...others.filter(({ root }) => root === rule.root)].map(({ suffix }) => suffix)
  return [...new Set(marks)].filter(suffix => suffix !== null)
}

const rulesIn = (key: string, { content }: Pick<Preset, 'content'>) =>
  content.filter(({ languageKey }) => languageKey?.toLowerCase() === key.toLowerCase())

/** A link to `sun.md` in a French text leads to `sun.fr.md` where the system looks for texts by language. */
function translations(
  place: string,
  path: string,
  preset: Pick<Preset, 'content' | 'sectionFolders'>,
): string[] {
  const isTranslated = preset.content.some(({ languageKey }) => languageKey !== null)
  return [...(isTranslated ? marked(place, marksOf(path, preset)) : []), place]
}

/** Files in another language, by a path from where the article would be in that one, or from the root of its content. */
function* filesInLanguage(
  key: string,
  written: string,
  path: string,
  preset: Pick<Preset, 'content' | 'sectionFolders'>,
): Generator<string> {
  const own = placeIn(preset, path)?.rule.root ?? ''
  const folder = folderOf(path)
  const around = own === '' ? folder : folder === own ? '' : folder.slice(own.length + 1)
  const rooted = /^\/+(.*)$/s.exec(written)?.[1]
  const rules = rulesIn(key, preset)
  for (const { root, suffix } of rules)
    for (const inside of rooted === undefined ? [around, ''] : ['']) {
      const place = below(below(root, inside), rooted ?? written)
      for (const file of withEndings(place, suffix === null ? [] : [suffix], suffix === null)) {
        const found = normalisePath(file)
        if (found) yield found
      }
    }
}

/** In the article's own language first. */
function withEndings(place: string, marks: string[], isPlain = true): string[] {
  return [
    ...articleEndings.flatMap(ending => marked(place + ending, marks)),
    ...(isPlain ? articleEndings.map(ending => place.replace(/\/$/, '') + ending) : []),
  ]
}

const marked = (file: string, marks: string[]): string[] => {
  const dot = file.lastIndexOf('.')
  return dot > file.lastIndexOf('/') + 1 ? marks.map(mark => file.slice(0, dot) + mark + file.slice(dot)) : []
}

/** A link without the path that the whole site lies below, where it begins with it: `/project/a.png` → `/a.png`. */
export function withoutBase(link: string, bases: readonly string[]): string | null {
  const base = bases.find(base => base !== '/' && link.startsWith(base))
  return base === undefined ? null : link.slice(base.length - 1)
}

/** Pelican's marks before a path: a file of any kind, an article, a page of the site. https://docs.getpelican.com/en/latest/content.html#linking-to-internal-content */
const pelicanMark = /^(?:\{(\w+)\}|\|(\w+)\|)(.*)$/s
const pelicanPages: Record<string, string> = { category: 'sections', tag: 'tags', author: 'authors' }
const sitePage = 'page:'

/** https://www.getzola.org/documentation/content/linking/#internal-links, of a section; that is no article. */
const zolaSection = /^@\/((?:[^?#]*\/)?)_index\.md((?:[?#].*)?)$/

/** A link to a file with blanks in its name; a title stands in quotation marks, and the blanks of a tag (`{{ site.url }}`) are the tag's. */
const blankLink = /\]\(([^()\n"'<>{}]*[^()\n"'<>{}\s] +[^()\n"'<>{}]*\.\w{2,5})\)/g

/** Kramdown and Python's Markdown take links with blanks in them; ours wants them encoded. */
export function encodeMarkedLinks(
  text: string,
  { linkMarks, markdownExtras }: Pick<Preset, 'linkMarks' | 'markdownExtras'>,
): string {
  const encoded = (link: string) => `](${link.trim().replaceAll(' ', '%20')})`
  const marked =
    linkMarks === 'pelican'
      ? text.replace(/\]\(((?:\{\w+\}|\|\w+\|)[^()\n"<>]*)\)/g, (_, link: string) => encoded(link))
      : text
  if (!markdownExtras.includes('abbreviations') || marked.search(blankLink) === -1) return marked
  const isCode = rangeTest(codeRanges(marked))
  return marked.replace(blankLink, (found, link: string, at: number) => (isCode(at) ? found : encoded(link)))
}

/** A link as its system means it, in the words that are understood here; others as they are. */
export function translateLink(link: string, { linkMarks }: Pick<Preset, 'linkMarks'>): string {
  if (linkMarks === 'zola') return link.replace(zolaSection, `${sitePage}$1$2`)
  if (linkMarks !== 'pelican') return link
  const [, braced, piped, rest = ''] = pelicanMark.exec(link) ?? []
  const mark = (braced ?? piped)?.toLowerCase()
  if (mark === 'filename' || mark === 'static' || mark === 'attach') return rest
  if (mark === 'index') return sitePage
  const folder = mark === undefined ? undefined : pelicanPages[mark]
  return folder ? `${sitePage}${folder}/${encodePath(slugOf(decodePath(rest)))}/` : link
}

/** The path on the publication that a translated link names; null where it is another link. */
export const sitePageOf = (link: string): string | null =>
  link.startsWith(sitePage) ? link.slice(sitePage.length) : null
