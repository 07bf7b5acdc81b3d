import { once } from 'node:events'
import { type AddressInfo, createServer, type LookupFunction } from 'node:net'
import { expect, test } from 'vitest'
import { askBriefly } from '../../src/runtimes/node/brief-request.ts'
import { createOutgoing } from '../../src/runtimes/node/outgoing.ts'

/** A server that answers with the bytes it is given, whatever it is asked, and keeps what arrived. */
async function rawServer(answer: string[]) {
  const arrived: Buffer[] = []
  const server = createServer(socket => {
    socket.on('error', () => {})
    socket.on('data', chunk => {
      arrived.push(chunk)
      for (const part of answer.splice(0)) socket.write(part)
      if (Buffer.concat(arrived).includes('hang up')) socket.destroy()
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/callback?id=1&x=%C3%A4`,
    arrived: () => Buffer.concat(arrived).toString(),
    [Symbol.dispose]: () => void server.close(),
  }
}

const message = {
  method: 'POST',
  headers: { 'Content-Type': 'application/rss+xml', Link: '<https://a/>;\r\nX-More: 1' },
  body: 'wörds',
  limit: 0,
  timeout: 60_000,
}

const ask = createOutgoing({ privateHosts: 'any', askBriefly })

test('a request of which the head is read: it arrives whole, and its answer is the first that counts', async () => {
  using server = await rawServer([
    'HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 503 Not',
    ' now\r\nRetry-After: 7\r\n\r\n<html>',
  ])
  const answer = await ask(server.url, message)
  expect(answer).toMatchObject({ status: 503, headers: { 'retry-after': '7' }, cut: false, broken: null })
  expect(answer.body).toHaveLength(0)
  expect(server.arrived()).toBe(
    `POST /callback?id=1&x=%C3%A4 HTTP/1.1\r\nHost: ${new URL(server.url).host}\r\nConnection: close\r\nContent-Type: application/rss+xml\r\nLink: <https://a/>;  X-More: 1\r\nContent-Length: 6\r\n\r\nwörds`,
  )
})

test('what is no answer is a failure', async () => {
  for (const [given, timeout, reason] of [
    [['SSH-2.0-x\r\n'], 60_000, 'it does not speak HTTP/1.1'],
    [['HTTP/1.1 9x\r\n\r\n'], 60_000, 'it does not speak HTTP/1.1'],
    [[`HTTP/1.1 200 OK\r\n${'X: y\r\n'.repeat(4000)}`], 60_000, 'it does not speak HTTP/1.1'],
    [['HTTP/1.1 20'], 300, 'no answer in 0.3 s'],
    [[], 300, 'no answer in 0.3 s'],
  ] as const) {
    using server = await rawServer([...given])
    await expect(ask(server.url, { ...message, timeout })).rejects.toMatchObject({
      reason: 'failed',
      message: reason,
    })
  }
  using server = await rawServer([])
  await expect(ask(server.url, { ...message, body: 'hang up' })).rejects.toMatchObject({
    message: 'ECONNRESET',
  })
})

test('where it must not go, it does not: what is connected to is what was checked', async () => {
  using server = await rawServer(['HTTP/1.1 200 OK\r\n\r\n'])
  const { port } = new URL(server.url)
  const lookup = ((_name, options, done) =>
    options.all
      ? done(null, [{ address: '127.0.0.1', family: 4 }])
      : done(null, '127.0.0.1', 4)) as LookupFunction
  const ask = createOutgoing({ lookup, askBriefly })
  for (const host of ['name.test', '127.0.0.1', 'localhost', '[::ffff:7f00:1]'])
    await expect(ask(`http://${host}:${port}/`, message)).rejects.toMatchObject({ reason: 'refused' })
  expect(server.arrived()).toBe('')
})
