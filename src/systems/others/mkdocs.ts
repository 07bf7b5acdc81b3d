import type { Diagnostic } from '../../model/diagnostic.ts'
import {
  contentRule,
  type MarkdownExtra,
  markdownExtras,
  type Preset,
  type PresetFolder,
  type PresetValues,
} from '../../model/preset.ts'
import { lineAt } from '../../text/text-place.ts'
import { folderOf } from '../../text/urls.ts'
import { escapedPath, ignorePatternsOf, isPattern } from '../ignore-file.ts'
import {
  below,
  dataFiles,
  firstData,
  firstName,
  folderPath,
  isTable,
  parseData,
  type Settings,
  textAt,
  textsAt,
  valueAt,
} from '../preset-folder.ts'
import { unreadHook } from '../programs/framework-programs.ts'
import { peopleIn, type System } from '../system.ts'

const settingsFiles = ['mkdocs.yml', 'mkdocs.yaml', 'properdocs.yml']

/** The blog of Material for MkDocs. https://squidfunk.github.io/mkdocs-material/plugins/blog/ */
export const mkdocs: System = {
  name: 'mkdocs',
  settings: {},
  async recognise(folder) {
    const file = await firstName(folder, settingsFiles)
    return file && `${file} lies in the folder`
  },
  async read(folder) {
    const { data, problems } = await settingsIn(folder, (await firstName(folder, settingsFiles)) ?? '')
    const docs = folderPath(textAt(data, 'docs_dir') ?? 'docs')
    const blog = pluginOf(valueAt(data, 'plugins'), 'blog')
    const blogFolder = folderPath(textAt(blog, 'blog_dir') ?? 'blog')
    const posts = folderPath((textAt(blog, 'post_dir') ?? '{blog}/posts').replace('{blog}', blogFolder))
    const format = textAt(blog, 'post_url_format') ?? '{date}/{slug}'
    const dates = textAt(blog, 'post_url_date_format') ?? 'yyyy/MM/dd'
    const permalink = [
      blogFolder,
      format.replace('{date}', datePattern(dates)).replace('{slug}', '{slug,title|ascii}'),
    ]
      .join('/')
      .replace('{file}', '{filename}')
      .replace('{categories}', '{categories|ascii}')
    const end = valueAt(data, 'use_directory_urls') === false ? '.html' : '/'
    const authors = await firstData(folder, ...dataFiles(below(docs, `${blogFolder}/.authors`)))
    return {
      settings: {
        title: textAt(data, 'site_name'),
        description: textAt(data, 'site_description'),
        url: textAt(data, 'site_url'),
        language: textAt(data, 'theme', 'language'),
        timezone: 'UTC',
        authors: [textAt(data, 'site_author')],
        copyright: textAt(data, 'copyright'),
      },
      preset: {
        content: [
          contentRule({
            match: below(docs, `${posts}/**`),
            root: below(docs, posts),
            permalinks: [`/${permalink}${end}`],
          }),
        ],
        ...(await hiddenIn(folder, docs, data)),
        markdownExtras: extrasOf(valueAt(data, 'markdown_extensions')),
        emojiNames: namesOf(valueAt(data, 'markdown_extensions')).has('pymdownx.emoji'),
        // https://python-markdown.github.io/extensions/attr_list/
        markup: { family: null, values: {}, includes: {}, blockAttributes: 'line' },
        firstKeys: { published: ['date.created'], updated: ['date.updated'] },
        authors: peopleIn(valueAt(authors, 'authors') ?? authors),
        roots: [docs],
        feeds: [
          { from: '/feed_rss_created.xml', to: '/rss.xml' },
          { from: '/feed_rss_updated.xml', to: '/rss.xml' },
        ],
        findings: [...problems, ...(await hooksIn(valueAt(data, 'hooks'), folder))],
      },
    }
  },
}

/** Programs that are handed the site's files may take some out. https://www.mkdocs.org/user-guide/configuration/#hooks */
async function hooksIn(given: unknown, folder: PresetFolder): Promise<Diagnostic[]> {
  const paths = [given ?? []].flat().filter(path => typeof path === 'string')
  const found = await Promise.all(
    paths.slice(0, 20).map(async path => {
      const text = (await folder.text(folderPath(path))) ?? ''
      const hook = /^(?:async\s+)?def\s+(on_files|on_nav)\b/m.exec(text)
      return hook ? [unreadHook(folderPath(path), lineAt(text, hook.index), `The hook "${hook[1]}"`)] : []
    }),
  )
  return found.flat()
}

/** `markdown_extensions: [def_list, {toc: {…}}]`, or a table. */
function namesOf(given: unknown): Set<string> {
  const entries = [given ?? []].flat().flatMap(entry => (isTable(entry) ? Object.keys(entry) : [entry]))
  return new Set(entries.map(entry => String(entry).replace(/^markdown\.extensions\./, '')))
}

function extrasOf(given: unknown): MarkdownExtra[] {
  const names = namesOf(given)
  return [
    ...markdownExtras.filter(extra => names.has('extra') || names.has(extensions[extra])),
    ...(names.has('codehilite') ? (['code-languages'] as const) : []),
  ]
}
/** What Python-Markdown calls them. */
const extensions: Record<(typeof markdownExtras)[number], string> = {
  definitions: 'def_list',
  abbreviations: 'abbr',
  'html-blocks': 'md_in_html',
}

