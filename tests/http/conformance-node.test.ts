import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import { afterAll, expect, test } from 'vitest'
import { createConformanceServer } from './conformance-publication.ts'
import { runConformance } from './conformance-run.ts'
import { rawAnswer } from './raw-socket.ts'
import { askPort } from './socket-ask.ts'

const fetch = await createConformanceServer()
const server = serve({ fetch, port: 0, hostname: '127.0.0.1' })
await new Promise(resolve => server.once('listening', resolve))
const { port } = server.address() as AddressInfo
const socket = askPort(port)
afterAll(() => {
  socket.close()
  server.close()
})

runConformance('on Node, over sockets', socket.ask)

test.each([
  ['a header that never ends', `GET / HTTP/1.1\r\nhost: x\r\nx: ${'a'.repeat(20_000)}\r\n\r\n`, 431],
  ['a method nobody knows', 'BREW / HTTP/1.1\r\nhost: x\r\n\r\n', 400],
  ['no host', 'GET / HTTP/1.1\r\n\r\n', 400],
  ['a backslash for a slash', 'GET /\\evil.example HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n', 400],
  ['TRACE', 'TRACE /rss.xml HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n', 405],
  ['the absolute form', 'GET http://y/rss.xml HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n', 200],
  ['HTTP/1.0, which knows no hosts', 'GET /rss.xml HTTP/1.0\r\n\r\n', 200],
])('on Node, over sockets: %s', async (_, request, status) => {
  expect((await rawAnswer(port, request)).status).toBe(status)
})
