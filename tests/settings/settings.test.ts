import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { parse, stringify, TomlError } from 'smol-toml'
import { describe, expect, test } from 'vitest'
import { contentRule, plainPreset } from '../../src/model/preset.ts'
import { pushDefaults } from '../../src/model/push-settings.ts'
import { servingDefaults } from '../../src/model/serving.ts'
import { type Site, siteDefaults } from '../../src/model/site.ts'
import { serveSettingsTable } from '../../src/settings/serve-settings.ts'
import type { Setting } from '../../src/settings/setting.ts'
import { readSettings } from '../../src/settings/settings.ts'
import { settingsTable, sourceSettingsTable } from '../../src/settings/settings-table.ts'
import { tomlPlaces } from '../../src/settings/toml-places.ts'

const fixtures = join(import.meta.dirname, '../fixtures/settings')
const site = (toml: string, options?: Parameters<typeof readSettings>[1]): Site => {
  const reading = readSettings(toml, options)
  expect(reading.problems).toEqual([])
  return reading.site!
}

/** Each `NAME.toml` has its problems beside it in `NAME.txt`; `UPDATE_FIXTURES=1` writes them anew, to be read. */
describe('what is wrong is said with its place', () => {
  const names = readdirSync(fixtures).filter(name => name.endsWith('.toml'))
  test.each(names)('%s', name => {
    const { site, problems } = readSettings(readFileSync(join(fixtures, name), 'utf8'))
    const text = problems.map(
      ({ where, line, column, code, message, hint }) =>
        `${where}:${line}:${column} ${code}\n  ${message}\n  ${hint}\n`,
    )
    const pair = join(fixtures, name.replace('.toml', '.txt'))
    if (process.env.UPDATE_FIXTURES) writeFileSync(pair, text.join(''))
    expect(text.join('')).toBe(readFileSync(pair, 'utf8'))
    expect(site).toBeNull()
  })
})

test('a folder without settings has the documented defaults and is a preview', () => {
  expect(readSettings(null)).toEqual({
    site: siteDefaults,
    serving: servingDefaults,
    push: pushDefaults,
    problems: [],
    urlFrom: 'preview',
    chosenPreset: null,
  })
  expect(site('')).toEqual(siteDefaults)
})

