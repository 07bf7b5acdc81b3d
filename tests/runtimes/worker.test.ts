import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestHarness } from 'wrangler'
import { createReaderApp } from '../../src/http/app.ts'
import { createPublisher } from '../../src/publish/publisher.ts'
import { openLedger } from '../../src/runtimes/node/ledger-file.ts'
import { programBytes } from '../../src/runtimes/worker/worker-limits.ts'
import { readSettings } from '../../src/settings/settings.ts'
import { folderSource } from '../../src/source/folder.ts'
import { createMemoryStore } from '../../src/store/memory.ts'
import { programFile } from '../support/program-file.ts'
import { temporaryFolder } from './command-line.ts'

const root = join(import.meta.dirname, '../..')
const seeds = join(root, 'seeds')
const url = 'https://news.example.org/'
const offline = {
  CLOUDFLARE_CF_FETCH_ENABLED: 'false',
  WRANGLER_SEND_METRICS: 'false',
  WRANGLER_WRITE_LOGS: 'false',
}

function deploy(...words: string[]) {
  const env = { ...process.env, ...offline, PATH: `${join(root, 'node_modules/.bin')}:${process.env.PATH}` }
  const { status, stdout, stderr } = spawnSync(process.execPath, [programFile, 'deploy', ...words], {
    cwd: root,
    env,
    encoding: 'utf8',
  })
  return { exitCode: status, said: stdout + stderr }
}

test('a deployment without an address is refused', () => {
  using folder = temporaryFolder({ 'one.md': '---\ntitle: One\ndate: 2026-01-31\n---\n\nOne.\n' })
  const { exitCode, said } = deploy(folder.path, '--dry-run')
  expect([exitCode, said]).toEqual([2, expect.stringContaining('The publication has no address yet')])
})

describe('seeds/ in workerd, as deployed', () => {
  const output = temporaryFolder()
  let harness: ReturnType<typeof createTestHarness>
  let dryRun: ReturnType<typeof deploy>

  beforeAll(async () => {
    dryRun = deploy(seeds, '--url', url, '--dry-run', '--outdir', output.path)
    Object.assign(process.env, offline)
    harness = createTestHarness({ workers: [{ configPath: join(root, 'wrangler.toml') }] })
    await harness.listen()
  })
  afterAll(async () => {
    await harness?.close()
    output[Symbol.dispose]()
  })

  test('wrangler takes it, and the program without content is small', () => {
    expect(dryRun).toMatchObject({ exitCode: 0, said: expect.stringContaining('--dry-run: exiting now') })
    const program = gzipSync(readFileSync(output.at('worker.js'))).length
    console.log(`worker.js without content: ${program} bytes gzipped`)
    expect(program).toBeLessThan(programBytes)
    expect(program).toBeGreaterThan(5000)
  })

  test('every path says on the Worker what it says on Node', async () => {
    const { site } = readSettings(readFileSync(join(seeds, 'broadsheet.toml'), 'utf8'), {
      url: { value: url, from: '--url' },
    })
    const store = createMemoryStore()
    const publisher = createPublisher({
      source: folderSource(seeds),
      ledger: openLedger(seeds),
      clock: Date.now,
    })
    const { publication } = await publisher.prepare(site!)
    const snapshot = await store.publish(publication)
    const app = createReaderApp({ store })
    const paths = [...snapshot.paths(Date.now())].map(([path]) => path)
    expect(paths.length).toBeGreaterThan(50)
    for (const path of [...paths, '/nowhere', '/healthz/']) {
      const target = new URL(encodeURI(path), url).href
      const init = { headers: { 'accept-encoding': 'identity' }, redirect: 'manual' } as const
      const [there, here] = [await harness.fetch(target, init), await app.request(target, init)]
      expect([path, there.status, facts(there)]).toEqual([path, here.status, facts(here)])
      expect(Buffer.from(await there.arrayBuffer()).equals(Buffer.from(await here.arrayBuffer()))).toBe(true)
    }
  })

  test('validators give 304, for a feed, a page and a medium', async () => {
    for (const path of ['/atom.xml', '/rss.xml', '/feed.json', '/', '/media/audio/what-a-feed-is.mp3']) {
      const first = await harness.fetch(path)
      await first.arrayBuffer()
      const again = await harness.fetch(path, { headers: { 'if-none-match': first.headers.get('etag')! } })
      expect([path, again.status, (await again.arrayBuffer()).byteLength]).toEqual([path, 304, 0])
    }
  })

  test('a range of the recording has its length, its place and its bytes', async () => {
    const bytes = readFileSync(join(seeds, 'audio/what-a-feed-is.mp3'))
    const path = '/media/audio/what-a-feed-is.mp3'
    for (const [range, start, end] of [
      ['bytes=0-99', 0, 100],
      ['bytes=100000-', 100_000, bytes.length],
      ['bytes=-1', bytes.length - 1, bytes.length],
    ] as const) {
      const answer = await harness.fetch(path, { headers: { range } })
      expect(answer.status).toBe(206)
      expect(answer.headers.get('content-type')).toBe('audio/mpeg')
      expect(answer.headers.get('content-length')).toBe(String(end - start))
      expect(answer.headers.get('content-range')).toBe(`bytes ${start}-${end - 1}/${bytes.length}`)
      expect(Buffer.from(await answer.arrayBuffer()).equals(bytes.subarray(start, end))).toBe(true)
    }
    const whole = await harness.fetch(path, { method: 'HEAD' })
    expect(whole.headers.get('content-length')).toBe(String(bytes.length))
    const image = await harness.fetch('/media/images/data-flow.png', { method: 'HEAD' })
    expect(image.headers.get('content-type')).toBe('image/png')
  })

  test('compressed bytes are compressed once', async () => {
    for (const path of ['/atom.xml', '/feed.json']) {
      const answer = await harness.fetch(path, { headers: { 'accept-encoding': 'gzip' } })
      expect(answer.headers.get('mf-content-encoding') ?? answer.headers.get('content-encoding')).toBe('gzip')
      expect((await answer.text()).trimStart()[0]).toMatch(/[<{]/)
    }
  })
})

/** The headers that are the application's own; dates of publication and the runtime's framing left out. */
function facts(answer: { headers: Iterable<[string, string]> }) {
  const own =
    /^(?:accept-ranges|access-control-.*|allow|cache-control|content-(?:language|range|type|security-policy)|etag|link|location|vary|x-content-type-options)$/
  return [...answer.headers].filter(([name]) => own.test(name)).sort()
}
