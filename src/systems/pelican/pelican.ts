import { contentRule } from '../../model/preset.ts'
import { permalinkDialects } from '../../text/permalink-dialects.ts'
import { below, firstFile, folderPath } from '../preset-folder.ts'
import type { System } from '../system.ts'
import { readPythonSettings } from './python-settings.ts'

/** https://docs.getpelican.com/en/latest/settings.html. The settings are Python: plain assignments are read, nothing is run. */
export const pelican: System = {
  name: 'pelican',
  settings: {},
  async recognise(folder) {
    return (await folder.names('')).includes('pelicanconf.py') ? 'pelicanconf.py lies in the folder' : null
  },
  async read(folder) {
    const conf = {
      ...readPythonSettings((await firstFile(folder, 'pelicanconf.py'))?.text ?? ''),
      ...readPythonSettings((await firstFile(folder, 'publishconf.py'))?.text ?? ''),
    }
    const text = (key: string) => (typeof conf[key] === 'string' && conf[key] !== '' ? conf[key] : null)
    const list = (key: string, fallback: string[]) => (Array.isArray(conf[key]) ? conf[key] : fallback)
    const content = folderPath(text('PATH') ?? 'content')
    const articles = list('ARTICLE_PATHS', ['']).map(folderPath)
    const address = permalinkDialects.pelican(text('ARTICLE_URL') ?? '{slug}.html')
    const bySlug =
      text('SLUGIFY_SOURCE') === 'basename'
        ? address?.replace('{slug,title|pelican}', '{slug,filename|pelican}')
        : address
    return {
      settings: {
        title: text('SITENAME'),
        description: text('SITESUBTITLE'),
        url: text('SITEURL'),
        language: text('DEFAULT_LANG'),
        timezone: text('TIMEZONE') ?? 'UTC',
        authors: [text('AUTHOR')],
      },
      preset: {
        content: articles.map(path => {
          const folders = below(content, path)
          return contentRule({
            match: `${folders}/**`,
            root: folders,
            permalinks: bySlug ? [bySlug] : [],
            folderCategories: conf.USE_FOLDER_AS_CATEGORY === false ? null : 'below',
          })
        }),
        ignore: [
          ...list('PAGE_PATHS', ['pages']),
          ...list('ARTICLE_EXCLUDES', []),
          ...list('STATIC_PATHS', ['images']),
        ]
          .filter(path => path !== '')
          .map(path => `${content}/${folderPath(path)}/**`),
        unread: { rst: 'reStructuredText', rest: 'reStructuredText', asc: 'AsciiDoc', adoc: 'AsciiDoc' },
        feeds: [
          ['FEED_ALL_ATOM', 'feeds/all.atom.xml', '/atom.xml'],
          ['FEED_ATOM', '', '/atom.xml'],
          ['FEED_ALL_RSS', '', '/rss.xml'],
          ['FEED_RSS', '', '/rss.xml'],
          ['CATEGORY_FEED_ATOM', 'feeds/{slug}.atom.xml', '/sections/{name}/atom.xml'],
          ['AUTHOR_FEED_ATOM', 'feeds/{slug}.atom.xml', '/authors/{name}/atom.xml'],
          ['TAG_FEED_ATOM', '', '/tags/{name}/atom.xml'],
          ['TAG_FEED_RSS', '', '/tags/{name}/rss.xml'],
        ].flatMap(([key, usual, to]) => {
          const from = text(key!) ?? (key! in conf ? '' : usual!)
          return from === '' ? [] : [{ from: `/${from.replace('{slug}', '{name}')}`, to: to! }]
        }),
      },
    }
  },
}
