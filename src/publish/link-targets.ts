import { fileKey } from '../catalog/addresses.ts'
import { withheldReason } from '../catalog/withhold.ts'
import type { ParsedArticle } from '../model/article.ts'
import type { Site } from '../model/site.ts'
import { MultiMap } from '../text/multi-map.ts'
import type { LinkTargets } from './article-links.ts'

export interface LinkPlace {
  /** Where links to the file lead now; null: nowhere. */
  leadsTo: string | undefined | null
  /** Its article's. */
  url: string | undefined
  title: string | null
  /** What `fileKey` says of the addresses that it claims to have had. */
  aliases: readonly string[]
}

/** Where links to files lead, and to which of them nothing leads at a time. */
export function createLinkTargets(
  site: Pick<Site, 'undated'>,
  articleOf: (path: string) => ParsedArticle | undefined,
  urlOf: LinkTargets['urlOf'],
  fileAt: LinkTargets['fileAt'],
) {
  /** When those expire that do, and when those appear that wait; epoch milliseconds. */
  const expiring = new Map<string, number>()
  const waiting = new Map<string, number>()
  /** Files by what `fileKey` says of the addresses that their articles claim to have had. */
  const aliased = new MultiMap()
  const aliasesOf = new Map<string, string[]>()
  let now = Number.NEGATIVE_INFINITY

  const keptBack: LinkTargets['keptBack'] = path => {
    const article = articleOf(path)
    const reason = article ? withheldReason(article, now) : null
    // Whoever leads to what comes by itself means what comes.
    const comes = reason === 'scheduled' || (reason === 'undated' && site.undated === 'first-seen')
    return comes ? null : reason
  }

  function claim(path: string, aliases: string[]): void {
    for (const key of aliasesOf.get(path) ?? []) aliased.delete(key, path)
    if (aliases.length > 0) aliasesOf.set(path, aliases)
    else aliasesOf.delete(path)
    for (const key of aliases) aliased.add(key, path)
  }

  /** Nobody is told before its time what something will be called. */
  const titleOf: LinkTargets['titleOf'] = path => {
    const article = articleOf(path)
    return article && keptBack(path) === null && withheldReason(article, now) !== 'scheduled'
      ? article.title
      : null
  }

  return {
    urlOf,
    titleOf,
    /** An address that an article has, or where none has it, that one claims to have had: it tells of that article as well. */
    fileAt(address: string): string | undefined {
      const file = fileAt(address)
      if (file !== undefined) return file
      const holders = aliased.of(address)
      return holders.find(path => keptBack(path) === null) ?? holders[0]
    },
    keptBack,
    placeOf: (path: string): LinkPlace => ({
      leadsTo: keptBack(path) === null ? urlOf(path) : null,
      url: urlOf(path),
      title: titleOf(path),
      aliases: aliasesOf.get(path) ?? [],
    }),
    /** @param article undefined: the file has none any more */
    change(path: string, article: ParsedArticle | undefined): void {
      if (article?.expires) expiring.set(path, article.expires.epoch)
      else expiring.delete(path)
      if (article?.published && article.published.epoch > now) waiting.set(path, article.published.epoch)
      else waiting.delete(path)
      const aliases = article?.aliases ?? []
      claim(path, aliases.length === 0 ? aliases : [...new Set(aliases.map(fileKey))])
    },
    /** Files of which it will be other at a time, though nothing changes but that. */
    otherAt: (time: number) =>
      [...expiring, ...waiting].filter(([, at]) => at <= now !== at <= time).map(([path]) => path),
    setTime(time: number): void {
      now = time
    },
  }
}
