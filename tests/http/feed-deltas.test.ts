import { createHash } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import type { ReadRequest } from '../../src/http/answer.ts'
import { withDeltas } from '../../src/http/feed-deltas.ts'
import { targetOf } from '../../src/http/paths.ts'
import { createReader } from '../../src/http/reader.ts'
import type { Site } from '../../src/model/site.ts'
import { createMemoryStore } from '../../src/store/memory.ts'
import { livingPublication } from '../support/archive-client.ts'
import { exampleSite } from '../support/articles.ts'
import { childrenOf, parseDocument, textOf } from '../support/xml.ts'

const start = Date.parse('2026-06-01T12:00:00Z')
const day = 86_400_000
/** Text that looks like a feed's own marks wherever it stands. */
const article = (number: number, words = 'Words') =>
  `---\ntitle: "Number ${number} </item> <entry> ]]>"\ndate: ${new Date(start - (40 - number) * day).toISOString()}\n---\n\n` +
  `${words} of ${number}: \`</item><item><guid>x</guid>\` \`</entry>\` ]]> ${createHash('sha512').update(`${number}`).digest('hex').repeat(4)}\n`

/** A publication of twelve articles whose feeds hold ten, served with deltas. */
async function living(
  given: Partial<Site> = {},
  { maxVersions, basePath }: { maxVersions?: number; basePath?: string } = {},
) {
  const files = new Map(Array.from({ length: 12 }, (_, n) => [`${n}.md`, article(n)]))
  const publish = livingPublication({ ...exampleSite, limit: 10, ...given }, files)
  const store = createMemoryStore({ compress: { gzip: bytes => gzipSync(bytes) } })
  let now = start
  const clock = () => now
  const digest = (text: string) => createHash('sha256').update(text).digest('hex')
  const reader = withDeltas(createReader({ store, clock, ...(basePath && { basePath }) }), {
    store,
    clock,
    digest,
    ...(maxVersions && { maxVersions }),
  })
  const put = async () => {
    now += 60_000
    await store.publish((await publish(now)).publication)
    now += 60_000
  }
  const ask = async (path: string, given: Record<string, string> = {}, method = 'GET') => {
    const headers = new Map(Object.entries({ 'a-im': 'feed', ...given }))
    const asked: ReadRequest = {
      method,
      target: targetOf(`https://example.org${path}`),
      headers: { get: name => headers.get(name) ?? null },
    }
    const answer = (await reader.answer(asked))!
    return { ...answer, text: answer.body === null ? '' : Buffer.from(answer.body as Uint8Array).toString() }
  }
  await put()
  return { files, put, ask }
}

const formats = ['/rss.xml', '/atom.xml', '/feed.json']

/** The ids and texts of a document's entries, read as a reader does. */
function entriesOf(path: string, text: string): Map<string, string> {
  if (path.endsWith('.json'))
    return new Map(JSON.parse(text).items.map((item: { id: string }) => [item.id, JSON.stringify(item)]))
  const root = parseDocument(text)
  const [rss] = childrenOf(root, 'channel')
  const elements = rss ? childrenOf(rss, 'item') : childrenOf(root, 'entry')
  return new Map(elements.map(element => [textOf(element, rss ? 'guid' : 'id'), JSON.stringify(element)]))
}

