import type { Article } from '../model/article.ts'
import type { FeedRecord } from '../model/feed-record.ts'
import type { Ledger } from '../model/ledger.ts'
import type { EntryOf } from './archives.ts'
import { matchRecords } from './changes.ts'

export interface Adoption {
  ledger: Ledger
  /** Articles that now have the id, and the date, that the feed gave them. */
  adopted: { path: string; title: string; id: string }[]
  /** Items of the feed that no article was found for. */
  unmatched: FeedRecord[]
  /** Articles whose id subscribers know from an earlier publication, so that it stays. */
  kept: { path: string; id: string; offered: string }[]
}

/**
 * Takes over the ids and dates of a feed that readers are subscribed to. Only articles that were not published by
 * Broadsheet before take another id: a known one is for ever.
 * @param entryOf what would be remembered of each article without the feed
 */
export function adoptFeed(
  records: FeedRecord[],
  articles: Article[],
  entryOf: EntryOf,
  ledger: Ledger,
): Adoption {
  const matches = matchRecords(records, articles)
  const remembered = new Map(ledger.entries)
  const adopted: Adoption['adopted'] = []
  const kept: Adoption['kept'] = []
  for (const [article, record] of matches) {
    const { path, title, id } = article
    if (ledger.entries.has(id) && id !== record.id) {
      kept.push({ path, id, offered: record.id })
      continue
    }
    const entry = entryOf(article)
    if (!entry) continue
    const published = record.published ?? entry.published
    const own = entry.dated ?? article.published?.epoch ?? null
    const dated = own === published ? null : own
    remembered.set(record.id, { ...entry, id: record.id, first: published, published, dated, archives: {} })
    adopted.push({ path, title, id: record.id })
  }
  const found = new Set(matches.values())
  return {
    ledger: { ...ledger, entries: remembered },
    adopted,
    unmatched: records.filter(record => !found.has(record)),
    kept,
  }
}
