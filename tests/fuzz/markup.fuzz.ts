/**
 * The long run of the tests in `tests/parse/hostile.test.ts`: `node tests/fuzz/markup.fuzz.ts [--seconds 60] [--seed N]`.
 * First every hostile input at 100,000 and 200,000 characters; then mutations of the fixtures until the time is up: whatever comes out must not
 * throw, not run, and lose nothing without a word. Prints what it found; exits 1 where it found anything.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { parseArgs } from 'node:util'
import { siteDefaults } from '../../src/model/site.ts'
import { parseFile } from '../../src/parse/parse-file.ts'
import { unsafeParts } from '../html/unsafe-html.ts'
import { hostileInputs } from '../parse/hostile-inputs.ts'

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '60' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
  },
})
const [seconds, seed] = [Number(values.seconds), Number(values.seed)]
if (!(seconds > 0 && seed >= 0)) throw new Error('--seconds and --seed are numbers.')
const context = {
  site: { ...siteDefaults, url: 'https://news.example/' },
  media: () => undefined,
  boilerplate: () => new Map(),
}
const encoder = new TextEncoder()
let failures = 0

function fail(what: string, path: string, bytes: Uint8Array) {
  failures++
  console.log(`${what}: ${path} ${JSON.stringify(new TextDecoder('latin1').decode(bytes.subarray(0, 600)))}`)
}

function judge(path: string, bytes: Uint8Array) {
  const { article, diagnostics } = parseFile({ path, bytes }, context)
  const fault = diagnostics.find(({ code }) => code === 'file-unparsable')
  if (fault) fail(fault.message, path, bytes)
  if (!article && !diagnostics.some(({ severity }) => severity === 'error'))
    fail('lost in silence', path, bytes)
  const unsafe = article ? unsafeParts(article.html) : []
  if (unsafe.length > 0) fail(`unsafe (${unsafe})`, path, bytes)
}

function timeOf(path: string, text: string): number {
  const bytes = encoder.encode(text)
  const start = performance.now()
  parseFile({ path, bytes }, context)
  return performance.now() - start
}

for (const [name, { path, text }] of Object.entries(hostileInputs)) {
  const quotient = () => {
    const twice = Math.min(timeOf(path, text(200_000)), timeOf(path, text(200_000)))
    return twice < 100 ? 1 : twice / Math.min(timeOf(path, text(100_000)), timeOf(path, text(100_000)))
  }
  let least = quotient()
  for (let again = 0; least > 2.5 && again < 3; again++) least = Math.min(least, quotient())
  if (least > 2.5) {
    failures++
    console.log(`${name}: twice the size takes ${least.toFixed(1)} times as long`)
  }
}
console.log(`${Object.keys(hostileInputs).length} hostile inputs, ${failures} findings`)

/** Mulberry32: the same seed, the same mutations. */
function randomOf(state: number): () => number {
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

const root = join(import.meta.dirname, '../fixtures')
const corpus = ['front-matter', 'markdown', 'html', 'encoding'].flatMap(room =>
  readdirSync(join(root, room), { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile() && /\.(?:md|html|xhtml|txt)$/.test(entry.name))
    .map(entry => join(entry.parentPath, entry.name))
    .map(file => ({ path: relative(join(root, room), file), bytes: readFileSync(file) })),
)
const tokens = [
  '<',
  '>',
  '</',
  '<!--',
  '-->',
  '&',
  '&#x',
  '"',
  "'",
  '`',
  '```',
  '[',
  '](',
  '![',
  '*',
  '_',
  '|',
  '---\n',
  '+++\n',
  '{',
  '}',
  '{{',
  '%}',
  ':',
  '\n',
  '\n\n',
  ' ',
  '\t',
  '\0',
  '\ufeff',
  '\u202b',
  '\u2069',
  '<script>',
  '</script>',
  '<svg>',
  '<math>',
  '<style>',
  '<table>',
  '<td>',
  'javascript:',
  ' onclick=x ',
  '<p',
  '<template>',
  '<noscript>',
  '<iframe src=x>',
  '<img src=x>',
]
const random = randomOf(seed)
const below = (limit: number) => Math.floor(random() * limit)
const pick = <T>(list: readonly T[]): T => list[below(list.length)]!

function mutate(bytes: Uint8Array): Uint8Array {
  let result = bytes
  for (let times = 1 + below(6); times > 0; times--) {
    const at = below(result.length + 1)
    const kind = below(5)
    const other = pick(corpus).bytes
    const from = below(other.length + 1)
    const insert =
      kind === 0
        ? encoder.encode(pick(tokens))
        : kind === 1
          ? Uint8Array.of(below(256))
          : kind === 2
            ? other.subarray(from, from + below(200))
            : kind === 3
              ? encoder.encode(pick(tokens).repeat(1 + below(40)))
              : new Uint8Array()
    const removed = below(3) === 0 ? below(40) : 0
    result = Buffer.concat([result.subarray(0, at), insert, result.subarray(at + removed)])
  }
  return result
}

const end = performance.now() + seconds * 1_000
let runs = 0
for (; performance.now() < end; runs++) {
  const { path, bytes } = pick(corpus)
  judge(path, mutate(bytes))
}
console.log(`${runs} mutations (seed ${seed}), ${failures} findings in all`)
process.exit(failures > 0 ? 1 : 0)
