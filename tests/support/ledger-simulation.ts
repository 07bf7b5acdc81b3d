import { formatLedger, parseLedger } from '../../src/catalog/ledger-text.ts'
import type { Ledger } from '../../src/model/ledger.ts'
import { dateAt } from './articles.ts'
import { aCandidate, madeUpText, randomNumbers } from './folders.ts'
import { identified, ledgerWith } from './identified.ts'

/** An article as its author thinks of it, whatever becomes of its file. */
interface Work {
  key: number
  path: string
  title: string
  text: string
  published: string
  present: boolean
}

export interface SimulationResult {
  publications: number
  /** Articles that a reader keyed on ids was told of a second time. */
  renotified: number
  /** Publications in which two articles had one id. */
  shared: number
}

/**
 * Random work on a folder, published after every `batch` operations, and a reader that knows articles by their ids. A
 * batch may rename and edit one article at once. The ledger goes through its text form every time.
 */
export function simulateLedger(options: {
  articles: number
  operations: number
  batch: number
  seed: number
}): SimulationResult {
  const random = randomNumbers(options.seed)
  const pick = (below: number) => Math.floor(random() * below)
  const works: Work[] = Array.from({ length: options.articles }, (_, key) => ({
    key,
    path: `${2000 + (key % 20)}/article-${key}.md`,
    title: madeUpText(random, 5),
    text: madeUpText(random, 60 + pick(200)),
    published: new Date(Date.UTC(2000 + (key % 20), key % 12, 1 + (key % 28))).toISOString(),
    present: true,
  }))
  let host = 'https://example.org/'
  let fresh = options.articles
  const operations: ((work: Work) => void)[] = [
    work => {
      const words = work.text.split(' ')
      const at = pick(words.length)
      work.text = words.toSpliced(at, 10, madeUpText(random, 10)).join(' ')
    },
    work => {
      work.path = work.path.replace(/[^/]+$/, `renamed-${fresh++}.md`)
    },
    work => {
      work.path = `moved-${pick(50)}/${work.path.split('/').at(-1)}`
      if (works.some(other => other !== work && other.path === work.path)) work.path += `-${fresh++}.md`
    },
    work => {
      work.title = madeUpText(random, 5)
    },
    work => {
      work.present = false
    },
    () => {
      const gone = works.filter(({ present }) => !present)
      if (gone.length > 0) gone[pick(gone.length)]!.present = true
    },
    () => {
      host = `https://host-${pick(9)}.example/`
    },
  ]
  const known = new Map<number, string>()
  let ledger: Ledger = { authority: 'example.org,2026', entries: new Map() }
  let now = Date.parse('2026-01-01T00:00:00Z')
  const result: SimulationResult = { publications: 0, renotified: 0, shared: 0 }

  const publish = () => {
    now += 60_000
    const present = works.filter(work => work.present).sort((a, b) => (a.path < b.path ? -1 : 1))
    const candidates = present.map(({ path, title, text, published }) =>
      aCandidate(path, title, text, {
        published: dateAt(published),
        url: `${host}articles/${path.replaceAll('/', '-')}/`,
      }),
    )
    const { articles, entries } = identified(candidates, ledger, { url: host, undated: false }, now)
    ledger = parseLedger(formatLedger(ledgerWith(ledger, { entries }, now)))
    const ids = articles.map(({ id }) => id)
    if (new Set(ids).size < ids.length) result.shared++
    present.forEach((work, index) => {
      const before = known.get(work.key)
      if (before !== undefined && before !== ids[index]) result.renotified++
      known.set(work.key, ids[index]!)
    })
    result.publications++
  }

  publish()
  for (let done = 0; done < options.operations; done += options.batch) {
    for (let n = 0; n < options.batch; n++) {
      const present = works.filter(work => work.present)
      const work = present[pick(present.length)]!
      operations[pick(operations.length)]!(work)
      if (n === 0 && options.batch > 1) {
        operations[0]!(work)
        operations[1]!(work)
      }
    }
    publish()
  }
  return result
}
