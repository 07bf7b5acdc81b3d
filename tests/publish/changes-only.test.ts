import { expect, test } from 'vitest'
import { formatLedger, parseLedger } from '../../src/catalog/ledger-text.ts'
import { withChanges } from '../../src/catalog/order.ts'
import type { Ledger } from '../../src/model/ledger.ts'
import type { Site } from '../../src/model/site.ts'
import { type Source, SourceError } from '../../src/model/source.ts'
import { createPipeline, type Inspection, inspect } from '../../src/publish/inspect.ts'
import { nodeDigest } from '../../src/runtimes/node/codings.ts'
import { exampleSite } from '../support/articles.ts'
import { madeUpText, randomNumbers } from '../support/folders.ts'
import { memorySource } from '../support/memory-source.ts'

const site: Site = {
  ...exampleSite,
  limit: 4,
  undated: 'first-seen',
  feeds: [
    {
      name: 'Both',
      slug: 'both',
      include: { tags: ['a'], authors: [], sections: [], languages: [] },
      exclude: { tags: ['b'], authors: [], sections: [], languages: [] },
    },
  ],
}
const start = Date.UTC(2026, 0, 1)
const day = 86_400_000

/** What a look at a folder came to, without the objects' identities. */
function outcome(found: Inspection) {
  return {
    // Of what was never published nobody remembers since when it is there.
    files: found.files.map(file =>
      file.article && file.status === 'withheld'
        ? { ...file, article: { ...file.article, revised: 0, fingerprint: '', published: null } }
        : file,
    ),
    totals: found.totals,
    articles: found.articles,
    timed: found.timed.map(({ path }) => path).sort(),
    collections: found.collections.map(({ articles, newest, archives, ...rest }) => ({
      ...rest,
      articles: articles.map(({ id }) => id),
      newest: newest.map(({ id }) => id),
      archives: archives.map(({ number, articles }) => [number, articles.map(({ id }) => id)]),
    })),
    entries: [...new Set([...found.articles, ...found.timed])]
      .map(article => [article.path, found.entryOf(article)])
      .sort(byFirst),
    ledger: formatLedger(found.ledger),
    media: [...found.media.keys()].sort(),
  }
}
const byFirst = (a: unknown[], b: unknown[]) => (String(a[0]) < String(b[0]) ? -1 : 1)

/** Random work on a folder of articles, with everything that ties one to another. */
function randomWork(seed: number) {
  const random = randomNumbers(seed)
  const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)]!
  const files = new Map<string, string>()
  let number = 0
  const articleText = () => {
    const lines = [`title: ${madeUpText(random, 3)}`]
    if (random() < 0.9) {
      const offset = Math.floor(random() * 40) - 30
      lines.push(`date: ${new Date(start + offset * day).toISOString()}`)
    }
    if (random() < 0.1)
      lines.push(`expires: ${new Date(start + Math.floor(random() * 30) * day).toISOString()}`)
    lines.push(`tags: [${pick(['a', 'b', 'A', 'a, b', 'C++', 'c', ''])}]`)
    if (random() < 0.3) lines.push(`author: ${pick(['Broadsheet', 'broadsheet', 'Nobody'])}`)
    if (random() < 0.1) lines.push('lang: de')
    if (random() < 0.05) lines.push('draft: true')
    if (random() < 0.04) lines.push(`slug: ${pick(['one', 'two', 'rss.xml'])}`)
    if (random() < 0.03) lines.push(`guid: ${pick(['x', 'y'])}`)
    if (random() < 0.04) lines.push(`aliases: [/old/${pick(['one', 'two'])}/]`)
    const link = random() < 0.04 && files.size > 0 ? `[another](${pick([...files.keys()])})` : ''
    return `---\n${lines.join('\n')}\n---\n\n${madeUpText(random, 40)} ${link}\n`
  }
  const path = () => `${pick(['', 'x/', 'y/'])}${number++}.md`
  const gone: [string, string][] = []
  const steps = [
    () => files.set(path(), articleText()),
    () => files.set(pick([...files.keys()]), articleText()),
    () => {
      const [path, text] = pick([...files])
      files.set(path, `${text}${madeUpText(random, 3)}\n`)
    },
    () => {
      const [path, text] = pick([...files])
      files.set(path, text)
    },
    () => {
      const [from, text] = pick([...files])
      files.delete(from)
      files.set(path(), random() < 0.5 ? text : `${text}${madeUpText(random, 3)}\n`)
    },
    () => {
      const [path, text] = pick([...files])
      gone.push([path, text])
      files.delete(path)
    },
    () => {
      const back = gone.pop()
      if (back) files.set(...back)
    },
    () => files.set('sound.mp3', madeUpText(random, 2)),
  ]
  for (let n = 0; n < 30; n++) files.set(path(), articleText())
  return { files, step: () => pick(steps)(), random }
}

