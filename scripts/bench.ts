import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/* One of the benches by name, with its own words: npm run bench -- check-and-build --posts 1000 */
const folder = fileURLToPath(new URL('../bench/', import.meta.url))
const [name = '', ...words] = process.argv.slice(2)
const file = `${folder}${name}.ts`
const benches = ['check-and-build', 'rendering', 'start-up'].filter(known => readdirSync(folder).includes(`${known}.ts`))
if (!benches.includes(name) || !existsSync(file)) {
  console.error(`Name one of the benches: ${benches.join(', ')}`)
  process.exit(2)
}
process.exitCode = spawnSync(process.execPath, [file, ...words], { stdio: 'inherit' }).status ?? 1
