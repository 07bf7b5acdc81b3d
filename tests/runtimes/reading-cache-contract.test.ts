import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, expect, test } from 'vitest'
import { createPipeline } from '../../src/publish/inspect.ts'
import { noReadingCache } from '../../src/publish/reading-cache.ts'
import { readingDatabaseAt } from '../../src/runtimes/node/reading-database.ts'
import { folderSource } from '../../src/source/folder.ts'
import { runReadingCacheContract } from '../contracts/reading-cache.ts'
import { exampleSite } from '../support/articles.ts'
import { temporaryFolder } from './command-line.ts'

const home = mkdtempSync(join(tmpdir(), 'broadsheet-cache-'))
let made = 0
afterAll(() => rmSync(home, { recursive: true }))

runReadingCacheContract('in memory', () => ({ another: () => noReadingCache, remembers: false }))
runReadingCacheContract('in SQLite', () => {
  const file = join(home, `${made++}.sqlite`)
  return { another: () => readingDatabaseAt(file), remembers: true }
})

const post = (n: number, words = 'Words') =>
  `---\ntitle: Title ${n}\ndate: 2026-01-01T00:00:${String(n % 60).padStart(2, '0')}Z\n---\n\n${`${words} of ${n}. `.repeat(40)}\n`
const posts = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, n) => [`${n}.md`, post(n)]))

/** Everything that is published, with every body. */
async function outcome(folder: string, file: string, said: string[] = []) {
  const cache = readingDatabaseAt(file, { onRebuilt: message => said.push(message) })
  const pipeline = createPipeline(folderSource(folder), exampleSite, { cache })
  const { files, articles } = await pipeline.look({ now: 1.8e12 })
  const reports = files.map(({ path, status, diagnostics }) => [path, status, diagnostics])
  return JSON.stringify([reports, articles.map(({ id, title, html, text }) => [id, title, html, text])])
}

/** As many as somebody asks for: `KILLS=100` is worth it after a change of how readings are kept. */
const maxKills = Number(process.env.KILLS ?? 10)

test(
  'a process that is killed while it writes, time and again: the next start is right',
  async () => {
    using folder = temporaryFolder(posts(60))
    const file = join(home, 'killed.sqlite')
    const right = await outcome(folder.path, join(home, 'undisturbed.sqlite'))
    const program = `
    import { createPipeline } from ${JSON.stringify(new URL('../../src/publish/inspect.ts', import.meta.url).href)}
    import { readingDatabaseAt } from ${JSON.stringify(new URL('../../src/runtimes/node/reading-database.ts', import.meta.url).href)}
    import { folderSource } from ${JSON.stringify(new URL('../../src/source/folder.ts', import.meta.url).href)}
    const cache = () => readingDatabaseAt(${JSON.stringify(file)})
    const look = settings => createPipeline(folderSource(${JSON.stringify(folder.path)}), settings, { cache: cache() }).look({ now: 1.8e12 })
    const site = ${JSON.stringify(exampleSite)}
    console.log('started')
    for (let n = 0; ; n++) {
      const memory = cache().open(JSON.stringify(site), () => null)
      const readings = new Map([...memory.readings()].map(reading => [reading.file.path, reading]))
      // Forgotten and kept again, so that there is always something to write.
      memory.commit(new Map(), new Set([...readings.keys()].filter((_, at) => at % 3 === n % 3)), memory.learnt())
      await look(site)
      console.log('written')
    }`
    let kills = 0
    for (let round = 0; round < maxKills; round++) {
      const child = spawn(process.execPath, ['--input-type=module', '--eval', program], {
        stdio: ['ignore', 'pipe', 'inherit'],
      })
      await once(child.stdout, 'data')
      // Anywhere within the writing that follows what was said last.
      for (let wait = 0; wait < round % 3; wait++) await once(child.stdout, 'data')
      child.kill('SIGKILL')
      await once(child, 'exit')
      kills++
      expect(await outcome(folder.path, file), `kill ${kills}`).toBe(right)
    }
  },
  60_000 * maxKills,
)

