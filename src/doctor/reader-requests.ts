/**
 * What one program sends when it polls. Which validators and codings, and what is peculiar, was measured with the programs
 * on the loopback; the exact words of User-Agent and Accept follow their sources, and change with their versions.
 */
export interface ReaderRequest {
  name: string
  /** As sent at the first poll. */
  headers: Readonly<Record<string, string>>
  /** Which validators it sends back. */
  sends: { etag: boolean; date: boolean }
}

const both = { etag: true, date: true }
const none = { etag: false, date: false }
const feedTypes =
  'application/atom+xml, application/rss+xml, application/rdf+xml;q=0.9, application/xml;q=0.8, text/xml;q=0.8, */*;q=0.5'

/** The plainest; the others are compared with it. */
export const firstReader: ReaderRequest = {
  name: 'newsboat',
  headers: {
    'User-Agent': 'newsboat/2.21.0 (Linux x86_64)',
    Accept: '*/*',
    'A-IM': 'feed',
    'Accept-Encoding': 'gzip, deflate',
  },
  sends: both,
}

/** The readers that the doctor plays, plain ones first. */
export const readerRequests: readonly ReaderRequest[] = [
  firstReader,
  {
    name: 'Liferea',
    headers: {
      'User-Agent': 'Liferea/1.14.1 (Linux; https://lzone.de/liferea/) AppleWebKit (KHTML, like Gecko)',
      Accept: 'application/atom+xml,application/xml;q=0.9,text/xml;q=0.8,*/*;q=0.7',
      'A-IM': 'feed',
      'Accept-Encoding': 'gzip, deflate',
    },
    sends: both,
  },
  {
    name: 'feedparser',
    headers: {
      'User-Agent': 'feedparser/6.0.10 +https://github.com/kurtmckee/feedparser/',
      Accept:
        'application/atom+xml,application/rdf+xml,application/rss+xml,application/x-netcdf,application/xml;q=0.9,text/xml;q=0.2,*/*;q=0.1',
      'A-IM': 'feed',
      'Accept-Encoding': 'gzip, deflate',
    },
    sends: both,
  },
  {
    name: 'rss2email',
    headers: {
      'User-Agent': 'rss2email/3.13 (https://github.com/rss2email/rss2email)',
      Accept:
        'application/atom+xml,application/rdf+xml,application/rss+xml,application/x-netcdf,application/xml;q=0.9,text/xml;q=0.2,*/*;q=0.1',
      'A-IM': 'feed',
      'Accept-Encoding': 'gzip, deflate',
    },
    sends: both,
  },
  { name: 'sfeed', headers: { Accept: '*/*' }, sends: none },
  {
    name: 'gPodder',
    headers: {
      'User-Agent': 'gPodder/3.11.0 (https://gpodder.org/) Linux',
      Accept: '*/*',
      'Accept-Encoding': 'gzip, deflate',
    },
    sends: both,
  },
  {
    name: 'elfeed',
    headers: {
      'User-Agent': 'Emacs Elfeed 3.4.1',
      Accept: '*/*',
      'Accept-Encoding': 'deflate, gzip, br, zstd',
    },
    sends: both,
  },
  {
    name: 'Thunderbird',
    headers: {
      'User-Agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Thunderbird/153.0',
      Accept: 'application/atom+xml,application/rss+xml;q=0.9,application/xml;q=0.8,text/xml;q=0.7,*/*;q=0.5',
      'Accept-Language': 'en-US,en;q=0.5',
      'Accept-Encoding': 'gzip, deflate, br, zstd',
      'Cache-Control': 'no-cache',
      Pragma: 'no-cache',
    },
    sends: { etag: false, date: true },
  },
  {
    name: 'RSS Guard',
    headers: {
      'User-Agent': 'Mozilla/5.0 (X11; Linux x86_64) RSSGuard/4.0',
      Cookie: 'visited=1',
      'Accept-Encoding': 'gzip, deflate',
    },
    sends: none,
  },
  {
    name: 'FreshRSS',
    headers: {
      'User-Agent': 'FreshRSS/1.24.0 (Linux; https://freshrss.org)',
      Accept:
        'application/atom+xml, application/rss+xml, application/rdf+xml;q=0.9, application/xml;q=0.8, text/xml;q=0.8, text/html;q=0.7, unknown/unknown;q=0.1, application/unknown;q=0.1, */*;q=0.1',
      'Accept-Encoding': 'gzip, deflate, br, zstd',
    },
    sends: both,
  },
  {
    name: 'Miniflux',
    headers: {
      'User-Agent': 'Mozilla/5.0 (compatible; Miniflux/2.2; +https://miniflux.app)',
      Accept:
        'application/xml, application/atom+xml, application/rss+xml, application/rdf+xml, application/feed+json, text/html, */*;q=0.9',
      'Accept-Encoding': 'br, gzip',
    },
    sends: both,
  },
  {
    name: 'NetNewsWire',
    headers: {
      'User-Agent': 'NetNewsWire (RSS Reader; https://netnewswire.com/)',
      Accept: feedTypes,
      'Accept-Encoding': 'gzip, deflate, br',
    },
    sends: both,
  },
]

/** A person who opens the address in a browser. */
export const browserNavigation: ReaderRequest = {
  name: 'a browser',
  headers: {
    'User-Agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0',
    Accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8',
    'Accept-Language': 'en-US,en;q=0.5',
    'Accept-Encoding': 'gzip, deflate, br, zstd',
    'Sec-Fetch-Dest': 'document',
    'Sec-Fetch-Mode': 'navigate',
    'Sec-Fetch-Site': 'none',
  },
  sends: none,
}
