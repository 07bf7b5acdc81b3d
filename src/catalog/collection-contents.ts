import type { Article } from '../model/article.ts'
import { type Collection, isShow, subscriptionArticles } from '../model/collection.ts'
import type { CollectionContents, CollectionEntry } from '../model/ledger.ts'
import type { Site } from '../model/site.ts'
import { fingerprintOf } from '../text/fingerprint.ts'
import type { CollectionEntries } from './collection-addresses.ts'

/** What subscription documents hold. */
export interface HeldArticles {
  articles: readonly Article[]
  /** Numbers of what else they say: which archive comes before, how many there are of whose withdrawal they tell. Zeros: nothing. */
  beside: readonly number[]
}

/** A show's feed leads to no archives; with `tombstones` the publication's own tells of each article that went. */
export function heldBy(
  collection: Collection,
  site: Pick<Site, 'podcast' | 'feeds' | 'tombstones'>,
): HeldArticles {
  const { kind, articles, archives } = collection
  const older = isShow(collection, site) ? 0 : archives.length
  const told = site.tombstones && kind === 'all' ? articles.length : 0
  return { articles: subscriptionArticles(collection, site), beside: [older, told] }
}

/**
 * Remembers what subscription documents hold, so that they can say when that last changed: an article that is withdrawn, gets another
 * tag or another picture leaves no date of its own behind. What changes in archives alone is none of their affair: whoever asks for the feed
 * has no need to get it again. The same object where all is as it was.
 * @param known absent: nothing is remembered
 * @param collections those of which anything may be other
 * @param held what a collection's subscription documents hold
 * @param wasKnown whether an article was known before this look: where its time has come since, its own date tells
 * @param now epoch ms
 */
export function rememberContents(
  known: CollectionEntries | undefined,
  collections: readonly Collection[],
  held: (collection: Collection) => HeldArticles,
  wasKnown: (article: Article) => boolean,
  now: number,
): CollectionEntries | undefined {
  // Ledger and feeds have whole seconds.
  const at = now - (now % 1000)
  const changed = collections.flatMap((collection): CollectionEntry[] => {
    const { key, path } = collection
    const entry = known?.get(key) ?? { key, first: at, address: path, formerAddresses: [] }
    const contents = contentsNow(entry.contents, held(collection), wasKnown, at)
    return contents === entry.contents ? [] : [{ ...entry, contents }]
  })
  if (changed.length === 0) return known
  return new Map([...(known ?? []), ...changed.map((entry): [string, CollectionEntry] => [entry.key, entry])])
}

function contentsNow(
  before: CollectionContents | undefined,
  { articles, beside }: HeldArticles,
  wasKnown: (article: Article) => boolean,
  at: number,
): CollectionContents {
  const digest = digestOf(articles, beside)
  if (!before) return { digest, at, changed: null }
  if (digest === before.digest) return before
  const due = articles.filter(
    article => (article.published?.epoch ?? Number.NEGATIVE_INFINITY) > before.at && wasKnown(article),
  )
  const isOnlyTime =
    due.length > 0 &&
    digestOf(
      articles.filter(article => !due.includes(article)),
      beside,
    ) === before.digest
  return { digest, at, changed: isOnlyTime ? before.changed : at }
}

/** Of all that these articles say, in whatever order. */
function digestOf(articles: readonly Article[], beside: readonly number[]): string {
  let [one, two] = [0, 0]
  for (const [place, number] of beside.entries()) two = (two + number * (place + 1)) % 2 ** 32
  for (const { fingerprint, id, revised } of articles) {
    const own = fingerprint ?? fingerprintOf([id, revised])
    one = (one + Number.parseInt(own.slice(0, 8), 16)) % 2 ** 32
    two = (two + Number.parseInt(own.slice(8), 16)) % 2 ** 32
  }
  return [one, two].map(sum => sum.toString(16).padStart(8, '0')).join('')
}
