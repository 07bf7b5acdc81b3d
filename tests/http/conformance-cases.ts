import {
  article,
  atom,
  coded,
  drawing,
  type ExpectedAnswer,
  emptyMedium,
  etags,
  failed,
  firstModified,
  headOf,
  health,
  home,
  json,
  jsonPage,
  malformed,
  movedTo,
  notFound,
  notModified,
  opml,
  options,
  part,
  peopleVary,
  preflight,
  readOnly,
  rss,
  rssLater,
  rssPage,
  sentence,
  sound,
  style,
  tag,
  unsatisfiable,
  withdrawn,
} from './conformance-answers.ts'
import { bodies, dueAt, publishedAt } from './conformance-publication.ts'

/** One request and the whole of its answer. */
export interface ConformanceCase {
  name: string
  method: string
  /** The request target as it is sent. */
  path: string
  headers: Record<string, string>
  /** Epoch milliseconds. */
  at: number
  answer: ExpectedAnswer
}

interface ReadRequest {
  method?: string
  headers?: Record<string, string>
  at?: number
}

const anHourLater = publishedAt + 3_600_000

function ask(name: string, path: string, answer: ExpectedAnswer, asked: ReadRequest = {}): ConformanceCase {
  return { name, path, answer, method: 'GET', headers: {}, at: anHourLater, ...asked }
}

/** One case for each value of a header: they are all to be answered alike. */
function askEach(
  name: string,
  header: string,
  values: string[],
  path: string,
  answer: ExpectedAnswer,
  more: ReadRequest = {},
): ConformanceCase[] {
  return values.map(value =>
    ask(`${name}: ${value}`, path, answer, { ...more, headers: { ...more.headers, [header]: value } }),
  )
}

const published = [
  ['/', home],
  ['/rss.xml', rss],
  ['/atom.xml', atom],
  ['/feed.json', json],
  ['/opml.xml', opml],
  ['/style.css', style],
  ['/articles/1/', article],
  ['/tags/donn%C3%A9es/', tag],
  ['/media/sound.mp3', sound],
  ['/media/drawing.svg', drawing],
  ['/media/empty.wav', emptyMedium],
] as const

const plain = published.flatMap(([path, answer]) => [
  ask(`GET ${path}`, path, answer),
  ask(`HEAD ${path}: the same fields, no body`, path, headOf(answer), { method: 'HEAD' }),
  ask(`${path} again with its entity tag`, path, notModified(answer), {
    headers: { 'if-none-match': answer.headers.etag! },
  }),
  ask(`${path} again with its date`, path, notModified(answer), {
    headers: { 'if-modified-since': firstModified },
  }),
])

const encode = (name: string, header: string, answer: ExpectedAnswer, path = '/rss.xml') =>
  ask(`${name}: ${header || '(empty)'}`, path, answer, { headers: { 'accept-encoding': header } })

const gzip = coded(rss, 'gzip', bodies['rss.gzip'])
const br = coded(rss, 'br', bodies['rss.br'])
const zstd = coded(rss, 'zstd', bodies['rss.zstd'])
const noCoding = sentence(406, 'This is kept in none of the content codings you take.', {
  'cache-control': 'no-store',
  vary: 'Accept-Encoding',
})

