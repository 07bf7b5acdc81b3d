import { articleWith, type ParsedArticle } from '../model/article.ts'
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

/**
 * Gives links to other articles their addresses. An article without such links stays the same object.
 * @param links as they are written: see `linkedPaths`
 * @param urlOf the address of the article of a file
 */
export function settleLinks(
  article: ParsedArticle,
  links: string[],
  siteUrl: string,
  urlOf: (path: string) => string | undefined,
): SettledLinks {
  if (links.length === 0) return { article, targets: links, diagnostics: [] }
  const addresses = new Map<string, string>()
  const diagnostics: Diagnostic[] = []
  for (const written of links) {
    const path = linkedFile(written)
    const url = urlOf(path)
    if (url === undefined)
      diagnostics.push(diagnose('link-unresolved', article, `"${path}" is not an article that can be read.`))
    addresses.set(written, url ?? siteUrl + written)
  }
  const settled = articleWith(article, {
    get html() {
      return withTargets(article.html, addresses, siteUrl)
    },
  })
  return { article: settled, targets: [...addresses.values()], diagnostics }
}

function withTargets(html: string, addresses: ReadonlyMap<string, string>, siteUrl: string): string {
  const [before = '', ...parts] = html.split(`"${siteUrl}${provisional}`)
  const settled = parts.map(part => {
    const written = writtenPath(part)
    return `"${addresses.get(written) ?? siteUrl + written}${part.slice(written.length)}`
  })
  return before + settled.join('')
}

const writtenPath = (part: string) => /^[^"#?]*/.exec(part)?.[0] ?? ''
