import { parseArgs } from 'node:util'
import { simulateLedger } from '../support/ledger-simulation.ts'

const { values } = parseArgs({
  options: {
    articles: { type: 'string', default: '1000' },
    operations: { type: 'string', default: '2000' },
    seed: { type: 'string', default: '1' },
  },
})
const [articles, operations, seed] = [Number(values.articles), Number(values.operations), Number(values.seed)]
let failures = 0
for (const batch of [1, 20]) {
  const started = Date.now()
  const { publications, renotified, shared } = simulateLedger({ articles, operations, batch, seed })
  failures += renotified + shared
  console.log(
    `ledger: ${articles} articles, ${operations} operations in batches of ${batch}, ${publications} publications: ` +
      `${renotified} re-notified, ${shared} shared ids (${Date.now() - started} ms)`,
  )
}
process.exitCode = failures > 0 ? 1 : 0