const codings = [
  encode('what old readers send', 'gzip, deflate', gzip),
  encode('what browsers send', 'gzip, deflate, br, zstd', br),
  encode('one of three', 'gzip', gzip),
  encode('one of three', 'br', br),
  encode('one of three', 'zstd', zstd),
  encode('the old name', 'x-gzip', gzip),
  encode('case does not matter', 'GZIP', gzip),
  encode('the highest quality wins', 'br;q=0.5, gzip;q=0.9, zstd;q=0.7', gzip),
  encode('the smallest of equals wins', 'zstd, gzip', zstd),
  encode('anything', '*', br),
  encode('anything but', '*, br;q=0', zstd),
  encode('anything, and one less', 'br;q=0.1, *;q=0.5', zstd),
  encode('refused codings are not sent', 'gzip;q=0', rss),
  encode('refused codings are not sent', 'gzip;q=0.0, br;q=0.000', rss),
  encode('plain bytes wanted most', 'identity, gzip;q=0.5', rss),
  encode('plain bytes wanted as much', 'identity;q=0.5, gzip;q=0.5', gzip),
  encode('plain bytes alone', 'identity', rss),
  encode('nothing named', '', rss),
  encode('nothing we have', 'compress, deflate', rss),
  encode('plain bytes refused', 'gzip, identity;q=0', gzip),
  encode('everything refused but one', 'gzip, *;q=0', gzip),
  encode('everything refused', '*;q=0', noCoding),
  encode('plain bytes refused, and nothing else taken', 'identity;q=0', noCoding),
  encode('plain bytes refused where there is nothing else', 'gzip, identity;q=0', noCoding, '/opml.xml'),
  encode('white space', ' gzip ;  q=1.0 ,, br ; q=0.2 ', gzip),
  encode('a broken quality counts for nothing', 'gzip;q=high', gzip),
  encode('a broken list', ';;;,,,=', rss),
  encode('a page', 'gzip', coded(home, 'gzip', bodies['home.gzip']), '/'),
  encode('a page', 'br', coded(home, 'br', bodies['home.br']), '/'),
  encode('too small to be coded', 'gzip, br, zstd', opml, '/opml.xml'),
  encode('media have no codings', 'gzip, br', sound, '/media/sound.mp3'),
  ask('HEAD of a coding', '/rss.xml', headOf(br), { method: 'HEAD', headers: { 'accept-encoding': 'br' } }),
  ask('one validator for every coding', '/rss.xml', notModified(rss), {
    headers: { 'accept-encoding': 'br', 'if-none-match': etags.rss },
  }),
]

const opaque = '01cb1dd808e3b18c56de70e68e40fb7b'

const entityTags = [
  ...askEach(
    'the tag, as servers, proxies and clients write it',
    'if-none-match',
    [
      '*',
      ' * ',
      `W/"${opaque}"`,
      `"${opaque}"`,
      `w/"${opaque}"`,
      opaque,
      `W/${opaque}`,
      `"${opaque}-gzip"`,
      `W/"${opaque}-gzip"`,
      `"${opaque}--gzip"`,
      `W/"${opaque};br"`,
      `"${opaque}-br"`,
      `"${opaque}-zstd"`,
      `"${opaque};gzip"`,
      `"other", W/"${opaque}"`,
      `"other",W/"${opaque}"`,
      `"a, b", W/"${opaque}", "c"`,
      `,, "${opaque}" ,,`,
      `"unclosed, W/"${opaque}"`,
    ],
    '/rss.xml',
    notModified(rss),
  ),
  ...askEach(
    'not the tag',
    'if-none-match',
    [
      '"other"',
      'W/"other"',
      '""',
      '"*"',
      `"${opaque}-gone"`,
      `"x${opaque}"`,
      `"${opaque.toUpperCase()}"`,
      `"${opaque}, "`,
      etags.home,
      '-gzip',
      '"',
      ',',
      `"${opaque.slice(1)}"`,
    ],
    '/rss.xml',
    rss,
  ),
  ask('a tag that differs outweighs a date that does not', '/rss.xml', rss, {
    headers: { 'if-none-match': '"other"', 'if-modified-since': firstModified },
  }),
  ask('a tag that can’t be read outweighs the date too', '/rss.xml', rss, {
    headers: { 'if-none-match': '"', 'if-modified-since': firstModified },
  }),
  ask('a tag that matches outweighs a date that is older', '/rss.xml', notModified(rss), {
    headers: { 'if-none-match': etags.rss, 'if-modified-since': 'Sat, 01 Jan 2000 00:00:00 GMT' },
  }),
  ask('HEAD with the tag', '/rss.xml', notModified(rss), {
    method: 'HEAD',
    headers: { 'if-none-match': etags.rss },
  }),
  ask('304 though the request says no-cache', '/rss.xml', notModified(rss), {
    headers: { 'if-none-match': etags.rss, 'cache-control': 'no-cache', pragma: 'no-cache' },
  }),
  ask('A-IM without deltas changes nothing', '/rss.xml', notModified(rss), {
    headers: { 'if-none-match': etags.rss, 'a-im': 'feed' },
  }),
  ask('A-IM with an old tag: the whole feed', '/rss.xml', rss, {
    headers: { 'if-none-match': '"old"', 'a-im': 'feed' },
  }),
  ...askEach(
    'a strong tag weakened on its way',
    'if-none-match',
    [`W/${etags.sound}`],
    '/media/sound.mp3',
    notModified(sound),
  ),
  ask('preconditions do not apply where nothing is', '/nowhere', notFound, {
    headers: { 'if-none-match': '*' },
  }),
  ask('preconditions do not apply to a redirect', '/feed/', movedTo('/rss.xml'), {
    headers: { 'if-none-match': '*' },
  }),
  ask('preconditions do not apply to what is gone', '/articles/withdrawn/', withdrawn, {
    headers: { 'if-none-match': '*', 'if-match': '"x"' },
  }),
]

