import type { Author } from './article.ts'
import type { License, Location, Person, PurposeText } from './episode.ts'
import { type Preset, plainPreset } from './preset.ts'

/** What settings say about articles of one origin (a news site whose page dumps lie in the folder). */
export interface SourceSettings {
  /** Glob over paths inside the folder (`tehran/**`), or null to match by the source's name in the text. */
  match: string | null
  timezone: string | null
  language: string | null
  /** How 10/05/2022 is to be read. */
  dateOrder: 'dmy' | 'mdy' | 'ymd' | null
  author: string | null
  /** The address of the source's own feed, for readers who want the origin of republished articles. */
  feed: string | null
}

/** Whose articles a feed takes: an article fits where one name of each list that is not empty is its own. */
export interface FeedSelection {
  tags: string[]
  authors: string[]
  sections: string[]
  languages: string[]
}

/** A feed that the publisher puts together: what fits `include` and nothing of what fits a list of `exclude`. */
export interface FeedRule {
  name: string
  /** Its folder below `/feeds/`, and what the ledger knows it by. */
  slug: string
  include: FeedSelection
  exclude: FeedSelection
  /** What it says of itself in place of the publication's; null: its name with the publication's, and what that says. */
  title?: string | null
  description?: string | null
  /** BCP 47; null: its articles', else the publication's. */
  language?: string | null
  /** A path in the folder, or an address; null: the publication's logo. */
  image?: string | null
  /** Items in its subscription document; null: as many as in the publication's. */
  limit?: number | null
  /** Elements of its own in the feed, with their texts, and the namespaces of their prefixes. */
  fields?: FeedField[]
  namespaces?: Record<string, string>
  /** What it says as a show of its own, in place of what the publication's podcast says; null: no more than that. */
  podcast?: Partial<PodcastSettings> | null
}

/** What podcast directories ask of a feed with sound, and no article says. */
export interface PodcastSettings {
  /** Whether the settings say that the publication is a podcast. */
  declared: boolean
  /** Apple's categories, `Society & Culture > Documentary`. */
  categories: string[]
  explicit: boolean
  /** A path in the folder, or an address; null: a cover in the folder, or the publication's logo. */
  image: string | null
  /** Who makes it; null: the publication's authors. */
  author: string | null
  /** Whom directories write to, and where; null: the author. */
  owner: string | null
  email: string | null
  /** In which order episodes are to be heard. */
  type: 'episodic' | 'serial' | null
  medium: string | null
  /** Names of seasons, by number. */
  seasons: Record<string, string>
  funding: { url: string; text: string }[]
  persons: Person[]
  texts: PurposeText[]
  location: Location | null
  license: License | null
  /** Shows that are recommended, by their guid. */
  podroll: { guid: string; url: string | null; title: string | null }[]
  updateFrequency: { text: string; rrule: string | null; start: string | null; complete: boolean } | null
  /** Kept out of Apple's directory. */
  blocked: boolean
  /** No episode will follow. */
  complete: boolean
  newFeedUrl: string | null
  /** Ends in `/`: where sound and film of the folder are to be had; null: from the publication. */
  mediaUrl: string | null
  /** Ends in `/`: put before the addresses of sound in feeds. */
  downloadPrefix: string | null
  /** The show's `podcast:guid`, where it had one before; null: made from the feed's address. */
  guid: string | null
  /** Whether other directories may take the show over; null: not said. */
  locked: boolean | null
}

/** An element of another namespace in the feeds. */
export interface FeedField {
  /** `geo:lat` */
  element: string
  /** Whether it stands in the feed itself or in each item. */
  on: 'feed' | 'item'
  /** The front matter key that gives its text (dots go into tables), or its text. */
  from: { key: string } | { value: string }
}

