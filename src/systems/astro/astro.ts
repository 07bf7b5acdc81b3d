import { diagnose } from '../../model/diagnostic.ts'
import type { PresetFolder } from '../../model/preset.ts'
import { type ContentRule, contentRule } from '../../model/preset.ts'
import { captures } from '../../text/captures.ts'
import { lineAt } from '../../text/text-place.ts'
import { escapedPath } from '../ignore-file.ts'
import { javaScriptConfig } from '../javascript-config.ts'
import { readJavaScript } from '../javascript-settings.ts'
import {
  articleFoldersAmong,
  below,
  firstFile,
  firstName,
  folderPath,
  textAt,
  tooLong,
} from '../preset-folder.ts'
import type { System } from '../system.ts'
import type { KnownSettings } from '../system-settings.ts'

const endings = ['mjs', 'js', 'ts', 'mts', 'cjs']
const settingsFiles = endings.map(ending => `astro.config.${ending}`)
const collectionFiles = ['src/content.config', 'src/content/config'].flatMap(name =>
  endings.map(ending => `${name}.${ending}`),
)
const constantFiles = ['src/consts', 'src/config', 'src/site.config', 'src/data/site'].flatMap(name =>
  endings.map(ending => `${name}.${ending}`),
)

const known = {
  site: 'text',
  base: 'text',
  trailingSlash: 'text',
  'build.format': 'text',
  'i18n.defaultLocale': 'text',
} as const satisfies KnownSettings

/** https://docs.astro.build/en/guides/content-collections/ and /reference/configuration-reference/ */
export const astro: System = {
  name: 'astro',
  settings: known,
  async recognise(folder) {
    const file = await firstName(folder, settingsFiles)
    return file && `${file} lies in the folder`
  },
  async read(folder) {
    const { settings, tellUnknown } = await javaScriptConfig(folder, settingsFiles, known)
    tellUnknown(
      'site',
      'the address of the site is not known',
      'Write it into broadsheet.toml: url = "https://…".',
    )
    const constants = await constantsOf(folder)
    const loaders = await firstFile(folder, ...collectionFiles)
    if (loaders && /\bgenerateId\b/.test(loaders.text))
      settings.findings.push(
        diagnose(
          'system-setting-unknown',
          { path: loaders.path, line: lineAt(loaders.text, loaders.text.indexOf('generateId')) },
          '"generateId" makes addresses by a program, which is not run: they were taken for the files’ own.',
          'Write the addresses into the articles (`slug: …`), or a pattern into broadsheet.toml: permalink = "/blog/{name}/".',
        ),
      )
    const format = settings.text('build.format')
    const end = settings.text('trailingSlash') === 'never' ? '' : format === 'file' ? '.html' : '/'
    const { rules, folders, ignore } = await collections(folder, end)
    return {
      settings: {
        title: constants('SITE_TITLE', 'title'),
        description: constants('SITE_DESCRIPTION', 'description', 'desc'),
        url: settings.text('site'),
        base: settings.text('base'),
        language: settings.text('i18n.defaultLocale'),
        // Dates in YAML without a zone are UTC.
        timezone: 'UTC',
      },
      preset: {
        content: rules,
        // Pages are the site's own programs: this key is the usual one of those that ask the article.
        onlyKeys: { permalink: ['permalink'] },
        ignore,
        formats: ['md', 'markdown', 'mdx'],
        ignorePatterns: [...folders, 'src/pages'].map(path => `^${escapedPath(path)}/(?:.*/)?_`),
        markdown: ['mdx'],
        roots: ['public', 'src', ''],
        feeds: [
          { from: '/feed.xml', to: '/rss.xml' },
          { from: '/index.xml', to: '/rss.xml' },
        ],
        findings: settings.findings,
      },
    }
  },
}

/** What themes keep in a file of constants, by the first of several names. */
async function constantsOf(folder: PresetFolder) {
  const file = await firstFile(folder, ...constantFiles)
  const text = file?.text ?? ''
  const { data } = readJavaScript(file && !tooLong(file.path, text) ? text : null)
  return (...names: string[]): string | null => {
    for (const name of names) {
      const found = new RegExp(`(?:^|[\\s,;{])["']?${name}["']?\\s*[:=]\\s*(["'\`])([^"'\`$\\n]*)\\1`).exec(
        text,
      )
      const value = textAt(data, name) ?? found?.[2]?.trim()
      if (value) return value
    }
    return null
  }
}