/** What another process, which has ended, has kept. */
function keptByAnother(folder: string, file: string): string {
  const program = `
    import { createPipeline } from ${JSON.stringify(new URL('../../src/publish/inspect.ts', import.meta.url).href)}
    import { readingDatabaseAt } from ${JSON.stringify(new URL('../../src/runtimes/node/reading-database.ts', import.meta.url).href)}
    import { folderSource } from ${JSON.stringify(new URL('../../src/source/folder.ts', import.meta.url).href)}
    const cache = readingDatabaseAt(${JSON.stringify(file)})
    await createPipeline(folderSource(${JSON.stringify(folder)}), ${JSON.stringify(exampleSite)}, { cache }).look({ now: 1.8e12 })`
  expect(spawnSync(process.execPath, ['--input-type=module', '--eval', program]).status).toBe(0)
  const stem = basename(file, '.sqlite')
  return join(home, readdirSync(home).find(name => name.startsWith(`${stem}-`) && name.endsWith('.sqlite'))!)
}

test.each([
  [
    'other bytes',
    (database: string) => writeFileSync(database, 'this is no database, and was one before: '.repeat(400)),
  ],
  ['an end that is cut off', (database: string) => truncateSync(database, 5000)],
  [
    'a middle that is gone',
    (database: string) => {
      const bytes = readFileSync(database)
      bytes.fill(0xff, 100)
      writeFileSync(database, bytes)
    },
  ],
])('a damaged file (%s) is filled anew, and one line says so', async (name, damage) => {
  using folder = temporaryFolder(posts(20))
  const file = join(home, `${name.replaceAll(' ', '-')}.sqlite`)
  const database = keptByAnother(folder.path, file)
  const right = await outcome(folder.path, join(home, `beside-${name.replaceAll(' ', '-')}.sqlite`))
  damage(database)
  const said: string[] = []
  expect(await outcome(folder.path, file, said)).toBe(right)
  expect(said).toEqual([expect.stringMatching(/was damaged, and is filled anew/)])
  const again: string[] = []
  expect(await outcome(folder.path, file, again)).toBe(right)
  expect(again).toEqual([])
})

test('locked, full, or taken away while it is used: it costs time, and not a word of an article', async () => {
  using folder = temporaryFolder(posts(20))
  const right = await outcome(folder.path, join(home, 'well.sqlite'))
  // Locked by somebody else for as long as it takes.
  const file = join(home, 'locked.sqlite')
  await outcome(folder.path, file)
  const database = join(home, readdirSync(home).find(name => /^locked-.*\.sqlite$/.test(name))!)
  const other = new DatabaseSync(database)
  other.exec('BEGIN IMMEDIATE')
  writeFileSync(folder.at('7.md'), post(7, 'Other words'))
  const locked = await outcome(folder.path, file)
  expect(locked).toContain('Other words of 7.')
  other.exec('ROLLBACK')
  other.close()
  writeFileSync(folder.at('7.md'), post(7))
  // Full: not a page more.
  const full = readingDatabaseAt(join(home, 'full.sqlite'))
  const pipeline = createPipeline(folderSource(folder.path), exampleSite, {
    cache: {
      ...full,
      open(...given) {
        const memory = full.open(...given)
        const name = readdirSync(home).find(name => /^full-.*\.sqlite$/.test(name))!
        truncateSync(join(home, name), 0)
        return memory
      },
    },
  })
  const { files, articles } = await pipeline.look({ now: 1.8e12 })
  const bodies = articles.map(({ html }) => html)
  expect(bodies.every(html => html.includes('Words of'))).toBe(true)
  expect(files.length).toBe(20)
  expect(right).toContain('Words of 7.')
  // Its bodies deleted by somebody: read from the files again.
  const emptied = new DatabaseSync(database)
  emptied.exec('DELETE FROM bodies')
  emptied.close()
  const warm = JSON.parse(await outcome(folder.path, file))
  expect(warm[1].every(([, , html]: string[]) => html!.includes('Words of'))).toBe(true)
})
