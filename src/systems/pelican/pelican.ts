import type { Diagnostic } from '../../model/diagnostic.ts'
import {
  contentRule,
  type Preset,
  type PresetFolder,
  type PresetValues,
  plainPreset,
} from '../../model/preset.ts'
import { permalinkDialects } from '../../text/permalink-dialects.ts'
import { isPattern } from '../ignore-file.ts'
import { below, folderPath, longestSettings, tooLong } from '../preset-folder.ts'
import type { System } from '../system.ts'
import { SystemSettings } from '../system-settings.ts'
import { type PelicanSettings, pelicanSettings } from './pelican-settings.ts'
import { computed, isDict, readPythonSettings } from './python-settings.ts'

type Config = SystemSettings<PelicanSettings>

const settingsFiles = ['pelicanconf.py', 'publishconf.py']

/** https://docs.getpelican.com/en/latest/settings.html. The settings are Python: what is written out is read, nothing is run. */
export const pelican: System = {
  name: 'pelican',
  settings: pelicanSettings,
  async recognise(folder) {
    return (await folder.names('')).includes('pelicanconf.py') ? 'pelicanconf.py lies in the folder' : null
  },
  async read(folder) {
    const { values, conditional, files, problems } = await valuesIn(folder)
    for (const name of hiding) values[name] = withConditional(values[name], conditional.get(name) ?? [])
    const unknown = Object.keys(pelicanSettings).filter(
      name => conditional.has(name) || hasComputed(values[name]),
    )
    const known = Object.fromEntries(
      Object.entries(values).map(([name, value]) => [name, withoutComputed(value)]),
    )
    const config = new SystemSettings(pelicanSettings, known, files)
    config.findings.push(...problems)
    for (const name of unknown) tellComputed(config, name)
    const isUnclear = hiding.some(name => hasComputed(values[name]))
    const content = folderPath(config.text('PATH') ?? 'content')
    const articles = texts(config, 'ARTICLE_PATHS', ['']).map(folderPath)
    const preset: Partial<Preset> = {
      content: articles.map(path => {
        const root = below(content, path)
        return contentRule({
          match: below(root, '**'),
          root: content,
          permalinks: permalinksOf(config, config.text('ARTICLE_URL') ?? '{slug}.html'),
          inOtherLanguages: {
            language: config.text('DEFAULT_LANG') ?? 'en',
            permalinks: permalinksOf(config, config.text('ARTICLE_LANG_URL') ?? '{slug}-{lang}.html'),
          },
          category: config.text('DEFAULT_CATEGORY') ?? 'misc',
          folderCategories: config.flag('USE_FOLDER_AS_CATEGORY') === false ? null : 'last',
        })
      }),
      formats: ['md', 'markdown', 'mkd', 'mdown', 'html', 'htm'].filter(
        format => config.table('READERS')[format] !== null,
      ),
      needs: 'title',
      onlyKeys: { permalink: ['url'] },
      // What names say of dates, `FILENAME_METADATA` says.
      nameDates: /^(?!.*\(\?P<date)/s.test(config.text('FILENAME_METADATA') ?? '(?P<date') ? 'never' : null,
      markup: { ...plainPreset.markup, plainAttributes: true },
      titlesAreHtml: true,
      // https://docs.getpelican.com/en/latest/settings.html#basic-settings, `FORMATTED_FIELDS`
      summariesAreMarkdown: true,
      markdownExtras: ['definitions', 'abbreviations', 'python-html', 'code-languages'],
      shownStatuses: ['published', 'hidden'],
      ignore: [...texts(config, 'PAGE_PATHS', ['pages']), ...texts(config, 'ARTICLE_EXCLUDES', [])]
        .map(folderPath)
        .filter(path => path !== '')
        .map(path => below(content, `${path}/**`)),
      ignorePatterns: texts(config, 'IGNORE_FILES', ['.#*']).map(namePattern).filter(isPattern),
      pathMetadata: pathMetadataOf(config, content),
      defaults: [
        ...defaultsOf(config, content, unknown),
        // What nobody knows may name any of them.
        ...(isUnclear ? [{ match: '**', values: { status: 'draft' }, over: true }] : []),
      ],
      unread: { rst: 'reStructuredText', rest: 'reStructuredText', asc: 'AsciiDoc', adoc: 'AsciiDoc' },
      roots: [content, ''],
      linkMarks: 'pelican',
      htmlMetadata: true,
      feeds: feedsOf(config),
      findings: config.findings,
    }
    return {
      settings: {
        title: config.text('SITENAME'),
        description: config.text('SITESUBTITLE'),
        url: config.text('SITEURL'),
        language: config.text('DEFAULT_LANG'),
        timezone: config.text('TIMEZONE') ?? 'UTC',
        authors: [config.text('AUTHOR')],
      },
      preset,
    }
  },
}

const importing = /^[ \t]*from[ \t]+\.*([\w.]+)[ \t]+import[ \t]*\(?([^#\n]*)/gm
/** Settings that take in settings. */
const deepest = 4

/** Settings that a file takes in from others of the folder: `from base import *`. What hides and comes from elsewhere nobody knows. */
async function importedIn(
  text: string,
  folder: PresetFolder,
  depth: number,
): Promise<Record<string, unknown>> {
  const all: Record<string, unknown> = {}
  for (const [, module = '', listed = ''] of text.matchAll(importing)) {
    const path = `${module.replaceAll('.', '/')}.py`
    if (settingsFiles.includes(path)) continue
    const source = depth === deepest ? null : await folder.text(path, longestSettings)
    const values =
      source === null
        ? Object.fromEntries(hiding.map(name => [name, computed]))
        : readPythonSettings(source, await importedIn(source, folder, depth + 1)).values
    const names = new Set(listed.split(/[\s,()]+/))
    const isWhole = names.has('*') && source !== null
    for (const [name, value] of Object.entries(values)) if (isWhole || names.has(name)) all[name] = value
  }
  return all
}

/** What both files of settings say, the second over the first. */
async function valuesIn(folder: PresetFolder) {
  let values: Record<string, unknown> = {}
  const conditional = new Map<string, unknown[]>()
  const files: { path: string; text: string }[] = []
  const problems: Diagnostic[] = []
  for (const path of settingsFiles) {
    const text = await folder.text(path)
    if (text === null) continue
    const problem = tooLong(path, text)
    if (problem) {
      problems.push(problem)
      continue
    }
    // What is published is built with the second, which takes in the first.
    const given = readPythonSettings(text, { ...values, ...(await importedIn(text, folder, 0)) })
    values = given.values
    for (const [name, all] of given.conditional)
      conditional.set(name, [...(conditional.get(name) ?? []), ...all])
    files.unshift({ path, text })
  }
  return { values, conditional, files, problems }
}

/** Settings that hide: what any branch of the program gives them counts. */
const hiding = ['IGNORE_FILES', 'ARTICLE_EXCLUDES', 'EXTRA_PATH_METADATA'] as const

function withConditional(value: unknown, given: unknown[]): unknown {
  if (given.length === 0) return value
  const all = value === undefined || value === null ? given : [value, ...given]
  return all.every(isDict) ? Object.assign({}, ...all) : all.flat()
}

const texts = (config: Config, name: keyof PelicanSettings & string, fallback: string[]) =>
  config.value(name) === undefined ? fallback : config.texts(name)

/** What to say in broadsheet.toml in place of what only Python knows. */
const instead: Record<string, string> = {
  SITEURL: 'url = "https://…/"',
  SITENAME: 'title = "…"',
  AUTHOR: 'authors = ["…"]',
  TIMEZONE: 'timezone = "Europe/Paris"',
  DEFAULT_LANG: 'language = "en"',
  ARTICLE_URL: 'permalink = "/{year}/{month}/{slug,title|pelican}/"',
  ARTICLE_LANG_URL: 'permalink = "/{language}/{slug,title|pelican}/"',
  PATH: 'include = ["content/**"]',
  ARTICLE_PATHS: 'include = ["content/blog/**"]',
  ARTICLE_EXCLUDES: 'ignore = ["content/internal/**"]',
  IGNORE_FILES: 'ignore = ["**/*.wip.md"]',
}

function tellComputed(config: Config, name: string): void {
  const hint = Object.hasOwn(instead, name)
    ? `Write it into broadsheet.toml: ${instead[name]}`
    : 'Write it out as a plain value.'
  config.tell(
    'system-setting-unknown',
    name,
    `"${name}" is computed when Pelican runs, and nothing is run here: what is written out of it counted.`,
    hint,
  )
}

const hasComputed = (value: unknown): boolean =>
  value === computed ||
  (Array.isArray(value) ? value.some(hasComputed) : isDict(value) && Object.values(value).some(hasComputed))

function withoutComputed(value: unknown): unknown {
  if (value === computed) return undefined
  if (Array.isArray(value)) return value.filter(entry => entry !== computed).map(withoutComputed)
  if (!isDict(value)) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, entry]) => entry !== computed)
      .map(([key, entry]) => [key, withoutComputed(entry)]),
  )
}

