import {
  claimedId,
  type IdentifiedArticle,
  identify,
  isClaimContested,
  recognisedByPath,
} from '../catalog/identity.ts'
import type { Ledger, LedgerEntry } from '../model/ledger.ts'
import type { Site } from '../model/site.ts'
import type { CandidateAt } from './article-readings.ts'
import type { ArticleContext } from './article-stage.ts'

/** Who has which id. */
export function createIds(site: Site) {
  let ledger: Ledger | null = null
  /** Ids of the ledger that no article has. */
  let unheld = new Set<string>()
  /** An article claims an id that is not its own: who is who hangs on every other one. */
  let contested = false

  const undated = ({ ledgerKept }: ArticleContext) => site.undated === 'first-seen' && ledgerKept

  const isContested = ({ article }: IdentifiedArticle, { authority }: Ledger) =>
    isClaimContested(article, article.id, authority)

  return {
    /** Null where what changed may change others: an id that is claimed, or a ledger that nobody here has seen. */
    identifyFew(
      changed: CandidateAt[],
      left: Pick<IdentifiedArticle, 'article' | 'entry'>[],
      context: ArticleContext,
    ): (CandidateAt & { identified: IdentifiedArticle })[] | null {
      const known = ledger
      if (known === null || contested) return null
      // Identified by the same ledger, or by what came of it.
      const given = context.ledger ?? known
      const next = context.next ?? known
      if (given !== next && given !== known) return null
      if (context.ledger !== null && given === known && next !== known) return null
      // Nothing was ever published: the clock says when an article without a date was first seen, at each look anew.
      if (context.ledger === null && (known.entries.size > 0 || context.ledgerKept)) return null
      const free = new Set([...unheld, ...left.map(({ article }) => article.id)])
      // What was never published is remembered by nobody: its id is free with its file.
      const holderOf = (id: string) =>
        free.has(id) ? given.entries.get(id)?.path : next.entries.get(id)?.path
      for (const { candidate } of changed) {
        const claimed = claimedId(candidate.article, given.authority)
        if (claimed !== null && !free.has(claimed) && holderOf(claimed) !== undefined) return null
      }
      const entries = [...free].flatMap(id => given.entries.get(id) ?? [])
      const candidates = changed.map(({ candidate }) => candidate)
      const readable = entries.filter(({ path }) => !context.isUnavailable(path))
      const recognised = recognisedByPath(candidates, readable, given.authority)
      const identified = identify(
        candidates,
        given,
        { url: site.url, undated: undated(context) },
        context.now,
        { recognised, holderOf },
      )
      if (identified.some(one => one.diagnostics.length > 0 || isContested(one, given))) return null
      ledger = given
      unheld = new Set([...free].filter(id => given.entries.has(id)))
      for (const { article } of identified) unheld.delete(article.id)
      return paired(changed, identified)
    },
    /** @param recognised which entry of the ledger each of them is, by path */
    identifyAll(
      all: CandidateAt[],
      recognised: ReadonlyMap<string, LedgerEntry>,
      context: ArticleContext,
    ): (CandidateAt & { identified: IdentifiedArticle })[] {
      const given = context.ledger ?? { authority: site.tagAuthority, entries: new Map() }
      const candidates = all.map(({ candidate }) => candidate)
      const identified = identify(
        candidates,
        given,
        { url: site.url, undated: undated(context) },
        context.now,
        { recognised, holderOf: id => given.entries.get(id)?.path },
      )
      ledger = given
      contested = identified.some(one => one.diagnostics.length > 0 || isContested(one, given))
      unheld = new Set(given.entries.keys())
      for (const { article } of identified) unheld.delete(article.id)
      return paired(all, identified)
    },
  }
}

function paired(changed: CandidateAt[], identified: IdentifiedArticle[]) {
  return changed.flatMap((one, at) => {
    const found = identified[at]
    return found ? [{ ...one, identified: found }] : []
  })
}
