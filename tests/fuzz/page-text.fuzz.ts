/*
 * The long run over recombined pages: `node tests/fuzz/page-text.fuzz.ts --count 100000 [--folder DIR] [--seed N]`.
 * Every page must be accounted for, character by character, and 96 of a hundred must give an article. Exits 1 at the first
 * page that is not, and prints it.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { accountPageText } from '../../src/page-text/page-text.ts'
import { lostCharacters, wordsOfHtml } from '../support/page-text-account.ts'
import { plainContext, randomFrom, recombine } from '../support/page-text-pages.ts'

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '100000' },
    folder: { type: 'string', default: join(import.meta.dirname, '../fixtures/page-text') },
    seed: { type: 'string', default: '1' },
  },
})

const lines = readdirSync(values.folder)
  .filter(name => name.endsWith('.txt'))
  .sort()
  .flatMap(name => readFileSync(join(values.folder, name), 'utf8').split(/\r?\n/))
  .filter(line => line.trim() !== '')

const random = randomFrom(Number(values.seed))
const count = Number(values.count)
const totals = { pages: 0, articles: 0, titled: 0, dated: 0, signed: 0, slowest: 0 }
const began = performance.now()
for (let page = 0; page < count; page++) {
  const text = recombine(lines, random)
  const start = performance.now()
  const { reading, account } = accountPageText(text, 'page.txt', plainContext)
  totals.slowest = Math.max(totals.slowest, performance.now() - start)
  const lost = lostCharacters(text, reading)
  const unlisted =
    account
      .map(line => line.text)
      .join('')
      .replace(/\s/g, '') !== text.replace(/\s/g, '')
  if (lost || unlisted) {
    console.error(`page ${page}: ${lost ? `lost ${JSON.stringify(lost)}` : 'lines without a role'}\n${text}`)
    process.exit(1)
  }
  totals.pages++
  if (/\p{L}/u.test(wordsOfHtml(reading.html))) totals.articles++
  if (reading.title) totals.titled++
  if (reading.published) totals.dated++
  if (reading.authors) totals.signed++
}
const share = (part: number) => `${((100 * part) / totals.pages).toFixed(1)} %`
console.log(
  `${totals.pages} pages from ${lines.length} lines, nothing lost; with an article ${share(totals.articles)}, a headline ${share(totals.titled)}, ` +
    `a date ${share(totals.dated)}, an author ${share(totals.signed)}; ${((performance.now() - began) / totals.pages).toFixed(2)} ms a page, slowest ${totals.slowest.toFixed(0)} ms`,
)
if (totals.articles < totals.pages * 0.96) process.exit(1)