const dates = [
  ...askEach(
    'a date not before the last change, in any form',
    'if-modified-since',
    [
      'Thu, 01 Jan 2026 00:00:01 GMT',
      'Thursday, 01-Jan-26 00:00:01 GMT',
      'Thu Jan  1 00:00:01 2026',
      'Thu, 01 Jan 2026 00:00:02 GMT',
      'Fri, 01 Jan 2027 00:00:00 GMT',
      'Mon, 01 Jan 2026 00:00:01 GMT',
      'thu, 01 jan 2026 00:00:01 gmt',
      'Thu, 01 Jan 2026 00:00:60 GMT',
    ],
    '/rss.xml',
    notModified(rss),
  ),
  ...askEach(
    'a date before it, or none at all',
    'if-modified-since',
    [
      'Thu, 01 Jan 2026 00:00:00 GMT',
      'Wed, 31 Dec 2025 23:59:59 GMT',
      'Sat, 01 Jan 2000 00:00:00 GMT',
      'Thursday, 01-Jan-98 00:00:01 GMT',
      'Thu Jan  1 00:00:00 2026',
      'Thu, 01 Jan 2026 00:00:01',
      'Thu, 01 Jan 2026 00:00:01 UTC',
      'Thu, 01 Jan 2026 00:00:01 +0000',
      'Fri, 30 Feb 2027 00:00:00 GMT',
      'Fri, 01 Jan 2027 24:00:00 GMT',
      'Fri, 01 Foo 2027 00:00:00 GMT',
      'Fri, 01 Jan 2027 00:00:00 GMT, Fri, 01 Jan 2027 00:00:00 GMT',
      '2027-01-01T00:00:00Z',
      '1798761600',
      'tomorrow',
    ],
    '/rss.xml',
    rss,
  ),
  ...askEach(
    'If-Unmodified-Since, not before the last change',
    'if-unmodified-since',
    [firstModified, 'Fri, 01 Jan 2027 00:00:00 GMT', 'nonsense'],
    '/rss.xml',
    rss,
  ),
  ask('If-Unmodified-Since, before it', '/rss.xml', failed, {
    headers: { 'if-unmodified-since': 'Thu, 01 Jan 2026 00:00:00 GMT' },
  }),
  ask('If-Match outweighs If-Unmodified-Since', '/rss.xml', rss, {
    headers: { 'if-match': '*', 'if-unmodified-since': 'Thu, 01 Jan 2026 00:00:00 GMT' },
  }),
  ...askEach(
    'If-Match is strong, and a weak tag equals none',
    'if-match',
    [etags.rss, `"${opaque}"`, '"other"'],
    '/rss.xml',
    failed,
  ),
  ...askEach(
    'If-Match of a medium',
    'if-match',
    ['*', etags.sound, `"x", ${etags.sound}`],
    '/media/sound.mp3',
    sound,
  ),
  ...askEach(
    'If-Match of a medium, no match',
    'if-match',
    [`W/${etags.sound}`, '"x"'],
    '/media/sound.mp3',
    failed,
  ),
  ask('If-Match comes before If-None-Match', '/media/sound.mp3', failed, {
    headers: { 'if-match': '"x"', 'if-none-match': etags.sound },
  }),
  ask('If-Match that holds leaves the rest to If-None-Match', '/media/sound.mp3', notModified(sound), {
    headers: { 'if-match': etags.sound, 'if-none-match': etags.sound },
  }),
]

const without = (answer: ExpectedAnswer, name: string): ExpectedAnswer => {
  const { [name]: _, ...headers } = answer.headers
  return { ...answer, headers }
}
const lasting = (answer: ExpectedAnswer, seconds: number): ExpectedAnswer => ({
  ...answer,
  headers: { ...answer.headers, 'cache-control': `public, max-age=${seconds}` },
})

