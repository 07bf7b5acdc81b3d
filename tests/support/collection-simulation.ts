import { formatLedger, parseLedger } from '../../src/catalog/ledger-text.ts'
import type { Ledger } from '../../src/model/ledger.ts'
import { createPipeline, type Pipeline } from '../../src/publish/inspect.ts'
import { renderPublication } from '../../src/publish/publication.ts'
import { createRenderer } from '../../src/publish/renderer.ts'
import { exampleSite } from './articles.ts'
import { randomNumbers } from './folders.ts'
import { memorySource } from './memory-source.ts'

/** Names that meet as addresses, in spellings, scripts and signs. */
const tags = [
  'C',
  'C#',
  'c',
  'C++',
  'C-2',
  'c 2',
  '.NET',
  'net',
  'Net!',
  'فارسی',
  'فارسی!',
  '日本',
  '🦊',
  '🦊 ',
  '!?',
  '?!',
]
const authors = [
  'Broadsheet',
  'broad-sheet',
  'Broad Sheet',
  'BROAD SHEET',
  'صفحه',
  'صفحه.',
  'Ünïcode',
  'Unicode',
]
const sections = ['News', 'news.', 'News 2', 'new-s', 'اخبار']
const languages = ['en', 'de', 'fa', 'en-GB', 'zh-Hant']

export interface CollectionSimulation {
  operations: number
  /** Operations between two publications. */
  batch: number
  seed: number
}

/**
 * Random work on what articles say of themselves. The ledger is written and read each time, and now and then two branches
 * of the publication are merged as text is merged.
 */
export async function simulateCollections({ operations, batch, seed }: CollectionSimulation) {
  const random = randomNumbers(seed)
  const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)]!
  const files = new Map<string, string>()
  let made = 0
  const write = (path: string, more: string[] = []) => {
    const some = [...tags.filter(() => random() < 0.12), ...more]
    files.set(
      path,
      `---\ntitle: Title ${path}\ndate: 2026-01-${String(1 + Math.floor(random() * 28)).padStart(2, '0')}T00:00:00Z\n` +
        `tags: ${JSON.stringify(some)}\nauthors: ${JSON.stringify([pick(authors), pick(authors)])}\n` +
        `section: ${JSON.stringify(pick(sections))}\nlang: ${pick(languages)}\n---\nText of ${path}.\n`,
    )
  }
  const source = memorySource(files)
  const add = () => write(files.size < 30 ? `${made++}.md` : pick([...files.keys()]))
  const steps = [
    add,
    add,
    () => void files.delete(pick([...files.keys()])),
    () => write(pick([...files.keys()])),
    () => write(pick([...files.keys()])),
  ]
  let now = Date.UTC(2026, 5, 1)
  const renderer = createRenderer(exampleSite)
  const failures: string[] = []

  /** What each address and each key meant so far, on one branch. */
  interface Branch {
    ledger: Ledger | null
    pipeline: Pipeline
    addresses: Map<string, string>
    meanings: Map<string, string>
  }
  const publish = async (branch: Branch) => {
    now += 60_000
    const inspection = await branch.pipeline.look({
      now,
      ledger: branch.ledger,
      ledgerKept: true,
    })
    // Every second process reads it anew.
    branch.ledger = random() < 0.5 ? parseLedger(formatLedger(inspection.ledger)) : inspection.ledger
    for (const { kind, key, path } of inspection.collections) {
      if (kind === 'all') continue
      const address = branch.addresses.get(key) ?? path
      const meaning = branch.meanings.get(path) ?? key
      if (address !== path) failures.push(`${key} moved from ${address} to ${path}`)
      if (meaning !== key) failures.push(`${path} meant ${meaning} and means ${key}`)
      branch.addresses.set(key, path)
      branch.meanings.set(path, key)
    }
    return inspection
  }

  const main: Branch = {
    ledger: null,
    pipeline: createPipeline(source, exampleSite),
    addresses: new Map(),
    meanings: new Map(),
  }
  while (files.size < 6) write(`${made++}.md`)
  let merges = 0
  let redirects = 0
  for (let at = 0; at < operations; at += batch) {
    for (let step = 0; step < batch; step++)
      if (files.size > 3 || step === 0) (files.size > 3 ? pick(steps) : steps[0]!)()
    await publish(main)
    if (random() < 0.02) {
      merges++
      redirects += await merge(main)
    }
  }
  return { failures, merges, redirects, collections: main.addresses.size }

  /** Work goes on in two places, then the lines of both ledgers are kept. */
  async function merge(branch: Branch): Promise<number> {
    const other: Branch = {
      ledger: parseLedger(formatLedger(branch.ledger!)),
      pipeline: createPipeline(source, exampleSite),
      addresses: new Map(branch.addresses),
      meanings: new Map(branch.meanings),
    }
    const before = new Map(files)
    for (const one of [branch, other]) {
      files.clear()
      for (const [path, text] of before) files.set(path, text)
      for (let step = 0; step < 6; step++) if (files.size > 3) pick(steps)()
      // Names that nobody used before, and that meet.
      write(`${made++}.md`, random() < 0.5 ? [`Both ${merges}!`] : [`Both ${merges}!`, `Both ${merges}`])
      await publish(one)
    }
    const lines = [branch, other].flatMap(({ ledger }) => formatLedger(ledger!).split('\n').slice(2, -2))
    const [opening, authority] = formatLedger(branch.ledger!).split('\n')
    branch.ledger = parseLedger([opening, authority, ...lines, '# end of ledger', ''].join('\n'))
    branch.pipeline = createPipeline(source, exampleSite)
    // What both branches agree on, and what was there before them, stays; whatever else anybody subscribed to leads on.
    const known = [...new Set([...branch.addresses, ...other.addresses].map(([key]) => key))]
    const subscribed = known.map(key => ({
      key,
      paths: [...new Set([branch.addresses.get(key), other.addresses.get(key)])].filter(
        path => path !== undefined,
      ),
    }))
    branch.addresses = new Map(
      subscribed.flatMap(({ key, paths }) =>
        paths.length === 1 && isUncontested(key, paths[0]!, other, branch) ? [[key, paths[0]!]] : [],
      ),
    )
    branch.meanings = new Map([...branch.addresses].map(([key, path]) => [path, key]))
    const inspection = await publish(branch)
    const publication = renderPublication(exampleSite, inspection, { now, source, renderer, render: 'none' })
    const paths = new Map(inspection.collections.map(({ key, path }) => [key, path]))
    const taken = new Set(paths.values())
    let redirected = 0
    for (const { key, paths: before } of subscribed)
      for (const path of before) {
        const current = paths.get(key)
        if (current === undefined || current === path || taken.has(path)) continue
        const feed = publication.redirects.find(redirect => redirect.path === `${path}rss.xml`)
        if (feed?.location === encodeURI(`${exampleSite.url}${current.slice(1)}rss.xml`)) redirected++
        else failures.push(`${path} of ${key} does not lead to ${current}`)
      }
    return redirected
  }

  function isUncontested(key: string, path: string, ...branches: Branch[]): boolean {
    return branches.every(({ meanings }) => (meanings.get(path) ?? key) === key)
  }
}
