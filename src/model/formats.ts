import { ownValue } from '../text/own-value.ts'
import { extensionOf } from '../text/urls.ts'

/** The three feed documents. Routes, links, documentation and tests walk this table. */
export const feedFormats = {
  rss: { file: 'rss.xml', mediaType: 'application/rss+xml', name: 'RSS', title: 'RSS 2.0' },
  atom: { file: 'atom.xml', mediaType: 'application/atom+xml', name: 'Atom', title: 'Atom 1.0' },
  json: { file: 'feed.json', mediaType: 'application/feed+json', name: 'JSON Feed', title: 'JSON Feed 1.1' },
} as const

export type FeedFormat = keyof typeof feedFormats
export const feedFormatNames = Object.keys(feedFormats) as FeedFormat[]

/** Media types of the documents that are not feeds. */
export const documentMediaTypes = {
  html: 'text/html; charset=utf-8',
  opml: 'text/x-opml; charset=utf-8',
  sitemap: 'application/xml; charset=utf-8',
  robots: 'text/plain; charset=utf-8',
  css: 'text/css; charset=utf-8',
  script: 'text/javascript; charset=utf-8',
  chapters: 'application/json+chapters',
} as const

/** A feed's Content-Type, charset included. */
export function feedContentType(format: FeedFormat): string {
  return `${feedFormats[format].mediaType}; charset=utf-8`
}

/**
 * Media types by file extension: the one table behind enclosures, images and what `/media/` answers. Only types that a
 * browser does not run: an SVG is served with a policy that stops its scripts, HTML is not media.
 */
const mediaTypes: Record<string, string> = {
  aac: 'audio/aac',
  apng: 'image/apng',
  avif: 'image/avif',
  bmp: 'image/bmp',
  flac: 'audio/flac',
  gif: 'image/gif',
  ico: 'image/vnd.microsoft.icon',
  jpeg: 'image/jpeg',
  jpg: 'image/jpeg',
  m4a: 'audio/mp4',
  m4b: 'audio/mp4',
  m4v: 'video/mp4',
  mov: 'video/quicktime',
  mp3: 'audio/mpeg',
  mp4: 'video/mp4',
  oga: 'audio/ogg',
  ogg: 'audio/ogg',
  ogv: 'video/ogg',
  opus: 'audio/ogg',
  pdf: 'application/pdf',
  png: 'image/png',
  srt: 'application/x-subrip',
  svg: 'image/svg+xml',
  vtt: 'text/vtt; charset=utf-8',
  wav: 'audio/wav',
  weba: 'audio/webm',
  webm: 'video/webm',
  webp: 'image/webp',
  zip: 'application/zip',
}

const office = 'application/vnd.openxmlformats-officedocument'
const odf = 'application/vnd.oasis.opendocument'
/**
 * Files that articles lead to, to be kept by whoever wants them. None is one that browsers show as a document; those that they might
 * (XML of any kind) and those that few players know are bytes.
 */
const keptTypes: Record<string, string> = {
  '7z': 'application/x-7z-compressed',
  azw3: 'application/octet-stream',
  bib: 'text/plain; charset=utf-8',
  bz2: 'application/x-bzip2',
  csv: 'text/csv; charset=utf-8',
  doc: 'application/msword',
  docx: `${office}.wordprocessingml.document`,
  epub: 'application/epub+zip',
  geojson: 'application/geo+json',
  gpx: 'application/octet-stream',
  gz: 'application/gzip',
  heic: 'image/heic',
  ics: 'text/calendar; charset=utf-8',
  ipynb: 'application/octet-stream',
  jxl: 'image/jxl',
  kml: 'application/octet-stream',
  kmz: 'application/octet-stream',
  mobi: 'application/octet-stream',
  odp: `${odf}.presentation`,
  ods: `${odf}.spreadsheet`,
  odt: `${odf}.text`,
  ppt: 'application/vnd.ms-powerpoint',
  pptx: `${office}.presentationml.presentation`,
  rtf: 'application/rtf',
  stl: 'application/octet-stream',
  tar: 'application/x-tar',
  tex: 'text/plain; charset=utf-8',
  tgz: 'application/gzip',
  tif: 'image/tiff',
  tiff: 'image/tiff',
  tsv: 'text/plain; charset=utf-8',
  xls: 'application/vnd.ms-excel',
  xlsx: `${office}.spreadsheetml.sheet`,
  xz: 'application/x-xz',
}

/** The media type a path's extension stands for, or null where it is not media. */
export function mediaTypeOf(path: string): string | null {
  const extension = extensionOf(path)
  return ownValue(mediaTypes, extension) ?? ownValue(keptTypes, extension) ?? null
}

/** The same of an address, whatever query stands behind the file's name. */
export const mediaTypeAt = (address: string): string | null => mediaTypeOf(address.replace(/[?#].*$/s, ''))

/** What browsers show at an address, by the name of a file at its end or before its query. */
export function shownAs(address: string): 'image' | 'audio' | 'video' | null {
  const end = address.search(/[?#]/)
  const named = end === -1 || /\s/.test(address.slice(end)) ? address : address.slice(0, end)
  const types = [named, address].map(path => ownValue(mediaTypes, extensionOf(path)) ?? '')
  return (
    (['image', 'audio', 'video'] as const).find(kind => types.some(type => type.startsWith(kind))) ?? null
  )
}

/** Whether a file is to be listened to or watched. */
export function isPlayable({ type }: { type: string }): boolean {
  return /^(?:audio|video)\//i.test(type)
}

/** What every player plays; Ogg, FLAC and WebM are left to those who know them. */
const playedByAll = /^(?:audio\/(?:mpeg|mp4|x-m4a|aac)|video\/(?:mp4|x-m4v|quicktime))$/i

/** The one sound or film that stands for an article where there is room for one: what all can play; undefined where there is none. */
export function leadingSound<T extends { type: string }>(enclosures: readonly T[]): T | undefined {
  return enclosures.find(({ type }) => playedByAll.test(type)) ?? enclosures.find(isPlayable)
}

/** What belongs to a sound is served, too: lists of chapters and what is said in it. */
const besideSound: [RegExp, string][] = [
  [/\.chapters\.json$/i, 'application/json+chapters'],
  [/\.json$/i, 'application/json'],
  [/\.txt$/i, 'text/plain; charset=utf-8'],
]

/** The media type under which a file of the folder is served that articles refer to. */
export function servedTypeOf(path: string): string {
  return mediaTypeOf(path) ?? besideSound.find(([form]) => form.test(path))?.[1] ?? 'application/octet-stream'
}
