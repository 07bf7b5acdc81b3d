import { type Article, articleWith, isNews, type ParsedArticle } from '../model/article.ts'
import { dateOfInstant } from '../model/article-date.ts'
import { type Diagnostic, diagnose } from '../model/diagnostic.ts'
import type { Ledger, LedgerEntry } from '../model/ledger.ts'
import { fingerprintOf } from '../text/fingerprint.ts'
import { publicationPath } from '../text/urls.ts'
import { type Candidate, recognise } from './recognise.ts'

/**
 * A `tag:` URI (RFC 4151) for something permanent of this publication. `kind` keeps apart what is minted from a file's
 * path, from a source's own id and from a collection, so that no two can meet.
 */
export function mintTag(
  authority: string,
  kind: 'file' | 'source' | 'feed' | 'guid',
  parts: string[],
): string {
  // A file name may hold what has no UTF-8 form, and encodeURIComponent throws on it.
  return `tag:${authority}:${[kind, ...parts].map(part => encodeURIComponent(part.toWellFormed())).join('/')}`
}

/**
 * Atom ids are IRIs (RFC 4287 §4.2.6): a given GUID that is none gets one tag: URI, in Atom only. So does one that looks
 * like such a tag: two GUIDs never share an id.
 */
export function atomId(id: string, authority: string): string {
  return isUri(id) && !id.startsWith(mintTag(authority, 'guid', [''])) ? id : mintTag(authority, 'guid', [id])
}

const uri =
  /^[a-z][a-z\d+.-]*:(?:[\w\-.~!$&'()*+,;=:@/?]|%[\da-f]{2})+(?:#(?:[\w\-.~!$&'()*+,;=:@/?]|%[\da-f]{2})*)?$/i
