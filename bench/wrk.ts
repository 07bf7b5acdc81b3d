import { spawnSync } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface WrkFigures {
  requests: number
  seconds: number
  /** Everything that came, header fields included. */
  bytes: number
  /** Connections, reads, writes, statuses of 400 and more, timeouts. */
  errors: number
  /** Milliseconds. */
  p99: number
}

/** wrk calls it once at the end, so that it costs the measured requests nothing. */
const script = `done = function(summary, latency)
  local e = summary.errors
  print(string.format('figures {"requests":%d,"seconds":%f,"bytes":%d,"errors":%d,"p99":%f}', summary.requests,
    summary.duration / 1e6, summary.bytes, e.connect + e.read + e.write + e.status + e.timeout,
    latency:percentile(99) / 1000))
end
`

/** One run of wrk, in one thread. */
export function runWrk(
  url: string,
  headers: Record<string, string>,
  { seconds, connections }: { seconds: number; connections: number },
): WrkFigures {
  const file = join(mkdtempSync(join(tmpdir(), 'broadsheet-wrk-')), 'figures.lua')
  writeFileSync(file, script)
  const fields = Object.entries(headers).flatMap(([name, value]) => ['-H', `${name}: ${value}`])
  const words = ['-t', '1', '-c', `${connections}`, '-d', `${seconds}s`, '-s', file, ...fields, url]
  const { stdout, stderr, status } = spawnSync('wrk', words, { encoding: 'utf8' })
  const figures = /^figures (.*)$/m.exec(stdout)?.[1]
  if (status !== 0 || !figures) throw new Error(`wrk ended with ${status}:\n${stdout}${stderr}`)
  return JSON.parse(figures)
}
