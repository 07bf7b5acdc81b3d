import { contentRule, type Preset, type PresetFolder } from '../../model/preset.ts'
import { readCsvTable } from '../../text/csv.ts'
import { isTable } from '../preset-folder.ts'
import type { System } from '../system.ts'

/**
 * A Buttondown export: a table of all e-mails and each one's Markdown in `emails/`; or what its command line puts there, with
 * front matter in place of the table. https://docs.buttondown.com/
 */
export const buttondown: System = {
  name: 'buttondown',
  settings: {},
  async recognise(folder) {
    const names = await folder.names('')
    if (!names.includes('emails')) return null
    if (names.includes('.buttondown.json')) return '.buttondown.json and emails/ lie in the folder'
    const table = ['emails.json', 'emails.csv'].find(name => names.includes(name))
    const head = table && (await folder.text(table, 4_096))
    return head && /\bsecondary_id\b|\bpublish_date\b/.test(head)
      ? `${table} with \`publish_date\`, and emails/, lie in the folder`
      : null
  },
  async read(folder) {
    const rows = await rowsOf(folder)
    return {
      settings: { timezone: 'UTC' },
      preset: {
        content: [contentRule({ match: 'emails/*.md' })],
        records: recordsOf(rows ?? [], await folder.names('emails')),
        // What the table says nothing of may be a draft.
        defaults: rows === null ? [] : [{ match: 'emails/*.md', values: { status: 'draft' } }],
        // https://docs.buttondown.com/api-emails-status
        shownStatuses: [
          'published',
          'sent',
          'imported',
          'in_flight',
          'resending',
          'throttled',
          'scheduled',
          'about_to_send',
        ],
        // Django's template tags: of an `if` that asks who reads, no branch stays.
        markup: {
          family: 'eleventy',
          values: {},
          includes: {},
          own: ['subscriber', 'email', 'medium', 'newsletter', 'number'],
        },
        lastKeys: { title: ['subject'] },
        feeds: [
          { from: '/rss/', to: '/rss.xml' },
          { from: '/archive/feed/', to: '/rss.xml' },
        ],
      },
    }
  },
}

/** Null where there is no table: the files speak for themselves. */
async function rowsOf(folder: PresetFolder): Promise<Record<string, unknown>[] | null> {
  const [json, csv] = [await folder.text('emails.json'), await folder.text('emails.csv')]
  try {
    if (json !== null) return [JSON.parse(json)].flat().filter(isTable)
    return csv === null ? null : readCsvTable(csv)
  } catch {
    return []
  }
}

/**
 * What the table says of each e-mail's file. Its page was `/archive/{slug}/`, where a publication of ours keeps its archives: that
 * address leads to the one it has now.
 */
function recordsOf(rows: Record<string, unknown>[], names: string[]): Preset['records'] {
  const slugs = names.flatMap(name => /^(.+)\.md$/.exec(name)?.[1] ?? [])
  const records: Preset['records'] = Object.fromEntries(
    slugs.map(slug => [`emails/${slug}.md`, { aliases: [`/archive/${slug}/`, `/archive/${slug}`] }]),
  )
  for (const { slug, id, subject, publish_date: date, status, email_type: emailType, ...row } of rows) {
    if (typeof slug !== 'string' || slug === '') continue
    const path = `emails/${slug}.md`
    const { archival_mode: archivalMode } = row
    records[path] = {
      ...records[path],
      title: subject,
      date,
      guid: id,
      slug,
      status,
      emailType,
      archivalMode,
    }
  }
  return records
}
