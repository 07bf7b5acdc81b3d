import type { Field } from '../model/article.ts'
import { type Diagnostic, diagnose } from '../model/diagnostic.ts'
import type { Site } from '../model/site.ts'
import { decodePath, documentUrl, encodePath, isHttpUrl } from '../text/urls.ts'

/** Where an article is to be read: at its permalink, else at `{site.url}articles/{slug}/`. */
export function articleUrl(
  permalink: Field<string> | undefined,
  slug: string,
  path: string,
  site: Pick<Site, 'url'>,
  diagnostics: Diagnostic[],
  slugLine: number | null = null,
): Field<string> {
  if (permalink) {
    const url = permalinkUrl(permalink.value, site)
    if (url) return { ...permalink, value: url }
    const place = { path, line: permalink.line }
    const message = `"${permalink.value}" is neither a path nor an http address; the article got its usual one.`
    diagnostics.push(diagnose('front-matter-type', place, message))
  }
  return { value: `${site.url}articles/${encodePath(slug)}/`, from: 'derived', confidence: 1, line: slugLine }
}

/** An absolute address as it is; a path as one on the publication. */
function permalinkUrl(permalink: string, { url: base }: Pick<Site, 'url'>): string | null {
  if (isHttpUrl(permalink)) return documentUrl(permalink)
  if (/^[a-z][a-z0-9+.-]*:/i.test(permalink) || permalink.startsWith('//')) return null
  const url = documentUrl(permalink.replace(/^\/+/, ''), base)
  return url?.startsWith(base) ? url : null
}

/** Former paths on the publication: decoded, with a leading `/`. Those on other hosts are nobody's to redirect. */
export function articleAliases(aliases: string[], site: Pick<Site, 'url'>): string[] {
  const paths = aliases.flatMap(alias => {
    const url = permalinkUrl(alias, site)
    if (!url?.startsWith(site.url)) return []
    return [`/${decodePath(url.slice(site.url.length).replace(/[?#].*$/, ''))}`.normalize('NFC')]
  })
  return [...new Set(paths)].filter(path => path !== '/')
}
