import type { Diagnostic } from '../../model/diagnostic.ts'
import { type ContentRule, contentRule, type Preset, type PresetFolder } from '../../model/preset.ts'
import { addressFilters } from '../../text/address-filters.ts'
import { permalinkDialects } from '../../text/permalink-dialects.ts'
import { lineAt } from '../../text/text-place.ts'
import { escapedPath, groupPattern } from '../ignore-file.ts'
import { below, firstFile, firstName, folderPath, parseData, textAt } from '../preset-folder.ts'
import { unreadHook } from '../programs/framework-programs.ts'
import type { System } from '../system.ts'
import { type KnownSettings, SystemSettings } from '../system-settings.ts'

const settingsFiles = ['_config.yml', '_config.yaml', '_config.json']

const known = {
  title: 'text',
  subtitle: 'text',
  description: 'text',
  author: 'text',
  language: 'texts',
  timezone: 'timezone',
  url: 'text',
  root: 'text',
  permalink: 'text',
  default_category: 'text',
  category_map: 'table',
  source_dir: 'text',
  new_post_name: 'text',
  post_asset_folder: 'flag',
  render_drafts: 'flag',
  skip_render: 'texts',
  exclude: 'texts',
  ignore: 'texts',
  code_dir: 'text',
  'feed.path': 'texts',
  'hide_posts.filter': 'text',
  'encrypt.tags': 'any',
  'encrypt.categories': 'any',
} as const satisfies KnownSettings

/** https://hexo.io/docs/configuration and /docs/permalinks */
export const hexo: System = {
  name: 'hexo',
  settings: known,
  async recognise(folder) {
    const file = await firstName(folder, settingsFiles)
    return file && (await folder.names('source')).includes('_posts')
      ? `${file} and source/_posts/ lie in the folder`
      : null
  },
  async read(folder) {
    const file = await firstFile(folder, ...settingsFiles)
    const { data, problem } = file ? parseData(file.path, file.text) : { data: {}, problem: null }
    const settings = new SystemSettings(known, data, file ? [file] : [])
    const source = folderPath(settings.text('source_dir') ?? 'source')
    const [url, root] = [settings.text('url'), settings.text('root') ?? '/']
    const rules = contentOf(settings, source)
    const code = folderPath(settings.text('code_dir') ?? 'downloads/code')
    const hasPath = (URL.parse(url ?? '')?.pathname.length ?? 0) > 1
    return {
      settings: {
        title: settings.text('title'),
        description: settings.text('description') ?? settings.text('subtitle'),
        url,
        base: hasPath ? '' : root,
        language: settings.texts('language')[0] ?? null,
        timezone: settings.text('timezone'),
        authors: [settings.text('author')],
      },
      preset: {
        content: rules,
        onlyKeys: { permalink: ['permalink'] },
        // Posts are templates of Nunjucks, which know what the post says itself.
        markup: { family: 'hexo', values: {}, includes: await includedCode(below(source, code), folder) },
        addressEnd: settings.flag('post_asset_folder') === true ? 'slash-or-extension' : 'as-is',
        ignore: hiddenGlobs(settings, source),
        // Names with an underscore or a full stop in front, and those that editors make, are not read there.
        ignorePatterns: [
          ...leftOut(settings).flatMap(glob =>
            [groupPattern(folderPath(glob), source) ?? [], groupPattern(folderPath(glob), '') ?? []].flat(),
          ),
          `^${escapedPath(source)}/_(?:posts|drafts)/(?:.*/)?(?:[_.]|[^/]*[%~]$)`,
        ],
        addressClock: 'site',
        hidingKeys: [settings.text('hide_posts.filter') ?? 'hidden'],
        hidingTerms: encryptedTerms(settings),
        roots: [source],
        assetFolders: settings.flag('post_asset_folder') === true,
        // A draft stays one here, also where its author had drafts shown to himself.
        defaults: [{ match: `${source}/_drafts/**`, values: { draft: true } }],
        feeds: [
          ...settings.texts('feed.path').map(path => ({ from: `/${folderPath(path)}`, to: feedOf(path) })),
          { from: '/rss2.xml', to: '/rss.xml' },
          { from: '/feed.xml', to: '/atom.xml' },
        ],
        findings: [...(problem ? [problem] : []), ...settings.findings, ...(await hooksIn(folder))],
      },
    }
  },
}

