import { Agent, request as httpRequest } from 'node:http'
import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import { afterAll, expect, test } from 'vitest'
import { createConformanceServer } from './conformance-publication.ts'
import { type Ask, fieldsOf, runConformance } from './conformance-run.ts'
import { rawAnswer } from './raw-socket.ts'

const fetch = await createConformanceServer()
const server = serve({ fetch, port: 0, hostname: '127.0.0.1' })
await new Promise(resolve => server.once('listening', resolve))
const { port } = server.address() as AddressInfo
const agent = new Agent({ keepAlive: true })
afterAll(() => {
  agent.destroy()
  server.close()
})

/** Asks over a socket and takes the fields as they were sent. */
const ask: Ask = request =>
  new Promise((resolve, reject) => {
    const { method, path } = request
    const sent = httpRequest({ port, agent, method, path, headers: fieldsOf(request) }, answer => {
      const chunks: Buffer[] = []
      answer.on('data', chunk => chunks.push(chunk))
      answer.on('error', reject)
      answer.on('end', () => {
        const headers: [string, string][] = []
        for (let index = 0; index < answer.rawHeaders.length; index += 2)
          headers.push([answer.rawHeaders[index]!.toLowerCase(), answer.rawHeaders[index + 1]!])
        resolve({ status: answer.statusCode!, headers, body: new Uint8Array(Buffer.concat(chunks)) })
      })
    })
    sent.on('error', reject)
    sent.end()
  })

runConformance('on Node, over sockets', ask)

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
