import type { Author, Field } from '../model/article.ts'
import { type Diagnostic, diagnose, type Place } from '../model/diagnostic.ts'
import {
  cleanLine,
  cleanLines,
  type HygieneFinding,
  type Hygienic,
  removeForbidden,
} from '../text/hygiene.ts'

/** Passes every field of one article through the hygiene gate, and says what the gate did. */
export class FieldCleaner {
  private readonly path: string
  private readonly diagnostics: Diagnostic[]

  constructor(path: string, diagnostics: Diagnostic[]) {
    this.path = path
    this.diagnostics = diagnostics
  }

  /** A field of one line; undefined where nothing is left of it. */
  line(field: Field<string> | undefined, name: string): Field<string> | undefined {
    return field && this.cleaned(field, cleanLine(field.value), name)
  }

  /** A text of several lines. */
  lines(field: Field<string> | undefined, name: string): Field<string> | undefined {
    return field && this.cleaned(field, cleanLines(field.value.trim()), name)
  }

  /** Each entry once, blank ones left out. */
  list(field: Field<string[]> | undefined, name: string): Field<string[]> | undefined {
    const values = field?.value.map(value => this.text(value, name, field.line)).filter(Boolean)
    return field && values!.length > 0 ? { ...field, value: [...new Set(values)] } : undefined
  }

  authors(field: Field<Author[]> | undefined): Field<Author[]> | undefined {
    if (!field) return undefined
    const text = (value: string | null) =>
      value === null ? null : this.text(value, 'author', field.line) || null
    const value = field.value.flatMap(({ name, url, email, role }) => {
      const cleanName = text(name)
      return cleanName ? [{ name: cleanName, url: text(url), email: text(email), role: text(role) }] : []
    })
    return value.length > 0 ? { ...field, value } : undefined
  }

  /** Keys we know nothing of, their strings made fit for any document. */
  extra(values: Record<string, unknown>): Record<string, unknown> {
    return cleanDeeply(values) as Record<string, unknown>
  }

  private text(value: string, name: string, line: number | null): string {
    const { text, findings } = cleanLine(value)
    this.report(findings, name, line)
    return text
  }

  private cleaned(
    field: Field<string>,
    { text, findings }: Hygienic,
    name: string,
  ): Field<string> | undefined {
    this.report(findings, name, field.line)
    return text === '' ? undefined : text === field.value ? field : { ...field, value: text }
  }

  private report(findings: HygieneFinding[], name: string, line: number | null) {
    for (const finding of findings)
      this.diagnostics.push(hygieneDiagnostic(finding, `the ${name}`, { path: this.path, line }))
  }
}

/** What the gate did, in words. */
export function hygieneDiagnostic(
  { kind, characters, count }: HygieneFinding,
  where: string,
  place: Place,
): Diagnostic {
  const listed = characters.slice(0, 5).join(', ')
  return kind === 'bidi'
    ? diagnose(
        'bidi-unbalanced',
        place,
        `A direction control in ${where} is never closed; ${listed} was added.`,
      )
    : diagnose(
        'character-forbidden',
        place,
        `${count === 1 ? 'A character' : `${count} characters`} in ${where} can't stand in XML (${listed}): white space became a space, the rest was removed.`,
      )
}

function cleanDeeply(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return removeForbidden(value).text
  if (value === null || typeof value !== 'object') return value
  if (depth > 20) return null
  if (Array.isArray(value)) return value.map(entry => cleanDeeply(entry, depth + 1))
  return Object.fromEntries(
    Object.entries(value).map(([key, entry]) => [removeForbidden(key).text, cleanDeeply(entry, depth + 1)]),
  )
}
