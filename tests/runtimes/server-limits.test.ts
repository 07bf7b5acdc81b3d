import { Agent, get } from 'node:http'
import { connect, type Socket } from 'node:net'
import { describe, expect, test } from 'vitest'
import type { ServerLimits } from '../../src/runtimes/node/server-limits.ts'
import { type ServerWatch, startWatchedServer } from '../../src/runtimes/node/watched-server.ts'
import { rawAnswer } from '../http/raw-socket.ts'
import { eventually } from './command-line.ts'

const body = 'Words.\n'.repeat(1000)

/** A server of one document, with these limits. */
async function limited(
  limits: Partial<ServerLimits> = {},
  fetch: (request: Request) => Response | Promise<Response> = () => new Response(body),
  watch: ServerWatch = {},
) {
  const server = await startWatchedServer({ host: '127.0.0.1', port: 0, limits, fetch }, watch)
  return { ...server, [Symbol.asyncDispose]: server.stop }
}

function open(port: number): Promise<Socket & { text: string }> {
  return new Promise((resolve, reject) => {
    const socket = Object.assign(connect(port, '127.0.0.1'), { text: '' })
    socket.setEncoding('latin1').on('data', data => {
      socket.text += data
    })
    socket.once('connect', () => resolve(socket)).once('error', reject)
    socket.on('error', () => {})
  })
}

const closed = (socket: Socket) =>
  new Promise<void>(resolve => (socket.closed ? resolve() : socket.once('close', () => resolve())))

describe('what is not a request is answered, and its connection closed', () => {
  test('431: header fields that are too large', async () => {
    const told: number[] = []
    await using server = await limited({ headerBytes: 2000 }, undefined, {
      onClientError: status => told.push(status),
    })
    const fits = await rawAnswer(
      server.port,
      `GET / HTTP/1.1\r\nhost: x\r\nx: ${'a'.repeat(1800)}\r\nconnection: close\r\n\r\n`,
    )
    expect(fits.status).toBe(200)
    const { text } = await rawAnswer(
      server.port,
      `GET / HTTP/1.1\r\nhost: x\r\nx: ${'a'.repeat(100_000)}\r\n\r\n`,
    )
    expect(text).toMatch(/^HTTP\/1\.1 431 Request Header Fields Too Large\r\n/)
    expect(text).toMatch(/\r\ncontent-type: text\/plain; charset=utf-8\r\n/)
    expect(text).toMatch(/\r\ncache-control: no-store\r\n/)
    expect(text).toMatch(/\r\nconnection: close\r\n/)
    expect(text).toMatch(/\r\n\r\nThe header fields of this request are too large\.\n$/)
    const [, length] = /content-length: (\d+)/.exec(text)!
    expect(text.split('\r\n\r\n')[1]).toHaveLength(Number(length))
    expect(told).toEqual([431])
  })

  test.each([
    ['that never begins', ''],
    ['whose fields never end', 'GET / HTTP/1.1\r\nhost: x\r\nx-slow: '],
  ])('408: a request %s, a byte now and then notwithstanding', async (_, start) => {
    await using server = await limited({ headersTime: 300, requestTime: 600 })
    const socket = await open(server.port)
    socket.write(start)
    const drip = setInterval(() => start && socket.write('a'), 20)
    await closed(socket)
    clearInterval(drip)
    expect(socket.text).toMatch(
      /^HTTP\/1\.1 408 Request Timeout\r\n[\s\S]*\r\n\r\nThe request took too long to arrive\.\n$/,
    )
  })

  test('400: what is not HTTP', async () => {
    await using server = await limited()
    const { text } = await rawAnswer(server.port, 'SSH-2.0-OpenSSH_9.6\r\n\r\n')
    expect(text).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n[\s\S]*\r\n\r\nThis is not an HTTP request\.\n$/)
  })

  test('what came before it is answered first, and whole', async () => {
    const { promise: released, resolve: release } = Promise.withResolvers<void>()
    let asked = 0
    const slow = async () => {
      const number = ++asked
      if (number === 2) await released
      return new Response(
        new ReadableStream({
          async start(controller) {
            controller.enqueue(new TextEncoder().encode(`first half of ${number}, `))
            await released
            controller.enqueue(new TextEncoder().encode('second half'))
            controller.close()
          },
        }),
      )
    }
    await using server = await limited({}, slow)
    const socket = await open(server.port)
    socket.write('GET / HTTP/1.1\r\nhost: x\r\n\r\nGET / HTTP/1.1\r\nhost: x\r\n\r\nnonsense\r\n\r\n')
    await eventually(() => socket.text.includes('first half') && asked === 2, Boolean)
    release()
    await closed(socket)
    expect(socket.text.match(/HTTP\/1\.1 \d+|second half|This is not/g)).toEqual([
      'HTTP/1.1 200',
      'second half',
      'HTTP/1.1 200',
      'second half',
      'HTTP/1.1 400',
      'This is not',
    ])
  })

  test('405: a tunnel, when what came before it is answered', async () => {
    const { promise: released, resolve: release } = Promise.withResolvers<void>()
    const told: number[] = []
    const asked = Promise.withResolvers<void>()
    const slow = async () => {
      asked.resolve()
      await released
      return new Response('late')
    }
    await using server = await limited({}, slow, { onClientError: status => told.push(status) })
    const socket = await open(server.port)
    socket.write('GET / HTTP/1.1\r\nhost: x\r\n\r\nCONNECT x:443 HTTP/1.1\r\nhost: x:443\r\n\r\n')
    await asked.promise
    release()
    await closed(socket)
    expect(socket.text.match(/HTTP\/1\.1 \d+|late|allow: .*|This is no proxy/g)).toEqual([
      'HTTP/1.1 200',
      'late',
      'HTTP/1.1 405',
      'allow: GET, HEAD, OPTIONS',
      'This is no proxy',
    ])
    expect(told).toEqual([405])
  })

  test('who asks for a tunnel behind an answer that he does not take is let go all the same', async () => {
    const large = new Uint8Array(64 * 1024 * 1024)
    const gone = Promise.withResolvers<void>()
    await using server = await limited({ stallTime: 300 }, () => new Response(large), {
      onServer: http => http.on('connection', connection => connection.on('close', () => gone.resolve())),
    })
    const socket = await open(server.port)
    socket.pause()
    socket.write('GET / HTTP/1.1\r\nhost: x\r\n\r\nCONNECT x:443 HTTP/1.1\r\nhost: x:443\r\n\r\n')
    const drip = setInterval(() => socket.write('x'), 50)
    await gone.promise
    clearInterval(drip)
    socket.destroy()
  })

  test('an answer that has begun is sent whole, though the body of its request breaks', async () => {
    const { promise: released, resolve: release } = Promise.withResolvers<void>()
    const broken = Promise.withResolvers<void>()
    const halves = async function* () {
      yield 'first half, '
      await released
      yield 'second half'
    }
    await using server = await limited(
      {},
      () => new Response(ReadableStream.from(halves()).pipeThrough(new TextEncoderStream())),
      { onServer: it => it.on('clientError', () => broken.resolve()) },
    )
    const socket = await open(server.port)
    socket.write('POST / HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n3\r\nabc\r\n')
    await eventually(() => socket.text.includes('first half'), Boolean)
    socket.write('nonsense\r\n')
    await broken.promise
    release()
    await closed(socket)
    expect(socket.text.match(/HTTP\/1\.1 \d+|second half|This is not/g)).toEqual([
      'HTTP/1.1 200',
      'second half',
      'HTTP/1.1 400',
      'This is not',
    ])
  })

  test('a body that is none is answered although its request waits for it', async () => {
    await using server = await limited({}, async request => new Response(await request.text()))
    const { text } = await rawAnswer(
      server.port,
      'POST / HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\nnonsense\r\n',
    )
    expect(text).toMatch(/^HTTP\/1\.1 400 /)
  })
})