/** A slug that a file gives is taken as it is; one that is made of the title or the file's name is made so. */
function permalinksOf(config: Config, written: string): string[] {
  const source = config.text('SLUGIFY_SOURCE') === 'basename' ? 'filename' : 'title'
  const filter = filterOf(config)
  if (filter === null) return []
  const pattern = permalinkDialects.pelican(written)
  return pattern === null
    ? []
    : ['{slug}', `{${source}|${filter}}`].map(slug => pattern.replaceAll('{slug,title|pelican}', slug))
}

/** The site's own way of making slugs can't be told from its expressions. */
function filterOf(config: Config): string | null {
  if (config.value('SLUG_REGEX_SUBSTITUTIONS') !== undefined) {
    config.tell(
      'system-setting-unknown',
      'SLUG_REGEX_SUBSTITUTIONS',
      '"SLUG_REGEX_SUBSTITUTIONS" makes slugs in a way of its own: addresses that are made of titles are not known.',
      'Give each article a `Slug`, or write into broadsheet.toml: permalink = "/{slug,title|pelican}.html"',
    )
    return 'none'
  }
  const unicode = config.flag('SLUGIFY_USE_UNICODE') === true
  const cased = config.flag('SLUGIFY_PRESERVE_CASE') === true
  return `pelican${unicode ? 'unicode' : ''}${cased ? 'cased' : ''}`
}

