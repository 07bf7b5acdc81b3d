import { articleWith, type ParsedArticle, type WithheldReason } from '../model/article.ts'
import { type Diagnostic, diagnose } from '../model/diagnostic.ts'
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

/** The paths, as they are written in its links, of the files that an article leads to; each once. */
export function linkedPaths({ html }: Pick<ParsedArticle, 'html'>, siteUrl: string): string[] {
  const [, ...parts] = html.split(`"${siteUrl}${provisional}`)
  return [...new Set(parts.map(writtenPath))]
}

/** The path of the file that a written link leads to. */
export const linkedFile = (written: string) => decodePath(written.replaceAll('&amp;', '&'))

/** An article whose links to others lead to their addresses. */
export interface SettledLinks {
  article: ParsedArticle
  /** Where they lead, in the order of the links. */
  targets: string[]
  diagnostics: Diagnostic[]
}

/** What a link to a file may lead to. */
export interface LinkTargets {
  /** The address of its article; undefined where there is none that can be read. */
  urlOf(path: string): string | undefined
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
  { urlOf, keptBack }: LinkTargets,
): SettledLinks {
  if (links.length === 0) return { article, targets: links, diagnostics: [] }
  const addresses = new Map<string, string | null>()
  const diagnostics: Diagnostic[] = []
  for (const written of links) {
    const path = linkedFile(written)
    const [url, reason] = [urlOf(path), keptBack(path)]
    if (url !== undefined && reason !== null) {
      const message = `"${path}" is withheld (${reason}): of the link to it only the words stay.`
      diagnostics.push(diagnose('link-withheld', article, message))
      addresses.set(written, null)
      continue
    }
    if (url === undefined)
      diagnostics.push(diagnose('link-unresolved', article, `"${path}" is not an article that can be read.`))
    addresses.set(written, url ?? siteUrl + written)
  }
  const settled = articleWith(article, {
    get html() {
      return withTargets(article.html, addresses, siteUrl)
    },
  })
  return { article: settled, targets: [...addresses.values()].map(url => url ?? ''), diagnostics }
}

function withTargets(html: string, addresses: ReadonlyMap<string, string | null>, siteUrl: string): string {
  const begin = `"${siteUrl}${provisional}`
  const isKept = (attribute: string) => {
    const at = attribute.indexOf(begin)
    return at !== -1 && addresses.get(writtenPath(attribute.slice(at + begin.length))) === null
  }
  const without = [...addresses.values()].includes(null)
    ? html.replace(/(<a\b(?:[^>"]|"[^"]*")*>)(.*?)<\/a>/gs, (link, opening, words) =>
        isKept(opening) ? words : link,
      )
    : html
  const [before = '', ...parts] = without.split(begin)
  const settled = parts.map(part => {
    const written = writtenPath(part)
    return `"${addresses.get(written) ?? siteUrl + written}${part.slice(written.length)}`
  })
  return before + settled.join('')
}

const writtenPath = (part: string) => /^[^"#?]*/.exec(part)?.[0] ?? ''
