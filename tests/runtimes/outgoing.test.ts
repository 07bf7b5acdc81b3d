import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import { type AddressInfo, createServer as createTcpServer, type LookupFunction, type Socket } from 'node:net'
import { brotliCompressSync, gzipSync, zstdCompressSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { type Ask, OutgoingFailure, withinBudget } from '../../src/model/outgoing.ts'
import { createOutgoing } from '../../src/runtimes/node/outgoing.ts'
import { broadsheet, temporaryFolder } from './command-line.ts'

const quick = { timeout: 60_000 }

/** A server on the loopback, for as long as it is in use. */
async function strangeServer(listener: RequestListener) {
  let requests = 0
  const server = createServer((request, response) => {
    requests++
    listener(request, response)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    host,
    url: `http://${host}/`,
    ask: createOutgoing({ privateHosts: [host] }),
    requests: () => requests,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      server.close()
    },
  }
}

/** As the system would, were this the whole of DNS. */
const resolver = (names: Record<string, string[]>): LookupFunction =>
  ((name, options, done) => {
    const found = (names[name] ?? []).map(address => ({ address, family: address.includes(':') ? 6 : 4 }))
    if (found.length === 0) done(Object.assign(new Error('no'), { code: 'ENOTFOUND' }), '', 0)
    else if (options.all) done(null, found)
    else done(null, found[0]!.address, found[0]!.family)
  }) as LookupFunction

describe('where requests must not go', () => {
  test.each([
    'http://127.0.0.1/',
    'http://2130706433/',
    'http://0x7f.1/',
    'http://0177.0.0.1/',
    'http://１２７.０.０.１/',
    'http://[::1]/',
    'http://[::ffff:7f00:1]/',
    'http://[::7f00:1]/',
    'http://[64:ff9b::7f00:1]/',
    'http://[2002:7f00:1::]/',
    'http://[fe80::1]/',
    'http://10.0.0.1/',
    'http://169.254.169.254/latest/meta-data/',
    'http://[fd00:ec2::254]/',
    'http://localhost/',
    'http://localhost./',
    'http://LOCALHOST/',
    'http://a.localhost/',
    'http://user:password@news.example.org/',
    'http://user@news.example.org/',
    'ftp://news.example.org/',
    'file:///etc/passwd',
    'gopher://news.example.org/',
    'data:text/plain,x',
    'news.example.org',
  ])('%s is refused, and nobody is asked where it is', async url => {
    const looked: string[] = []
    const lookup: LookupFunction = (name, options, done) => {
      looked.push(name)
      resolver({})(name, options, done)
    }
    await expect(createOutgoing({ lookup })(url, quick)).rejects.toMatchObject({ reason: 'refused' })
    expect(looked).toEqual([])
  })

  test.each([
    ['a name of this machine', ['127.0.0.1']],
    ['one address of several', ['93.184.215.14', '192.168.0.1']],
    ['the mapped form', ['::ffff:10.0.0.1']],
  ])('%s is refused once it is resolved, and nothing is connected to', async (_, addresses) => {
    await using server = await strangeServer((_, response) => response.end('inside'))
    const { port } = new URL(server.url)
    const lookup = resolver({ 'news.example.org': addresses })
    await expect(createOutgoing({ lookup })(`http://news.example.org:${port}/`, quick)).rejects.toThrow(
      /^news\.example\.org is (?:127|192|::ffff).* which is not on the public internet$/,
    )
    expect(server.requests()).toBe(0)
  })

  test('a name is resolved once: what was checked is what is connected to', async () => {
    let asked = 0
    const lookup: LookupFunction = (name, options, done) => {
      // A second question would get another answer: that is how a check is passed and the loopback reached.
      const address = asked++ === 0 ? '203.0.114.1' : '127.0.0.1'
      resolver({ [name]: [address] })(name, options, done)
    }
    await using server = await strangeServer((_, response) => response.end('inside'))
    const { port } = new URL(server.url)
    const answer = createOutgoing({ lookup })(`http://rebind.example:${port}/`, { timeout: 300 })
    await expect(answer).rejects.toMatchObject({ reason: 'failed' })
    expect([asked, server.requests()]).toEqual([1, 0])
  })

  test('a host that was named is let through, and no other port of it', async () => {
    await using server = await strangeServer((_, response) => response.end('mine'))
    await using neighbour = await strangeServer((_, response) => response.end('not mine'))
    expect(new TextDecoder().decode((await server.ask(server.url, quick)).body)).toBe('mine')
    await expect(server.ask(neighbour.url, quick)).rejects.toMatchObject({ reason: 'refused' })
    expect(neighbour.requests()).toBe(0)
  })

  test('a redirect is an answer: nothing is followed', async () => {
    await using target = await strangeServer((_, response) => response.end('inside'))
    await using server = await strangeServer((_, response) =>
      response.writeHead(302, { location: target.url }).end(),
    )
    const { status, headers } = await server.ask(server.url, quick)
    expect([status, headers.location, target.requests()]).toEqual([302, target.url, 0])
  })
})

describe('limits', () => {
  const megabyte = Buffer.alloc(1_000_000)
  const codings: [string, (bytes: Buffer) => Buffer][] = [
    ['gzip', gzipSync],
    ['br', brotliCompressSync],
    ['zstd', zstdCompressSync],
  ]

  test.each(codings)('a bomb in %s is decoded up to the limit', async (coding, encode) => {
    const bomb = encode(Buffer.alloc(60_000_000))
    await using server = await strangeServer((_, response) =>
      response.writeHead(200, { 'content-encoding': coding }).end(bomb),
    )
    const before = process.memoryUsage().rss
    const { body, cut, broken } = await server.ask(server.url, { ...quick, limit: 100_000 })
    expect([body.length, cut, broken]).toEqual([100_000, true, null])
    expect(process.memoryUsage().rss - before).toBeLessThan(40_000_000)
  })

  test('an endless body is read up to the limit', async () => {
    await using server = await strangeServer((_, response) => {
      const more = () => {
        while (!response.destroyed && response.write(megabyte)) {}
      }
      response.on('drain', more)
      more()
    })
    const { body, cut } = await server.ask(server.url, { ...quick, limit: 3_000_000 })
    expect([body.length, cut]).toEqual([3_000_000, true])
  })

  test('endless bytes that decode to nothing are not read for ever', async () => {
    // Empty stored blocks of deflate: 5 bytes each, and nothing in them.
    const header = Buffer.from('1f8b0800000000000003', 'hex')
    const blocks = Buffer.concat(Array.from({ length: 50_000 }, () => Buffer.from('000000ffff', 'hex')))
    await using server = await strangeServer((_, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' })
      response.write(header)
      const more = () => {
        while (!response.destroyed && response.write(blocks)) {}
      }
      response.on('drain', more)
      more()
    })
    expect(await server.ask(server.url, { ...quick, limit: 1000 })).toMatchObject({ cut: true })
  })

  test('a body of exactly the limit is whole', async () => {
    await using server = await strangeServer((_, response) => response.end('12345'))
    expect(await server.ask(server.url, { ...quick, limit: 5 })).toMatchObject({ cut: false, broken: null })
    expect(await server.ask(server.url, { ...quick, limit: 4 })).toMatchObject({ cut: true })
  })

  test('with limit 0 the body is not waited for', async () => {
    await using server = await strangeServer((_, response) => response.writeHead(204 + 1).flushHeaders())
    expect((await server.ask(server.url, { ...quick, limit: 0 })).status).toBe(205)
  })

  test('a body in drips ends when the time does', async () => {
    await using server = await strangeServer((_, response) => {
      const timer = setInterval(() => response.write('.'), 5)
      response.on('close', () => clearInterval(timer))
    })
    const { broken } = await server.ask(server.url, { timeout: 200 })
    expect(broken).toBe('it was not whole after 0.2 s')
  })

  // Only what never ends by itself is given little time: on a busy machine anything else may be slower than that.
  const brief = { timeout: 300 }
  test.each<[string, (socket: Socket) => void, { timeout: number }, RegExp]>([
    ['nothing', () => {}, brief, /^no answer in 0\.3 s$/],
    [
      'headers without end',
      socket => void floods(socket, 'HTTP/1.1 200 OK\r\n', 'x: y\r\n'),
      quick,
      /^HPE_HEADER_OVERFLOW$/,
    ],
    [
      '100 Continue without end',
      socket => void floods(socket, '', 'HTTP/1.1 100 Continue\r\n\r\n'),
      brief,
      /^no answer in/,
    ],
    ['no HTTP', socket => socket.end('SSH-2.0-x\r\n'), quick, /^HPE_/],
    ['the end', socket => socket.end(), quick, /^ECONNRESET$/],
  ])('a server that sends %s', async (_, behaviour, options, message) => {
    const server = createTcpServer(socket => {
      socket.on('error', () => {})
      socket.once('data', () => behaviour(socket))
    }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
    const ask = createOutgoing({ privateHosts: [host] })
    await expect(ask(`http://${host}/`, options)).rejects.toThrow(message)
    server.close()
  })

  test('an empty body with a coding is empty; one that is not in its coding is broken', async () => {
    await using server = await strangeServer(({ url }, response) =>
      response
        .writeHead(200, { 'content-encoding': url === '/strange' ? 'x' : 'gzip' })
        .end(url === '/' ? '' : 'text'),
    )
    expect(await server.ask(server.url, quick)).toMatchObject({ broken: null })
    expect(await server.ask(`${server.url}a`, quick)).toMatchObject({
      broken: 'it says it is gzip, but is not',
    })
    expect(await server.ask(`${server.url}strange`, quick)).toMatchObject({
      broken: 'its coding "x" is unknown',
    })
  })

  test('a body is sent with its length', async () => {
    await using server = await strangeServer((request, response) => {
      request.pipe(response.writeHead(200, { got: `${request.method} ${request.headers['content-length']}` }))
    })
    const answer = await server.ask(server.url, { ...quick, method: 'POST', body: 'é' })
    expect([answer.headers.got, new TextDecoder().decode(answer.body)]).toEqual(['POST 2', 'é'])
  })
})

describe('a budget for all requests', () => {
  const answer = { url: '', status: 200, headers: {}, cut: false, broken: null, waited: 0 }
  const plenty = { requests: 100, bytes: 1e9, lateness: 1e9, lateAfter: 1000 }

  test('of requests', async () => {
    const ask = withinBudget(
      async () => ({ ...answer, body: new Uint8Array(1) }),
      { ...plenty, requests: 2 },
      () => 0,
    )
    await ask('a')
    await ask('b')
    await expect(ask('c')).rejects.toThrow(
      new OutgoingFailure('spent', '2 requests are the most that are sent'),
    )
  })

  test('of bytes: each request may have what is left', async () => {
    const limits: (number | undefined)[] = []
    const source: Ask = async (_, request) => {
      limits.push(request?.limit)
      return { ...answer, body: new Uint8Array(60) }
    }
    const ask = withinBudget(source, { ...plenty, bytes: 100 }, () => 0)
    await ask('a', { limit: 80 })
    await ask('b', { limit: 80 })
    await expect(ask('c')).rejects.toMatchObject({ reason: 'spent' })
    expect(limits).toEqual([80, 41])
  })

  test('of lateness: what was quick costs nothing', async () => {
    let now = 0
    const took = [900, 900, 1600, 1600, 1600]
    const source: Ask = async () => {
      now += took.shift()!
      return { ...answer, body: new Uint8Array(0) }
    }
    const ask = withinBudget(source, { ...plenty, lateness: 1000 }, () => now)
    for (let sent = 0; sent < 4; sent++) await ask('a')
    await expect(ask('b')).rejects.toMatchObject({ reason: 'spent' })
  })
})

function floods(socket: Socket, first: string, again: string): void {
  const block = again.repeat(1000)
  socket.write(first)
  const more = () => {
    while (!socket.destroyed && socket.write(block)) {}
  }
  socket.on('drain', more)
  more()
}

describe('diff --against', () => {
  const rss =
    '<rss version="2.0"><channel><title>x</title><link>https://x.example/</link><description/></channel></rss>'

  test.each<[string, RequestListener, RegExp | null]>([
    ['a feed on this machine is read', (_, response) => response.end(rss), null],
    [
      'a redirect is not followed',
      (_, response) => response.writeHead(302, { location: 'https://feeds.example/\x9b2J' }).end(),
      /can't be read \(it redirects to https:\/\/feeds\.example\/�2J, which is not followed\)\.\n$/,
    ],
    [
      'a bomb is left',
      (_, response) =>
        response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(60_000_000))),
      /can't be read \(it is larger than 50,000,000 bytes\)\.\n$/,
    ],
    [
      'an error is no feed',
      (_, response) => response.writeHead(500).end(rss),
      /can't be read \(status 500\)\.\n$/,
    ],
  ])('%s', async (_, listener, sentence) => {
    using folder = temporaryFolder({ 'broadsheet.toml': 'title = "x"\nurl = "https://x.example/"\n' })
    await using server = await strangeServer(listener)
    const { exitCode, said } = await broadsheet('diff', folder.path, '--against', server.url)
    expect(exitCode).toBe(sentence ? 2 : 0)
    if (sentence) expect(said).toMatch(sentence)
  })
})
