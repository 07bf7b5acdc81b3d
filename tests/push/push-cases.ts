import { describe, expect, test } from 'vitest'
import type { PushSettings } from '../../src/model/push-settings.ts'
import type { StateStore } from '../../src/model/state-store.ts'
import type { ToldArticle } from '../../src/push/webhook-events.ts'
import { agreeing, createWorld, site, start, type World } from './subscriber-world.ts'

const hook = 'https://program.example.net/hook'
const webhooks: PushSettings['webhooks'] = [
  { url: hook, secretEnv: 'SECRET', events: ['published', 'revised', 'withdrawn'] },
]
const article = (name: string, more: Partial<ToldArticle> = {}): ToldArticle => ({
  id: `tag:news.example.org,2026:${name}`,
  title: name,
  url: `${site}articles/${name}/`,
  published: start,
  revised: start,
  ...more,
})

/** The queue, rssCloud and webhooks: the same on every runtime. */
export function runPushCases(
  runtime: string,
  withState: (run: (state: StateStore) => Promise<void>) => Promise<void>,
) {
  const within = (words: string, run: (world: World) => Promise<void>, more: Partial<PushSettings> = {}) =>
    test(words, () =>
      withState(async state => {
        const world = createWorld(state, more)
        await world.publish('one')
        await run(world)
      }),
    )
  const names = (world: World) => world.messages().map(({ url }) => url.hostname.split('.')[0])

  describe(`who is told, ${runtime}`, () => {
    within('those whose feed has other bytes, and nobody else', async world => {
      for (const path of ['rss.xml', 'atom.xml', 'tags/a/rss.xml', 'tags/b/rss.xml']) {
        await world.publish('one', ['/rss.xml', '/atom.xml', '/tags/a/rss.xml', '/tags/b/rss.xml'])
        await world.subscribe(`https://${path.replaceAll(/[/.]/g, '-')}.example.net/`, {
          'hub.topic': `${site}${path}`,
        })
      }
      await world.settle()
      world.arrivals.length = 0
      const told = await world.publishFeeds({
        '/rss.xml': 'two',
        '/atom.xml': 'one',
        '/tags/a/rss.xml': 'two',
        '/tags/b/rss.xml': 'one',
      })
      await world.settle()
      expect([told.subscribers, names(world).sort()]).toEqual([2, ['rss-xml', 'tags-a-rss-xml']])
    })

    within('nobody, where the same bytes are made anew or only a page changes', async world => {
      await world.subscribe('https://reader.example.net/')
      expect(await world.publish('one')).toEqual({ subscribers: 0, webhooks: 0 })
      expect(await world.publishFeeds({ '/rss.xml': 'one' }, '<p>Another home</p>')).toEqual({
        subscribers: 0,
        webhooks: 0,
      })
      await world.settle()
      expect(world.messages()).toEqual([])
    })

    within('after a restart only those who missed something', async world => {
      await world.subscribe('https://reader.example.net/')
      world.restart()
      await world.hub().published(null)
      await world.settle()
      expect(world.messages()).toEqual([])
      await world.publishQuietly('two')
      world.restart()
      await world.hub().published(null)
      await world.settle()
      expect(world.messages().map(({ body }) => body)).toEqual(['rss two'])
    })

    within('each once, with the newest, however often it is published meanwhile', async world => {
      await world.subscribe('https://reader.example.net/')
      world.subscribers.set('reader.example.net', () => ({ status: 503 }))
      for (const words of ['two', 'three', 'four']) await world.publish(words)
      await world.settle()
      world.subscribers.set('reader.example.net', agreeing)
      world.arrivals.length = 0
      await world.pass(6000)
      await world.pass(600_000)
      expect(world.messages().map(({ body }) => body)).toEqual(['rss four'])
    })

    within('a version that comes while another is on its way is sent after it', async world => {
      await world.subscribe('https://reader.example.net/')
      let published: Promise<unknown> | null = null
      world.subscribers.set('reader.example.net', () => {
        published ??= world.publish('three')
        return { status: 204 }
      })
      await world.publish('two')
      await world.settle()
      await published
      await world.settle()
      expect(world.messages().map(({ body }) => body)).toEqual(['rss two', 'rss three'])
    })

    within('nobody any more, where the feed is gone; they stay subscribed', async world => {
      await world.subscribe('https://reader.example.net/')
      await world.publishFeeds({ '/atom.xml': 'two' })
      await world.settle()
      expect([world.messages(), world.hub().list().length]).toEqual([[], 1])
      await world.publish('three')
      await world.settle()
      expect(world.messages().map(({ body }) => body)).toEqual(['rss three'])
    })
  })

  describe(`the queue, ${runtime}`, () => {
    within('what was on its way when the process died is sent again, the rest once', async world => {
      for (const name of ['a', 'b', 'c']) await world.subscribe(`https://${name}.example.net/`)
      const stuck = Promise.withResolvers<void>()
      world.subscribers.set('b.example.net', () => 'never')
      world.onNever(() => stuck.resolve())
      await world.publish('two')
      await stuck.promise
      await world.turn(
        () =>
          names(world).length === 3 &&
          world.outcomes().filter(([, outcome]) => outcome === 'answered 204').length === 2,
      )
      world.subscribers.set('b.example.net', agreeing)
      world.restart()
      await world.settle()
      expect(names(world).sort()).toEqual(['a', 'b', 'b', 'c'])
    })

    within('no more than four requests at once to one host', async world => {
      for (let number = 0; number < 12; number++)
        await world.subscribe(`https://reader.example.net/${number}`)
      let [now, most] = [0, 0]
      world.slowly(async () => {
        most = Math.max(most, ++now)
        await Promise.resolve().then(() => {})
        now--
      })
      await world.publish('two')
      await world.settle()
      expect([world.messages().length, most]).toEqual([12, 4])
    })

    within('a host that does not answer rests, and one request finds out', async world => {
      for (let number = 0; number < 12; number++)
        await world.subscribe(`https://reader.example.net/${number}`)
      await world.subscribe('https://well.example.net/')
      world.subscribers.set('reader.example.net', () => 'nothing')
      await world.publish('two')
      await world.settle()
      const before = world.messages().length
      expect(before).toBeLessThan(12)
      expect(names(world)).toContain('well')
      await world.pass(5000)
      expect(world.messages().length - before).toBe(1)
      world.subscribers.set('reader.example.net', agreeing)
      await world.pass(60_000)
      await world.pass(300_000)
      expect(world.outcomes().every(([, outcome]) => outcome === 'answered 204')).toBe(true)
    })

    within('Retry-After is waited for', async world => {
      await world.subscribe('https://reader.example.net/')
      world.subscribers.set('reader.example.net', () => ({ status: 503, headers: { 'retry-after': '120' } }))
      await world.publish('two')
      await world.settle()
      expect(world.due()).toBe(start + 120_000)
    })

    within('what waits is tried at once, where an operator says so', async world => {
      await world.subscribe('https://reader.example.net/')
      world.subscribers.set('reader.example.net', () => ({ status: 500 }))
      await world.publish('two')
      await world.settle()
      world.subscribers.set('reader.example.net', agreeing)
      expect(world.hub().retry()).toBe(1)
      await world.settle()
      expect(world.outcomes()).toEqual([['https://reader.example.net/', 'answered 204']])
    })

    within(
      'a clock that was set back holds up nothing, one set forward ends no promise for good',
      async world => {
        await world.subscribe('https://reader.example.net/')
        world.subscribers.set('reader.example.net', () => ({ status: 500 }))
        await world.publish('two')
        await world.settle()
        world.setClock(start - 365 * 86_400_000)
        world.subscribers.set('reader.example.net', agreeing)
        world.restart()
        await world.settle()
        expect(world.outcomes()).toEqual([['https://reader.example.net/', 'answered 204']])
        world.setClock(start + 365 * 86_400_000)
        await world.publish('three')
        world.setClock(start + 1000)
        await world.publish('four')
        await world.settle()
        expect(world.messages().at(-1)!.body).toBe('rss four')
      },
    )

    within(
      'there are as many subscriptions as the settings say, in all and on one host',
      async world => {
        const statuses: number[] = []
        for (const callback of [
          'https://a.example.net/1',
          'https://a.example.net/2',
          'https://a.example.net/3',
          'https://b.example.net/',
          'https://c.example.net/',
        ])
          statuses.push((await world.subscribe(callback)).status)
        statuses.push((await world.subscribe('https://a.example.net/1')).status)
        expect(statuses).toEqual([202, 202, 503, 202, 503, 202])
      },
      { maxSubscriptions: 3, maxPerHost: 2 },
    )

    within('addresses where requests must not go are refused before anything is asked', async world => {
      for (const host of [
        '127.0.0.1',
        'localhost',
        '10.1.2.3',
        '[::1]',
        '169.254.169.254',
        '2130706433',
        '0x7f.1',
        '[::ffff:7f00:1]',
        '１２７.0.0.1',
      ])
        expect([host, (await world.subscribe(`http://${host}/`)).status]).toEqual([host, 400])
      expect(world.arrivals).toEqual([])
    })
  })

  describe(`rssCloud, ${runtime}`, () => {
    const register = (world: World, fields: Record<string, string>) => {
      const form = {
        notifyProcedure: '',
        port: '8080',
        path: '/notify?x=1',
        protocol: 'http-post',
        url1: `${site}rss.xml`,
        ...fields,
      }
      return world.post(form, '/hub/pleaseNotify')
    }

    within('with a domain: a challenge, then the feed’s address', async world => {
      world.subscribers.set('cloud.example.net:8080', agreeing)
      const { text } = await register(world, { domain: 'cloud.example.net' })
      expect(text).toContain('<notifyResult success="true"')
      await world.settle()
      const { url } = world.questions()[0]!
      expect([url.pathname, url.searchParams.get('x'), url.searchParams.get('url')]).toEqual([
        '/notify',
        '1',
        `${site}rss.xml`,
      ])
      await world.publish('two')
      await world.settle()
      const [{ headers, body }] = world.messages() as [World['arrivals'][number]]
      expect([headers.get('content-type'), body]).toEqual([
        'application/x-www-form-urlencoded',
        new URLSearchParams({ url: `${site}rss.xml` }).toString(),
      ])
    })

    within(
      'without one: the address that asked, of which any success will do',
      async world => {
        world.subscribers.set('192.0.2.7:8080', () => ({ status: 200 }))
        await register(world, {})
        await world.settle()
        expect(world.hub().list()).toMatchObject([
          { door: 'rsscloud', callback: 'http://192.0.2.7:8080/notify?x=1' },
        ])
        world.from(null)
        expect((await register(world, {})).text).toContain('success="false"')
      },
      { allowPrivate: true },
    )

    within('a registration holds for 25 hours', async world => {
      world.subscribers.set('cloud.example.net:8080', agreeing)
      await register(world, { domain: 'cloud.example.net' })
      await world.settle()
      await world.pass(25 * 3_600_000 - 1000)
      await world.publish('two')
      await world.settle()
      await world.pass(2000)
      await world.publish('three')
      await world.settle()
      expect(world.messages()).toHaveLength(1)
    })

    within('what is wrong is said, as XML or as JSON', async world => {
      const wrong: Record<string, string>[] = [
        { protocol: 'xml-rpc' },
        { url1: 'https://other.example/' },
        { path: `/${'x'.repeat(3000)}` },
      ]
      for (const fields of wrong)
        expect((await register(world, { domain: 'cloud.example.net', ...fields })).text).toMatch(
          /^<\?xml[\s\S]*success="false" msg="[^"]{20,}"/,
        )
      const answer = await world.ask('/hub/ping', {
        method: 'POST',
        headers: { accept: 'application/json' },
        body: new URLSearchParams({ url: `${site}rss.xml` }),
      })
      expect(await answer.json()).toEqual({ success: true, msg: 'Thanks for the ping.' })
    })
  })

  describe(`webhooks, ${runtime}`, () => {
    const events = (world: World) =>
      world.messages().map(({ body }) => {
        const { type, data } = JSON.parse(body) as {
          type: string
          data: { title: string; changed?: string[] }
        }
        return [type, data.title, ...(data.changed ?? [])]
      })
    const tell = async (world: World, articles: ToldArticle[]) => {
      const audience = await world.hub().published(articles)
      await world.settle()
      return audience.webhooks
    }

    within(
      'are told of each article once, and of what is other about it',
      async world => {
        world.subscribers.set('program.example.net', agreeing)
        await tell(world, [article('old')])
        expect(events(world)).toEqual([])
        await tell(world, [article('old'), article('new')])
        await tell(world, [article('old'), article('new')])
        world.restart()
        await tell(world, [article('old'), article('new')])
        await tell(world, [
          article('old', { title: 'old, mended', revised: start + 1 }),
          article('new', { url: `${site}moved/` }),
        ])
        await tell(world, [article('new', { url: `${site}moved/` })])
        expect(events(world)).toEqual([
          ['published', 'new'],
          ['revised', 'old, mended', 'title', 'words'],
          ['revised', 'new', 'url'],
          ['withdrawn', 'old, mended'],
        ])
      },
      { webhooks },
    )

    within(
      'are told of nothing that they did not ask for',
      async world => {
        world.subscribers.set('program.example.net', agreeing)
        await tell(world, [])
        expect(await tell(world, [article('new')])).toBe(0)
        expect(await tell(world, [])).toBe(1)
        expect(events(world)).toEqual([['withdrawn', 'new']])
      },
      { webhooks: [{ ...webhooks[0]!, events: ['withdrawn'] }] },
    )

    within(
      'every message is signed, has an id of its own that stays the same, and comes at last',
      async world => {
        world.subscribers.set('program.example.net', () => ({ status: 500 }))
        await tell(world, [])
        await tell(world, [article('one'), article('two')])
        world.subscribers.set('program.example.net', agreeing)
        await world.pass(6000)
        const ids = world.messages().map(({ headers }) => headers.get('webhook-id')!)
        expect([ids.length, new Set(ids).size]).toEqual([4, 2])
        for (const { headers, body } of world.messages()) {
          const [id, seconds] = ['webhook-id', 'webhook-timestamp'].map(name => headers.get(name)!)
          const key = await crypto.subtle.importKey(
            'raw',
            Uint8Array.from(atob('MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'), character => character.charCodeAt(0)),
            { name: 'HMAC', hash: 'SHA-256' },
            false,
            ['verify'],
          )
          const [version, given] = headers.get('webhook-signature')!.split(',')
          const signature = Uint8Array.from(atob(given!), character => character.charCodeAt(0))
          const signed = new TextEncoder().encode(`${id}.${seconds}.${body}`)
          expect([version, await crypto.subtle.verify('HMAC', key, signature, signed)]).toEqual(['v1', true])
        }
      },
      { webhooks },
    )

    test('one that the settings no longer name is forgotten', () =>
      withState(async state => {
        createWorld(state, { webhooks })
        const world = createWorld(state)
        expect(world.hub().list()).toEqual([])
      }))
  })
}
