import { collect } from '../../src/catalog/collections.ts'
import type { Inspection } from '../../src/publish/inspect.ts'
import { renderPublication } from '../../src/publish/publication.ts'
import { byPath, followArchives, livingPublication } from './archive-client.ts'
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

type Published = Awaited<ReturnType<ReturnType<typeof livingPublication>>>

/**
 * Random work on a large folder; after each publication a cold client follows the archives of all three formats. Where
 * every operation is published by itself, what it touched is looked at, too.
 */
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
  const site = { ...exampleSite, limit: options.limit ?? exampleSite.limit }
  const publish = livingPublication(site, files)
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
  const look = async (before: Published | null) => {
    now += 60_000
    const after = await publish(now)
    const { inspection, documents } = after
    const expected = new Set(inspection.articles.map(({ id }) => id))
    for (const start of ['/rss.xml', '/atom.xml', '/feed.json']) {
      const seen = new Set(followArchives(documents, start).ids)
      if (seen.size !== expected.size || ![...expected].every(id => seen.has(id)))
        failures.push(`${start}: ${seen.size} of ${expected.size} articles at publication ${now}`)
    }
    if (before && options.batch === 1) {
      const touched = touchedDocuments(before, after)
      mostTouched = Math.max(mostTouched, ...touched.archives.values())
      for (const path of touched.unconcerned)
        failures.push(`${path} changed, whose articles did not, at ${now}`)
    }
    return after
  }
  let latest = await look(null)
  let publications = 1
  for (let at = 0; at < operations.length; at += options.batch) {
    for (const operate of operations.slice(at, at + options.batch)) operate()
    latest = await look(latest)
    publications++
  }
  // What was rendered little by little is what a new process would render at once.
  const anew = byPath(renderPublication(site, latest.inspection, { now, source: null }).documents)
  for (const [path, { body }] of anew)
    if (latest.documents.get(path)?.body !== body)
      failures.push(`${path} is not what it would be from scratch`)
  if (anew.size !== latest.documents.size) failures.push('from scratch there are other documents')
  return { publications, failures, mostTouched, articles: files.size }
}

/**
 * The feeds that differ between two publications: how many archive documents of each format and collection, and those of
 * collections that no changed article belongs to, before or after.
 */
function touchedDocuments(before: Published, after: Published) {
  const concerned = collectionsConcerned(before.inspection, after.inspection)
  const archives = new Map<string, number>()
  const unconcerned: string[] = []
  for (const path of new Set([...before.documents.keys(), ...after.documents.keys()])) {
    const [, collection, archive, file] =
      /^(.*?\/)(archive\/\d+\/)?((?:rss|atom)\.xml|feed\.json)$/.exec(path) ?? []
    if (collection === undefined || before.documents.get(path)?.body === after.documents.get(path)?.body)
      continue
    if (!concerned.has(collection)) unconcerned.push(path)
    if (archive) archives.set(`${collection} ${file}`, (archives.get(`${collection} ${file}`) ?? 0) + 1)
  }
  return { archives, unconcerned }
}

/** Paths of the collections of every article that is other than before, or there for the first or the last time. */
function collectionsConcerned(before: Inspection, after: Inspection): Set<string> {
  const known = new Set(before.articles)
  const kept = new Set(after.articles.filter(article => known.has(article)))
  const changed = [before, after].flatMap(({ articles, entryOf }) =>
    collect([], { removed: [], added: articles }, { title: '', limit: 1, entryOf }).filter(({ articles }) =>
      articles.some(article => !kept.has(article)),
    ),
  )
  return new Set(changed.map(({ path }) => path))
}
