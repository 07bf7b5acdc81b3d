import type { ParsedArticle } from '../../model/article.ts'
import type { ReadAgain } from '../../publish/reading-cache.ts'
import { createLruCache } from '../../text/lru-cache.ts'
import type { Interning } from './interning.ts'
import type { DatabaseWriter } from './reading-database.ts'
import type { DatabaseSync } from './sqlite.ts'

/**
 * Articles most of which lies in a database, under the fingerprint of everything that they say: at hand is what the look
 * at a whole folder asks of each of them, all else is read when it is asked for.
 */
export interface StoredArticles {
  /** Whether the rest is kept here now: in memory, until it is in the database. */
  take(article: ParsedArticle, content: string): boolean
  /** An article whose rest is kept here. */
  lend(atHand: AtHand, path: string, content: string): ParsedArticle
  /** Writes what is in memory only. */
  flush(): void
}

const places = {
  path: 'elsewhere',
  format: 'at hand',
  title: 'at hand',
  kicker: 'in the rest',
  section: 'at hand',
  standfirst: 'in the rest',
  summary: 'in the rest',
  authors: 'at hand',
  agency: 'in the rest',
  dateline: 'in the rest',
  published: 'at hand',
  updated: 'at hand',
  expires: 'at hand',
  source: 'at hand',
  sourceId: 'at hand',
  guid: 'at hand',
  language: 'at hand',
  // What leads to the articles before and after names it too.
  direction: 'at hand',
  html: 'in the body',
  text: 'in the body',
  tags: 'at hand',
  url: 'at hand',
  externalUrl: 'in the rest',
  aliases: 'at hand',
  image: 'in the rest',
  enclosures: 'at hand',
  // Every list of paths asks whether there are chapters.
  episode: 'at hand',
  media: 'at hand',
  status: 'at hand',
  inFeeds: 'at hand',
  extra: 'in the rest',
  fields: 'in the rest',
  dropped: 'in the rest',
} as const satisfies Record<keyof ParsedArticle, string>

type Places = typeof places
type FieldsOf<Place> = { [name in keyof Places]: Places[name] extends Place ? name : never }[keyof Places]
const names = Object.keys(places) as (keyof Places)[]
const restNames = names.filter(name => places[name] === 'in the rest')
const handNames = names.filter(name => places[name] === 'at hand')

/** What a row says of an article: fields that say nothing are left out. */
export type AtHand = Partial<Pick<ParsedArticle, FieldsOf<'at hand'>>>
type Rest = Partial<Pick<ParsedArticle, FieldsOf<'in the rest'>>>
type Body = Pick<ParsedArticle, 'html' | 'text'>
type Stored = Body & { rest: Rest }
type StoredRow = Body & { rest: string }

/** Articles whose bodies are kept: those of a feed or an archive, whose formats and page are made in one go. */
const keptBodies = 64
/** All else has a tenth of the size, and lists ask for it that have none of the bodies. */
const keptRests = 2_000

const restOf = (article: ParsedArticle): Rest =>
  Object.fromEntries(restNames.map(name => [name, article[name]]))

/** UTF-16 units of bodies that are written together, and that wait where they can't be written. */
const writtenTogether = 4_000_000
const maxWaiting = 64_000_000

/** The table `bodies` is there. @param readAgain reads an article from its file */
export function createStoredArticles(
  database: DatabaseSync,
  writer: DatabaseWriter,
  interning: Interning,
  readAgain: ReadAgain,
): StoredArticles {
  const waiting = createWaitingRows(database, writer)
  const StoredArticle = storedArticles(interning, createReader(database, waiting, readAgain))
  return {
    take: waiting.take,
    lend: (atHand, path, content) => new StoredArticle(path, atHand, content) as unknown as ParsedArticle,
    flush: waiting.flush,
  }
}

interface WaitingRows extends Pick<StoredArticles, 'take' | 'flush'> {
  get(content: string): StoredRow | undefined
}

/** Rows on their way to the database, many in one transaction. */
function createWaitingRows(database: DatabaseSync, writer: DatabaseWriter): WaitingRows {
  const put = database.prepare('INSERT OR IGNORE INTO bodies (content, html, text, rest) VALUES (?, ?, ?, ?)')
  const waiting = new Map<string, StoredRow>()
  let waitingUnits = 0
  let triedAt = writtenTogether

  function flush(): void {
    if (waiting.size === 0) return
    const isWritten = writer.write(() => {
      for (const [content, { html, text, rest }] of waiting) put.run(content, html, text, rest)
    })
    if (isWritten) {
      waiting.clear()
      waitingUnits = 0
    }
    triedAt = waitingUnits + writtenTogether
  }

  return {
    take(article, content) {
      // What can't be written, and is too much to wait, stays in its article.
      if (waitingUnits > maxWaiting) return false
      const { html, text } = article
      const rest = JSON.stringify(restOf(article))
      waiting.set(content, { html, text, rest })
      waitingUnits += html.length + text.length + rest.length
      if (waitingUnits >= triedAt) flush()
      return true
    },
    flush,
    get: content => waiting.get(content),
  }
}