/** What `plugins: [search, {blog: {…}}]`, or a table, says of one of them; null where it is not among them. */
function pluginOf(plugins: unknown, name: string): Settings | null {
  for (const entry of [plugins ?? []].flat())
    for (const written of [name, `material/${name}`]) {
      if (entry === written) return {}
      if (isTable(entry) && Object.hasOwn(entry, written))
        return isTable(entry[written]) ? entry[written] : {}
    }
  return null
}

/** Settings that take in others by `INHERIT` go so deep at the most. */
const deepest = 8

/** https://www.mkdocs.org/user-guide/configuration/#configuration-inheritance */
async function settingsIn(
  folder: PresetFolder,
  path: string,
  depth = 0,
): Promise<{ data: Settings; problems: Diagnostic[] }> {
  const text = path === '' ? null : await folder.text(path)
  if (text === null) return { data: {}, problems: [] }
  const { data, problem } = parseData(path, text)
  const under = textAt(data, 'INHERIT')
  if (under === null || depth === deepest) return { data, problems: problem ? [problem] : [] }
  const from = await settingsIn(folder, below(folderOf(path), folderPath(under)), depth + 1)
  return { data: merged(from.data, data), problems: [...from.problems, ...(problem ? [problem] : [])] }
}

function merged(under: Settings, over: Settings): Settings {
  const all = Object.entries(over).map(([key, value]): [string, unknown] => {
    const before = Object.hasOwn(under, key) ? under[key] : undefined
    return [key, isTable(before) && isTable(value) ? merged(before, value) : value]
  })
  return { ...under, ...Object.fromEntries(all) }
}

/** What MkDocs leaves out, and what plugins hide or encrypt. */
async function hiddenIn(folder: PresetFolder, docs: string, data: Settings): Promise<Partial<Preset>> {
  const plugins = valueAt(data, 'plugins')
  const inDocs = (pattern: string) =>
    docs === '' ? pattern : pattern.replace(/^\^/, `^${escapedPath(docs)}/`)
  // https://www.mkdocs.org/user-guide/configuration/#exclude_docs: drafts are shown to whoever writes.
  const lists = ['exclude_docs', 'draft_docs'].map(key => textAt(data, key) ?? '')
  const exclude = pluginOf(plugins, 'exclude')
  return {
    ignorePatterns: [
      ...lists.flatMap(ignorePatternsOf).map(inDocs),
      ...textsAt(exclude, 'glob').map(glob => inDocs(`^${fileNamePattern(glob)}$`)),
      ...textsAt(exclude, 'regex')
        .map(source => inDocs(`^(?:${source})`))
        .filter(isPattern),
    ],
    defaults: [...(await folderValues(folder, docs, plugins)), ...(await encrypted(folder, docs, plugins))],
    // https://github.com/unverbuggt/mkdocs-encryptcontent-plugin
    hidingKeys:
      pluginOf(plugins, 'encryptcontent') === null ? [] : ['level', 'obfuscate', 'use_secret', 'password'],
  }
}

/** Python's `fnmatch`: `*` takes slashes too. */
const fileNamePattern = (glob: string) =>
  glob.replace(/[.+^${}()|[\]\\]|\*+|\?/g, token =>
    token.startsWith('*') ? '.*' : token === '?' ? '.' : `\\${token}`,
  )

/** What `.meta.yml` gives to the pages below its folder. https://squidfunk.github.io/mkdocs-material/plugins/meta/ */
async function folderValues(folder: PresetFolder, docs: string, plugins: unknown): Promise<PresetValues[]> {
  const name = textAt(pluginOf(plugins, 'meta'), 'meta_file') ?? '.meta.yml'
  const paths = await folder.find(docs, new RegExp(`^${escapedPath(name)}$`))
  paths.sort((one, other) => one.split('/').length - other.split('/').length)
  const values = paths.map(async path => ({
    match: below(folderOf(path), '**'),
    values: await firstData(folder, path),
  }))
  return Promise.all(values)
}

/** A password for all pages, in the settings or in the file that they name: a page that has one of its own, or none by its own word, has that. */
async function encrypted(folder: PresetFolder, docs: string, plugins: unknown): Promise<PresetValues[]> {
  const plugin = pluginOf(plugins, 'encryptcontent')
  if (plugin === null) return []
  const file = textAt(plugin, 'password_file')
  const inventories = [
    valueAt(plugin, 'password_inventory'),
    file === null ? {} : await firstData(folder, folderPath(file)),
  ]
  const given = inventories.flatMap(inventory => (isTable(inventory) ? Object.keys(inventory) : []))
  const match = below(docs, '**')
  return [
    ...(valueAt(plugin, 'global_password') ? [{ match, values: { password: 'global_password' } }] : []),
    ...(given.includes('_global') ? [{ match, values: { level: '_global' } }] : []),
  ]
}

/** Babel's letters, as far as addresses have them. */
const datePattern = (written: string) =>
  written.replace(/yyyy|y|MM|M|dd|d/g, letters => dateTokens[letters] ?? letters)
const dateTokens: Record<string, string> = {
  yyyy: '{year}',
  y: '{year}',
  MM: '{month}',
  M: '{i_month}',
  dd: '{day}',
  d: '{i_day}',
}
