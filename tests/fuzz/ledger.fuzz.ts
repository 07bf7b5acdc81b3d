import { parseArgs } from 'node:util'
import { killBuilds } from '../support/ledger-kills.ts'
import { simulateLedger } from '../support/ledger-simulation.ts'

const { values } = parseArgs({
  options: {
    articles: { type: 'string', default: '1000' },
    operations: { type: 'string', default: '2000' },
    kills: { type: 'string', default: '100' },
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
if (Number(values.kills) > 0) {
  const started = Date.now()
  const result = await killBuilds({ count: Number(values.kills), articles, seed })
  failures += result.failures.length
  console.log(
    `ledger: ${result.killed} builds of ${articles} articles killed before they were done, ${result.whileWriting} of them while the ledger was being ` +
      `written: ${result.failures.length} failures (${Date.now() - started} ms)`,
  )
  for (const failure of result.failures.slice(0, 10)) console.log(failure)
}
process.exitCode = failures > 0 ? 1 : 0
