import type { ParsedArticle } from '../model/article.ts'
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

/** Gives links between articles their addresses. An article without such links stays the same object. */
export function settleLinks(
  articles: ParsedArticle[],
  siteUrl: string,
): { articles: ParsedArticle[]; diagnostics: Diagnostic[] } {
  const start = `"${siteUrl}${provisional}`
  const urls = new Map(articles.map(({ path, url }) => [path, url]))
  const diagnostics: Diagnostic[] = []
  const settled = articles.map(article => {
    if (!article.html.includes(start)) return article
    const [before = '', ...parts] = article.html.split(start)
    const html = parts.map(part => {
      const [written = ''] = /^[^"#?]*/.exec(part) ?? []
      const path = decodePath(written.replaceAll('&amp;', '&'))
      const url = urls.get(path)
      if (url === undefined)
        diagnostics.push(diagnose('link-unresolved', article, `"${path}" is no article that can be read.`))
      return `"${url ?? siteUrl + written}${part.slice(written.length)}`
    })
    return { ...article, html: before + html.join('') }
  })
  return { articles: settled, diagnostics }
}
