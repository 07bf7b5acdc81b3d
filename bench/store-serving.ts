import { ok, strictEqual } from 'node:assert'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { ask, type ChildServer, processorTime, startBroadsheet, startChild } from './child-server.ts'
import { writeFiftyPosts } from './fifty-posts.ts'
import { isInstalled, median, runFresh } from './fresh-process.ts'
import { runWrk } from './wrk.ts'

/*
 * The 304 of a feed, served from a store (`serve --from`), by one process and by two (`--workers 2`), beside `serve FOLDER`. Fresh processes in
 * each round; in a round they take turns second by second, and the best of each one's slices counts. Ratios are taken round by round: by
 * requests a second, and by the servers' processor time for a request.
 * npm run bench -- store-serving [--rounds 5] [--slices 4] [--connections 64]
 */
const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    slices: { type: 'string', default: '4' },
    connections: { type: 'string', default: '64' },
  },
})

interface Slice {
  /** Requests a second. */
  rate: number
  /** Processor microseconds for a request. */
  cost: number
}

const program = join(import.meta.dirname, '../src/runtimes/cli.ts')
const work = mkdtempSync(join(tmpdir(), 'broadsheet-bench-'))
try {
  if (isInstalled('wrk')) await compare()
  else console.log('wrk is not installed: nothing can be measured.')
} finally {
  rmSync(work, { recursive: true, force: true })
}

async function compare() {
  const posts = join(work, 'posts')
  const store = `dir:${join(work, 'store')}`
  writeFiftyPosts(posts)
  runFresh(process.execPath, [program, 'publish', posts, '--to', store], { env: { BROADSHEET_CACHE: 'off' } })
  const from =
    (...words: string[]) =>
    () =>
      startChild(process.execPath, [program, 'serve', '--from', store, '--port', '0', '--json', ...words], {
        BROADSHEET_CACHE: 'off',
      })
  const contenders: [string, () => Promise<ChildServer>][] = [
    ['serve FOLDER', () => startBroadsheet(posts)],
    ['serve --from', from()],
    ['serve --from --workers 2', () => from('--workers', '2')().then(withAllWorkers)],
  ]
  const best = new Map(contenders.map(([name]) => [name, [] as Slice[]]))
  for (let round = 0; round < Number(values.rounds); round++) {
    const order = [...contenders.slice(round % 3), ...contenders.slice(0, round % 3)]
    const servers: [string, ChildServer][] = []
    for (const [name, start] of order) servers.push([name, await start()])
    const slices = new Map(servers.map(([name]) => [name, [] as Slice[]]))
    // The first slice is for warming up.
    for (let slice = 0; slice <= Number(values.slices); slice++)
      for (const [name, server] of servers) {
        const taken = await measure(server)
        if (slice > 0) slices.get(name)?.push(taken)
      }
    for (const [name, list] of slices)
      best.get(name)?.push({
        rate: Math.max(...list.map(({ rate }) => rate)),
        cost: Math.min(...list.map(({ cost }) => cost)),
      })
    for (const [, server] of servers) await server.stop()
  }
  report(best)
}

/** The first of them has named the address; the others begin meanwhile, and connections would all be its own. */
async function withAllWorkers(server: ChildServer): Promise<ChildServer> {
  await new Promise<void>(resolve => {
    server.process.stderr?.on('data', said => /processes serve/.test(String(said)) && resolve())
    // Said before anybody listened here.
    setTimeout(resolve, 20_000)
  })
  return server
}

async function measure({ url, process: { pid } }: ChildServer): Promise<Slice> {
  const address = new URL('rss.xml', url).href
  const { headers } = await ask(address, { connection: 'keep-alive' })
  const condition = { 'If-None-Match': String(headers.etag) }
  strictEqual((await ask(address, condition)).status, 304)
  const before = processorTime(pid ?? 0) ?? 0
  const figures = runWrk(address, condition, { seconds: 1, connections: Number(values.connections) })
  const used = (processorTime(pid ?? 0) ?? 0) - before
  strictEqual(figures.errors, 0)
  // Were there bodies among the answers, there would be far more bytes.
  ok(figures.bytes / figures.requests < 2_000)
  return { rate: figures.requests / figures.seconds, cost: used / figures.requests }
}

function report(best: Map<string, Slice[]>) {
  const folder = best.get('serve FOLDER') ?? []
  const one = best.get('serve --from') ?? []
  console.log(`304 of a feed, ${values.rounds} rounds, ${values.connections} connections`)
  for (const [name, slices] of best) {
    const against = (others: Slice[]) => {
      const rate = median(slices.map((slice, round) => slice.rate / others[round]!.rate))
      const cost = median(slices.map((slice, round) => others[round]!.cost / slice.cost))
      return `${rate.toFixed(2)} (by processor time ${cost.toFixed(2)})`
    }
    console.log(
      `${name.padEnd(26)} ${Math.round(median(slices.map(({ rate }) => rate)))}/s, ${median(slices.map(({ cost }) => cost)).toFixed(1)} µs; of serve FOLDER ${against(folder)}, of one process ${against(one)}`,
    )
  }
}
