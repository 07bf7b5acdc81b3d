import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { createReaderApp } from '../../src/http/app.ts'
import type { StoreReader } from '../../src/model/snapshot.ts'
import { createPublisher } from '../../src/publish/publisher.ts'
import { nodeDigest } from '../../src/runtimes/node/codings.ts'
import { openLedger } from '../../src/runtimes/node/ledger-file.ts'
import { writeOutput } from '../../src/runtimes/node/output-folder.ts'
import { writeWorkerBundle } from '../../src/runtimes/worker/worker-bundle.ts'
import { readSettings } from '../../src/settings/settings.ts'
import { folderSource } from '../../src/source/folder.ts'
import { createMemoryStore } from '../../src/store/memory.ts'
import { temporaryFolder } from '../runtimes/command-line.ts'
import { deployedObjects, deployedReader } from '../support/deployed-bundle.ts'
import {
  belongings,
  guessedPaths,
  instants,
  keptArticles,
  leaksIn,
  slugOf,
} from '../support/withheld-articles.ts'

const settings = `title = "News"
url = "https://news.example.org/"
timezone = "UTC"
authors = ["Broadsheet"]
tombstones = true
ignore = ["kept/**"]
`
const moments = [instants.base, instants.comes - 1, instants.comes, instants.goes, instants.goes + 86_400_000]

function filledFolder() {
  const folder = temporaryFolder({
    'broadsheet.toml': settings,
    'open.md': '---\ntitle: Open\ndate: 2026-01-01\n---\n\nEverybody may read this.\n',
  })
  // Who leads to what is never to be read shows the words alone. What comes by itself is led to already.
  const never = keptArticles.filter(({ visibleAt }) => ![...moments, Date.UTC(3000, 0, 1)].some(visibleAt))
  const links = never.flatMap(({ files }) => [...files.keys()].filter(path => path.endsWith('.md')))
  // What is never read has no address that anybody could know; of front matter that is none, nobody has the slug.
  const unread = ['a hidden file', 'a hidden folder', 'ignored by the settings', 'dashes of another kind']
  const read = never.filter(({ kind }) => !unread.includes(kind))
  const addresses = read.map(article => `/articles/${slugOf(keptArticles.indexOf(article))}/`)
  folder.write(
    'leading.md',
    `---\ntitle: Leading\ndate: 2026-01-01\n---\n\nSee ${[...links, ...addresses].map(path => `[this](<${path}>)`).join(', ')}.\n
${addresses.map(address => `<q cite="https://news.example.org${address}">said</q> ![seen](${address})`).join('\n')}\n`,
  )
  for (const { files } of keptArticles)
    for (const [path, text] of files) {
      mkdirSync(dirname(folder.at(path)), { recursive: true })
      folder.write(path, text)
    }
  return folder
}

function publisherAt(folder: string, time: number, render: 'all' | 'popular') {
  const { site } = readSettings(settings)
  const publisher = createPublisher({
    source: folderSource(folder),
    ledger: openLedger(folder),
    clock: () => time,
    digest: nodeDigest,
    render,
  })
  return {
    site: site!,
    async publication() {
      const prepared = await publisher.prepare(site!)
      await publisher.commitLedger(site!, prepared)
      return prepared.publication
    },
  }
}

/** Everything that can be fetched at an instant, and every address at which something might be: what leaks, in words. */
async function fetchedLeaks(store: StoreReader, known: string[], time: number): Promise<string[]> {
  const app = createReaderApp({ store, clock: () => time })
  const leaks = new Set<string>()
  const ask = async (path: string, headers: Record<string, string> = {}) => {
    const answer = await app.request(encodeURI(path), { headers })
    const fields = JSON.stringify([...answer.headers])
    return { answer, text: `${fields}\n${new TextDecoder('latin1').decode(await answer.arrayBuffer())}` }
  }
  for (const path of known) {
    for (const leak of leaksIn(path, time)) {
      // A path that is known to come later must not be there yet, nor said to have been.
      const { status } = (await ask(path)).answer
      if (
        status !== 404 &&
        !(
          status === 410 &&
          keptArticles.some(it => leak.startsWith(`${it.kind}:`) && it.visibleAt(instants.goes - 1))
        )
      )
        leaks.add(`${path} is answered with ${status}`)
    }
    if (leaksIn(path, time).length > 0) continue
    for (const accept of ['*/*', 'text/html'])
      for (const leak of leaksIn(
        (await ask(path, { accept, 'sec-fetch-dest': 'document', 'sec-fetch-mode': 'navigate' })).text,
        time,
      ))
        leaks.add(`${path}: ${leak}`)
  }
  for (const [number, article] of keptArticles.entries()) {
    if (article.visibleAt(time)) continue
    for (const path of guessedPaths(number)) {
      const { answer, text } = await ask(path)
      const wasThere = article.visibleAt(instants.goes - 1) && time >= instants.goes
      if (answer.status !== 404 && !(answer.status === 410 && wasThere))
        leaks.add(`${article.kind}: ${path} is answered with ${answer.status}`)
      if (text.includes(' bytes')) leaks.add(`${article.kind}: the bytes of ${path}`)
    }
  }
  return [...leaks]
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name))
}

const leaksInFiles = (folder: string, time: number) => [
  ...new Set(
    filesBelow(folder).flatMap(file =>
      [...leaksIn(file, time), ...leaksIn(readFileSync(file), time)].map(
        leak => `${file.slice(folder.length)}: ${leak}`,
      ),
    ),
  ),
]

