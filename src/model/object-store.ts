import { BroadsheetError, isErrorNamed } from './errors.ts'
import type { ByteRange } from './snapshot.ts'

/**
 * Where objects rest under keys: a folder, a bucket of S3's kind, R2, memory. Objects are immutable: what is written under a key once is
 * never written there with other bytes. So that two publishers can't both win, `create` is the one call that all else stands on.
 */
export interface ObjectStore {
  /** Shown to people; no credentials. */
  name: string
  /** The object, or that part of it; null where there is none. Rejects with `ObjectStoreError` where the store does not answer. */
  get(key: string, range?: ByteRange): Promise<Uint8Array | null>
  /** Writes an object whose key tells its bytes: writing it twice is writing it once. */
  put(key: string, bytes: Uint8Array): Promise<void>
  /**
   * Writes an object only where there is none under the key. `exists`: there is one, which is as it was; `unknown`: the store's answer does
   * not tell (a time-out, a server's error): read the key to see.
   */
  create(key: string, bytes: Uint8Array): Promise<'created' | 'exists' | 'unknown'>
  /** Keys with a prefix in ascending order of their bytes. */
  list(prefix: string, options?: ListOptions): Promise<ListedObject[]>
  delete(key: string): Promise<void>
}

export interface ListOptions {
  /** Keys behind this one only. */
  after?: string
  /** At most so many. @default all */
  limit?: number
}

export interface ListedObject {
  key: string
  /** Bytes. */
  size: number
  /** Epoch milliseconds, by the store's clock. */
  modified: number
}

/** A store that does not answer, or refuses. It may be asked again. */
export class ObjectStoreError extends BroadsheetError {
  override readonly name = 'ObjectStoreError'
  /** The status of its answer; null where there was none. */
  readonly status: number | null
  constructor(message: string, status: number | null, options?: ErrorOptions) {
    super(message, options)
    this.status = status
  }
}

/** True also for an error of another copy of this module. */
function isObjectStoreError(error: unknown): error is ObjectStoreError {
  return isErrorNamed<ObjectStoreError>(error, 'ObjectStoreError')
}

/** An object whose bytes are not those that its name tells, or that is not there. */
export class DamagedObjectError extends BroadsheetError {
  override readonly name = 'DamagedObjectError'
  readonly key: string
  constructor(key: string, what: 'missing' | 'damaged') {
    super(
      `The object ${key} is ${what === 'missing' ? 'not in the store' : 'not what its name tells: it was damaged, or is somebody else’s'}.`,
    )
    this.key = key
  }
}

/** Whether a store is to blame: it does not answer, or what it has is not what it should be. It may be well again in a moment. */
export function isStoreTrouble(error: unknown): boolean {
  return isObjectStoreError(error) || isErrorNamed<DamagedObjectError>(error, 'DamagedObjectError')
}
