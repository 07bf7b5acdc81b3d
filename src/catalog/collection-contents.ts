import type { Article } from '../model/article.ts'
import type { Collection } from '../model/collection.ts'
import type { CollectionContents, CollectionEntry } from '../model/ledger.ts'
import { fingerprintOf } from '../text/fingerprint.ts'
import type { CollectionEntries } from './collection-addresses.ts'

/**
 * Remembers what collections hold, so that a feed can say when that last changed: an article that is withdrawn, gets another tag or
 * another picture leaves no date of its own behind. The same object where all is as it was.
 * @param known absent: nothing is remembered
 * @param collections those of which anything may be other
 * @param former collections of which this is remembered; empty where nobody has them
 * @param wasKnown whether an article was known before this look: where its time has come since, its own date tells
 * @param now epoch ms
 */
export function rememberContents(
  known: CollectionEntries | undefined,
  collections: readonly Collection[],
  former: readonly Collection[],
  wasKnown: (article: Article) => boolean,
  now: number,
): CollectionEntries | undefined {
  // Ledger and feeds have whole seconds.
  const at = now - (now % 1000)
  const formerArticles = new Map(former.map(({ key, articles }) => [key, articles]))
  const changed = collections.flatMap((collection): CollectionEntry[] => {
    const { key, path, articles } = collection
    const entry = known?.get(key) ?? { key, first: at, address: path, formerAddresses: [] }
    const before = entry.contents
    const held = before && formerArticles.get(key)
    const digest = held ? digestAfter(before.digest, held, articles) : digestOf(articles)
    const contents = contentsNow(before, { digest, articles }, wasKnown, at)
    return contents === entry.contents ? [] : [{ ...entry, contents }]
  })
  if (changed.length === 0) return known
  return new Map([...(known ?? []), ...changed.map((entry): [string, CollectionEntry] => [entry.key, entry])])
}

function contentsNow(
  before: CollectionContents | undefined,
  { digest, articles }: { digest: string; articles: readonly Article[] },
  wasKnown: (article: Article) => boolean,
  at: number,
): CollectionContents {
  if (!before) return { digest, at, changed: null }
  if (digest === before.digest) return before
  const due = articles.filter(
    article => (article.published?.epoch ?? Number.NEGATIVE_INFINITY) > before.at && wasKnown(article),
  )
  const isOnlyTime =
    due.length > 0 && digestOf(articles.filter(article => !due.includes(article))) === before.digest
  return { digest, at, changed: isOnlyTime ? before.changed : at }
}

/** The number that eight hex digits in lower case say: each edit asks it of every article. */
function hexAt(text: string, start: number): number {
  let number = 0
  for (let at = start; at < start + 8; at++) {
    const unit = text.charCodeAt(at)
    number = number * 16 + (unit < 0x3a ? unit - 0x30 : unit - 0x57)
  }
  return number
}

/**
 * The digest of articles that were others before. Of the two lists only what lies between their first and their last difference is read: of a
 * large publication each article lies somewhere else in memory.
 */
function digestAfter(before: string, former: readonly Article[], articles: readonly Article[]): string {
  const shorter = Math.min(former.length, articles.length)
  let start = 0
  while (start < shorter && former[start] === articles[start]) start++
  let end = 0
  while (end < shorter - start && former.at(-1 - end) === articles.at(-1 - end)) end++
  const [oneWent, twoWent] = sumsOf(former.slice(start, former.length - end))
  const [oneCame, twoCame] = sumsOf(articles.slice(start, articles.length - end))
  return textOf([hexAt(before, 0) - oneWent + oneCame, hexAt(before, 8) - twoWent + twoCame])
}

/** Of all that these articles say, in whatever order. */
const digestOf = (articles: readonly Article[]): string => textOf(sumsOf(articles))

function sumsOf(articles: readonly Article[]): [number, number] {
  let [one, two] = [0, 0]
  for (const { fingerprint, id, revised } of articles) {
    const own = fingerprint ?? fingerprintOf([id, revised])
    one += hexAt(own, 0)
    two += hexAt(own, 8)
  }
  return [one, two]
}

const textOf = (sums: number[]) =>
  sums.map(sum => (((sum % 2 ** 32) + 2 ** 32) % 2 ** 32).toString(16).padStart(8, '0')).join('')
