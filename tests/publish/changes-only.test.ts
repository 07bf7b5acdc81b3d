import { expect, test } from 'vitest'
import { formatLedger } from '../../src/catalog/ledger-text.ts'
import type { Ledger } from '../../src/model/ledger.ts'
import type { Site } from '../../src/model/site.ts'
import { type Inspection, inspect } from '../../src/publish/inspect.ts'
import { createParseMemory } from '../../src/publish/read-articles.ts'
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
    entries: [...found.entries].map(([{ path }, entry]) => [path, entry]).sort(byFirst),
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

test.each([
  ['a publication', true],
  ['a preview, whose ledger is not kept', false],
] as const)('%s: a look at what changed finds what a look at everything finds', async (_, kept) => {
  let quick = 0
  let looks = 0
  for (let seed = 1; seed <= 5; seed++) {
    const { files, step, random } = randomWork(seed)
    const source = memorySource(files)
    const memory = createParseMemory()
    let ledger: Ledger | null = null
    for (let round = 0; round < 25; round++) {
      if (round > 0) for (let n = 0; n < 1 + Math.floor(random() * 3); n++) step()
      const options = { now: start + round * day * 0.7, ledger, ledgerKept: kept }
      const before = memory.last
      const found = await inspect(source, site, { ...options, memory })
      if (before && memory.last!.folder.ties === before.folder.ties) quick++
      looks++
      const whole = outcome(await inspect(source, site, options))
      for (const [name, value] of Object.entries(outcome(found)))
        expect(value, `seed ${seed}, round ${round}: ${name}`).toEqual(whole[name as keyof typeof whole])
      if (kept) ledger = found.ledger
    }
  }
  // Both ways were taken, or this would compare nothing.
  expect(quick / looks).toBeGreaterThan(0.2)
  expect(quick / looks).toBeLessThan(0.95)
})
