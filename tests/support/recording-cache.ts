import { type LearntBoilerplate, nothingLearnt } from '../../src/page-text/learn-boilerplate.ts'
import type { FileReading } from '../../src/publish/file-reading.ts'
import { noReadingCache, type ReadingCache } from '../../src/publish/reading-cache.ts'

/** A cache (one that keeps nothing, if none is given) that shows what it was given to keep. */
export function recordingCache(inner: ReadingCache = noReadingCache) {
  let learnt: LearntBoilerplate = nothingLearnt
  const readings = new Map<string, FileReading>()
  const cache: ReadingCache = {
    ...inner,
    open(...given) {
      const memory = inner.open(...given)
      learnt = memory.learnt()
      return {
        ...memory,
        commit(read, removed, now) {
          for (const [path, reading] of read) readings.set(path, reading)
          for (const path of removed) readings.delete(path)
          learnt = now
          memory.commit(read, removed, now)
        },
      }
    },
  }
  return { cache, readings, learnt: () => learnt }
}
