import { readCsvTable } from '../../text/csv.ts'
import type { System } from '../system.ts'
import { findExportFile } from './export-file.ts'

/** A folder with the table of posts in it that beehiiv gives. */
export const beehiiv: System = {
  name: 'beehiiv',
  settings: {},
  async recognise(folder) {
    const file = await findExportFile(folder, 'beehiiv')
    return file && `${file} is a beehiiv export`
  },
  async read(folder) {
    const file = await findExportFile(folder, 'beehiiv')
    const url = firstAddress((file && (await folder.text(file))) ?? '')
    return { settings: { url, timezone: 'UTC' }, preset: { feeds: [{ from: '/feed/', to: '/rss.xml' }] } }
  },
}

function firstAddress(csv: string): string | null {
  try {
    return (
      readCsvTable(csv).flatMap(({ url = '' }) => /^https?:\/\/[^/]+/.exec(url.trim())?.[0] ?? [])[0] ?? null
    )
  } catch {
    return null
  }
}
