import { findExportFile } from './export-file.ts'
import type { System } from './system.ts'

/** So much of the export holds what it says of the site. */
const channelHead = 262_144

/** A folder with a WordPress export in it; its articles are read as entries of that file. */
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
    const channel = head.slice(head.indexOf('<channel>'))
    return {
      settings: {
        title: textIn(channel, 'title'),
        description: textIn(channel, 'description'),
        url: textIn(channel, 'wp:base_blog_url') ?? textIn(channel, 'link'),
        language: textIn(channel, 'language'),
      },
      preset: {
        feeds: [
          { from: '/feed/', to: '/rss.xml' },
          { from: '/feed/rss2/', to: '/rss.xml' },
          { from: '/feed/rss/', to: '/rss.xml' },
          { from: '/feed/atom/', to: '/atom.xml' },
          { from: '/rss/', to: '/rss.xml' },
          { from: '/category/{name}/feed/', to: '/sections/{name}/rss.xml' },
          { from: '/tag/{name}/feed/', to: '/tags/{name}/rss.xml' },
          { from: '/author/{name}/feed/', to: '/authors/{name}/rss.xml' },
        ],
      },
    }
  },
}

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

/** The text of the first element of a name: character data, or one CDATA section. */
function textIn(xml: string, name: string): string | null {
  const found = new RegExp(`<${name}>(?:\\s*<!\\[CDATA\\[([\\s\\S]*?)\\]\\]>\\s*|([^<]*))</${name}>`).exec(
    xml,
  )
  const text =
    found?.[1] ??
    found?.[2]?.replace(/&(?:#(\d+)|#x([\da-f]+)|(\w+));/gi, (whole, decimal, hex, named) => {
      if (named) return entities[named] ?? whole
      const point = decimal ? Number(decimal) : Number.parseInt(hex, 16)
      return point <= 0x10ffff ? String.fromCodePoint(point) : whole
    })
  return text?.trim() || null
}
