import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { FileReport } from '../../src/model/article.ts'
import type { Source } from '../../src/model/source.ts'
import type { LearntLines } from '../../src/page-text/learn-boilerplate.ts'
import { createPipeline, inspect } from '../../src/publish/inspect.ts'
import { readingDatabaseAt } from '../../src/runtimes/node/reading-database.ts'
import { exampleSite } from '../support/articles.ts'
import { madeUpText, randomNumbers } from '../support/folders.ts'
import { memorySource } from '../support/memory-source.ts'
import { recordingCache } from '../support/recording-cache.ts'

/** What was read, wherever its body lies. */
const outcome = ({ path, status, article, diagnostics }: FileReport) => {
  if (!article) return { path, status, diagnostics }
  const { title, html, text, dropped, published } = article
  return { path, status, diagnostics, title, html, text, dropped, published }
}

const now = Date.parse('2026-11-01T00:00:00Z')

/** Page text of some sites, one directory each, with random work on it. */
function randomSites(seed: number) {
  const random = randomNumbers(seed)
  const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)]!
  const files = new Map<string, string>()
  let number = 0
  const sites = ['', 'one/', 'two/', 'two/old/']
  const text = (site: string) => {
    const some = (line: string) =>
      random() < 0.6 ? [/of|Support/.test(line) ? `${line} ${site}` : line] : []
    const body = [madeUpText(random, 20), madeUpText(random, 25)].map(words => `${words}.`)
    const [day, month] = [Math.ceil(random() * 28), Math.ceil(random() * 12)]
    const isDayFirst = site === 'one/' || (site === '' && random() < 0.5)
    return [
      ...some('Menu of'),
      madeUpText(random, 5),
      `${isDayFirst ? `${day}/${month}` : `${month}/${day}`}/2023`,
      ...body,
      ...some('Support'),
      ...some('Share on Facebook'),
      ...some('All rights reserved'),
      ...some('Rights of'),
    ].join('\n\n')
  }
  const add = (site = pick(sites)) => files.set(`${site}${number++}.txt`, text(site))
  const any = () => pick([...files.keys()])
  const steps = [
    () => add(),
    () => add(pick(['one/', 'two/'])),
    () => files.delete(any()),
    () => files.set(any(), text(pick(sites))),
    () => {
      const from = any()
      files.set(`${pick(sites)}${number++}.txt`, files.get(from)!)
      files.delete(from)
    },
  ]
  for (let n = 0; n < 14; n++) add()
  return { files, step: () => (files.size > 4 ? pick(steps)() : add()), random }
}

test('a folder that changes between runs is read as if it were read for the first time', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'broadsheet-learnt-'))
  let learntOtherwise = 0
  let ordersOtherwise = 0
  try {
    for (let seed = 1; seed <= 4; seed++) {
      const { files, step, random } = randomSites(seed)
      const source = memorySource(files)
      const run = () => {
        const recording = recordingCache(readingDatabaseAt(join(folder, `${seed}.sqlite`)))
        const pipeline = createPipeline(source, exampleSite, { cache: recording.cache })
        return { learnt: recording.learnt, look: () => pipeline.look({ now }) }
      }
      let running = run()
      await running.look()
      for (let round = 0; round < 15; round++) {
        if (round > 0) for (let n = 0; n < 1 + Math.floor(random() * 2); n++) step()
        // Another run, which has nothing but the cache's file.
        if (random() < 0.5) {
          running = run()
        }
        const { lines: before, orders: ordersBefore } = running.learnt()
        const found = await running.look()
        const fresh = recordingCache()
        const whole = await inspect(source, exampleSite, { now, cache: fresh.cache })
        const [learnt, freshly] = [running.learnt(), fresh.learnt()]
        const name = `seed ${seed}, round ${round}`
        expect(learnt.lines, name).toEqual(freshly.lines)
        expect(learnt.orders, name).toEqual(freshly.orders)
        expect([...learnt.samples.keys()].sort(), name).toEqual([...freshly.samples.keys()].sort())
        expect(found.files.map(outcome), name).toEqual(whole.files.map(outcome))
        if (JSON.stringify(learntIn(before)) !== JSON.stringify(learntIn(learnt.lines))) learntOtherwise++
        if (JSON.stringify([...ordersBefore]) !== JSON.stringify([...learnt.orders])) ordersOtherwise++
      }
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
  // Or this would compare nothing.
  expect(learntOtherwise).toBeGreaterThan(10)
  expect(ordersOtherwise).toBeGreaterThan(3)
})

const learntIn = (lines: LearntLines) =>
  [...lines].map(([path, sources]) => [path, sources.map(source => [...source.keys()].sort())])

test('after one edit, another run reads the edited file and no other', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'broadsheet-learnt-'))
  try {
    const { files } = randomSites(7)
    const inner = memorySource(files)
    const read = new Set<string>()
    const source: Source = {
      ...inner,
      read(path) {
        read.add(path)
        return inner.read(path)
      },
    }
    for (const edited of [null, [...files.keys()][5]!]) {
      if (edited) files.set(edited, `${files.get(edited)}\n\nOne more line of text.`)
      read.clear()
      const cache = readingDatabaseAt(join(folder, 'cache.sqlite'))
      await inspect(source, exampleSite, { now, cache })
      expect([...read].sort()).toEqual(edited ? [edited] : [...files.keys()].sort())
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})
