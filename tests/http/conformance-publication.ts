import type { ReadRequest } from '../../src/http/answer.ts'
import { appOf } from '../../src/http/app.ts'
import { createReader, type Reader } from '../../src/http/reader.ts'
import type { MediaFile, Publication, RenderedDocument, StoreReader } from '../../src/model/snapshot.ts'
import { createMemoryStore } from '../../src/store/memory.ts'

/** Thu, 01 Jan 2026 00:00:00.250 GMT: a quarter into its second. */
export const publishedAt = Date.UTC(2026, 0, 1) + 250
/** Thu, 01 Jan 2026 02:00:00 GMT: `/rss.xml` changes and `/articles/1/` goes. */
export const dueAt = Date.UTC(2026, 0, 1, 2)

const numbers = [1, 2, 3]

const rss = `<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0"><channel><title>Broadsheet</title><link>https://example.org/</link><description>A publication that tests how it is served.</description>
${numbers.map(n => `<item><title>Article ${n}</title><link>https://example.org/articles/${n}/</link><guid isPermaLink="false">tag:example.org,2026:articles/${n}</guid><description>The words of article ${n}.</description></item>`).join('\n')}
</channel></rss>
`
const home = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Broadsheet</title></head><body><h1>Broadsheet</h1>
${numbers.map(n => `<article><h2><a href="/articles/${n}/">Article ${n}</a></h2><p>The words of article ${n}.</p></article>`).join('\n')}
</body></html>
`

/** What each body is, byte for byte; `rss.gzip` is `rss` in that coding. */
export const bodies = {
  rss,
  rssLater: '<rss version="2.0"><channel><title>Broadsheet</title></channel></rss>\n',
  home,
  atom: '<feed xmlns="http://www.w3.org/2005/Atom"><title>Broadsheet</title></feed>\n',
  json: '{"version":"https://jsonfeed.org/version/1.1","title":"Broadsheet","items":[]}\n',
  opml: '<opml version="2.0"/>\n',
  style: 'body{margin:0}\n',
  article: '<!doctype html><title>Article 1</title><p>The words of article 1.</p>\n',
  tag: '<!doctype html><title>données</title>\n',
  notFound: '<!doctype html><title>Not found</title>\n',
  sound: Uint8Array.from({ length: 100 }, (_, index) => index),
  drawing: '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>\n',
  empty: '',
  'rss.gzip': fromBase64(
    'H4sIAAAAAAAAA6WSy2rDMBBF9/mKQevUSmQoJcgK6bqLLvoDqj2xh8iS0Uwen1+SkEdLSxOynMcdzoGx810fYIOZKcVKTYuJAox1aii2lVrL8ulFzd3IZubLlikmytm68zFicFZIArrXnHzDHaJYfezYQHHlOpGBZ1rjzvdDwCLlVlt9GNkGuc40CKXoFjCsPwPVfl+BdF5AkIWhS1sgAWJgzBtsCquvcyNLgv2JYpGF6oAw/R/CH1dZT8887ZoaIH7H3Ps3iqtKLX1gVE58O7vKjs3EPM8uB6zeJ7/7fHQI25QbhrQEf8L6AW/1Af53B3OHg3nUwdzsYO5xKO9wKB91KG92KP9y0Oev1pnZjb4A3oOYaCADAAA=',
  ),
  'rss.br': fromBase64(
    'Gx8DIJwHjjHdtJNw4UP6cTNOLLLmUQiiqm5L9XRBvjc5C9lQ33wQw8yXMrkEObubusmvr7xQG2OcZ2G8t4VhpictRqPQun5hIE/C5MNioHKidkXNx1JDgJDZk0mO/HooPgxqWw44TSx4x1PRe3ir+al2Duebc1AqPwDmz9v6W+s36Dwg9WIXCYg4jTvoSdJMPB0SN9BlW7tv6VZy3z9/tci18cCgGg+P3CJS8pPFGFYha8MP6SMGKVAFGRADqaAaZAIpLI7NFNIlBg==',
  ),
  'rss.zstd': fromBase64(
    'KLUv/WAgAv0HAEJPLh5gR+wRKHQj7YgUP/QDkRVmJVZQPkXEPuglNwI4cHAFc59KJUmSrLWW2qaNVHdTJpTfgVpFYB0LQHHas8QOW5OWQ+yC9kw28FbXkYMob4gyZPqn4eHvLdQajhGTXb31WxPyqb/z67f32piGCBGkBhZlP9STcXarVjlTGgyhpyWwUopD/48dYsNV+8zPXZOTgDH8/mWQY2yPWZYOY7nPLVghDQQ0H6XFie0kE1nTYSBpibJ9MkLhk1DYGgDZRCEAPABiBZIAzAuYDICkQDrA5KNRCxcCrQcaI3RqBHRlmAhYIlp0E6PH6XAR5k7CEOWt2IlpDZ/NpSZ+S5sqAw==',
  ),
  'home.gzip': fromBase64(
    'H4sIAAAAAAAAA5XRsQrCQAwG4N2nOG/X0OvikAb0GXyB2EuNUL1yjUjfXsopKA7FKST8+YYE1zG1Ng3i1K49rXAurufbufFy84QqHAmvYuxa5TyKNf5u3WbnCe1ivdAhJ46jihhCmSCUrVOKE6FWXxGtaIWc7dLOSQ2E7DRL13h4TUeowNO+NK5C4FkMhAMdVdwj5Ti61Dl+J7YIA+F7fZkPH3xY5MO/fP3B14t8/cNDuRuUjzwBiKXkLKIBAAA=',
  ),
  'home.br': fromBase64(
    'G6EBCBwFbntBkpeT0NrQFwOdTllCPGSbr/IX2CePAlWhwa23/Ny+bxc7H1OuCVEUknJMUBrftPjclIe4xOfbthVzZdjuN63ZOit2cg0lIzAPBzbJD9J6rIn1guedAvfVNqtMtRhGI7s6cyiP8gCM8qEPNs9OjcMLnfl7IhQD',
  ),
} satisfies Record<string, string | Uint8Array>

