import * as v from 'valibot'
import { presetNames } from '../model/preset.ts'
import { siteDefaults } from '../model/site.ts'
import { isTimeZone } from '../text/dates.ts'
import { globGrammar } from '../text/globs.ts'
import { canonicalLanguage } from '../text/language.ts'
import { isPermalinkPattern } from '../text/permalink-pattern.ts'
import { isHttpUrl } from '../text/urls.ts'
import { feedFields, feedNamespaces, feedRules } from './feed-settings.ts'
import { integerBetween, type Setting, text } from './setting.ts'

const lifetime = integerBetween(0, 31_536_000)
const expectedLifetime = 'a whole number of seconds from 0 to 31,536,000 (a year)'
const webAddress = v.pipe(text, v.check(isWebAddress))
/** Whoever pastes the address of a feed would publish below it. */
const isNoFile = (url: string) =>
  !/\.(?:xml|json|rss|atom|html?|php)\/?$/i.test(URL.parse(url)?.pathname ?? '')
const language = v.pipe(
  text,
  v.check(tag => canonicalLanguage(tag) !== null),
)
const timezone = v.pipe(text, v.check(isTimeZone))
const timezones = () => Intl.supportedValuesOf('timeZone')
const expectedLanguage = 'a language tag (BCP 47), like "en" or "pt-BR"'
const expectedTimezone = 'an IANA time zone, like "Europe/Paris", or an offset, like "+03:30"'
const expectedWebAddress = 'an absolute address that begins with https:// or http://'

