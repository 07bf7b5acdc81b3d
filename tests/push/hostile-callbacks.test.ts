import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../runtimes/command-line.ts'

const namespace = ['unshare', '-rn']
const [command = '', ...words] = namespace
const hasNamespaces = spawnSync(command, [...words, 'true']).status === 0

// On systems that let nobody make a network namespace nothing could be shown.
test.skipIf(!hasNamespaces)(
  'no callback makes this machine connect to an address that is not public',
  { timeout: 240_000 },
  () => {
    using folder = temporaryFolder()
    const script = join(import.meta.dirname, 'hostile-callbacks.ts')
    const { stdout, stderr } = spawnSync(
      command,
      [...words, process.execPath, script, folder.at('state.sqlite'), '480'],
      { encoding: 'utf8' },
    )
    expect(stderr.replaceAll(/^.*Warning.*\n/gm, '')).toBe('')
    const result = JSON.parse(stdout)
    // The namespace shows connections; names were asked about, twice where that changes the answer; all were to be told.
    expect(result).toMatchObject({
      seen: 6,
      control: 6,
      isComplete: [true, true],
      told: 480,
      outcomes: { 'not sent': 480 },
    })
    expect(result.lookups).toBeGreaterThan(100)
    expect(result.connections).toEqual({ verifying: 0, delivering: 0 })
  },
)
