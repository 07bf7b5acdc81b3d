import type { Article } from '../model/article.ts'
import type { LedgerEntry } from '../model/ledger.ts'

/** How many of the latest gaps count: enough that one holiday changes nothing, few enough to follow a new habit. */
const countedGaps = 20
/** Milliseconds. What comes out closer together came out together: a burst, or one morning's edits. */
const burst = 10 * 60_000

/**
 * How often a collection gets something new: the median of its latest gaps, in seconds; null where fewer than two are
 * known. Gaps lie between instants of first publication, as the ledger has them (an article's own date where it has
 * none), so that the same articles always have the same publishingInterval, whatever the time is.
 */
export function publishingIntervalOf(
  articles: readonly Article[],
  entryOf: (article: Article) => LedgerEntry | undefined,
): number | null {
  const instants = articles
    .flatMap(article => entryOf(article)?.first ?? article.published?.epoch ?? [])
    .sort((a, b) => b - a)
  const gaps: number[] = []
  let newer = instants[0]
  for (const instant of instants) {
    if (newer === undefined || newer - instant < burst) continue
    gaps.push(newer - instant)
    newer = instant
    if (gaps.length === countedGaps) break
  }
  if (gaps.length < 2) return null
  gaps.sort((a, b) => a - b)
  return Math.round((gaps[gaps.length >> 1] ?? 0) / 1000)
}
