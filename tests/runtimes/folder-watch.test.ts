import { expect, test } from 'vitest'
import { watchFolder } from '../../src/runtimes/node/folder-watch.ts'
import { temporaryFolder } from './command-line.ts'

test('a folder in which something never rests is looked at all the same', async () => {
  using folder = temporaryFolder({ 'one.md': 'one' })
  let looks = 0
  const watch = watchFolder(folder.path, {
    debounce: 1000,
    maxWait: 100,
    // Not by the clock that looks after lost folders.
    recheckInterval: 3_600_000,
    onChange: async () => ++looks > 0,
  })
  // Written faster than the burst could end, until there was a look.
  for (let time = 0; looks === 0; time++) {
    folder.write('busy.log.md', `${time}`)
    await new Promise(resolve => setTimeout(resolve, 20))
  }
  watch.stop()
  expect(looks).toBeGreaterThan(0)
})
