/** What the program's exit code tells a script. */
export const exitCodes = { ok: 0, findings: 1, usage: 2, startUp: 3, interrupted: 130 } as const

/** Ends a command with one plain line for whoever typed it: our own error, no stack trace. */
export class CommandFailure extends Error {
  override readonly name = 'CommandFailure'
  readonly exitCode: number
  /** What to do about it; shown below the message. */
  readonly hint: string | null
  /** Findings that led to it; shown above the message. */
  readonly report: string | null
  /** The same findings for programs. */
  readonly findings: object[]

  constructor(
    exitCode: number,
    message: string,
    more: { hint?: string; report?: string; findings?: object[] } = {},
  ) {
    super(message)
    this.exitCode = exitCode
    this.hint = more.hint ?? null
    this.report = more.report ?? null
    this.findings = more.findings ?? []
  }
}
