import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { formatLedger, LedgerError } from '../../src/catalog/ledger-text.ts'
import { withdrawnAt } from '../../src/catalog/next-ledger.ts'
import type { Ledger, LedgerEntry } from '../../src/model/ledger.ts'
import { LedgerConflictError, type LedgerStore } from '../../src/model/ledger-store.ts'
import { ledgerFile, openLedger } from '../../src/runtimes/node/ledger-file.ts'
import { PersistentMap } from '../../src/text/persistent-map.ts'
import { madeUpText, randomNumbers } from '../support/folders.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'broadsheet-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const random = randomNumbers(7)
const entry = (id: string, more: Partial<LedgerEntry> = {}): LedgerEntry => ({
  id,
  path: `${id}.md`,
  first: 0,
  published: 0,
  dated: null,
  revised: null,
  title: `${madeUpText(random, 4)} é`,
  words: 'w',
  sketch: 's',
  address: `/${id}/`,
  formerAddresses: [],
  withdrawn: null,
  archives: {},
  ...more,
})
const ledgerOf = (entries: LedgerEntry[]): Ledger => ({
  authority: 'example.org,2026',
  entries: new Map(entries.map(entry => [entry.id, entry])),
})
const thirty = () => ledgerOf(Array.from({ length: 30 }, (_, n) => entry(`tag:${(n * 7) % 30} é${n}`)))
const withEntries = (ledger: Ledger, entries: LedgerEntry[]): Ledger => ({
  ...ledger,
  entries: PersistentMap.of(ledger.entries).with(new Map(entries.map(entry => [entry.id, entry]))),
})
const bytes = () => readFileSync(join(folder, ledgerFile))
const readAnew = async () => formatLedger((await openLedger(folder).read()).ledger!)
/** Over whatever is there. */
const write = async (keeper: LedgerStore, ledger: Ledger) =>
  keeper.write(ledger, (await keeper.read()).version)

test('a large ledger gets what changed behind its end, and is read as if it were written whole', async () => {
  const keeper = openLedger(folder, { rewrittenUpTo: 0 })
  let ledger = thirty()
  let additions = 0
  for (let round = 0; round < 80; round++) {
    const before = round === 0 ? Buffer.alloc(0) : bytes()
    await write(keeper, ledger)
    if (round > 0 && bytes().subarray(0, before.length).equals(before)) additions++
    expect(await readAnew(), `round ${round}`).toBe(formatLedger(ledger))
    const ids = [...ledger.entries.keys()]
    const changed = Array.from({ length: 1 + random() * 2 }, () => {
      const id = ids[Math.floor(random() * ids.length)]!
      if (random() < 0.4) return entry(id)
      if (random() < 0.5) return withdrawnAt(ledger.entries.get(id)!, round)
      return entry(`${random() < 0.3 ? 'a' : random() < 0.5 ? 'tag:' : 'z'}${round}`)
    })
    ledger = withEntries(ledger, changed)
  }
  // Most are additions; and now and then it is written whole, or it would grow for ever.
  expect(additions).toBeGreaterThan(40)
  expect(additions).toBeLessThan(79)
})

test('processes that each add a line do not let it grow for ever either', async () => {
  let ledger = thirty()
  await write(openLedger(folder), ledger)
  for (let round = 0; round < 40; round++) {
    const keeper = openLedger(folder, { rewrittenUpTo: 0 })
    await keeper.read()
    ledger = withEntries(ledger, [entry([...ledger.entries.keys()][round % 30]!)])
    await write(keeper, ledger)
  }
  expect(await readAnew()).toBe(formatLedger(ledger))
  expect(bytes().toString().split('\n').length).toBeLessThan(45)
})

