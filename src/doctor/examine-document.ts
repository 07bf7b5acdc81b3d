import type { OutgoingAnswer } from '../model/outgoing.ts'
import { beforeFirst } from '../text/before-first.ts'
import { captures } from '../text/captures.ts'
import { fullWeekdayNames, shortMonthNames } from '../text/english-calendar.ts'
import { jsonRefusal, xmlRefusal } from './document-limits.ts'
import { type FeedOutline, type OutlinedItem, outlineJson, outlineXml } from './feed-outline.ts'
import { placeOf, readText } from './feed-text.ts'
import { listSome, type Report } from './finding.ts'
import { parseTree } from './xml-tree.ts'

/** A little patience with clocks that differ. */
const day = 86_400_000

/** Reads a document as a strict reader does and finds its faults; null where it can't be read, or is not a feed. */
export function examineDocument(answer: OutgoingAnswer, now: number, report: Report): FeedOutline | null {
  const outline = feedOutlineOf(answer, report)
  if (!outline) return null
  examineFeed(outline, answer.url, report)
  examineItems(outline, answer.url, now, report)
  return outline
}

/** Whether something is meant to be a feed, however broken it may be. */
export function looksLikeFeed({ headers, body }: OutgoingAnswer): boolean {
  const start = new TextDecoder().decode(body.subarray(0, 4000)).replaceAll('\\/', '/')
  if (/<(?:\w+:)?(?:rss|feed|RDF)[\s>]/.test(start) || /^\s*\{[\s\S]*jsonfeed\.org/.test(start)) return true
  return /^application\/(?:rss\+xml|atom\+xml|rdf\+xml|feed\+json)/i.test(headers['content-type'] ?? '')
}

export function feedOutlineOf(answer: OutgoingAnswer, report: Report): FeedOutline | null {
  if (answer.cut) return null
  const text = readText(answer, report)
  return /^\s*[{[]/.test(text) ? readJson(text, answer.url, report) : readXml(text, answer.url, report)
}

function readJson(text: string, url: string, report: Report): FeedOutline | null {
  const refusal = jsonRefusal(text)
  if (refusal) report('json-invalid', url, refusal)
  if (refusal) return null
  try {
    const outline = outlineJson(JSON.parse(text))
    if (!outline) report('json-invalid', url, '"version" names no version of JSON Feed.')
    return outline
  } catch (error) {
    report('json-invalid', url, `${error instanceof Error ? error.message : error}.`)
    return null
  }
}

function readXml(text: string, url: string, report: Report): FeedOutline | null {
  const declaration = text.search(/<\?xml\s/)
  const late = declaration > 0 && text.slice(0, declaration) !== '\uFEFF'
  if (late) report('xml-late', url, `The declaration is at ${placeOf(text, declaration).toLowerCase()}.`)
  try {
    const refusal = xmlRefusal(text)
    if (refusal) throw new Error(refusal)
    const root = parseTree(late ? text.slice(declaration) : text)
    const outline = root && outlineXml(root)
    if (!outline) report('feed-incomplete', url, `The document is a <${root?.name}>, not a feed.`)
    return outline
  } catch (error) {
    const message =
      error instanceof RangeError
        ? 'Its elements lie too deep in each other'
        : beforeFirst(error instanceof Error ? error.message : String(error), '\n')
    report('xml-ill-formed', url, `${message.replace(/\.$/, '')}.`)
    return null
  }
}

function examineFeed({ format, lacking, items, self }: FeedOutline, url: string, report: Report): void {
  if (lacking.length > 0) report('feed-incomplete', url, `This ${format} feed has no ${listSome(lacking)}.`)
  if (items.length === 0) report('feed-empty', url, 'It has 0 items.')
  if (self === null) report('self-missing', url, `The ${format} feed has none.`)
  else if (!sameAddress(self, url)) report('self-wrong', url, `It says ${self}; this is ${url}.`)
}

/** On this machine a publication is looked at before it is public: there its host may be another. */
function sameAddress(self: string, url: string): boolean {
  const [given, asked] = [URL.parse(self), URL.parse(url)]
  if (!given || !asked) return false
  if (given.href === asked.href) return true
  const local = /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(asked.hostname)
  return local && given.host !== asked.host && given.pathname.endsWith(asked.pathname)
}

function examineItems({ items }: FeedOutline, url: string, now: number, report: Report): void {
  const which = (wrong: OutlinedItem[]) =>
    `${wrong.length} of ${items.length}: ${listSome(wrong.map(itemLabel))}.`
  const reportItems = (code: Parameters<Report>[0], wrong: OutlinedItem[]) => {
    if (wrong.length > 0) report(code, url, which(wrong))
  }
  const reportExample = (code: Parameters<Report>[0], faultIn: (item: OutlinedItem) => string | null) => {
    const wrong = items.filter(item => faultIn(item) !== null)
    const [first] = wrong
    if (first) report(code, url, `${which(wrong).slice(0, -1)} ("${faultIn(first)}").`)
  }
  reportItems(
    'id-missing',
    items.filter(({ id }) => id === null),
  )
  const seen = new Set<string>()
  reportItems(
    'id-duplicate',
    items.filter(({ id }) => id !== null && seen.size === seen.add(id).size),
  )
  reportItems(
    'guid-no-address',
    items.filter(({ id, idIsAddress }) => idIsAddress && !/^[a-z][a-z\d+.-]*:/i.test(id ?? '')),
  )
  reportItems(
    'date-missing',
    items.filter(({ dates }) => dates.length === 0),
  )
  reportExample('date-invalid', wrongDateOf)
  reportItems(
    'date-future',
    items.filter(({ dates }) => Date.parse(dates[0] ?? '') > now + day),
  )
  reportItems(
    'item-empty',
    items.filter(({ title, content }) => title === null && content === ''),
  )
  reportExample('link-relative', relativeAddressIn)
}

const itemLabel = ({ title, url, id }: OutlinedItem) =>
  `"${(title ?? url ?? id ?? 'without title').slice(0, 60)}"`

function wrongDateOf({ dates, dateForm }: OutlinedItem): string | null {
  const valid = dateForm === 'RFC 822' ? isRfc822 : isRfc3339
  return dates.find(date => !valid(date)) ?? null
}

const weekday = fullWeekdayNames.map(name => name.slice(0, 3)).join('|')
const rfc822Date = new RegExp(
  `^(?:(?:${weekday}),\\s+)?\\d{1,2}\\s+(?:${shortMonthNames.join('|')})\\s+\\d{2,4}\\s+\\d\\d:\\d\\d(?::\\d\\d)?\\s+(?:[A-Z]{1,5}|[+-]\\d{4})$`,
)

/** RFC 822 §5 with the four-digit years of RFC 1123. */
function isRfc822(date: string): boolean {
  return rfc822Date.test(date) && !Number.isNaN(Date.parse(date))
}

function isRfc3339(date: string): boolean {
  return (
    /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(?:\.\d+)?(?:[Zz]|[+-]\d\d:\d\d)$/.test(date) &&
    !Number.isNaN(Date.parse(date))
  )
}

/** The first address of an item that stands on no ground of its own. Atom resolves its links by xml:base, but its HTML by nothing sure. */
function relativeAddressIn({ url, content, enclosures }: OutlinedItem): string | null {
  const isRelative = (address: string) => address !== '' && !/^(?:[a-z][a-z\d+.-]*:|#)/i.test(address.trim())
  const inside = [
    ...content.matchAll(
      /<(?:a|img|audio|video|source|iframe)\b[^>]*?\s(?:href|src)\s*=\s*["']([^"']*)["']/gi,
    ),
  ]
  const addresses = [
    url ?? '',
    ...enclosures.map(file => file.url),
    ...inside.flatMap(match => captures(match, 1)),
  ]
  return addresses.find(isRelative) ?? null
}
