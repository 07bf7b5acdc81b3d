import type { PushSettings } from '../model/push-settings.ts'
import type { StateStore } from '../model/state-store.ts'
import type { JobQueue } from './job-queue.ts'
import type { WebhookMessage } from './perform-job.ts'
import type { Subscriptions } from './subscriptions.ts'
import type { PublishedFeeds, ToldTopics, Topic } from './topics.ts'
import { type ArticleNews, type ToldArticle, type ToldArticles, webhookBody } from './webhook-events.ts'

/** Who is to be told of a publication. */
export interface Audience {
  subscribers: number
  webhooks: number
}

export interface LookOptions {
  state: StateStore
  queue: JobQueue
  subscriptions: Subscriptions
  feeds: PublishedFeeds
  toldTopics: ToldTopics
  toldArticles: ToldArticles
  settings: PushSettings
  clock: () => number
}

/** Compares what is published with what was told last. Bytes decide: a page's change, or the same bytes made anew, are nobody's news. */
export function createPublicationLook(options: LookOptions) {
  const { state, queue, subscriptions, feeds, toldTopics, toldArticles, settings, clock } = options

  async function changedTopics(): Promise<Topic[]> {
    if (!settings.hub) return []
    const changed: Topic[] = []
    for (const { path, etag } of toldTopics.all()) {
      const topic = await feeds.atPath(path)
      if (topic && topic.resource.etag !== etag) changed.push(topic)
    }
    return changed
  }

  /** @param articles null: only feeds are looked at */
  async function look(articles: Iterable<ToldArticle> | null): Promise<Audience> {
    const changed = await changedTopics()
    const unknown = await Promise.all(toldTopics.unknown().map(feeds.atPath))
    const now = clock()
    return state.transaction(() => {
      const audience = { subscribers: 0, webhooks: 0 }
      // Rather nobody is told of one change than everybody of none.
      for (const topic of unknown) if (topic) toldTopics.begin(topic.path, topic.resource.etag, now)
      for (const { path, resource } of changed)
        audience.subscribers += queue.addForTopic(path, toldTopics.tell(path, resource.etag, now), now)
      if (articles && settings.webhooks.length > 0)
        audience.webhooks = addEvents(toldArticles.compare(articles), now)
      return audience
    })
  }

  /** A message for each webhook that wants to know of it. Returns how many webhooks there are that do. */
  function addEvents(news: ArticleNews[], now: number): number {
    const rows = new Map(subscriptions.webhooks().map(row => [row.callback, row]))
    let told = 0
    for (const { url, events } of settings.webhooks) {
      const row = rows.get(url)
      const wanted = news.filter(({ event }) => events.includes(event))
      if (!row || wanted.length === 0) continue
      told++
      for (const item of wanted) {
        const message: WebhookMessage = { id: `msg_${crypto.randomUUID()}`, body: webhookBody(item, now) }
        const data = JSON.stringify(message)
        queue.add(
          { kind: 'event', name: `event ${message.id}`, subscription: row.id, host: row.host, data },
          now,
        )
      }
    }
    return told
  }

  return { look }
}
