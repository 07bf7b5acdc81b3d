import { expect, test } from 'vitest'
import { pushDefaults } from '../../src/model/push-settings.ts'
import { createHubApp } from '../../src/push/hub-app.ts'
import type { Intent } from '../../src/push/subscription-requests.ts'
import { createTopics } from '../../src/push/topics.ts'
import { createMemoryStore } from '../../src/store/memory.ts'
import { publicationOfOneFeed } from '../support/one-feed.ts'

test.each([
  [
    '/hub',
    {
      'hub.mode': 'subscribe',
      'hub.callback': 'https://reader.example/',
      'hub.topic': 'http://news.example/rss.xml',
    },
  ],
  [
    '/hub/pleaseNotify',
    {
      domain: 'reader.example',
      port: '80',
      path: '/',
      protocol: 'http-post',
      url1: 'http://news.example/rss.xml',
    },
  ],
  ['/hub/ping', { url: 'http://news.example/rss.xml' }],
])(
  '%s asks for patience until something is published: a reader that renews meanwhile stays subscribed',
  async (path, form) => {
    const store = createMemoryStore()
    const done: (Intent | 'ping')[] = []
    const app = createHubApp({
      take: intents => done.push(...intents) > 0,
      topics: createTopics(store, Date.now),
      settings: { ...pushDefaults, hub: true },
      path: '/hub',
      clientAddress: () => null,
      onPing: () => void done.push('ping'),
    })
    const ask = () => app.request(path, { method: 'POST', body: new URLSearchParams(form) })
    const early = await ask()
    expect([early.status, early.headers.get('retry-after'), done]).toEqual([503, '5', []])
    await store.publish(publicationOfOneFeed('http://news.example/', 'one'))
    expect((await ask()).ok).toBe(true)
    expect(done).toHaveLength(1)
  },
)
