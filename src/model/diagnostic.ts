import { type DiagnosticCode, diagnosticCodes } from './diagnostic-codes.ts'

/** `error`: something is missing from the publication. `warning`: it is published, but look at it. `info`: good to know. */
export type Severity = 'error' | 'warning' | 'info'

/**
 * One thing worth telling the publisher about one file. The code is a permanent name (`model/diagnostic-codes.ts` lists
 * them all); the message says what was found and what was expected, the hint what to do about it.
 */
export interface Diagnostic {
  code: DiagnosticCode
  severity: Severity
  /** Path inside the publication's folder, with `/` between its parts. */
  path: string
  /** 1-based; null where the finding concerns the whole file. */
  line: number | null
  /** 1-based, counted in UTF-16 code units as editors do; null where unknown. */
  column: number | null
  message: string
  hint: string
}

/** Where a diagnostic points: a path alone, or a place in the file. */
export interface Place {
  path: string
  line?: number | null
  column?: number | null
}

/** A diagnostic of a known code: severity and default hint come from the table. */
export function diagnose(code: DiagnosticCode, place: Place, message: string, hint?: string): Diagnostic {
  const [severity, defaultHint] = diagnosticCodes[code]
  return {
    code,
    severity,
    path: place.path,
    line: place.line ?? null,
    column: place.column ?? null,
    message,
    hint: hint ?? defaultHint,
  }
}
