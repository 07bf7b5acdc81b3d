const mark = Symbol.for('broadsheet.error')

/**
 * The family of all that Broadsheet itself throws: `name` is fixed and tells which it is, facts are fields, the message is a sentence for
 * people. Whatever else is thrown is a fault of this program's or of the platform's.
 */
export abstract class BroadsheetError extends Error {
  abstract override readonly name: string
  get [mark](): true {
    return true
  }
}

/** True also for an error of another copy of this module. */
export const isBroadsheetError = (error: unknown): error is BroadsheetError =>
  error instanceof Error && mark in error

/** The same for one of the family, by its name. */
export const isErrorNamed = <Named extends BroadsheetError>(
  error: unknown,
  name: Named['name'],
): error is Named => isBroadsheetError(error) && error.name === name
