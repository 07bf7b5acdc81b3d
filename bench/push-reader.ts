import { connect } from 'node:net'

/**
 * A reader beside bench/push.ts, in a process that does nothing else, for what keeps the one that measures from running is no fault of the server:
 * `node bench/push-reader.ts PORT PATH`. Sent an entity tag as a line, it asks for that 304 every few milliseconds over one connection, until it is
 * sent another line; then it says the milliseconds that each took, and when.
 */

export interface Reading {
  /** Epoch milliseconds, and the milliseconds that the answer took. */
  times: [at: number, took: number][]
  /** Answers that were no 304. */
  other: number
}

/** Milliseconds between an answer and the next question. */
const pause = 5

if (process.argv[1] === import.meta.filename) {
  const [port = '', path = ''] = process.argv.slice(2)
  const socket = connect({ port: Number(port), host: '127.0.0.1', noDelay: true })
  let { times, other }: Reading = { times: [], other: 0 }
  let etag = ''
  let start = 0
  const ask = () => {
    if (etag === '') return
    start = performance.now()
    socket.write(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nIf-None-Match: ${etag}\r\n\r\n`)
  }
  socket.on('data', chunk => {
    if (!chunk.includes('\r\n\r\n')) throw new Error('An answer in pieces.')
    times.push([Date.now(), performance.now() - start])
    if (!chunk.subarray(0, 12).equals(Buffer.from('HTTP/1.1 304'))) other++
    setTimeout(ask, pause)
  })
  process.stdin.setEncoding('utf8').on('data', line => {
    if (etag === '') {
      etag = `${line}`.trim()
      return ask()
    }
    console.log(JSON.stringify({ times, other } satisfies Reading))
    ;[etag, times, other] = ['', [], 0]
  })
  process.stdin.on('end', () => process.exit())
}
