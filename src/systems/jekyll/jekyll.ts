import { diagnose } from '../../model/diagnostic.ts'
import { type ContentRule, contentRule, type Preset, type PresetFolder } from '../../model/preset.ts'
import { ownValue } from '../../text/own-value.ts'
import { permalinkDialects } from '../../text/permalink-dialects.ts'
import {
  below,
  dataFiles,
  firstData,
  firstFile,
  firstName,
  folderPath,
  isTable,
  parseData,
  textAt,
  valueAt,
} from '../preset-folder.ts'
import { peopleIn, type System } from '../system.ts'
import { SystemSettings } from '../system-settings.ts'
import { defaultsOf } from './jekyll-defaults.ts'
import { includesIn, leftOut } from './jekyll-files.ts'
import { collectionsFedBy } from './jekyll-own-feed.ts'
import { type JekyllSettings, jekyllSettings } from './jekyll-settings.ts'

type Config = SystemSettings<JekyllSettings>

const settingsFiles = ['_config.yml', '_config.yaml', '_config.toml']
const translate = permalinkDialects.jekyll

/** https://jekyllrb.com/docs/configuration/ and /docs/permalinks/ */
export const jekyll: System = {
  name: 'jekyll',
  settings: jekyllSettings,
  async recognise(folder) {
    const file = await firstName(folder, settingsFiles)
    // Hexo's settings file has the same name.
    return file && !(await folder.names('source')).includes('_posts') ? `${file} lies in the folder` : null
  },
  async read(folder) {
    const file = await firstFile(folder, ...settingsFiles)
    const { data, problem } = file ? parseData(file.path, file.text) : { data: {}, problem: null }
    const config = new SystemSettings(jekyllSettings, data, file ? [file] : [])
    const source = folderPath(config.text('source') ?? '')
    const collections = collectionsOf(config, source)
    const people = folderPath(config.text('data_dir') ?? '_data')
    const includes = folderPath(config.text('includes_dir') ?? '_includes')
    const named = fedCollections(config)
    const own = await ownFeedOf(folder, source, collections, config)
    const fed = [...new Set([...named, ...own.whole])]
    const unknown = own.partly.filter(({ name }) => !fed.includes(name))
    const preset: Partial<Preset> = {
      content: contentOf(config, source, collections, fed),
      ignore: [`${folderPath(config.text('destination') ?? '_site')}/**`],
      ignorePatterns: leftOut(source, config.texts('exclude'), config.texts('include')),
      dialect: 'jekyll',
      languageFolders: otherLanguages(config),
      onlyKeys: { permalink: ['permalink'] },
      addressClock: config.text('timezone') === null ? 'utc' : 'site',
      yamlTimes: 'utc',
      // Its publisher asks `fetch('published', true)`.
      emptyIsNo: ['published'],
      titlesAreHtml: true,
      markdownExtras: /^kramdown$/i.test(config.text('markdown') ?? 'kramdown')
        ? [
            'definitions',
            'abbreviations',
            config.flag('kramdown.parse_block_html') === true ? 'kramdown-html-throughout' : 'kramdown-html',
          ]
        : [],
      defaults: [
        ...separatorOf(config),
        ...fed.flatMap(name =>
          Object.hasOwn(collections, name)
            ? [{ match: `${collections[name]}/**`, values: { section: name } }]
            : [],
        ),
        ...defaultsOf(
          config.list('defaults'),
          source,
          folderPath(config.text('collections_dir') ?? ''),
          collections,
        ),
      ],
      authors: peopleIn(await firstData(folder, ...dataFiles(below(below(source, people), 'authors')))),
      unread: { textile: 'Textile', adoc: 'AsciiDoc', rst: 'reStructuredText' },
      roots: [source, ''],
      markup: {
        family: 'liquid',
        values: { site: data },
        includes: await includesIn(folder, below(source, includes)),
      },
      feeds: feedsOf(config),
    }
    return {
      settings: {
        title: config.text('title') ?? config.text('name'),
        description: config.text('description') ?? config.text('tagline'),
        url: config.text('url'),
        base: config.text('baseurl'),
        language: config.text('lang') ?? config.text('locale') ?? config.text('default_lang'),
        timezone: config.text('timezone'),
        authors: [textAt(data, 'author') ?? textAt(config.value('author'), 'name')],
      },
      // The last, when every setting was read.
      preset: {
        ...preset,
        findings: [
          ...(problem ? [problem] : []),
          ...config.findings,
          ...unknown.map(entry => chosenFrom(entry, collections[entry.name] ?? '')),
        ],
      },
    }
  },
}

/** Of jekyll-polyglot: https://github.com/untra/polyglot#configuration */
function otherLanguages(config: Config): string[] {
  const main = config.text('default_lang')
  return main === null ? [] : config.texts('languages').filter(code => code !== main)
}

/** Where the documents of each collection lie, posts left out. */
function collectionsOf(config: Config, source: string): Record<string, string> {
  const folder = below(source, folderPath(config.text('collections_dir') ?? ''))
  return Object.fromEntries(
    namesIn(config.value('collections')).map(name => [name, below(folder, `_${name}`)]),
  )
}

/** A table by name, or a list of names. */
const namesIn = (written: unknown): string[] =>
  (isTable(written)
    ? Object.keys(written)
    : [written ?? []].flat().filter(name => typeof name === 'string')
  ).filter(name => name !== 'posts' && name !== '')

