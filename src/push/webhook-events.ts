import type { WebhookEvent } from '../model/push-settings.ts'
import type { SqlRow, StateStore } from '../model/state-store.ts'

/** As much of an article as webhooks are told. Times are epoch milliseconds. */
export interface ToldArticle {
  id: string
  title: string
  url: string
  published: number | null
  /** When its words were last revised. */
  revised: number
}

/** What a message says besides its kind and its time. */
export interface ArticleNews {
  event: WebhookEvent
  article: ToldArticle
  /** Of a revision: which of `title`, `url`, `date`, `words` are other. */
  changed: ('title' | 'url' | 'date' | 'words')[]
}

/** What webhooks were told, so that a restart tells nothing twice and misses nothing. To be called inside a transaction. */
export interface ToldArticles {
  /** What is other than what was told last, which is then told. The first time everything counts as told. */
  compare(articles: Iterable<ToldArticle>): ArticleNews[]
}

export function createToldArticles(state: StateStore): ToldArticles {
  const put = ({ id, title, url, published, revised }: ToldArticle) =>
    state.query(
      'INSERT OR REPLACE INTO article (id, title, url, published, revised) VALUES (?, ?, ?, ?, ?)',
      ...[id, title, url, published, revised],
    )

  return {
    compare(articles) {
      const isFirst = state.query("SELECT 1 FROM note WHERE name = 'articles'").length === 0
      if (isFirst) state.query("INSERT INTO note (name, value) VALUES ('articles', 'told')")
      const known = new Map(
        state.query<ToldArticle & SqlRow>('SELECT * FROM article').map(row => [row.id, row]),
      )
      const news: ArticleNews[] = []
      for (const article of articles) {
        const before = known.get(article.id)
        known.delete(article.id)
        const changed = before ? changedFields(before, article) : []
        if (before && changed.length === 0) continue
        put(article)
        if (!isFirst) news.push({ event: before ? 'revised' : 'published', article, changed })
      }
      for (const [id, article] of known) {
        state.query('DELETE FROM article WHERE id = ?', id)
        news.push({ event: 'withdrawn', article, changed: [] })
      }
      return news
    },
  }
}

function changedFields(before: ToldArticle, after: ToldArticle): ArticleNews['changed'] {
  return [
    ...(before.title === after.title ? [] : (['title'] as const)),
    ...(before.url === after.url ? [] : (['url'] as const)),
    ...(before.published === after.published ? [] : (['date'] as const)),
    ...(before.revised === after.revised ? [] : (['words'] as const)),
  ]
}

/** The body of a message (Standard Webhooks: `type`, `timestamp`, `data`). `now` in epoch milliseconds. */
export function webhookBody({ event, article, changed }: ArticleNews, now: number): string {
  const { id, title, url, published, revised } = article
  const time = (epoch: number | null) => epoch && new Date(epoch).toISOString()
  return JSON.stringify({
    type: event,
    timestamp: time(now),
    data: {
      id,
      title,
      url,
      published: time(published),
      ...(event !== 'withdrawn' && { revised: time(revised) }),
      ...(event === 'revised' && { changed }),
    },
  })
}
