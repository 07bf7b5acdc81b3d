import { createParseMemory, type ParseMemory } from './read-articles.ts'

/**
 * What was parsed, kept between runs. It is a convenience only: one that is missing, damaged, locked or unwritable is as
 * good as empty.
 */
export interface ReadingCache {
  /** What was kept under the same settings and the same program; else an empty memory. */
  load(settings: string): ParseMemory
  /** Keeps what is new in a memory, and forgets what it no longer has. */
  save(settings: string, memory: ParseMemory): void
}

export const noReadingCache: ReadingCache = { load: createParseMemory, save: () => {} }
