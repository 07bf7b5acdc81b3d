// Run by ../vitepress.ts beside the copy of a site: builds it, and says what VitePress noted of each page.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const [, , folder, out] = process.argv
const { build, resolveConfig } = await import(join(process.env.MODULES, 'vitepress/dist/node/index.js'))
const root = existsSync(join(folder, 'docs/.vitepress')) ? join(folder, 'docs') : folder
writeFileSync(join(root, 'package.json'), '{ "type": "module", "private": true }')
await build(root, { outDir: out, logLevel: 'error' })
const config = await resolveConfig(root, 'build', 'production')
const pages = []
for (const name of readdirSync(join(out, 'assets')).filter(file => /\.md\.[\w-]+\.js$/.test(file))) {
  const text = readFileSync(join(out, 'assets', name), 'utf8')
  const [, quoted] = /JSON\.parse\(('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|`(?:[^`\\]|\\.)*`)\)/.exec(text) ?? []
  if (quoted && !name.includes('.lean.')) pages.push(JSON.parse(new Function(`return ${quoted}`)()))
}
writeFileSync(
  process.env.FACTS,
  JSON.stringify({
    pages,
    base: config.site.base,
    clean: config.cleanUrls,
    source: config.srcDir,
    lang: config.site.lang,
  }),
)
process.exit(0)
