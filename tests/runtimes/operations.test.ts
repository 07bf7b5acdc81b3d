import { once } from 'node:events'
import { request } from 'node:http'
import { connect } from 'node:net'
import { describe, expect, test } from 'vitest'
import { readExposition } from '../support/exposition.ts'
import {
  datedArticle,
  eventually,
  serveFolder,
  spawnBroadsheet,
  takenPort,
  temporaryFolder,
} from './command-line.ts'

const feeds = {
  'news/one.md': datedArticle('One'),
  'news/two.md': datedArticle('Two'),
  'news/draft.md': '---\ndraft: true\n---\nNot yet.\n',
}

/** `serve` with these lines in its `[serve]` table, and where its operators ask. */
async function served(settings: string, files: Record<string, string> = feeds) {
  const folder = temporaryFolder({
    ...files,
    'news/broadsheet.toml': `[serve]\nmetrics = "127.0.0.1:0"\n${settings}`,
  })
  const server = await serveFolder(folder.at('news'))
  const [, operations] = await server.until(/Metrics at (\S+)metrics\./)
  return Object.assign(server, {
    folder,
    operations: operations!,
    metrics: async () => readExposition(await (await fetch(`${operations}metrics`)).text()),
    async [Symbol.asyncDispose]() {
      server.child.kill('SIGKILL')
      await server.exited
      folder[Symbol.dispose]()
    },
  })
}

describe('metrics', () => {
  test('count what readers were answered, by kind, format and status', async () => {
    await using server = await served('')
    const before = await server.metrics()
    const first = await fetch(`${server.url}rss.xml`)
    const length = (await first.arrayBuffer()).byteLength
    const again = { headers: { 'if-none-match': first.headers.get('etag')! } }
    for (let count = 0; count < 3; count++) await fetch(`${server.url}rss.xml`, again)
    await (await fetch(`${server.url}feed.json?utm=1`)).text()
    await (await fetch(`${server.url}tags/none/atom.xml`)).text()
    await (await fetch(`${server.url}wp-login.php`)).text()
    await (await fetch(`${server.url}`, { method: 'DELETE' })).text()
    const metrics = await server.metrics()
    expect(metrics.get('broadsheet_http_requests_total{kind="feed",format="rss",status="200"}')).toBe(1)
    expect(metrics.get('broadsheet_http_requests_total{kind="feed",format="rss",status="304"}')).toBe(3)
    expect(metrics.get('broadsheet_http_requests_total{kind="feed",format="json",status="200"}')).toBe(1)
    expect(metrics.get('broadsheet_http_requests_total{kind="feed",format="atom",status="404"}')).toBe(1)
    expect(metrics.get('broadsheet_http_requests_total{kind="other",format="none",status="404"}')).toBe(1)
    expect(metrics.get('broadsheet_http_requests_total{kind="page",format="html",status="405"}')).toBe(1)
    // fetch takes gzip: the body is shorter on the way than here.
    const bytes =
      metrics.get('broadsheet_http_sent_bytes_total')! - before.get('broadsheet_http_sent_bytes_total')!
    expect(bytes).toBeGreaterThan(Number(first.headers.get('content-length')) + 7 * 300)
    expect(bytes).toBeLessThan(length + 40_000)
    expect(metrics.get('broadsheet_http_connections')).toBeGreaterThanOrEqual(1)
  })

  test('say what is published, how long it took, and when it last worked or failed', async () => {
    await using server = await served('')
    const before = await server.metrics()
    expect(before.get('broadsheet_generation')).toBe(1)
    expect(before.get('broadsheet_articles{status="published"}')).toBe(2)
    expect(before.get('broadsheet_articles{status="withheld"}')).toBe(1)
    expect(before.get('broadsheet_publications_total{outcome="success"}')).toBe(1)
    expect(before.get('broadsheet_publish_last_duration_seconds')).toBeGreaterThan(0)
    expect(before.get('broadsheet_publish_last_success_timestamp_seconds')! * 1000).toBeLessThanOrEqual(
      Date.now(),
    )
    expect(before.has('broadsheet_publish_last_failure_timestamp_seconds')).toBe(false)
    server.folder.write('news/broadsheet.toml', 'titel = "mistake"\n')
    const failing = await eventually(server.metrics, found =>
      found.has('broadsheet_publish_last_failure_timestamp_seconds'),
    )
    expect(failing.get('broadsheet_publications_total{outcome="failure"}')).toBeGreaterThanOrEqual(1)
    expect(await (await fetch(`${server.operations}readyz`)).json()).toEqual({
      status: 'ready',
      generation: 1,
      publishing: 'failing',
      reason: 'settings',
    })
    server.folder.write('news/broadsheet.toml', '')
    server.folder.write('news/three.md', datedArticle('Three'))
    const after = await eventually(
      server.metrics,
      found => found.get('broadsheet_articles{status="published"}') === 3,
    )
    expect(after.get('broadsheet_generation')).toBeGreaterThan(1)
    expect(server.said()).toContain('The tables [serve] and [push] are read at the start')
  })

  test('know the process: memory, processor, event loop', async () => {
    await using server = await served('')
    // The event loop is measured by a timer of its own: what it says is there when that has run.
    const metrics = await eventually(server.metrics, found => found.has('nodejs_eventloop_lag_mean_seconds'))
    for (const name of [
      'process_resident_memory_bytes',
      'process_cpu_seconds_total',
      'process_start_time_seconds',
      'nodejs_heap_size_used_bytes',
      'nodejs_external_memory_bytes',
    ])
      expect(metrics.get(name), name).toBeGreaterThan(0)
    for (const name of ['mean', 'p50', 'p99', 'max'])
      expect(metrics.get(`nodejs_eventloop_lag_${name}_seconds`), name).toBeGreaterThanOrEqual(0)
  })

  test('count what was no request', async () => {
    await using server = await served('max_header_bytes = 2000\n')
    const { hostname, port } = new URL(server.url)
    await new Promise<void>(resolve => {
      const socket = connect(Number(port), hostname.replace('localhost', '127.0.0.1'), () => {
        socket.write(`GET / HTTP/1.1\r\nhost: x\r\nx: ${'a'.repeat(3000)}\r\n\r\n`)
      })
      socket
        .resume()
        .on('error', () => {})
        .on('close', () => resolve())
    })
    expect((await server.metrics()).get('broadsheet_http_client_errors_total{status="431"}')).toBe(1)
  })
})