test('every setting arrives in the site', () => {
  const toml = `
    title = "T"
    description = "D"
    url = "https://example.org/news"
    language = "fa"
    timezone = "Asia/Tehran"
    authors = ["One", { name = "Two", url = "https://example.org/two", email = "two@example.org" }]
    copyright = "C"
    icon = "icon.png"
    logo = "logo.png"
    accent = "#1f4e79"
    footer = "F"
    links = [{ title = "Imprint", url = "/articles/imprint/" }]
    stylesheet = "theme.css"
    limit = 7
    content = "summary"
    undated = "first-seen"
    max_file_bytes = 1_000
    hubs = ["https://hub.example.org/"]
    max_age = 60
    max_age_floor = 30
    max_age_ceiling = 90
    founded = 2001
    tombstones = true
    pages = "none"
    media = "site"
    replace = ["/feed.xml"]
    style_feeds = true
    ignore = ["notes/**"]
    include = ["news/**"]
    permalink = "/{year}/{name}/"
    [sources.ExampleWire]
    match = "wire/**"
    timezone = "+03:30"
    language = "en"
    date_order = "dmy"
    author = "Wire"
    [sources.Other]
    [[feeds]]
    name = "A"
    include = { tags = ["x"] }
    exclude = { authors = "Y" }
    [podcast]
    category = "Arts > Books"
    explicit = true
    locked = false
    [feed_namespaces]
    geo = "https://example.org/geo#"
    [feed_fields]
    "geo:lat" = "place.lat"
    "dc:publisher" = { feed = "P" }
    [front_matter_keys]
    published = ["erschienen"]
    source_id = "nummer"
  `
  const none = { match: null, timezone: null, language: null, dateOrder: null, author: null, feed: null }
  expect(site(toml)).toEqual({
    title: 'T',
    description: 'D',
    url: 'https://example.org/news/',
    preview: false,
    tagAuthority: 'example.org,2001',
    language: 'fa',
    timezone: 'Asia/Tehran',
    authors: [
      { name: 'One', url: null, email: null, role: null },
      { name: 'Two', url: 'https://example.org/two', email: 'two@example.org', role: null },
    ],
    copyright: 'C',
    icon: 'icon.png',
    logo: 'logo.png',
    accent: '#1f4e79',
    footer: 'F',
    links: [{ title: 'Imprint', url: '/articles/imprint/' }],
    stylesheet: 'theme.css',
    limit: 7,
    content: 'summary',
    undated: 'first-seen',
    maxFileBytes: 1000,
    hubs: ['https://hub.example.org/'],
    rssCloud: null,
    maxAge: 60,
    maxAgeFloor: 30,
    maxAgeCeiling: 90,
    sources: {
      ExampleWire: {
        match: 'wire/**',
        timezone: '+03:30',
        language: 'en',
        dateOrder: 'dmy',
        author: 'Wire',
        feed: null,
      },
      Other: none,
    },
    frontMatterKeys: { published: ['erschienen'], sourceId: ['nummer'] },
    feeds: [
      {
        name: 'A',
        slug: 'a',
        include: { tags: ['x'], authors: [], sections: [], languages: [] },
        exclude: { tags: [], authors: ['Y'], sections: [], languages: [] },
        title: null,
        description: null,
        language: null,
        image: null,
        limit: null,
      },
    ],
    podcast: {
      ...siteDefaults.podcast,
      declared: true,
      categories: ['Arts > Books'],
      explicit: true,
      image: null,
      email: null,
      guid: null,
      locked: false,
    },
    pages: 'none',
    media: 'site',
    replace: ['/feed.xml'],
    tombstones: true,
    styleFeeds: true,
    feedNamespaces: { geo: 'https://example.org/geo#' },
    feedFields: [
      { element: 'geo:lat', on: 'item', from: { key: 'place.lat' } },
      { element: 'dc:publisher', on: 'feed', from: { value: 'P' } },
    ],
    maxFeedBytes: null,
    untitled: 'empty',
    embeds: 'link',
    me: [],
    fediverseCreator: null,
    ignore: ['notes/**'],
    preset: {
      ...plainPreset,
      content: [contentRule({ match: 'news/**', root: 'news', permalinks: ['/{year}/{name}/'] })],
    },
  } satisfies Site)
})

describe('ids are minted from what stays', () => {
  const cases: [string, string, string | null, Partial<Site>][] = [
    ['nothing given', '', null, { preview: true, tagAuthority: 'preview.invalid,2026' }],
    [
      'an authority without address',
      'tag_authority = "a.org,2020"',
      null,
      { preview: true, tagAuthority: 'a.org,2020' },
    ],
    ['an address', 'url = "https://a.org:8080/x/"', null, { preview: false, tagAuthority: 'a.org,2026' }],
    [
      'an address and a year',
      'url = "https://a.org"\nfounded = 2019',
      null,
      { tagAuthority: 'a.org,2019', url: 'https://a.org/' },
    ],
    [
      'an option alone',
      '',
      'https://b.org/',
      { preview: false, tagAuthority: 'b.org,2026', url: 'https://b.org/' },
    ],
    [
      'an option for one run',
      'url = "https://a.org/"',
      'https://staging.a.org/',
      { tagAuthority: 'a.org,2026', url: 'https://staging.a.org/' },
    ],
    [
      'an IDN host',
      'url = "https://zürich.example.org/"',
      null,
      { tagAuthority: 'xn--zrich-kva.example.org,2026' },
    ],
    [
      'the loopback',
      'url = "http://localhost:3000/"',
      null,
      { preview: true, tagAuthority: 'preview.invalid,2026' },
    ],
    [
      'an address of numbers',
      '',
      'http://127.0.0.1:3000/',
      { preview: true, tagAuthority: 'preview.invalid,2026' },
    ],
    [
      'the loopback with an authority',
      'url = "http://localhost/"\ntag_authority = "a.org,2020"',
      null,
      { preview: false, tagAuthority: 'a.org,2020' },
    ],
  ]
  test.each(cases)('%s', (_, toml, url, expected) => {
    expect(site(toml, { url: url === null ? null : { value: url, from: '--url' } })).toMatchObject(expected)
  })
})