function fromBase64(text: string): Uint8Array {
  return Uint8Array.from(atob(text), character => character.charCodeAt(0))
}

/** Codings from the table above, so that lengths are the same whatever compressor a runtime has. */
function compressor(coding: 'gzip' | 'br' | 'zstd') {
  return (bytes: Uint8Array): Uint8Array => {
    const text = new TextDecoder().decode(bytes)
    const name = text === rss ? `rss.${coding}` : text === home ? `home.${coding}` : ''
    return Object.hasOwn(bodies, name) ? (bodies[name as keyof typeof bodies] as Uint8Array) : bytes
  }
}

const html = 'text/html; charset=utf-8'

function document(path: string, mediaType: string, body: string, more: Partial<RenderedDocument> = {}) {
  return { path, mediaType, body, headers: {}, page: null, maxAge: null, ...more }
}

function medium(path: string, mediaType: string, body: string | Uint8Array): MediaFile {
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body
  return { path, mediaType, size: bytes.length, stamp: null, read: async () => bytes }
}

const rssFields = {
  'content-language': 'en',
  link: '<https://example.org/rss.xml>; rel="self", <https://hub.example/>; rel="hub"',
}

export const publication: Publication = {
  url: 'https://example.org/',
  maxAge: 300,
  publishedAt,
  documents: [
    document('/', html, home, {
      headers: { link: '<https://example.org/rss.xml>; rel="alternate"; type="application/rss+xml"' },
    }),
    document('/rss.xml', 'application/rss+xml; charset=utf-8', rss, { page: '/', headers: rssFields }),
    document('/atom.xml', 'application/atom+xml; charset=utf-8', bodies.atom, { page: '/missing/' }),
    document('/feed.json', 'application/feed+json; charset=utf-8', bodies.json, { page: '/', maxAge: 60 }),
    document('/opml.xml', 'text/x-opml; charset=utf-8', bodies.opml),
    document('/style.css', 'text/css; charset=utf-8', bodies.style),
    document('/articles/1/', html, bodies.article),
    document('/tags/données/', html, bodies.tag),
    document('/404.html', html, bodies.notFound),
  ],
  media: [
    medium('/media/sound.mp3', 'audio/mpeg', bodies.sound),
    medium('/media/drawing.svg', 'image/svg+xml', bodies.drawing),
    medium('/media/empty.wav', 'audio/wav', bodies.empty),
    medium("/media/what's up, doc?.mp3", 'audio/mpeg', bodies.sound),
  ],
  redirects: [
    { path: '/feed/', location: '/rss.xml' },
    { path: '/old', location: 'https://elsewhere.example/new' },
    { path: '/étiquette/', location: '/tags/données/' },
  ],
  gone: ['/articles/withdrawn/'],
  due: [
    {
      at: dueAt,
      documents: [
        document('/rss.xml', 'application/rss+xml; charset=utf-8', bodies.rssLater, {
          page: '/',
          headers: rssFields,
        }),
      ],
      gone: ['/articles/1/'],
    },
  ],
}

/** The instant at which a request is to be answered travels with it: the same way on every runtime. */
export const clockHeader = 'x-test-clock'

/** What the bodies above are compressed with. */
export const conformanceCompressors = {
  gzip: compressor('gzip'),
  br: compressor('br'),
  zstd: compressor('zstd'),
}

async function publishedInMemory(): Promise<StoreReader> {
  const store = createMemoryStore({ compress: conformanceCompressors })
  await store.publish(publication)
  return store
}

/** The reader of a store that has the conformance publication. Default: one in memory. */
export async function createConformanceReader(given?: StoreReader): Promise<Reader> {
  const store = given ?? (await publishedInMemory())
  let now = 0
  const reader = createReader({ store, clock: () => now })
  // One view of the clock per answer: it is read before the reader first waits for anything.
  const at = (asked: ReadRequest) => {
    now = Number(asked.headers.get(clockHeader))
    return asked
  }
  return {
    ...reader,
    answer: asked => reader.answer(at(asked)),
    notFound: asked => reader.notFound(at(asked)),
  }
}

/** The app around it, as a `fetch` handler. */
export async function createConformanceServer(
  bodyInit: object = {},
  store?: StoreReader,
): Promise<(request: Request) => Response | Promise<Response>> {
  return appOf(await createConformanceReader(store), { bodyInit }).fetch
}
