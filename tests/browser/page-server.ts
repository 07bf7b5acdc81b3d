import { readdirSync, readFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { serve } from '@hono/node-server'
import { createReaderApp } from '../../src/http/app.ts'
import type { Article } from '../../src/model/article.ts'
import type { LedgerEntry } from '../../src/model/ledger.ts'
import type { Site } from '../../src/model/site.ts'
import { inspect } from '../../src/publish/inspect.ts'
import { renderPublication } from '../../src/publish/publication.ts'
import { resolveSite } from '../../src/settings/resolved-site.ts'
import { folderSource } from '../../src/source/folder.ts'
import { createMemoryStore } from '../../src/store/memory.ts'
import type { Compressors } from '../../src/store/resources.ts'
import { memorySource } from '../support/memory-source.ts'

const root = join(import.meta.dirname, '../..')
const now = Date.parse('2026-11-23T12:00:00Z')

/** `seeds/`, an article that holds everything an article can hold and one of the longest words, published and served on a port of its own. */
export async function servePages(settings: Partial<Site> = {}, compress: Compressors = {}) {
  const store = createMemoryStore({ compress })
  const app = createReaderApp({ store, clock: () => now })
  const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' })
  await new Promise(resolve => server.once('listening', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  const site = resolveSite({
    title: 'Broadsheet',
    description: 'The articles of seeds/, for people.',
    copyright: '© Broadsheet',
    footer: 'Set in the reader’s own types.',
    links: [{ title: 'What a feed is', url: '/articles/what-a-feed-is/' }],
    timezone: 'UTC',
    limit: 10,
    ...settings,
    url,
  })
  const source = memorySource(await filesOf())
  const inspection = await inspect(source, site, { now })
  const entries = archived(inspection.articles)
  const publication = renderPublication(
    site,
    { ...inspection, entryOf: article => entries.get(article) },
    { now, source },
  )
  await store.publish({ ...publication, gone: ['/articles/withdrawn/'] })
  const close = () => new Promise<void>(resolve => server.close(() => resolve()))
  return { url, publication, [Symbol.asyncDispose]: close }
}

/** What a ledger would say: the oldest articles are in archives, in the order in which they appeared. */
function archived(articles: Article[]): Map<Article, LedgerEntry> {
  const oldestFirst = articles.toSorted((a, b) => a.published!.epoch - b.published!.epoch)
  return new Map(
    oldestFirst.slice(0, 6).map((article, place) => {
      const archives = { all: 1 + Math.floor(place / 2), 'tag feeds': 1 }
      return [article, { archives } as unknown as LedgerEntry]
    }),
  )
}

async function filesOf(): Promise<Map<string, Uint8Array>> {
  const seeds = folderSource(join(root, 'seeds'))
  const files = new Map<string, Uint8Array>()
  for (const { path } of (await seeds.list()).files) files.set(path, await seeds.read(path))
  const fixtures = join(root, 'tests/fixtures/pages')
  for (const name of readdirSync(fixtures)) files.set(name, readFileSync(join(fixtures, name)))
  return files
}
