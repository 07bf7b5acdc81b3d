import type { Article, ParsedArticle } from '../model/article.ts'
import type { Site } from '../model/site.ts'
import type { MediaFile } from '../model/snapshot.ts'
import { sanitizeArticle } from '../parse/sanitize-article.ts'
import { fingerprintOf } from '../text/fingerprint.ts'
import type { FileReading } from './file-reading.ts'

/** Articles that are at hand, in place of a folder. */
export interface GivenArticles {
  /** Those without an id of their own get one from something permanent, as in a folder. */
  articles: readonly (ParsedArticle | Article)[]
  /** Files that the articles refer to, at their paths below `/media/`. */
  media: readonly MediaFile[]
}

/** The articles as if they had been read, in the same order, with what had to be cleaned. */
export function readingsOfGiven({ articles }: GivenArticles, site: Site): FileReading[] {
  const taken = new Map<string, number>()
  return articles.map(given => {
    const { article, diagnostics } = sanitizeArticle(keepId(given), site)
    const count = (taken.get(article.path) ?? 0) + 1
    taken.set(article.path, count)
    return {
      // Nobody forbids two articles of one path: each is a reading of its own.
      file: { path: count === 1 ? article.path : `${article.path}#${count}`, size: 0, stamp: null },
      article,
      diagnostics,
      // Words and sketches recognise articles in what is remembered of them: nothing is remembered here.
      digests: { words: '', sketch: '', content: fingerprintOf([JSON.stringify(article)]) },
      links: [],
      asked: [],
    }
  })
}

/** An id that an article has already is claimed as a file claims its own. */
function keepId(article: ParsedArticle | Article): ParsedArticle {
  return 'id' in article ? { ...article, guid: article.id } : article
}
