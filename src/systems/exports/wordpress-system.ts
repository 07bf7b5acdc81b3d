import type { System } from '../system.ts'
import { channelHead, channelSettings } from './channel-settings.ts'
import { findExportFile } from './export-file.ts'

/** A folder with a WordPress export in it; its articles are read as entries of that file. Squarespace gives the same. */
export const wordpress: System = {
  name: 'wordpress',
  settings: {},
  async recognise(folder) {
    const file = await findExportFile(folder, 'wordpress')
    return file && `${file} is a WordPress export`
  },
  async read(folder) {
    const file = await findExportFile(folder, 'wordpress')
    const [head = ''] = ((file && (await folder.text(file, channelHead))) ?? '').split('<item>')
    return {
      settings: channelSettings(head),
      preset: {
        feeds: [
          { from: '/feed/', to: '/rss.xml' },
          { from: '/feed/rss2/', to: '/rss.xml' },
          { from: '/feed/rss/', to: '/rss.xml' },
          { from: '/feed/atom/', to: '/atom.xml' },
          { from: '/rss/', to: '/rss.xml' },
          { from: '/category/{name}/feed/', to: '/sections/{name}/rss.xml' },
          { from: '/category/{name}/feed/atom/', to: '/sections/{name}/atom.xml' },
          { from: '/tag/{name}/feed/', to: '/tags/{name}/rss.xml' },
          { from: '/tag/{name}/feed/atom/', to: '/tags/{name}/atom.xml' },
          { from: '/author/{name}/feed/', to: '/authors/{name}/rss.xml' },
          { from: '/author/{name}/feed/atom/', to: '/authors/{name}/atom.xml' },
        ],
      },
    }
  },
}
