import * as v from 'valibot'

/**
 * One setting of `broadsheet.toml`: what it must be, and everything that documentation, editors and error messages say
 * about it. The table is the only place that knows.
 */
export interface Setting {
  /** Checks and settles one value. Standard valibot actions only, so that a JSON Schema can be made from it. */
  schema: v.GenericSchema
  /** Completes the sentence "`key` must be …". */
  expected: string
  /** What holds without the setting; null: nothing. */
  default: unknown
  meaning: string
  /** Lines of TOML. */
  example: string
  /** The valid values, where they can be listed: one that is nearly right is suggested. */
  names?: () => readonly string[]
}

/** The values of a table's settings that are given and valid. */
export type Given<Table extends Record<string, Setting>> = {
  [key in keyof Table]?: v.InferOutput<Table[key]['schema']>
}

export const text = v.pipe(v.string(), v.trim(), v.nonEmpty())
export const integerBetween = (min: number, max: number) =>
  v.pipe(v.number(), v.integer(), v.minValue(min), v.maxValue(max))
