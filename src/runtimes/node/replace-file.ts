import { lstatSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { threadId } from 'node:worker_threads'
import { makeFolder } from './make-folder.ts'

/** What became of a file. */
export type FileOutcome =
  /** `written`: false where it had these bytes already. `modified`: milliseconds, with their fraction. */
  { written: boolean; size: number; modified: number } | { error: unknown; code: string | undefined }

/**
 * How the name begins under which a file is written before it is in its place, in the same folder. Not the file's own name and
 * more: that may be as long as a name can be. The rest says who writes, so that two who write at once never share a file.
 */
export const temporaryFile = '.broadsheet-new'

/**
 * Puts a file in its place in one step, with the folders it lies in. One that has these bytes already stays as it is: its
 * date too, and whoever copies the folder copies less. Never throws.
 */
export function replaceFile(path: string, contents: string | Uint8Array): FileOutcome {
  try {
    const bytes = typeof contents === 'string' ? Buffer.from(contents) : contents
    const written = !holds(path, bytes)
    if (written) write(path, bytes)
    const { size, mtimeMs } = lstatSync(path)
    return { written, size, modified: mtimeMs }
  } catch (error) {
    return { error, code: (error as NodeJS.ErrnoException).code }
  }
}

/** Without promises: for files of this size most of their time would go into waiting for the next one's turn. */
function write(path: string, bytes: Uint8Array): void {
  makeFolder(dirname(path))
  const temporary = join(dirname(path), `${temporaryFile}.${process.pid}.${threadId}`)
  try {
    // A link of that name is taken away, not written through: `wx` makes a file that was not there.
    rmSync(temporary, { recursive: true, force: true })
    writeFileSync(temporary, bytes, { flag: 'wx' })
    renameSync(temporary, path)
  } catch (error) {
    rmSync(temporary, { force: true })
    throw error
  }
}

function holds(path: string, bytes: Uint8Array): boolean {
  try {
    const stats = lstatSync(path, { throwIfNoEntry: false })
    return stats?.isFile() === true && stats.size === bytes.length && readFileSync(path).equals(bytes)
  } catch {
    return false
  }
}