/** The folder as a watcher sees it: told of paths, it looks at these alone. */
function watchedSource(files: Map<string, string>) {
  const inner = memorySource(files)
  let unreadable = new Set<string>()
  const source: Source = {
    ...inner,
    async relist(listing, paths) {
      const all = new Map((await inner.list()).files.map(file => [file.path, file]))
      const known = new Map(listing.files.map(file => [file.path, file]))
      for (const path of paths) {
        const file = all.get(path)
        if (file) known.set(path, file)
        else known.delete(path)
      }
      return { ...listing, files: [...known.values()].sort((a, b) => (a.path < b.path ? -1 : 1)) }
    },
    async read(path, part) {
      const cause = Object.assign(new Error('the disk fails'), { code: 'EIO' })
      if (unreadable.has(path)) throw new SourceError(path, 'unreadable', { cause })
      return inner.read(path, part)
    },
  }
  const fail = (paths: Iterable<string>) => {
    unreadable = new Set(paths)
  }
  return { source, fail }
}

test.each([
  ['a publication', true],
  ['a preview, whose ledger is not kept', false],
] as const)('%s: a look at what changed finds what a look at everything finds', async (_, kept) => {
  for (let seed = 1; seed <= 6; seed++) {
    const { files, step, random } = randomWork(seed)
    const { source } = watchedSource(files)
    const pipeline = createPipeline(source, site, { digest: nodeDigest })
    let ledger: Ledger | null = null
    let before: Inspection | null = null
    for (let round = 0; round < 25; round++) {
      const former = new Map(files)
      if (round > 0) for (let n = 0; n < 1 + Math.floor(random() * 3); n++) step()
      const paths = [...new Set([...former.keys(), ...files.keys()])].filter(
        path => former.get(path) !== files.get(path),
      )
      const options = { now: start + round * day * 0.7, ledger, ledgerKept: kept }
      const changed = random() < 0.7 ? new Set(paths) : null
      const found = await pipeline.look({ ...options, changed })
      const whole = outcome(await inspect(source, site, { ...options, digest: nodeDigest }))
      const name = `seed ${seed}, round ${round}`
      for (const [part, value] of Object.entries(outcome(found)))
        expect(value, `${name}: ${part}`).toEqual(whole[part as keyof typeof whole])
      expect(appliedTo(before, found), `${name}: changes`).toEqual(found.articles.map(({ id }) => id))
      before = found
      // Now and then the ledger could not be written, or another program wrote it.
      if (kept && random() < 0.9)
        ledger = random() < 0.8 ? found.ledger : parseLedger(formatLedger(found.ledger))
    }
  }
})

/** The ids of what was published before, with what is said to have come and gone. */
function appliedTo(before: Inspection | null, { changes, articles }: Inspection): string[] {
  if (!before || !changes) return articles.map(({ id }) => id)
  return withChanges(before.articles, changes).map(({ id }) => id)
}

