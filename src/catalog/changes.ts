import type { Article } from '../model/article.ts'
import type { FeedRecord } from '../model/feed-record.ts'
import type { Ledger } from '../model/ledger.ts'
import { keysOfDifference } from '../text/persistent-map.ts'

/** One article in a report of changes. */
export interface Changed {
  id: string
  title: string
  /** What it was, where that tells something: a former date, id or title. */
  before: string | null
}

/** What subscribers will see of a publication that they did not see of the one before. */
export interface Changes {
  /** Never published before. */
  new: Changed[]
  /** The words, or the date of their revision, are other. */
  updated: Changed[]
  /** The date of publication is another one: many readers sort it anew. */
  redated: Changed[]
  /** Known under another id: readers show it as new once more. */
  renotified: Changed[]
  /** The page has another address; that before leads there. */
  readdressed: Changed[]
  /** No longer published. */
  withdrawn: Changed[]
  /** Was withdrawn, is published again. */
  restored: Changed[]
  /** Collections whose pages and feeds get another address. */
  moved: MovedCollection[]
  /** The publication itself is at another address: every address in it changes, and no id. Absent: it stays, or nobody knows where it was. */
  url?: { from: string; to: string }
}

export interface MovedCollection {
  /** `tag c++`. */
  key: string
  /** Paths on the publication. */
  from: string
  to: string
}

const nothing = (): Changes => ({
  new: [],
  updated: [],
  redated: [],
  renotified: [],
  readdressed: [],
  withdrawn: [],
  restored: [],
  moved: [],
})

/**
 * Compares what is about to be published with what was, by the ledger.
 * @param now epoch ms: what waits for its time at this instant was not seen by anybody
 */
export function changesSince(ledger: Ledger, next: Ledger, now: number): Changes {
  const changes = nothing()
  // An entry is another object where anything of it is other; none is ever taken out.
  for (const id of keysOfDifference(ledger.entries, next.entries)) {
    const [before, after] = [ledger.entries.get(id), next.entries.get(id)]
    if (!after) continue
    const changed = (text: string | null = null): Changed => ({ id, title: after.title, before: text })
    // What waits for its time is seen by nobody.
    const isSeen = after.withdrawn === null && after.published <= now
    const wasSeen = before !== undefined && before.withdrawn === null && before.published <= now
    // A page that is no news is in no feed: what becomes of it there is that it leaves, or comes back.
    const isPage = after.inFeeds === false
    const wasPage = before?.inFeeds === false
    if (isSeen && wasSeen && before.address !== after.address)
      changes.readdressed.push(changed(before.address))
    if (!isSeen || (isPage && !wasPage)) {
      if (wasSeen) changes.withdrawn.push({ id, title: before.title, before: null })
    } else if (isPage) continue
    else if (!before) changes.new.push(changed())
    else {
      if (before.withdrawn !== null || wasPage) changes.restored.push(changed())
      if (before.words !== after.words)
        changes.updated.push(changed(before.title === after.title ? null : before.title))
      if (before.published !== after.published)
        changes.redated.push(changed(new Date(before.published).toISOString()))
    }
  }
  for (const [key, { address }] of ledger.collections ?? []) {
    const to = next.collections?.get(key)?.address ?? address
    if (to !== address) changes.moved.push({ key, from: address, to })
  }
  const [from, to] = [ledger.url, next.url]
  return from === undefined || to === undefined || from === to ? changes : { ...changes, url: { from, to } }
}

/**
 * Compares what is about to be published with a feed document that readers have. What the document no longer lists is
 * not said to be withdrawn while the publication still has it: a feed holds the newest only.
 * @param articles those of the feed's successor
 * @param shown those that its successor will hold: of them each that the feed does not know turns up as new, however old it is
 */
export function changesSinceFeed(
  records: FeedRecord[],
  articles: Article[],
  shown: readonly Article[] = articles,
): Changes {
  const changes = nothing()
  const matches = matchRecords(records, articles)
  const held = new Set(shown)
  for (const article of articles) {
    const record = matches.get(article)
    const { id, title } = article
    if (!record) {
      if (held.has(article)) changes.new.push({ id, title, before: null })
      continue
    }
    if (record.id !== id) changes.renotified.push({ id, title, before: record.id })
    if (
      record.published !== null &&
      sameSecond(record.published) !== sameSecond(article.published?.epoch ?? 0)
    )
      changes.redated.push({ id, title, before: new Date(record.published).toISOString() })
    else if (record.title !== null && record.title !== title)
      changes.updated.push({ id, title, before: record.title })
    else if (record.updated !== null && sameSecond(article.revised) > sameSecond(record.updated))
      changes.updated.push({ id, title, before: null })
  }
  for (const record of unmatchedOf(records, matches))
    changes.withdrawn.push({ id: record.id, title: record.title ?? '', before: null })
  return changes
}

