import type { RenderedDocument } from '../../src/model/snapshot.ts'
import { followArchives, livingPublication } from './archive-client.ts'
import { exampleSite } from './articles.ts'
import { madeUpText, randomNumbers } from './folders.ts'

export interface ArchiveSimulation {
  articles: number
  edits: number
  deletions: number
  additions: number
  /** Other tags, or the same in another spelling; another author; sometimes none. Default: 0. */
  retaggings?: number
  /** Articles a document. Default: 50. */
  limit?: number
  /** Operations between two publications. */
  batch: number
  seed: number
}

/** Random work on a large folder; after each publication a cold client follows the archives of all three formats. */
export async function simulateArchives(options: ArchiveSimulation) {
  const random = randomNumbers(options.seed)
  const pick = (below: number) => Math.floor(random() * below)
  const files = new Map<string, string>()
  let made = 0
  const terms = () => {
    const tags = ['a', 'B', 'b', 'c', 'C'].filter(() => random() < 0.2)
    return `tags: [${tags}]\nauthor: ${['X', 'Y', 'y'][pick(3)]}\nsection: ${['S', 's', '""'][pick(3)]}`
  }
  const add = () => {
    const date = new Date(Date.UTC(1990 + pick(35), pick(12), 1 + pick(28))).toISOString()
    files.set(
      `${String(made).padStart(6, '0')}.md`,
      `---\ntitle: ${madeUpText(random, 4)}\ndate: ${date}\n${terms()}\n---\n${madeUpText(random, 30)}\n`,
    )
    made++
  }
  while (made < options.articles) add()
  const publish = livingPublication({ ...exampleSite, limit: options.limit ?? exampleSite.limit }, files)
  const anyPath = () => [...files.keys()][pick(files.size)]!
  const operations = [
    ...Array.from({ length: options.edits }, () => () => {
      const path = anyPath()
      files.set(path, `${files.get(path)}${madeUpText(random, 3)}\n`)
    }),
    ...Array.from({ length: options.deletions }, () => () => void files.delete(anyPath())),
    ...Array.from({ length: options.additions }, () => add),
    ...Array.from({ length: options.retaggings ?? 0 }, () => () => {
      const path = anyPath()
      files.set(path, files.get(path)!.replace(/^tags:[\s\S]*?(?=\n---)/m, terms()))
    }),
  ].sort(() => random() - 0.5)

  let now = Date.parse('2026-11-01T00:00:00Z')
  const failures: string[] = []
  let mostTouched = 0
  const look = async (before: Map<string, RenderedDocument> | null) => {
    now += 60_000
    const { inspection, documents } = await publish(now)
    const expected = new Set(inspection.articles.map(({ id }) => id))
    for (const start of ['/rss.xml', '/atom.xml', '/feed.json']) {
      const seen = new Set(followArchives(documents, start).ids)
      if (seen.size !== expected.size || ![...expected].every(id => seen.has(id)))
        failures.push(`${start}: ${seen.size} of ${expected.size} articles at publication ${now}`)
    }
    if (before && options.batch === 1)
      mostTouched = Math.max(mostTouched, mostArchivesTouched(before, documents))
    return documents
  }
  let documents = await look(null)
  let publications = 1
  for (let at = 0; at < operations.length; at += options.batch) {
    for (const operate of operations.slice(at, at + options.batch)) operate()
    documents = await look(documents)
    publications++
  }
  return { publications, failures, mostTouched, articles: files.size }
}

/** Of the collections, the one most of whose archive documents of one format differ from before. */
function mostArchivesTouched(
  before: Map<string, RenderedDocument>,
  after: Map<string, RenderedDocument>,
): number {
  const touched = new Map<string, number>()
  for (const [path, { body }] of after) {
    const [, collection, file] = /^(.*\/)archive\/\d+\/(.+)$/.exec(path) ?? []
    if (collection === undefined || before.get(path)?.body === body) continue
    touched.set(`${collection} ${file}`, (touched.get(`${collection} ${file}`) ?? 0) + 1)
  }
  return Math.max(0, ...touched.values())
}