const time = [
  ask('in the second of the change there is no date', '/rss.xml', without(rss, 'last-modified'), {
    at: publishedAt + 749,
  }),
  ask('nor is one compared', '/rss.xml', without(rss, 'last-modified'), {
    at: publishedAt + 749,
    headers: { 'if-modified-since': 'Fri, 01 Jan 2027 00:00:00 GMT' },
  }),
  ask('though the tag is', '/rss.xml', notModified(rss), {
    at: publishedAt + 749,
    headers: { 'if-none-match': etags.rss },
  }),
  ask('from the next second on there is one', '/rss.xml', rss, { at: publishedAt + 750 }),
  ask('no cache keeps an answer beyond the next due time', '/rss.xml', lasting(rss, 100), {
    at: dueAt - 100_000,
  }),
  ask('a shorter lifetime of its own stays', '/feed.json', json, { at: dueAt - 100_000 }),
  ask('in the last second nothing is kept', '/rss.xml', lasting(rss, 0), { at: dueAt - 1 }),
  ask('nor a 304', '/rss.xml', notModified(lasting(rss, 0)), {
    at: dueAt - 1,
    headers: { 'if-none-match': etags.rss },
  }),
  ask(
    'nor a redirect',
    '/feed/',
    { ...movedTo('/rss.xml'), ...lasting(movedTo('/rss.xml'), 7) },
    { at: dueAt - 7000 },
  ),
  ask('at the due time the document is the next', '/rss.xml', without(rssLater, 'last-modified'), {
    at: dueAt,
  }),
  ask('the tag from before does not hold', '/rss.xml', rssLater, {
    at: dueAt + 1000,
    headers: { 'if-none-match': etags.rss },
  }),
  ask('nor does the date from before', '/rss.xml', rssLater, {
    at: dueAt + 1000,
    headers: { 'if-modified-since': firstModified },
  }),
  ask('nor that of the very second of the change', '/rss.xml', rssLater, {
    at: dueAt + 1000,
    headers: { 'if-modified-since': 'Thu, 01 Jan 2026 02:00:00 GMT' },
  }),
  ask('what expired is gone', '/articles/1/', withdrawn, { at: dueAt }),
  ask('what did not change keeps its date', '/atom.xml', atom, { at: dueAt + 1000 }),
]

const navigation = { 'sec-fetch-dest': 'document', 'sec-fetch-mode': 'navigate' }
const chromium =
  'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/apng,*/*;q=0.8'
const firefox = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8'
const miniflux =
  'application/xml, application/atom+xml, application/rss+xml, application/rdf+xml, application/feed+json, text/html, */*;q=0.9'
const simplePie =
  'application/atom+xml, application/rss+xml, application/rdf+xml;q=0.9, application/xml;q=0.8, text/xml;q=0.8, text/html;q=0.7, unknown/unknown;q=0.1, application/unknown;q=0.1, */*;q=0.1'

/** What readers and browsers accept. Without the two Sec-Fetch headers, the feed whatever it is. */
const accepts: [accept: string, page: boolean][] = [
  [chromium, true],
  [firefox, true],
  ['text/html', true],
  ['TEXT/HTML;charset=utf-8', true],
  ['text/html;q=0.1, */*', true],
  ['text/html;q=0, */*', false],
  ['text/htmlx', false],
  ['*/*', false],
  ['', false],
  ['application/xml, text/xml', false],
  [miniflux, false],
  [simplePie, false],
  ['text/html, application/rss+xml;q=0.1', false],
  ['application/feed+json, text/html', false],
  ['application/rdf+xml, text/html', false],
]
/** As text, which every browser shows. */
const rawFeed: ExpectedAnswer = {
  ...rss,
  headers: {
    ...without(without(rss, 'last-modified'), 'etag').headers,
    'content-type': 'text/plain; charset=utf-8',
    'cache-control': 'private, no-cache',
    vary: peopleVary,
  },
}
const feedToPeople: ExpectedAnswer = { ...rss, headers: { ...rss.headers, vary: peopleVary } }

