import * as v from 'valibot'
import type { Person } from '../model/episode.ts'
import type { PodcastSettings } from '../model/site.ts'
import { siteDefaults } from '../model/site.ts'
import { isHttpUrl } from '../text/urls.ts'
import { type Given, type Setting, text } from './setting.ts'

const webAddress = v.pipe(text, v.check(isHttpUrl))
const expectedWebAddress = 'an absolute address that begins with https:// or http://'
const names = v.union([
  v.array(text),
  v.pipe(
    text,
    v.transform(name => [name]),
  ),
])

/** Directories that list shows take these two kinds. */
const podcastTypes = ['episodic', 'serial'] as const

/** https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs/tags/medium.md, without those for lists */
const podcastMedia = [
  'podcast',
  'music',
  'video',
  'film',
  'audiobook',
  'newsletter',
  'blog',
  'publisher',
  'course',
] as const

const person = v.union([
  v.pipe(
    text,
    v.transform((name): Person => ({ name, role: null, group: null, image: null, url: null })),
  ),
  v.pipe(
    v.strictObject({
      name: text,
      role: v.optional(text),
      group: v.optional(text),
      image: v.optional(text),
      url: v.optional(webAddress),
    }),
    v.transform(
      ({ name, role = null, group = null, image = null, url = null }): Person => ({
        name,
        role: role?.toLowerCase() ?? null,
        group: group?.toLowerCase() ?? null,
        image,
        url,
      }),
    ),
  ),
])

