import type { ParsedArticle } from '../model/article.ts'
import { type LearntBoilerplate, nothingLearnt } from '../page-text/learn-boilerplate.ts'
import type { FileReading } from './file-reading.ts'

/**
 * What was read, kept between runs. It is a convenience only, and decides nothing: one that is missing, damaged, locked,
 * full or used by others at the same time is as good as empty, and costs time.
 */
export interface ReadingCache {
  /**
   * What was kept under the same settings and the same program.
   * @param readAgain reads an article from its file; null where that says something else by now
   */
  open(settings: string, readAgain: ReadAgain): ReadingMemory
  /** The generation that was published last, as far as is known. */
  generation(): number | null
  keepGeneration(generation: number): void
}

/** @param content the fingerprint of everything that the article said */
export type ReadAgain = (path: string, content: string) => ParsedArticle | null

/** Never throws. */
export interface ReadingMemory {
  /** All that was kept. Asked for once, before anything is kept. */
  readings(): Iterable<FileReading>
  /** What page text had in common then. */
  learnt(): LearntBoilerplate
  /** The reading to go on with: most of what its article says may lie elsewhere, to be read from there when it is asked for. */
  keep(reading: FileReading): FileReading
  /** What was found in one look: these were read, those are there no more. */
  commit(
    read: ReadonlyMap<string, FileReading>,
    removed: ReadonlySet<string>,
    learnt: LearntBoilerplate,
  ): void
}

const nothingKept: ReadingMemory = {
  readings: () => [],
  learnt: () => nothingLearnt,
  keep: reading => reading,
  commit: () => {},
}

/** Keeps everything where it is, for as long as this process lives. */
export const noReadingCache: ReadingCache = {
  open: () => nothingKept,
  generation: () => null,
  keepGeneration: () => {},
}
