import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createFaultKit, type Fault, type FaultKit, faults } from './fault-kit.ts'

/*
 * The short form of `npm run faults`: of each call in each place one that fails for good. A machine without a C compiler skips it;
 * in CI a skip fails.
 */
let kit: FaultKit | null = null
beforeAll(async () => {
  kit = await createFaultKit()
  if (!kit && process.env.CI) throw new Error('cc is not installed')
}, 120_000)
afterAll(() => kit?.[Symbol.dispose]())

/** One of each place and call: the errors of one call differ in name only. */
const chosen = faults.filter(
  ({ place, call }, at) => faults.findIndex(it => it.place === place && it.call === call) === at,
)

describe('a build during which something fails leaves whole documents, and the next one makes it good', () => {
  test.each(
    chosen.map((fault): [string, Fault] => [
      `${fault.place} ${fault.call} ${fault.error}`,
      { ...fault, from: 1, count: 1_000_000 },
    ]),
  )(
    '%s',
    async (_, fault) => {
      if (kit) expect(await kit.underFault(fault)).toEqual({ hit: true, wrong: [] })
    },
    120_000,
  )

  test.each(
    chosen
      .filter(({ place }) => place === 'ledger')
      .map((fault): [string, Fault] => [fault.call, { ...fault, from: 1, count: 1_000_000 }]),
  )(
    'ledger %s, when nothing is new that asks for an id',
    async (_, fault) => {
      if (kit) expect(await kit.underFault(fault, 'known')).toEqual({ hit: true, wrong: [] })
    },
    120_000,
  )

  test('a full disk', async () => {
    const fault = { place: 'output', call: 'write', error: 'ENOSPC', from: 1, count: 1_000_000 } as const
    if (kit) expect(await kit.underFault(fault)).toEqual({ hit: true, wrong: [] })
  }, 120_000)

  test('the state has lost the texts of what it remembers', async () => {
    if (kit) expect(await kit.underLostTexts()).toEqual([])
  }, 120_000)

  test('three at once', async () => {
    if (kit) expect(await kit.atOnce()).toEqual([])
  }, 120_000)

  test('killed five times', async () => {
    // In turn: how many in a row (four, one), and after how much of the time.
    const numbers = [0.8, 0.2, 0.5, 0.7, 0.85, 0, 0.95]
    if (kit) expect(await kit.underKills(5, () => numbers.shift()!)).toEqual([])
  }, 120_000)
})
