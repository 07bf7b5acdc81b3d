import { changesSince } from '../catalog/changes.ts'
import type { ArticleChanges } from '../catalog/order.ts'
import { type Article, isNews } from '../model/article.ts'
import type { Ledger, LedgerEntry } from '../model/ledger.ts'
import type { PublicationEvent, WithdrawnArticle } from '../model/observer.ts'
import type { Snapshot } from '../model/snapshot.ts'
import type { PublicationDocuments } from './publication-documents.ts'

/** What was published, and what is needed to tell it from the publication before. */
export interface PublishedState {
  /** Those that could be read, newest first. */
  articles: Article[]
  ledger: Ledger
  documents: PublicationDocuments
}

/**
 * What a publication brought. The first of a process is told from what the ledger remembers of the ones before.
 * @param before the publication before this one in the same process; null: there was none
 * @param changes of articles since then; null: nobody knows
 * @param remembered the ledger before this publication; null: nothing was ever published
 */
export function publicationEvent(
  { generation, publishedAt, url }: Snapshot,
  now: PublishedState,
  before: PublishedState | null,
  changes: ArticleChanges | null,
  remembered: Ledger | null,
): PublicationEvent {
  const former = before?.ledger ?? remembered
  const articles =
    before && changes
      ? changedArticles(now, before, newsOf(changes))
      : sinceLedger(now, former ?? { authority: now.ledger.authority, entries: new Map() }, publishedAt, url)
  let documents: Pick<PublicationEvent, 'changed' | 'removed'> | undefined
  const paths = () => {
    documents ??= changedDocuments(now.documents, before?.documents ?? null, changes, [
      ...articles.added,
      ...articles.updated,
    ])
    return documents
  }
  return {
    generation,
    publishedAt,
    articles: now.articles,
    ...articles,
    get changed() {
      return paths().changed
    },
    get removed() {
      return paths().removed
    },
  }
}

/** Nobody who follows the publication waits for a page that is no news. */
const newsOf = ({ removed, added }: ArticleChanges): ArticleChanges => ({
  removed: removed.filter(isNews),
  added: added.filter(isNews),
})

type ChangedArticles = Pick<PublicationEvent, 'added' | 'updated' | 'withdrawn'>

function changedArticles(
  now: PublishedState,
  before: PublishedState,
  changes: ArticleChanges,
): ChangedArticles {
  const were = new Set(changes.removed.map(({ id }) => id))
  const are = new Set(changes.added.map(({ id }) => id))
  const wordsOf = ({ ledger }: PublishedState, id: string) => ledger.entries.get(id)?.words
  return {
    added: changes.added.filter(({ id }) => !were.has(id)),
    updated: changes.added.filter(({ id }) => were.has(id) && wordsOf(now, id) !== wordsOf(before, id)),
    withdrawn: changes.removed
      .filter(({ id }) => !are.has(id))
      .map(article => ({ id: article.id, url: article.url, title: article.title })),
  }
}

function sinceLedger(
  { articles, ledger }: PublishedState,
  remembered: Ledger,
  now: number,
  url: string,
): ChangedArticles {
  const changes = changesSince(remembered, ledger, now)
  const idsOf = (kinds: ('new' | 'restored' | 'updated')[]) =>
    new Set(kinds.flatMap(kind => changes[kind].map(({ id }) => id)))
  const [added, updated] = [idsOf(['new', 'restored']), idsOf(['updated'])]
  return {
    added: articles.filter(({ id }) => added.has(id)),
    updated: articles.filter(({ id }) => updated.has(id) && !added.has(id)),
    withdrawn: changes.withdrawn.map(({ id }) => withdrawnArticle(id, remembered.entries.get(id), url)),
  }
}

function withdrawnArticle(id: string, entry: LedgerEntry | undefined, url: string): WithdrawnArticle {
  return { id, url: new URL(entry?.address ?? '', url).href, title: entry?.title ?? null }
}

/**
 * Documents that are made of other things than before. Where nothing is known of the ones before: those that have one of
 * the articles.
 */
function changedDocuments(
  now: PublicationDocuments,
  before: PublicationDocuments | null,
  changes: ArticleChanges | null,
  articles: Article[],
): Pick<PublicationEvent, 'changed' | 'removed'> {
  if (!before) return { changed: articles.length > 0 ? [...now.pathsTouching(articles)] : [], removed: [] }
  if (now === before) return { changed: [], removed: [] }
  const pathsUnlike = (some: PublicationDocuments, others: PublicationDocuments) =>
    changes ? [...some.pathsUnlike(others, changes)] : [...some.values()].map(({ path }) => path)
  const removed = pathsUnlike(before, now).filter(path => !now.get(path))
  const changed = pathsUnlike(now, before).filter(
    path => before.get(path)?.fingerprint !== now.get(path)?.fingerprint,
  )
  return { changed, removed }
}