/** The table and whatever else of a deployment is compressed, as text. */
function zippedObjects(folder: string): string[] {
  const { places, bytes } = deployedObjects(folder)
  const withCode = places.flatMap(([key, offset, length]) =>
    key.startsWith('s/') ? Buffer.from(bytes, offset, length) : [],
  )
  const assets = filesBelow(join(folder, 'assets/s')).map(file => readFileSync(file))
  // One of them is the list of hashes, which is not compressed.
  return [...withCode, ...assets].map(object =>
    (object[0] === 0x1f && object[1] === 0x8b ? gunzipSync(object) : object).toString('latin1'),
  )
}

test('there are enough kinds, and each article is seen when it may be', async () => {
  expect(keptArticles.length).toBeGreaterThanOrEqual(40)
  expect(belongings.length).toBeGreaterThanOrEqual(15)
  using folder = filledFolder()
  const store = createMemoryStore()
  await store.publish(await publisherAt(folder.path, instants.base, 'all').publication())
  const app = createReaderApp({ store, clock: () => instants.comes })
  const feed = await (await app.request('/atom.xml')).text()
  const seen = keptArticles.filter(({ visibleAt }) => visibleAt(instants.comes))
  expect(seen).toHaveLength(4)
  for (const article of seen) {
    const number = keptArticles.indexOf(article)
    expect(feed).toContain(`zq${number}k0qz`)
    const sound = guessedPaths(number).find(path => path.endsWith('.mp3'))!
    expect([sound, (await app.request(sound)).status]).toEqual([sound, 200])
  }
})

describe('no marker of what is withheld is found', () => {
  test('by serve: a publication goes through time by itself, and is made anew at each instant', async () => {
    using folder = filledFolder()
    const store = createMemoryStore()
    const snapshot = await store.publish(await publisherAt(folder.path, instants.base, 'all').publication())
    const known = new Set(moments.flatMap(time => [...snapshot.paths(time)].map(([path]) => path)))
    for (const time of moments) expect(await fetchedLeaks(store, [...known], time)).toEqual([])
    for (const time of moments) {
      const anew = createMemoryStore()
      await anew.publish(await publisherAt(folder.path, time, 'popular').publication())
      expect(await fetchedLeaks(anew, [...known], time)).toEqual([])
    }
  }, 120_000)

  test('by build: in no file and no name', async () => {
    using folder = filledFolder()
    using out = temporaryFolder()
    for (const time of moments) {
      await writeOutput(out.at('public'), await publisherAt(folder.path, time, 'all').publication())
      expect(leaksInFiles(out.at('public'), time)).toEqual([])
    }
  }, 120_000)

  test('by a static deployment: what is never to be seen is in no file, what comes is answered when it comes', async () => {
    using folder = filledFolder()
    using out = temporaryFolder()
    const publication = await publisherAt(folder.path, instants.base, 'all').publication()
    await writeWorkerBundle(out.at('worker'), publication)
    // A deployment carries what comes by itself, for whoever deploys; nobody who asks can have it before.
    const coming = (leak: string) =>
      keptArticles.some(it => leak.includes(`: ${it.kind}: `) && it.visibleAt(instants.goes - 1)) ||
      leak.includes(': far in the future: ')
    expect(leaksInFiles(out.at('worker'), instants.base).filter(leak => !coming(leak))).toEqual([])
    expect(zippedObjects(out.at('worker')).length).toBeGreaterThan(2)
    expect(
      zippedObjects(out.at('worker'))
        .flatMap(text => leaksIn(text, instants.base))
        .filter(leak => !coming(`: ${leak}`)),
    ).toEqual([])
    const store = deployedReader(out.at('worker'))
    const memory = createMemoryStore()
    const snapshot = await memory.publish(publication)
    const known = new Set(moments.flatMap(time => [...snapshot.paths(time)].map(([path]) => path)))
    for (const time of moments) expect(await fetchedLeaks(store, [...known], time)).toEqual([])
  }, 120_000)

  test('of a scheduled article that is removed before its time: no 410, no tombstone, at no time', async () => {
    using folder = filledFolder()
    const store = createMemoryStore()
    const first = await store.publish(await publisherAt(folder.path, instants.base, 'all').publication())
    const known = new Set(moments.flatMap(time => [...first.paths(time)].map(([path]) => path)))
    const scheduled = keptArticles.filter(
      ({ visibleAt }) => visibleAt(instants.comes) && !visibleAt(instants.base),
    )
    for (const { files } of scheduled) rmSync(folder.at([...files.keys()][0]!))
    await store.publish(await publisherAt(folder.path, instants.base + 3_600_000, 'all').publication())
    const app = createReaderApp({ store, clock: () => instants.comes })
    for (const article of scheduled)
      for (const path of guessedPaths(keptArticles.indexOf(article)))
        expect([path, (await app.request(path)).status]).toEqual([path, 404])
    for (const path of known) {
      const text = await (await app.request(encodeURI(path))).text()
      for (const article of scheduled) {
        const number = keptArticles.indexOf(article)
        if (!path.includes(`zq${number}k`))
          expect(text.includes(`zq${number}k`) || text.includes(`post-${number}`)).toBe(false)
      }
    }
  }, 120_000)
})
