import type { IncomingMessage } from 'node:http'
import { BlockList, isIP, isIPv6 } from 'node:net'

/** Who asks, as far as a network can tell: an address in its usual form, or null where the client is on this machine. */
export type ClientAddress = (incoming: Pick<IncomingMessage, 'socket' | 'headers'>) => string | null

/** Sockets and proxies write addresses in their shortest form. */
const isLoopback = (address: string) => address === '::1' || address.startsWith('127.')

/**
 * Addresses of clients, behind declared proxies as well: each proxy adds at the end of `X-Forwarded-For` whom it
 * was asked by, so that the last address there that is not a declared proxy's is the client's. Everything before it was
 * written by somebody we do not know.
 * @param trusted addresses, networks (`10.0.0.0/8`), and `unix` for whoever comes through a socket in the file system
 */
export function createClientAddress(trusted: readonly string[]): ClientAddress {
  const proxies = new BlockList()
  for (const entry of trusted) {
    const [address = '', prefix] = entry.split('/')
    const family = isIPv6(address) ? 'ipv6' : 'ipv4'
    if (prefix !== undefined) proxies.addSubnet(address, Number(prefix), family)
    else if (isIP(address)) proxies.addAddress(address, family)
  }
  const sockets = trusted.includes('unix')
  // '' is the far end of a socket in the file system.
  const isProxy = (address: string) => (address === '' ? sockets : holds(proxies, address))

  return ({ socket, headers }) => {
    let client = plainAddress(socket.remoteAddress ?? '')
    const forwarded = headers['x-forwarded-for']
    if (typeof forwarded === 'string' && isProxy(client)) {
      for (const written of forwarded.split(',').reverse()) {
        const hop = plainAddress(written.trim())
        if (!isProxy(client) || isIP(hop) === 0) break
        client = hop
      }
    }
    return client === '' || isLoopback(client) ? null : client
  }
}

/** The part of an address that one subscriber has: of IPv6 the first 64 bits, in which a machine chooses its own address. */
export function networkOf(address: string): string {
  if (!isIPv6(address)) return address
  const [head = '', tail] = address.split('::')
  const before = head === '' ? [] : head.split(':')
  const after = tail ? tail.split(':') : []
  const parts =
    tail === undefined ? before : [...before, ...Array(8 - before.length - after.length).fill('0'), ...after]
  return parts
    .slice(0, 4)
    .map(part => Number.parseInt(part, 16).toString(16))
    .join(':')
}

const holds = (list: BlockList, address: string) => list.check(address, isIPv6(address) ? 'ipv6' : 'ipv4')

/** Without brackets, port, zone, or the prefix under which IPv6 sockets show IPv4 (RFC 4291 §2.5.5.2). */
function plainAddress(text: string): string {
  const address = /^\[([^\]]*)\]/.exec(text)?.[1] ?? text.replace(/^((?:\d+\.){3}\d+):\d+$/, '$1')
  return address.replace(/%.*$/, '').replace(/^::ffff:(?=\d+\.)/i, '')
}
