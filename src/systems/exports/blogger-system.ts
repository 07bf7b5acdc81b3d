import type { PresetFolder } from '../../model/preset.ts'
import type { System } from '../system.ts'
import { channelHead, channelSettings } from './channel-settings.ts'
import { findExportFile } from './export-file.ts'

/** A folder with what Blogger gives in it: the older backup, or a Takeout as it was unpacked. https://support.google.com/blogger/answer/41387 */
export const blogger: System = {
  name: 'blogger',
  settings: {},
  async recognise(folder) {
    const file = await findBackup(folder)
    return file && `${file} is a Blogger export`
  },
  async read(folder) {
    const file = await findBackup(folder)
    const [head = ''] = ((file && (await folder.text(file, channelHead))) ?? '').split('<entry>')
    return {
      settings: channelSettings(head),
      preset: {
        feeds: [
          { from: '/feeds/posts/default/', to: '/atom.xml' },
          { from: '/feeds/posts/summary/', to: '/atom.xml' },
          { from: '/feeds/posts/default/-/{name}/', to: '/tags/{name}/atom.xml' },
        ],
      },
    }
  },
}

/** In the folder itself, or where Takeout puts it: `Takeout/Blogger/Blogs/NAME/feed.atom`. */
async function findBackup(folder: PresetFolder): Promise<string | null> {
  const here = await findExportFile(folder, 'blogger')
  if (here) return here
  for (const blogs of ['Takeout/Blogger/Blogs', 'Blogger/Blogs', 'Blogs'])
    for (const name of await folder.names(blogs)) {
      const found = await findExportFile(folder, 'blogger', `${blogs}/${name}`)
      if (found) return found
    }
  return null
}
