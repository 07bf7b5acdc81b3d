import { XmlElement } from '@rgrove/parse-xml'
import { childrenOf, parseDocument } from './xml.ts'

/*
 * Strict judges of the three formats, written from their texts: RFC 4287, RFC 5005, the RSS 2.0 specification with the
 * RSS Advisory Board's profile, and JSON Feed 1.1. Each gives a list of broken rules, empty where there are none, and
 * what a reader makes of the items.
 */

export interface ReadItem {
  id: string
  /** Null: a note that its author gave none. */
  title: string | null
  url: string
  /** Epoch seconds. */
  published: number
  updated: number | null
  body: string | null
}

export interface Judgement {
  problems: string[]
  items: ReadItem[]
}

const atomNamespace = 'http://www.w3.org/2005/Atom'
const rfc3339 = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/
/** RFC 822 §5 with four digits for the year, as RSS asks. */
const rfc822 =
  /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), (\d\d) (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) (\d{4}) (\d\d:\d\d:\d\d) GMT$/
const months = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ')
/** RFC 3986 appendix A, as far as characters go. */
const absoluteUri =
  /^[a-z][a-z\d+.-]*:(?:[\w\-.~!$&'()*+,;=:@/?]|%[\da-f]{2})+(?:#(?:[\w\-.~!$&'()*+,;=:@/?]|%[\da-f]{2})*)?$/i
