import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Source } from '../../src/model/source.ts'
import { createPublisher } from '../../src/publish/publisher.ts'
import { readingDatabaseAt } from '../../src/runtimes/node/reading-database.ts'
import { exampleSite } from '../support/articles.ts'
import { memorySource } from '../support/memory-source.ts'

let folder: string
const files = new Map<string, string>()
let read: string[] = []

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'broadsheet-cache-'))
  read = []
  files.clear()
  files.set('a.md', '---\ntitle: A\ndate: 2026-01-01\naudio: sound.mp3\n---\nWords of a.\n')
  files.set('b.md', '---\ntitle: B\ndate: 2026-01-02\n---\nWords of b.\n')
  for (const n of [1, 2, 3])
    files.set(
      `${n}.txt`,
      `Headline of number ${n}\n\n0${n} / October / 2016 04:47\n\nThe text of number ${n} says something.\n\nSend comments`,
    )
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const inner = memorySource(files)
const source: Source = {
  ...inner,
  read(path) {
    read.push(path)
    return inner.read(path)
  },
}
const ledger = {
  read: async () => ({ ledger: null, version: null }),
  writable: async () => false,
  write: async () => '',
}

/** A run of its own: nothing but the cache's file is carried over. */
async function run(site = exampleSite) {
  read = []
  const publisher = createPublisher({
    source,
    ledger,
    cache: readingDatabaseAt(join(folder, 'cache.sqlite')),
    clock: () => Date.parse('2026-11-01T00:00:00Z'),
  })
  const { publication, inspection } = await publisher.prepare(site)
  return {
    read: [...new Set(read)].sort(),
    bodies: publication.documents.map(({ path, body }) => [path, body]),
    inspection,
  }
}

test('a second run reads nothing, and publishes the same bytes', async () => {
  const cold = await run()
  const warm = await run()
  expect(cold.read).toHaveLength(5)
  expect(warm.read).toEqual([])
  expect(warm.bodies).toEqual(cold.bodies)
  expect(warm.inspection.files).toEqual(cold.inspection.files)
})

test('what changed is read again, what is gone is forgotten', async () => {
  await run()
  files.set('b.md', '---\ntitle: B\ndate: 2026-01-02\n---\nOther words.\n')
  files.delete('3.txt')
  const warm = await run()
  expect(warm.read).toContain('b.md')
  expect(warm.read).not.toContain('a.md')
  expect(warm.inspection.files.map(({ path }) => path)).toEqual(['1.txt', '2.txt', 'a.md', 'b.md'])
})

test('an article whose sound file appears is read again', async () => {
  await run()
  files.set('sound.mp3', '123456')
  const warm = await run()
  expect(warm.read).toEqual(['a.md', 'sound.mp3'])
  expect(warm.inspection.articles.find(({ path }) => path === 'a.md')!.enclosures[0]!.length).toBe(6)
})

test('other settings: everything is read again', async () => {
  await run()
  expect((await run({ ...exampleSite, url: 'https://other.example/' })).read).toHaveLength(5)
})

test('a damaged cache is as good as none', async () => {
  const cold = await run()
  const [file] = (await readdir(folder)).filter(name => name.endsWith('.sqlite'))
  for (const suffix of ['-wal', '-shm']) await rm(join(folder, file! + suffix))
  await writeFile(join(folder, file!), 'this is not a database, and was one before: '.repeat(400))
  const again = await run()
  expect(again.read).toHaveLength(5)
  expect(again.bodies).toEqual(cold.bodies)
  expect((await run()).read).toEqual([])
})