test('where the address came from is told, and a wrong option is named', () => {
  expect(readSettings('url = "https://a.org/"').urlFrom).toBe('settings')
  expect(readSettings(null, { previewUrl: 'http://localhost:9000/' })).toMatchObject({
    site: { url: 'http://localhost:9000/', preview: true },
    urlFrom: 'preview',
  })
  expect(readSettings('', { url: { value: 'example.org', from: 'BROADSHEET_URL' } })).toMatchObject({
    site: null,
    problems: [
      {
        where: 'BROADSHEET_URL',
        line: null,
        message:
          'BROADSHEET_URL must be an absolute address that begins with https:// or http://, without user, query or fragment, of the whole publication and not of one of its files; this is the text "example.org".',
        hint: 'Write it like this: BROADSHEET_URL=https://news.example.org/',
      },
    ],
  })
})

describe('the table tells the truth', () => {
  const rows: [string, Setting][] = Object.entries(settingsTable)
  const sourceRows: [string, Setting][] = Object.entries(sourceSettingsTable)
  test.each(rows)('the example of %s is taken', (_, { example }) => {
    expect(readSettings(example).problems).toEqual([])
  })
  test.each(sourceRows)('the example of sources.NAME.%s is taken', (_, { example }) => {
    expect(readSettings(`[sources.X]\n${example}`).problems).toEqual([])
  })
  const serveRows: [string, Setting][] = Object.entries(serveSettingsTable)
  test.each(serveRows)(
    'the example of serve.%s is taken, its default too, and it arrives',
    (key, setting) => {
      const { problems, serving } = readSettings(`[serve]\n${setting.example}`)
      expect(problems).toEqual([])
      const name = key.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())
      expect(serving).toEqual({ ...servingDefaults, [name]: parse(setting.example)[key] })
      if (setting.default === null) return
      const written = readSettings(`[serve]\n${stringify({ [key]: setting.default })}`)
      expect(written).toMatchObject({ problems: [], serving: servingDefaults })
    },
  )
  test.each(rows)('the default of %s is taken, or is none', (key, setting) => {
    if (setting.default === null || setting.default === '') return
    expect(readSettings(stringify({ [key]: setting.default })).problems).toEqual([])
  })
})

test('places point at the very key and value, in any document', () => {
  const key = fc.oneof(
    fc.stringMatching(/^[\w-]{1,6}$/),
    fc.string({ minLength: 1, maxLength: 6, unit: 'grapheme' }),
  )
  const { value } = fc.letrec(tie => ({
    value: fc.oneof(
      { maxDepth: 3 },
      fc.string({ unit: 'grapheme', maxLength: 12 }),
      fc.integer({ min: -1e9, max: 1e9 }),
      fc.boolean(),
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(key, tie('value'), { maxKeys: 3 }),
    ),
  }))
  fc.assert(
    fc.property(fc.dictionary(key, value, { maxKeys: 5 }), document => {
      const toml = stringify(document)
      fc.pre(isParsable(toml))
      const lines = toml.split('\n')
      const places = tomlPlaces(toml)
      for (const name of Object.keys(parse(toml))) {
        const place = places.key([name])!
        const text = lines[place.line - 1]!.slice(place.column - 1)
        expect(text.startsWith(name) || parse(`${/^"(?:[^"\\]|\\.)*"/.exec(text)![0]} = 1`)[name] === 1).toBe(
          true,
        )
      }
    }),
    { numRuns: 200 },
  )
})

