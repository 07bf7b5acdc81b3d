import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { median } from './fresh-process.ts'

// How long `broadsheet --help` takes, beside a Node that does nothing: medians of fresh processes, taken in turns so that
// whatever else the machine does falls on all of them alike. `node bench/start-up.ts [ROUNDS]`, after `npm run build`.
const rounds = Number(process.argv[2] ?? 50)
const built = join(import.meta.dirname, '../dist/runtimes/cli.js')
const unbuilt = join(import.meta.dirname, '../src/runtimes/cli.ts')
const cases: Record<string, string[]> = {
  'node -e 0': ['-e', '0'],
  ...(existsSync(built) && {
    'built, --help': [built, '--help'],
    'built, check --help': [built, 'check', '--help'],
  }),
  'unbuilt, --help': [unbuilt, '--help'],
  'unbuilt, check --help': [unbuilt, 'check', '--help'],
}
const times = Object.fromEntries(Object.keys(cases).map(name => [name, [] as number[]]))
for (let round = 0; round < rounds; round++)
  for (const [name, words] of Object.entries(cases)) {
    const start = performance.now()
    const { status } = spawnSync(process.execPath, words, { stdio: 'ignore' })
    times[name]!.push(performance.now() - start)
    if (status !== 0) throw new Error(`${name} ended with ${status}`)
  }
const bare = median(times['node -e 0']!)
for (const [name, list] of Object.entries(times))
  process.stdout.write(
    `${name.padEnd(24)} ${median(list).toFixed(1)} ms  ${(median(list) / bare).toFixed(2)} ×\n`,
  )