/**
 * Collections have addresses by the page that shows them: below the collection's name where a folder of pages has it too,
 * else at the root.
 */
async function collections(folder: PresetFolder, end: string) {
  const pages = await folder.names('src/pages')
  const atRoot = pages.some(name => /^\[.*\]\.astro$/.test(name))
  const loaded = await loadedCollections(folder)
  const names = (await folder.names('src/content')).filter(name => !/[.]|^_/.test(name))
  const all: Loaded[] =
    loaded.length > 0 ? loaded : names.map(name => ({ name, path: `src/content/${name}`, patterns: null }))
  const kept = articleFoldersAmong(all.map(({ name }) => name))
  const found = all.filter(({ name }) => kept.includes(name))
  const rules: ContentRule[] = found.flatMap(({ name, path, patterns }) => {
    const named = pages.includes(name)
      ? name
      : (pages.find(page => `${page}s` === name || page === `${name}s`) ?? null)
    const base = named !== null ? `/${named}` : atRoot ? '' : `/${name}`
    const permalinks = [`${base}/{slug|raw}${end}`, `${base}/{folders|github}/{filename|github}${end}`]
    const shown = (patterns ?? ['**']).filter(glob => !glob.startsWith('!'))
    return shown.map(glob => contentRule({ match: below(path, folderPath(glob)), root: path, permalinks }))
  })
  const page = contentRule({
    match: 'src/pages/**',
    root: 'src/pages',
    permalinks: [`/{folders}/{filename}${end}`],
  })
  const ignore = found.flatMap(({ path, patterns }) =>
    (patterns ?? []).filter(glob => glob.startsWith('!')).map(glob => below(path, folderPath(glob.slice(1)))),
  )
  return { rules: [...rules, page], folders: found.map(({ path }) => path), ignore }
}

interface Loaded {
  name: string
  path: string
  /** Which files below it; those that begin with `!` are left out. Null: nobody says. */
  patterns: string[] | null
}

/** `const blog = defineCollection({ loader: glob({ pattern: "**\/*.md", base: "./src/data/blog" }) })` */
async function loadedCollections(folder: PresetFolder): Promise<Loaded[]> {
  const text = (await firstFile(folder, ...collectionFiles))?.text ?? ''
  const constants = new Map(
    [...text.matchAll(/\bconst\s+([A-Z_]\w*)\s*=\s*["'`]([^"'`$]+)["'`]/g)].map(match => captures(match, 2)),
  )
  const definition =
    /\bconst\s+(\w+)\s*=\s*defineCollection\s*\(\s*\{([\s\S]*?)\bglob\s*\(\s*\{([^{}]*(?:\{[^{}]*\}[^{}]*)*)\}/g
  return [...text.matchAll(definition)].flatMap(([, name = '', , options = '']) => {
    const [, written, constant] =
      /\bbase\s*:\s*(?:["'`](?:\.\/)?([^"'`$]+)["'`]|`?\.?\/?\$?\{?(\w+)\}?`?)/.exec(options) ?? []
    const path = written ?? (constant && constants.get(constant))
    return path ? [{ name, path: folderPath(below('', path)), patterns: patternsIn(options) }] : []
  })
}

/** `pattern: "**\/*.md"`, or a list of them. */
function patternsIn(options: string): string[] | null {
  const [, written] = /\bpattern\s*:\s*(\[[^\]]*\]|["'`][^"'`]*["'`])/.exec(bracketless(options)) ?? []
  if (written === undefined) return null
  const patterns = [...written.matchAll(/["'`]([^"'`]*)["'`]/g)].map(([, glob = '']) =>
    glob.replaceAll(setMark, ']'),
  )
  return patterns.filter(glob => glob !== '')
}

/** Brackets inside of quotation marks (`[^_]*`) end no list. */
const bracketless = (text: string) =>
  text.replace(/(["'`])[^"'`]*\1/g, quoted => quoted.replaceAll(']', setMark))
const setMark = '\u0001'
