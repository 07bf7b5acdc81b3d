import type { Ledger } from '../../src/model/ledger.ts'
import type { Site } from '../../src/model/site.ts'
import type { RenderedDocument } from '../../src/model/snapshot.ts'
import { createPipeline } from '../../src/publish/inspect.ts'
import { renderPublication } from '../../src/publish/publication.ts'
import { createRenderer } from '../../src/publish/renderer.ts'
import { memorySource } from './memory-source.ts'

/** A publication whose folder, ledger and memory live on between publications. */
export function livingPublication(site: Site, files: Map<string, string>) {
  const source = memorySource(files)
  const pipeline = createPipeline(source, site)
  const renderer = createRenderer(site)
  let ledger: Ledger | null = null
  return async (now: number) => {
    const inspection = await pipeline.look({ now, ledger, ledgerKept: true })
    ledger = inspection.ledger
    const publication = renderPublication(site, inspection, { now, source, renderer })
    return { inspection, publication, documents: byPath(publication.documents) }
  }
}

export function byPath(documents: RenderedDocument[]): Map<string, RenderedDocument> {
  return new Map(documents.map(document => [document.path, document]))
}

/** What a client that has never seen the publication collects when it follows RFC 5005's links to the end. */
export function followArchives(
  documents: Map<string, RenderedDocument>,
  start: string,
): { ids: string[]; fetched: string[] } {
  const ids: string[] = []
  const fetched: string[] = []
  let path: string | null = start
  while (path !== null) {
    const body: string = documents.get(path)!.body
    fetched.push(path)
    ids.push(...idsOf(body, path))
    const next = nextOf(body, path)
    path = next === null ? null : decodeURIComponent(new URL(next).pathname)
    if (path !== null && fetched.includes(path)) throw new Error(`the archives run in a circle at ${path}`)
  }
  return { ids, fetched }
}

function idsOf(body: string, path: string): string[] {
  if (path.endsWith('.json')) return JSON.parse(body).items.map((item: { id: string }) => item.id)
  const pattern = path.endsWith('rss.xml')
    ? /<guid[^>]*>([^<]*)<\/guid>/g
    : /<entry[^>]*>.*?<id>([^<]*)<\/id>/gs
  return [...body.matchAll(pattern)].map(match => match[1]!)
}

function nextOf(body: string, path: string): string | null {
  if (path.endsWith('.json')) return JSON.parse(body).next_url ?? null
  const link = /<(?:atom:)?link [^>]*rel="prev-archive"[^>]*>/.exec(body)?.[0]
  return link ? /href="([^"]*)"/.exec(link)![1]! : null
}
