import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/* One of the benches by name, with its own words: npm run bench -- check-and-build --posts 1000 */
const benches = [
  'check-and-build',
  'day-of-readers',
  'mixed-load',
  'push',
  'rendering',
  'scale',
  'serving',
  'start-up',
  'store-serving',
  'strange-clients',
  'worker-size',
]
const [name = '', ...words] = process.argv.slice(2)
if (!benches.includes(name)) {
  console.error(`Name one of the benches: ${benches.join(', ')}`)
  process.exit(2)
}
const file = fileURLToPath(new URL(`../bench/${name}.ts`, import.meta.url))
process.exitCode = spawnSync(process.execPath, [file, ...words], { stdio: 'inherit' }).status ?? 1
