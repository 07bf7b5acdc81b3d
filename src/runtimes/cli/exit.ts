import { BroadsheetError } from '../../model/errors.ts'
/** What the program's exit code tells a script. */
export const exitCodes = { ok: 0, findings: 1, usage: 2, startUp: 3, interrupted: 130 } as const

/** Why a server that runs can't publish just now. */
export const failureReasons = [
  'ledger-unreadable',
  'ledger-unwritable',
  'ledger-damaged',
  'ledger-contested',
  'mass-change',
  'clock',
  'articles-unreadable',
  'folder-unreadable',
  'settings',
  'store',
  'other',
] as const
export type FailureReason = (typeof failureReasons)[number]

/** Ends a command with one plain line for whoever typed it: our own error, no stack trace. */
export class CommandFailure extends BroadsheetError {
  override readonly name = 'CommandFailure'
  readonly exitCode: number
  /** What to do about it; shown below the message. */
  readonly hint: string | null
  /** Findings that led to it; shown above the message. */
  readonly report: string | null
  /** The same findings for programs. */
  readonly findings: object[]
  /** What a server's log and metrics call it; null: nothing in particular. */
  readonly reason: FailureReason | null

  constructor(
    exitCode: number,
    message: string,
    more: { hint?: string; report?: string; findings?: object[]; reason?: FailureReason } = {},
  ) {
    super(message)
    this.exitCode = exitCode
    this.hint = more.hint ?? null
    this.report = more.report ?? null
    this.findings = more.findings ?? []
    this.reason = more.reason ?? null
  }
}
