import type { Diagnostic } from './diagnostic.ts'

/** The keys and values in front of an article, as they are written there. */
export interface FrontMatter {
  kind: 'yaml' | 'toml' | 'json' | 'headers'
  /** Strings, numbers, booleans, null, lists and plain objects. Dates are strings, as written. */
  values: Record<string, unknown>
  /** 1-based lines in the file of the top-level keys. */
  lines: Record<string, number>
  diagnostics: Diagnostic[]
  /** The file it stands in, for the places of values; absent where it stands in none. */
  file?: string
}