/** A publication's settings with every default settled: what `broadsheet.toml` says, checked. */
export interface Site {
  title: string
  description: string
  /** Absolute, ends in `/`. Where the publication lives; every address in every document starts with it. */
  url: string
  /** True where `url` was not given and a preview address stands in for it: nothing may be minted then. */
  preview: boolean
  /** Whether a preview shows drafts and what waits for its time, each with its state before its title. */
  previewsDrafts?: boolean
  /** The `authority,date` of minted tag: URIs (RFC 4151 §2.1). */
  tagAuthority: string
  /** BCP 47. */
  language: string
  /** IANA name; null where not given: dates without zone are then read as UTC, with a warning. */
  timezone: string | null
  authors: Author[]
  copyright: string | null
  /** Paths or URLs; a path is a file in the folder. */
  icon: string | null
  logo: string | null
  /** The colour of links and buttons on the pages, `#rrggbb`; made readable on light and dark where it is not. */
  accent: string | null
  /** A line at the foot of every page. Plain text. */
  footer: string | null
  /** Pages to name at the foot of every page (an imprint, say): paths on the publication or absolute addresses. */
  links: { title: string; url: string }[]
  /** Path of a CSS file in the folder whose rules come after ours, and win. */
  stylesheet: string | null
  /** Items in a subscription document. */
  limit: number
  /** Whether feeds carry the whole text or the summary only. */
  content: 'full' | 'summary'
  /** Bytes that a feed should not exceed; null: as many as its items have. */
  maxFeedBytes: number | null
  /** What RSS and JSON Feed give as the title of a note that has none: nothing, or its first words. */
  untitled: 'empty' | 'first-words'
  /** What stands on a page for a film or sound that somebody else plays: a link, or a player that loads when it is clicked. */
  embeds: 'link' | 'click'
  /** Addresses elsewhere that are the publication's own: `rel="me"`. */
  me: string[]
  /** The account in the fediverse that signs what is shared there: `@name@host`. */
  fediverseCreator: string | null
  /** What becomes of articles without a date. */
  undated: 'withhold' | 'first-seen'
  /** Bytes; larger article files are rejected. */
  maxFileBytes: number
  /** WebSub hubs, absolute URLs. */
  hubs: string[]
  /** Where an rssCloud takes registrations, absolute; null where there is none. */
  rssCloud: string | null
  /** Seconds for which caches and readers may keep a document; null: as the publishing interval says. */
  maxAge: number | null
  /** Bounds of what that interval gives, seconds. */
  maxAgeFloor: number
  maxAgeCeiling: number
  sources: Record<string, SourceSettings>
  /** Feeds that the publisher puts together. */
  feeds: FeedRule[]
  podcast: PodcastSettings
  /** Whether RSS and Atom can be read in a browser as they are: for hosts that can't tell people from readers. */
  styleFeeds: boolean
  /** Which pages there are around the feeds: all of ours, or none, where a site of somebody else's making has its own. */
  pages: 'all' | 'none'
  /** Where pictures and sound of the folder are: copied below `/media/`, or where the site itself has them. */
  media: 'copy' | 'site'
  /** Paths of feeds on the site that ours take the place of. */
  replace: string[]
  /** Whether Atom says which articles were withdrawn (RFC 6721). */
  tombstones: boolean
  /** Namespaces of `feedFields`, by prefix. */
  feedNamespaces: Record<string, string>
  feedFields: FeedField[]
  /** Extra names of front matter keys: `published = ["veröffentlicht"]`. */
  frontMatterKeys: Record<string, string[]>
  /** Globs of paths that are not articles. */
  ignore: string[]
  /** How the folder of another system is read. */
  preset: Preset
}

type Shows = Pick<Site, 'podcast' | 'feeds'>

/** Whether any feed of the publication is a podcast because the settings say so. */
export function declaresPodcast({ podcast, feeds }: Shows): boolean {
  return podcast.declared || feeds.some(({ podcast }) => podcast)
}

/** A show's cover need not be named. */
export function withUsualCover(site: Site, has: (path: string) => boolean): Site {
  const { podcast } = site
  if (!declaresPodcast(site) || podcast.image !== null) return site
  const image = ['cover.jpg', 'cover.jpeg', 'cover.png'].find(has) ?? null
  return { ...site, podcast: { ...podcast, image } }
}

