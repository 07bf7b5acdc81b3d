// Run by ../astro.ts beside the copy of a site: builds it.
import { renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const [, , folder, out] = process.argv
writeFileSync(join(folder, 'package.json'), '{ "name": "site", "type": "module", "private": true }')
const { build } = await import(join(process.env.MODULES, 'astro/dist/core/index.js'))
await build({ root: folder, logLevel: 'error' })
// Pictures are looked for below the site while it is built.
renameSync(join(folder, 'dist'), out)
writeFileSync(process.env.FACTS, '{}')
process.exit(0)
