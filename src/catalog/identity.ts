import type { ParsedArticle } from '../model/article.ts'
import { type Diagnostic, diagnose } from '../model/diagnostic.ts'

/**
 * A `tag:` URI (RFC 4151) for something permanent of this publication. `kind` keeps apart what is minted from a file's
 * path, from a source's own id and from a collection, so that no two can meet.
 */
export function mintTag(
  authority: string,
  kind: 'file' | 'source' | 'feed' | 'guid',
  parts: string[],
): string {
  return `tag:${authority}:${[kind, ...parts].map(encodeURIComponent).join('/')}`
}

/** The id an article would get if nothing were remembered of it: a given one, its source's own, else its path. */
export function mintId(
  article: Pick<ParsedArticle, 'path' | 'guid' | 'source' | 'sourceId'>,
  authority: string,
): string {
  if (article.guid) return article.guid
  if (article.source && article.sourceId)
    return mintTag(authority, 'source', [article.source, article.sourceId])
  return mintFromPath(article.path, authority)
}

function mintFromPath(path: string, authority: string): string {
  return mintTag(authority, 'file', path.split('/'))
}

/**
 * Ids for all articles of a folder, in the order of their paths. No two share one: where a second article claims an id
 * that is taken (a copied file, say), it gets its path's, and the publisher is told.
 */
export function mintIds(
  articles: ParsedArticle[],
  authority: string,
): { ids: Map<ParsedArticle, string>; diagnostics: Diagnostic[] } {
  const ids = new Map<ParsedArticle, string>()
  const holders = new Map<string, string>()
  const diagnostics: Diagnostic[] = []
  for (const article of articles) {
    let id = mintId(article, authority)
    const holder = holders.get(id)
    if (holder !== undefined) {
      diagnostics.push(
        diagnose(
          'id-taken',
          article,
          `"${id}" is the id of ${holder} already; this article gets one of its own.`,
        ),
      )
      id = mintFromPath(article.path, authority)
    }
    holders.set(id, article.path)
    ids.set(article, id)
  }
  return { ids, diagnostics }
}

/** Atom ids are IRIs (RFC 4287 §4.2.6): a given GUID that is none gets one tag: URI, in Atom only. */
export function atomId(id: string, authority: string): string {
  return /^[a-z][a-z0-9+.-]*:[^\s<>"{}|\\^`]+$/i.test(id) ? id : mintTag(authority, 'guid', [id])
}
