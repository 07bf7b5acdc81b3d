import type { ArticleDate, FieldOrigin, ParsedArticle } from '../../model/article.ts'

/** What many articles have in common, held once: there may be a hundred thousand of them. */
export interface Interning {
  /** The same list; all empty ones are one. */
  list<Value>(values: Value[]): Value[]
  /** The same article, with nothing of its own that an article before it had too. Nobody may change its parts any more. */
  article(article: Omit<ParsedArticle, 'html' | 'text'>): Omit<ParsedArticle, 'html' | 'text'>
}

export function createInterning(): Interning {
  const texts = new Map<string, string>()
  const lists = new Map<string, string[]>()
  const origins = new Map<string, ParsedArticle['fields']>()
  const nothing = {}
  const none: never[] = []

  const one = <Value>(table: Map<string, Value>, key: string, value: Value): Value => {
    const known = table.get(key)
    if (known === undefined) table.set(key, value)
    return known ?? value
  }
  const text = (value: string) => one(texts, value, value)
  const date = (value: ArticleDate | null): ArticleDate | null =>
    value && {
      ...value,
      zone: text(value.zone),
      zoneFrom: text(value.zoneFrom) as ArticleDate['zoneFrom'],
      precision: text(value.precision) as ArticleDate['precision'],
      rfc3339: value.rfc3339 === value.raw ? value.raw : value.rfc3339,
    }
  const originKey = (fields: ParsedArticle['fields']) =>
    Object.entries(fields)
      .map(
        ([name, { from, confidence, line }]: [string, FieldOrigin]) =>
          `${name} ${from} ${confidence} ${line}`,
      )
      .join()
  const list = <Value>(values: Value[]): Value[] => (values.length === 0 ? none : values)

  return {
    list,
    article: article => ({
      ...article,
      format: text(article.format) as ParsedArticle['format'],
      status: text(article.status) as ParsedArticle['status'],
      direction: text(article.direction) as ParsedArticle['direction'],
      language: article.language && text(article.language),
      section: article.section && text(article.section),
      source: article.source && text(article.source),
      agency: article.agency && text(article.agency),
      published: date(article.published),
      updated: date(article.updated),
      expires: date(article.expires),
      authors: list(article.authors),
      tags: article.tags.length === 0 ? none : one(lists, article.tags.join('\n'), article.tags.map(text)),
      aliases: list(article.aliases),
      enclosures: list(article.enclosures),
      media: list(article.media),
      dropped: list(article.dropped),
      extra: Object.keys(article.extra).length === 0 ? nothing : article.extra,
      fields: one(origins, originKey(article.fields), article.fields),
    }),
  }
}
