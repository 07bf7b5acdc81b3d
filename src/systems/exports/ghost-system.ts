import type { PresetFolder } from '../../model/preset.ts'
import { textAt } from '../preset-folder.ts'
import type { System } from '../system.ts'
import { findExportFile } from './export-file.ts'
import { tablesOf } from './ghost.ts'

/** A folder with a Ghost export in it; its articles are read as entries of that file. https://ghost.org/docs/faq/the-importer/ */
export const ghost: System = {
  name: 'ghost',
  settings: {},
  async recognise(folder) {
    const file = await findExportFile(folder, 'ghost')
    return file && `${file} is a Ghost export`
  },
  async read(folder) {
    const rows = await settingsRows(folder)
    const setting = (key: string) =>
      textAt(
        rows.find(row => textAt(row, 'key') === key),
        'value',
      )
    return {
      settings: {
        title: setting('title'),
        description: setting('description'),
        language: setting('locale') ?? setting('lang') ?? setting('default_locale'),
        timezone: setting('timezone') ?? setting('active_timezone'),
      },
      preset: {
        feeds: [
          { from: '/rss/', to: '/rss.xml' },
          { from: '/tag/{name}/rss/', to: '/tags/{name}/rss.xml' },
          { from: '/author/{name}/rss/', to: '/authors/{name}/rss.xml' },
        ],
      },
    }
  },
}

/** Rows of `{key, value}`. */
async function settingsRows(folder: PresetFolder): Promise<unknown[]> {
  const file = await findExportFile(folder, 'ghost')
  try {
    const rows = tablesOf(JSON.parse((file && (await folder.text(file))) ?? 'null'))?.settings
    return Array.isArray(rows) ? rows : []
  } catch {
    return []
  }
}
