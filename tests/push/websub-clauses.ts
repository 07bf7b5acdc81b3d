import { describe, expect, test } from 'vitest'
import type { SignatureMethod } from '../../src/model/push-settings.ts'
import type { StateStore } from '../../src/model/state-store.ts'
import { agreeing, createWorld, hubUrl, site, start, type World } from './subscriber-world.ts'

const callback = 'https://reader.example.net/callback?own=1'
const rss = `${site}rss.xml`
const day = 86_400_000

async function hexOf(method: string, secret: string, bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const hash = method.replace('sha', 'SHA-')
  const key = await crypto.subtle.importKey(
    'raw',
    new TextEncoder().encode(secret),
    { name: 'HMAC', hash },
    false,
    ['sign'],
  )
  return [...new Uint8Array(await crypto.subtle.sign('HMAC', key, bytes))]
    .map(byte => byte.toString(16).padStart(2, '0'))
    .join('')
}

/**
 * Every MUST and SHOULD of the WebSub recommendation (W3C, 23 January 2018) that speaks to publishers and hubs: section, clause, and
 * what shows that it is kept. The same on every runtime.
 */
export function runWebSubClauses(
  runtime: string,
  withState: (run: (state: StateStore) => Promise<void>) => Promise<void>,
) {
  const clause = (section: string, words: string, run: (world: World) => Promise<void>, more = {}) =>
    test(`§${section}: ${words}`, () =>
      withState(async state => {
        const world = createWorld(state, more)
        await world.publish('one')
        await run(world)
      }))

  describe(`WebSub, ${runtime}`, () => {
    clause('3.1', 'hubs MUST accept a subscription with callback, mode and topic', async world => {
      expect((await world.subscribe(callback)).status).toBe(202)
      expect(world.hub().list()).toMatchObject([{ topic: '/rss.xml', callback, door: 'websub' }])
    })

    clause('3.1', 'hubs MUST accept a subscription with a secret', async world => {
      expect((await world.subscribe(callback, { 'hub.secret': 'a secret' })).status).toBe(202)
      expect(world.hub().list()).toMatchObject([{ secret: 'a secret' }])
    })

    clause(
      '4',
      'publishers SHOULD send Link headers with a hub and exactly one self, to GET and HEAD',
      async world => {
        for (const method of ['GET', 'HEAD']) {
          const link = (await world.ask('/rss.xml', { method })).headers.get('link')!
          expect(link.match(/rel="hub"/g)?.length).toBeGreaterThan(0)
          expect(link.match(/rel="self"/g)).toHaveLength(1)
          expect(link).toContain(`<${hubUrl}>; rel="hub"`)
        }
      },
    )

    clause('4.1', 'a self address has one representation, whatever is accepted', async world => {
      const types = ['application/json', 'text/html', '*/*'].map(
        async accept => (await world.ask('/rss.xml', { headers: { accept } })).headers.get('content-type')!,
      )
      expect(new Set(await Promise.all(types)).size).toBe(1)
    })

    clause('5.1', 'the lease of an unsubscription MUST be ignored', async world => {
      await world.subscribe(callback)
      await world.subscribe(callback, { 'hub.mode': 'unsubscribe', 'hub.lease_seconds': '86400' })
      expect(world.questions().at(-1)!.url.searchParams.has('hub.lease_seconds')).toBe(false)
      expect(world.hub().list()).toEqual([])
    })

    clause('5.1', 'a secret MUST be shorter than 200 bytes', async world => {
      expect((await world.subscribe(callback, { 'hub.secret': 'é'.repeat(100) })).status).toBe(400)
      expect((await world.subscribe(callback, { 'hub.secret': 'x'.repeat(199) })).status).toBe(202)
    })

    clause('5.1', 'hubs MUST ignore parameters that they do not understand', async world => {
      const more = { 'hub.verify': 'async', 'hub.digest': 'true', foo: 'bar' }
      expect((await world.subscribe(callback, more)).status).toBe(202)
      expect(world.hub().list()).toHaveLength(1)
    })

    clause('5.1', 'hubs MUST allow a subscription that is active to be asked for again', async world => {
      await world.subscribe(callback, { 'hub.lease_seconds': '86400' })
      await world.pass(3_600_000)
      expect((await world.subscribe(callback, { 'hub.lease_seconds': '172800' })).status).toBe(202)
      expect(world.hub().list()).toMatchObject([{ since: start, expires: start + 3_600_000 + 2 * day }])
    })

    clause('5.1', 'a later request MUST override the state, but only once it is verified', async world => {
      await world.subscribe(callback, { 'hub.secret': 'old' })
      let during: unknown
      world.subscribers.set('reader.example.net', arrival => {
        during = world.hub().list()[0]?.secret
        return agreeing(arrival)
      })
      await world.subscribe(callback, { 'hub.secret': 'new' })
      expect(during).toBe('old')
      expect(world.hub().list()).toMatchObject([{ secret: 'new' }])
      await world.subscribe(callback)
      expect(world.hub().list()).toMatchObject([{ secret: null }])
    })

    clause('5.1', 'where verification fails, the state MUST be left unchanged', async world => {
      await world.subscribe(callback, { 'hub.secret': 'old' })
      const before = world.hub().list()
      for (const answer of [
        { status: 404 },
        { status: 200, body: 'no' },
        { status: 302, headers: { location: callback } },
      ]) {
        world.subscribers.set('reader.example.net', () => answer)
        await world.subscribe(callback, { 'hub.secret': 'new' })
        await world.subscribe(callback, { 'hub.mode': 'unsubscribe' })
        expect(world.hub().list()).toEqual(before)
      }
    })

    clause(
      '5.1.1',
      'the topic MUST be the address that the feed names itself; another is refused',
      async world => {
        const topics = [
          `${site}feed.json`,
          `${rss}?x=1`,
          `${rss}#x`,
          site,
          'https://other.example/rss.xml',
          `${site}none.xml`,
          '',
        ]
        const statuses: number[] = []
        for (const topic of topics)
          statuses.push((await world.subscribe(callback, { 'hub.topic': topic })).status)
        expect(statuses).toEqual([202, 404, 404, 404, 404, 404, 404])
      },
    )

    clause('5.1.1', 'hubs MUST decode characters that are not reserved', async world => {
      expect((await world.subscribe(callback, { 'hub.topic': `${site}%72ss.xml` })).status).toBe(202)
      expect(world.hub().list()).toMatchObject([{ topic: '/rss.xml' }])
    })

    clause('5.1.1', 'hubs MUST keep the callback’s query and append theirs with &', async world => {
      const overlapping = `${callback}&hub.mode=mine&two`
      await world.subscribe(overlapping)
      const { url } = world.questions()[0]!
      expect(url.href.startsWith(`${overlapping}&hub.mode=subscribe&hub.topic=`)).toBe(true)
      await world.publish('two')
      await world.settle()
      expect(world.messages()[0]!.url.href).toBe(overlapping)
      await world.subscribe('https://plain.example.net/callback')
      expect(world.questions().at(-1)!.url.href).toContain('/callback?hub.mode=subscribe&')
    })

    clause('5.1.2', 'a request that can be handled MUST be answered with 202', async world => {
      expect((await world.subscribe(callback)).status).toBe(202)
      expect((await world.subscribe(callback, { 'hub.mode': 'unsubscribe' })).status).toBe(202)
    })

    clause(
      '5.1.2',
      'errors MUST be answered with 4xx or 5xx, and SHOULD be described as plain text',
      async world => {
        const wrong = [
          { 'hub.mode': 'dance' },
          { 'hub.callback': 'ftp://reader.example.net/' },
          { 'hub.callback': '' },
          { 'hub.callback': 'https://user:word@reader.example.net/' },
          { 'hub.topic': 'https://other.example/' },
        ]
        for (const fields of wrong) {
          const { status, text, headers } = await world.post({
            'hub.mode': 'subscribe',
            'hub.topic': rss,
            'hub.callback': callback,
            ...fields,
          })
          expect([fields, Math.floor(status / 100)]).toEqual([fields, 4])
          expect(headers.get('content-type')).toMatch(/^text\/plain/)
          expect(text.length).toBeGreaterThan(20)
        }
        const json = await world.ask('/hub', {
          method: 'POST',
          body: '{}',
          headers: { 'content-type': 'application/json' },
        })
        expect(json.status).toBe(415)
        const long = await world.post({
          'hub.mode': 'subscribe',
          'hub.topic': rss,
          'hub.callback': `${callback}${'x'.repeat(20_000)}`,
        })
        expect(long.status).toBe(413)
      },
    )

    clause('5.1.2', 'the answer MUST NOT depend on the outcome of verification', async world => {
      world.subscribers.set('reader.example.net', () => ({ status: 404 }))
      expect((await world.subscribe(callback)).status).toBe(202)
      expect((await world.subscribe('https://nobody.example.net/')).status).toBe(202)
    })

    clause(
      '5.2',
      'a subscription that is denied MUST be told so, with mode, topic and reason',
      async world => {
        await world.subscribe(callback)
        const cancelled = world.hub().cancel({ door: 'websub', topic: '/rss.xml', callback }, 'Not any more.')
        await world.settle()
        const { url } = world.questions().at(-1)!
        expect([
          cancelled,
          ...['mode', 'topic', 'reason'].map(name => url.searchParams.get(`hub.${name}`)),
        ]).toEqual([true, 'denied', rss, 'Not any more.'])
        expect(url.searchParams.get('own')).toBe('1')
        expect(world.hub().list()).toEqual([])
      },
    )

    clause(
      '5.2',
      'one that can’t be kept when its turn comes MUST be denied',
      async world => {
        const [first, second] = [world.subscribe(callback), world.subscribe('https://second.example.net/')]
        await Promise.all([first, second])
        expect((await first).status).toBe(202)
        expect(world.hub().list()).toHaveLength(1)
        expect(
          world.questions().filter(({ url }) => url.searchParams.get('hub.mode') === 'denied'),
        ).toHaveLength(1)
      },
      { maxSubscriptions: 1 },
    )

    clause('5.3', 'the question MUST have mode, topic, a random challenge, and the lease', async world => {
      await world.subscribe(callback)
      await world.subscribe('https://second.example.net/')
      const [first, second] = world.questions().map(({ url }) => url.searchParams)
      expect(['mode', 'topic', 'lease_seconds'].map(name => first!.get(`hub.${name}`))).toEqual([
        'subscribe',
        rss,
        '864000',
      ])
      expect(first!.get('hub.challenge')!.length).toBeGreaterThan(20)
      expect(first!.get('hub.challenge')).not.toBe(second!.get('hub.challenge'))
    })

    clause('5.3.1', 'anything but 2xx with the very challenge MUST count as failure', async world => {
      const challenge = (url: URL) => url.searchParams.get('hub.challenge')!
      const answers: ((url: URL) => { status: number; body: string })[] = [
        url => ({ status: 301, body: challenge(url) }),
        url => ({ status: 404, body: challenge(url) }),
        url => ({ status: 500, body: challenge(url) }),
        url => ({ status: 200, body: `${challenge(url)} ` }),
        () => ({ status: 200, body: '' }),
      ]
      for (const answer of answers) {
        world.subscribers.set('reader.example.net', ({ url }) => answer(url))
        await world.subscribe(callback)
        expect(world.hub().list()).toEqual([])
      }
      world.subscribers.set('reader.example.net', ({ url }) => ({ status: 299, body: challenge(url) }))
      await world.subscribe(callback)
      expect(world.hub().list()).toHaveLength(1)
    })

    clause('5.3.1', 'leases MUST be enforced', async world => {
      await world.subscribe(callback, { 'hub.lease_seconds': '3600' })
      await world.pass(3_599_000)
      await world.publish('two')
      await world.settle()
      expect(world.messages()).toHaveLength(1)
      await world.pass(2000)
      await world.publish('three')
      await world.settle()
      expect(world.messages()).toHaveLength(1)
    })

    clause('5.3.1', 'leases MUST NOT be for ever', async world => {
      const leases: (string | null)[] = []
      for (const seconds of ['', '0', '-1', 'abc', '1', '7200', '99999999999', '1e9']) {
        await world.subscribe(callback, { 'hub.lease_seconds': seconds })
        leases.push(world.questions().at(-1)!.url.searchParams.get('hub.lease_seconds'))
      }
      expect(leases).toEqual(['864000', '864000', '864000', '864000', '3600', '7200', '2592000', '864000'])
      expect(world.hub().list()[0]!.expires).toBe(start + 10 * day)
    })

    clause('6', 'publishers MUST inform the hub: a publication does, and a ping may', async world => {
      await world.subscribe(callback)
      await world.publish('two')
      await world.settle()
      expect(world.messages().map(({ body }) => body)).toEqual(['rss two'])
      expect(
        (
          await world.post([
            ['hub.mode', 'publish'],
            ['hub.url', rss],
            ['hub.topic', `${site}atom.xml`],
          ])
        ).status,
      ).toBe(204)
      expect((await world.post({ 'hub.mode': 'publish', 'hub.url': 'https://other.example/' })).status).toBe(
        404,
      )
      expect((await world.post({ 'hub.mode': 'publish' })).status).toBe(400)
      await world.settle()
      expect(world.messages()).toHaveLength(1)
    })

    clause('7', 'a message MUST have the topic’s Content-Type and its full contents', async world => {
      for (const path of ['rss.xml', 'atom.xml', 'feed.json'])
        await world.subscribe(`https://reader.example.net/${path}`, { 'hub.topic': `${site}${path}` })
      await world.publish('two')
      await world.settle()
      for (const { url, headers, body } of world.messages()) {
        const answer = await world.ask(url.pathname)
        expect([headers.get('content-type'), body]).toEqual([
          answer.headers.get('content-type'),
          await answer.text(),
        ])
      }
      expect(world.messages()).toHaveLength(3)
    })

    clause(
      '7',
      'a message MUST have Links to hub and self, and SHOULD have them in one field',
      async world => {
        await world.subscribe(callback)
        await world.publish('two')
        await world.settle()
        expect(world.messages()[0]!.headers.get('link')).toBe(`<${hubUrl}>; rel="hub", <${rss}>; rel="self"`)
      },
    )

    clause('7', '2xx is success; the body of the answer MUST be ignored', async world => {
      world.subscribers.set('reader.example.net', arrival =>
        arrival.method === 'GET' ? agreeing(arrival) : { status: 202, body: 'error: everything is wrong' },
      )
      await world.subscribe(callback)
      await world.publish('two')
      await world.pass(0)
      expect(world.outcomes()).toEqual([[callback, 'answered 202']])
      expect(world.due()).toBeNull()
    })

    clause('7', '410 MAY end the subscription', async world => {
      await world.subscribe(callback)
      world.subscribers.set('reader.example.net', () => ({ status: 410 }))
      await world.publish('two')
      await world.settle()
      expect([world.hub().list(), world.due()]).toEqual([[], null])
      expect(world.said.at(-2)).toMatchObject({ kind: 'ended', host: 'reader.example.net' })
    })

    clause(
      '7',
      'every other answer MUST count as failure, redirects too, and SHOULD be tried again',
      async world => {
        await world.subscribe(callback)
        for (const status of [301, 307, 400, 404, 500]) {
          const before = world.messages().length
          world.subscribers.set('reader.example.net', () => ({
            status,
            headers: { location: 'https://elsewhere.example/' },
          }))
          await world.publish(`status ${status}`)
          await world.settle()
          await world.pass(5000)
          expect([status, world.messages().length - before]).toEqual([status, 2])
        }
        expect(world.messages().some(({ url }) => url.host === 'elsewhere.example')).toBe(false)
      },
    )

    clause('7', 'attempts end, the subscription MUST stay, and a new update MUST be tried', async world => {
      await world.subscribe(callback, { 'hub.lease_seconds': '2592000' })
      world.subscribers.set('reader.example.net', () => 'nothing')
      await world.publish('two')
      await world.settle()
      const waits: number[] = []
      while (world.due() !== null) {
        waits.push((world.due()! - world.now()) / 1000)
        await world.pass(world.due()! - world.now())
      }
      expect(waits).toEqual([5, 300, 1800, 7200, 18_000, 36_000, 36_000])
      expect(world.outcomes()).toEqual([[callback, 'given up: ECONNREFUSED']])
      world.subscribers.set('reader.example.net', agreeing)
      await world.publish('three')
      // A host that failed so often rests for a while.
      await world.pass(300_000)
      expect(world.messages().at(-1)!.body).toBe('rss three')
      expect(world.outcomes()).toEqual([[callback, 'answered 204']])
    })

    for (const method of ['sha1', 'sha256', 'sha384', 'sha512'] as SignatureMethod[])
      clause(
        '7.1',
        `with a secret a message MUST be signed: method=hex of the body, ${method}`,
        async world => {
          const secret = 'sécret & more'
          await world.subscribe(callback, { 'hub.secret': secret })
          await world.subscribe('https://second.example.net/')
          await world.publish('two')
          await world.settle()
          const [signed, plain] = ['reader', 'second'].map(name =>
            world.messages().find(({ url }) => url.host.startsWith(name)),
          )
          expect(signed!.headers.get('x-hub-signature')).toBe(
            `${method}=${await hexOf(method, secret, signed!.bytes)}`,
          )
          expect(plain!.headers.has('x-hub-signature')).toBe(false)
        },
        { signature: method },
      )

    clause('8.2', 'a challenge can’t be guessed, and what is not verified is not kept', async world => {
      world.subscribers.set('reader.example.net', () => ({ status: 404 }))
      await world.subscribe(callback)
      expect([world.hub().list(), world.due()]).toEqual([[], null])
      expect(world.said.at(-1)).toMatchObject({ kind: 'refused', why: 'not verified: answered 404' })
    })

    clause('PubSubHubbub 0.3', 'a verify_token is given back', async world => {
      await world.subscribe(callback, { 'hub.verify_token': 'token&' })
      expect(world.questions()[0]!.url.searchParams.get('hub.verify_token')).toBe('token&')
    })
  })
}