test('an addition that was interrupted anywhere leaves the former ledger or the new one', async () => {
  const keeper = openLedger(folder, { rewrittenUpTo: 0 })
  const former = thirty()
  await write(keeper, former)
  const whole = bytes()
  const ledger = withEntries(former, [entry('tag:0 é0'), entry('new')])
  await write(keeper, ledger)
  const added = bytes()
  expect(added.subarray(0, whole.length).equals(whole)).toBe(true)
  for (let length = whole.length; length <= added.length; length++) {
    writeFileSync(join(folder, ledgerFile), added.subarray(0, length))
    // The last line needs no end.
    const expected = length < added.length - 1 ? former : ledger
    expect(await readAnew(), `${length - whole.length} bytes`).toBe(formatLedger(expected))
  }
  writeFileSync(join(folder, ledgerFile), added.subarray(0, -30))
  const next = openLedger(folder, { rewrittenUpTo: 0 })
  const again = withEntries((await next.read()).ledger!, [entry('another')])
  await write(next, again)
  expect(bytes().toString()).toBe(formatLedger(again))
})

test('what a merge left behind the end is not taken for an interrupted addition', async () => {
  const text = formatLedger(thirty())
  const line = text.split('\n')[2]
  writeFileSync(join(folder, ledgerFile), `${text}<<<<<<< HEAD\n${line}\n=======\n${line}\n>>>>>>> other\n`)
  const read = openLedger(folder).read()
  await expect(read).rejects.toBeInstanceOf(LedgerError)
  await expect(read).rejects.toMatchObject({ line: 34, message: expect.stringContaining('merge') })
})

test('a small ledger, and one whose authority or entries went, are written whole', async () => {
  const small = openLedger(folder)
  const ledger = thirty()
  await write(small, ledger)
  const next = withEntries(ledger, [entry('x')])
  await write(small, next)
  expect(bytes().toString()).toBe(formatLedger(next))
  const large = openLedger(folder, { rewrittenUpTo: 0 })
  await large.read()
  const moved = { ...next, authority: 'example.net,2026' }
  await write(large, moved)
  expect(bytes().toString()).toBe(formatLedger(moved))
  const fewer = { ...moved, entries: new Map([...moved.entries].slice(1)) }
  await write(large, fewer)
  expect(bytes().toString()).toBe(formatLedger(fewer))
})

test('a ledger that somebody else has written since it was read is not written over', async () => {
  for (const rewrittenUpTo of [0, 1024 * 1024]) {
    const keeper = openLedger(folder, { rewrittenUpTo })
    const ledger = thirty()
    await write(keeper, ledger)
    const { version } = await keeper.read()
    const other = formatLedger(ledgerOf([entry('other')]))
    writeFileSync(join(folder, ledgerFile), other)
    const writing = keeper.write(withEntries(ledger, [entry('x')]), version)
    await expect(writing).rejects.toBeInstanceOf(LedgerConflictError)
    expect(bytes().toString()).toBe(other)
    rmSync(join(folder, ledgerFile))
    await expect(keeper.write(ledger, version)).rejects.toBeInstanceOf(LedgerConflictError)
    // What has come since nobody was there.
    await write(openLedger(folder), ledger)
    await expect(keeper.write(ledger, null)).rejects.toBeInstanceOf(LedgerConflictError)
    expect(hidden()).toEqual([])
  }
})

test('a ledger that another program writes while ours is being written is kept', async () => {
  const keeper = openLedger(folder)
  await write(keeper, thirty())
  const { version } = await keeper.read()
  const other = formatLedger(ledgerOf([entry('other')]))
  const late = entry('late')
  const entries = new Map([
    [
      'late',
      Object.defineProperty({ ...late }, 'title', {
        get: () => {
          writeFileSync(join(folder, ledgerFile), other)
          return late.title
        },
        enumerable: true,
      }),
    ],
  ])
  await expect(keeper.write({ authority: 'example.org,2026', entries }, version)).rejects.toBeInstanceOf(
    LedgerConflictError,
  )
  expect(bytes().toString()).toBe(other)
})

