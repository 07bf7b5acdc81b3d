import type { LinkResolver, ResolvedLink } from '../html/sanitise.ts'
import { isArticlePath } from '../model/article-paths.ts'
import { mediaTypeOf } from '../model/formats.ts'
import type { ParseContext } from '../model/reading.ts'
import {
  absoluteUrl,
  decodePath,
  encodePath,
  folderOf,
  normalisePath,
  schemeOf,
  trimUrl,
} from '../text/urls.ts'

/** Folders that other systems take for the root of the site, or of its content. */
const rootFolders = ['', 'static/', 'public/', 'content/']

/**
 * Makes the links of one article absolute. A relative link is looked for in the folder, from the article's own place
 * and, with a leading `/`, from the root; a file found there is published below `/media/`. Everything else is relative
 * to the article's address, as it is in a browser.
 * @param path the article's file
 * @param articleUrl absolute
 */
export function linkResolver(path: string, articleUrl: string, context: ParseContext): LinkResolver {
  const folder = folderOf(path)
  const resolveAgainstArticle = (href: string, problem: ResolvedLink['problem'] = null): ResolvedLink => ({
    url: absoluteUrl(href, articleUrl),
    media: null,
    problem,
  })
  return {
    resolve(href) {
      const link = trimUrl(href)
      if (link === '' || link.startsWith('#') || link.startsWith('//') || schemeOf(link))
        return resolveAgainstArticle(link)
      const [, target = '', suffix = ''] = /^([^?#]*)(.*)$/s.exec(link)!
      const candidates = candidatePaths(decodePath(target), folder)
      if (candidates.some(candidate => isArticlePath(candidate)))
        return resolveArticle(link, candidates, suffix)
      for (const candidate of candidates)
        if (context.media(candidate)) {
          const fragment = suffix.slice(suffix.indexOf('#'), suffix.includes('#') ? undefined : 0)
          const url = `${context.site.url}media/${encodePath(candidate)}${fragment}`
          return { url, media: candidate, problem: null }
        }
      return resolveAgainstArticle(link, mediaTypeOf(target) ? 'media-missing' : null)
    },
  }

  function resolveArticle(link: string, candidates: string[], suffix: string): ResolvedLink {
    for (const candidate of candidates) {
      const url = context.linkTo?.(candidate)
      if (url) return { url: url + suffix, media: null, problem: null }
    }
    // `/about.html` is as likely a page of the site as a file; `../about.md` can only be a file.
    const page = /^\/.*html?(?:[?#]|$)/.test(link)
    return resolveAgainstArticle(link, page ? null : 'link-unresolved')
  }
}

function candidatePaths(target: string, folder: string): string[] {
  // Zola's links to its own content begin with `@/`.
  const rooted = /^(?:@\/|\/)(.*)$/s.exec(target)?.[1]
  const written =
    rooted !== undefined ? rootFolders.map(root => root + rooted) : [`${folder}/${target}`, target]
  return [...new Set(written.map(normalisePath).filter(path => path !== null && path !== ''))] as string[]
}
