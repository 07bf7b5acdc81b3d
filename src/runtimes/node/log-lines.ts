import { write } from 'node:fs'
import { safeJson } from '../../text/escape.ts'

/** One object as one line of JSON, in ASCII where it matters. */
export function logLine(entry: Record<string, unknown>): string {
  return `${safeJson(entry)}\n`
}

export interface LineSink {
  write(line: string): void
  /** Resolves when everything is written. */
  flush(): Promise<void>
}

/** Characters that may wait for a reader of the log who is slow; what comes after is counted and left out. */
const maxQueuedBytes = 1024 * 1024

/**
 * Lines to a file descriptor without waiting for it: they are gathered while the lines before them are written. A log that nobody
 * reads costs a bounded amount of memory, never an answer.
 */
export function createLineSink(descriptor: number, writeTo: typeof write = write): LineSink {
  let waiting: string[] = []
  let length = 0
  let left = 0
  let writing: Promise<void> | null = null

  async function drain(): Promise<void> {
    // A turn later, so that the lines of one turn go together.
    await new Promise(resolve => setImmediate(resolve))
    while (waiting.length > 0) {
      if (left > 0) {
        waiting.push(
          logLine({ time: new Date().toISOString(), level: 'warning', event: 'log-lines-lost', lines: left }),
        )
        left = 0
      }
      const bytes = Buffer.from(waiting.join(''))
      waiting = []
      length = 0
      await writeAll(bytes)
    }
    writing = null
  }

  async function writeAll(bytes: Buffer): Promise<void> {
    for (let start = 0; start < bytes.length; ) {
      const { error, written } = await new Promise<{ error: NodeJS.ErrnoException | null; written: number }>(
        resolve =>
          writeTo(descriptor, bytes, start, bytes.length - start, null, (error, written) =>
            resolve({ error, written }),
          ),
      )
      // A pipe that is full for now. Any other error means that there is nobody to write to.
      if (error?.code === 'EAGAIN') await new Promise(resolve => setTimeout(resolve, 20))
      else if (error) return
      else start += written
    }
  }

  return {
    write(line) {
      if (length + line.length > maxQueuedBytes) {
        left++
        return
      }
      waiting.push(line)
      length += line.length
      writing ??= drain()
    },
    flush: async () => {
      while (writing) await writing
    },
  }
}
