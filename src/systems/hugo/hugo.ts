import { type Diagnostic, diagnose } from '../../model/diagnostic.ts'
import type { Preset, PresetFolder } from '../../model/preset.ts'
import { globSource, literalPattern } from '../../text/globs.ts'
import { isPattern } from '../ignore-file.ts'
import {
  articleFoldersAmong,
  below,
  dataFiles,
  firstData,
  folderPath,
  textAt,
  textsAt,
} from '../preset-folder.ts'
import { peopleIn, type RawSettings, type System } from '../system.ts'
import { SystemSettings } from '../system-settings.ts'
import { goPattern } from './go-pattern.ts'
import { rulesOf } from './hugo-addresses.ts'
import { defaultsFolder, hugoNamedFiles, plainNamedFiles, readHugoConfig } from './hugo-config.ts'
import {
  activeLanguages,
  baseOf,
  disabledLanguages,
  type Edition,
  editionsOf,
  mainLanguage,
} from './hugo-editions.ts'
import { handedDown } from './hugo-sections.ts'
import { type HugoSettings, hugoSettings } from './hugo-settings.ts'

type Config = SystemSettings<HugoSettings>

const formats = ['md', 'markdown', 'mdown', 'html', 'htm']

/** https://gohugo.io/configuration/ and /content-management/urls/ */
export const hugo: System = {
  name: 'hugo',
  settings: hugoSettings,
  async recognise(folder) {
    const names = await folder.names('')
    const own = hugoNamedFiles.find(name => names.includes(name))
    if (own) return `${own} lies in the folder`
    if (
      (await folder.names(defaultsFolder)).some(name =>
        [...hugoNamedFiles, ...plainNamedFiles].includes(name),
      )
    )
      return `${defaultsFolder}/ lies in the folder`
    const shared = plainNamedFiles.find(name => names.includes(name))
    if (!shared) return null
    const text = (await folder.text(shared)) ?? ''
    const traits = ['archetypes', 'content', 'layouts', 'themes'].filter(name => names.includes(name))
    return /^[ \t]*["']?(?:baseurl|languagecode)["']?\s*[:=]/im.test(text) && traits.length > 0
      ? `${shared} with \`baseURL\`, and ${traits[0]}/, lie in the folder`
      : null
  },
  async read(folder) {
    const { data, files, problems } = await readHugoConfig(folder)
    const config = new SystemSettings(hugoSettings, data, files)
    const editions = editionsOf(config)
    const { sections, others } = await sectionsOf(config, editions, folder)
    const { defaults, sectionFolders } = await handedDown(folder, editions, config)
    const settings = settingsOf(config)
    const preset: Partial<Preset> = {
      content: editions.flatMap(edition => rulesOf(config, edition, sections)),
      formats,
      ignore: ignoredBy(config, editions),
      ignorePatterns: [
        ...config.texts('ignoreFiles').map(goPattern),
        ...editions.flatMap(besideIncluded),
      ].filter(isPattern),
      bundles: true,
      markdownExtras:
        config.flag('markup.goldmark.extensions.definitionList') === false ? [] : ['definitions'],
      emojiNames: config.flag('enableEmoji') === true,
      omitsRawHtml: omitsRawHtml(config),
      dialect: 'hugo',
      onlyKeys: { permalink: ['url'] },
      addressEnd: 'slash-or-extension',
      // Without pages there is nothing to read. https://gohugo.io/configuration/all/#disablekinds
      defaults: config.texts('disableKinds').some(kind => kind.toLowerCase() === 'page')
        ? [...defaults, { match: '**', values: { draft: true }, over: true }]
        : defaults,
      sectionFolders,
      ...datesOf(config),
      authors: await authorsOf(folder, folderPath(config.text('dataDir') ?? 'data')),
      unread: {
        adoc: 'AsciiDoc',
        ad: 'AsciiDoc',
        asciidoc: 'AsciiDoc',
        org: 'Org',
        rst: 'reStructuredText',
        pandoc: 'Pandoc',
        pdc: 'Pandoc',
      },
      roots: rootsOf(config),
      markup: {
        family: 'hugo',
        values: { site: { title: settings.title, params: config.table('params') } },
        includes: await shortcodesIn(folder),
        ...(omitsRawHtml(config) && { omitsRawHtml: true as const }),
        // Off unless asked for. https://gohugo.io/content-management/markdown-attributes/
        ...(config.flag('markup.goldmark.parser.attribute.block') === true && { blockAttributes: 'line' }),
      },
      feeds: feedsOf(config),
    }
    return {
      settings,
      preset: { ...preset, findings: [...problems, ...config.findings, ...left(others, sections, files)] },
    }
  },
}

/** Goldmark does, unless it is told that HTML is safe: https://gohugo.io/configuration/markup/#rendererunsafe. The renderer of old did not. */
const omitsRawHtml = (config: Config): boolean =>
  config.flag('markup.goldmark.renderer.unsafe') !== true &&
  (config.text('markup.defaultMarkdownHandler') ?? 'goldmark') === 'goldmark'

function settingsOf(config: Config): RawSettings {
  const languages = config.table('languages')
  const language = mainLanguage(config)
  const own = (...keys: string[]) => textAt(languages, language, ...keys)
  return {
    title: own('title') ?? config.text('title'),
    description:
      own('params', 'description') ?? config.text('params.description') ?? config.text('description'),
    url: own('baseURL') ?? config.text('baseURL'),
    language:
      own('languageCode') ??
      own('locale') ??
      config.text('languageCode') ??
      config.text('locale') ??
      language,
    // https://gohugo.io/configuration/all/#timezone
    timezone: config.text('timeZone') ?? 'UTC',
    authors: [
      own('params', 'author') ??
        own('params', 'author', 'name') ??
        textAt(config.value('params.author'), 'name') ??
        textAt(config.data, 'params', 'author') ??
        textAt(config.value('author'), 'name') ??
        textAt(config.data, 'author'),
    ],
    copyright: own('copyright') ?? config.text('copyright'),
  }
}

/** The sections that the site calls its main ones, else those with the name of one; empty where there is none: the whole content. */
async function sectionsOf(
  config: Config,
  editions: Edition[],
  folder: PresetFolder,
): Promise<{ sections: string[]; others: string[] }> {
  const named = [...config.texts('mainSections'), ...config.texts('params.mainSections')]
  if (named.length > 0) return { sections: [...new Set(named)], others: [] }
  const names = new Set<string>()
  for (const edition of editions) {
    const [mounted] = edition.mounted
    if (mounted !== undefined) names.add(mounted)
    else for (const name of await folder.names(edition.folder)) names.add(name)
  }
  const telling = articleFoldersAmong([...names])
  if (telling.length === names.size) return { sections: [], others: [] }
  const others = [...names].filter(name => !telling.includes(name) && !name.includes('.'))
  return { sections: telling, others }
}

/** What else the content holds is said once: nobody can know whether it is meant for subscribers. */
function left(others: string[], sections: string[], files: { path: string }[]): Diagnostic[] {
  if (others.length === 0) return []
  const list = (names: string[]) => names.map(name => `"${name}"`).join(', ')
  const found = `The articles were taken to be in ${list(sections)}; ${list(others)} ${others.length === 1 ? 'is a section, too' : 'are sections, too'}, and was left out.`
  const hint = `Name all sections with articles in Hugo's own settings (\`mainSections\` in \`params\`), or in broadsheet.toml: include = [${[...sections, ...others].map(name => `"content/${name}/**"`).join(', ')}]`
  return [
    diagnose(
      'system-setting-unknown',
      { path: files[0]?.path ?? 'hugo.toml' },
      found.replace(', and was', others.length === 1 ? ', and was' : ', and were'),
      hint,
    ),
  ]
}

function ignoredBy(config: Config, editions: Edition[]): string[] {
  return [
    ...editions.flatMap(({ folder, excluded }) =>
      excluded.map(glob => below(folder, glob.replace(/^\/+/, ''))),
    ),
    ...disabledLanguages(config).flatMap(({ code, folder }) =>
      folder === null ? formats.map(format => `**/*.${code}.${format}`) : [`${folderPath(folder)}/**`],
    ),
  ]
}

/** What a mount's `includeFiles` do not name. https://gohugo.io/configuration/module/#mounts */
function besideIncluded({ folder, included }: Edition): string[] {
  if (included.length === 0) return []
  const named = included.map(glob => globSource(glob.replace(/^\/+/, ''))).join('|')
  return [`^${folder === '' ? '' : literalPattern(`${folder}/`)}(?!(?:${named})$)`]
}

const dateKeys = {
  date: ['date', 'publishDate', 'pubDate', 'published', 'lastmod', 'modified'],
  publishDate: ['publishDate', 'pubDate', 'published', 'date'],
  expiryDate: ['expiryDate', 'unpublishDate'],
  lastmod: ['lastmod', 'modified'],
}

/**
 * Which key decides: when a page is to be seen, and what feeds say, is its `publishDate`; addresses have its `date`.
 * https://gohugo.io/configuration/front-matter/#dates
 */
function datesOf(config: Config): Pick<Preset, 'firstKeys' | 'lastKeys' | 'nameDates' | 'pathMetadata'> {
  const keys = (name: keyof typeof dateKeys) => {
    const given = config.texts(`frontmatter.${name}`)
    const all = given.length > 0 ? given : [':default']
    // The name's day is given under the key itself.
    const named = name === 'publishDate' ? [name] : []
    return all.flatMap(key =>
      key === ':default' ? dateKeys[name] : key.startsWith(':') ? (key === ':filename' ? named : []) : [key],
    )
  }
  const written = config.texts('frontmatter.date').map(key => key.toLowerCase())
  const named = written.indexOf(':filename')
  return {
    firstKeys: {
      published: keys('publishDate'),
      addressed: keys('date'),
      expires: keys('expiryDate'),
      updated: keys('lastmod'),
    },
    lastKeys: {
      published: [...keys('date'), 'lastmod', 'modified'],
      authors: ['params.author', 'params.authors'],
    },
    pathMetadata: config.texts('frontmatter.publishDate').includes(':filename')
      ? [{ pattern: String.raw`^(?<publishDate>\d{4}-\d{2}-\d{2})(?=\D)`, of: 'name', root: '' }]
      : [],
    nameDates: named === -1 ? null : named === 0 ? 'first' : 'last',
  }
}

/** Templates of shortcodes, the site's own before its themes'; those that are large do more than put arguments together. */
async function shortcodesIn(folder: PresetFolder): Promise<Record<string, string>> {
  const themes = (await folder.names('themes')).map(name => `themes/${name}/`)
  const templates: Record<string, string> = {}
  for (const root of [...themes.reverse(), ''])
    for (const inside of ['layouts/shortcodes', 'layouts/_shortcodes'])
      for (const path of await folder.find(`${root}${inside}`, /\.(?:html|md)$/)) {
        const text = await folder.text(path, largestTemplate + 1)
        const name = path.slice(`${root}${inside}/`.length).replace(/\.\w+$/, '')
        if (text !== null && text.length <= largestTemplate) templates[name] = text
      }
  return templates
}

/** UTF-16 code units. */
const largestTemplate = 2_000

function rootsOf(config: Config): string[] {
  const statics = config.texts('staticDir')
  return [...(statics.length > 0 ? statics : ['static']), config.text('assetDir') ?? 'assets', ''].map(
    folderPath,
  )
}

/** `data/authors.yaml`, or a file for each in `data/authors/`. */
async function authorsOf(folder: PresetFolder, data: string) {
  const people = peopleIn(await firstData(folder, ...dataFiles(`${data}/authors`)))
  for (const file of await folder.names(`${data}/authors`)) {
    const [, key] = /^(.+)\.(?:toml|ya?ml|json)$/.exec(file) ?? []
    if (key) Object.assign(people, peopleIn({ [key]: await firstData(folder, `${data}/authors/${file}`) }))
  }
  return people
}

/** Those that articles lie in: what a theme lists on its first page, and what most sites call them. */
const usualSections = (config: Config): string[] => [
  ...new Set([
    ...config.texts('mainSections'),
    ...textsAt(config.table('params'), 'mainSections'),
    ...['post', 'posts', 'blog', 'news', 'articles'],
  ]),
]

/** Each language has a feed of its own there: `/fr/index.xml`, and the main one's may be `/index.xml`. */
function feedsOf(config: Config): Preset['feeds'] {
  const name = config.text('outputFormats.RSS.baseName') ?? 'index'
  const languages = config.table('languages')
  const tagOf = (code: string) =>
    (textAt(languages, code, 'languageCode') ?? textAt(languages, code, 'locale') ?? code).toLowerCase()
  const main = mainLanguage(config)
  const codes = activeLanguages(config)
  const ofLanguages = codes.flatMap(code => {
    const to = `/languages/${tagOf(code)}/rss.xml`
    return [...new Set([baseOf(config, code), ...(code === main ? [`/${code}`] : [])])].map(base => ({
      from: `${base}/${name}.xml`,
      to,
    }))
  })
  return [
    ...ofLanguages,
    { from: `/${name}.xml`, to: `/languages/${tagOf(main)}/rss.xml` },
    { from: `/${name}.xml`, to: '/rss.xml' },
    ...codes.map(code => ({ from: `${baseOf(config, code)}/${name}.xml`, to: '/rss.xml' })),
    ...['', ...codes.map(code => baseOf(config, code)).filter(Boolean)].flatMap(base => [
      { from: `${base}/{name}/${name}.xml`, to: '/sections/{name}/rss.xml' },
      { from: `${base}/tags/{name}/${name}.xml`, to: '/tags/{name}/rss.xml' },
      { from: `${base}/categories/{name}/${name}.xml`, to: '/sections/{name}/rss.xml' },
      { from: `${base}/authors/{name}/${name}.xml`, to: '/authors/{name}/rss.xml' },
    ]),
    ...usualSections(config).flatMap(section => [
      ...codes.map(code => ({
        from: `${baseOf(config, code)}/${section}/${name}.xml`,
        to: `/languages/${tagOf(code)}/rss.xml`,
      })),
      ...[...new Set(['', ...codes.map(code => baseOf(config, code))])].map(base => ({
        from: `${base}/${section}/${name}.xml`,
        to: '/rss.xml',
      })),
    ]),
  ]
}
