import { findExportFile } from './export-file.ts'
import { readData, textAt, valueAt } from './preset-folder.ts'
import type { System } from './system.ts'

/** A folder with a Ghost export in it; its articles are read as entries of that file. https://ghost.org/docs/faq/the-importer/ */
export const ghost: System = {
  name: 'ghost',
  settings: {},
  async recognise(folder) {
    const file = await findExportFile(folder, 'ghost')
    return file && `${file} is a Ghost export`
  },
  async read(folder) {
    const file = await findExportFile(folder, 'ghost')
    const json = file === null ? {} : readData(file, (await folder.text(file)) ?? '')
    const data = valueAt(valueAt(json, 'db', '0'), 'data') ?? valueAt(json, 'data')
    const rows = [valueAt(data, 'settings') ?? []].flat()
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
