import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { lazily } from '../../text/lazily.ts'

/**
 * Every file of the program that runs, with its size and time: right for a release and for a checkout that is worked on. Whatever becomes of
 * them, what runs is what they were at first.
 */
export const programStamp = lazily(() => {
  const root = fileURLToPath(new URL('../../', import.meta.url))
  const stamps = readdirSync(root, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile() && !entry.name.endsWith('.d.ts'))
    .map(entry => {
      const { size, mtimeMs } = statSync(join(entry.parentPath, entry.name))
      return `${entry.parentPath}/${entry.name} ${size} ${mtimeMs}`
    })
  return stamps.sort().join('\n')
})
