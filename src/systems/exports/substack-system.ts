import { contentRule, type Preset } from '../../model/preset.ts'
import { readCsvTable } from '../../text/csv.ts'
import type { System } from '../system.ts'
import { plainWords } from './export-fields.ts'

/** A Substack export (Settings → Exports): a table of all posts, and each post's HTML in `posts/`. */
export const substack: System = {
  name: 'substack',
  settings: {},
  async recognise(folder) {
    if (!(await folder.names('')).includes('posts.csv')) return null
    const head = (await folder.text('posts.csv', 512)) ?? ''
    const [columns = ''] = head.split(/\r?\n/)
    return /\bpost_id\b/.test(columns) &&
      (/^\uFEFF?"?post_id\b/.test(columns) || /\bis_published\b/.test(columns))
      ? 'posts.csv with `post_id` lies in the folder'
      : null
  },
  async read(folder) {
    const { records, others } = recordsOf((await folder.text('posts.csv')) ?? '')
    return {
      settings: {},
      preset: {
        content: [contentRule({ match: 'posts/*.html', permalinks: ['/p/{slug}'] })],
        ignore: others,
        records,
        // What the table says nothing of may be a draft.
        defaults: [{ match: 'posts/*.html', values: { isPublished: 'false' } }],
        feeds: [{ from: '/feed/', to: '/rss.xml' }],
      },
    }
  },
}

const knownTypes = /^(?:newsletter|podcast|thread|video|audio|livestream|post|article)?$/i

/** What the table says of each post's file. Pages are no articles. */
function recordsOf(csv: string): { records: Preset['records']; others: string[] } {
  const records: Preset['records'] = {}
  const others: string[] = []
  for (const row of rowsOf(csv)) {
    const { post_id: id = '', audience = '' } = row
    const path = `posts/${id}.html`
    if (row.type === 'page') others.push(path)
    else if (id !== '')
      records[path] = {
        // Some of the table's texts are HTML.
        title: plainWords(row.title || null),
        standfirst: plainWords(row.subtitle || null),
        date: row.post_date || null,
        isPublished: row.is_published?.toLowerCase() === 'true' ? 'true' : 'false',
        // Some are sent to some alone, and stand on no page.
        private: !knownTypes.test(row.type ?? ''),
        // `everyone`, `only_paid`, `founding`, `only_free`: what not everyone may read, no feed shows.
        visibility: audience === '' || audience === 'everyone' ? null : 'subscribers',
        podcastUrl: row.podcast_url || null,
        // `123456.the-title`
        guid: id.split('.')[0],
        slug: id.includes('.') ? id.slice(id.indexOf('.') + 1) : null,
      }
  }
  return { records, others }
}

function rowsOf(csv: string): Record<string, string>[] {
  try {
    return readCsvTable(csv)
  } catch {
    return []
  }
}
