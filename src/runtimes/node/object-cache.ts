import { randomUUID } from 'node:crypto'
import { readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { ObjectCache } from '../../store/object-reading.ts'
import { makeFolder } from './make-folder.ts'

export interface ObjectCacheOptions {
  /** Bytes on disk; what was not used for the longest goes first. @default 2 GiB */
  maxBytes?: number
}

/** Bytes written between two looks at how much there is. */
const trimEvery = 64 * 1024 * 1024

/** Objects that were read from a store, in a folder of this machine. Whatever happens to it costs time only. */
export function createDiskObjectCache(folder: string, options: ObjectCacheOptions = {}): ObjectCache {
  const { maxBytes = 2 * 1024 ** 3 } = options
  let sinceTrim = trimEvery
  const placeOf = (key: string) => join(folder, key.slice(0, 4), key.slice(2))

  async function trim(): Promise<void> {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true })
    const files = await Promise.all(
      entries
        .filter(entry => entry.isFile())
        .map(async entry => {
          const path = join(entry.parentPath, entry.name)
          const found = await stat(path).catch(() => null)
          return { path, size: found?.size ?? 0, used: found?.mtimeMs ?? 0 }
        }),
    )
    let total = files.reduce((sum, { size }) => sum + size, 0)
    for (const { path, size } of files.sort((a, b) => a.used - b.used)) {
      if (total <= maxBytes) return
      await rm(path, { force: true })
      total -= size
    }
  }

  return {
    async get(key) {
      const path = placeOf(key)
      const bytes = await readFile(path).catch(() => null)
      if (!bytes) return null
      const now = new Date()
      await utimes(path, now, now).catch(() => {})
      return bytes
    },
    async put(key, bytes) {
      const path = placeOf(key)
      const beside = join(dirname(path), `.${randomUUID()}.new`)
      makeFolder(dirname(path))
      try {
        await writeFile(beside, bytes, { flag: 'wx' })
        await rename(beside, path)
      } catch (error) {
        await rm(beside, { force: true })
        throw error
      }
      sinceTrim += bytes.length
      if (sinceTrim < trimEvery) return
      sinceTrim = 0
      await trim()
    },
  }
}
