import fc from 'fast-check'
import { expect, test } from 'vitest'
import { clockHeader, createConformanceServer, publication, publishedAt } from './conformance-publication.ts'

const serve = await createConformanceServer()

async function ask(path: string, headers: [string, string][] = [], method = 'GET'): Promise<Response> {
  const fields = new Headers({ [clockHeader]: `${publishedAt + 3_600_000}` })
  for (const [name, value] of headers) fields.append(name, value)
  return serve(new Request(`https://example.org${path}`, { method, headers: fields }))
}

const rssTag = '01cb1dd808e3b18c56de70e68e40fb7b'

/** Pieces that headers are made of, in any order, between what nobody would send. */
const pieces = fc.constantFrom(
  ...[
    rssTag,
    `"${rssTag}"`,
    `W/"${rssTag}"`,
    '"',
    'W/',
    '*',
    ',',
    ', ',
    ';',
    '=',
    '-gzip',
    'gzip',
    'br',
    'identity',
  ],
  ...[
    'q=0',
    'q=1',
    'q=',
    ' ',
    '\t',
    'bytes=',
    '0',
    '9',
    '-',
    '99',
    '100',
    'Thu, 01 Jan 2026 00:00:01 GMT',
    'GMT',
  ],
  ...['text/html', '*/*', 'application/rss+xml', 'document', 'navigate', '\u00ff', '()', '%', '\\'],
)
const headerValue = fc
  .array(fc.oneof({ weight: 5, arbitrary: pieces }, { weight: 1, arbitrary: fc.string({ maxLength: 5 }) }), {
    maxLength: 8,
  })
  .map(parts => parts.join('').replace(/[^\t\x20-\x7e\x80-\xff]/g, ''))
const header = fc.tuple(
  fc.constantFrom(
    ...['if-none-match', 'if-modified-since', 'if-match', 'if-unmodified-since', 'if-range', 'range'],
    ...['accept', 'accept-encoding', 'sec-fetch-dest', 'sec-fetch-mode'],
  ),
  headerValue,
)

test('whatever the headers, an answer is one of those that can be, and its length is true', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('/rss.xml', '/', '/media/sound.mp3', '/media/empty.wav'),
      fc.array(header, { maxLength: 5 }),
      async (path, headers) => {
        const answer = await ask(path, headers)
        const body = await answer.arrayBuffer()
        expect([200, 206, 304, 406, 412, 416]).toContain(answer.status)
        if (answer.status === 304) expect(body.byteLength).toBe(0)
        else expect(answer.headers.get('content-length')).toBe(`${body.byteLength}`)
        const head = await ask(path, headers, 'HEAD')
        if (answer.status !== 206 && answer.status !== 416)
          expect([head.status, [...head.headers]]).toEqual([answer.status, [...answer.headers]])
      },
    ),
    { numRuns: 3000 },
  )
})

test('whatever the tags, a 304 comes only where ours is among them', async () => {
  await fc.assert(
    fc.asyncProperty(headerValue, async value => {
      const { status } = await ask('/rss.xml', [['if-none-match', value]])
      if (status === 304 && value.trim() !== '*') expect(value).toContain(rssTag)
    }),
    { numRuns: 3000 },
  )
})

const pathPiece = fc.constantFrom(
  ...[
    '/',
    '//',
    '.',
    '..',
    '%2e',
    '%2F',
    '%',
    '%zz',
    '%C3%A9',
    '%c3%a9',
    'e%CC%81',
    '\u00e9',
    '%00',
    '%20',
    ' ',
    '?',
  ],
  ...[
    'rss.xml',
    'rss',
    '.xml',
    'articles',
    '1',
    '2',
    'tags',
    'donn',
    'es',
    'index.html',
    'feed',
    'old',
    'media',
  ],
  ...['sound.mp3', 'withdrawn', 'healthz', '404.html', "'", '!', '\\', ':', '@', ';', '+'],
)
const requestPath = fc.array(pathPiece, { maxLength: 9 }).map(parts => `/${parts.join('')}`)

test('whatever the path, every document has one address, and every redirect leads to one at once', async () => {
  const addresses = new Set([
    ...[...publication.documents, ...publication.media].map(
      ({ path }) => new URL(path, publication.url).pathname,
    ),
    '/healthz',
  ])
  await fc.assert(
    fc.asyncProperty(requestPath, async path => {
      const answer = await ask(path)
      expect([200, 301, 400, 404, 410]).toContain(answer.status)
      const asked = new URL(`https://example.org${path}`)
      if (answer.status === 200) expect(addresses).toContain(asked.pathname)
      if (answer.status !== 301) return
      const target = new URL(answer.headers.get('location')!, publication.url)
      expect(target.href).not.toBe(asked.href)
      if (target.origin === 'https://example.org') expect((await ask(target.pathname)).status).toBe(200)
      else expect(target.href).toBe('https://elsewhere.example/new')
    }),
    { numRuns: 5000 },
  )
})
