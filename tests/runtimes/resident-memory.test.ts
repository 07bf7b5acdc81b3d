import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'

/** Runs a script that may use `leaveStartUpBehind`; what it prints, as JSON. */
function run(script: string): unknown {
  const module = new URL('../../src/runtimes/node/resident-memory.ts', import.meta.url)
  const program = `import { leaveStartUpBehind } from ${JSON.stringify(module.href)}\n${script}`
  const words = ['--input-type=module', '--disable-warning=ExperimentalWarning', '--eval', program]
  return JSON.parse(execFileSync(process.execPath, words, { encoding: 'utf8' }))
}

test('a large heap gives back what it does not need, and goes on', () => {
  const megabytes = run(`
    let garbage = Array.from({ length: 3_000_000 }, (_, number) => ({ number, text: 'x' + number }))
    const kept = garbage.slice(0, 1000)
    const heap = () => Math.round(process.memoryUsage().heapTotal / 1e6)
    const before = heap()
    garbage = null
    leaveStartUpBehind()
    const after = heap()
    for (let round = 0; round < 50; round++) kept.push(...Array.from({ length: 10_000 }, () => ({ round })))
    const { getHeapSpaceStatistics } = (await import('node:v8')).default
    const nursery = getHeapSpaceStatistics().find(space => space.space_name === 'new_space').space_size
    console.log(JSON.stringify([before, after, nursery / 1024 / 1024, kept.length, typeof gc]))
  `) as [number, number, number, number, string]
  expect(megabytes[0]).toBeGreaterThan(200)
  expect(megabytes[1]).toBeLessThan(40)
  // It grows no more, whatever survives.
  expect(megabytes.slice(2)).toEqual([16, 501_000, 'undefined'])
})

test('a small one is left alone', () => {
  expect(
    run(`
      let collected = 0
      new PerformanceObserver(list => { collected += list.getEntries().length }).observe({ entryTypes: ['gc'] })
      leaveStartUpBehind()
      await new Promise(resolve => setTimeout(resolve, 50))
      console.log(collected)
    `),
  ).toBe(0)
})
