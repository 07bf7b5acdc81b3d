import { type ContentRule, contentRule, type Preset } from '../../model/preset.ts'
import { permalinkDialects } from '../../text/permalink-dialects.ts'
import {
  below,
  dataFiles,
  firstData,
  folderPath,
  isTable,
  type Settings,
  textAt,
  textsAt,
  valueAt,
} from '../preset-folder.ts'
import { peopleIn, type System } from '../system.ts'

const settingsFiles = ['_config.yml', '_config.yaml', '_config.toml']
const translate = permalinkDialects.jekyll

/** https://jekyllrb.com/docs/configuration/ and /docs/permalinks/ */
export const jekyll: System = {
  name: 'jekyll',
  settings: {},
  async recognise(folder) {
    const names = await folder.names('')
    const file = settingsFiles.find(name => names.includes(name))
    // Hexo's settings file has the same name.
    return file && !(await folder.names('source')).includes('_posts') ? `${file} lies in the folder` : null
  },
  async read(folder) {
    const config = await firstData(folder, ...settingsFiles)
    const source = folderPath(textAt(config, 'source') ?? '')
    const data = folderPath(textAt(config, 'data_dir') ?? '_data')
    return {
      settings: {
        title: textAt(config, 'title') ?? textAt(config, 'name'),
        description: textAt(config, 'description') ?? textAt(config, 'tagline'),
        url: textAt(config, 'url'),
        base: textAt(config, 'baseurl'),
        language: textAt(config, 'lang') ?? textAt(config, 'locale'),
        timezone: textAt(config, 'timezone'),
        authors: [textAt(config, 'author') ?? textAt(config, 'author', 'name')],
      },
      preset: {
        content: contentOf(config, source),
        ignore: [
          '_site/**',
          'vendor/**',
          ...textsAt(config, 'exclude').flatMap(path => [path, below(folderPath(path), '**')]),
        ],
        dialect: 'jekyll',
        addressClock: 'site',
        defaults: [...separatorOf(config), ...defaultsOf(config, source)],
        authors: peopleIn(await firstData(folder, ...dataFiles(below(below(source, data), 'authors')))),
        unread: { textile: 'Textile', adoc: 'AsciiDoc', rst: 'reStructuredText' },
        feeds: [
          { from: '/feed.xml', to: '/atom.xml' },
          { from: '/feed/', to: '/atom.xml' },
          { from: '/rss/', to: '/rss.xml' },
          { from: '/feed/{name}.xml', to: '/sections/{name}/atom.xml' },
          { from: '/feed/by_tag/{name}.xml', to: '/tags/{name}/atom.xml' },
        ],
      },
    }
  },
}

/** Posts and drafts, wherever their folders lie, and the collections that jekyll-feed is told to take up. */
function contentOf(config: Settings, source: string): ContentRule[] {
  const folder = below(source, folderPath(textAt(config, 'collections_dir') ?? ''))
  const posts = textAt(config, 'collections', 'posts', 'permalink') ?? textAt(config, 'permalink') ?? 'date'
  const collections = valueAt(config, 'feed', 'collections')
  const fed = (
    isTable(collections) ? Object.keys(collections) : textsAt(config, 'feed', 'collections')
  ).filter(name => name !== 'posts')
  const rule = (match: string, root: string, permalink: string): ContentRule =>
    contentRule({
      match: below(source, match),
      root: below(source, root),
      permalinks: [translate(permalink) ?? []].flat(),
      folderCategories: 'above',
    })
  return [
    rule('**/_posts/**', '**/_posts', posts),
    rule('**/_drafts/**', '**/_drafts', posts),
    ...fed.map(name => {
      const given = textAt(config, 'collections', name, 'permalink') ?? '/:collection/:path:output_ext'
      const root = below(folder, `_${name}`)
      const permalinks = [translate(given.replaceAll(':collection', name)) ?? []].flat()
      return contentRule({ match: `${root}/**`, root, permalinks })
    }),
  ]
}

/** The mark that ends an excerpt (https://jekyllrb.com/docs/posts/#post-excerpts); without it that is the first paragraph. */
function separatorOf(config: Settings): Preset['defaults'] {
  const separator = textAt(config, 'excerpt_separator')
  return separator ? [{ match: '**', values: { excerpt_separator: separator } }] : []
}

/** https://jekyllrb.com/docs/configuration/front-matter-defaults/ */
function defaultsOf(config: Settings, source: string): Preset['defaults'] {
  return [valueAt(config, 'defaults') ?? []].flat().flatMap(entry => {
    const values = valueAt(entry, 'values')
    const type = textAt(entry, 'scope', 'type')
    if (!isTable(values) || (type !== null && !/^(?:posts|drafts)$/.test(type))) return []
    const path = below(source, folderPath(textAt(entry, 'scope', 'path') ?? ''))
    return (path === '' ? ['**'] : [path, `${path}/**`]).map(match => ({ match, values }))
  })
}
