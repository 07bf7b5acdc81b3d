import { feedFormatNames, feedFormats } from '../../model/formats.ts'

/** What an address is for, by the look of it alone: few values, whatever strangers ask for. */
export interface AskedKind {
  kind: 'feed' | 'page' | 'media' | 'list' | 'asset' | 'health' | 'other'
  format: string
}

const byLastPart = new Map<string, AskedKind>([
  ...feedFormatNames.map(format => [feedFormats[format].file, { kind: 'feed', format }] as const),
  ['', { kind: 'page', format: 'html' }],
  ['opml.xml', { kind: 'list', format: 'opml' }],
  ['sitemap.xml', { kind: 'list', format: 'sitemap' }],
  ['robots.txt', { kind: 'list', format: 'robots' }],
  ['style.css', { kind: 'asset', format: 'css' }],
  ['subscribe.js', { kind: 'asset', format: 'js' }],
  ['embeds.js', { kind: 'asset', format: 'js' }],
  ['healthz', { kind: 'health', format: 'json' }],
])
const sitemapPart: AskedKind = { kind: 'list', format: 'sitemap' }
const medium: AskedKind = { kind: 'media', format: 'file' }
const other: AskedKind = { kind: 'other', format: 'none' }

/** @param path without query */
export function askedKind(path: string): AskedKind {
  const lastPart = path.slice(path.lastIndexOf('/') + 1)
  const known = byLastPart.get(lastPart)
  if (known) return known
  if (path.includes('/media/')) return medium
  return /^sitemap-\d+\.xml$/.test(lastPart) ? sitemapPart : other
}

/** The path of a request target, in whichever form it was sent (RFC 9112 §3.2): never its query, user or password. */
export function pathAsked(target: string): string {
  const query = target.indexOf('?')
  const address = query === -1 ? target : target.slice(0, query)
  return address.startsWith('/') ? address : (URL.parse(address)?.pathname ?? '*')
}
