import { parseArgs } from 'node:util'
import { fuzzFeeds, seededBugs } from '../support/feed-fuzzing.ts'

/*
 * Random articles, half of them as files and half as objects handed to `createApp`, in small publications whose every
 * document is judged. `--seeded NAME` breaks the documents first: then failures are what is to be seen.
 */
const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '200000' },
    seed: { type: 'string', default: '1' },
    seeded: { type: 'string' },
  },
})
const seeded = values.seeded === undefined ? null : (seededBugs[values.seeded] ?? null)
if (values.seeded !== undefined && !seeded)
  throw new Error(`--seeded is one of ${Object.keys(seededBugs).join(', ')}`)
const started = Date.now()
const result = await fuzzFeeds({ count: Number(values.count), seed: Number(values.seed), seeded })
console.log(
  `feeds: ${result.articles} articles in ${result.publications} publications (${result.published} published, ${result.items} items judged in ` +
    `${result.feeds} feeds): ${result.failures.length} failures (${Math.round((Date.now() - started) / 1000)} s)`,
)
for (const failure of result.failures.slice(0, 10)) console.log(failure)
process.exitCode = result.failures.length > 0 ? 1 : 0