const people = [
  ...accepts.flatMap(([accept, page]) => [
    ask(
      `a browser opens the feed, Accept: ${accept || '(empty)'}`,
      '/rss.xml',
      page ? rssPage : feedToPeople,
      {
        headers: { ...navigation, accept },
      },
    ),
    ask(`a reader asks for the feed, Accept: ${accept || '(empty)'}`, '/rss.xml', rss, {
      headers: { accept },
    }),
  ]),
  ask('a script fetches the feed', '/rss.xml', rss, {
    headers: { 'sec-fetch-dest': 'empty', 'sec-fetch-mode': 'cors', accept: '*/*' },
  }),
  ask('a frame is not a navigation of its own', '/rss.xml', rss, {
    headers: { 'sec-fetch-dest': 'iframe', 'sec-fetch-mode': 'navigate', accept: chromium },
  }),
  ask('one of the two headers is not enough', '/rss.xml', rss, {
    headers: { 'sec-fetch-dest': 'document', accept: chromium },
  }),
  ...['?raw', '?raw=1', '?a=b&raw', '?raw&a=b'].map(query =>
    ask(`the feed for the curious: ${query}`, `/rss.xml${query}`, rawFeed, {
      headers: { ...navigation, accept: chromium },
    }),
  ),
  ...['?rawest', '?a=raw', '?draw=1', '?'].map(query =>
    ask(`not a wish for the feed: ${query}`, `/rss.xml${query}`, rssPage, {
      headers: { ...navigation, accept: chromium },
    }),
  ),
  ask('HEAD of the page at the feed', '/rss.xml', headOf(rssPage), {
    method: 'HEAD',
    headers: { ...navigation, accept: chromium },
  }),
  ask('the page announces the feed at whose address it is', '/feed.json', jsonPage, {
    headers: { ...navigation, accept: firefox },
  }),
  ask('coded as the page is', '/rss.xml', coded(rssPage, 'br', bodies['home.br']), {
    headers: { ...navigation, accept: chromium, 'accept-encoding': 'gzip, deflate, br, zstd' },
  }),
  ask('the page again with its own tag', '/rss.xml', notModified(rssPage), {
    headers: { ...navigation, accept: chromium, 'if-none-match': etags.home },
  }),
  ask('the feed’s tag is not the page’s', '/rss.xml', rssPage, {
    headers: { ...navigation, accept: chromium, 'if-none-match': etags.rss },
  }),
  ask('a date tells nothing between feed and page', '/rss.xml', rssPage, {
    headers: { ...navigation, accept: chromium, 'if-modified-since': firstModified },
  }),
  ask('the page’s tag is not the feed’s', '/rss.xml', rss, { headers: { 'if-none-match': etags.home } }),
  ask(
    'a feed whose page is missing stays a feed',
    '/atom.xml',
    { ...atom, headers: { ...atom.headers, vary: peopleVary } },
    {
      headers: { ...navigation, accept: chromium },
    },
  ),
  ask('a document that is not a feed is itself', '/opml.xml', opml, {
    headers: { ...navigation, accept: chromium },
  }),
  ask('a page is itself', '/', home, { headers: { ...navigation, accept: chromium } }),
]

