import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { gzipSync } from 'node:zlib'
import { createTestHarness } from 'wrangler'
import { createPublisher } from '../src/publish/publisher.ts'
import { openLedger } from '../src/runtimes/node/ledger-file.ts'
import { readingDatabaseFor } from '../src/runtimes/node/reading-database.ts'
import { writeWorkerBundle } from '../src/runtimes/worker/worker-bundle.ts'
import { limitProblems } from '../src/runtimes/worker/worker-limits.ts'
import { readSettings } from '../src/settings/settings.ts'
import { folderSource } from '../src/source/folder.ts'
import { median } from './fresh-process.ts'
import { writeMadeUpPosts } from './made-up-posts.ts'

/*
 * A large publication as a Worker carries it: what is deployed, against the platform's limits; how long the data take to
 * be ready when an instance starts; first and later answers in workerd.
 * npm run bench -- worker-size [--posts 30000]
 */
const { values } = parseArgs({
  options: { posts: { type: 'string', default: '30000' }, bundle: { type: 'string' } },
})

if (values.bundle) await makeBundle(values.bundle)
else {
  const folder = mkdtempSync(join(tmpdir(), 'broadsheet-bench-'))
  try {
    await measure(folder)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** In a process of its own, so that its memory is its own. */
async function makeBundle(folder: string) {
  const posts = join(folder, 'posts')
  const { site } = readSettings('', { url: { value: 'https://news.example.org/', from: '--url' } })
  const publisher = createPublisher({
    source: folderSource(posts),
    ledger: openLedger(posts),
    cache: readingDatabaseFor(posts),
    clock: Date.now,
    render: 'popular',
  })
  const { publication } = await publisher.prepare(site!)
  const bundle = await writeWorkerBundle(join(folder, 'worker'), publication)
  const { maxRSS } = process.resourceUsage()
  console.log(JSON.stringify({ bundle, memory: maxRSS / 1024 }))
}

async function measure(folder: string) {
  writeMadeUpPosts(join(folder, 'posts'), Number(values.posts))
  const start = performance.now()
  const { stdout, stderr, status } = spawnSync(process.execPath, [import.meta.filename, '--bundle', folder], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    env: { ...process.env, BROADSHEET_CACHE: join(folder, 'cache') },
  })
  if (status !== 0) throw new Error(stderr)
  const seconds = (performance.now() - start) / 1000
  const { bundle, memory } = JSON.parse(stdout)
  const kilobytes = (bytes: number) => `${(bytes / 1024).toFixed(0)} KiB`
  console.log(
    `${values.posts} posts: ${bundle.paths} paths in ${bundle.files} assets, made in ${seconds.toFixed(0)} s with ${memory.toFixed(0)} MiB`,
  )
  for (const name of ['objects.txt', 'objects.bin']) {
    const bytes = readFileSync(join(folder, 'worker', name))
    console.log(
      `${name.padEnd(14)}${kilobytes(bytes.length).padStart(10)}, gzipped ${kilobytes(gzipSync(bytes).length)}`,
    )
  }
  for (const kind of ['b', 's'] as const) {
    const names = existsSync(join(folder, 'worker/assets', kind))
      ? readdirSync(join(folder, 'worker/assets', kind))
      : []
    const sizes = names.map(name => statSync(join(folder, 'worker/assets', kind, name)).size)
    if (sizes.length > 0)
      console.log(
        `${kind === 'b' ? 'bodies' : 'table'}: ${sizes.length} objects, median ${kilobytes(median(sizes))}, largest ${kilobytes(Math.max(...sizes))}`,
      )
  }
  for (const plan of ['free', 'paid'] as const)
    console.log(`${plan} plan: ${limitProblems(bundle, plan).join(' ') || 'within its limits'}`)

  await answers(folder)
}

/** First and later answers in workerd, through wrangler's harness: its own way there is in each of them. */
async function answers(folder: string) {
  const root = join(import.meta.dirname, '..')
  const settings = readFileSync(join(root, 'wrangler.toml'), 'utf8')
    .replaceAll('./.broadsheet/worker', join(folder, 'worker'))
    .replaceAll('.broadsheet/worker', join(folder, 'worker'))
    .replace('src/runtimes/worker/worker.ts', join(root, 'src/runtimes/worker/worker.ts'))
  const configPath = join(folder, 'wrangler.toml')
  writeFileSync(configPath, settings)
  Object.assign(process.env, {
    CLOUDFLARE_CF_FETCH_ENABLED: 'false',
    WRANGLER_SEND_METRICS: 'false',
    WRANGLER_WRITE_LOGS: 'false',
  })
  const harness = createTestHarness({ workers: [{ configPath }] })
  const start = performance.now()
  await harness.listen()
  console.log(
    `workerd is up after ${((performance.now() - start) / 1000).toFixed(1)} s, bundling and listing assets included`,
  )
  const feed = await (await harness.fetch('https://news.example.org/feed.json')).json()
  const [{ url: newest }] = (feed as { items: [{ url: string }] }).items
  for (const [name, path] of [
    ['the feed', '/atom.xml'],
    ['an article', new URL(newest).pathname],
    ['nowhere', '/nowhere'],
  ] as const) {
    const times: number[] = []
    let status = 0
    for (let time = 0; time < 20; time++) {
      const start = performance.now()
      const answer = await harness.fetch(new URL(path, 'https://news.example.org').href)
      await answer.arrayBuffer()
      status = answer.status
      times.push(performance.now() - start)
    }
    console.log(
      `${name} (${status}): first ${times[0]!.toFixed(1)} ms, later ${median(times.slice(1)).toFixed(1)} ms`,
    )
  }
  await harness.close()
}
