import type { Article, ParsedArticle } from '../model/article.ts'
import type { Site } from '../model/site.ts'
import type { MediaFile } from '../model/snapshot.ts'
import { type ArticleRecord, isParsedArticle, readArticleRecord } from '../parse/article-record.ts'
import { sanitizeArticle } from '../parse/sanitize-article.ts'
import { contentDigest, type FileReading } from './file-reading.ts'
import type { KeyedChanges } from './keyed-changes.ts'

/** An article at hand: as a program has it, or as `parseFile` gives it. */
export type GivenArticle = ArticleRecord | ParsedArticle | Article

/** Articles that are at hand, in place of a folder. */
export interface GivenArticles {
  /** Those of now: read at each publication. Those without an id of their own get one from something permanent, as in a folder. */
  readonly articles: readonly GivenArticle[]
  /** Files that the articles refer to, at their paths below `/media/`. */
  media: readonly MediaFile[]
}

/** The articles as if they had been read: each look tells what is other than at the one before. An article is other where it is another object. */
export function createGivenReadings(given: GivenArticles, site: Site): () => KeyedChanges<FileReading> {
  let before = new Map<string, FileReading>()
  let known = new Map<GivenArticle, FileReading>()
  return () => {
    const taken = new Map<string, number>()
    const now = new Map<string, FileReading>()
    const read = new Map<GivenArticle, FileReading>()
    for (const [place, article] of given.articles.entries()) {
      const reading = known.get(article) ?? readGiven(article, place, given, site)
      const path = reading.file.path.replace(duplicate, '')
      const count = (taken.get(path) ?? 0) + 1
      taken.set(path, count)
      // Nobody forbids two articles of one path: each is a reading of its own.
      const own = count === 1 ? path : `${path}#${count}`
      const placed =
        own === reading.file.path ? reading : { ...reading, file: { ...reading.file, path: own } }
      now.set(own, placed)
      // The same object twice is two articles, and only one of them is remembered.
      if (typeof article === 'object' && article !== null && count === 1) read.set(article, placed)
    }
    const set = new Map([...now].filter(([path, reading]) => before.get(path) !== reading))
    const removed = new Set([...before.keys()].filter(path => !now.has(path)))
    before = now
    known = read
    return { set, removed }
  }
}

const duplicate = /#\d+$/

function readGiven(given: GivenArticle, place: number, { media }: GivenArticles, site: Site): FileReading {
  const { path, article, diagnostics } = isParsedArticle(given)
    ? parsed(given, site)
    : readArticleRecord(given, place, { site, media: sizeIn(media), boilerplate: () => new Map() })
  return {
    file: { path, size: 0, stamp: null },
    article,
    diagnostics,
    // Words and sketches recognise articles in what is remembered of them: nothing is remembered here.
    digests: article && { words: '', sketch: '', content: contentDigest(article) },
    links: [],
    asked: [],
  }
}

function parsed(given: ParsedArticle | Article, site: Site) {
  const { article, diagnostics } = sanitizeArticle(keepId(given), site)
  return { path: article.path, article, diagnostics }
}

function sizeIn(media: readonly MediaFile[]) {
  return (path: string) => {
    const file = media.find(other => other.path === `/media/${path}`)
    return file && { size: file.size, type: file.mediaType }
  }
}

/** An id that an article has already is claimed as a file claims its own. */
function keepId(article: ParsedArticle | Article): ParsedArticle {
  return 'id' in article ? { ...article, guid: article.id } : article
}
