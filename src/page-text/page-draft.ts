import type { Field } from '../model/article.ts'
import { type Diagnostic, diagnose, type Place } from '../model/diagnostic.ts'
import type { Reading } from '../model/reading.ts'
import type { LineRole } from './line-roles.ts'
import type { LineSignals } from './line-signals.ts'
import type { Outline } from './page-outline.ts'

/** A page on its way from lines to a reading. */
export interface Draft {
  path: string
  lines: LineSignals[]
  outline: Outline
  /** What fields have claimed so far. */
  roles: (LineRole | null)[]
  /** What spoke for a line as a field's, by its index. */
  evidence: Map<number, string>
  reading: Reading
}

/** What a line says, as a field. `confidence` from 0 to 1 is kept to the hundredth. */
export function fieldOf<T>(value: T, line: LineSignals, confidence: number): Field<T> {
  return { value, from: 'text', confidence: Math.round(confidence * 100) / 100, line: line.line }
}

/** Adds a diagnostic at a line, or at the file where there is none. */
export function tell(
  draft: Draft,
  code: Diagnostic['code'],
  line: LineSignals | null,
  message: string,
): void {
  const place: Place = { path: draft.path, line: line?.line ?? null }
  draft.reading.diagnostics.push(diagnose(code, place, message))
}

/** Gives a line, or the pieces `held` of it, to a field: the rest of the line is listed as dropped. */
export function claim(draft: Draft, line: LineSignals, role: LineRole['role'], held: string[]): void {
  const before = draft.roles[line.index]
  draft.roles[line.index] = before
    ? { ...before, held: [...before.held, held] }
    : { role, reason: `around the ${role}`, held: [held] }
}
