import type { PresetFolder } from '../../model/preset.ts'
import type { System } from '../system.ts'
import { notionName } from './notion.ts'

/** A Notion export (Markdown & CSV, or HTML): a file for each page, in folders called after the pages above them. */
export const notion: System = {
  name: 'notion',
  settings: {},
  async recognise(folder) {
    const page = await findPage(folder, '', 2)
    return page && `${page} is named as Notion names its pages`
  },
  async read() {
    return {
      settings: {},
      preset: {
        lastKeys: {
          published: ['Published on', 'Publish on', 'Posted', 'Date created', 'Created time'],
          updated: ['Last edited time', 'Last edited'],
          authors: ['Created by', 'Writer'],
          tags: ['Labels', 'Label'],
        },
      },
    }
  },
}

/** Folders that are looked into: an export has few at its top. */
const mostFolders = 20

async function findPage(folder: PresetFolder, path: string, depth: number): Promise<string | null> {
  const names = await folder.names(path)
  const inside = (name: string) => (path === '' ? name : `${path}/${name}`)
  const page = names.find(name => notionName.test(name))
  if (page) return inside(page)
  if (depth === 0 || names.length > mostFolders * 10) return null
  for (const name of names.filter(name => !/\.\w{1,8}$|^\./.test(name)).slice(0, mostFolders)) {
    const found = await findPage(folder, inside(name), depth - 1)
    if (found) return found
  }
  return null
}