/** What three schemes ask for beyond: RFC 4151 §2.1, RFC 8141 §2 with RFC 9562 §4, and RFC 9110 §4.2 an authority. */
const schemeForms: Record<string, RegExp> = {
  tag: /^tag:(?:[a-z\d\-._]+@)?[a-z\d.-]+,\d{4}(?:-\d{2}){0,2}:/,
  urn: /^urn:(?!uuid:)[a-z\d][a-z\d-]{1,31}:[^/?#&~]+$|^urn:uuid:[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i,
  http: /^http:\/\/[^/?#]/i,
  https: /^https:\/\/[^/?#]/i,
}

function isUri(id: string): boolean {
  const form = schemeForms[id.slice(0, id.indexOf(':')).toLowerCase()]
  return uri.test(id) && (form?.test(id) ?? true)
}

/** The id that a file claims by itself: a given one, else its source's own. What names no source has the publication as its source. */
export function claimedId(article: ParsedArticle, authority: string): string | null {
  if (article.guid) return article.guid
  if (!article.sourceId) return null
  return mintTag(
    authority,
    'source',
    article.source ? [article.source, article.sourceId] : [article.sourceId],
  )
}

/**
 * Whether an article goes without the id that it claims. A number that the publication itself gave asks for nothing where subscribers know the
 * article by another id already.
 */
export function isClaimContested(article: ParsedArticle, id: string, authority: string): boolean {
  const claimed = claimedId(article, authority)
  return claimed !== null && claimed !== id && (article.guid !== null || article.source !== null)
}

/** An article that has its id. */
export interface IdentifiedArticle {
  article: Article
  /** What is to be remembered of it, should it be published: the ledger's own entry where nothing of it is other. */
  entry: LedgerEntry
  diagnostics: Diagnostic[]
}

/** What is known already where a folder's articles are to be identified, or some of them. */
export interface KnownArticles {
  /** Their entries, by path: see `recognisedByPath`. */
  recognised: ReadonlyMap<string, LedgerEntry>
  /** The path of the other article, or of the entry, that has an id. */
  holderOf(id: string): string | undefined
}

/** Which of these entries each article is, by its path. Articles without one are new. */
export function recognisedByPath(
  candidates: Candidate[],
  entries: Iterable<LedgerEntry>,
  authority: string,
): Map<string, LedgerEntry> {
  const found = new Map<string, LedgerEntry>()
  for (const [{ article }, entry] of recognise(candidates, entries, one => claimedId(one, authority)))
    found.set(article.path, entry)
  return found
}

/**
 * Gives every article of a folder its id: the one it had, by the ledger, else a new one minted from something permanent.
 * No two articles share an id, and none gets the id of an article that is gone.
 * @param site.undated whether articles without a date get that of their first publication
 * @param now epoch ms, for histories that begin or words that change now
 * @param given absent: these are all articles of the folder
 * @returns each candidate's article, in the order of the candidates
 */
export function identify(
  candidates: Candidate[],
  ledger: Ledger,
  site: { url: string; undated: boolean },
  now: number,
  given?: KnownArticles,
): IdentifiedArticle[] {
  const { authority } = ledger
  const recognised = given?.recognised ?? recognisedByPath(candidates, ledger.entries.values(), authority)
  const here = new Map<string, string>()
  const taken: TakenIds = {
    get: id => here.get(id) ?? (given ? given.holderOf(id) : ledger.entries.get(id)?.path),
    set: (id, path) => here.set(id, path),
  }
  const context = { url: site.url, now, initial: ledger.entries.size === 0 }
  return candidates.map(candidate => {
    const known = recognised.get(candidate.article.path)
    const article = withKnownDate(candidate.article, known)
    const wanted = claimedId(article, authority)
    const isRefused = wanted !== null && wanted !== known?.id
    const diagnostics = isRefused ? claimRefused(article, wanted, known, { taken, authority }) : []
    const id = known?.id ?? freshId(article, wanted, authority, taken)
    taken.set(id, article.path)
    const entry = remembered(candidate, id, known, context)
    const dated = withLastingDate(article, entry, known !== undefined || site.undated)
    const revised = revisedAt(article, entry)
    const { content } = candidate
    const fingerprint =
      content === undefined
        ? undefined
        : fingerprintOf([content, id, revised, dated.published?.epoch ?? null])
    // The entry's texts are the article's own: each is held once.
    const arrived = arrivedAt(dated, entry)
    const own = {
      path: entry.path,
      title: entry.title,
      id,
      revised,
      ...(arrived !== null && { arrived }),
      ...(fingerprint && { fingerprint }),
    }
    return { article: articleWith(dated, own), entry, diagnostics }
  })
}

/** Ids with the paths of their articles. */
interface TakenIds {
  get(id: string): string | undefined
  set(id: string, path: string): void
}

function freshId(article: ParsedArticle, wanted: string | null, authority: string, taken: TakenIds): string {
  if (wanted !== null && taken.get(wanted) === undefined) return wanted
  const parts = article.path.split('/')
  const minted = mintTag(authority, 'file', parts)
  let id = minted
  // Another article had this path before, and its id stays its own.
  for (let number = 2; taken.get(id) !== undefined; number++) id = `${minted}~${number}`
  return id
}

function claimRefused(
  article: ParsedArticle,
  wanted: string,
  known: LedgerEntry | undefined,
  { taken, authority }: { taken: TakenIds; authority: string },
): Diagnostic[] {
  const holder = taken.get(wanted)
  if (holder !== undefined) {
    const outcome = known ? 'this article keeps its own.' : 'this article gets one of its own.'
    return [diagnose('id-taken', article, `"${wanted}" is the id of ${holder} already; ${outcome}`)]
  }
  if (!known || !isClaimContested(article, known.id, authority)) return []
  const message = `The file now gives the id "${wanted}"; subscribers know the article as "${known.id}", which stays.`
  return [diagnose('id-kept', article, message)]
}

/** A date that was published once stays, though the file give none any more (or never gave one: an adopted feed did). */
function withLastingDate(article: ParsedArticle, entry: LedgerEntry, isKept: boolean): ParsedArticle {
  if (article.published || !isKept || !isNews(article)) return article
  const origin = { from: 'derived', confidence: 1, line: null } as const
  return articleWith(article, {
    published: dateOfInstant(entry.published),
    fields: { ...article.fields, published: origin },
  })
}

/** The hour of a day that is all an article's date says; null where its first publication was on another day, or is the date itself. */
function arrivedAt({ published }: ParsedArticle, { first }: LedgerEntry): number | null {
  if (published?.precision !== 'day') return null
  const hour = first - published.epoch
  return hour > 0 && hour < 86_400_000 ? first : null
}

/** `updated` moves only with the words; a date that the article itself gives goes before our own observation. */
function revisedAt(article: ParsedArticle, entry: LedgerEntry): number {
  const published = article.published?.epoch ?? entry.published
  return Math.max(published, article.updated?.epoch ?? entry.revised ?? published)
}

function remembered(
  { article, words, sketch }: Candidate,
  id: string,
  known: LedgerEntry | undefined,
  { url, now, initial }: { url: string; now: number; initial: boolean },
): LedgerEntry {
  const address = publicationPath(article.url, url) ?? article.url
  const page = isNews(article) ? {} : { inFeeds: false as const }
  const current = {
    id,
    path: article.path,
    title: article.title,
    words,
    sketch,
    address,
    withdrawn: null,
    ...page,
  }
  if (!known) {
    const published = article.published?.epoch ?? now
    // A folder that is published for the first time has a past: its own dates are the best that can be known of it.
    const first = initial ? published : Math.max(now, published)
    return { ...current, first, published, dated: null, revised: null, formerAddresses: [], archives: {} }
  }
  const published = withKnownDate(article, known).published?.epoch ?? known.published
  const dated = keepsAdoptedDate(article, known) ? known.dated : null
  const same =
    known.path === article.path &&
    known.title === article.title &&
    known.words === words &&
    known.sketch === sketch &&
    known.address === address &&
    known.withdrawn === null &&
    known.inFeeds === current.inFeeds &&
    known.published === published &&
    known.dated === dated
  // The very entry, so that it is plain to see that nothing changed.
  if (same) return known
  const { inFeeds: _, ...rest } = known
  return {
    ...rest,
    ...current,
    published,
    dated,
    // A clock may be set back; what happened once stays before what happens now.
    revised: known.words === words ? known.revised : Math.max(now, known.revised ?? now),
    formerAddresses: formerAddresses(known, address),
  }
}

/**
 * Where the date of a feed was taken over, it goes before the file's, until the file gives another. And where a file says
 * only when it was updated, that moves no date under which the article was published once.
 */
function withKnownDate(article: ParsedArticle, known: LedgerEntry | undefined): ParsedArticle {
  if (!known || known.published === article.published?.epoch) return article
  if (!keepsAdoptedDate(article, known) && !standsIn(article)) return article
  return articleWith(article, { published: dateOfInstant(known.published) })
}

/** Whether the date is one that stands in for that of the publication, which the file does not give. */
function standsIn({ published, fields }: ParsedArticle): boolean {
  return published !== null && fields.published?.from === 'derived'
}

function keepsAdoptedDate({ published }: ParsedArticle, { dated }: LedgerEntry): boolean {
  return dated !== null && published?.epoch === dated
}

function formerAddresses(known: LedgerEntry, address: string): string[] {
  const former = new Set([
    ...known.formerAddresses,
    ...(known.address.startsWith('/') ? [known.address] : []),
  ])
  former.delete(address)
  return [...former]
}
