import { randomBytes } from 'node:crypto'
import { readdir, rm, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'

/** Milliseconds. Whoever writes a ledger is silent for seconds at most, even where the disk is slow. */
const maxIdle = 60 * 60 * 1000

/**
 * Where a ledger is written before it takes its place: hidden, so that it is never read as input. The process's number
 * says whose it is; in two containers that share a folder, two processes may have the same one.
 */
export function temporaryBeside(ledger: string): string {
  const ours = `${process.pid}.${randomBytes(4).toString('hex')}`
  return join(dirname(ledger), `.${basename(ledger)}.${ours}.new`)
}

/** The process that a name beside the ledger speaks of; null where it is not such a name. */
function writerOf(name: string, ledger: string): number | null {
  const prefix = `.${basename(ledger)}.`
  const ours = name.startsWith(prefix) ? /^(\d+)(?:\.[0-9a-f]+)?\.new$/.exec(name.slice(prefix.length)) : null
  return ours && Number(ours[1])
}

/** What writers that were killed left beside a ledger. */
export interface LedgerLeftovers {
  /** To be called when the ledger has just been written: its time says how late it is where the folder lies. Never throws. */
  clear(): Promise<void>
}

/**
 * The folder is looked through once; what was found then, and was too young, is looked at again at the next call.
 * Removed is what nobody has touched for an hour and whose process is not alive here. Neither alone would do: the
 * folder may be shared with machines whose processes can't be seen from here, and a process that stands still for an
 * hour goes on with its file. Under our own number there may be one of another container, or of the one before us in
 * this: there the time alone decides.
 */
export function leftoversBeside(ledger: string): LedgerLeftovers {
  const folder = dirname(ledger)
  let suspects: string[] | null = null

  /** Whether it is there no more, or never was one of ours. */
  async function isCleared(name: string, now: number): Promise<boolean> {
    const path = join(folder, name)
    const stats = await stat(path).catch(() => null)
    if (!stats?.isFile()) return true
    const writer = writerOf(name, ledger)
    if (writer === null) return true
    const isAtWork = writer !== process.pid && isAlive(writer)
    if (isAtWork || now - stats.mtimeMs <= maxIdle) return false
    await rm(path, { force: true })
    return true
  }

  return {
    async clear() {
      try {
        suspects ??= (await readdir(folder)).filter(name => writerOf(name, ledger) !== null)
        if (suspects.length === 0) return
        const { mtimeMs } = await stat(ledger)
        const left: string[] = []
        for (const name of suspects) if (!(await isCleared(name, mtimeMs))) left.push(name)
        suspects = left
      } catch {
        // The folder can't be listed, or nothing may be removed from it: the ledger is written all the same.
      }
    },
  }
}

/** Whether this machine has a process of that number, whoever's it is. */
function isAlive(processNumber: number): boolean {
  try {
    return process.kill(processNumber, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH'
  }
}
