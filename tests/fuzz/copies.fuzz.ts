/*
 * The long run over folders of copies, letters, serials and templates: `node tests/fuzz/copies.fuzz.ts --count 10000
 * [--seed N]`: as many files in one folder, and in folders of 40 and of 300, where one source is a larger part. No article
 * and no paragraph of theirs may be lost. Exits 1 and prints what was.
 */
import { parseArgs } from 'node:util'
import { inspect } from '../../src/publish/inspect.ts'
import { exampleSite } from '../support/articles.ts'
import { memorySource } from '../support/memory-source.ts'
import { folderOfCopies, lostParagraphs } from '../support/page-text-copies.ts'

const { values } = parseArgs({
  options: { count: { type: 'string', default: '10000' }, seed: { type: 'string', default: '1' } },
})
const count = Number(values.count)
const lost = [
  ...(await lostOf(count, 1)),
  ...(await lostOf(40, count / 40)),
  ...(await lostOf(300, count / 300)),
]
for (const line of lost.slice(0, 20)) console.log(line)
process.exitCode = lost.length > 0 ? 1 : 0

async function lostOf(size: number, folders: number): Promise<string[]> {
  const lost: string[] = []
  let paragraphs = 0
  const began = performance.now()
  for (let folder = 0; folder < folders; folder++) {
    const made = folderOfCopies(Number(values.seed) + folder, size)
    const source = memorySource(new Map(made.map(({ path, text }) => [path, text])))
    const { files } = await inspect(source, exampleSite, { now: 0 })
    for (const file of made) paragraphs += file.paragraphs.length
    lost.push(...lostParagraphs(made, files).map(line => `folder ${folder} of ${size} files: ${line}`))
  }
  const time = ((performance.now() - began) / (size * Math.ceil(folders))).toFixed(2)
  console.log(
    `${Math.ceil(folders)} folders of ${size} files, ${paragraphs} paragraphs, ${lost.length} lost; ${time} ms a file`,
  )
  return lost
}
