import { feedFormatNames, feedFormats } from '../model/formats.ts'
import type { DocumentResource, StoreReader } from '../model/snapshot.ts'
import type { SqlRow, StateStore } from '../model/state-store.ts'
import { mediaTypeEssence } from '../text/media-type.ts'
import { encodePath, publicationPath } from '../text/urls.ts'

/** A feed as it can be read now. */
export interface Topic {
  /** On the publication: `/rss.xml`. */
  path: string
  /** Absolute, as the feed names itself. */
  url: string
  /** The publication's url. */
  base: string
  resource: DocumentResource
}

/** The feeds of a publication as they can be read now. */
export interface PublishedFeeds {
  atPath(path: string): Promise<Topic | null>
  /** The whole document, and null where it is not there any more. */
  body(topic: Topic): Promise<Uint8Array<ArrayBuffer> | null>
  /** The publication's url; null before anything is published. */
  base(): Promise<string | null>
}

export interface Topics extends PublishedFeeds {
  /** The feed at an address that somebody names; null where it is none of this publication's. */
  at(url: string): Promise<Topic | null>
}

const feedTypes = feedFormatNames.map(name => feedFormats[name].mediaType as string)
const isFeed = (mediaType: string) => feedTypes.includes(mediaTypeEssence(mediaType))

/** The feeds of a store's current snapshot: topics are ours or they are none. */
export function createTopics(store: StoreReader, clock: () => number): Topics {
  async function atPath(path: string): Promise<Topic | null> {
    const snapshot = await store.current()
    const resource = await snapshot?.at(clock()).lookup(path)
    if (!snapshot || resource?.kind !== 'document' || !isFeed(resource.mediaType)) return null
    return { path, url: snapshot.url + encodePath(path.slice(1)), base: snapshot.url, resource }
  }

  return {
    atPath,
    async at(url) {
      const snapshot = await store.current()
      // WebSub §5.1.1: non-reserved characters are decoded; a query or fragment makes another address.
      const path = snapshot && !/[?#]/.test(url) && publicationPath(URL.parse(url)?.href ?? '', snapshot.url)
      return path ? atPath(path) : null
    },
    async body({ resource }) {
      const found = await store.body(resource.bodies.identity)
      if (found === null) return null
      return found instanceof Uint8Array
        ? (found as Uint8Array<ArrayBuffer>)
        : new Uint8Array(await new Response(found).arrayBuffer())
    },
    base: async () => (await store.current())?.url ?? null,
  }
}

/** What the subscribers of a topic were told last. */
export interface ToldTopic extends SqlRow {
  path: string
  etag: string
  version: number
}

export interface ToldTopics {
  all(): ToldTopic[]
  /** Of a feed that nobody was subscribed to before. */
  begin(path: string, etag: string, now: number): void
  /** Returns the new version. */
  tell(path: string, etag: string, now: number): number
  /** Feeds that have subscribers, and of which nobody knows what they were told: a damaged state lost it. */
  unknown(): string[]
  /** Topics without subscriptions need not be looked at. */
  forgetUnused(): void
}

export function createToldTopics(state: StateStore): ToldTopics {
  return {
    all: () => state.query<ToldTopic>('SELECT path, etag, version FROM topic'),
    begin: (path, etag, now) =>
      void state.query(
        'INSERT OR IGNORE INTO topic (path, etag, version, changed) VALUES (?, ?, 1, ?)',
        path,
        etag,
        now,
      ),
    tell: (path, etag, now) =>
      state.query<{ version: number }>(
        'UPDATE topic SET etag = ?, version = version + 1, changed = ? WHERE path = ? RETURNING version',
        ...[etag, now, path],
      )[0]?.version ?? 1,
    unknown: () =>
      state
        .query<{ topic: string }>(
          "SELECT DISTINCT topic FROM subscription WHERE door <> 'webhook' AND topic NOT IN (SELECT path FROM topic)",
        )
        .map(({ topic }) => topic),
    forgetUnused: () =>
      void state.query(
        'DELETE FROM topic WHERE NOT EXISTS (SELECT 1 FROM subscription WHERE topic = topic.path)',
      ),
  }
}

/** A feed, what its subscribers were told last, and how many there are. */
export interface TopicAudience extends SqlRow {
  path: string
  etag: string
  subscribers: number
}

export const topicAudiences = (state: StateStore, now: number): TopicAudience[] =>
  state.query<TopicAudience>(
    `SELECT topic.path, topic.etag, count(*) subscribers FROM topic JOIN subscription ON subscription.topic = topic.path
     WHERE expires > ? GROUP BY topic.path`,
    now,
  )