const paths = [
  ...(
    [
      ['/index.html', '/'],
      ['//', '/'],
      ['//rss.xml', '/rss.xml'],
      ['/rss.xml/', '/rss.xml'],
      ['/rss.xml//', '/rss.xml'],
      ['/articles/1', '/articles/1/'],
      ['/articles//1', '/articles/1/'],
      ['/articles/1/index.html', '/articles/1/'],
      ['/%72ss.xml', '/rss.xml'],
      ['/rss%2Exml', '/rss.xml'],
      ['/tags/donn%C3%A9es', '/tags/donn%C3%A9es/'],
      ['/tags/donne%CC%81es/', '/tags/donn%C3%A9es/'],
      ['/rss.xml/?utm_source=x', '/rss.xml'],
      ['/media/sound.mp3/', '/media/sound.mp3'],
      ['/media/what%27s%20up%2C%20doc%3F.mp3', "/media/what's%20up,%20doc%3F.mp3"],
      ['/feed/', '/rss.xml'],
      ['/feed', '/rss.xml'],
      ['//feed', '/rss.xml'],
      ['/old', 'https://elsewhere.example/new'],
      ['/old/', 'https://elsewhere.example/new'],
      ['/%C3%A9tiquette/', '/tags/donn%C3%A9es/'],
    ] as const
  ).map(([path, location]) => ask(`${path} is at ${location}`, path, movedTo(location))),
  ask('the case of percent-encoding means nothing', '/tags/donn%c3%a9es/', tag),
  ...['/?feed=rss2', '/?feed=rss', '/?x=y&format=rss', '/?feed=rdf'].map(target =>
    ask(`where WordPress had a feed: ${target}`, target, rss),
  ),
  ask('and in another format', '/?feed=atom', atom),
  ask('a query of that name and no feed of it', '/?feed=comments', home),
  ask('a collection has none', '/nowhere/?feed=rss2', notFound),
  ask('HEAD of a redirect', '/index.html', movedTo('/'), { method: 'HEAD' }),
  ask('dots are resolved before anybody looks', '/articles/../rss.xml', rss),
  ask('encoded dots too', '/articles/%2e%2e/rss.xml', rss),
  ask('a name with characters that paths may hold', "/media/what's%20up,%20doc%3F.mp3", sound),
  ...[
    '/nowhere',
    '/rss.xml2',
    '/RSS.xml',
    '/articles%2F1%2F',
    '/%2Frss.xml',
    '/rss.xml%00',
    '/404.html',
    '/index.html/',
    '/media/',
    '//healthz',
    '/healthz/',
    '/404.html/',
    '/media/../../etc/passwd',
    '/%5C%5Cexample.com',
  ].map(path => ask(`nothing at ${path}`, path, notFound)),
  ask('HEAD where nothing is', '/nowhere', headOf(notFound), { method: 'HEAD' }),
  ...['/%', '/%zz', '/rss%', '/%E9', '/%C3%28', '/tags/%ED%A0%80/'].map(path =>
    ask(`broken: ${path}`, path, malformed),
  ),
  ask('gone', '/articles/withdrawn/', withdrawn),
  ask('gone, in another spelling', '/articles/withdrawn', withdrawn),
  ask('HEAD of what is gone', '/articles/withdrawn/', headOf(withdrawn), { method: 'HEAD' }),
  ask('an address of 7,999 characters', `/${'a'.repeat(7998)}`, notFound),
  ask('one of 8,000 is too long', `/${'a'.repeat(7999)}`, sentence(414, 'No address here is that long.')),
  ask(
    'so is one with a long query',
    `/rss.xml?${'a'.repeat(8000)}`,
    sentence(414, 'No address here is that long.'),
  ),
  ask('alive', '/healthz', health),
  ask('alive, asked by HEAD', '/healthz', headOf(health), { method: 'HEAD' }),
]

const methods = [
  ...['POST', 'PUT', 'DELETE', 'PATCH'].map(method =>
    ask(`${method} of a document`, '/rss.xml', readOnly, { method }),
  ),
  ask('POST of a medium', '/media/sound.mp3', readOnly, { method: 'POST' }),
  ask('POST of a redirect', '/feed/', readOnly, { method: 'POST' }),
  ask('POST in another spelling', '/rss.xml/', readOnly, { method: 'POST' }),
  ask('POST where nothing is', '/nowhere', notFound, { method: 'POST' }),
  ask('OPTIONS', '/rss.xml', options, { method: 'OPTIONS' }),
  ask('OPTIONS where nothing is', '/nowhere', notFound, { method: 'OPTIONS' }),
  ask('a preflight', '/rss.xml', preflight, {
    method: 'OPTIONS',
    headers: {
      origin: 'https://reader.example',
      'access-control-request-method': 'GET',
      'access-control-request-headers': 'if-none-match',
    },
  }),
  ask('a script of another site', '/rss.xml', rss, { headers: { origin: 'https://reader.example' } }),
  ask('a 304 for a script of another site', '/rss.xml', notModified(rss), {
    headers: { origin: 'https://reader.example', 'if-none-match': etags.rss },
  }),
]

const range = (value: string, answer: ExpectedAnswer, more: Record<string, string> = {}) =>
  ask(
    `Range: ${value}${Object.entries(more).map(([name, text]) => `, ${name}: ${text}`)}`,
    '/media/sound.mp3',
    answer,
    {
      headers: { range: value, ...more },
    },
  )

