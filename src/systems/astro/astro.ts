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
    const slash = settings.text('trailingSlash') === 'never' ? '' : '/'
    const ends = {
      page: format === 'file' || format === 'preserve' ? '.html' : slash,
      index: format === 'file' ? '.html' : slash,
    }
    const { rules, folders, ignore } = await collections(folder, ends)
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

/** What addresses end in: those of a page called `index` (a folder) and of any other. */
interface Ends {
  page: string
  index: string
}

/**
 * Collections have addresses by the page that shows them: below the collection's name where a folder of pages has it too,
 * else at the root.
 */
async function collections(folder: PresetFolder, ends: Ends) {
  const pages = await folder.names('src/pages')
  const atRoot = pages.some(name => /^\[.*\]\.astro$/.test(name))
  const loaded = await loadedCollections(folder)
  const names = (await folder.names('src/content')).filter(name => !/[.]|^_/.test(name))
  const all: Loaded[] =
    loaded.length > 0 ? loaded : names.map(name => ({ name, path: `src/content/${name}`, patterns: null }))
  const kept = articleFoldersAmong(all.map(({ name }) => name))
  const found = all.filter(({ name }) => kept.includes(name))
  const routes = await routesOf(folder)
  const rules = await Promise.all(
    found.map(async ({ name, path, patterns }): Promise<ContentRule[]> => {
      const named = pages.includes(name)
        ? name
        : (pages.find(page => `${page}s` === name || page === `${name}s`) ?? null)
      const guessed = { before: named !== null ? `/${named}` : atRoot ? '' : `/${name}`, isIndex: false }
      const { before, isIndex } = routes.get(name) ?? guessed
      const end = isIndex ? ends.index : ends.page
      const shown = (patterns ?? ['**']).filter(glob => !glob.startsWith('!'))
      return (await places(folder, path, before)).flatMap(({ root, base, language }) =>
        shown.map(glob =>
          contentRule({
            match: below(language === null ? path : root, folderPath(glob)),
            root,
            permalinks: [`${base}/{slug|raw}${end}`, `${base}/{folders|github}/{filename|github}${end}`],
            language,
          }),
        ),
      )
    }),
  )
  const ownPages = ['**/index.*', '**'].map((match, index) =>
    contentRule({
      match: `src/pages/${match}`,
      root: 'src/pages',
      permalinks: [`/{folders}/{filename}${index === 0 ? ends.index : ends.page}`],
    }),
  )
  const ignore = found.flatMap(({ path, patterns }) =>
    (patterns ?? []).filter(glob => glob.startsWith('!')).map(glob => below(path, folderPath(glob.slice(1)))),
  )
  return { rules: [...rules.flat(), ...ownPages], folders: found.map(({ path }) => path), ignore }
}

interface Route {
  /** What stands before the article's own name: `/posts`; `{language}` for a language's folder. */
  before: string
  /** Whether the page is called `index`. */
  isIndex: boolean
}

/** `src/pages/posts/[...slug].astro`, where it makes a page of each entry of a collection: the collection's name → its route. */
async function routesOf(folder: PresetFolder): Promise<ReadonlyMap<string, Route>> {
  const files = (await folder.find('src/pages', /\.astro$/)).filter(path => path.includes('['))
  const routes = new Map<string, Route>()
  for (const path of files.slice(0, mostRoutes)) {
    const [, before = '', parameter = '', index] =
      /^src\/pages((?:\/[^/[\]]+|\/\[(?:lang|locale|language)\])*)\/\[(?:\.\.\.)?(\w+)\](\/index)?\.astro$/.exec(
        path,
      ) ?? []
    if (!/^(?:slug|id|path|post|entry|article|name|permalink)$/i.test(parameter)) continue
    const text = (await folder.text(path)) ?? ''
    const [, name] = /\bgetCollection\s*\(\s*["'`](\w+)["'`]/.exec(text) ?? []
    if (name === undefined || /\bpaginate\b/.test(text) || routes.has(name)) continue
    routes.set(name, {
      before: before.replace(/\[\w+\]/, languageMark),
      isIndex: index !== undefined,
    })
  }
  return routes
}

const mostRoutes = 200
const languageMark = '{language}'

/** A collection in several languages has a folder for each. */
async function places(folder: PresetFolder, path: string, before: string) {
  const whole = { root: path, base: before.replace(`/${languageMark}`, ''), language: null }
  if (!before.includes(languageMark)) return [whole]
  const languages = (await folder.names(path)).filter(name => /^[a-z]{2,3}(?:-[a-z]{2,4})?$/i.test(name))
  return [
    ...languages.map(name => ({
      root: `${path}/${name}`,
      base: before.replace(languageMark, name.toLowerCase()),
      language: name,
    })),
    whole,
  ]
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
