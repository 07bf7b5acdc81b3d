import { deepStrictEqual, ok, strictEqual } from 'node:assert'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { runMixedLoad } from '../tests/support/mixed-load.ts'
import { createRestlessFolder } from '../tests/support/restless-folder.ts'
import { holdings, startBroadsheet } from './child-server.ts'
import { median } from './fresh-process.ts'

/*
 * Mixed load on `broadsheet serve` while files change ten times a second: no 5xx, no answer whose bytes are not those of
 * its entity tag, memory and descriptors flat.
 * npm run bench -- mixed-load [--seconds 60] [--connections 32] [--articles 300]
 */
const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '60' },
    connections: { type: 'string', default: '32' },
    articles: { type: 'string', default: '300' },
  },
})
const seconds = Number(values.seconds)
const connections = Number(values.connections)

const folder = mkdtempSync(join(tmpdir(), 'broadsheet-bench-'))
const restless = createRestlessFolder(folder, Number(values.articles))
const server = await startBroadsheet(folder)
const samples: { memory: number; descriptors: number }[] = []
const sampling = setInterval(() => {
  const held = holdings(server.process.pid!)
  if (held) samples.push(held)
}, 500)
let changes = 0
const changing = setInterval(() => {
  restless.step()
  changes++
}, 100)
const figures = await runMixedLoad(server.url, {
  seconds,
  connections,
  feeds: ['/rss.xml', '/atom.xml', '/feed.json', '/tags/tag1/rss.xml', '/tags/tag2/atom.xml'],
  others: () => [
    '/',
    '/archive/1/rss.xml',
    '/archive/2/atom.xml',
    '/opml.xml',
    '/sitemap.xml',
    ...restless.articles().slice(0, 20),
  ],
})
clearInterval(changing)
clearInterval(sampling)
await server.stop()
rmSync(folder, { recursive: true })

const { requests, statuses, publications, p50, p99 } = figures
console.log(
  `${requests} answers in ${seconds} s over ${connections} connections (${Math.round(requests / seconds)}/s): ${Object.entries(
    statuses,
  )
    .map(([status, count]) => `${count} × ${status}`)
    .join(', ')}`,
)
console.log(
  `${changes} changes of files, ${publications} publications seen at /rss.xml; p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms`,
)
deepStrictEqual(figures.faults, [])
const served = (status: string) => statuses[Number(status)] ?? 0
strictEqual(
  Object.keys(statuses)
    .filter(status => Number(status) >= 500)
    .reduce((sum, status) => sum + served(status), 0),
  0,
  'answers of 5xx',
)
ok(publications > seconds / 5, 'publications were seen')
if (samples.length === 0) console.log('This system does not tell memory and descriptors: they are left out.')
else {
  // Skipping the first third, in which the heap finds its size.
  const third = Math.floor(samples.length / 3)
  const [middle, last] = [samples.slice(third, 2 * third), samples.slice(2 * third)]
  const memory = (list: typeof samples) => median(list.map(sample => sample.memory))
  const descriptors = (list: typeof samples) => Math.max(...list.map(sample => sample.descriptors))
  console.log(
    `memory ${memory(middle).toFixed(0)} MiB in the middle third, ${memory(last).toFixed(0)} MiB in the last; descriptors ${descriptors(middle)} and ${descriptors(last)} at most`,
  )
  ok(memory(last) < memory(middle) * 1.15, 'memory grows')
  ok(descriptors(last) <= descriptors(middle) + 8, 'descriptors grow')
}
