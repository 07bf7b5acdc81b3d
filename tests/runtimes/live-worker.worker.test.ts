import { env } from 'cloudflare:workers'
import { expect, test } from 'vitest'
import worker from '../../src/runtimes/worker/live-worker.ts'
import { createR2Objects, type R2Bucket } from '../../src/runtimes/worker/r2-objects.ts'
import { createObjectPublication } from '../../src/store/object-publication.ts'
import { sha256 } from '../../src/text/digests.ts'

const { BUCKET } = env as unknown as { BUCKET: R2Bucket }
const PREFIX = 'live/'

function publicationOf(body: string) {
  const document = {
    path: '/rss.xml',
    mediaType: 'application/rss+xml',
    body,
    headers: {},
    page: null,
    maxAge: null,
  }
  return {
    url: 'https://example.org/',
    maxAge: 300,
    publishedAt: Date.now(),
    documents: [document],
    media: [],
    redirects: [],
    gone: [],
    due: [],
  }
}

/** One request, and all that the Worker does behind its answer. */
async function ask(path: string, headers: Record<string, string> = {}) {
  const behind: Promise<unknown>[] = []
  const request = new Request(`https://worker.example${path}`, { headers })
  const answer = await worker.fetch(
    request,
    { BUCKET, PREFIX, POLL: '0' },
    { waitUntil: work => void behind.push(work) },
  )
  const text = await answer.text()
  await Promise.all(behind)
  return { status: answer.status, text, etag: answer.headers.get('etag') }
}

test('a Worker that is deployed once serves each publication to its bucket', async () => {
  expect((await ask('/rss.xml')).status).toBe(503)
  const publication = createObjectPublication({
    objects: createR2Objects(BUCKET, PREFIX),
    digest: sha256,
    compress: {},
    clock: Date.now,
  })
  await publication.publish(publicationOf('<rss>one</rss>'))
  // What is newer is looked for behind an answer.
  await ask('/rss.xml')
  const first = await ask('/rss.xml')
  expect(first).toMatchObject({ status: 200, text: '<rss>one</rss>' })
  expect((await ask('/rss.xml', { 'if-none-match': first.etag! })).status).toBe(304)
  await publication.publish(publicationOf('<rss>two</rss>'))
  expect((await ask('/rss.xml')).text).toBe('<rss>one</rss>')
  expect((await ask('/rss.xml')).text).toBe('<rss>two</rss>')
  expect((await ask('/elsewhere')).status).toBe(404)
})
