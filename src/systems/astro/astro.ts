import { diagnose } from '../../model/diagnostic.ts'
import type { PresetFolder } from '../../model/preset.ts'
import { type ContentRule, contentRule } from '../../model/preset.ts'
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
  isArticleFolder,
  textAt,
  tooLong,
} from '../preset-folder.ts'
import type { System } from '../system.ts'
import type { KnownSettings } from '../system-settings.ts'
import { astroPrograms } from './astro-programs.ts'
import { collectionsInFeeds, languageMark, likelyRoute, routesOf } from './collection-routes.ts'
import { type Loaded, loadedCollections } from './loaded-collections.ts'

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
    const { rules, folders, ignore, guessed, found, isLoaded } = await collections(folder, ends)
    const programs = await astroPrograms(folder, found, loaders?.path ?? null, isLoaded)
    settings.findings.push(...programs.findings)
    if (guessed.length > 0)
      settings.findings.push(
        diagnose(
          'system-setting-unknown',
          { path: loaders?.path ?? settingsFiles[0] ?? '' },
          `Which addresses articles have is decided by pages that get them by a program, which is not run: they were taken for ${guessed.sort().join(', ')}.`,
          'Write the right pattern into broadsheet.toml: permalink = "/blog/{slug,filename}/".',
        ),
      )
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
        defaults: programs.defaults,
        programs: programs.rules,
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
  const contents = (await folder.names('src/content')).filter(name => !/[.]|^_/.test(name))
  const loaded = await loadedCollections(folder, collectionFiles)
  const all: Loaded[] =
    loaded.length > 0 ? loaded : contents.map(name => ({ name, path: `src/content/${name}`, patterns: null }))
  const names = all.map(({ name }) => name)
  const routes = await routesOf(folder, names)
  // A feed may name entries that have no page of their own.
  const inFeeds = (await collectionsInFeeds(folder, names)).filter(name => routes.has(name))
  const called = inFeeds.length > 0 ? names.filter(isArticleFolder) : articleFoldersAmong(names)
  const found = all.filter(({ name }) => called.includes(name) || inFeeds.includes(name))
  const guessed: string[] = []
  const rules = await Promise.all(
    found.map(async ({ name, path, patterns }): Promise<ContentRule[]> => {
      const { before, isIndex, isKnown } = routes.get(name) ?? (await likelyRoute(folder, name))
      if (!isKnown) guessed.push(`${before}/… (${name})`)
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
  return {
    rules: [...rules.flat(), ...ownPages],
    folders: found.map(({ path }) => path),
    ignore,
    guessed,
    found,
    isLoaded: loaded.length > 0,
  }
}

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