/** A name with wildcards, or a path of such names, from the end of the path. */
function namePattern(glob: string): string {
  const pattern = glob
    .replace(/^\*\*\//, '')
    .replace(/\[[!^]?\]?[^\]/[\\]*\]|[\\^$.|+(){}[\]]|\*+|\?/g, token => {
      if (token.startsWith('*')) return '[^/]*'
      if (token === '?') return '[^/]'
      if (token.length === 1) return `\\${token}`
      return token.startsWith('[!') ? `[^${token.slice(2, -1)}]` : token
    })
  return `(?:^|/)${pattern}(?:/|$)`
}

function defaultsOf(config: Config, content: string, unknown: string[]): PresetValues[] {
  const all = asTable(config.value('DEFAULT_METADATA'))
  const everywhere: PresetValues[] = [{ match: '**', values: withoutCategory(all) }]
  // A default that nobody knows may be a draft's.
  if (unknown.includes('DEFAULT_METADATA'))
    everywhere.push({ match: '**', values: { status: 'draft', ...all } })
  const extra = Object.entries(config.table('EXTRA_PATH_METADATA')).flatMap(([path, values]) =>
    isDict(values) ? ['', '/**'].map(end => ({ match: below(content, folderPath(path)) + end, values })) : [],
  )
  return [...everywhere, ...extra]
}

/** `DEFAULT_CATEGORY` counts over it. */
const withoutCategory = ({ category: _, ...values }: Record<string, unknown>) => values

/** A dict, or pairs of names and values. */
function asTable(value: unknown): Record<string, unknown> {
  if (isDict(value)) return value
  const pairs = Array.isArray(value)
    ? value.filter(pair => Array.isArray(pair) && typeof pair[0] === 'string')
    : []
  return Object.fromEntries(pairs.filter(([key]) => key !== '__proto__'))
}

/** https://docs.getpelican.com/en/latest/content.html#metadata-from-paths */
function pathMetadataOf(config: Config, content: string): Preset['pathMetadata'] {
  const patterns = [
    { written: config.text('FILENAME_METADATA'), of: 'name' as const, name: 'FILENAME_METADATA' },
    { written: config.text('PATH_METADATA'), of: 'path' as const, name: 'PATH_METADATA' },
  ]
  return patterns.flatMap(({ written, of, name }) => {
    if (written === null) return []
    // Python's names of groups and its inline flags, in JavaScript's writing.
    const pattern = `^(?:${written.replace(/\(\?P</g, '(?<').replace(/^\(\?[a-z]+\)/, '')})`
    try {
      return new RegExp(pattern, 'u') && [{ pattern, of, root: content }]
    } catch {
      config.tell(
        'system-setting-unknown',
        name,
        `"${name}" is an expression that can't be read: dates and slugs in names are not known.`,
      )
      return []
    }
  })
}

function feedsOf(config: Config): Preset['feeds'] {
  const feeds: [keyof PelicanSettings & string, string, string][] = [
    ['FEED_ALL_ATOM', 'feeds/all.atom.xml', '/atom.xml'],
    ['FEED_ATOM', '', '/atom.xml'],
    ['FEED_ALL_RSS', '', '/rss.xml'],
    ['FEED_RSS', '', '/rss.xml'],
    ['CATEGORY_FEED_ATOM', 'feeds/{slug}.atom.xml', '/sections/{name}/atom.xml'],
    ['CATEGORY_FEED_RSS', '', '/sections/{name}/rss.xml'],
    ['AUTHOR_FEED_ATOM', 'feeds/{slug}.atom.xml', '/authors/{name}/atom.xml'],
    ['AUTHOR_FEED_RSS', '', '/authors/{name}/rss.xml'],
    ['TAG_FEED_ATOM', '', '/tags/{name}/atom.xml'],
    ['TAG_FEED_RSS', '', '/tags/{name}/rss.xml'],
    ['TRANSLATION_FEED_ATOM', 'feeds/all-{lang}.atom.xml', '/languages/{name}/atom.xml'],
  ]
  return feeds.flatMap(([key, usual, to]) => {
    const from = config.text(key) ?? (config.value(key) === undefined ? usual : '')
    return from === ''
      ? []
      : [{ from: `/${from.replace(/\{(?:slug|lang)\}|%s/, '{name}').replace(/^\/+/, '')}`, to }]
  })
}
