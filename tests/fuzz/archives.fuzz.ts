import { parseArgs } from 'node:util'
import { simulateArchives } from '../support/archive-simulation.ts'

const { values } = parseArgs({
  options: {
    articles: { type: 'string', default: '10000' },
    batch: { type: 'string', default: '50' },
    operations: { type: 'string', default: '700' },
    limit: { type: 'string', default: '50' },
    seed: { type: 'string', default: '1' },
  },
})
const operations = Number(values.operations)
const started = Date.now()
const result = await simulateArchives({
  articles: Number(values.articles),
  edits: Math.round((operations * 5) / 7),
  deletions: Math.round(operations / 7),
  additions: Math.round(operations / 7),
  retaggings: Math.round(operations / 7),
  limit: Number(values.limit),
  batch: Number(values.batch),
  seed: Number(values.seed),
})
console.log(
  `archives: ${result.articles} articles at the end, ${result.publications} publications, ${result.failures.length} failures, ` +
    `at most ${result.mostTouched} archive documents of one format and collection touched by one operation (${Date.now() - started} ms)`,
)
for (const failure of result.failures.slice(0, 10)) console.log(failure)
process.exitCode = result.failures.length > 0 ? 1 : 0