const webAddress =
  /^https?:\/\/(?:[\w\-.~!$&'()*+,;=:@%]+|(?:[^@/]*@)?\[[\da-f:.]+\](?::\d+)?)(?:[/?#](?:[\w\-.~!$&'()*+,;=:@/?#]|%[\da-f]{2})*)?$/i
const mediaType = /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+(?: *;.*)?$/
const languageTag = /^[a-z]{1,8}(?:-[a-z\d]{1,8})*$/i

class Judge {
  readonly problems: string[] = []

  expect(holds: boolean, problem: string) {
    if (!holds) this.problems.push(problem)
  }

  once(parent: XmlElement, name: string, where: string): XmlElement | undefined {
    const found = childrenOf(parent, name)
    this.expect(found.length === 1, `${where} has ${found.length} <${name}>`)
    return found[0]
  }

  atMostOnce(parent: XmlElement, names: string, where: string) {
    for (const name of names.split(' ')) {
      const count = childrenOf(parent, name).length
      this.expect(count <= 1, `${where} has ${count} <${name}>`)
    }
  }

  /** XML Namespaces 1.0: every prefix declared, one colon a name, no attribute twice. */
  namespaces(root: XmlElement) {
    const walk = (element: XmlElement, outer: Record<string, string>) => {
      const scope = { ...outer }
      for (const [name, value] of Object.entries(element.attributes)) {
        if (name === 'xmlns') scope[''] = value
        else if (name.startsWith('xmlns:')) {
          scope[name.slice(6)] = value
          this.expect(value !== '', `xmlns:${name.slice(6)} is empty`)
        }
      }
      for (const name of [element.name, ...Object.keys(element.attributes)]) {
        const parts = name.split(':')
        this.expect(parts.length <= 2 && parts.every(Boolean), `"${name}" is not a qualified name`)
        if (parts.length === 2 && !/^xml(?:ns)?$/.test(parts[0]!))
          this.expect(Object.hasOwn(scope, parts[0]!), `the prefix of ${name} is not declared`)
      }
      for (const child of element.children) if (child instanceof XmlElement) walk(child, scope)
    }
    walk(root, {})
  }

  instant(text: string | undefined, where: string): number {
    const [, year, month, day] = rfc3339.exec(text ?? '') ?? []
    const epoch = Date.parse(text ?? '')
    this.expect(year !== undefined && !Number.isNaN(epoch), `${where}: "${text}" is not an RFC 3339 date`)
    this.expect(
      Number(day) <= new Date(Date.UTC(2000 + (Number(year) % 400), Number(month), 0)).getUTCDate(),
      `${where}: no such day`,
    )
    return Math.floor(epoch / 1000)
  }

  unique(values: string[], what: string) {
    this.expect(new Set(values).size === values.length, `${what} are not unique`)
  }
}

/** Parses XML strictly; what is ill-formed is the only problem then. */
function readXml(text: string, judge: Judge): XmlElement | null {
  try {
    const root = parseDocument(text)
    judge.namespaces(root)
    return root
  } catch (error) {
    judge.problems.push(`ill-formed: ${(error as Error).message.split('\n')[0]}`)
    return null
  }
}

export function judgeAtom(text: string): Judgement {
  const judge = new Judge()
  const root = readXml(text, judge)
  if (!root) return { problems: judge.problems, items: [] }
  judge.expect(
    root.name === 'feed' && root.attributes.xmlns === atomNamespace,
    'the root is not an Atom feed',
  )
  for (const name of ['id', 'title', 'updated']) judge.once(root, name, 'the feed')
  judge.atMostOnce(root, 'generator icon logo rights subtitle', 'the feed')
  atomCommon(root, judge, 'the feed')
  const self = childrenOf(root, 'link').filter(({ attributes }) => attributes.rel === 'self')
  judge.expect(self.length === 1, 'the feed names itself once')
  const entries = childrenOf(root, 'entry')
  const authored = childrenOf(root, 'author').length > 0
  judge.unique(
    entries.map(entry => childrenOf(entry, 'id')[0]?.text ?? ''),
    'entry ids',
  )
  const items = entries.map((entry, index) => {
    const where = `entry ${index}`
    const id = judge.once(entry, 'id', where)?.text ?? ''
    const title = judge.once(entry, 'title', where)
    const updated = judge.instant(judge.once(entry, 'updated', where)?.text, where)
    const published = judge.instant(judge.once(entry, 'published', where)?.text, where)
    judge.atMostOnce(entry, 'summary content rights source', where)
    judge.expect(updated >= published, `${where} was updated before it was published`)
    judge.expect(
      authored || childrenOf(entry, 'author').length > 0,
      `${where} has no author (RFC 4287 §4.1.2)`,
    )
    atomCommon(entry, judge, where)
    const alternate = childrenOf(entry, 'link').filter(({ attributes }) => attributes.rel === 'alternate')
    judge.expect(alternate.length === 1, `${where} has ${alternate.length} alternate links`)
    const content = childrenOf(entry, 'content')[0]
    // Without content, an alternate link and a summary say what the entry is (RFC 4287 §4.1.2).
    if (content) judge.expect(content.attributes.type === 'html', `${where}: its content is not HTML`)
    else judge.once(entry, 'summary', where)
    return {
      id,
      title: title?.text ?? '',
      url: alternate[0]?.attributes.href ?? '',
      published,
      updated,
      body: content?.text ?? null,
    }
  })
  return { problems: judge.problems, items }
}

function atomCommon(element: XmlElement, judge: Judge, where: string) {
  const id = childrenOf(element, 'id')[0]?.text ?? ''
  judge.expect(absoluteUri.test(id), `${where}: the id "${id.slice(0, 80)}" is not an IRI`)
  judge.instant(childrenOf(element, 'updated')[0]?.text, where)
  judge.expect(languageTag.test(element.attributes['xml:lang'] ?? ''), `${where}: no xml:lang`)
  for (const name of ['title', 'subtitle', 'summary', 'rights'])
    for (const construct of childrenOf(element, name)) {
      judge.expect(childrenOf(construct).length === 0, `${where}: <${name}> holds elements`)
      judge.expect(
        ['text', 'html', undefined].includes(construct.attributes.type),
        `${where}: <${name}> of no type`,
      )
    }
  judge.expect((childrenOf(element, 'title')[0]?.text ?? '').trim() !== '', `${where}: an empty title`)
  for (const person of [...childrenOf(element, 'author'), ...childrenOf(element, 'contributor')]) {
    judge.expect(
      (judge.once(person, 'name', `${where}: an author`)?.text ?? '').trim() !== '',
      `${where}: an empty name`,
    )
    judge.atMostOnce(person, 'uri email', `${where}: an author`)
    for (const uri of childrenOf(person, 'uri'))
      judge.expect(webAddress.test(uri.text), `${where}: uri ${uri.text}`)
    for (const email of childrenOf(person, 'email'))
      judge.expect(/^[^\s@]+@[^\s@]+$/.test(email.text), `${where}: email ${email.text}`)
  }
  for (const { attributes } of childrenOf(element, 'category')) {
    judge.expect(Boolean(attributes.term), `${where}: a category without term`)
    judge.expect(
      attributes.scheme === undefined || absoluteUri.test(attributes.scheme),
      `${where}: scheme ${attributes.scheme}`,
    )
  }
  const links = childrenOf(element, 'link').map(({ attributes }) => attributes)
  for (const { href, rel, type, length } of links) {
    judge.expect(webAddress.test(href ?? ''), `${where}: link ${href}`)
    judge.expect(/^[\w-]+$/.test(rel ?? 'alternate'), `${where}: rel ${rel}`)
    judge.expect(type === undefined || mediaType.test(type), `${where}: type ${type}`)
    judge.expect(length === undefined || /^\d+$/.test(length), `${where}: length ${length}`)
  }
  const alternates = links
    .filter(({ rel }) => rel === 'alternate')
    .map(({ type, hreflang }) => `${type} ${hreflang}`)
  judge.unique(alternates, `${where}: alternate links (RFC 4287 §4.1.1)`)
  for (const element_ of ['icon', 'logo'])
    for (const { text } of childrenOf(element, element_))
      judge.expect(webAddress.test(text), `${where}: ${element_} ${text}`)
}

export function judgeRss(text: string): Judgement {
  const judge = new Judge()
  const root = readXml(text, judge)
  if (!root) return { problems: judge.problems, items: [] }
  judge.expect(root.name === 'rss' && root.attributes.version === '2.0', 'the root is not RSS 2.0')
  judge.expect(childrenOf(root).length === 1, 'the root has more than a channel')
  const channel = judge.once(root, 'channel', 'rss')
  if (!channel) return { problems: judge.problems, items: [] }
  for (const name of ['title', 'link', 'description']) judge.once(channel, name, 'the channel')
  judge.atMostOnce(
    channel,
    'language copyright pubDate lastBuildDate docs generator ttl image',
    'the channel',
  )
  judge.expect(webAddress.test(childrenOf(channel, 'link')[0]?.text ?? ''), 'the channel links nowhere')
  for (const { text } of childrenOf(channel, 'lastBuildDate'))
    judge.expect(!Number.isNaN(rfc822Instant(text)), `lastBuildDate ${text}`)
  for (const { text } of childrenOf(channel, 'ttl')) judge.expect(/^[1-9]\d*$/.test(text), `ttl ${text}`)
  for (const { text } of childrenOf(channel, 'language'))
    judge.expect(languageTag.test(text), `language ${text}`)
  for (const image of childrenOf(channel, 'image'))
    for (const name of ['url', 'title', 'link']) judge.once(image, name, 'the image')
  for (const { attributes } of childrenOf(channel, 'atom:link'))
    judge.expect(webAddress.test(attributes.href ?? ''), `atom:link ${attributes.href}`)
  const elements = childrenOf(channel, 'item')
  judge.unique(
    elements.map(item => childrenOf(item, 'guid')[0]?.text ?? ''),
    'guids',
  )
  const items = elements.map((item, index) => {
    const where = `item ${index}`
    const guid = judge.once(item, 'guid', where)
    const link = judge.once(item, 'link', where)?.text ?? ''
    judge.atMostOnce(item, 'title', where)
    const title = childrenOf(item, 'title')[0]?.text ?? null
    const date = judge.once(item, 'pubDate', where)?.text ?? ''
    judge.once(item, 'description', where)
    judge.atMostOnce(item, 'author comments enclosure source content:encoded', where)
    judge.expect(webAddress.test(link), `${where}: link ${link}`)
    // At least one of both (RSS 2.0, elements of <item>).
    judge.expect(
      title?.trim() !== '' && (title !== null || childrenOf(item, 'description').length > 0),
      `${where}: an empty title, or neither title nor description`,
    )
    const published = rfc822Instant(date)
    judge.expect(!Number.isNaN(published), `${where}: pubDate ${date}`)
    judge.expect((guid?.text ?? '').trim() !== '', `${where}: an empty guid`)
    if (guid?.attributes.isPermaLink !== 'false')
      judge.expect(webAddress.test(guid?.text ?? ''), `${where}: guid is not a permalink`)
    const names = childrenOf(item).map(({ name }) => name)
    if (names.includes('content:encoded'))
      judge.expect(
        names.indexOf('description') < names.indexOf('content:encoded'),
        `${where}: the body before the summary`,
      )
    for (const { attributes } of childrenOf(item, 'enclosure')) {
      judge.expect(webAddress.test(attributes.url ?? ''), `${where}: enclosure ${attributes.url}`)
      judge.expect(
        /^\d+$/.test(attributes.length ?? ''),
        `${where}: enclosure of length ${attributes.length}`,
      )
      judge.expect(mediaType.test(attributes.type ?? ''), `${where}: enclosure of type ${attributes.type}`)
    }
    for (const name of ['media:content', 'media:thumbnail', 'source'])
      for (const { attributes } of childrenOf(item, name))
        judge.expect(webAddress.test(attributes.url ?? ''), `${where}: ${name} ${attributes.url}`)
    for (const category of childrenOf(item, 'category'))
      judge.expect(category.text.trim() !== '', `${where}: an empty category`)
    for (const creator of childrenOf(item, 'dc:creator'))
      judge.expect(creator.text.trim() !== '', `${where}: an empty creator`)
    return {
      id: guid?.text ?? '',
      title,
      url: link,
      published,
      updated: null,
      body: childrenOf(item, 'content:encoded')[0]?.text ?? null,
    }
  })
  return { problems: judge.problems, items }
}

/** Epoch seconds; NaN where it is not a date, or another day of the week. `Date.parse` reads the year 33 as 1933. */
function rfc822Instant(text: string): number {
  const [, day, month = '', year, time] = rfc822.exec(text) ?? []
  const epoch = Date.parse(`${year}-${String(months.indexOf(month) + 1).padStart(2, '0')}-${day}T${time}Z`)
  return new Date(epoch).toUTCString() === text ? epoch / 1000 : Number.NaN
}

type Shape = Record<string, (value: unknown) => boolean>
const isText = (value: unknown) => typeof value === 'string' && value !== ''
const isAnyText = (value: unknown) => typeof value === 'string'
const isAddress = (value: unknown) => typeof value === 'string' && webAddress.test(value)
const isLanguage = (value: unknown) => typeof value === 'string' && languageTag.test(value)
const isDate = (value: unknown) =>
  typeof value === 'string' && rfc3339.test(value) && !Number.isNaN(Date.parse(value))
const isCount = (value: unknown) => Number.isSafeInteger(value) && (value as number) >= 0
const isListOf = (test: (value: unknown) => boolean) => (value: unknown) =>
  Array.isArray(value) && value.length > 0 && value.every(test)
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const hasShape = (shape: Shape, required: string[]) => (value: unknown) =>
  isRecord(value) &&
  required.every(key => key in value) &&
  Object.entries(value).every(([key, entry]) => shape[key]?.(entry) ?? false)

const authorShape = (value: unknown) =>
  hasShape({ name: isText, url: isAddress, avatar: isAddress }, [])(value) &&
  Object.keys(value as object).length > 0
const feedShape: Shape = {
  version: value => value === 'https://jsonfeed.org/version/1.1',
  title: isText,
  home_page_url: isAddress,
  feed_url: isAddress,
  description: isText,
  user_comment: isText,
  next_url: isAddress,
  icon: isAddress,
  favicon: isAddress,
  authors: isListOf(authorShape),
  language: isLanguage,
  expired: value => typeof value === 'boolean',
  hubs: isListOf(hasShape({ type: isText, url: isAddress }, ['type', 'url'])),
  items: Array.isArray,
}
const itemShape: Shape = {
  id: isText,
  url: isAddress,
  external_url: isAddress,
  title: isText,
  content_html: isAnyText,
  content_text: isAnyText,
  summary: isText,
  image: isAddress,
  banner_image: isAddress,
  date_published: isDate,
  date_modified: isDate,
  authors: isListOf(authorShape),
  tags: value => Array.isArray(value) && value.every(isText),
  language: isLanguage,
  attachments: isListOf(
    hasShape(
      {
        url: isAddress,
        mime_type: value => typeof value === 'string' && mediaType.test(value),
        title: isText,
        size_in_bytes: isCount,
        duration_in_seconds: isCount,
      },
      ['url', 'mime_type'],
    ),
  ),
}

/** Every key known or an extension, every value of its type: stricter than the specification, which ignores what it doesn't know. */
export function judgeJsonFeed(text: string): Judgement {
  const judge = new Judge()
  let feed: unknown
  try {
    feed = JSON.parse(text)
  } catch (error) {
    return { problems: [`no JSON: ${(error as Error).message}`], items: [] }
  }
  judge.expect(
    text.isWellFormed() && !/\\u(?:d[89a-f]|fff[ef]|00[01])/i.test(text.replaceAll('\\\\', '')),
    'characters that no document may hold',
  )
  checkShape(feed, feedShape, ['version', 'title', 'items'], 'the feed', judge)
  if (!isRecord(feed) || !Array.isArray(feed.items)) return { problems: judge.problems, items: [] }
  judge.unique(
    feed.items.map(item => String(item.id)),
    'item ids',
  )
  const items = feed.items.map((item: Record<string, unknown>, index) => {
    const where = `item ${index}`
    checkShape(item, itemShape, ['id', 'url', 'date_published', 'date_modified'], where, judge)
    judge.expect('content_html' in item || 'content_text' in item, `${where} has no content`)
    return {
      id: String(item.id),
      title: typeof item.title === 'string' ? item.title : null,
      url: String(item.url),
      published: Math.floor(Date.parse(String(item.date_published)) / 1000),
      updated: Math.floor(Date.parse(String(item.date_modified)) / 1000),
      body: typeof item.content_html === 'string' ? item.content_html : null,
    }
  })
  return { problems: judge.problems, items }
}

function checkShape(value: unknown, shape: Shape, required: string[], where: string, judge: Judge) {
  if (!isRecord(value)) return judge.problems.push(`${where} is not an object`)
  for (const key of required) judge.expect(key in value, `${where} has no ${key}`)
  for (const [key, entry] of Object.entries(value)) {
    if (/^_[a-z]/i.test(key)) judge.expect(isRecord(entry), `${where}: the extension ${key} is not an object`)
    else
      judge.expect(
        shape[key]?.(entry) ?? false,
        `${where}: ${key} is ${JSON.stringify(entry)?.slice(0, 100)}`,
      )
  }
  return undefined
}

/** What the three documents of one collection say differently. */
export function disagreements(rss: ReadItem[], atom: ReadItem[], json: ReadItem[]): string[] {
  const judge = new Judge()
  judge.expect(
    rss.length === atom.length && atom.length === json.length,
    `${rss.length}, ${atom.length}, ${json.length} items`,
  )
  json.forEach((item, index) => {
    const [r, a] = [rss[index], atom[index]]
    if (!r || !a) return
    judge.expect(r.id === item.id, `item ${index}: ids ${r.id} and ${item.id}`)
    judge.expect(
      a.id === item.id ||
        ((!absoluteUri.test(item.id) || /^(?:tag|urn|https?):/i.test(item.id)) && a.id.includes(':guid/')),
      `item ${index}: ids ${a.id} and ${item.id}`,
    )
    // Atom alone must have a title (RFC 4287 §4.1.2): a note without one has its first words there.
    judge.expect(
      r.title === item.title && (item.title === null || a.title === item.title),
      `item ${index}: title is ${r.title}, ${a.title}, ${item.title}`,
    )
    for (const key of ['url', 'published'] as const)
      judge.expect(
        r[key] === item[key] && a[key] === item[key],
        `item ${index}: ${key} is ${r[key]}, ${a[key]}, ${item[key]}`,
      )
    judge.expect(a.updated === item.updated, `item ${index}: updated is ${a.updated}, ${item.updated}`)
    const html = item.body?.replaceAll(']]>', ']]&gt;')
    judge.expect(
      r.body === a.body && (html === undefined || lineEnds(html) === a.body),
      `item ${index}: bodies differ`,
    )
  })
  return judge.problems
}

/** An XML parser reads CR and CR LF as LF (XML 1.0 §2.11). */
const lineEnds = (text: string) => text.replace(/\r\n?/g, '\n')

export function judgeOpml(text: string): string[] {
  const judge = new Judge()
  const root = readXml(text, judge)
  if (!root) return judge.problems
  judge.expect(root.name === 'opml' && root.attributes.version === '2.0', 'the root is not OPML 2.0')
  const body = judge.once(root, 'body', 'opml')
  judge.once(root, 'head', 'opml')
  // An outline with others below it is a folder of subscriptions, which has a name and no address.
  const outlines = (body ? childrenOf(body) : []).flatMap(outline => {
    const below = childrenOf(outline)
    if (below.length === 0) return [outline]
    judge.expect((outline.attributes.text ?? '').trim() !== '', 'a folder without text')
    return below
  })
  for (const { name, attributes } of outlines) {
    judge.expect(name === 'outline' && attributes.type === 'rss', `<${name}> of type ${attributes.type}`)
    judge.expect((attributes.text ?? '').trim() !== '', 'an outline without text')
    for (const key of ['xmlUrl', 'htmlUrl'])
      judge.expect(webAddress.test(attributes[key] ?? ''), `${key} ${attributes[key]}`)
  }
  return judge.problems
}

export function judgeSitemap(text: string): string[] {
  const judge = new Judge()
  const root = readXml(text, judge)
  if (!root) return judge.problems
  judge.expect(root.attributes.xmlns === 'http://www.sitemaps.org/schemas/sitemap/0.9', 'no sitemap')
  const entries = childrenOf(root)
  judge.expect(entries.length <= 50_000, `${entries.length} addresses`)
  for (const entry of entries) {
    const location = judge.once(entry, 'loc', entry.name)?.text ?? ''
    judge.expect(webAddress.test(location) && location.length < 2048, `loc ${location}`)
    for (const { text } of childrenOf(entry, 'lastmod')) judge.instant(text, location)
  }
  return judge.problems
}
