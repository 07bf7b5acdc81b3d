// Run by ../astro.ts beside the copy of a site: builds it.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

const [, , folder, out] = process.argv
writeFileSync(join(folder, 'package.json'), '{ "name": "site", "type": "module", "private": true }')
const { build } = await import(join(process.env.MODULES, 'astro/dist/core/index.js'))
await build({ root: folder, outDir: out, logLevel: 'error' })
writeFileSync(process.env.FACTS, '{}')
process.exit(0)