describe('where operators ask', () => {
  test('readers get nothing of it, and operators nothing of the publication', async () => {
    await using server = await served('')
    for (const path of ['metrics', 'readyz']) expect((await fetch(`${server.url}${path}`)).status).toBe(404)
    expect((await fetch(`${server.operations}rss.xml`)).status).toBe(404)
    const metrics = await fetch(`${server.operations}metrics`)
    expect(metrics.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8')
    expect(metrics.headers.get('cache-control')).toBe('no-store')
    expect((await fetch(`${server.operations}metrics`, { method: 'POST' })).status).toBe(405)
    expect(await (await fetch(`${server.operations}healthz`)).json()).toEqual({ status: 'ok' })
    const head = await fetch(`${server.operations}readyz`, { method: 'HEAD' })
    expect([head.status, await head.text()]).toEqual([200, ''])
  })

  test('without the setting nothing listens', async () => {
    using folder = temporaryFolder(feeds)
    await using server = await serveFolder(folder.at('news'))
    expect(server.said()).not.toContain('Metrics')
  })

  test('--metrics goes before the settings, and can be a socket', async () => {
    using folder = temporaryFolder({ ...feeds, 'news/broadsheet.toml': '[serve]\nmetrics = "127.0.0.1:1"\n' })
    const socketPath = folder.at('operations.sock')
    await using server = await serveFolder(folder.at('news'), '--metrics', socketPath)
    expect((await server.until(/Metrics at (\S+)\.\n/))[1]).toBe(`${socketPath}`)
    const status = await new Promise(resolve =>
      request({ socketPath, path: '/readyz' }, answer => resolve(answer.resume().statusCode)).end(),
    )
    expect(status).toBe(200)
  })

  test('a taken port ends the start with a sentence', async () => {
    await using first = await served('')
    const { host } = new URL(first.operations)
    await using second = spawnBroadsheet(['serve', first.folder.at('news'), '--port', '0', '--metrics', host])
    expect(await second.exited).toBe(3)
    expect(second.said()).toMatch(/^broadsheet: Port \d+ is taken: .* Choose another with --metrics/)
  })

  test('not ready before the first publication, nor when the end has begun', async () => {
    const many = Object.fromEntries(
      Array.from({ length: 1500 }, (_, n) => [
        `news/${n}.md`,
        datedArticle(`N${n}`, undefined, 'Words. '.repeat(300)),
      ]),
    )
    using folder = temporaryFolder(many)
    const { port, [Symbol.asyncDispose]: free } = await takenPort()
    await free()
    await using server = spawnBroadsheet(
      ['serve', folder.at('news'), '--port', '0', '--metrics', `127.0.0.1:${port}`],
      { env: { BROADSHEET_CACHE: folder.at('cache') } },
    )
    const states: string[] = []
    const look = async () => {
      try {
        const answer = await fetch(`http://127.0.0.1:${port}/readyz`)
        const { status } = (await answer.json()) as { status: string }
        const state = `${answer.status} ${status}`
        if (states.at(-1) !== state) states.push(state)
      } catch {
        // Not there yet, or not any more.
      }
      return states
    }
    await eventually(look, found => found.includes('200 ready'))
    // A connection in the middle of a request holds the end up for a moment.
    const [, reader] = await server.until(/Serving at http:\/\/localhost:(\d+)/)
    const socket = connect(Number(reader), '127.0.0.1').on('error', () => {})
    // One write: when the first request is answered, the second has begun to arrive.
    socket.write('HEAD / HTTP/1.1\r\nhost: x\r\n\r\nGET / HTTP/1.1\r\nhost: x\r\nx-slow: ')
    await once(socket, 'data')
    server.child.kill('SIGTERM')
    await eventually(look, found => found.includes('503 stopping'))
    socket.destroy()
    expect(await server.exited).toBe(0)
    expect(states).toEqual(['503 starting', '200 ready', '503 stopping'])
  })
})

describe('the log', () => {
  const entries = (said: string): Record<string, unknown>[] =>
    said
      .split('\n')
      .filter(line => line.startsWith('{'))
      .map(line => JSON.parse(line))

  test('as JSON, one object a line, and nothing else on stderr', async () => {
    await using server = await servedAsJson('json')
    const found = entries(server.said())
    expect(
      server
        .said()
        .split('\n')
        .filter(line => line !== '' && !line.startsWith('{')),
    ).toEqual([])
    expect(found.map(({ event }) => event)).toEqual(expect.arrayContaining(['published', 'serving']))
    expect(found.find(({ event }) => event === 'published')).toMatchObject({
      level: 'info',
      published: 2,
      withheld: 1,
    })
    for (const { time } of found) expect(time).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
    server.folder.write('news/broadsheet.toml', 'titel = "mistake"\n')
    await eventually(
      () => entries(server.said()),
      list => list.some(({ event }) => event === 'publish-failed'),
    )
    expect(entries(server.said()).find(({ event }) => event === 'publish-failed')).toMatchObject({
      level: 'error',
      reason: 'settings',
    })
    expect(entries(server.said()).some(({ event }) => event === 'request')).toBe(false)
  })

  test('one line for every request, without its query, its secrets, and anything that could trick a terminal', async () => {
    await using server = await servedAsJson('requests')
    const { port } = new URL(server.url)
    await new Promise<void>(resolve => {
      const socket = connect(Number(port), '127.0.0.1', () => {
        socket.write(
          Buffer.from(
            'GET http://user:pa55@x/rss.xml?token=s3cret HTTP/1.1\r\nhost: x\r\nauthorization: Bearer s3cret\r\n' +
              `cookie: s3cret\r\nuser-agent: A "reader"\t\x9b31m\x85${'long '.repeat(200)}\r\nconnection: close\r\n\r\n`,
            'latin1',
          ),
        )
      })
      socket.resume().on('close', () => resolve())
    })
    await (await fetch(`${server.url}atom.xml?token=s3cret`, { method: 'HEAD' })).text()
    const found = await eventually(
      () => entries(server.said()).filter(({ event }) => event === 'request'),
      list => list.length === 2,
    )
    expect(found[0]).toMatchObject({
      level: 'info',
      client: 'local',
      method: 'GET',
      path: '/rss.xml',
      kind: 'feed',
      format: 'rss',
      status: 200,
    })
    expect(found[0]!.bytes).toBeGreaterThan(1000)
    expect(found[1]).toMatchObject({ method: 'HEAD', path: '/atom.xml', status: 200 })
    expect(server.said()).not.toMatch(/s3cret|pa55|token/)
    // Every byte of the log that is none of its own line ends can be seen.
    expect(server.said()).not.toMatch(/[\0-\x09\x0b-\x1f\x7f-\x9f]/)
    expect((found[0]!.agent as string).length).toBeLessThan(310)
  })

  test('what is waiting is written before the end', async () => {
    await using server = await servedAsJson('requests')
    await Promise.all(Array.from({ length: 200 }, async () => (await fetch(`${server.url}rss.xml`)).text()))
    server.child.kill('SIGTERM')
    expect(await server.exited).toBe(0)
    expect(entries(server.said()).filter(({ event }) => event === 'request')).toHaveLength(200)
  })

  async function servedAsJson(kind: string) {
    const folder = temporaryFolder(feeds)
    const server = spawnBroadsheet(['serve', folder.at('news'), '--port', '0', '--log', kind])
    await server.until(/"event":"serving"/)
    const { url } = entries(server.said()).find(({ event }) => event === 'serving') as { url: string }
    return Object.assign(server, {
      folder,
      url,
      async [Symbol.asyncDispose]() {
        server.child.kill('SIGKILL')
        await server.exited
        folder[Symbol.dispose]()
      },
    })
  }
})
