import { expect, test } from 'vitest'
import type { Ledger } from '../../src/model/ledger.ts'
import { createPipeline } from '../../src/publish/inspect.ts'
import { exampleSite } from '../support/articles.ts'
import { memorySource } from '../support/memory-source.ts'

const day = 86_400_000
const start = Date.UTC(2026, 2, 1)
const dump = (
  headline: string,
  number: number | null,
  words = 'It was seen on the towpath this morning',
) => `31 January 2026

${headline}
${number === null ? '' : `\nNews ID: ${number}\n`}
${words}, standing quite still beside the lock, by three people who told the keeper of it.

The keeper says that it comes each winter, and stays until the ice has gone from the upper basin.
`

/** A folder that is looked at again after each change, with its ledger kept. */
function livingFolder(files: Map<string, string>, site = exampleSite, remembered: Ledger | null = null) {
  const pipeline = createPipeline(memorySource(files), site)
  let ledger = remembered
  let now = start
  return async () => {
    now += day
    const found = await pipeline.look({ now, ledger, ledgerKept: true })
    ledger = found.ledger
    const said = (code: string) =>
      found.files.flatMap(({ path, diagnostics }) =>
        diagnostics.filter(one => one.code === code).map(({ message }) => `${path}: ${message}`),
      )
    const ids = Object.fromEntries(
      found.articles.map(({ path, id }) => [path, id.replace(/^tag:[^:]*:/, '')]),
    )
    return { ids, said, ledger }
  }
}

test('a second dump of an article is published and reported, for as long as both are there', async () => {
  const files = new Map([['one.txt', dump('The heron is back', null)]])
  const look = livingFolder(files)
  expect((await look()).said('article-twice')).toEqual([])
  files.set('two.txt', dump('The heron is back', null))
  const both = await look()
  expect(both.said('article-twice')).toEqual(['two.txt: one.txt has the very same words.'])
  expect(both.ids).toEqual({ 'one.txt': 'file/one.txt', 'two.txt': 'file/two.txt' })
  files.set('a.txt', dump('The heron is back', null))
  expect((await look()).said('article-twice')).toEqual([
    'one.txt: a.txt has the very same words.',
    'two.txt: a.txt has the very same words.',
  ])
  files.delete('a.txt')
  files.set('one.txt', dump('The heron has gone', null, 'Nobody has seen it since the thaw'))
  const one = await look()
  expect(one.said('article-twice')).toEqual([])
  expect(one.ids).toEqual(both.ids)
})

test('a few words, and a draft of what is published, are no second dump', async () => {
  const note = '---\ndate: 2026-01-02\ntitle: Today\n---\nA heron.\n'
  const long =
    'Words that go on for long enough to be known again by whoever reads them a second time, somewhere else.'
  const article = (status: string) => `---\ndate: 2026-01-02\ntitle: Long\n${status}---\n${long}\n`
  const look = livingFolder(
    new Map([
      ['a.md', note],
      ['b.md', note],
      ['c.md', article('')],
      ['d.md', article('draft: true\n')],
    ]),
  )
  expect((await look()).said('article-twice')).toEqual([])
})

test('the News ID is the id where the publication is the source itself, whether the text names it or nobody', async () => {
  const named = dump('The heron is back', 737252).replace(
    'News ID',
    `Source: ${exampleSite.title}\n\nNews ID`,
  )
  const files = new Map([
    ['x.txt', named],
    ['y.txt', dump('The lock is closed', 737253, 'Work on the gates takes until Friday')],
  ])
  const look = livingFolder(files)
  const first = await look()
  expect(first.ids).toEqual({ 'x.txt': 'source/737252', 'y.txt': 'source/737253' })
  // Another dump of it, under another name and in other words, is the same article to its subscribers.
  files.delete('y.txt')
  files.set('z.txt', dump('Lock closed for months', 737253, 'Nobody knows how long the gates will take'))
  expect((await look()).ids).toEqual({ 'x.txt': 'source/737252', 'z.txt': 'source/737253' })
  files.set('zz.txt', dump('Lock opens again', 737253, 'Boats go up and down as if nothing had been'))
  const twice = await look()
  expect(twice.ids['zz.txt']).toBe('file/zz.txt')
  expect(twice.said('id-taken')).toEqual([
    'zz.txt: "tag:example.org,2026:source/737253" is the id of z.txt already; this article gets one of its own.',
  ])
})

test('an article that subscribers know by its file keeps that id, and nothing is said of its number', async () => {
  const files = new Map([['x.txt', dump('The heron is back', null)]])
  const { ledger } = await livingFolder(files)()
  files.set('x.txt', dump('The heron is back', 737252))
  const after = await livingFolder(files, exampleSite, ledger)()
  expect(after.ids).toEqual({ 'x.txt': 'file/x.txt' })
  expect([...after.said('id-kept'), ...after.said('id-taken')]).toEqual([])
})
