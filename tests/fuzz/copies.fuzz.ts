/*
 * The long run over folders of copies, letters, serials and templates: `node tests/fuzz/copies.fuzz.ts --count 10000
 * [--seed N]`. No article and no paragraph of theirs may be lost. Exits 1 and prints what was.
 */
import { parseArgs } from 'node:util'
import { inspect } from '../../src/publish/inspect.ts'
import { exampleSite } from '../support/articles.ts'
import { memorySource } from '../support/memory-source.ts'
import { folderOfCopies, lostParagraphs } from '../support/page-text-copies.ts'

const { values } = parseArgs({
  options: { count: { type: 'string', default: '10000' }, seed: { type: 'string', default: '1' } },
})
const made = folderOfCopies(Number(values.seed), Number(values.count))
const source = memorySource(new Map(made.map(({ path, text }) => [path, text])))
const began = performance.now()
const { files } = await inspect(source, exampleSite, { now: 0 })
const lost = lostParagraphs(made, files)
console.log(
  `${made.length} files, ${made.reduce((sum, { paragraphs }) => sum + paragraphs.length, 0)} paragraphs, ${lost.length} lost; ` +
    `${((performance.now() - began) / made.length).toFixed(2)} ms a file`,
)
for (const line of lost.slice(0, 20)) console.log(line)
process.exitCode = lost.length > 0 ? 1 : 0
