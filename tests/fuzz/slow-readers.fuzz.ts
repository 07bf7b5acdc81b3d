/**
 * Memory under slow readers: `node tests/fuzz/slow-readers.fuzz.ts [--readers 2000] [--megabytes 200] [--limit 150] [--host localhost]`. A server
 * by itself serves one large film; so many readers ask for it and take a few bytes each. Prints what the server takes above rest, in MiB; exits 1
 * above the limit. `--host LOCALHOST`: a request written so is answered through the app, not directly.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, ftruncateSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { parseArgs } from 'node:util'

const { values } = parseArgs({
  options: {
    readers: { type: 'string', default: '2000' },
    megabytes: { type: 'string', default: '200' },
    limit: { type: 'string', default: '150' },
    host: { type: 'string', default: 'localhost' },
  },
})
const [readers, megabytes, limit] = [values.readers, values.megabytes, values.limit].map(Number) as [
  number,
  number,
  number,
]
const folder = mkdtempSync(join(tmpdir(), 'broadsheet-slow-'))
writeFileSync(join(folder, 'broadsheet.toml'), 'title = "Slow"\nurl = "https://news.example.org/"\n')
writeFileSync(join(folder, 'a.md'), '---\ntitle: A\ndate: 2026-01-01\n---\n\n[A film](film.mp4)\n')
const film = openSync(join(folder, 'film.mp4'), 'w')
ftruncateSync(film, megabytes * 1_000_000)
closeSync(film)
const cli = new URL('../../src/runtimes/cli.ts', import.meta.url).pathname
const server = spawn(process.execPath, [cli, 'serve', folder, '--port', '0', '--json'], {
  env: { ...process.env, BROADSHEET_CACHE: 'off' },
  stdio: ['ignore', 'pipe', 'pipe'],
})
let said = ''
for (const stream of [server.stdout, server.stderr])
  stream.setEncoding('utf8').on('data', text => {
    said += text
  })
let port = 0
while (port === 0) {
  await wait(100)
  port = Number(/localhost:(\d+)/.exec(said)?.[1] ?? 0)
  if (server.exitCode !== null) throw new Error(said)
}
const mebibytes = () =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${server.pid}/status`, 'utf8'))?.[1]) / 1024
const page = await (await fetch(`http://localhost:${port}/feed.json`)).text()
const path = new URL(/https:\/\/news\.example\.org(\/media\/[^"\\]+\.mp4)/.exec(page)![1]!, 'http://x')
  .pathname
const whole = await fetch(`http://localhost:${port}${path}`, { headers: { range: 'bytes=0-9999999' } })
if (whole.status !== 206 || (await whole.arrayBuffer()).byteLength !== 10_000_000) throw new Error('no film')
await wait(2000)
const rest = mebibytes()
const sockets: Socket[] = []
let began = 0
for (let reader = 0; reader < readers; reader++) {
  const socket = connect(port, 'localhost')
  socket.on('error', () => {})
  socket.once('readable', () => {
    began++
    socket.read(1000)
  })
  socket.write(`GET ${path} HTTP/1.1\r\nHost: ${values.host}\r\n\r\n`)
  sockets.push(socket)
  if (reader % 50 === 49) await wait(20)
}
let most = 0
for (let second = 0, full = 0; second < 180 && full < 15; second++) {
  await wait(1000)
  if (began === readers) full++
  most = Math.max(most, mebibytes() - rest)
  for (const socket of sockets) socket.read(1000)
}
const answer = await fetch(`http://localhost:${port}/rss.xml`)
console.log(
  `${began} of ${readers} readers of ${megabytes} MB: ${most.toFixed(0)} MiB above ${rest.toFixed(0)} MiB at rest; a feed meanwhile: ${answer.status}`,
)
for (const socket of sockets) socket.destroy()
server.kill('SIGTERM')
await once(server, 'exit')
rmSync(folder, { recursive: true })
process.exitCode = most > limit || began < readers || answer.status !== 200 ? 1 : 0