/** The keys of `[podcast]`: what directories and players ask of a show, and no article says. */
export const podcastSettingsTable = {
  category: {
    schema: names,
    expected: 'one of Apple’s categories, like "Society & Culture > Documentary", or a list of them',
    default: null,
    meaning: 'What the show is about. Directories ask for one; of several the first counts most.',
    example: 'category = ["Society & Culture > Documentary"]',
  },
  explicit: {
    schema: v.boolean(),
    expected: 'true or false',
    default: siteDefaults.podcast.explicit,
    meaning: 'Whether the show is not for children. An episode may say otherwise.',
    example: 'explicit = false',
  },
  image: {
    schema: text,
    expected: 'the path of a JPEG or PNG in the folder, or an absolute address',
    default: null,
    meaning:
      'The cover: square, 1400 to 3000 pixels a side, RGB. Without it: a file cover.jpg or cover.png in the folder, else `logo`.',
    example: 'image = "cover.jpg"',
  },
  author: {
    schema: text,
    expected: 'text',
    default: null,
    meaning: 'Who makes the show. Without it: `authors`.',
    example: 'author = "Harbour Radio"',
  },
  owner: {
    schema: text,
    expected: 'text',
    default: null,
    meaning: 'Whom directories write to. Without it: the author.',
    example: 'owner = "Harbour Radio e. V."',
  },
  email: {
    schema: v.pipe(text, v.email()),
    expected: 'an e-mail address',
    default: null,
    meaning: 'Where directories write to. Everybody can read it in the feed.',
    example: 'email = "radio@news.example"',
  },
  type: {
    schema: v.picklist(podcastTypes),
    names: () => podcastTypes,
    expected: '"episodic" (the newest first) or "serial" (from the first on)',
    default: null,
    meaning: 'In which order the episodes are to be heard.',
    example: 'type = "serial"',
  },
  medium: {
    schema: v.picklist(podcastMedia),
    names: () => podcastMedia,
    expected: `one of ${podcastMedia.map(medium => `"${medium}"`).join(', ')}`,
    default: null,
    meaning: 'What kind of thing the feed holds, where it is no ordinary podcast.',
    example: 'medium = "audiobook"',
  },
  seasons: {
    // A list is a record of numbers from 0 on, too; seasons count from 1 on.
    schema: v.record(v.pipe(v.string(), v.regex(/^[1-9]\d*$/)), text),
    expected: 'a table of season numbers with their names',
    default: null,
    meaning: 'What the seasons are called.',
    example: 'seasons = { 1 = "The harbour", 2 = "The islands" }',
  },
  funding: {
    schema: v.array(v.strictObject({ url: webAddress, text })),
    expected: 'a list of tables with `url` and `text`',
    default: null,
    meaning: 'Where listeners can support the show, and what the button says.',
    example: 'funding = [{ url = "https://news.example/support/", text = "Keep us on the air" }]',
  },
  persons: {
    schema: v.array(person),
    expected:
      'a list of names, or of tables with `name`, and `role`, `group`, `image` and `url` where you like',
    default: null,
    meaning: 'Who is heard in every episode.',
    example: 'persons = [{ name = "The desk", role = "host" }]',
  },
  txt: {
    schema: v.array(v.strictObject({ text, purpose: v.optional(text) })),
    expected: 'a list of tables with `text`, and `purpose` where it has one',
    default: null,
    meaning: 'Lines for programs: with the purpose "verify" they show that the feed is yours.',
    example: 'txt = [{ purpose = "verify", text = "S6lpp-7ZCn8-dZfGc-OoyaG" }]',
  },
  location: {
    schema: v.union([
      v.pipe(
        text,
        v.transform(name => ({ name, geo: null, osm: null })),
      ),
      v.pipe(
        v.strictObject({
          name: text,
          geo: v.optional(v.pipe(text, v.regex(/^geo:-?\d/))),
          osm: v.optional(v.pipe(text, v.regex(/^[NWR]\d+/))),
        }),
        v.transform(({ name, geo = null, osm = null }) => ({ name, geo, osm })),
      ),
    ]),
    expected: 'a name, or a table with `name`, and `geo` ("geo:53.54,9.99") and `osm` ("R62782")',
    default: null,
    meaning: 'What place the show is about.',
    example: 'location = { name = "Hamburg", geo = "geo:53.55,9.99", osm = "R62782" }',
  },
  license: {
    schema: v.union([
      v.pipe(
        text,
        v.transform(name => ({ name, url: null })),
      ),
      v.pipe(
        v.strictObject({ name: text, url: webAddress }),
        v.transform(({ name, url }) => ({ name, url: url as string | null })),
      ),
    ]),
    expected: 'an identifier of SPDX, like "cc-by-4.0", or a table with `name` and `url`',
    default: null,
    meaning: 'The licence of all episodes that name none.',
    example: 'license = "cc-by-4.0"',
  },
  podroll: {
    schema: v.array(
      v.pipe(
        v.strictObject({
          guid: v.pipe(text, v.uuid()),
          url: v.optional(webAddress),
          title: v.optional(text),
        }),
        v.transform(({ guid, url = null, title = null }) => ({ guid, url, title })),
      ),
    ),
    expected: 'a list of tables with `guid` (a UUID), and `url` and `title` where you like',
    default: null,
    meaning: 'Shows that you recommend, by their `podcast:guid`.',
    example:
      'podroll = [{ guid = "917393e3-1b1e-5cef-ace4-edaa54e1f810", url = "https://feeds.example.org/rss.xml", title = "Tides" }]',
  },
  update_frequency: {
    schema: v.union([
      v.pipe(
        text,
        v.transform(text => ({ text, rrule: null, start: null, complete: false })),
      ),
      v.pipe(
        v.strictObject({
          text,
          rrule: v.optional(v.pipe(text, v.regex(/^FREQ=[A-Z]+(?:;[A-Z]+=[^;\s]+)*$/))),
          start: v.optional(text),
          complete: v.optional(v.boolean()),
        }),
        v.transform(({ text, rrule = null, start = null, complete = false }) => ({
          text,
          rrule,
          start,
          complete,
        })),
      ),
    ]),
    expected: 'a text, or a table with `text`, and `rrule` (RFC 5545), `start` and `complete` where you like',
    default: null,
    meaning: 'How often an episode comes.',
    example: 'update_frequency = { text = "Every Monday", rrule = "FREQ=WEEKLY;BYDAY=MO" }',
  },
  guid: {
    schema: v.pipe(text, v.uuid()),
    expected: 'a UUID',
    default: null,
    meaning:
      'The `podcast:guid` that the show had before. Without it: made of the feed’s address, once and for ever.',
    example: 'guid = "917393e3-1b1e-5cef-ace4-edaa54e1f810"',
  },
  locked: {
    schema: v.boolean(),
    expected: 'true or false',
    default: null,
    meaning: 'Whether other hosts are asked not to take the show over.',
    example: 'locked = true',
  },
  block: {
    schema: v.boolean(),
    expected: 'true or false',
    default: false,
    meaning: 'Keeps the show out of Apple’s directory.',
    example: 'block = true',
  },
  complete: {
    schema: v.boolean(),
    expected: 'true or false',
    default: false,
    meaning: 'Says that no episode will follow. Players then stop asking for ever.',
    example: 'complete = true',
  },
  new_feed_url: {
    schema: webAddress,
    expected: expectedWebAddress,
    default: null,
    meaning: 'Where the feed has moved to: players and directories follow.',
    example: 'new_feed_url = "https://news.example/rss.xml"',
  },
  media_url: {
    schema: v.pipe(webAddress, v.regex(/\/$/)),
    expected: `${expectedWebAddress} and ends in /`,
    default: null,
    meaning:
      'Where the sound and film of the folder are to be had, by the same paths, if not from this publication: they are read here and not copied.',
    example: 'media_url = "https://media.example.net/harbour/"',
  },
  download_prefix: {
    schema: v.pipe(webAddress, v.regex(/\/$/)),
    expected: `${expectedWebAddress} and ends in /`,
    default: null,
    meaning: 'What counts downloads: put before every address of sound in the feeds, without its https://.',
    example: 'download_prefix = "https://op3.dev/e/"',
  },
} as const satisfies Record<string, Setting>

const { seasons: _, media_url: __, download_prefix: ___, ...ofOneShow } = podcastSettingsTable
/** The keys of a `podcast` table in `[[feeds]]`: all but those that concern episodes, which other feeds carry too. */
export const showSettingsTable = ofOneShow

/** @param given null: there is no such table */
export function settlePodcast(given: Given<typeof podcastSettingsTable> | null): PodcastSettings {
  return given === null
    ? siteDefaults.podcast
    : { ...siteDefaults.podcast, declared: true, ...settleShow(given) }
}

/** What is given, and nothing else. */
export function settleShow(given: Given<typeof podcastSettingsTable>): Partial<PodcastSettings> {
  const { category, block, txt, update_frequency, new_feed_url, media_url, download_prefix, ...same } = given
  const other: Partial<Record<keyof PodcastSettings, unknown>> = {
    categories: category,
    blocked: block,
    texts: txt?.map(({ text, purpose = null }) => ({ text, purpose })),
    updateFrequency: update_frequency,
    newFeedUrl: new_feed_url,
    mediaUrl: media_url,
    downloadPrefix: download_prefix,
  }
  const said = Object.entries({ ...same, ...other }).filter(([, value]) => value !== undefined)
  return Object.fromEntries(said) as Partial<PodcastSettings>
}
