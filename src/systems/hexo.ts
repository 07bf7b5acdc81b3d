import { contentRule } from '../model/preset.ts'
import { permalinkDialects } from '../text/permalink-dialects.ts'
import { firstData, folderPath, textAt } from './preset-folder.ts'
import type { System } from './system.ts'

/** https://hexo.io/docs/configuration and /docs/permalinks */
export const hexo: System = {
  name: 'hexo',
  settings: {},
  async recognise(folder) {
    const names = await folder.names('')
    return names.includes('_config.yml') && (await folder.names('source')).includes('_posts')
      ? '_config.yml and source/_posts/ lie in the folder'
      : null
  },
  async read(folder) {
    const config = await firstData(folder, '_config.yml')
    const source = folderPath(textAt(config, 'source_dir') ?? 'source')
    const permalink = permalinkDialects.hexo(textAt(config, 'permalink') ?? ':year/:month/:day/:title/')
    const rule = (name: string) =>
      contentRule({
        match: `${source}/${name}/**`,
        root: `${source}/${name}`,
        permalinks: permalink === null ? [] : [`/${permalink}`],
      })
    const root = textAt(config, 'root') ?? '/'
    const url = textAt(config, 'url')
    return {
      settings: {
        title: textAt(config, 'title'),
        description: textAt(config, 'description') ?? textAt(config, 'subtitle'),
        url,
        base: url && new URL(url, 'https://example.org').pathname.length > 1 ? '' : root,
        language: textAt(config, 'language') ?? textAt(config, 'language', '0'),
        timezone: textAt(config, 'timezone'),
        authors: [textAt(config, 'author')],
      },
      preset: {
        content: [rule('_posts'), rule('_drafts')],
        addressClock: 'site',
        feeds: [
          { from: '/rss2.xml', to: '/rss.xml' },
          { from: '/feed.xml', to: '/atom.xml' },
        ],
      },
    }
  },
}