/** The keys at the top of `broadsheet.toml`, in the order in which people meet them. */
export const settingsTable = {
  title: {
    schema: text,
    expected: 'text',
    default: siteDefaults.title,
    meaning: 'The name of the publication, shown in every reader.',
    example: 'title = "The Broadsheet"',
  },
  description: {
    schema: v.pipe(v.string(), v.trim()),
    expected: 'text',
    default: siteDefaults.description,
    meaning: 'One sentence about the publication.',
    example: 'description = "Notes on feeds and on the people who read them."',
  },
  url: {
    schema: v.pipe(webAddress, v.check(isNoFile)),
    expected: `${expectedWebAddress}, without user, query or fragment, of the whole publication and not of one of its files`,
    default: null,
    meaning:
      'Where the publication lives. Every address in every document starts with it. Without it `serve` previews and `build` refuses.',
    example: 'url = "https://news.example.org/"',
  },
  tag_authority: {
    schema: v.pipe(
      text,
      v.regex(/^(?:[a-z\d](?:[a-z\d.-]*[a-z\d])?|[\w.+-]+@[a-z\d.-]+),\d{4}(?:-\d\d(?:-\d\d)?)?$/),
    ),
    expected: 'a host or e-mail address that was yours on a date, and that date, like "example.org,2026"',
    default: null,
    meaning:
      'What the ids of articles begin with (RFC 4151). Without it: the host of `url` and the year of `founded`. Set it before you move to another host, and subscribers see nothing twice.',
    example: 'tag_authority = "example.org,2026"',
  },
  founded: {
    schema: integerBetween(1985, 9999),
    expected: 'a year in which the host of `url` was yours, like 2026',
    default: 2026,
    meaning: 'The year in the ids of articles, where `tag_authority` is not set. Never change it.',
    example: 'founded = 2026',
  },
  language: {
    schema: language,
    expected: expectedLanguage,
    default: siteDefaults.language,
    meaning: 'The language of the publication, and of articles that name none.',
    example: 'language = "en-GB"',
  },
  timezone: {
    schema: timezone,
    names: timezones,
    expected: expectedTimezone,
    default: siteDefaults.timezone,
    meaning: 'The time zone of dates that name none. Without it they are read as UTC, with a warning.',
    example: 'timezone = "Europe/Berlin"',
  },
  authors: {
    schema: v.array(
      v.union([
        text,
        v.object({ name: text, url: v.optional(webAddress), email: v.optional(v.pipe(text, v.email())) }),
      ]),
    ),
    expected: 'a list of names, or [[authors]] tables with `name`, and `url` and `email` where you like',
    default: siteDefaults.authors,
    meaning: 'Who writes the publication: the author of articles that name none.',
    example: '[[authors]]\nname = "The editors"\nurl = "https://news.example.org/about/"',
  },
  copyright: {
    schema: text,
    expected: 'text',
    default: siteDefaults.copyright,
    meaning: 'The rights line of the feeds.',
    example: 'copyright = "CC BY 4.0"',
  },
  icon: {
    schema: text,
    expected: 'the path of a file in the folder, or an absolute address',
    default: siteDefaults.icon,
    meaning: 'A small square image.',
    example: 'icon = "images/icon.png"',
  },
  logo: {
    schema: text,
    expected: 'the path of a file in the folder, or an absolute address',
    default: siteDefaults.logo,
    meaning: 'A larger image that stands for the publication.',
    example: 'logo = "images/logo.png"',
  },
  accent: {
    schema: v.pipe(text, v.regex(/^#[\da-f]{6}$/i)),
    expected: 'a colour in six hexadecimal digits, like "#8f1d1a"',
    default: siteDefaults.accent,
    meaning:
      'The colour of links and buttons on the pages; made darker or lighter where it could not be read. Without it: a dark red.',
    example: 'accent = "#1f4e79"',
  },
  footer: {
    schema: text,
    expected: 'text',
    default: siteDefaults.footer,
    meaning: 'A line at the foot of every page.',
    example: 'footer = "Printed in Leipzig, read everywhere."',
  },
  links: {
    schema: v.array(
      v.object({ title: text, url: v.pipe(text, v.regex(/^(?:https?:\/\/|mailto:|\/(?!\/))\S+$/i)) }),
    ),
    expected:
      'a list of [[links]] tables with `title` and `url`: a path on the publication, or an address that begins with https://, http:// or mailto:',
    default: siteDefaults.links,
    meaning: 'Pages to name at the foot of every page: an imprint, say.',
    example: '[[links]]\ntitle = "Imprint"\nurl = "/articles/imprint/"',
  },
  stylesheet: {
    schema: v.pipe(text, v.regex(/\.css$/i)),
    expected: 'the path of a CSS file in the folder',
    default: siteDefaults.stylesheet,
    meaning: 'CSS of your own; its rules come after ours on every page, and win.',
    example: 'stylesheet = "theme.css"',
  },
  limit: {
    schema: integerBetween(1, 1000),
    expected: 'a whole number from 1 to 1000',
    default: siteDefaults.limit,
    meaning: 'How many of the newest articles a feed holds.',
    example: 'limit = 50',
  },
  content: {
    schema: v.picklist(['full', 'summary']),
    names: () => ['full', 'summary'],
    expected: '"full" or "summary"',
    default: siteDefaults.content,
    meaning: 'Whether feeds carry whole articles or their summaries.',
    example: 'content = "full"',
  },
  undated: {
    schema: v.picklist(['withhold', 'first-seen']),
    names: () => ['withhold', 'first-seen'],
    expected: '"withhold" or "first-seen"',
    default: siteDefaults.undated,
    meaning:
      'What becomes of articles without a date: withheld, or dated with the instant of their first publication, recorded once.',
    example: 'undated = "first-seen"',
  },
  max_file_bytes: {
    schema: integerBetween(1, 1_000_000_000),
    expected: 'a whole number of bytes from 1 to 1,000,000,000',
    default: siteDefaults.maxFileBytes,
    meaning: 'Larger article files are rejected.',
    example: 'max_file_bytes = 4_000_000',
  },
  max_age: {
    schema: lifetime,
    expected: expectedLifetime,
    default: siteDefaults.maxAge,
    meaning:
      'Seconds that caches and readers may keep a document before they ask again, however often it publishes. Without it: a 24th of the time that usually lies between two articles, for each feed its own, between `max_age_floor` and `max_age_ceiling`.',
    example: 'max_age = 300',
  },
  max_age_floor: {
    schema: lifetime,
    expected: expectedLifetime,
    default: siteDefaults.maxAgeFloor,
    meaning: 'The least that is made of the publishingInterval, and what holds while there is none.',
    example: 'max_age_floor = 120',
  },
  max_age_ceiling: {
    schema: lifetime,
    expected: expectedLifetime,
    default: siteDefaults.maxAgeCeiling,
    meaning:
      'The most that is made of the publishingInterval, and what archives have, to which nothing is added: how long a correction may take to reach everybody.',
    example: 'max_age_ceiling = 21_600',
  },
  hubs: {
    schema: v.array(webAddress),
    expected: 'a list of absolute addresses',
    default: siteDefaults.hubs,
    meaning: 'WebSub hubs of others that the feeds name; for one of your own see [push].',
    example: 'hubs = ["https://hub.example.org/"]',
  },
  feeds: {
    schema: feedRules,
    expected:
      'a list of [[feeds]] tables, each with a `name` of its own, a `path` of one part where you like, and `include` and `exclude` with lists of `tags`, `authors`, `sections` or `languages`; `title`, `description`, `language`, `image`, `limit`, tables `namespaces` and `fields` (elements like "geo:region" with their texts, each prefix declared) and a table `podcast` where you like',
    default: siteDefaults.feeds,
    meaning:
      'Feeds of your own making below `/feeds/`: of each list in `include` one name must be the article’s, and none of `exclude`. A table `podcast` makes one a show of its own, with the keys of [podcast] but `seasons`, `media_url` and `download_prefix`.',
    example:
      '[[feeds]]\nname = "HTTP, without releases"\npath = "http"\ninclude = { tags = ["http"] }\nexclude = { tags = ["release"] }',
  },
  podcast: {
    schema: v.record(v.string(), v.unknown()),
    expected: 'a table',
    default: null,
    meaning:
      'Makes a podcast of the publication: its feeds say what directories and players ask, carry every episode, and files of sound without notes are episodes.',
    example: '[podcast]\ncategory = ["Society & Culture > Documentary"]\nimage = "images/cover.png"',
  },
  style_feeds: {
    schema: v.boolean(),
    expected: 'true or false',
    default: siteDefaults.styleFeeds,
    meaning:
      'Whether RSS and Atom feeds carry a style sheet and a note for people who open their address in a browser. For `build` on plain file hosts, which can’t show people a page there; `serve` and Workers do that by themselves.',
    example: 'style_feeds = true',
  },
  untitled: {
    schema: v.picklist(['empty', 'first-words']),
    names: () => ['empty', 'first-words'],
    expected: '"empty" or "first-words"',
    default: siteDefaults.untitled,
    meaning:
      'What RSS and JSON Feed give as the title of a note that has none: no title, as readers of short notes expect, or its first words. Atom wants a title always.',
    example: 'untitled = "first-words"',
  },
  embeds: {
    schema: v.picklist(['link', 'click']),
    names: () => ['link', 'click'],
    expected: '"link" or "click"',
    default: siteDefaults.embeds,
    meaning:
      'What stands on a page for a film or a sound that another site plays: a link to it, or a player in its place once the reader clicks. Before the click nothing is loaded from that site. Without scripts, and in feeds, it is a link.',
    example: 'embeds = "click"',
  },
  max_feed_bytes: {
    schema: integerBetween(10_000, 100_000_000),
    expected: 'a whole number of bytes from 10,000 to 100,000,000',
    default: siteDefaults.maxFeedBytes,
    meaning:
      'How large a feed may become: it then holds fewer of the newest articles than `limit` says. Some readers give up on large ones; directories delete the episodes of a podcast that are not in its feed.',
    example: 'max_feed_bytes = 1000000',
  },
  me: {
    schema: v.array(webAddress),
    expected: 'a list of absolute addresses',
    default: siteDefaults.me,
    meaning:
      'Profiles elsewhere that are yours: pages link to them with `rel="me"`, by which Mastodon and others verify that.',
    example: 'me = ["https://social.example/@broadsheet"]',
  },
  fediverse_creator: {
    schema: v.pipe(text, v.regex(/^@[\w.-]+@[a-z\d.-]+$/i)),
    expected: 'an account with its host, like "@name@social.example"',
    default: siteDefaults.fediverseCreator,
    meaning: 'The account that Mastodon names beside a link to an article.',
    example: 'fediverse_creator = "@broadsheet@social.example"',
  },
  pages: {
    schema: v.picklist(['all', 'none']),
    names: () => ['all', 'none'],
    expected: '"all" or "none"',
    default: siteDefaults.pages,
    meaning:
      'Which pages there are around the feeds. "none": feeds, their style sheet and OPML alone, for a site that has its own pages; the links in the feeds lead there.',
    example: 'pages = "none"',
  },
  media: {
    schema: v.picklist(['copy', 'site']),
    names: () => ['copy', 'site'],
    expected: '"copy" or "site"',
    default: siteDefaults.media,
    meaning:
      'Where pictures and sound of the folder are found: copied below `/media/`, or where the site itself has them, by the links as they are written.',
    example: 'media = "site"',
  },
  replace: {
    schema: v.array(v.pipe(text, v.regex(/^\/[^?#\s]+$/))),
    expected: 'a list of paths on the publication, like ["/feed.xml"]',
    default: siteDefaults.replace,
    meaning:
      'Addresses of feeds that people are subscribed to and ours take the place of. `build` writes our feed there, over the site’s own too; a server redirects.',
    example: 'replace = ["/feed.xml"]',
  },
  tombstones: {
    schema: v.boolean(),
    expected: 'true or false',
    default: siteDefaults.tombstones,
    meaning: 'Whether the Atom feed says which articles were withdrawn (RFC 6721). Few readers look.',
    example: 'tombstones = true',
  },
  feed_namespaces: {
    schema: feedNamespaces,
    expected:
      'a table of prefixes (letters and digits, none that feeds have already) and their namespace URIs',
    default: siteDefaults.feedNamespaces,
    meaning: 'Namespaces for `feed_fields`.',
    example: '[feed_namespaces]\ngeo = "http://www.w3.org/2003/01/geo/wgs84_pos#"',
  },
  feed_fields: {
    schema: feedFields,
    expected:
      'a table of elements like "geo:lat", none that Broadsheet writes itself, each with a front matter key, { value = "…" } for every item or { feed = "…" } for the feed',
    default: null,
    meaning:
      'More elements for the feeds: what a front matter key of each article says, or a fixed text. In JSON Feed they stand in `_geo`.',
    example: '[feed_fields]\n"itunes:episode" = "episode"',
  },
  ignore: {
    schema: v.array(text),
    expected: 'a list of globs over paths in the folder',
    default: siteDefaults.ignore,
    meaning: `Files that are not articles. ${globGrammar}`,
    example: 'ignore = ["README.md", "notes/**"]',
  },
  include: {
    schema: v.array(text),
    expected: 'a list of globs over paths in the folder',
    default: [],
    meaning: `Files that can be articles, all others being none. Without it: every one, or those that the folder’s preset knows. ${globGrammar}`,
    example: 'include = ["blog/**"]',
  },
  preset: {
    schema: v.picklist(presetNames),
    names: () => presetNames,
    expected: `one of ${presetNames.map(name => `"${name}"`).join(', ')}`,
    default: null,
    meaning:
      'The system whose folder this is; "none": no other’s. Without it the system is recognised by its own settings file.',
    example: 'preset = "jekyll"',
  },
  permalink: {
    schema: v.pipe(text, v.startsWith('/'), v.check(isPermalinkPattern)),
    expected: 'a path with parts like {year}, {month}, {day}, {slug}, {name} or {folders}',
    default: null,
    meaning:
      'Where articles are read that give no address themselves. {slug,name|slug}: the first of these that there is, passed through a filter. Without it: what the preset says, else /articles/{slug}/.',
    example: 'permalink = "/blog/{year}/{name}/"',
  },
  sources: {
    schema: v.record(v.string(), v.unknown()),
    expected: 'tables: one [sources.NAME] for each source',
    default: siteDefaults.sources,
    meaning: 'What holds for the articles of one source; the name is the one that the articles give.',
    example: '[sources.ExampleWire]\ntimezone = "Asia/Tehran"',
  },
  serve: {
    schema: v.record(v.string(), v.unknown()),
    expected: 'a table',
    default: null,
    meaning:
      'How `serve` listens, limits, counts and logs: what concerns the machine and changes no document. Read when it starts.',
    example: '[serve]\nmetrics = "127.0.0.1:9464"',
  },
  push: {
    schema: v.record(v.string(), v.unknown()),
    expected: 'a table',
    default: null,
    meaning:
      'How subscribers are told at once: a WebSub hub and an rssCloud of the server’s own, and webhooks. Read when `serve` starts.',
    example: '[push]\nhub = true',
  },
  front_matter_keys: {
    schema: v.record(v.string(), v.unknown()),
    expected: 'a table of lists',
    default: siteDefaults.frontMatterKeys,
    meaning: 'More names for what front matter says, in the words of your files.',
    example: '[front_matter_keys]\npublished = ["erschienen"]',
  },
} as const satisfies Record<string, Setting>

/** The keys of a `[sources.NAME]` table. */
export const sourceSettingsTable = {
  match: {
    schema: text,
    expected: 'a glob over paths in the folder',
    default: null,
    meaning: `Which files are of this source. Without it: those whose text names the source. ${globGrammar}`,
    example: 'match = "wire/**"',
  },
  timezone: {
    schema: timezone,
    names: timezones,
    expected: expectedTimezone,
    default: null,
    meaning: 'The time zone of this source’s dates.',
    example: 'timezone = "Asia/Tehran"',
  },
  language: {
    schema: language,
    expected: expectedLanguage,
    default: null,
    meaning: 'The language of this source’s articles.',
    example: 'language = "fa"',
  },
  date_order: {
    schema: v.picklist(['dmy', 'mdy', 'ymd']),
    names: () => ['dmy', 'mdy', 'ymd'],
    expected: '"dmy", "mdy" or "ymd"',
    default: null,
    meaning: 'How this source means 10/05/2022.',
    example: 'date_order = "dmy"',
  },
  author: {
    schema: text,
    expected: 'text',
    default: null,
    meaning: 'The author of this source’s articles where they name none.',
    example: 'author = "Example Wire"',
  },
  feed: {
    schema: v.pipe(text, v.check(isHttpUrl)),
    expected: expectedWebAddress,
    default: null,
    meaning: 'The address of the source’s own feed, which the feeds then name as the origin of its articles.',
    example: 'feed = "https://wire.example.org/rss.xml"',
  },
} as const satisfies Record<string, Setting>

/** The keys of an `[[authors]]` table. */
export const authorKeys = ['name', 'url', 'email'] as const

/** What a `[front_matter_keys]` table may give more names to, as written there. */
export const frontMatterFields = [
  'title',
  'kicker',
  'section',
  'standfirst',
  'summary',
  'authors',
  'agency',
  'dateline',
  'published',
  'updated',
  'expires',
  'source',
  'source_id',
  'guid',
  'language',
  'direction',
  'tags',
  'permalink',
  'slug',
  'aliases',
  'image',
  'enclosures',
  'status',
] as const

/** The list under one key of `[front_matter_keys]`. */
export const frontMatterNames = v.union([
  v.array(text),
  v.pipe(
    text,
    v.transform(name => [name]),
  ),
])

/** Keys of other programs, and what they are called here. */
export const foreignSettings: Record<string, keyof typeof settingsTable> = {
  author: 'authors',
  baseurl: 'url',
  base_url: 'url',
  baseURL: 'url',
  domain: 'url',
  exclude: 'ignore',
  items: 'limit',
  lang: 'language',
  languageCode: 'language',
  locale: 'language',
  name: 'title',
  paginate: 'limit',
  rights: 'copyright',
  site: 'url',
  site_name: 'title',
  subtitle: 'description',
  tz: 'timezone',
}

function isWebAddress(address: string): boolean {
  const parsed = URL.parse(address)
  if (!parsed || !/^https?:$/.test(parsed.protocol)) return false
  return /^https?:\/\/[^/]/i.test(address) && !parsed.username && !parsed.search && !parsed.hash
}
