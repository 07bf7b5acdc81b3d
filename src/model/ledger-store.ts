import { BroadsheetError } from './errors.ts'
import type { Ledger } from './ledger.ts'

/** A ledger as it rests somewhere. */
export interface StoredLedger {
  /** Null where nothing was ever published. */
  ledger: Ledger | null
  /** Another text whenever what rests there may be another (a file's times and size, an ETag); null where there is nothing. */
  version: string | null
}

/** Where a publication's ledger rests: a file in its folder, an object in a bucket. */
export interface LedgerStore {
  /**
   * What was read or written last is the same object as long as it rests there unchanged.
   * @throws LedgerError where what rests there is no whole ledger
   * @throws LedgerAccessError where it cannot be read
   */
  read(): Promise<StoredLedger>
  /** Whether `write` would be allowed. */
  writable(): Promise<boolean>
  /**
   * Replaces the ledger in one step: whenever it is interrupted, the former or the new one is there, whole.
   * @param over the version that was read: of two who write over the same one, the second is refused
   * @returns the version that is there now
   * @throws LedgerConflictError where another version is there
   * @throws LedgerAccessError where it cannot be written
   */
  write(ledger: Ledger, over: StoredLedger['version']): Promise<string>
}

/** Somebody else has written the ledger since it was read: read it again, and publish by what it says. */
export class LedgerConflictError extends BroadsheetError {
  override readonly name = 'LedgerConflictError'
  constructor() {
    super('The ledger was written by another program meanwhile.')
  }
}

/** The ledger cannot be read or written just now (a full disk, permissions): nothing is published that it could not record. */
export class LedgerAccessError extends BroadsheetError {
  override readonly name = 'LedgerAccessError'
  readonly operation: 'read' | 'write'
  /** The system's own: `ENOSPC`. */
  readonly code: string
  /** The ids that would have been new in it. */
  readonly unrecorded: readonly string[]

  constructor(operation: 'read' | 'write', cause: unknown, unrecorded: readonly string[] = []) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause)
    super(`The ledger can't be ${operation === 'read' ? 'read' : 'written'} (${code}).`, { cause })
    this.operation = operation
    this.code = code
    this.unrecorded = unrecorded
  }
}
