/**
 * What readers feel while the worst of each parser is read: `node tests/fuzz/worst-edits.fuzz.ts [--seconds 3] [--only NAME] [--limit 50]`. A folder is
 * served; one after the other, files of 4,000,000 bytes that are made to cost come into it, and go. Readers ask all the time. Prints the
 * 99th of a hundred answers with and without such a file, in milliseconds; exits 1 above the limit.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { parseArgs } from 'node:util'
import { serveFolder } from '../runtimes/command-line.ts'
import { runMixedLoad } from '../support/mixed-load.ts'
import { worstInputs } from '../support/worst-inputs.ts'

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '3' },
    only: { type: 'string', default: '' },
    limit: { type: 'string', default: '50' },
  },
})
const worst = [
  'Markdown: items',
  'Markdown: images',
  'Markdown: hashes',
  'Markdown: lines',
  'Markdown: a long line',
  'HTML: formatting and paragraphs',
  'HTML: "<td>"',
  'HTML: many JSON-LD',
  'page text: "a"',
  'page text: "Home\\n"',
  'YAML front matter: "["',
  'JSON front matter: "{\\"a\\":"',
  'WordPress, items: "<item>"',
  'WordPress, a text: "<p>"',
  'Jekyll settings: "? "',
  'a WebVTT transcript: "a\\n"',
]
const folder = mkdtempSync(join(tmpdir(), 'broadsheet-worst-'))
const at = (path: string) => join(folder, path)
writeFileSync(at('broadsheet.toml'), 'title = "Worst"\nurl = "https://news.example.org/"\n')
for (let number = 0; number < 20; number++)
  writeFileSync(at(`open-${number}.md`), `---\ntitle: N${number}\ndate: 2026-01-01\n---\n\nThe text of it.\n`)
const server = await serveFolder(folder)
const load = () =>
  runMixedLoad(server.url, {
    seconds: Number(values.seconds),
    connections: 8,
    feeds: ['/rss.xml', '/atom.xml', '/feed.json'],
    others: () => ['/', '/opml.xml', '/articles/open-1/'],
  })
await load()
const rest = (await load()).p99
console.log(`at rest: p99 ${rest.toFixed(1)} ms`)
let most = 0
for (const name of worst.filter(name => name.includes(values.only))) {
  const { 'a.md': beside, ...files } = worstInputs[name]?.(4_000_000) ?? {}
  const paths = Object.entries(
    beside === undefined || Object.keys(files).length > 0 ? files : { 'a.md': beside },
  )
  for (const [path, content] of paths) {
    mkdirSync(dirname(at(path)), { recursive: true })
    writeFileSync(at(path), content)
  }
  const { p99, requests } = await load()
  console.log(`${name}: p99 ${p99.toFixed(1)} ms of ${requests} answers`)
  most = Math.max(most, p99)
  for (const [path] of paths) rmSync(at(path))
  await new Promise(resolve => setTimeout(resolve, 500))
}
console.log(`at rest ${rest.toFixed(1)} ms, at most ${most.toFixed(1)} ms (limit ${values.limit})`)
server.child.kill('SIGKILL')
rmSync(folder, { recursive: true })
process.exitCode = most > Number(values.limit) ? 1 : 0
