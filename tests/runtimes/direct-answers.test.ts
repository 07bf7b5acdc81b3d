import { afterAll, beforeEach, expect, test } from 'vitest'
import { type Answer, type ReadRequest, withBody } from '../../src/http/answer.ts'
import { appOf } from '../../src/http/app.ts'
import type { Reader } from '../../src/http/reader.ts'
import { startServer } from '../../src/runtimes/node/server.ts'
import { createConformanceReader } from '../http/conformance-publication.ts'
import { rawAnswer } from '../http/raw-socket.ts'

/* Which requests take the short way to the reader, and what becomes of those that can't go it to the end. */

const conformance = await createConformanceReader()
const errors: unknown[] = []
let special: (asked: ReadRequest) => ReturnType<Reader['answer']> = () => undefined
const reader: Reader = {
  ...conformance,
  answer: asked => (asked.target.path === '/special' ? special(asked) : conformance.answer(asked)),
}
let throughHono = 0
const app = appOf(reader, { onError: error => errors.push(error) })
const server = await startServer({
  fetch: request => {
    throughHono++
    return app.fetch(request)
  },
  reader,
  host: '127.0.0.1',
  port: 0,
})
afterAll(() => server.stop())
beforeEach(() => {
  throughHono = 0
  errors.length = 0
})

const ask = (line: string, ...fields: string[]) =>
  rawAnswer(
    server.port,
    `${line} HTTP/1.1\r\n${['host: localhost', ...fields, 'connection: close'].join('\r\n')}\r\n\r\n`,
  )

test.each([
  ['GET /rss.xml', 200, 0],
  ['HEAD /rss.xml', 200, 0],
  ['GET /rss.xml?utm_source=x&y=%20', 200, 0],
  ['GET /', 200, 0],
  ['GET /articles/1/', 200, 0],
  ['GET /articles/1', 301, 0],
  ['GET /articles/withdrawn/', 410, 0],
  ['GET /media/sound.mp3', 200, 0],
  ['GET /healthz', 200, 0],
  ['GET /nowhere', 404, 1],
  ['GET /404.html', 404, 1],
  ['GET /tags/donn%C3%A9es/', 200, 1],
  ['GET //rss.xml', 301, 1],
  ['GET /./rss.xml', 200, 1],
  ['GET /articles/../rss.xml', 200, 1],
  ['GET /rss.xml#fragment', 404, 1],
  ['GET /rss.xml?"', 200, 1],
  ['GET /rss%zz', 400, 1],
  ['GET http://localhost/rss.xml', 200, 1],
  ['OPTIONS /rss.xml', 204, 1],
  ['POST /rss.xml', 405, 1],
])('%s: %i, asked of the app %i times', async (line, status, times) => {
  const shown = await ask(line, 'content-length: 0')
  expect(shown.status).toBe(status)
  expect(throughHono).toBe(times)
})

test('an address that is too long needs no app to be refused', async () => {
  expect((await ask(`GET /${'a'.repeat(8000)}`)).status).toBe(414)
  expect(throughHono).toBe(0)
})

test('fields that come twice are joined, as everywhere', async () => {
  const twice = ['if-none-match: "other"', 'If-None-Match: W/"01cb1dd808e3b18c56de70e68e40fb7b"']
  expect((await ask('GET /rss.xml', ...twice)).status).toBe(304)
  const dates = Array(2).fill('if-modified-since: Thu, 01 Jan 2026 00:00:01 GMT')
  expect((await ask('GET /rss.xml', ...dates)).status).toBe(200)
  expect(throughHono).toBe(0)
})

const body = new TextEncoder().encode('late')
const late: Answer = withBody(200, { 'content-length': '4' }, body)

test('an answer that takes its time is waited for', async () => {
  special = async () => late
  const { status, text } = await ask('GET /special')
  expect(status).toBe(200)
  expect(text).toMatch(/\r\n\r\nlate$/)
  expect(throughHono).toBe(0)
})

test('a stream is sent as it comes', async () => {
  const stream = () => new Blob(['la', 'te']).stream()
  special = () => withBody(200, { 'content-length': '4' }, stream())
  expect((await ask('GET /special')).text).toMatch(/\r\n\r\nlate$/)
  expect(throughHono).toBe(0)
})

test('a stream that breaks off leaves the answer too short, and the server alive', async () => {
  special = () => {
    let sent = false
    const stream = new ReadableStream<Uint8Array>({
      pull(controller) {
        if (sent) throw new Error('changed since publication')
        sent = true
        controller.enqueue(body)
      },
    })
    return withBody(200, { 'content-length': '8' }, stream)
  }
  expect((await ask('GET /special')).text).not.toMatch(/latelate/)
  expect((await ask('GET /rss.xml')).status).toBe(200)
})

test.each([
  [
    'at once',
    () => {
      throw new Error('broken')
    },
  ],
  ['later', () => Promise.reject(new Error('broken'))],
])('an error %s is reported once, by the app', async (_, fail) => {
  special = fail
  const { status } = await ask('GET /special')
  expect(status).toBe(500)
  expect(errors.map(String)).toEqual(['Error: broken'])
})

test('who hangs up in the middle of a stream ends it', async () => {
  let cancelled: () => void
  const ended = new Promise<void>(resolve => {
    cancelled = resolve
  })
  special = () =>
    withBody(
      200,
      {},
      new ReadableStream<Uint8Array>({
        pull: controller => controller.enqueue(new Uint8Array(65_536)),
        cancel: () => cancelled(),
      }),
    )
  const aborter = new AbortController()
  const answer = await fetch(`http://127.0.0.1:${server.port}/special`, { signal: aborter.signal })
  await answer.body!.getReader().read()
  aborter.abort()
  await ended
})
