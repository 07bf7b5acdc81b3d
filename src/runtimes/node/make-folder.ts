import { existsSync, mkdirSync, statSync } from 'node:fs'
import { dirname } from 'node:path'

/**
 * A folder, with those above it that are missing. Node's own `recursive` asks for ever where the system takes no folder in one that is there, as in
 * `/proc`.
 * @param mode of folders that are made
 * @throws the system's error: EEXIST where a file stands in the way
 */
export function makeFolder(path: string, mode = 0o777): void {
  if (isFolder(path)) return
  try {
    mkdirSync(path, mode)
  } catch (error) {
    // Somebody else made it in the meantime.
    if (isFolder(path)) return
    const parent = dirname(path)
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || existsSync(parent)) throw error
    makeFolder(parent, mode)
    makeFolder(path, mode)
  }
}

const isFolder = (path: string) => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true
