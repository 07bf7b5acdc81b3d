import { contentRule, type Preset, type PresetFolder } from '../../model/preset.ts'
import { escapedPath, groupPattern } from '../ignore-file.ts'
import { javaScriptConfig } from '../javascript-config.ts'
import { areDated, articleFoldersAmong, below, folderPath, isFolderName } from '../preset-folder.ts'
import { frameworkPrograms } from '../programs/framework-programs.ts'
import type { System } from '../system.ts'
import type { KnownSettings, SystemSettings } from '../system-settings.ts'

const endings = ['ts', 'js', 'mts', 'mjs']

const known = {
  title: 'text',
  description: 'text',
  lang: 'language',
  base: 'text',
  srcDir: 'text',
  srcExclude: 'texts',
  cleanUrls: 'flag',
  rewrites: 'table',
  'sitemap.hostname': 'text',
} as const satisfies KnownSettings

/** The project's root may lie in a folder of its own. */
const places = ['', 'docs', 'website', 'site', 'src']

/** https://vitepress.dev/reference/site-config and /guide/routing */
export const vitepress: System = {
  name: 'vitepress',
  settings: known,
  async recognise(folder) {
    const place = await projectOf(folder)
    return place === null ? null : `${below(place, '.vitepress')}/ holds its settings`
  },
  async read(folder) {
    const root = (await projectOf(folder)) ?? ''
    const files = endings.map(ending => below(root, `.vitepress/config.${ending}`))
    const { settings, tellUnknown, mustKnow } = await javaScriptConfig(folder, files, known)
    mustKnow(/^(?:srcDir|srcExclude)(?:\.\d+)?$/)
    tellUnknown(
      'rewrites',
      'which pages have another address is not known',
      'Give such articles a `permalink` in their front matter.',
    )
    const source = below(root, folderPath(settings.text('srcDir') ?? ''))
    const end = settings.flag('cleanUrls') === true ? '' : '.html'
    const folders = await articleFolders(source, folder)
    const records = rewritten(settings, source)
    const programs = await frameworkPrograms(folder, folders, {
      roots: [...new Set([source, below(root, '.vitepress')])],
      entries: /\.data\.[cm]?[jt]s$|(?:^|\/)\.vitepress\/(?!cache|dist).*\.(?:vue|[cm]?[jt]s)$/,
      pages: null,
      feeds: /(?:rss|feed|atom)[^/]*\.[cm]?[jt]s$/i,
      feedsIn: { files: /\.vitepress\/config\./, word: 'buildEnd' },
      schemas: null,
    })
    settings.findings.push(...programs.findings)
    return {
      settings: {
        title: settings.text('title'),
        description: settings.text('description'),
        url: settings.text('sitemap.hostname'),
        base: settings.text('base'),
        language: settings.text('lang') ?? 'en-US',
        timezone: 'UTC',
      },
      preset: {
        onlyKeys: { permalink: ['permalink'] },
        markdownExtras: ['code-marks'],
        content: folders.map(path =>
          contentRule({
            match: below(path, '**/*.md'),
            root: source,
            permalinks: ['/{index_of}/', `/{path}${end}`],
          }),
        ),
        records,
        programs: programs.rules,
        markup: { family: 'vue', values: {}, includes: {} },
        ignore: settings.texts('srcExclude').map(glob => below(source, glob)),
        ignorePatterns: [
          `^${source === '' ? '' : `${escapedPath(source)}/`}(?:public/|README\\.md$)`,
          ...settings.texts('srcExclude').flatMap(glob => groupPattern(glob, source) ?? []),
          // https://vitepress.dev/guide/routing#dynamic-routes: moulds of pages.
          '\\[[^/]*\\][^/]*\\.md$',
        ],
        roots: [below(source, 'public'), source],
        // https://vitepress.dev/guide/routing#linking-between-pages
        bareLinks: true,
        linksBelowBase: true,
        // markdown-it-emoji is a part of it.
        emojiNames: true,
        feeds: [
          { from: '/feed.rss', to: '/rss.xml' },
          { from: '/feed.xml', to: '/rss.xml' },
        ],
        findings: settings.findings,
      },
    }
  },
}

/** Single pages that have another address; patterns of them are told. https://vitepress.dev/guide/routing#route-rewrites */
function rewritten(settings: SystemSettings<typeof known>, source: string): Preset['records'] {
  const table = Object.entries(settings.table('rewrites'))
  if (table.some(([from]) => /[:*(]/.test(from)))
    settings.tell(
      'system-setting-unknown',
      'rewrites',
      '"rewrites" has patterns, which are not followed: which pages have another address is not known.',
      'Give such articles a `permalink` in their front matter.',
    )
  const end = settings.flag('cleanUrls') === true ? '' : '.html'
  const pages = table.flatMap(([from, to]) => {
    if (typeof to !== 'string' || /[:*(]/.test(from)) return []
    const permalink = `/${to.replace(/\.md$/, end)}`.replace(/\/index(?:\.html)?$/, '/')
    return [[below(source, from), { permalink }] as const]
  })
  return Object.fromEntries(pages)
}

async function projectOf(folder: PresetFolder): Promise<string | null> {
  for (const place of places) {
    const names = await folder.names(below(place, '.vitepress'))
    if (names.some(name => /^config(?:\.[mc]?[jt]s)?$/.test(name))) return place
  }
  return null
}

/**
 * Every page of the site can be read there; those in folders called so are articles, and all where there is none, or where
 * the pages elsewhere have days as well.
 */
async function articleFolders(source: string, folder: PresetFolder): Promise<string[]> {
  const names = (await folder.names(source)).filter(name => isFolderName(name) && name !== 'public')
  const found = articleFoldersAmong(names)
  const others = names.filter(name => !found.includes(name))
  if (found.length === 0 || others.length === 0) return [source]
  const isBlog = await areDated(
    folder,
    others.map(name => below(source, name)),
  )
  return isBlog ? [source] : found.map(name => below(source, name))
}