/** Collections that jekyll-feed is told to take up; a name or a list of names or a table of them. */
const fedCollections = (config: Config): string[] => namesIn(config.value('feed.collections'))

const feedTemplates = ['feed.xml', 'atom.xml', 'rss.xml', 'feed.atom', 'feed.rss']

interface OwnFeed {
  whole: string[]
  partly: { name: string; feed: string }[]
}

/** Collections that have pages, and that a feed of the site's own carries beside posts. */
async function ownFeedOf(
  folder: PresetFolder,
  source: string,
  collections: Record<string, string>,
  config: Config,
): Promise<OwnFeed> {
  const names = await folder.names(source)
  const isOfPages = (name: string) =>
    Object.hasOwn(collections, name) &&
    !supplied.has(name) &&
    valueAt(config.value('collections'), name, 'output') === true
  const found: OwnFeed = { whole: [], partly: [] }
  for (const name of feedTemplates.filter(name => names.includes(name))) {
    const feed = below(source, name)
    const { whole, partly } = collectionsFedBy((await folder.text(feed, longestTemplate)) ?? '')
    found.whole.push(...whole.filter(isOfPages))
    found.partly.push(...partly.filter(isOfPages).map(name => ({ name, feed })))
  }
  return found
}

/** Of a collection of which a feed shows some, none is published: said once, for somebody may miss them. */
const chosenFrom = ({ name, feed }: OwnFeed['partly'][number], root: string) =>
  diagnose(
    'system-setting-unknown',
    { path: feed },
    `This feed takes up some entries of the collection "${name}", by a filter or a condition, and nobody knows here which: none of them is published.`,
    `If all of them are for subscribers, name the collection in _config.yml (\`feed: {collections: [${name}]}\`), or write into broadsheet.toml: include = ["**/_posts/**", "${root}/**"]`,
  )

/** Bytes; a feed's template is a page long. */
const longestTemplate = 50_000
/** What Jekyll calls so itself is no collection there. */
const supplied = new Set(['pages', 'documents', 'data', 'categories', 'tags', 'time', 'collections'])

/** Posts and drafts, wherever their folders lie, and the collections that have feeds. */
function contentOf(
  config: Config,
  source: string,
  collections: Record<string, string>,
  fed: string[],
): ContentRule[] {
  const tables = config.value('collections')
  const posts = textAt(tables, 'posts', 'permalink') ?? config.text('permalink') ?? 'date'
  // Where collections have a folder of their own, posts beside it are no site's: Jekyll's `outside_configured_directory?`.
  const folder = below(source, folderPath(config.text('collections_dir') ?? ''))
  const rule = (match: string, root: string): ContentRule =>
    contentRule({
      match: below(folder, match),
      root: below(folder, root),
      permalinks: [translate(posts.replaceAll(':collection', 'posts')) ?? []].flat(),
      folderCategories: 'above',
    })
  return [
    rule('**/_posts/**', '**/_posts'),
    rule('**/_drafts/**', '**/_drafts'),
    ...fed.flatMap(name => {
      const root = ownValue(collections, name)
      if (root === undefined) return []
      const given =
        textAt(tables, name, 'permalink') ?? `/:collection/:path${endOf(config.text('permalink') ?? 'date')}`
      const permalinks = [translate(given.replaceAll(':collection', name)) ?? []].flat()
      return [contentRule({ match: `${root}/**`, root, permalinks })]
    }),
  ]
}

/** What addresses of collections end with, as those of posts do: Jekyll's `add_permalink_suffix`. */
function endOf(style: string): string {
  if (style === 'pretty' || style.endsWith('/')) return '/'
  return /^(?:date|ordinal|none)$|:output_ext$/.test(style) ? ':output_ext' : ''
}

/** The mark that ends an excerpt (https://jekyllrb.com/docs/posts/#post-excerpts); without it that is the first paragraph. */
function separatorOf(config: Config): Preset['defaults'] {
  const separator = config.text('excerpt_separator')
  return separator ? [{ match: '**', values: { excerpt_separator: separator } }] : []
}

/** https://github.com/jekyll/jekyll-feed: one of all posts, one for each collection, category and tag that the settings name. */
function feedsOf(config: Config): Preset['feeds'] {
  const main = config.text('feed.path') ?? 'feed.xml'
  const own = (name: string) => textAt(config.value('feed.collections'), name, 'path')
  const named = fedCollections(config).map(name => ({
    from: `/${(own(name) ?? `feed/${name}.xml`).replace(/^\/+/, '')}`,
    to: `/sections/${name.toLowerCase()}/atom.xml`,
  }))
  return [
    { from: `/${main.replace(/^\/+/, '')}`, to: '/atom.xml' },
    ...otherLanguages(config).map(code => ({
      from: `/${code}/${main.replace(/^\/+/, '')}`,
      to: `/languages/${code.toLowerCase()}/atom.xml`,
    })),
    ...named,
    { from: '/feed.xml', to: '/atom.xml' },
    { from: '/feed/', to: '/atom.xml' },
    { from: '/rss/', to: '/rss.xml' },
    { from: '/feed/{name}.xml', to: '/sections/{name}/atom.xml' },
    {
      from: `/${textAt(config.value('feed.tags'), 'path')?.replace(/^\/+|\/+$/g, '') ?? 'feed/by_tag'}/{name}.xml`,
      to: '/tags/{name}/atom.xml',
    },
  ]
}
