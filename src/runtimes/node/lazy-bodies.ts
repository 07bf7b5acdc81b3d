import type { DatabaseSync } from 'node:sqlite'
import type { ParsedArticle } from '../../model/article.ts'
import type { Body } from '../../publish/reading-cache.ts'
import type { DatabaseWriter } from './reading-database.ts'

/** Bodies of articles in a database, under the fingerprint of everything the article says. */
export interface LazyBodies {
  /** Whether the body is kept here now: in memory, until it is in the database. */
  take(body: Body, content: string): boolean
  /** An article whose `html` and `text` are read when they are asked for. */
  lend(article: Omit<ParsedArticle, 'html' | 'text'>, content: string): ParsedArticle
  /** Writes what is in memory only. */
  flush(): void
}

/** Bodies kept at hand: all formats and the page of an article are made in one go. */
const atHand = 16

/** UTF-16 units of bodies that are written together, and that wait where they can't be written. */
const writtenTogether = 4_000_000
const maxWaiting = 64_000_000

/** The table `bodies` is there. @param readAgain reads a body from the article's file */
export function createLazyBodies(
  database: DatabaseSync,
  writer: DatabaseWriter,
  readAgain: (path: string, content: string) => Body | null,
): LazyBodies {
  const put = database.prepare('INSERT OR IGNORE INTO bodies (content, html, text) VALUES (?, ?, ?)')
  const find = database.prepare('SELECT html, text FROM bodies WHERE content = ?')
  const recent = new Map<string, Body>()
  const waiting = new Map<string, Body>()
  let waitingUnits = 0
  let triedAt = writtenTogether

  function flush(): void {
    if (waiting.size === 0) return
    const isWritten = writer.write(() => {
      for (const [content, { html, text }] of waiting) put.run(content, html, text)
    })
    if (isWritten) {
      waiting.clear()
      waitingUnits = 0
    }
    triedAt = waitingUnits + writtenTogether
  }

  function kept(content: string): Body | undefined {
    try {
      return find.get(content) as Body | undefined
    } catch {
      return undefined
    }
  }

  function bodyOf(path: string, content: string): Body {
    const known = recent.get(content) ?? waiting.get(content)
    if (known) return known
    const found = kept(content) ?? readAgain(path, content)
    if (!found)
      throw new Error(`The text of ${path} is not kept any more, and the file says something else by now.`)
    recent.set(content, found)
    for (const oldest of recent.keys()) {
      if (recent.size <= atHand) break
      recent.delete(oldest)
    }
    return found
  }

  // One pair of functions for all, defined after everything else: thus all articles have one hidden class, and no
  // closures of their own.
  const accessors: PropertyDescriptorMap & ThisType<{ bodyKey: string; path: string }> = {
    html: {
      get() {
        return bodyOf(this.path, this.bodyKey).html
      },
      enumerable: true,
      configurable: true,
    },
    text: {
      get() {
        return bodyOf(this.path, this.bodyKey).text
      },
      enumerable: true,
      configurable: true,
    },
  }

  return {
    take({ html, text }, content) {
      // What can't be written, and is too much to wait, stays in its article.
      if (waitingUnits > maxWaiting) return false
      waiting.set(content, { html, text })
      waitingUnits += html.length + text.length
      if (waitingUnits >= triedAt) flush()
      return true
    },
    lend(article, content) {
      const { html: _, text: __, ...others } = article as ParsedArticle
      return Object.defineProperties({ ...others, bodyKey: content }, accessors) as unknown as ParsedArticle
    },
    flush,
  }
}
