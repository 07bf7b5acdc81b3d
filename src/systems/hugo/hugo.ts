import type { PresetFolder } from '../../model/preset.ts'
import { type ContentRule, contentRule } from '../../model/preset.ts'
import { permalinkDialects } from '../../text/permalink-dialects.ts'
import {
  articleFoldersAmong,
  below,
  dataFiles,
  firstData,
  folderPath,
  isTable,
  readData,
  type Settings,
  textAt,
  textsAt,
  valueAt,
} from '../preset-folder.ts'
import { peopleIn, type System } from '../system.ts'

const ownFiles = dataFiles('hugo')
const sharedFiles = dataFiles('config')
const splitFolder = 'config/_default'

/** https://gohugo.io/configuration/ and /content-management/urls/ */
export const hugo: System = {
  name: 'hugo',
  settings: {},
  async recognise(folder) {
    const names = await folder.names('')
    const own = ownFiles.find(name => names.includes(name))
    if (own) return `${own} lies in the folder`
    if ((await folder.names(splitFolder)).some(name => [...ownFiles, ...sharedFiles].includes(name)))
      return `${splitFolder}/ lies in the folder`
    const shared = sharedFiles.find(name => names.includes(name))
    if (!shared) return null
    const text = (await folder.text(shared)) ?? ''
    const traits = ['archetypes', 'content', 'layouts', 'themes'].filter(name => names.includes(name))
    return /^[\s"']*(?:baseurl|languagecode)["']?\s*[:=]/im.test(text) && traits.length > 0
      ? `${shared} with \`baseURL\`, and ${traits[0]}/, lie in the folder`
      : null
  },
  async read(folder) {
    const config = await configOf(folder)
    return {
      settings: settingsOf(config),
      preset: {
        content: await contentOf(config, folder),
        bundles: true,
        dialect: 'hugo',
        addressEnd: 'slash-or-extension',
        // https://gohugo.io/configuration/front-matter/#dates
        lastKeys: { published: ['lastmod', 'modified'] },
        authors: await authorsOf(folder, folderPath(textAt(config, 'dataDir') ?? 'data')),
        unread: {
          adoc: 'AsciiDoc',
          ad: 'AsciiDoc',
          asciidoc: 'AsciiDoc',
          org: 'Org',
          rst: 'reStructuredText',
          pandoc: 'Pandoc',
        },
        feeds: feedsOf(textAt(config, 'outputFormats', 'RSS', 'baseName') ?? 'index'),
      },
    }
  },
}

/** One file, or `config/_default/` with a file for each table: `languages.en.toml` holds what `[languages.en]` would. */
async function configOf(folder: PresetFolder): Promise<Settings> {
  const config: Settings = await firstData(folder, ...ownFiles, ...sharedFiles)
  for (const file of await folder.names(splitFolder)) {
    const [, name = '', part] = /^(\w+)(?:\.([\w-]+))?\.(?:toml|ya?ml|json)$/.exec(file) ?? []
    const text = name === '' ? null : await folder.text(`${splitFolder}/${file}`)
    if (text === null) continue
    const data = readData(file, text)
    if (name === 'hugo' || name === 'config') Object.assign(config, data)
    else {
      const known = isTable(config[name]) ? config[name] : {}
      config[name] = part === undefined ? { ...known, ...data } : { ...known, [part]: data }
    }
  }
  return config
}

function settingsOf(config: Settings) {
  const language = textAt(config, 'defaultContentLanguage') ?? 'en'
  const own = valueAt(config, 'languages', language)
  const either = (...keys: string[]) => textAt(own, ...keys) ?? textAt(config, ...keys)
  return {
    title: either('title'),
    description: either('params', 'description') ?? either('description'),
    url: textAt(own, 'baseURL') ?? textAt(config, 'baseURL'),
    language: either('languageCode') ?? either('locale') ?? language,
    // https://gohugo.io/configuration/all/#timezone
    timezone: textAt(config, 'timeZone') ?? 'UTC',
    authors: [
      either('params', 'author') ??
        either('params', 'author', 'name') ??
        textAt(config, 'author', 'name') ??
        textAt(config, 'author'),
    ],
    copyright: either('copyright'),
  }
}

/** The content of one language: its folder, the suffix of its files, and the path its addresses begin with. */
interface Edition {
  folder: string
  suffix: string | null
  base: string
  language: string | null
}

async function contentOf(config: Settings, folder: PresetFolder): Promise<ContentRule[]> {
  const rules: ContentRule[] = []
  const editions = editionsOf(config)
  const sections = await sectionsOf(
    config,
    editions.map(edition => edition.folder),
    folder,
  )
  for (const edition of editions) {
    const files = edition.suffix === null ? '**' : `**/*.${edition.suffix}.*`
    for (const section of sections)
      rules.push(
        contentRule({
          match: below(edition.folder, section === '' ? files : `${section}/${files}`),
          root: edition.folder,
          permalinks: permalinksOf(config, section).map(pattern => `${edition.base}${pattern}`),
          language: edition.language,
          suffix: edition.suffix && `.${edition.suffix}`,
        }),
      )
  }
  return rules
}

/** https://gohugo.io/content-management/multilingual/ */
function editionsOf(config: Settings): Edition[] {
  const content = folderPath(textAt(config, 'contentDir') ?? 'content')
  const main = textAt(config, 'defaultContentLanguage') ?? 'en'
  const inFolder = valueAt(config, 'defaultContentLanguageInSubdir') === true
  const base = (code: string) => (code === main && !inFolder ? '' : `/${code.toLowerCase()}`)
  const languages = valueAt(config, 'languages')
  const codes = isTable(languages) ? Object.keys(languages) : []
  const tag = (code: string) =>
    textAt(languages, code, 'languageCode') ?? textAt(languages, code, 'locale') ?? code
  const editions = codes.map((code): Edition => {
    const own = textAt(languages, code, 'contentDir')
    return {
      folder: folderPath(own ?? content),
      suffix: own === null ? code : null,
      base: base(code),
      language: tag(code),
    }
  })
  const rest: Edition = {
    folder: content,
    suffix: null,
    base: base(main),
    language: codes.length > 0 ? tag(main) : null,
  }
  // A folder of its own counts before the common one, which may hold it.
  return [
    ...editions.sort((a, b) => b.folder.length - a.folder.length),
    ...(codes.some(code => textAt(languages, code, 'contentDir') !== null && code === main) ? [] : [rest]),
  ]
}

/** The sections that the site calls its main ones, else those with the name of one; the whole content where there is none. */
async function sectionsOf(config: Settings, contents: string[], folder: PresetFolder): Promise<string[]> {
  const named = [...textsAt(config, 'mainSections'), ...textsAt(config, 'params', 'mainSections')]
  if (named.length > 0) return named
  const names = new Set<string>()
  for (const content of contents) for (const name of await folder.names(content)) names.add(name)
  const telling = articleFoldersAmong([...names])
  return telling.length < names.size ? telling : ['']
}

function permalinksOf(config: Settings, section: string): string[] {
  const given =
    section === ''
      ? null
      : (textAt(config, 'permalinks', section) ?? textAt(config, 'permalinks', 'page', section))
  const patterns = given === null ? [] : [permalinkDialects.hugo(given) ?? []].flat()
  return [...patterns, '/{folders|hugo}/{slug,filename|hugo}/'].map(pattern =>
    uglyIn(config, section) ? pattern.replace(/\/$/, '.html') : pattern.replace(/\/?$/, '/'),
  )
}

/** https://gohugo.io/configuration/ugly-urls/: for all, or for some sections. */
function uglyIn(config: Settings, section: string): boolean {
  const ugly = valueAt(config, 'uglyURLs')
  return ugly === true || (section !== '' && valueAt(ugly, section) === true)
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

function feedsOf(name: string) {
  return [
    { from: `/${name}.xml`, to: '/rss.xml' },
    { from: `/{name}/${name}.xml`, to: '/sections/{name}/rss.xml' },
    { from: `/tags/{name}/${name}.xml`, to: '/tags/{name}/rss.xml' },
    { from: `/categories/{name}/${name}.xml`, to: '/sections/{name}/rss.xml' },
    { from: `/authors/{name}/${name}.xml`, to: '/authors/{name}/rss.xml' },
    ...['post', 'posts', 'blog', 'news', 'articles'].map(section => ({
      from: `/${section}/${name}.xml`,
      to: '/rss.xml',
    })),
  ]
}