/** What reads of an article what is not at hand. @throws where nobody has kept it, and its file says something else by now */
interface StoredReader {
  body(article: StoredPlace): Body
  rest(article: StoredPlace): Rest
}

interface StoredPlace {
  path: string
  bodyKey: string
}

function createReader(database: DatabaseSync, waiting: WaitingRows, readAgain: ReadAgain): StoredReader {
  const find = database.prepare('SELECT html, text, rest FROM bodies WHERE content = ?')
  const bodies = createLruCache<string, Body>(keptBodies)
  const rests = createLruCache<string, Rest>(keptRests)

  function kept(content: string): Stored | undefined {
    try {
      const row = waiting.get(content) ?? (find.get(content) as StoredRow | undefined)
      return row && { html: row.html, text: row.text, rest: JSON.parse(row.rest) }
    } catch {
      return undefined
    }
  }

  function anew(path: string, content: string): Stored | null {
    const article = readAgain(path, content)
    return article && { html: article.html, text: article.text, rest: restOf(article) }
  }

  function read({ path, bodyKey }: StoredPlace): Stored {
    const found = kept(bodyKey) ?? anew(path, bodyKey)
    if (!found)
      throw new Error(`The text of ${path} is not kept any more, and the file says something else by now.`)
    bodies.set(bodyKey, found)
    rests.set(bodyKey, found.rest)
    return found
  }

  return {
    body: article => bodies.get(article.bodyKey) ?? read(article),
    rest: article => rests.get(article.bodyKey) ?? read(article).rest,
  }
}

/**
 * The class of articles whose rest is read so. What is at hand is their own; all else is read by accessors of the prototype, so
 * that all of them have one hidden class and nothing of their own for it.
 */
function storedArticles({ text, texts, list, date }: Interning, reader: StoredReader) {
  class StoredArticle implements AtHand {
    readonly path: string
    readonly format: ParsedArticle['format']
    readonly title: string
    readonly section: string | null
    readonly authors: ParsedArticle['authors']
    readonly published: ParsedArticle['published']
    readonly updated: ParsedArticle['updated']
    readonly expires: ParsedArticle['expires']
    readonly source: string | null
    readonly sourceId: string | null
    readonly guid: string | null
    readonly language: string | null
    readonly direction: ParsedArticle['direction']
    readonly tags: string[]
    readonly url: string
    readonly aliases: string[]
    readonly enclosures: ParsedArticle['enclosures']
    readonly episode: ParsedArticle['episode']
    readonly media: string[]
    readonly status: ParsedArticle['status']
    readonly inFeeds: ParsedArticle['inFeeds']
    readonly bodyKey: string

    constructor(path: string, given: AtHand, content: string) {
      this.path = path
      this.format = text(given.format ?? 'markdown')
      this.title = given.title ?? ''
      this.section = text(given.section ?? null)
      this.authors = list(given.authors)
      this.published = date(given.published)
      this.updated = date(given.updated)
      this.expires = date(given.expires)
      this.source = text(given.source ?? null)
      this.sourceId = given.sourceId ?? null
      this.guid = given.guid ?? null
      this.language = text(given.language ?? null)
      this.direction = text(given.direction ?? 'ltr')
      this.tags = texts(given.tags)
      this.url = given.url ?? ''
      this.aliases = list(given.aliases)
      this.enclosures = list(given.enclosures)
      this.episode = given.episode
      this.media = list(given.media)
      this.status = text(given.status ?? 'published')
      this.inFeeds = given.inFeeds
      this.bodyKey = content
    }

    /** As one that has all of it at hand. */
    toJSON(): object {
      const { bodyKey: _, ...own } = this
      const { html, text } = reader.body(this)
      return { ...reader.rest(this), html, text, ...own }
    }
  }
  readElsewhere(StoredArticle.prototype, reader)
  return StoredArticle
}

function readElsewhere(prototype: object, reader: StoredReader): void {
  const define = (name: string, read: (article: StoredPlace) => unknown) =>
    Object.defineProperty(prototype, name, {
      get(this: StoredPlace) {
        return read(this)
      },
    })
  for (const name of ['html', 'text'] as const) define(name, article => reader.body(article)[name])
  for (const name of restNames) define(name, article => reader.rest(article)[name as keyof Rest])
}

/** What is to be at hand of an article, without what is empty. */
export function atHandOf(article: ParsedArticle): AtHand {
  const atHand: Record<string, unknown> = {}
  for (const name of handNames) {
    const value = article[name]
    const isEmpty = value === null || value === undefined || (Array.isArray(value) && value.length === 0)
    if (!isEmpty) atHand[name] = value
  }
  return atHand
}
