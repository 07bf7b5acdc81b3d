import type { LinkEnd, LinkResolver, ResolvedLink } from '../html/sanitise.ts'
import { isArticlePath } from '../model/article-paths.ts'
import { mediaTypeOf } from '../model/formats.ts'
import { mediaAddress } from '../model/media-address.ts'
import type { ParseContext } from '../model/reading.ts'
import type { Site } from '../model/site.ts'
import {
  articleMark,
  linkedFiles,
  sitePageOf,
  titledMark,
  translateLink,
  unknownMark,
  withoutBase,
} from '../systems/preset-links.ts'
import {
  basePathOf,
  decodePath,
  encodePath,
  resolveUrl,
  rootedBelow,
  schemeOf,
  trimUrl,
} from '../text/urls.ts'

/**
 * Makes the links of one article absolute. A relative link is looked for in the folder, from the article's own place
 * and, with a leading `/`, from the roots that the folder's system has, at last from the place there that its page has on the site; a file
 * found there is published below `/media/`. Everything else is
 * relative to the article's address, as it is in a browser.
 * @param path the article's file
 * @param articleUrl absolute
 * @param base what the page's own `base` element says (HTML Standard §4.2.3)
 */
export function linkResolver(
  path: string,
  articleUrl: string,
  context: ParseContext,
  base: string | null = null,
): LinkResolver {
  const { site } = context
  const { preset } = site
  const bases = [new URL(site.url).pathname, ...preset.bases]
  const resolveAgainstArticle = (href: string, problem: ResolvedLink['problem'] = null) =>
    placeless(resolveUrl(asProgramWrites(href, site), articleUrl), problem)
  const candidatePaths = (target: string) => pathsMeant(target, path, bases, articleUrl, site)
  const mediaAmong = (candidates: Iterable<string>, suffix: string, link: string) =>
    mediumAmong(candidates, suffix, link, articleUrl, context)
  return {
    resolve(href, to) {
      const link = translateLink(fromBase(forwardSlashes(trimUrl(href)), base, path), preset)
      const page = sitePageOf(link)
      if (page !== null) return { url: site.url + page, media: null, problem: null }
      if (link === '' || link.startsWith('#')) return resolveAgainstArticle(link)
      if (link.startsWith(articleMark)) return resolveNamed(link, to)
      if (link.includes(unknownMark)) return resolveUnknown(link, to)
      if (schemeOf(link) || link.startsWith('//')) return resolveOwn(link) ?? resolveAgainstArticle(link)
      const [target, suffix] = parted(link)
      if (isArticlePath(decodePath(target), preset.markdown))
        return resolveArticle(link, [...candidatePaths(target)], suffix, to)
      return (
        mediaAmong(candidatePaths(target), suffix, link) ??
        (suffix === '' ? null : mediumWithSigns(link)) ??
        (preset.bareLinks && to === 'page' && target !== ''
          ? articleAmong(candidatePaths(articleMark + target), suffix, to, context)
          : null) ??
        resolveAgainstArticle(link, mediaTypeOf(target) ? missingAs(candidatePaths(target), context) : null)
      )
    },
  }

  /** A file that is written with the publication's whole address, by either scheme: there it is no file of the old host's any more. */
  function resolveOwn(link: string): ResolvedLink | null {
    const [target, suffix] = parted(placeOnPublication(link, site) ?? '')
    if (!mediaTypeOf(target)) return null
    return mediaAmong(publishedFile(target) ?? candidatePaths(target), suffix, link)
  }

  function resolveArticle(link: string, candidates: string[], suffix: string, to: LinkEnd): ResolvedLink {
    // `/about.html` is as likely a page of the site as a file; `../about.md` can only be a file.
    const page = /^\/.*html?(?:[?#]|$)/.test(link)
    return (
      articleAmong(candidates, suffix, to, context) ??
      mediaAmong(candidates, suffix, link) ??
      (page && site.pages !== 'all'
        ? null
        : articleAmong(candidates.flatMap(sourcesOfPage), suffix, to, context)) ??
      resolveAgainstArticle(link, page ? null : 'link-unresolved')
    )
  }

  /** As an address it is another one; as what lies in the folder it can only be meant so: `why?.png`, `figure #1.png`. */
  function mediumWithSigns(link: string): ResolvedLink | null {
    return mediaTypeOf(link) ? mediaAmong(candidatePaths(link), '', encodePath(link)) : null
  }

  /** Behind what nobody knows may stand the place of a file that lies in the folder; any other address is none. */
  function resolveUnknown(link: string, to: LinkEnd): ResolvedLink {
    const [target, suffix] = parted(link.startsWith(unknownMark) ? link.slice(unknownMark.length - 1) : '')
    const problem = to === 'file' ? 'media-missing' : 'link-unresolved'
    return mediaAmong(candidatePaths(target), suffix, target + suffix) ?? { url: null, media: null, problem }
  }

  /** What a tag names is an article of the folder, or nothing. */
  function resolveNamed(link: string, to: LinkEnd): ResolvedLink {
    const [target, suffix] = parted(link)
    if (target === articleMark) return resolveAgainstArticle(suffix)
    return (
      articleNamed(target, suffix, path, to, context) ??
      mediaAmong(linkedFiles(decodePath(target), path, preset), suffix, suffix) ??
      unresolved
    )
  }
}

const placeless = (url: string | null, problem: ResolvedLink['problem']): ResolvedLink => ({
  url,
  media: null,
  problem,
})

/** The file of the folder that is published at a place. */
function publishedFile(place: string): string[] | null {
  const [, path] = /^\/media\/(.+)$/s.exec(place) ?? []
  return path === undefined ? null : [decodePath(path)]
}

const unresolved: ResolvedLink = { url: null, media: null, problem: 'link-unresolved' }

/** The article that a tag names; where its title is to be the link's words, that is asked for with it. */
function articleNamed(
  target: string,
  suffix: string,
  path: string,
  to: LinkEnd,
  context: ParseContext,
): ResolvedLink | null {
  const isTitled = target.startsWith(articleMark + titledMark)
  const named = isTitled ? articleMark + target.slice(articleMark.length + titledMark.length) : target
  const files = linkedFiles(decodePath(named), path, context.site.preset)
  return articleAmong(isTitled ? [...files].map(file => titledMark + file) : files, suffix, to, context)
}

/** @param link as it is written; where the site has the file itself, it leads there as a browser would take it */
function mediumAmong(
  candidates: Iterable<string>,
  suffix: string,
  link: string,
  articleUrl: string,
  { media, site }: ParseContext,
): ResolvedLink | null {
  const found = firstOf(candidates, candidate => media(candidate))
  if (found === undefined) return null
  const url = site.media === 'site' ? resolveUrl(onSite(link, site), articleUrl) : copyOf(found, suffix, site)
  return { url, media: found, picture: media(found)?.picture ?? null, problem: null }
}

/** What is said of a file that is not there: many lay a link in its place to where it lies. */
const missingAs = (candidates: Iterable<string>, { leadsOutside }: ParseContext) =>
  leadsOutside && firstOf(candidates, leadsOutside) !== undefined ? 'media-outside' : 'media-missing'

/** An article is a page: as a picture, a sound or a film it is nothing. */
function articleAmong(
  candidates: Iterable<string>,
  suffix: string,
  to: LinkEnd,
  { linkTo }: ParseContext,
): ResolvedLink | null {
  const found = firstOf(candidates, candidate => linkTo?.(candidate) ?? null)
  const url = found === undefined ? null : (linkTo?.(found) ?? null)
  if (url === null) return null
  return to === 'file'
    ? { url: null, media: null, problem: 'media-missing' }
    : { url: url + suffix, media: null, problem: null }
}

/** What an address on the publication names, with a slash before it; null where it leads elsewhere. */
function placeOnPublication(link: string, { url }: Site): string | null {
  const host = /^(?:https?:)?(?=\/\/)/i
  const [written, own] = [link.replace(host, ''), url.replace(host, '')]
  return written.startsWith(own) ? `/${written.slice(own.length)}` : null
}

/** As a browser takes a relative link: `tree.svg` on the page /2017/trees/ may lie in static/2017/trees/. */
function placeOnSite(target: string, articleUrl: string, site: Site): string | null {
  const place = target === '' || /^[/@~]/.test(target) ? null : URL.parse(target, articleUrl)
  return place?.origin === new URL(site.url).origin ? place.pathname : null
}

/** With the path that the whole site lies below, and without; at last from the page's own place on the site. */
function* pathsMeant(
  target: string,
  path: string,
  bases: readonly string[],
  articleUrl: string,
  site: Site,
): Generator<string> {
  for (const written of [target, placeOnSite(target, articleUrl, site)]) {
    if (written === null) continue
    const inside = withoutBase(written, bases)
    for (const form of inside === null ? [written] : [inside, written])
      yield* linkedFiles(decodePath(form), path, site.preset)
  }
}

function firstOf(candidates: Iterable<string>, accepts: (candidate: string) => unknown): string | undefined {
  for (const candidate of candidates) if (accepts(candidate)) return candidate
  return undefined
}

/** Many systems make `a.html` of `a.md`, and people lead to what was made. */
function sourcesOfPage(path: string): string[] {
  const stem = /^(.+)\.html?$/.exec(path)?.[1]
  return stem === undefined ? [] : ['md', 'markdown', 'txt'].map(extension => `${stem}.${extension}`)
}

/** What a link leads to, and the query and fragment behind it. */
function parted(link: string): [target: string, suffix: string] {
  const at = link.search(/[?#]/)
  return at === -1 ? [link, ''] : [link.slice(0, at), link.slice(at)]
}

/** Where a file of the folder is published, with the fragment that was written behind its name. */
function copyOf(file: string, suffix: string, site: Site): string {
  const fragment = suffix.slice(suffix.indexOf('#'), suffix.includes('#') ? undefined : 0)
  return site.url + encodePath(mediaAddress(file).slice(1)) + fragment
}

/** A path from the root of a site that lies below one itself: its files do, too. */
function onSite(link: string, { url, preset }: Site): string {
  return preset.bases.length + preset.roots.length > 0 ? rootedBelow(link, basePathOf(url)) : link
}

/** Where its program puts the path that the site lies below before links from the root: https://docusaurus.io/docs/docusaurus-core#link */
function asProgramWrites(link: string, { url, preset }: Site): string {
  const isMarked = link.startsWith(articleMark) || link.startsWith(unknownMark)
  return preset.linksBelowBase && !isMarked ? rootedBelow(link, basePathOf(url)) : link
}

/** As browsers read them (URL Standard §4.4, special schemes): people copy paths from Windows. */
function forwardSlashes(link: string): string {
  if (!link.includes('\\') || schemeOf(link)) return link
  const [target, suffix] = parted(link)
  return target.replaceAll('\\', '/') + suffix
}

/** A relative link of a page that names its base; where the base names no host, it stays a path of the folder. */
function fromBase(link: string, base: string | null, path: string): string {
  if (base === null || link === '' || link.startsWith('#') || schemeOf(link)) return link
  const folder = `http://folder.invalid/${encodePath(path)}`
  const joined = URL.parse(link, URL.parse(base, folder)?.href ?? folder)
  if (!joined) return link
  return joined.hostname === 'folder.invalid'
    ? joined.href.slice('http://folder.invalid'.length)
    : joined.href
}
