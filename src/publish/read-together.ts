import type { SourceFile } from '../model/source.ts'
import { type FileReading, type ReadOneByOne, withFallback } from './file-reading.ts'
import type { ParseWorkers } from './parse-workers.ts'

/** Files read at once: enough to keep a disk busy while another is parsed, few enough to hold little in memory. */
const filesAtOnce = 64
const bytesAtOnce = 1_000_000

/**
 * Has files read by this program and by those who help, as long as there are any: whoever is quicker reads more of them.
 * @param keep what to go on with in place of each reading; called as soon as it is made
 * @param onRead told how many are read
 */
export async function readTogether(
  pending: readonly SourceFile[],
  readHere: ReadOneByOne,
  workers: ParseWorkers | undefined,
  keep: (reading: FileReading) => FileReading,
  onRead: (count: number) => void,
): Promise<FileReading[]> {
  const readings: FileReading[] = []
  let next = 0

  function takeSome(): SourceFile[] {
    const some: SourceFile[] = []
    for (let bytes = 0; some.length < filesAtOnce && bytes < bytesAtOnce; next++) {
      const file = pending[next]
      if (!file) break
      some.push(file)
      bytes += file.size
    }
    return some
  }
  async function work(reader: ReadOneByOne): Promise<void> {
    while (next < pending.length) {
      for await (const reading of reader(takeSome())) readings.push(keep(reading))
      onRead(readings.length)
    }
  }

  const others = (workers?.readers ?? []).map(reader => withFallback(reader, readHere))
  const here = workers?.apart && others.length > 0 ? [] : [readHere]
  // Others twice: while one answer is on its way, they read the next.
  await Promise.all([...others, ...others, ...here].map(work))
  return readings
}