test.each([
  ['a line that is no object', (text: string) => text.replace(/\n\{.*\n/, '\nnull\n'), 3],
  ['a list', (text: string) => text.replace(/\n\{.*\n/, '\n[1]\n'), 3],
])('%s is a damaged line', async (_, damage, line) => {
  writeFileSync(join(folder, ledgerFile), damage(formatLedger(thirty())))
  await expect(openLedger(folder).read()).rejects.toMatchObject({ name: 'LedgerError', line })
})

test('a folder or a pipe of its name is no ledger, and nobody waits for it', async () => {
  mkdirSync(join(folder, ledgerFile))
  await expect(openLedger(folder).read()).rejects.toMatchObject({ name: 'LedgerError' })
  rmSync(join(folder, ledgerFile), { recursive: true })
  if (spawnSync('mkfifo', [join(folder, ledgerFile)]).status !== 0) return
  await expect(openLedger(folder).read()).rejects.toMatchObject({ name: 'LedgerError' })
})

test.skipIf(process.getuid?.() === 0)('a ledger that is read-only is replaced', async () => {
  const keeper = openLedger(folder, { rewrittenUpTo: 0 })
  const ledger = thirty()
  await write(keeper, ledger)
  chmodSync(join(folder, ledgerFile), 0o400)
  const next = withEntries((await keeper.read()).ledger!, [entry('x')])
  await write(keeper, next)
  expect(bytes().toString()).toBe(formatLedger(next))
})

const hour = 60 * 60
/** @param seconds how long ago its writer touched it last */
const touchedAgo = (name: string, seconds: number) => {
  const then = Date.now() / 1000 - seconds
  utimesSync(join(folder, name), then, then)
}
const hidden = () => readdirSync(folder).filter(name => name.startsWith('.'))

test('what a killed writer left is removed by the next, an hour later', async () => {
  const program = `
    import { openLedger } from ${JSON.stringify(new URL('../../src/runtimes/node/ledger-file.ts', import.meta.url).href)}
    const entry = ${JSON.stringify(entry('x'))}
    const entries = new Map(Array.from({ length: 5000 }, (_, n) => ['a' + n, { ...entry, id: 'a' + n }]))
    entries.set('b', { ...entry, get title() { process.kill(process.pid, 'SIGKILL') } })
    await openLedger(${JSON.stringify(folder)}).write({ authority: 'example.org,2026', entries }, null)`
  const { signal } = spawnSync(process.execPath, ['--input-type=module', '--eval', program])
  expect(signal).toBe('SIGKILL')
  expect(readdirSync(folder)).toEqual([
    expect.stringMatching(/^\.broadsheet\.ledger\.\d+\.[0-9a-f]{8}\.new$/),
  ])
  const [left] = hidden()

  // As far as can be known here it may be that of another machine, which is just writing it.
  const keeper = openLedger(folder)
  await write(keeper, thirty())
  expect(hidden()).toEqual([left])
  touchedAgo(left!, hour + 10)
  const next = thirty()
  await write(keeper, next)
  expect(readdirSync(folder)).toEqual([ledgerFile])
  expect(await readAnew()).toBe(formatLedger(next))
})

test('of what lies beside the ledger nothing is removed but what was written by a process that is dead', async () => {
  const { pid } = spawnSync(process.execPath, ['--version'])
  const old = [
    `.broadsheet.ledger.${process.ppid}.0123abcd.new`,
    '.broadsheet.ledger.new',
    `.broadsheet.ledger.${pid}.new~`,
    `.other.ledger.${pid}.new`,
  ]
  const young = [`.broadsheet.ledger.${pid}.00000001.new`, `.broadsheet.ledger.${process.pid}.00000002.new`]
  const dead = [
    `.broadsheet.ledger.${pid}.00000003.new`,
    `.broadsheet.ledger.${pid}.new`,
    `.broadsheet.ledger.${process.pid}.00000004.new`,
  ]
  for (const name of [...old, ...young, ...dead]) writeFileSync(join(folder, name), 'x')
  for (const name of [...old, ...dead]) touchedAgo(name, hour + 10)
  for (const name of young) touchedAgo(name, hour - 60)
  mkdirSync(join(folder, `.broadsheet.ledger.${pid}.00000005.new`))
  touchedAgo(`.broadsheet.ledger.${pid}.00000005.new`, hour + 10)
  await write(openLedger(folder), thirty())
  const kept = [...old, ...young, `.broadsheet.ledger.${pid}.00000005.new`]
  expect(hidden().sort()).toEqual(kept.sort())
})