describe.each(formats)('%s', path => {
  test('a reader that puts together what it gets has what everybody has', async () => {
    const { files, put, ask } = await living()
    const first = await ask(path)
    expect(first.status).toBe(200)
    files.set('20.md', article(20))
    files.set('5.md', article(5, 'Other words'))
    await put()
    const delta = await ask(path, { 'if-none-match': first.headers.etag! })
    const whole = await ask(path, { 'a-im': 'vcdiff' })
    expect([delta.status, whole.status]).toEqual([226, 200])
    const [before, news, all] = [first, delta, whole].map(({ text }) => entriesOf(path, text))
    expect([before!.size, news!.size, all!.size]).toEqual([10, 2, 10])
    const together = new Map([...before!, ...news!])
    for (const [id, text] of all!) expect(together.get(id)).toBe(text)
    expect([...news!.keys()].map(id => id.replace(/.*\//, ''))).toEqual(['20.md', '5.md'])
    expect(delta.headers).toMatchObject({
      im: 'feed',
      etag: whole.headers.etag,
      'delta-base': first.headers.etag,
      'cache-control': 'no-store, im',
      'content-type': whole.headers['content-type'],
      'content-length': `${Buffer.byteLength(delta.text)}`,
      'content-security-policy': whole.headers['content-security-policy'],
      'last-modified': whole.headers['last-modified'],
      link: whole.headers.link,
    })
    expect(delta.headers.vary).toMatch(/^A-IM, If-None-Match, User-Agent, Accept-Encoding/)
    // Everybody else's answers say nothing of it: their caches stay as they are.
    expect(whole.headers.vary).not.toContain('A-IM')
    expect((await ask(path, { 'if-none-match': delta.headers.etag! })).status).toBe(304)
  })

  test('where a proxy takes the path of the url away', async () => {
    const given = { url: 'https://example.org/paper/' }
    const { files, put, ask } = await living(given, { basePath: '/' })
    const { headers } = await ask('/rss.xml')
    files.set('20.md', article(20))
    await put()
    expect((await ask('/rss.xml', { 'if-none-match': headers.etag! })).status).toBe(226)
  })

  test('an article that was withdrawn reaches everybody: the whole feed is sent', async () => {
    const { files, put, ask } = await living()
    const { headers: fields } = await ask(path)
    files.delete('7.md')
    // Nothing like it: the ledger takes what is alike for the same article under another name.
    files.set(
      'harvest.md',
      `---\ntitle: Harvest\ndate: ${new Date(start).toISOString()}\n---\n\nApples, and a late summer.\n`,
    )
    await put()
    expect((await ask(path, { 'if-none-match': fields.etag! })).status).toBe(200)
  })

  test('of a feed that only grows shorter as well', async () => {
    const { files, put, ask } = await living({ limit: 50 })
    const { headers: fields } = await ask(path)
    files.delete('0.md')
    await put()
    expect((await ask(path, { 'if-none-match': fields.etag! })).status).toBe(200)
  })
})

describe('the whole feed is sent', () => {
  async function changed(maxVersions?: number) {
    const { files, put, ask } = await living({}, { ...(maxVersions && { maxVersions }) })
    const { headers: fields } = await ask('/rss.xml')
    return { files, put, ask, etag: fields.etag!, date: fields['last-modified']! }
  }

  test.each([
    ['rss2email/3.13 (https://github.com/rss2email/rss2email)', 200],
    ['newsboat/2.21.0', 226],
    ['Liferea/1.14.1', 226],
  ])('or not, to %s: %i', async (agent, status) => {
    const { files, put, ask, etag } = await changed()
    files.set('20.md', article(20))
    await put()
    expect((await ask('/rss.xml', { 'if-none-match': etag, 'user-agent': agent })).status).toBe(status)
  })

  test.each([
    ['nothing is asked for', { 'a-im': '' }, 200],
    ['something else is asked for', { 'a-im': 'vcdiff, gzip' }, 200],
    ['it is refused', { 'a-im': 'feed;q=0' }, 200],
    ['it is refused at length', { 'a-im': 'gzip, feed ; q=0.000' }, 200],
    ['it is one of several', { 'a-im': 'gzip;q=0.3, FEED;q=0.5' }, 226],
    ['no version is named', { 'if-none-match': '' }, 200],
    ['a version is named that never was', { 'if-none-match': '"never"' }, 200],
    ['one of several versions is known', { 'if-none-match': '"never", W/"x"' }, 200],
  ])('where %s', async (_, given, status) => {
    const { files, put, ask, etag } = await changed()
    files.set('20.md', article(20))
    await put()
    expect((await ask('/rss.xml', { 'if-none-match': etag, ...given })).status).toBe(status)
  })

  test('where the proxy’s form of an entity tag is known, a part', async () => {
    const { files, put, ask, etag } = await changed()
    files.set('20.md', article(20))
    await put()
    const proxied = etag.replace(/"$/, '-gzip"')
    expect((await ask('/rss.xml', { 'if-none-match': `"other", ${proxied}` })).status).toBe(226)
  })

  test('where it is shorter, compressed, than the part', async () => {
    const { files, put, ask, etag } = await changed()
    for (let n = 20; n < 29; n++) files.set(`${n}.md`, article(n))
    await put()
    const named = { 'if-none-match': etag }
    expect((await ask('/rss.xml', named)).status).toBe(226)
    expect((await ask('/rss.xml', { ...named, 'accept-encoding': 'gzip' })).status).toBe(200)
  })

  test('to HEAD, to who asks by date alone, and at pages', async () => {
    const { files, put, ask, etag, date } = await changed()
    files.set('20.md', article(20))
    await put()
    expect((await ask('/rss.xml', { 'if-none-match': etag }, 'HEAD')).status).toBe(200)
    expect((await ask('/rss.xml', { 'if-modified-since': date })).status).toBe(200)
    expect((await ask('/', { 'if-none-match': etag })).status).toBe(200)
  })

  test('to who names a version that was forgotten: so many are remembered', async () => {
    const { files, put, ask, etag } = await changed(2)
    for (let n = 20; n < 23; n++) {
      files.set(`${n}.md`, article(n))
      await put()
      await ask('/atom.xml')
      await ask('/rss.xml')
    }
    expect((await ask('/rss.xml', { 'if-none-match': etag })).status).toBe(200)
  })

  test('if-match and broken ranges are answered as ever', async () => {
    const { files, put, ask, etag } = await changed()
    files.set('20.md', article(20))
    await put()
    expect((await ask('/rss.xml', { 'if-none-match': etag, 'if-match': '"x"' })).status).toBe(412)
    expect((await ask('/rss.xml', { 'if-none-match': '*' })).status).toBe(304)
  })
})