/** What a site's own scripts do to its list of posts. https://hexo.io/api/filter and /api/generator */
const hiding =
  /\bhexo\.(?:extend\.filter\.register\(\s*["'`](?:before_generate|template_locals)["'`]|extend\.generator\.register\(\s*["'`](?:post|index|home|feed|rss2?|atom)["'`]|locals\.set\(\s*["'`]posts["'`])/

async function hooksIn(folder: PresetFolder): Promise<Diagnostic[]> {
  const paths = (await folder.find('scripts', /\.[cm]?js$/)).slice(0, mostCode)
  const found = await Promise.all(
    paths.map(async path => {
      const text = (await folder.text(path)) ?? ''
      const { index, 0: written } = hiding.exec(text) ?? { index: -1, 0: '' }
      return index === -1 ? [] : [unreadHook(path, lineAt(text, index), `"${written})"`)]
    }),
  )
  return found.flat()
}

/** So many files are shown in posts, and so large ones (UTF-16 code units). */
const mostCode = 400
const longestCode = 100_000

/** Files that `include_code` shows, by their paths below their folder. https://hexo.io/docs/tag-plugins#Include-Code */
async function includedCode(root: string, folder: PresetFolder): Promise<Record<string, string>> {
  const files: Record<string, string> = {}
  for (const path of (await folder.find(root, /^[^.]/)).slice(0, mostCode)) {
    const text = await folder.text(path, longestCode + 1)
    if (text !== null && text.length <= longestCode) files[path.slice(root.length + 1)] = text
  }
  return files
}

/** Tags by which a post is encrypted: https://github.com/D0n9X1n/hexo-blog-encrypt */
const encryptedTerms = (settings: SystemSettings<typeof known>): string[] =>
  [settings.value('encrypt.tags') ?? [], settings.value('encrypt.categories') ?? []]
    .flat(2)
    .map(entry => (typeof entry === 'string' ? entry : textAt(entry, 'name')))
    .filter(name => name !== null)

const feedOf = (path: string) => (/rss/.test(path) ? '/rss.xml' : '/atom.xml')

const leftOut = (settings: SystemSettings<typeof known>): string[] => [
  ...settings.texts('skip_render'),
  ...settings.texts('exclude'),
  ...settings.texts('ignore'),
]

/** Globs are relative to the source folder; what is not rendered, or left out, is no article. */
function hiddenGlobs(settings: SystemSettings<typeof known>, source: string): Preset['ignore'] {
  return leftOut(settings).flatMap(glob => [below(source, folderPath(glob)), folderPath(glob)])
}

/**
 * `:title` is the file's name as `new_post_name` takes it apart: with `:year-:month-:day-:title.md` the date is no part of it, with
 * `:title.md` it is. What that does not fit has all of its path as one name.
 */
function contentOf(settings: SystemSettings<typeof known>, source: string): ContentRule[] {
  const isDated = /:year\W:(?:i_)?month\W:(?:i_)?day\W:title/.test(settings.text('new_post_name') ?? '')
  const written = settings.text('permalink') ?? ':year/:month/:day/:title/'
  const ended =
    settings.flag('post_asset_folder') === true && !/(?:\/|\.html)$/.test(written) ? `${written}/` : written
  const pattern = permalinkDialects.hexo(ended)
  if (pattern === null)
    settings.tell(
      'system-setting-unknown',
      'permalink',
      `"permalink" has what is not known without Hexo (${written}): articles get other addresses.`,
      'Write the addresses into the articles (`permalink: …`).',
    )
  if (/:category\b/.test(written) && Object.keys(settings.table('category_map')).length > 0)
    settings.tell(
      'system-setting-unknown',
      'category_map',
      'Addresses have categories as the articles write them: "category_map" is not followed.',
      'Write other addresses into the articles (`permalink: …`).',
    )
  const category = settings.text('default_category') ?? 'uncategorized'
  const slug = addressFilters.hexo(textAt(settings.table('category_map'), category) ?? category)
  // The first that can be filled counts: one with a category, and the one without.
  const patterns = (title: string) =>
    pattern === null
      ? []
      : [pattern, pattern.replaceAll('{category_path|hexo}', slug)].map(
          it => `/${it.replaceAll('{path}', title)}`,
        )
  return ['_posts', '_drafts'].flatMap(name => {
    const root = `${source}/${name}`
    const all = contentRule({ match: `${root}/**`, root, permalinks: patterns('{path}') })
    if (!isDated) return [all]
    return [
      contentRule({ match: `${root}/*`, root, permalinks: patterns('{name}') }),
      { ...all, permalinks: patterns('{path_name|hexo}') },
    ]
  })
}
