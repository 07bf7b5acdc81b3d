import { fileKey } from '../catalog/addresses.ts'
import { articleWith, type ParsedArticle, type WithheldReason } from '../model/article.ts'
import { type Diagnostic, diagnose } from '../model/diagnostic.ts'
import { mediaTypeOf } from '../model/formats.ts'
import { titledMark } from '../systems/preset-links.ts'
import { escapeHtmlText } from '../text/escape.ts'
import { decodePath, encodePath } from '../text/urls.ts'

/** No article's address begins so: an article's path never has a part that begins with a dot. */
const provisional = '.file/'

/**
 * Where a link to another file of the folder leads while that file's article has no address yet: addresses are settled
 * when all files are read.
 */
export function provisionalLink(siteUrl: string, path: string): string {
  return `${siteUrl}${provisional}${encodePath(path)}`
}

/** A tag with attributes, and an attribute that may hold addresses, as the sanitiser writes them. */
const tagForm = /<[a-z][a-z\d]*\s(?:[^>"]|"[^"]*")*>/g
const addressForm = / (?:href|src|srcset|poster|cite)="([^"]*)"/g

/**
 * What an article leads to on this publication, in its text or beside it, as its links write it; each once. Of files: the path. Of
 * addresses: what stands behind the publication's, with a slash before it, as no path has one.
 */
export function linkedPaths(
  article: Pick<ParsedArticle, 'html' | 'url'> & Partial<ParsedArticle>,
  siteUrl: string,
): string[] {
  const { html, url } = article
  const own = html.includes(siteUrl.replace(/^https?:/, ''))
  const inText = own ? [...html.matchAll(tagForm)].flatMap(([tag]) => addressesIn(tag)) : []
  const itself = writtenTarget(url, siteUrl)
  const found = new Set([...inText, ...addressesBeside(article)].map(one => writtenTarget(one, siteUrl)))
  return [...found].filter(
    target =>
      target !== null &&
      target !== itself &&
      target !== '/' &&
      !(target.startsWith('/media/') && mediaTypeOf(target)),
  ) as string[]
}

const addressesIn = (tag: string) =>
  [...tag.matchAll(addressForm)].flatMap(([, value = '']) => value.split(/,?\s+/))

/** What an address leads to on the publication, by either scheme; null where it leads elsewhere. */
function writtenTarget(address: string, siteUrl: string): string | null {
  const rest = address.replace(/^https?:/, '')
  const place = siteUrl.replace(/^https?:/, '')
  if (rest === address || !rest.startsWith(place)) return null
  const written = writtenAddress(rest.slice(place.length))
  return written.startsWith(provisional) ? written.slice(provisional.length) : `/${written}`
}