const media = [
  range('bytes=0-9', part(sound, 0, 9)),
  range('bytes=0-0', part(sound, 0, 0)),
  range('bytes=99-99', part(sound, 99, 99)),
  range('bytes=90-', part(sound, 90, 99)),
  range('bytes=0-', part(sound, 0, 99)),
  range('bytes=-10', part(sound, 90, 99)),
  range('bytes=-1000', part(sound, 0, 99)),
  range('bytes=50-1000', part(sound, 50, 99)),
  range('bytes=50-99999999999999999999', part(sound, 50, 99)),
  range('BYTES=0-9', part(sound, 0, 9)),
  range('bytes= 0-9', part(sound, 0, 9)),
  range('bytes=100-', unsatisfiable),
  range('bytes=100-200', unsatisfiable),
  range('bytes=-0', unsatisfiable),
  range('bytes=9-5', sound),
  range('bytes=-', sound),
  range('bytes=a-b', sound),
  range('bytes=0-9, 20-29', sound),
  range('bytes 0-9', sound),
  range('items=0-9', sound),
  range('0-9', sound),
  range('bytes=0-9', part(sound, 0, 9), { 'if-range': etags.sound }),
  range('bytes=0-9', part(sound, 0, 9), { 'if-range': firstModified }),
  range('bytes=0-9', part(sound, 0, 9), { 'if-range': 'Thursday, 01-Jan-26 00:00:01 GMT' }),
  range('bytes=0-9', sound, { 'if-range': `W/${etags.sound}` }),
  range('bytes=0-9', sound, { 'if-range': '"other"' }),
  range('bytes=0-9', sound, { 'if-range': 'Thu, 01 Jan 2026 00:00:02 GMT' }),
  range('bytes=0-9', sound, { 'if-range': 'nonsense' }),
  range('bytes=100-', sound, { 'if-range': '"other"' }),
  range('bytes=0-9', notModified(sound), { 'if-none-match': etags.sound }),
  range('bytes=0-9', part(sound, 0, 9), { 'if-match': etags.sound }),
  range('bytes=0-9', failed, { 'if-match': '"other"' }),
  range('bytes=0-9', part(sound, 0, 9), { 'if-none-match': '"other"' }),
  ask('a range means nothing to HEAD', '/media/sound.mp3', headOf(sound), {
    method: 'HEAD',
    headers: { range: 'bytes=0-9' },
  }),
  ask(
    'a range of an empty file',
    '/media/empty.wav',
    {
      ...unsatisfiable,
      headers: { ...unsatisfiable.headers, 'content-range': 'bytes */0', 'content-length': '19' },
      body: 'There are 0 bytes.\n',
    },
    {
      headers: { range: 'bytes=0-' },
    },
  ),
  ask('the end of an empty file', '/media/empty.wav', emptyMedium, { headers: { range: 'bytes=-5' } }),
  ask('documents have no ranges', '/rss.xml', rss, { headers: { range: 'bytes=0-9' } }),
  ask('nor pages', '/', home, { headers: { range: 'bytes=0-9', 'if-range': etags.home } }),
]

const indifferent = [
  ...['?', '?utm_source=x', '?a=1&b=2', '?%zz', '?/../', '?raw'].map(query =>
    ask(`a query changes nothing: ${query}`, `/rss.xml${query}`, rss),
  ),
  ...(
    [
      ['cookie', 'session=1'],
      ['x-forwarded-host', 'evil.example'],
      ['x-forwarded-proto', 'http'],
      ['forwarded', 'host=evil.example'],
      ['user-agent', 'SomeReader/1.0'],
      ['accept-language', 'fa'],
      ['accept-charset', 'iso-8859-1'],
      ['te', 'trailers'],
    ] as const
  ).map(([name, value]) =>
    ask(`a header changes nothing: ${name}`, '/rss.xml', rss, { headers: { [name]: value } }),
  ),
]

const personal = [
  ask('what was asked for by name is kept by nobody else', '/rss.xml', privately(rss), {
    headers: { authorization: 'Basic eDp5' },
  }),
  ask('nor is a 304', '/rss.xml', privately(notModified(rss)), {
    headers: { authorization: 'Basic eDp5', 'if-none-match': etags.rss },
  }),
  ask('nor a medium', '/media/sound.mp3', privately(sound), { headers: { authorization: 'Bearer x' } }),
]

function privately(answer: ExpectedAnswer): ExpectedAnswer {
  const cacheControl = answer.headers['cache-control']!.replace('public', 'private')
  return { ...answer, headers: { ...answer.headers, 'cache-control': cacheControl } }
}

export const conformanceCases: ConformanceCase[] = [
  ...plain,
  ...codings,
  ...entityTags,
  ...dates,
  ...time,
  ...people,
  ...paths,
  ...methods,
  ...media,
  ...indifferent,
  ...personal,
]
