import { access, constants, open, readFile, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { parseLedger } from '../../catalog/ledger-text.ts'
import type { Ledger } from '../../model/ledger.ts'
import { nextLedgerBytes, type WrittenLedger, writtenLedger } from './ledger-bytes.ts'

/** The ledger's name inside a publication's folder. */
export const ledgerFile = 'broadsheet.ledger'

/** Where a publication's memory rests. */
export interface LedgerKeeper {
  /** Null where nothing was ever published. Rejects with a `LedgerError` where the ledger cannot be trusted. */
  read(): Promise<Ledger | null>
  /** Whether `write` would be allowed. */
  writable(): Promise<boolean>
  /** Replaces the ledger in one step: whenever it is interrupted, the former or the new one is there, whole. */
  write(ledger: Ledger): Promise<void>
}

/**
 * The ledger as a file in the publication's folder. One that lies there as it was read or written last is the very object
 * of that time.
 */
export function ledgerIn(folder: string): LedgerKeeper {
  const path = join(folder, ledgerFile)
  let last: (WrittenLedger & { stamp: string }) | null = null
  return {
    async read() {
      try {
        const stamp = await stampOf(path)
        if (last?.stamp === stamp) return last.ledger
        const bytes = await readFile(path)
        last = { ...writtenLedger(parseLedger(bytes.toString()), bytes), stamp }
        return last.ledger
      } catch (error) {
        last = null
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
        throw error
      }
    },
    async writable() {
      const allowed = (target: string) =>
        access(target, constants.W_OK).then(
          () => true,
          () => false,
        )
      return allowed(folder)
    },
    async write(ledger) {
      const before = last
      last = null
      // Read again rather than kept: it is tens of megabytes for a hundred thousand articles.
      const same = before !== null && (await stampOf(path).catch(() => null)) === before.stamp
      const { bytes, written } = nextLedgerBytes(before, same ? await readFile(path) : null, ledger)
      await replaceFile(path, bytes)
      last = { ...written, stamp: await stampOf(path) }
    },
  }
}

/** Another one whenever the file may be another. */
async function stampOf(path: string): Promise<string> {
  const { mtimeNs, ctimeNs, size, ino } = await stat(path, { bigint: true })
  return `${mtimeNs}-${ctimeNs}-${size}-${ino}`
}

/** Writes beside the file, and renames over it when every byte is on the disk. The hidden name is never read as input. */
async function replaceFile(path: string, bytes: Uint8Array): Promise<void> {
  const beside = join(dirname(path), `.${ledgerFile}.${process.pid}.new`)
  try {
    const file = await open(beside, 'w')
    try {
      await file.writeFile(bytes)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(beside, path)
  } catch (error) {
    await rm(beside, { force: true })
    throw error
  }
  await syncFolder(dirname(path))
}

/** So that the new name survives a power cut; some file systems cannot, and the file is whole all the same. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => null)
  await handle?.sync().catch(() => {})
  await handle?.close()
}
