import { expect, test } from 'vitest'
import { changesSince } from '../../src/catalog/changes.ts'
import { uncontested } from '../../src/catalog/collection-addresses.ts'
import { formatLedger, parseLedger } from '../../src/catalog/ledger-text.ts'
import type { CollectionEntry, Ledger } from '../../src/model/ledger.ts'
import { inspect } from '../../src/publish/inspect.ts'
import { exampleSite } from '../support/articles.ts'
import { simulateCollections } from '../support/collection-simulation.ts'
import { memorySource } from '../support/memory-source.ts'

const now = Date.UTC(2026, 5, 1)
const tagged = (tag: string, more = '') =>
  `---\ntitle: On ${tag}\ndate: 2026-01-01\ntags: ["${tag}"]\n${more}---\nOn ${tag}.\n`

async function look(files: Record<string, string>, ledger: Ledger | null = null, at = now) {
  const source = memorySource(new Map(Object.entries(files)))
  const found = await inspect(source, exampleSite, { now: at, ledger, ledgerKept: true })
  return {
    ledger: found.ledger,
    paths: Object.fromEntries(found.collections.map(({ key, path }) => [key, path])),
  }
}

test('a tag keeps its address when another one comes that would have had it', async () => {
  const first = await look({ 'a.md': tagged('C#') })
  expect(first.paths['tag c#']).toBe('/tags/c/')
  const second = await look(
    { 'a.md': tagged('C#'), 'b.md': tagged('C') },
    parseLedger(formatLedger(first.ledger)),
  )
  expect(second.paths).toMatchObject({ 'tag c#': '/tags/c/', 'tag c': '/tags/c-2/' })
})

test('an address stays with a tag that no article has for a while', async () => {
  const first = await look({ 'a.md': tagged('C#'), 'b.md': tagged('x') })
  const without = await look({ 'b.md': tagged('C') }, first.ledger)
  expect(without.paths['tag c']).toBe('/tags/c-2/')
  const again = await look({ 'a.md': tagged('C#'), 'b.md': tagged('C') }, without.ledger)
  expect(again.paths['tag c#']).toBe('/tags/c/')
})

test('a ledger of earlier days takes over what was published, before anything new is named', async () => {
  const { ledger } = await look({ 'a.md': tagged('C#') })
  const { collections: _, ...old } = ledger
  expect((await look({ 'a.md': tagged('C#'), 'b.md': tagged('C') }, old)).paths).toMatchObject({
    'tag c#': '/tags/c/',
    'tag c': '/tags/c-2/',
  })
})

test('a tag that waits for its time has its address already', async () => {
  const waiting = tagged('C#').replace('2026-01-01', '2026-07-01')
  const first = await look({ 'a.md': waiting })
  const then = Date.UTC(2026, 7, 1)
  const second = await look({ 'a.md': waiting, 'b.md': tagged('C') }, first.ledger, then)
  expect(second.paths).toMatchObject({ 'tag c#': '/tags/c/', 'tag c': '/tags/c-2/' })
})

test("a language's feed stays when the other languages go, and one language alone makes none", async () => {
  const german = tagged('x', 'lang: de\n')
  const english = tagged('y', 'lang: en\n')
  const alone = await look({ 'a.md': german })
  expect(alone.paths['language de']).toBeUndefined()
  const both = await look({ 'a.md': german, 'b.md': english }, alone.ledger)
  expect(both.paths['language de']).toBe('/languages/de/')
  expect((await look({ 'a.md': german }, both.ledger)).paths['language de']).toBe('/languages/de/')
})

test('two branches that gave one address to two tags: the earlier keeps it, and diff says what moves', async () => {
  const entry = (key: string, address: string, first: number): [string, CollectionEntry] => [
    key,
    { key, first, address, formerAddresses: [] },
  ]
  const known = new Map([entry('tag c', '/tags/c/', 2), entry('tag c#', '/tags/c/', 1)])
  const after = uncontested(known)
  expect([...after.values()].map(({ key, address }) => [key, address])).toEqual([
    ['tag c', '/tags/c-2/'],
    ['tag c#', '/tags/c/'],
  ])
  const ledger = (collections: Ledger['collections']): Ledger => ({
    authority: 'example.org,2026',
    entries: new Map(),
    collections: collections!,
  })
  expect(changesSince(ledger(known), ledger(after), now).moved).toEqual([
    { key: 'tag c', from: '/tags/c/', to: '/tags/c-2/' },
  ])
})

test('two branches that gave one tag two addresses: the later one leads to the earlier', () => {
  const line = (first: string, address: string) => JSON.stringify({ collection: 'tag c', first, address })
  const ledger = parseLedger(
    [
      ...formatLedger({ authority: 'example.org,2026', entries: new Map() }).split('\n').slice(0, 2),
      line('2026-02-01T00:00:00Z', '/tags/c/'),
      line('2026-01-01T00:00:00Z', '/tags/c-2/'),
      '# end of ledger\n',
    ].join('\n'),
  )
  expect([...ledger.collections!.values()]).toMatchObject([
    { address: '/tags/c-2/', formerAddresses: ['/tags/c/'] },
  ])
  expect(parseLedger(formatLedger(ledger)).collections).toEqual(ledger.collections)
})

test('2,000 random changes of tags, authors, sections and languages, with merges', {
  timeout: 120_000,
}, async () => {
  const result = await simulateCollections({ operations: 2_000, batch: 4, seed: 11 })
  expect(result.failures).toEqual([])
  expect(result.merges).toBeGreaterThan(3)
  expect(result.redirects).toBeGreaterThan(0)
})
