import { afterAll, describe, expect, test } from 'vitest'
import { appOf } from '../../src/http/app.ts'
import { startServer } from '../../src/runtimes/node/server.ts'
import { createConformanceReader } from './conformance-publication.ts'
import { runConformance } from './conformance-run.ts'
import { rawAnswer } from './raw-socket.ts'
import { askPort } from './socket-ask.ts'

const reader = await createConformanceReader()
const { fetch } = appOf(reader)

/** As `serve` answers, by the short way where there is one; and as the app does that somebody starts by themselves. */
const servers = [
  ['on Node, over sockets', await startServer({ fetch, reader, host: '127.0.0.1', port: 0 })],
  ['on Node, over sockets, all through Hono', await startServer({ fetch, host: '127.0.0.1', port: 0 })],
] as const

describe.each(servers)('%s', (name, { port, stop }) => {
  const socket = askPort(port)
  afterAll(async () => {
    socket.close()
    await stop()
  })

  runConformance(name, socket.ask)

  test.each([
    ['a header that never ends', `GET / HTTP/1.1\r\nhost: x\r\nx: ${'a'.repeat(20_000)}\r\n\r\n`, 431],
    ['a method nobody knows', 'BREW / HTTP/1.1\r\nhost: x\r\n\r\n', 400],
    ['no host', 'GET / HTTP/1.1\r\n\r\n', 400],
    ['two hosts', 'GET / HTTP/1.1\r\nhost: x\r\nhost: y z\r\nconnection: close\r\n\r\n', 400],
    ['a host that is none', 'GET / HTTP/1.1\r\nhost: x y\r\nconnection: close\r\n\r\n', 400],
    ['a port that is none', 'GET / HTTP/1.1\r\nhost: x:70000\r\nconnection: close\r\n\r\n', 400],
    ['an IPv6 host', 'GET / HTTP/1.1\r\nhost: [::1]:80\r\nconnection: close\r\n\r\n', 200],
    ['a backslash for a slash', 'GET /\\evil.example HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n', 400],
    ['dots above the root', 'GET /../rss.xml HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n', 200],
    ['TRACE', 'TRACE /rss.xml HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n', 405],
    ['the absolute form', 'GET http://y/rss.xml HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n', 200],
    ['HTTP/1.0, which knows no hosts', 'GET /rss.xml HTTP/1.0\r\n\r\n', 200],
  ])('%s', async (_, request, status) => {
    expect((await rawAnswer(port, request)).status).toBe(status)
  })

  test('a GET with a body is answered, and so is the request after it on the same connection', async () => {
    const { text } = await rawAnswer(
      port,
      'GET /rss.xml HTTP/1.1\r\nhost: x\r\ncontent-length: 5\r\n\r\nhelloHEAD / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n',
    )
    expect(text.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 200', 'HTTP/1.1 200'])
  })
})
