import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/**
 * Subscribers of bench/push.ts, in a process of their own: callback N at `http://127.x.y.z:PORT/N`. How each behaves follows from
 * its number. Says its port on the first line, and what it received, as JSON, when it is sent a line: `count`, `tell` (all of it) or `forget`.
 */

export type Behaviour = 'well' | 'unwell at first' | 'never' | 'slow'

/** 60 % well, 30 % answering 503 the first time, 5 % never answering, 5 % after three seconds; a host is all of one kind. */
export function behaviourOf(number: number): Behaviour {
  const share = Math.floor(number / callbacksPerHost) % 20
  return share < 12 ? 'well' : share < 18 ? 'unwell at first' : share < 19 ? 'never' : 'slow'
}

export const callbacksPerHost = 10

export function callbackOf(number: number, port: number): string {
  const host = Math.floor(number / callbacksPerHost) + 1
  return `http://127.${10 + (host >> 16)}.${(host >> 8) & 255}.${host & 255}:${port}/${number}`
}

export interface Received {
  /** How many subscribers of each behaviour took something. */
  counts: Record<Behaviour, number>
  /** By the number of the subscriber: when it was sent something that it took, epoch milliseconds; empty unless asked for. */
  taken: [number: number, at: number[]][]
  /** Of those that were cut off before they had answered. */
  cut: number
}

if (process.argv[1] === import.meta.filename) {
  let taken = new Map<number, number[]>()
  let refused = new Set<number>()
  const none = () => ({ well: 0, 'unwell at first': 0, never: 0, slow: 0 })
  let counts = none()
  let cut = 0
  const server = createServer({ keepAlive: false }, (incoming, outgoing) => {
    const number = Number(incoming.url!.slice(1))
    incoming.resume().on('end', () => {
      const behaviour = behaviourOf(number)
      const take = () => {
        if (outgoing.destroyed) return
        const times = taken.get(number) ?? []
        if (times.length === 0) counts[behaviour]++
        times.push(Date.now())
        taken.set(number, times)
        outgoing.writeHead(204).end()
      }
      if (behaviour === 'never') return
      if (behaviour === 'unwell at first' && !refused.has(number)) {
        refused.add(number)
        outgoing.writeHead(503).end()
      } else if (behaviour === 'slow') {
        outgoing.on('close', () => {
          if (!outgoing.writableEnded) cut++
        })
        setTimeout(take, 3000)
      } else take()
    })
  })
  server.listen(0, '0.0.0.0', 8192, () => console.log((server.address() as AddressInfo).port))
  process.stdin.setEncoding('utf8').on('data', line => {
    const all = `${line}`.includes('tell') ? [...taken] : []
    console.log(JSON.stringify({ counts, taken: all, cut } satisfies Received))
    if (!`${line}`.includes('forget')) return
    taken = new Map()
    counts = none()
    refused = new Set()
    cut = 0
  })
}
