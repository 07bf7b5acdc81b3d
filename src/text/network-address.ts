import { itemAt } from './item-at.ts'

/**
 * Blocks that no public server lives in: the IANA special-purpose registries (RFC 6890) for IPv4, and one address that Azure
 * gives its own metadata. For IPv6 the registry is read the other way round: only 2000::/3 is given out (RFC 4291 §2.4), and
 * what stands below IPv6 here are the parts of it that stand for something else: other addresses (6to4, Teredo) or none.
 */
const reserved = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '168.63.129.16/32',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/3',
  '2001::/23',
  '2001:db8::/32',
  '2002::/16',
  '3fff::/20',
].map(block => {
  const [address = '', length] = block.split('/')
  const bytes = addressBytes(address)
  if (!bytes) throw new TypeError(`${block} is no block of addresses.`)
  return { bytes, length: Number(length) }
})

/**
 * Whether an IP address, as a resolver or `URL.hostname` writes it, belongs to a server on the public internet. Loopback, private,
 * link-local, multicast, metadata and documentation addresses do not, nor does any form of IPv6 that carries an IPv4 address
 * inside (mapped, compatible, NAT64, 6to4, Teredo), nor what is no address.
 */
export function isPublicAddress(text: string): boolean {
  const bytes = addressBytes(text)
  if (!bytes) return false
  if (bytes.length === 16 && itemAt(bytes, 0) >> 5 !== 1) return false
  return !reserved.some(block => block.bytes.length === bytes.length && startsWith(bytes, block))
}

const isAddress = (host: string): boolean => addressBytes(host) !== null

/** Whether a host of a URL says by itself that it is on this machine, or is an address that is not public. */
export const isLocal = (host: string): boolean =>
  /(?:^|\.)localhost\.?$/i.test(host) || (isAddress(host) && !isPublicAddress(host))

function startsWith(bytes: number[], block: { bytes: number[]; length: number }): boolean {
  for (let bit = 0; bit < block.length; bit++) {
    const mask = 0x80 >> (bit & 7)
    if ((itemAt(bytes, bit >> 3) & mask) !== (itemAt(block.bytes, bit >> 3) & mask)) return false
  }
  return true
}

/** 4 or 16 bytes; null where it is no address. */
function addressBytes(text: string): number[] | null {
  const bare = text.replace(/^\[(.*)\]$/, '$1').replace(/%.*$/, '')
  return bare.includes(':') ? bytesOfIpv6(bare) : bytesOfIpv4(bare)
}

function bytesOfIpv4(text: string): number[] | null {
  const parts = text.split('.')
  if (parts.length !== 4 || !parts.every(part => /^(?:0|[1-9]\d{0,2})$/.test(part))) return null
  const bytes = parts.map(Number)
  return bytes.every(byte => byte < 256) ? bytes : null
}

function bytesOfIpv6(text: string): number[] | null {
  const halves = text.split('::')
  if (halves.length > 2) return null
  const [head, tail] = [groupsOf(halves[0] ?? ''), groupsOf(halves[1] ?? '')]
  if (!head || !tail) return null
  const missing = 16 - head.length - tail.length
  if (halves.length === 1 ? missing !== 0 : missing < 2) return null
  return [...head, ...Array<number>(missing).fill(0), ...tail]
}

/** `1:2:192.0.2.1` as bytes. */
function groupsOf(text: string): number[] | null {
  if (text === '') return []
  const bytes: number[] = []
  for (const group of text.split(':')) {
    if (/^[\da-f]{1,4}$/i.test(group)) {
      const value = Number.parseInt(group, 16)
      bytes.push(value >> 8, value & 0xff)
      continue
    }
    const inner = bytesOfIpv4(group)
    if (!inner) return null
    bytes.push(...inner)
  }
  return bytes
}
