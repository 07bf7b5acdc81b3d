import { randomUUID } from 'node:crypto'
import { link, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { type ListedObject, type ObjectStore, ObjectStoreError } from '../../model/object-store.ts'
import { makeFolder } from './make-folder.ts'

/** Objects as files below a folder. Each is written beside its place and comes there whole, or not at all. */
export function createDiskObjects(folder: string): ObjectStore {
  const placeOf = (key: string) => {
    // Keys are ours; one that leads out of the folder is nobody's.
    if (!/^[\w-]+(?:\/[\w.-]+)*$/.test(key) || key.includes('..'))
      throw new ObjectStoreError(`"${key}" is not a key of this store.`, null)
    return join(folder, key)
  }

  async function writeBeside(path: string, bytes: Uint8Array): Promise<string> {
    const beside = join(dirname(path), `.${randomUUID()}.new`)
    makeFolder(dirname(path))
    const file = await open(beside, 'wx')
    try {
      await file.writeFile(bytes)
      await file.sync()
    } catch (error) {
      await file.close()
      await rm(beside, { force: true })
      throw error
    }
    await file.close()
    return beside
  }

  async function syncFolder(path: string): Promise<void> {
    const handle = await open(dirname(path), 'r').catch(() => null)
    await handle?.sync().catch(() => {})
    await handle?.close()
  }

  return {
    name: folder,
    get: (key, range) =>
      asked(folder, async () => {
        const file = await open(placeOf(key), 'r').catch(noneWhereMissing)
        if (!file) return null
        try {
          if (!range) return new Uint8Array(await file.readFile())
          const bytes = new Uint8Array(range.end - range.start + 1)
          const { bytesRead } = await file.read(bytes, 0, bytes.length, range.start)
          return bytes.subarray(0, bytesRead)
        } finally {
          await file.close()
        }
      }),
    put: (key, bytes) =>
      asked(folder, async () => {
        const path = placeOf(key)
        await rename(await writeBeside(path, bytes), path)
        await syncFolder(path)
      }),
    create: (key, bytes) =>
      asked(folder, async () => {
        const path = placeOf(key)
        const beside = await writeBeside(path, bytes)
        try {
          // A second name for the same file: the one operation that fails where there is one already.
          await link(beside, path)
        } catch (error) {
          if ((error as NodeJS.ErrnoException).code === 'EEXIST') return 'exists' as const
          throw error
        } finally {
          await rm(beside, { force: true })
        }
        await syncFolder(path)
        return 'created' as const
      }),
    list: (prefix, { after = '', limit = Number.POSITIVE_INFINITY } = {}) =>
      asked(folder, async () => {
        const keys = await keysBelow(folder, prefix)
        const chosen = keys.filter(key => key > after).slice(0, limit)
        const found = await Promise.all(chosen.map(key => describe(folder, key)))
        return found.filter(object => object !== null)
      }),
    delete: key => asked(folder, () => rm(placeOf(key), { force: true })),
  }
}

async function keysBelow(folder: string, prefix: string): Promise<string[]> {
  const top = prefix.slice(0, prefix.lastIndexOf('/') + 1)
  const names = await readdir(join(folder, top), { recursive: true, withFileTypes: true }).catch(
    noneWhereMissing,
  )
  return (names ?? [])
    .filter(entry => entry.isFile() && !entry.name.startsWith('.'))
    .map(entry =>
      join(entry.parentPath, entry.name).slice(folder.length).replaceAll('\\', '/').replace(/^\/+/, ''),
    )
    .filter(key => key.startsWith(prefix))
    .sort()
}

async function describe(folder: string, key: string): Promise<ListedObject | null> {
  const found = await stat(join(folder, key)).catch(noneWhereMissing)
  return found && { key, size: found.size, modified: found.mtimeMs }
}

function noneWhereMissing(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT') return null
  throw error
}

/** What the disk refuses is told as a store's failure, like a bucket's. */
async function asked<T>(folder: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof ObjectStoreError) throw error
    const { code, message } = error as NodeJS.ErrnoException
    throw new ObjectStoreError(`The folder ${folder} does not take it: ${code ?? message}.`, null, {
      cause: error,
    })
  }
}
