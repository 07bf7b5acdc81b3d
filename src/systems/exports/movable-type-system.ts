import type { System } from '../system.ts'
import { findExportFile } from './export-file.ts'

/** A folder with a text in it in the form of Movable Type, which TypePad, Hatena Blog and others give too. */
export const movableType: System = {
  name: 'movable-type',
  settings: {},
  async recognise(folder) {
    const file = await findExportFile(folder, 'movable-type')
    return file && `${file} is an export in Movable Type's form`
  },
  async read() {
    return {
      settings: {},
      preset: {
        feeds: [
          { from: '/index.xml', to: '/rss.xml' },
          { from: '/index.rdf', to: '/rss.xml' },
          { from: '/rss/', to: '/rss.xml' },
        ],
      },
    }
  },
}
