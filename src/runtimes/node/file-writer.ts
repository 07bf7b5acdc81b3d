import { availableParallelism } from 'node:os'
import { extname } from 'node:path'
import { Worker } from 'node:worker_threads'
import { itemAt } from '../../text/item-at.ts'
import { type FileOutcome, replaceFile } from './replace-file.ts'

/** Puts many files in their places, one after the other. */
export interface FileWriter {
  /**
   * Takes a file when there is room for it. Its outcome is told some time later, in the order of the files.
   * @param path absolute
   */
  put(path: string, contents: string | Uint8Array, tell: Tell): Promise<void>
  /** When every outcome was told. */
  finish(): Promise<void>
  /** Lets go of what was not written. */
  end(): void
}

type Tell = (outcome: FileOutcome) => void

/** Files whose bytes lie one after the other in memory that two threads share. */
export interface WritingTask {
  memory: Uint8Array<SharedArrayBuffer>
  files: { path: string; start: number; end: number }[]
}

/** So many files are written here: for fewer no thread is worth its start. */
const writtenHere = availableParallelism() > 1 ? 200 : Number.POSITIVE_INFINITY

/** Room for files on their way: bytes each, and how many of them, so that neither thread waits for the other. */
const roomSize = 1_000_000
const rooms = 8

const threadFile = new URL(`./file-writer-thread${extname(import.meta.url)}`, import.meta.url)

/**
 * Of many texts all but the first are written by a thread, while whoever makes them makes the next. Where no thread can
 * be had, or it ends, all is written here.
 * @param first how many are written here before a thread is worth its start
 * @param program what the thread runs
 */
export function createFileWriter(first = writtenHere, program: URL = threadFile): FileWriter {
  let left = first
  let thread: WritingThread | null = null

  return {
    async put(path, contents, tell) {
      if (left-- > 0) return tell(replaceFile(path, contents))
      thread ??= startThread(program)
      if (typeof contents === 'string' && (await thread.take(path, contents, tell))) return
      // Large ones, and media: nothing else is being written meanwhile.
      await thread.rest()
      tell(replaceFile(path, contents))
    },
    finish: async () => thread?.rest(),
    end: () => thread?.end(),
  }
}

interface WritingThread {
  /** False where a text is too long for it. */
  take(path: string, text: string, tell: Tell): Promise<boolean>
  /** When all that was taken is written. */
  rest(): Promise<void>
  end(): void
}

interface Room extends WritingTask {
  /** Of each file. */
  tell: Tell[]
}

function startThread(program: URL): WritingThread {
  const free = Array.from({ length: rooms }, (): Room => emptyRoom(new SharedArrayBuffer(roomSize)))
  const sent: Room[] = []
  const encoder = new TextEncoder()
  let worker: Worker | null = null
  let wake = () => {}

  function done(room: Room, outcomes: FileOutcome[]): void {
    for (const [at, outcome] of outcomes.entries()) itemAt(room.tell, at)(outcome)
    free.push(emptyRoom(room.memory.buffer))
    wake()
  }
  function fail(): void {
    worker = null
    for (const room of sent.splice(0)) done(room, writeTask(room))
  }
  try {
    worker = new Worker(program)
    worker.on('message', (outcomes: FileOutcome[]) => {
      const room = sent.shift()
      if (room) done(room, outcomes)
    })
    worker.on('error', fail)
    worker.on('exit', fail)
  } catch {
    // Whoever runs this program may forbid it threads.
  }

  function send(): void {
    const room = free.shift()
    if (!room) return
    const { memory, files } = room
    if (worker) {
      sent.push(room)
      worker.postMessage({ memory, files } satisfies WritingTask)
    } else done(room, writeTask(room))
  }
  async function until(enough: () => boolean): Promise<void> {
    while (!enough())
      await new Promise<void>(resolve => {
        wake = resolve
      })
  }
  /** Whether a text found room behind the files that are there. */
  function fits({ memory, files, tell }: Room, path: string, text: string, tellIt: Tell): boolean {
    const start = files.at(-1)?.end ?? 0
    // No unit is less than a byte.
    if (text.length > memory.length - start) return false
    const { read, written } = encoder.encodeInto(text, memory.subarray(start))
    if (read < text.length) return false
    files.push({ path, start, end: start + written })
    tell.push(tellIt)
    return true
  }

  async function freeRoom(): Promise<Room> {
    await until(() => free.length > 0)
    return itemAt(free, 0)
  }

  return {
    async take(path, text, tell) {
      const room = await freeRoom()
      if (fits(room, path, text, tell)) return true
      if (room.files.length === 0) return false
      send()
      return fits(await freeRoom(), path, text, tell)
    },
    async rest() {
      if (free[0] && free[0].files.length > 0) send()
      await until(() => sent.length === 0)
    },
    end() {
      sent.length = 0
      void worker?.terminate()
    },
  }
}

function emptyRoom(memory: SharedArrayBuffer): Room {
  return { memory: new Uint8Array(memory), files: [], tell: [] }
}

/** Writes each file; see `replaceFile`. */
export function writeTask({ memory, files }: WritingTask): FileOutcome[] {
  return files.map(({ path, start, end }) => replaceFile(path, memory.subarray(start, end)))
}