/** What the settings say of a show: of the publication, or of a feed that is put together. Null where it is none. */
export function showOf({ podcast }: Pick<Site, 'podcast'>, rule: FeedRule | null): PodcastSettings | null {
  if (!rule) return podcast.declared ? podcast : null
  if (!rule.podcast && !podcast.declared) return null
  // What belongs to one feed and no other: its name for ever, and where it has moved to.
  const inherited = { ...podcast, guid: null, newFeedUrl: null, image: rule.image ?? podcast.image }
  return { ...inherited, ...rule.podcast, declared: true }
}

/** The settings without the pictures that some of them name: a feed does not send anybody to what is not there. @param gone as `namedPictures` names them */
export function withoutPictures(site: Site, gone: ReadonlySet<string>): Site {
  if (gone.size === 0) return site
  const kept = <T>(setting: string, picture: T) => (gone.has(setting) ? null : picture)
  const feeds = site.feeds.map((rule, index) => {
    const { image, ...show } = rule.podcast ?? {}
    const isKept = image !== undefined && !gone.has(`feeds.${index}.podcast.image`)
    return {
      ...rule,
      image: kept(`feeds.${index}.image`, rule.image),
      ...(rule.podcast && { podcast: { ...show, ...(isKept && { image }) } }),
    }
  })
  return {
    ...site,
    icon: kept('icon', site.icon),
    logo: kept('logo', site.logo),
    podcast: { ...site.podcast, image: kept('podcast.image', site.podcast.image) },
    feeds,
  }
}

/** The pictures that the settings name, by the setting that names each: paths in the folder, or addresses. */
export function namedPictures({
  icon,
  logo,
  podcast,
  feeds,
}: Pick<Site, 'icon' | 'logo' | 'podcast' | 'feeds'>): [setting: string, picture: string][] {
  const all: [string, string | null | undefined][] = [
    ['icon', icon],
    ['logo', logo],
    ['podcast.image', podcast.image],
    ...feeds.flatMap(({ image, podcast }, index): [string, string | null | undefined][] => [
      [`feeds.${index}.image`, image],
      [`feeds.${index}.podcast.image`, podcast?.image],
    ]),
  ]
  return all.filter((entry): entry is [string, string] => typeof entry[1] === 'string')
}

/** The documented defaults. `url` is the address of a preview. */
export const siteDefaults: Site = {
  title: 'Untitled publication',
  description: '',
  url: 'http://localhost:8787/',
  preview: true,
  tagAuthority: 'preview.invalid,2026',
  language: 'en',
  timezone: null,
  authors: [],
  copyright: null,
  icon: null,
  logo: null,
  accent: null,
  footer: null,
  links: [],
  stylesheet: null,
  limit: 50,
  content: 'full',
  maxFeedBytes: null,
  untitled: 'empty',
  embeds: 'link',
  me: [],
  fediverseCreator: null,
  undated: 'withhold',
  maxFileBytes: 4_000_000,
  hubs: [],
  rssCloud: null,
  maxAge: null,
  maxAgeFloor: 300,
  maxAgeCeiling: 3600,
  sources: {},
  feeds: [],
  podcast: {
    declared: false,
    categories: [],
    explicit: false,
    image: null,
    author: null,
    owner: null,
    email: null,
    type: null,
    medium: null,
    seasons: {},
    funding: [],
    persons: [],
    texts: [],
    location: null,
    license: null,
    podroll: [],
    updateFrequency: null,
    blocked: false,
    complete: false,
    newFeedUrl: null,
    mediaUrl: null,
    downloadPrefix: null,
    guid: null,
    locked: null,
  },
  styleFeeds: false,
  pages: 'all',
  media: 'copy',
  replace: [],
  tombstones: false,
  feedNamespaces: {},
  feedFields: [],
  frontMatterKeys: {},
  ignore: [],
  preset: plainPreset,
}
