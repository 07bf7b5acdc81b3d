import type { DatabaseSync } from 'node:sqlite'
import type { ParsedArticle } from '../../model/article.ts'
import type { FileReading } from '../../publish/read-articles.ts'
import type { SharedValues } from './shared-values.ts'

/** Bodies of articles in a database, under the fingerprint of everything the article says. */
export interface BodyShelf {
  /** Puts a new reading's body into the database, and has its article read it from there. */
  take(reading: FileReading): void
  /** An article whose `html` and `text` are read when they are asked for, and which shares what others have too. */
  lend(article: Omit<ParsedArticle, 'html' | 'text'>, content: string): ParsedArticle
}

interface Body {
  html: string
  text: string
}

/** Bodies kept at hand: all formats and the page of an article are made in one go. */
const atHand = 16

/** Readings between two commits: what was done is kept if the process ends, and a commit costs little for each. */
const perCommit = 1_000

/** A lent article, with what its body lies under in the database. */
type Lent = ParsedArticle & { bodyKey?: string }

/** The table `bodies` is there. */
export function createBodyShelf(database: DatabaseSync, shared: SharedValues): BodyShelf {
  const put = database.prepare('INSERT OR IGNORE INTO bodies (content, html, text) VALUES (?, ?, ?)')
  const find = database.prepare('SELECT html, text FROM bodies WHERE content = ?')
  const recent = new Map<string, Body>()
  let uncommitted = 0

  function bodyOf(content: string): Body {
    const known = recent.get(content)
    if (known) return known
    const found = find.get(content) as Body | undefined
    if (!found) throw new Error(`the cache has lost the body ${content}`)
    recent.set(content, found)
    if (recent.size > atHand) recent.delete(recent.keys().next().value!)
    return found
  }

  // One pair of functions for all, defined after everything else: thus all articles have one hidden class, and no
  // closures of their own.
  const accessors: PropertyDescriptorMap & ThisType<{ bodyKey: string }> = {
    html: {
      get() {
        return bodyOf(this.bodyKey).html
      },
      enumerable: true,
      configurable: true,
    },
    text: {
      get() {
        return bodyOf(this.bodyKey).text
      },
      enumerable: true,
      configurable: true,
    },
  }

  function lend(article: Omit<ParsedArticle, 'html' | 'text'>, content: string): ParsedArticle {
    const { html: _, text: __, ...others } = article as ParsedArticle
    const described = { ...shared.thrifty(others), bodyKey: content }
    return Object.defineProperties(described, accessors) as unknown as Lent
  }

  return {
    lend,
    take(reading) {
      const { article, digests } = reading
      if (!article || !digests || 'bodyKey' in article) return
      if (!database.isTransaction) database.exec('BEGIN IMMEDIATE')
      put.run(digests.content, article.html, article.text)
      reading.article = lend(article, digests.content)
      if (++uncommitted % perCommit === 0) database.exec('COMMIT')
    },
  }
}
