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

/** An article, and the paths it leads to as they are written. */
export interface LinkingArticle {
  article: ParsedArticle
  links: string[]
}

/**
 * Gives links between articles their addresses. An article without such links stays the same object.
 * @param urlOf the address of the article of a file. Default: these articles are all there are
 */
export function settleLinks(
  linking: LinkingArticle[],
  siteUrl: string,
  urlOf: (path: string) => string | undefined = urlsOf(linking),
): { articles: (LinkingArticle & { targets: string[] })[]; diagnostics: Diagnostic[] } {
  const diagnostics: Diagnostic[] = []
  const articles = linking.map(({ article, links }) => {
    if (links.length === 0) return { article, links, targets: links }
    const targets = links.map(written => {
      const path = decodePath(written.replaceAll('&amp;', '&'))
      const url = urlOf(path)
      if (url === undefined)
        diagnostics.push(
          diagnose('link-unresolved', article, `"${path}" is not an article that can be read.`),
        )
      return url ?? siteUrl + written
    })
    const addresses = new Map(links.map((written, index) => [written, targets[index]!]))
    const settled = articleWith(article, {
      get html() {
        return withTargets(article.html, addresses, siteUrl)
      },
    })
    return { article: settled, links, targets }
  })
  return { articles, diagnostics }
}

function urlsOf(linking: LinkingArticle[]): (path: string) => string | undefined {
  const urls = new Map(linking.map(({ article }) => [article.path, article.url]))
  return path => urls.get(path)
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