describe('connections', () => {
  test('beyond the limit they are refused; idle ones give way', async () => {
    await using server = await limited({ connections: 3 })
    const agent = new Agent({ keepAlive: true })
    const ask = () =>
      new Promise<number>((resolve, reject) => {
        get({ port: server.port, host: '127.0.0.1', agent }, answer => {
          answer.resume().on('end', () => resolve(answer.statusCode!))
        }).on('error', reject)
      })
    expect(await Promise.all([ask(), ask(), ask()])).toEqual([200, 200, 200])
    // Three connections are kept and wait. A fourth client comes: it is turned away once, and then has room.
    const turnedAway = await open(server.port)
    await closed(turnedAway)
    expect(turnedAway.text).toBe('')
    expect(
      (await rawAnswer(server.port, 'GET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n')).status,
    ).toBe(200)
    agent.destroy()
  })

  test('one that waits too long for its next request is closed', async () => {
    await using server = await limited({ keepAlive: 100 })
    const socket = await open(server.port)
    socket.write('GET / HTTP/1.1\r\nhost: x\r\n\r\n')
    await closed(socket)
    expect(socket.text).toMatch(/^HTTP\/1\.1 200 OK\r\n/)
  })

  test('a client that takes nothing of its answer is let go', async () => {
    const endless = () =>
      new Response(new ReadableStream({ pull: controller => controller.enqueue(new Uint8Array(65_536)) }))
    let letGo = () => {}
    const gone = new Promise<void>(resolve => {
      letGo = resolve
    })
    await using server = await limited({ stallTime: 300 }, endless, {
      onServer: http => http.on('connection', connection => connection.on('close', letGo)),
    })
    const socket = await open(server.port)
    socket.pause()
    socket.write('GET / HTTP/1.1\r\nhost: x\r\n\r\n')
    await gone
    // Only who reads learns of the end of a connection.
    socket.resume()
    await closed(socket)
  })
})

describe('the end', () => {
  test('under load on kept connections not one request fails', async () => {
    const server = await limited({}, async () => {
      await new Promise(resolve => setImmediate(resolve))
      return new Response(body)
    })
    const agent = new Agent({ keepAlive: true, maxSockets: 40 })
    let stopping = false
    let answered = 0
    const failures: string[] = []
    const client = async () => {
      // Once it is known that the server goes, nobody begins anew: a refused connection would be no failure of its own.
      while (!stopping)
        await new Promise<void>(resolve => {
          get({ port: server.port, host: '127.0.0.1', agent }, answer => {
            let length = 0
            answer.on('data', chunk => {
              length += chunk.length
            })
            answer.on('error', error => failures.push(String(error)))
            answer.on('close', () => {
              answered++
              if (length !== body.length) failures.push(`${length} bytes`)
              if (answer.headers.connection === 'close') stopping = true
              resolve()
            })
          }).on('error', error => {
            failures.push(String(error))
            resolve()
          })
        })
    }
    const clients = Array.from({ length: 40 }, client)
    await eventually(
      () => answered,
      count => count > 400,
    )
    const stopped = server.stop()
    await Promise.all(clients)
    await stopped
    expect(failures).toEqual([])
    expect(stopping).toBe(true)
    agent.destroy()
  })

  test('a connection that was opened in advance and never used holds nothing up', async () => {
    const server = await limited()
    const socket = await open(server.port)
    // Were it waited for, this would last until the test's own limit.
    await server.stop()
    await closed(socket)
  })
})
