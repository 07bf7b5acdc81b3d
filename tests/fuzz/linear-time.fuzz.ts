/**
 * The search for texts that cost more than they are long: `node tests/fuzz/linear-time.fuzz.ts [--bytes 4000000] [--seconds 2]
 * [--search 60] [--seed N] [--only NAME]`. First each known input at its full size, then texts put together by chance of every door's own tokens: at a
 * size first that shows what is worse than linear, then those that cost most at the full size. Processor time counts, of one thread
 * that is ended where it takes ten times what is allowed. Prints what took most; exits 1 where anything took more than is allowed.
 */
import { parseArgs } from 'node:util'
import { Worker } from 'node:worker_threads'
import { doors, worstInputs } from '../support/worst-inputs.ts'

const { values } = parseArgs({
  options: {
    bytes: { type: 'string', default: '4000000' },
    seconds: { type: 'string', default: '2' },
    search: { type: 'string', default: '60' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    only: { type: 'string', default: '' },
  },
})
const [bytes, seconds, search, seed] = [values.bytes, values.seconds, values.search, values.seed].map(
  Number,
) as [number, number, number, number]

/** What a thread is asked for: the name of an input, or a text through a door. */
export type Asked =
  | { name: string; size: number }
  | { door: string; parts: [string, string, string]; size: number }

let worker: Worker | null = null

/** Seconds of processor time; infinite where it was ended. */
function cost(asked: Asked, limit: number): Promise<number> {
  worker ??= new Worker(new URL('../support/worst-input-thread.ts', import.meta.url))
  const asking = worker
  return new Promise((resolve, reject) => {
    const end = (value: number) => {
      clearTimeout(timer)
      asking.removeAllListeners('message').removeAllListeners('error')
      resolve(value)
    }
    // Wall time, which a busy machine stretches.
    const timer = setTimeout(
      () => {
        worker = null
        asking.terminate().then(() => end(Number.POSITIVE_INFINITY))
      },
      limit * 3000 + 5000,
    )
    asking.once('message', (answer: number | string) => {
      if (typeof answer === 'number') end(answer)
      else reject(new Error(`${JSON.stringify(asked).slice(0, 300)}: ${answer}`))
    })
    asking.once('error', error => {
      worker = null
      console.log(`${JSON.stringify(asked).slice(0, 300)}: ${error}`)
      end(Number.POSITIVE_INFINITY)
    })
    asking.postMessage(asked)
  })
}

const found: [what: string, cost: number][] = []
const note = (what: string, took: number) => {
  found.push([what, took])
  if (took > seconds) console.log(`TOO LONG ${took.toFixed(2)} s  ${what}`)
}

/** Small first: what takes a hundred times too long there need not be tried at its full size. */
async function judge(what: string, asked: Asked): Promise<void> {
  const small = await cost({ ...asked, size: bytes / 40 }, seconds)
  note(what, small > seconds ? small * 40 : await cost({ ...asked, size: bytes }, seconds * 4))
}

for (const name of Object.keys(worstInputs))
  if (name.includes(values.only)) await judge(name, { name, size: bytes })

let state = seed
const random = (below: number) => {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
  return Math.floor((state / 2 ** 32) * below)
}
const wanted = Object.keys(doors).filter(name => name.includes(values.only))
const suspects = new Map<string, { asked: Asked; took: number }[]>(wanted.map(name => [name, []]))
const until = performance.now() + search * 1000
let tried = 0
while (performance.now() < until && wanted.length > 0) {
  const door = wanted[random(wanted.length)]!
  const { tokens } = doors[door]!
  const piece = (most: number) =>
    Array.from({ length: random(most + 1) }, () => tokens[random(tokens.length)]).join('')
  const parts: [string, string, string] = [piece(3) || tokens[0]!, piece(2), piece(2)]
  const asked: Asked = { door, parts, size: bytes / 40 }
  const took = await cost(asked, seconds)
  tried++
  const worst = suspects.get(door)!
  worst.push({ asked, took })
  worst.sort((a, b) => b.took - a.took).splice(3)
}
for (const [door, worst] of suspects)
  for (const { asked } of worst)
    await judge(`${door} ${JSON.stringify('parts' in asked && asked.parts)}`, asked)
await (worker as Worker | null)?.terminate()

found.sort(([, a], [, b]) => b - a)
for (const [what, took] of found.slice(0, 15)) console.log(`${took.toFixed(2)} s  ${what}`)
const failed = found.filter(([, took]) => took > seconds).length
console.log(
  `${found.length} inputs of ${bytes} bytes, ${tried} looked at by chance (seed ${seed}): ${failed} took more than ${seconds} s`,
)
process.exitCode = failed > 0 ? 1 : 0
