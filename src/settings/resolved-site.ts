import type { Author } from '../model/article.ts'
import { type PodcastSettings, type Site, siteDefaults } from '../model/site.ts'
import { cleanLine, cleanLines, isBlank } from '../text/hygiene.ts'
import { canonicalLanguage } from '../text/language.ts'
import { isMailAddress } from '../text/mail-address.ts'
import { slugOf } from '../text/slugs.ts'
import { documentUrl } from '../text/urls.ts'
import { isFeedElement, isFeedNamespace, undeclaredElements } from './feed-settings.ts'

/** What somebody may say of a publication; everything else has its documented default. */
export type SiteOptions = { [key in Exclude<keyof Site, 'preview' | 'podcast'>]?: Site[key] | undefined } & {
  /** Given: the publication is a podcast. Whatever it leaves out has its default. */
  podcast?: Partial<PodcastSettings> | undefined
  /** The year in the ids of articles, where `tagAuthority` is not given. @default 2026 */
  founded?: number | undefined
  /** The address that ids are minted from, where `url` is another one for this run. @default `url` */
  home?: string | undefined
}

/**
 * A publication's settings with every default settled. Without an address it is a preview, and so it is on a host that
 * is nobody's for ever, unless an authority for ids is given.
 * @throws TypeError where `url` is not an absolute address or `language` no language tag, or where an element of
 *   `feedFields` has no namespace or is none of a publisher's to add
 */
export function resolveSite({ founded = 2026, home: givenHome, ...given }: SiteOptions): Site {
  const url = withSlash(given.url ?? siteDefaults.url)
  const home = givenHome === undefined ? url : withSlash(givenHome)
  const preview = given.url === undefined || (isLocal(home) && !given.tagAuthority)
  const tagAuthority =
    given.tagAuthority ?? (preview ? siteDefaults.tagAuthority : `${new URL(home).hostname},${founded}`)
  const present = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
  const podcast = given.podcast
    ? { ...siteDefaults.podcast, declared: true, ...given.podcast }
    : siteDefaults.podcast
  return fitForDocuments(checkFields({ ...siteDefaults, ...present, podcast, url, preview, tagAuthority }))
}

function checkFields(site: Site): Site {
  const { feedFields, feedNamespaces } = site
  const wrong = [
    ...feedFields.map(({ element }) => element).filter(element => !isFeedElement(element)),
    ...undeclaredElements(feedFields, feedNamespaces),
    ...Object.entries(feedNamespaces).flatMap(([prefix, uri]) =>
      isFeedNamespace(prefix, uri) ? [] : `xmlns:${prefix}`,
    ),
  ]
  if (wrong.length > 0) throw new TypeError(`no feed can carry ${wrong.join(', ')}`)
  return site
}

/** Settings pass the gate that articles pass: TOML can escape any character, and libraries are given any string. */
function fitForDocuments(site: Site): Site {
  return {
    ...site,
    title: visibleLine(site.title) ?? siteDefaults.title,
    description: cleanLines(site.description).text.trim(),
    language: languageOf(site),
    authors: site.authors.map(cleanAuthor).filter(({ name }) => !isBlank(name)),
    copyright: site.copyright && visibleLine(site.copyright),
    icon: site.icon && fitAddress(site.icon),
    logo: site.logo && fitAddress(site.logo),
    footer: site.footer && visibleLine(site.footer),
    links: site.links.flatMap(link => {
      const [title, url] = [visibleLine(link.title), cleanLine(link.url).text]
      return title === null ? [] : [{ title, url }]
    }),
    hubs: site.hubs.flatMap(hub => fitAddress(hub) ?? []),
    sources: Object.fromEntries(
      Object.entries(site.sources).map(([name, source]) => [
        name,
        {
          ...source,
          author: source.author && visibleLine(source.author),
          feed: source.feed && fitAddress(source.feed),
        },
      ]),
    ),
    feeds: site.feeds.map(feed => ({
      ...feed,
      slug: slugOf(feed.slug),
      name: visibleLine(feed.name) ?? slugOf(feed.slug),
      ...(feed.title && { title: visibleLine(feed.title) }),
      ...(feed.description && { description: cleanLines(feed.description).text.trim() || null }),
      ...(feed.image && { image: fitAddress(feed.image) }),
      ...(feed.podcast && { podcast: fitShow(feed.podcast) }),
    })),
    podcast: fitPodcast(site.podcast),
    feedFields: site.feedFields.map(field =>
      'value' in field.from ? { ...field, from: { value: cleanLines(field.from.value).text } } : field,
    ),
  }
}

