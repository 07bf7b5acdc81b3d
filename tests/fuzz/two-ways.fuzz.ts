/**
 * Random requests by both ways to an answer: `node tests/fuzz/two-ways.fuzz.ts [--requests 100000] [--seed N]`. One server answers plainly
 * written reads directly, the other everything through the app; both get the same bytes on a connection each. Status, fields and bytes must be
 * the same. Prints what differs; exits 1 where anything does.
 */
import { parseArgs } from 'node:util'
import { compareWays } from '../support/two-ways.ts'

const { values } = parseArgs({
  options: {
    requests: { type: 'string', default: '100000' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
  },
})
const { requests, statuses, differences } = await compareWays(Number(values.requests), Number(values.seed))
for (const difference of differences.slice(0, 10)) console.log(`${difference}\n`)
console.log(
  `${requests} requests (seed ${values.seed}), ${JSON.stringify(statuses)}: ${differences.length} connections with a difference`,
)
process.exit(differences.length > 0 ? 1 : 0)
