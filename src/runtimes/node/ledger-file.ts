import { closeSync, constants, openSync, readSync } from 'node:fs'
import { access, type FileHandle, lstat, open, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { StringDecoder } from 'node:string_decoder'
import {
  type LedgerAdditions,
  LedgerError,
  type LedgerReading,
  laterLines,
  ledgerAdditions,
  ledgerLines,
  parseLedgerLines,
} from '../../catalog/ledger-text.ts'
import type { Ledger } from '../../model/ledger.ts'
import { LedgerAccessError, LedgerConflictError, type LedgerStore } from '../../model/ledger-store.ts'
import { leftoversBeside, temporaryBeside } from './ledger-leftovers.ts'

/** The ledger's name inside a publication's folder. */
export const ledgerFile = 'broadsheet.ledger'

export interface LedgerFileOptions {
  /**
   * Bytes. To a larger ledger what changed is added behind its end, until that is an eighth of it: of a hundred thousand
   * articles it has 45 MB, and an edit changes one line.
   * @default 1 MiB
   */
  rewrittenUpTo?: number
}

/** One that was put in a file's place since it was looked at is not followed. */
const noLink = constants.O_NOFOLLOW ?? 0

const largestAddition = 1 / 8

/** A ledger as it lies in its file. */
interface WrittenLedger extends LedgerReading {
  /** Of the file; another one whenever it may be another. */
  stamp: string
  bytes: number
}

/**
 * The ledger as a file in the publication's folder. One that lies there as it was read or written last is the very object
 * of that time.
 */
export function openLedger(
  folder: string,
  { rewrittenUpTo = 1024 * 1024 }: LedgerFileOptions = {},
): LedgerStore {
  const path = join(folder, ledgerFile)
  const leftovers = leftoversBeside(path)
  let last: WrittenLedger | null = null
  return {
    async read() {
      try {
        const found = await look(path)
        if (found === null) return { ledger: null, version: null }
        if (last?.stamp !== found.stamp) last = { ...parseLedgerLines(linesOf(path)), ...found }
        return { ledger: last.ledger, version: last.stamp }
      } catch (error) {
        last = null
        throw error instanceof LedgerError ? error : new LedgerAccessError('read', error)
      }
    },
    async writable() {
      return access(folder, constants.W_OK).then(
        () => true,
        () => false,
      )
    },
    async write(ledger, over) {
      const before = last?.stamp === over ? last : null
      last = null
      const isRead = async () => ((await look(path))?.stamp ?? null) === over
      try {
        if (!(await isRead())) throw new LedgerConflictError()
        const additions = before && before.bytes > rewrittenUpTo ? additionsTo(before, ledger) : null
        const lines = additions && [...laterLines(additions.entries, additions.collections)]
        const isAdded = lines !== null && (await addLines(path, lines.join('')))
        if (!isAdded) await replaceFile(path, ledgerLines(ledger), isRead)
        // The last line is the end's.
        const later = before && isAdded ? before.later + lines.length - 1 : 0
        const found = await look(path)
        if (found === null) throw new LedgerConflictError()
        last = { ledger, later, torn: false, ...found }
        await leftovers.clear()
        return found.stamp
      } catch (error) {
        throw error instanceof LedgerConflictError ? error : new LedgerAccessError('write', error)
      }
    },
  }
}

/** Null where there is none. */
async function look(path: string): Promise<Pick<WrittenLedger, 'stamp' | 'bytes'> | null> {
  const stats = await lstat(path, { bigint: true }).catch(error => {
    if (error.code === 'ENOENT') return null
    throw error
  })
  if (stats === null) return null
  // What a link leads to may be anybody's, and would be written to.
  if (stats.isSymbolicLink()) throw new LedgerError(1, 'This is a symbolic link, and so no ledger.')
  // To open a pipe or a device may take for ever.
  if (!stats.isFile()) throw new LedgerError(1, 'This is no file, and so no ledger.')
  const { mtimeNs, ctimeNs, size, ino } = stats
  return { stamp: `${mtimeNs}-${ctimeNs}-${size}-${ino}`, bytes: Number(size) }
}

/** What has to stand behind a ledger's end to make another one of it; null where that is too much, or can't be said so. */
function additionsTo({ ledger: former, later, torn }: WrittenLedger, ledger: Ledger): LedgerAdditions | null {
  const additions = torn ? null : ledgerAdditions(former, ledger)
  if (additions === null) return null
  const { entries, collections } = additions
  const isMuch = later + entries.length + collections.length > ledger.entries.size * largestAddition
  return isMuch ? null : additions
}

/** A piece at a time: nobody needs tens of megabytes at once. The last line is what stands behind the last end. */
function* linesOf(path: string): Iterable<string> {
  const file = openSync(path, constants.O_RDONLY | noLink)
  try {
    const piece = Buffer.alloc(pieceBytes)
    const decoder = new StringDecoder()
    let rest = ''
    for (let length = 1; length > 0; ) {
      length = readSync(file, piece)
      const lines = (rest + decoder.write(piece.subarray(0, length))).split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) yield line
    }
    yield rest + decoder.end()
  } finally {
    closeSync(file)
  }
}

const pieceBytes = 256 * 1024

/** All of them reach the disk, or what is there counts as never written. False where the file itself may not be changed. */
async function addLines(path: string, lines: string): Promise<boolean> {
  const file = await open(path, constants.O_WRONLY | constants.O_APPEND | noLink).catch(() => null)
  if (!file) return false
  await writeAll(file, [lines])
  return true
}

/**
 * Writes beside the file, and renames over it when every byte is on the disk.
 * @param isRead whether what it is to replace is still what was read: asked again at the very end, for writing takes long
 */
async function replaceFile(
  path: string,
  lines: Iterable<string>,
  isRead: () => Promise<boolean>,
): Promise<void> {
  const beside = temporaryBeside(path)
  try {
    const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_TRUNC | noLink
    await writeAll(await open(beside, flags), lines)
    if (!(await isRead())) throw new LedgerConflictError()
    await rename(beside, path)
  } catch (error) {
    await rm(beside, { force: true })
    throw error
  }
  await syncFolder(dirname(path))
}

/** Writes to a file that is open, and closes it when every byte is on the disk. */
async function writeAll(file: FileHandle, lines: Iterable<string>): Promise<void> {
  try {
    let piece = ''
    for (const line of lines) {
      piece += line
      if (piece.length < pieceBytes) continue
      await file.writeFile(piece)
      piece = ''
    }
    await file.writeFile(piece)
    await file.sync()
  } finally {
    await file.close()
  }
}

/** So that the new name survives a power cut; some file systems cannot, and the file is whole all the same. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => null)
  await handle?.sync().catch(() => {})
  await handle?.close()
}
