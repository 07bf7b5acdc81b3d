import { expect, test } from 'vitest'
import { simulateLedger } from '../support/ledger-simulation.ts'

test.each([
  ['after each operation', 1],
  ['after batches of twenty', 20],
])('a reader is told of each article once, publishing %s', (_, batch) => {
  const result = simulateLedger({ articles: 150, operations: 300, batch, seed: 7 })
  expect(result).toEqual({ publications: 1 + Math.ceil(300 / batch), renotified: 0, shared: 0 })
})
