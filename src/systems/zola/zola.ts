import { contentRule, type Preset, type PresetFolder, type PresetValues } from '../../model/preset.ts'
import { splitSettings } from '../front-matter-block.ts'
import { below, firstFile, folderPath, parseData, textAt, valueAt } from '../preset-folder.ts'
import type { System } from '../system.ts'
import { SystemSettings } from '../system-settings.ts'
import { type ZolaSettings, zolaSettings } from './zola-settings.ts'

type Config = SystemSettings<ZolaSettings>

const settingsFiles = ['zola.toml', 'config.toml']

/** https://www.getzola.org/documentation/getting-started/configuration/ and /content/page/ */
export const zola: System = {
  name: 'zola',
  settings: zolaSettings,
  async recognise(folder) {
    const file = await firstFile(folder, ...settingsFiles)
    if (!file || !/^[ \t]*base_url[ \t]*=/m.test(file.text)) return null
    return (await folder.names('')).includes('content')
      ? `${file.path} with \`base_url\`, and content/, lie in the folder`
      : null
  },
  async read(folder) {
    const file = await firstFile(folder, ...settingsFiles)
    const { data, problem } = file ? parseData(file.path, file.text) : { data: {}, problem: null }
    const config = new SystemSettings(zolaSettings, data, file ? [file] : [])
    const main = config.text('default_language') ?? 'en'
    const languages = Object.keys(config.table('languages')).filter(code => code !== main)
    const preset: Partial<Preset> = {
      content: [
        ...languages.map(code =>
          contentRule({
            match: `content/**/*.${code}.md`,
            root: 'content',
            permalinks: permalinksOf(config, `/${code}`),
            language: code,
            suffix: `.${code}`,
          }),
        ),
        contentRule({
          match: 'content/**',
          root: 'content',
          permalinks: permalinksOf(config, ''),
          language: languages.length > 0 ? main : null,
        }),
      ],
      formats: ['md'],
      needs: 'front-matter',
      ignore: config.texts('ignored_content').flatMap(ignoredBy),
      addressEnd: 'slash',
      nameDates: config.flag('slugify.paths_keep_dates') === true ? null : 'never-slug',
      defaults: await draftSections(folder, languages),
      // https://www.getzola.org/documentation/content/overview/#static-assets
      roots: ['static', 'content', ''],
      linkMarks: 'zola',
      emojiNames: config.flag('markdown.render_emoji') === true,
      onlyKeys: { permalink: ['path'] },
      markup: {
        family: 'tera',
        values: {
          config: {
            title: config.text('title'),
            base_url: config.text('base_url'),
            extra: config.table('extra'),
          },
        },
        includes: await shortcodesIn(folder),
      },
      feeds: feedsOf(config, main, languages),
    }
    return {
      settings: {
        title: config.text('title') ?? textAt(config.table('languages'), main, 'title'),
        description: config.text('description') ?? textAt(config.table('languages'), main, 'description'),
        url: config.text('base_url'),
        language: main,
        // A date without zone is read as UTC there.
        timezone: 'UTC',
        authors: [config.text('author')],
      },
      // The last, when every setting was read.
      preset: { ...preset, findings: [...(problem ? [problem] : []), ...config.findings] },
    }
  },
}

/** Names of folders stay as they are; that of the page is made an address of. */
function permalinksOf(config: Config, base: string): string[] {
  const given = (config.text('slugify.paths') ?? 'on').toLowerCase()
  const filter = { on: 'ascii', safe: 'zolasafe', off: 'raw' }[given]
  if (filter === undefined)
    config.tell(
      'system-setting-type',
      'slugify.paths',
      `"slugify.paths" should be "on", "safe" or "off"; found "${given}".`,
    )
  return [`${base}/{folders}/{slug,filename|${filter ?? 'ascii'}}/`]
}

/** A section that is a draft, in whichever language, hides the folder with all below it. */
async function draftSections(folder: PresetFolder, languages: string[]): Promise<PresetValues[]> {
  const drafts: PresetValues[] = []
  for (const path of await folder.find('content', /^_index(?:\.[\w-]+)?\.md$/)) {
    const [, code] = /_index\.([\w-]+)\.md$/.exec(path) ?? []
    if (code !== undefined && !languages.includes(code)) continue
    const values = splitSettings(path, (await folder.text(path)) ?? '')
    if (valueAt(values, 'draft') === true)
      drafts.push({
        match: below(path.slice(0, path.lastIndexOf('/')), '**'),
        values: { draft: true },
        over: true,
      })
  }
  return drafts
}

/** Rust's globs over whole paths: `*` takes slashes too, and what names a folder leaves out all of it. */
function ignoredBy(glob: string): string[] {
  const path = folderPath(glob)
  const wide = path.replace(/\*+/g, '**')
  return [wide, `**/${wide}`, `${wide}/**`, `**/${wide}/**`]
}

/** UTF-16 code units. */
const largestTemplate = 2_000

/** Templates of shortcodes, the site's own before its themes'. */
async function shortcodesIn(folder: PresetFolder): Promise<Record<string, string>> {
  const themes = (await folder.names('themes')).map(name => `themes/${name}/`)
  const templates: Record<string, string> = {}
  for (const root of [...themes, ''])
    for (const path of await folder.find(`${root}templates/shortcodes`, /\.(?:html|md)$/)) {
      const text = await folder.text(path, largestTemplate + 1)
      const name = path.slice(`${root}templates/shortcodes/`.length).replace(/\.\w+$/, '')
      if (text !== null && text.length <= largestTemplate) templates[name] = text
    }
  return templates
}

/** A feed of all pages for each language, and one for each term and section that has any. */
function feedsOf(config: Config, main: string, languages: string[]): Preset['feeds'] {
  const named = config.text('feed_filename')
  const files = [
    'feed.xml',
    ...config.texts('feed_filenames'),
    ...(named === null ? [] : [named]),
    'atom.xml',
    'rss.xml',
  ]
  const ours = (file: string) => (/rss/.test(file) ? 'rss.xml' : 'atom.xml')
  return [...new Set(files)]
    .filter(file => file.endsWith('.xml'))
    .flatMap(file => [
      ...languages.flatMap(code => [
        { from: `/${code}/${file}`, to: `/languages/${code.toLowerCase()}/${ours(file)}` },
        { from: `/${code}/tags/{name}/${file}`, to: `/tags/{name}/${ours(file)}` },
      ]),
      ...(languages.length > 0
        ? [{ from: `/${file}`, to: `/languages/${main.toLowerCase()}/${ours(file)}` }]
        : []),
      { from: `/${file}`, to: `/${ours(file)}` },
      { from: `/tags/{name}/${file}`, to: `/tags/{name}/${ours(file)}` },
      { from: `/categories/{name}/${file}`, to: `/sections/{name}/${ours(file)}` },
      { from: `/{name}/${file}`, to: `/sections/{name}/${ours(file)}` },
    ])
}