test('what was not touched is the very same object: articles, collections, archives', async () => {
  const files = new Map(
    Array.from({ length: 30 }, (_, n) => [
      `${n}.md`,
      `---\ntitle: Title ${n}\ndate: 2025-11-${String(n + 1).padStart(2, '0')}\ntags: [t${n % 3}]\n---\n\nWords ${n}.\n`,
    ]),
  )
  const { source } = watchedSource(files)
  const pipeline = createPipeline(source, site, { digest: nodeDigest })
  const first = await pipeline.look({ now: start, ledgerKept: true })
  files.set('4.md', files.get('4.md')!.replace('Words', 'Other words'))
  const second = await pipeline.look({
    now: start,
    ledger: first.ledger,
    ledgerKept: true,
    changed: new Set(['4.md']),
  })
  expect(second.changes!.added.map(({ path }) => path)).toEqual(['4.md'])
  const known = new Set(first.articles)
  expect(second.articles.filter(article => !known.has(article)).map(({ path }) => path)).toEqual(['4.md'])
  const collections = new Set(first.collections)
  expect(second.collections.filter(one => !collections.has(one)).map(({ key }) => key)).toEqual(
    ['all', 'language en', 'tag t1'].filter(key => first.collections.some(one => one.key === key)),
  )
  const archives = new Set(first.collections.flatMap(one => one.archives))
  expect(second.collections[0]!.archives.filter(one => !archives.has(one))).toHaveLength(1)
  // Nothing at all: not even a list is another one.
  const third = await pipeline.look({ now: start, ledger: second.ledger, ledgerKept: true })
  expect(third.collections).toBe(second.collections)
  expect(third.ledger).toBe(second.ledger)
})

test('a file that cannot be read just now is no withdrawal: it stays as it was, is told of, and tried again', async () => {
  for (let seed = 1; seed <= 4; seed++) {
    const { files, step, random } = randomWork(seed)
    const { source, fail } = watchedSource(files)
    const pipeline = createPipeline(source, site, { digest: nodeDigest })
    let ledger: Ledger | null = null
    let before: Inspection | null = null
    for (let round = 0; round < 20; round++) {
      if (round > 0) step()
      const failing = round > 0 ? [...files.keys()].filter(() => random() < 0.3) : []
      fail(failing)
      const options = { now: start, ledger, ledgerKept: true }
      const found = await pipeline.look(options)
      const name = `seed ${seed}, round ${round}`
      const here = new Set(files.keys())
      const ids = new Set(found.articles.map(({ id }) => id))
      for (const article of before?.articles ?? [])
        if (here.has(article.path) && failing.includes(article.path)) {
          expect(ids, `${name}: ${article.path}`).toContain(article.id)
          expect(found.ledger.entries.get(article.id)!.withdrawn, name).toBe(null)
        }
      for (const path of found.unavailable) {
        const report = found.files.find(file => file.path === path)!
        expect(
          report.diagnostics.map(({ code }) => code),
          `${name}: ${path}`,
        ).toContain('file-unreadable')
      }
      // A run that knows nothing of these files takes none of them for withdrawn either.
      const cold = await inspect(source, site, { ...options, digest: nodeDigest })
      for (const [id, entry] of ledger ? (ledger as Ledger).entries : [])
        if (failing.includes(entry.path) && entry.withdrawn === null)
          expect(cold.ledger.entries.get(id), `${name}: ${entry.path}`).toBe(entry)
      ledger = found.ledger
      // The disk is well again: as if nothing had been.
      fail([])
      const well = await pipeline.look({ ...options, ledger, changed: new Set() })
      expect([...well.unavailable], name).toEqual([])
      const whole = outcome(await inspect(source, site, { ...options, ledger, digest: nodeDigest }))
      for (const [part, value] of Object.entries(outcome(well)))
        expect(value, `${name}: ${part}`).toEqual(whole[part as keyof typeof whole])
      ledger = well.ledger
      before = well
    }
  }
}, 240_000)

test('a file that could not be read and is removed then is withdrawn', async () => {
  const { files } = randomWork(1)
  const { source, fail } = watchedSource(files)
  const pipeline = createPipeline(source, site, { digest: nodeDigest })
  const first = await pipeline.look({ now: start, ledger: null, ledgerKept: true })
  const { path, id } = first.articles.find(article => files.has(article.path))!
  const look = (ledger: Ledger) =>
    pipeline.look({ now: start, ledger, ledgerKept: true, changed: new Set([path]) })
  files.set(path, `${files.get(path)}\nMore.\n`)
  fail([path])
  const unread = await look(first.ledger)
  expect([...unread.unavailable]).toEqual([path])
  files.delete(path)
  fail([])
  const gone = await look(unread.ledger)
  expect([...gone.unavailable]).toEqual([])
  expect(gone.ledger.entries.get(id)!.withdrawn).toBe(start)
})