test.each([
  ['title = "A"\nurl = "https://a.example/"\n  title = "B"\n', 'title', 1, '3:3'],
  ['title = "A"\n[serve]\nlog = "json"\n\n[push]\n[serve]\n', 'serve', 2, '6:2'],
  ['[serve]\n# log\nlog = "json"\nlog = [\n"text"]\n', 'serve.log', 3, '4:1'],
  ['[[authors]]\nname = "A"\n[[authors]]\nname = "B"\n"name" = "C"\n', 'authors.name', 4, '5:1'],
  ['sources.a = {}\n[sources]\n', 'sources', 1, '2:2'],
  ['serve.log = "json"\r\nserve.log = "text"\r\n', 'serve.log', 1, '2:1'],
])('%j: said twice, with both lines', (toml, key, first, place) => {
  expect(
    readSettings(toml).problems.map(({ code, line, column, message, hint }) => [
      code,
      `${line}:${column}`,
      message,
      hint,
    ]),
  ).toEqual([
    [
      'settings-syntax',
      place,
      `\`${key}\` stands twice: first on line ${first}, and here again.`,
      'Remove one of the two.',
    ],
  ])
})

test('what is said twice is looked for in any text, and the search ends', () => {
  const piece = fc.constantFrom(
    'a',
    '"a"',
    '[a]',
    '[[a]]',
    '[a.b]',
    '.b',
    ' = 1',
    ' = {a = 1',
    '}',
    '\n',
    '"\\q"',
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 24 }), pieces => {
      expect(Array.isArray(readSettings(pieces.join('')).problems)).toBe(true)
    }),
    { numRuns: 500 },
  )
})

test('a text that is not TOML ends the search too', () => {
  fc.assert(
    fc.property(
      fc.string({
        unit: fc.constantFrom('[', ']', '{', '}', '"', "'", '=', '#', ',', '.', 'a', ' ', '\n', '\\'),
      }),
      text => {
        try {
          tomlPlaces(text)
        } catch (error) {
          expect(error).toBeInstanceOf(TomlError)
        }
      },
    ),
  )
})

function isParsable(toml: string): boolean {
  try {
    parse(toml)
    return true
  } catch {
    return false
  }
}

describe('a hub of one’s own', () => {
  const named = (toml: string) => {
    const { site, problems } = readSettings(toml)
    return { hubs: site?.hubs, cloud: site?.rssCloud, problems: problems.map(({ message }) => message) }
  }
  const url = 'url = "https://news.example.org/paper/"'

  test.each([
    [`${url}\n[push]\nhub = true`, 'https://news.example.org/paper/hub'],
    [`${url}\n[push]\nhub = true\nhub_url = "https://hub.example.org/"`, 'https://hub.example.org/'],
  ])('is named before others: %s', (toml, hub) => {
    const other = 'https://other.example.org/'
    expect(named(`hubs = ["${other}"]\n${toml}`)).toEqual({
      hubs: [hub, other],
      cloud: `${hub.replace(/\/$/, '')}/pleaseNotify`,
      problems: [],
    })
  })

  test('is named by nobody who has none', () => {
    expect(named(`${url}\n[push]\nhub_url = "https://hub.example.org/"`)).toEqual({
      hubs: [],
      cloud: null,
      problems: [],
    })
  })

  test.each([
    ['lease_default = 60', /must lie between/],
    [
      'webhooks = [{ url = "https://example.org/", secret_env = "not a name" }]',
      /`push.webhooks` must be a list/,
    ],
    ['webhooks = [{ url = "https://example.org/", secret = "whsec_x" }]', /`push.webhooks` must be a list/],
    ['hubb = true', /There is no setting `hubb` in \[push\]/],
  ])('a mistake is said: %s', (line, message) => {
    expect(named(`[push]\n${line}`).problems).toEqual([expect.stringMatching(message)])
  })
})
