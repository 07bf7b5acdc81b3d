import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { watchTree } from '../../src/runtimes/node/tree-watch.ts'
import { eventually, temporaryFolder } from './command-line.ts'

/** What a watch says, and a way to wait until it has said something. */
function watched(folder: string) {
  const events: (string | null)[] = []
  let failed = false
  const watch = watchTree(
    folder,
    path => events.push(path),
    () => {
      failed = true
    },
  )
  const until = async (happen: () => void, wanted: string | null) => {
    events.length = 0
    happen()
    await eventually(
      () => events,
      all => all.includes(wanted),
    )
    expect(events).toContain(wanted)
    return [...events]
  }
  return { until, close: () => watch.close(), failed: () => failed }
}

test.runIf(process.platform === 'linux')(
  'a watch for every folder says which file it was, or that a folder came or went',
  async () => {
    using folder = temporaryFolder({ 'one.md': '1', 'deep/er/two.md': '2', 'node_modules/x/three.md': '3' })
    const at = (path: string) => join(folder.path, path)
    const { until, close, failed } = watched(folder.path)
    try {
      await until(() => writeFileSync(at('one.md'), 'other'), 'one.md')
      await until(() => writeFileSync(at('deep/er/two.md'), 'other'), 'deep/er/two.md')
      await until(() => writeFileSync(at('deep/new.md'), 'new'), 'deep/new.md')
      await until(() => rmSync(at('deep/new.md')), 'deep/new.md')
      await until(() => mkdirSync(at('deep/folder/inner'), { recursive: true }), null)
      await until(() => writeFileSync(at('deep/folder/inner/x.md'), 'x'), 'deep/folder/inner/x.md')
      await until(() => renameSync(at('deep/folder'), at('moved')), null)
      await until(() => writeFileSync(at('moved/inner/x.md'), 'y'), 'moved/inner/x.md')
      await until(() => rmSync(at('moved'), { recursive: true }), null)
      const said = await until(() => {
        writeFileSync(at('node_modules/x/three.md'), 'unseen')
        writeFileSync(at('one.md'), 'seen')
      }, 'one.md')
      expect(said.filter(path => path?.startsWith('node_modules'))).toEqual([])
      expect(failed()).toBe(false)
    } finally {
      close()
    }
  },
)