const writtenAddress = (part: string) => /^[^"#?]*/.exec(part)?.[0] ?? ''

/** The path of the file that a written link leads to, or what `fileKey` says of the address, which begins with a slash. */
export function linkedFile(written: string): string {
  const path = decodePath(written.includes('&') ? written.replaceAll('&amp;', '&') : written)
  if (written.startsWith('/')) return fileKey(path.normalize('NFC'))
  return path.startsWith(titledMark) ? path.slice(titledMark.length) : path
}

/** An article whose links to others lead to their addresses. */
export interface SettledLinks {
  article: ParsedArticle
  /** Where they lead, in the order of the links, and the titles that stand in them. */
  targets: string[]
  diagnostics: Diagnostic[]
}

/** What a link to a file may lead to. */
export interface LinkTargets {
  /** The address of its article; undefined where there is none that can be read. */
  urlOf(path: string): string | undefined
  /** What its article is called; null where it has no title. */
  titleOf(path: string): string | null
  /** The file whose article is at an address, by what `fileKey` says of it; undefined where none is. */
  fileAt(address: string): string | undefined
  /** Why that article is not to be seen; null where it is, or will be when its time comes. */
  keptBack(path: string): WithheldReason | null
}

/**
 * Gives links to other articles their addresses. An article without such links stays the same object. Of a link to one that is withheld the
 * words stay: its address would tell of it, and lead nowhere.
 * @param links as they are written: see `linkedPaths`
 */
export function settleLinks(
  article: ParsedArticle,
  links: string[],
  siteUrl: string,
  { urlOf, titleOf, fileAt, keptBack }: LinkTargets,
): SettledLinks {
  const toSettle: { written: string; path: string; reason: WithheldReason | null }[] = []
  for (const written of links) {
    const isAddress = written.startsWith('/')
    const path = isAddress ? fileAt(linkedFile(written)) : linkedFile(written)
    const reason = path === undefined ? null : keptBack(path)
    // Most lead where they lead already.
    if (path !== undefined && !(isAddress && reason === null)) toSettle.push({ written, path, reason })
  }
  if (toSettle.length === 0) return { article, targets: [], diagnostics: [] }
  const addresses = new Map<string, string | null>()
  const titles = new Map<string, string>()
  const diagnostics = new Map<string, Diagnostic>()
  for (const { written, path, reason } of toSettle) {
    const url = urlOf(path)
    if (url !== undefined && reason !== null) {
      const message = `"${path}" is withheld (${reason}): of the link to it only the words stay.`
      diagnostics.set(path, diagnose('link-withheld', article, message))
      addresses.set(written, null)
      continue
    }
    if (url === undefined) {
      const message = `"${path}" is not an article that can be read.`
      diagnostics.set(path, diagnose('link-unresolved', article, message))
    }
    const title = written.startsWith(titledMark) ? titleOf(path) : null
    if (title !== null) titles.set(written, title)
    addresses.set(written, url ?? siteUrl + written)
  }
  const isKept = (address: string) => addresses.get(writtenTarget(address, siteUrl) ?? '') === null
  const anyKept = [...addresses.values()].includes(null)
  const settled = articleWith(article, {
    ...(anyKept && besideWithout(article, isKept)),
    ...(anyKept && wordsWithout(article, isKept)),
    get html() {
      const html = anyKept ? textWithout(article.html, isKept) : article.html
      return withTargets(html, addresses, titles, siteUrl)
    },
  })
  const targets = [...[...addresses.values()].map(url => url ?? ''), ...titles.values()]
  return { article: settled, targets, diagnostics: [...diagnostics.values()] }
}

const anchorForm = /(<a\b(?:[^>"]|"[^"]*")*>)(.*?)<\/a>/gs

/** An address that is its own link's words is none of the article's. */
function wordsWithout({ html, text, summary }: ParsedArticle, isKept: (address: string) => boolean) {
  const bare = [...html.matchAll(anchorForm)].flatMap(([, , words = '']) => (isKept(words) ? words : []))
  const without = (words: string) =>
    bare.reduce((all, address) => all.replaceAll(address.replaceAll('&amp;', '&'), ''), words)
  return bare.length > 0 ? { text: without(text), summary: without(summary) } : {}
}

/** Of links the words stay, of pictures what stands for them, of all else what it says without the address. */
function textWithout(html: string, isKept: (address: string) => boolean): string {
  const keeps = (tag: string) => addressesIn(tag).some(isKept)
  return html
    .replace(anchorForm, (link, opening, words) => (!keeps(opening) ? link : isKept(words) ? '' : words))
    .replace(tagForm, tag => {
      if (!keeps(tag)) return tag
      if (/^<(?:img|source|track)\b/.test(tag)) return / alt="([^"]*)"/.exec(tag)?.[1] ?? ''
      return tag.replace(addressForm, (attribute, value) => (isKept(value) ? '' : attribute))
    })
}

function withTargets(
  html: string,
  addresses: ReadonlyMap<string, string | null>,
  titles: ReadonlyMap<string, string>,
  siteUrl: string,
): string {
  const [before = '', ...parts] = html.split(`"${siteUrl}${provisional}`)
  const settled = parts.map(part => {
    const written = writtenAddress(part)
    const title = titles.get(written)
    const rest = part.slice(written.length)
    const titled =
      title === undefined ? rest : rest.replace(linkWords, (_, tag) => `${tag}${escapeHtmlText(title)}</a>`)
    return `"${addresses.get(written) ?? siteUrl + written}${titled}`
  })
  return before + settled.join('')
}

/** Behind its address, the rest of a link's tag and its words. */
const linkWords = /^("[^<>]*>)[^<]*<\/a>/

type Beside = Partial<Pick<ParsedArticle, 'authors' | 'image' | 'enclosures' | 'episode'>>

/** Addresses that an article names beside its text. */
function addressesBeside({ authors = [], image, enclosures = [], episode }: Beside): string[] {
  const { transcripts = [], chapters, persons = [], license, socials = [] } = episode ?? {}
  const all = [
    ...authors.map(({ url }) => url),
    image?.url,
    ...[...enclosures, ...transcripts, ...socials].map(({ url }) => url),
    ...persons.flatMap(({ url, image }) => [url, image]),
    ...[episode?.image?.url, chapters?.url, license?.url],
  ]
  return all.filter(url => typeof url === 'string')
}

function besideWithout(
  { authors, image, enclosures, episode }: ParsedArticle,
  isKept: (url: string) => boolean,
) {
  const open = (url: string | null) => (url !== null && isKept(url) ? null : url)
  const isOpen = ({ url }: { url: string }) => !isKept(url)
  const beside = {
    authors: authors.map(author => ({ ...author, url: open(author.url) })),
    image: image && isOpen(image) ? image : null,
    enclosures: enclosures.filter(isOpen),
  }
  if (!episode) return beside
  const { chapters, license, persons, transcripts, socials } = episode
  const kept = {
    image: episode.image && isOpen(episode.image) ? episode.image : null,
    transcripts: transcripts.filter(isOpen),
    chapters: chapters && { ...chapters, url: open(chapters.url) },
    persons: persons.map(one => ({ ...one, image: open(one.image), url: open(one.url) })),
    license: license && { ...license, url: open(license.url) },
    socials: socials.filter(isOpen),
  }
  return { ...beside, episode: { ...episode, ...kept } }
}
