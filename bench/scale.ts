import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { ask, type ChildServer, holdings, startChild } from './child-server.ts'
import { median } from './fresh-process.ts'
import { writeMadeUpPosts } from './made-up-posts.ts'

/*
 * `serve` of a large folder: first start, restart, memory after 2,000 pages were read, and the time from a saved file to
 * the feed that says it.
 * npm run bench -- scale [--posts 100000] [--edits 9] [--folder DIR]   (a folder that is there is used as it is)
 */
const { values } = parseArgs({
  options: {
    posts: { type: 'string', default: '100000' },
    edits: { type: 'string', default: '9' },
    folder: { type: 'string' },
  },
})
const posts = Number(values.posts)
const work = mkdtempSync(join(tmpdir(), 'broadsheet-bench-'))
const folder = values.folder ?? join(work, 'posts')
const cli = join(import.meta.dirname, '../src/runtimes/cli.ts')

if (!existsSync(folder)) {
  writeMadeUpPosts(folder, posts)
  writeFileSync(
    join(folder, 'broadsheet.toml'),
    'title = "Bench"\nurl = "https://example.org/"\ntimezone = "UTC"\n',
  )
}
try {
  const first = await start()
  console.log(`first start   ${seconds(first.time)}, ${largest(first.server)} MiB at most`)
  await first.server.stop()
  const again = await start()
  console.log(`restart       ${seconds(again.time)}, ${largest(again.server)} MiB at most`)
  await readPages(again.server, 2_000)
  console.log(`memory        ${memory(again.server)} MiB after 2,000 pages`)
  const newest: number[] = []
  const older: number[] = []
  for (let edit = 0; edit < Number(values.edits); edit++) {
    newest.push(await timeOfEdit(again.server, posts - 1 - edit, 'rss.xml'))
    const number = Math.floor((posts * (edit + 1)) / (Number(values.edits) + 2))
    older.push(await timeOfEdit(again.server, number, await addressOf(again.server, number)))
  }
  const range = (times: number[]) =>
    `median ${Math.round(median(times))} ms, ${Math.round(Math.min(...times))} to ${Math.round(Math.max(...times))}`
  console.log(`edit to feed  ${range(newest)}`)
  console.log(`edit to page  ${range(older)}`)
  console.log(`memory        ${memory(again.server)} MiB in the end, ${largest(again.server)} at most`)
  await again.server.stop()
} finally {
  rmSync(work, { recursive: true, force: true })
}

function nameOf(number: number): string {
  return `post-${String(number).padStart(6, '0')}.md`
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(2)} s`
}

async function start(): Promise<{ server: ChildServer; time: number }> {
  const begin = performance.now()
  const server = await startChild(process.execPath, [cli, 'serve', folder, '--port', '0', '--json'], {
    BROADSHEET_CACHE: join(work, 'cache'),
  })
  return { server, time: performance.now() - begin }
}

async function readPages({ url }: ChildServer, count: number): Promise<void> {
  for (let page = 0; page < count; page++) {
    const answer = await ask(`${url}${addressPath(Math.floor((page * posts) / count))}`)
    if (answer.status !== 200) throw new Error(`page ${page}: ${answer.status}`)
  }
}

function addressPath(number: number): string {
  return `articles/${nameOf(number).replace('.md', '')}/`
}

async function addressOf({ url }: ChildServer, number: number): Promise<string> {
  const path = addressPath(number)
  const { status } = await ask(`${url}${path}`)
  if (status !== 200) throw new Error(`${path}: ${status}`)
  return path
}

/** Milliseconds from the moment a file is saved until the document is another one. */
async function timeOfEdit({ url }: ChildServer, number: number, path: string): Promise<number> {
  const { headers } = await ask(`${url}${path}`)
  // Not into the echo of the edit before.
  await sleep(1_500)
  const begin = performance.now()
  appendFileSync(join(folder, nameOf(number)), `\nAn edit at ${begin}.\n`)
  for (;;) {
    const answer = await ask(`${url}${path}`, { 'if-none-match': String(headers.etag) })
    const time = performance.now() - begin
    if (answer.status === 200) return time
    if (time > 60_000) throw new Error(`${path} did not change within a minute`)
    await sleep(2)
  }
}

function memory({ process }: ChildServer): string {
  return String(Math.round(holdings(process.pid!)?.memory ?? Number.NaN))
}

/** The most memory that the process ever had, MiB. */
function largest({ process }: ChildServer): string {
  const status = `/proc/${process.pid}/status`
  const peak = existsSync(status) ? /VmHWM:\s+(\d+)/.exec(readFileSync(status, 'utf8'))?.[1] : undefined
  return String(Math.round(Number(peak) / 1024))
}
