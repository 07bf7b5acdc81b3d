import { withheldReason } from '../catalog/withhold.ts'
import type { ParsedArticle } from '../model/article.ts'
import type { Site } from '../model/site.ts'
import type { LinkTargets } from './article-links.ts'

/** Where links to files lead, and to which of them nothing leads at a time. */
export function createLinkTargets(
  site: Pick<Site, 'undated'>,
  articleOf: (path: string) => ParsedArticle | undefined,
  urlOf: LinkTargets['urlOf'],
  fileAt: LinkTargets['fileAt'],
) {
  /** When those expire that do; epoch milliseconds. */
  const expiring = new Map<string, number>()
  let now = Number.NEGATIVE_INFINITY

  const keptBack: LinkTargets['keptBack'] = path => {
    const article = articleOf(path)
    const reason = article ? withheldReason(article, now) : null
    // Whoever leads to what comes by itself means what comes.
    const comes = reason === 'scheduled' || (reason === 'undated' && site.undated === 'first-seen')
    return comes ? null : reason
  }

  return {
    urlOf,
    fileAt,
    keptBack,
    /** Where links to a file lead now; null: nowhere. */
    leadsTo: (path: string) => (keptBack(path) === null ? urlOf(path) : null),
    /** @param article undefined: the file has none any more */
    change(path: string, article: ParsedArticle | undefined): void {
      if (article?.expires) expiring.set(path, article.expires.epoch)
      else expiring.delete(path)
    },
    /** Files of which it will be other at a time, though nothing changes but that. */
    otherAt: (time: number) =>
      [...expiring].filter(([, at]) => at <= now !== at <= time).map(([path]) => path),
    setTime(time: number): void {
      now = time
    },
  }
}
