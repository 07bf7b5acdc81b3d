import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/*
 * The long runs: every tests/fuzz/*.fuzz.ts at its full size, then the timings. Words after `--` choose by name and are
 * handed on: npm run fuzz -- page-text --count 1000
 */
const folder = fileURLToPath(new URL('../tests/fuzz/', import.meta.url))
const [wanted = '', ...words] = process.argv.slice(2)
const names = readdirSync(folder)
  .filter(name => name.endsWith('.fuzz.ts') && name.startsWith(wanted))
  .sort()
const runs: [string, string[]][] = names.map(name => [process.execPath, [`${folder}${name}`, ...words]])
if (wanted === '' || 'timing'.startsWith(wanted)) runs.push(['vitest', ['run', '--project', 'timing']])
if (runs.length === 0) {
  console.error(`There is no long run called ${wanted}.`)
  process.exit(2)
}
const failed = runs.filter(([command, words]) => spawnSync(command, words, { stdio: 'inherit' }).status !== 0)
for (const [command, [first = '']] of failed) console.error(`failed: ${command} ${first}`)
process.exitCode = failed.length > 0 ? 1 : 0
