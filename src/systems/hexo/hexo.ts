import { contentRule, type Preset } from '../../model/preset.ts'
import { permalinkDialects } from '../../text/permalink-dialects.ts'
import { escapedPath } from '../ignore-file.ts'
import { below, firstFile, firstName, folderPath, parseData } from '../preset-folder.ts'
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
  source_dir: 'text',
  new_post_name: 'text',
  post_asset_folder: 'flag',
  render_drafts: 'flag',
  skip_render: 'texts',
  exclude: 'texts',
  ignore: 'texts',
  'feed.path': 'texts',
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
    const permalinks = permalinksOf(settings.text('permalink'), settings.text('new_post_name'))
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
        content: ['_posts', '_drafts'].map(name =>
          contentRule({ match: `${source}/${name}/**`, root: `${source}/${name}`, permalinks }),
        ),
        ignore: hiddenGlobs(settings, source),
        // Names with an underscore or a full stop in front, and those that editors make, are not read there.
        ignorePatterns: [`^${escapedPath(source)}/_(?:posts|drafts)/(?:.*/)?(?:[_.]|[^/]*[%~]$)`],
        addressClock: 'site',
        roots: [source],
        assetFolders: settings.flag('post_asset_folder') === true,
        // A draft stays one here, also where its author had drafts shown to himself.
        defaults: [{ match: `${source}/_drafts/**`, values: { draft: true } }],
        feeds: [
          ...settings.texts('feed.path').map(path => ({ from: `/${folderPath(path)}`, to: feedOf(path) })),
          { from: '/rss2.xml', to: '/rss.xml' },
          { from: '/feed.xml', to: '/atom.xml' },
        ],
        findings: [...(problem ? [problem] : []), ...settings.findings],
      },
    }
  },
}

const feedOf = (path: string) => (/rss/.test(path) ? '/rss.xml' : '/atom.xml')

/** Globs are relative to the source folder; what is not rendered, or left out, is no article. */
function hiddenGlobs(settings: SystemSettings<typeof known>, source: string): Preset['ignore'] {
  const globs = [...settings.texts('skip_render'), ...settings.texts('exclude'), ...settings.texts('ignore')]
  return globs.flatMap(glob => [below(source, folderPath(glob)), folderPath(glob)])
}

/**
 * `:title` is the file's name as `new_post_name` takes it apart: with `:year-:month-:day-:title.md` the date is no part of it, with
 * `:title.md` it is.
 */
function permalinksOf(permalink: string | null, newPostName: string | null): string[] {
  const isDated = /:year\W:(?:i_)?month\W:(?:i_)?day\W:title/.test(newPostName ?? '')
  const pattern = permalinkDialects.hexo(permalink ?? ':year/:month/:day/:title/')
  if (pattern === null) return []
  return [`/${isDated ? pattern.replaceAll('{folders}/{filename}', '{folders}/{name}') : pattern}`]
}