/** Items of a feed that no article was found for, and none for another item of the same id. */
export function unmatchedOf(
  records: readonly FeedRecord[],
  matches: ReadonlyMap<Article, FeedRecord>,
): FeedRecord[] {
  const found = new Set([...matches.values()].map(({ id }) => id))
  return records.filter(({ id }) => !found.has(id))
}

/**
 * Which item of a feed is which article: by id; else by the path of its link; else by title and day together; else by
 * a title that only one of each has. An item is given to one article only, and so is an id that several items have: to the article that has it
 * already, else to that of the first of them.
 */
export function matchRecords(records: FeedRecord[], articles: Article[]): Map<Article, FeedRecord> {
  const matches = new Map<Article, FeedRecord>()
  const free = new Set(records.filter(isFirstOfItsKind()))
  const rules: ((article: Article) => string | null)[] = [
    article => `id ${article.id}`,
    article => linkKey(article.url),
    article => article.published && `day ${day(article.published.epoch)} ${titleKey(article.title)}`,
    article => `title ${titleKey(article.title)}`,
  ]
  const keysOf = (record: FeedRecord) => [
    `id ${record.id}`,
    record.url && linkKey(record.url),
    record.published !== null &&
      record.title !== null &&
      `day ${day(record.published)} ${titleKey(record.title)}`,
    record.title && `title ${titleKey(record.title)}`,
  ]
  rules.forEach((keyOf, rule) => {
    const byKey = Map.groupBy([...free], record => keysOf(record)[rule] || null)
    const unmatched = articles.filter(article => !matches.has(article))
    const claimants = Map.groupBy(unmatched, keyOf)
    for (const [key, [article, another]] of claimants) {
      const [record, other] = byKey.get(key) ?? []
      // What two share tells neither.
      if (key === null || !article || another || !record || other) continue
      matches.set(article, record)
      free.delete(record)
    }
  })
  const claimants = Map.groupBy(matches, ([, { id }]) => id)
  for (const [id, claims] of claimants) {
    const owner = claims.find(([article]) => article.id === id) ?? claims.sort(byItem)[0]
    for (const claim of claims) if (claim !== owner) matches.delete(claim[0])
  }
  return matches
}

const byItem = ([, one]: [Article, FeedRecord], [, other]: [Article, FeedRecord]) =>
  (one.item ?? 0) - (other.item ?? 0)

/** Whether an item is not one that came before: the same id and the same link. */
function isFirstOfItsKind(): (record: FeedRecord) => boolean {
  const seen = new Set<string>()
  return ({ id, url }) => {
    const before = seen.size
    return seen.add(`${id}\n${url}`).size > before
  }
}

/** Host and scheme may have changed, and `index.html` or a slash at the end come and go. */
function linkKey(url: string): string | null {
  try {
    const { pathname, search } = new URL(url, 'https://any.invalid/')
    return `link ${decodeURIComponent(pathname)
      .replace(/(?:index\.html?|\.html?)$/, '')
      .replace(/\/+$/, '')}${search}`
  } catch {
    return null
  }
}

function titleKey(title: string): string {
  return title
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}

const day = (epoch: number) => new Date(epoch).toISOString().slice(0, 10)
const sameSecond = (epoch: number) => Math.floor(epoch / 1000)

/**
 * A publication that would change so much at once is more likely a mistake: an unmounted folder, a wrong setting. A tenth
 * of a large one is much; of a small one it is more than half.
 */
const suspicious = [
  { count: 10, share: 0.1 },
  { count: 3, share: 0.5 },
]

export interface Alarm {
  /** Articles known to subscribers that would change id, date or address, or disappear. `--accept` names this number. */
  count: number
  known: number
}

/** What has its page on the publication, and so an address that begins with the publication's. */
const articlesHere = ({ entries }: Ledger) =>
  [...entries.values()].flatMap(({ id, address, withdrawn }) =>
    withdrawn === null && address.startsWith('/') ? [id] : [],
  )

/**
 * Whether a publication should be refused unless the publisher accepts it by number; null where all is well.
 * @param unavailable articles that are left out though nobody has withdrawn them
 * @param early those that come out by a clock that has gone on for years: one is enough
 */
export function alarmAbout(changes: Changes, ledger: Ledger, unavailable = 0, early = 0): Alarm | null {
  const touched = new Set(
    [...changes.redated, ...changes.renotified, ...changes.readdressed, ...changes.withdrawn].map(
      ({ id }) => id,
    ),
  )
  if (changes.url) for (const id of articlesHere(ledger)) touched.add(id)
  const count = touched.size + unavailable + early
  // Nearly always: nothing has to be counted.
  if (early === 0 && suspicious.every(limit => count < limit.count)) return null
  let known = 0
  ledger.entries.forEach(({ withdrawn }) => {
    if (withdrawn === null) known++
  })
  const isMuch = early > 0 || suspicious.some(limit => count >= limit.count && count > known * limit.share)
  return isMuch ? { count, known } : null
}