/** The same of what a feed says by itself: what it does not say stays unsaid. */
function fitShow(podcast: Partial<PodcastSettings>): Partial<PodcastSettings> {
  const fit = fitPodcast({ ...siteDefaults.podcast, ...podcast })
  return Object.fromEntries(Object.entries(fit).filter(([key]) => Object.hasOwn(podcast, key)))
}

function fitPodcast(podcast: PodcastSettings): PodcastSettings {
  const lines = <T extends { text: string }>(texts: T[]) =>
    texts.flatMap(entry => {
      const text = visibleLine(entry.text)
      return text === null ? [] : [{ ...entry, text }]
    })
  const { author, owner, email, image, location, license, updateFrequency } = podcast
  return {
    ...podcast,
    categories: podcast.categories.flatMap(category => visibleLine(category) ?? []),
    email: email && isMailAddress(email) ? email : null,
    image: image && fitAddress(image),
    author: author && visibleLine(author),
    owner: owner && visibleLine(owner),
    seasons: Object.fromEntries(
      Object.entries(podcast.seasons).map(([number, name]) => [number, cleanLine(name).text]),
    ),
    funding: lines(podcast.funding).flatMap(entry => withUrl(entry)),
    persons: podcast.persons.map(person => ({
      ...person,
      name: cleanLine(person.name).text,
      role: person.role && cleanLine(person.role).text,
      group: person.group && cleanLine(person.group).text,
      image: person.image && fitAddress(person.image),
      url: person.url && documentUrl(person.url),
    })),
    texts: lines(podcast.texts).map(entry => ({
      ...entry,
      purpose: entry.purpose && cleanLine(entry.purpose).text,
    })),
    location: location && { ...location, name: cleanLine(location.name).text },
    license: license && { name: cleanLine(license.name).text, url: license.url && documentUrl(license.url) },
    podroll: podcast.podroll.map(({ guid, url, title }) => ({
      guid,
      url: url && documentUrl(url),
      title: title && visibleLine(title),
    })),
    updateFrequency: updateFrequency && { ...updateFrequency, text: cleanLine(updateFrequency.text).text },
    newFeedUrl: podcast.newFeedUrl && documentUrl(podcast.newFeedUrl),
    mediaUrl: podcast.mediaUrl && documentUrl(podcast.mediaUrl),
    downloadPrefix: podcast.downloadPrefix && documentUrl(podcast.downloadPrefix),
  }
}

function withUrl<T extends { url: string }>(entry: T): T[] {
  const url = documentUrl(entry.url)
  return url === null ? [] : [{ ...entry, url }]
}

function visibleLine(text: string): string | null {
  const line = cleanLine(text).text
  return isBlank(line) ? null : line
}

function cleanAuthor({ name, url, email, role }: Author): Author {
  return {
    name: cleanLine(name).text,
    url: url && documentUrl(url),
    email: email && isMailAddress(email) ? email : null,
    role: role && (cleanLine(role).text || null),
  }
}

/** An absolute address as documents may carry it, null where none may; a path in the folder as it is. */
function fitAddress(address: string): string | null {
  const clean = cleanLine(address).text
  return /^https?:/i.test(clean) ? documentUrl(clean) : clean || null
}

function languageOf(site: Site): string {
  const tag = canonicalLanguage(site.language)
  if (!tag) throw new TypeError(`"${site.language}" is not a language tag (BCP 47), like "en" or "pt-BR"`)
  return tag
}

/** RFC 4151 §2.1 wants a name that somebody holds: loopback, private names and bare addresses are nobody's for ever. */
function isLocal(url: string): boolean {
  const { hostname } = new URL(url)
  return (
    /^(?:.+\.)?(?:localhost|local|internal|test|invalid)$/.test(hostname) ||
    /^\d+(?:\.\d+){3}$|^\[/.test(hostname) ||
    !hostname.includes('.')
  )
}

const withSlash = (url: string) => new URL(url).href.replace(/\/*$/, '/')
