import { availableParallelism } from 'node:os'
import { extname } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { PresetName, PresetReading } from '../../model/preset.ts'
import type { FileReading } from '../../publish/file-reading.ts'
import type { ParseWorkers, ReadingTask, StartParseWorkers } from '../../publish/parse-workers.ts'
import type { ThreadRequest } from './parse-thread.ts'

/** Bytes. A thread takes half a second to load the parsers and to become quick: less than this is read sooner alone. */
const minBytesForThreads = 4_000_000

/** Whoever collects what they read is busy by then with that alone; and each thread takes 50 MB. */
const maxThreads = 2

/** V8 would let what is new in each thread grow to four times that before it looks for garbage: 60 MB more for no time less. */
const maxYoungGenerationSizeMb = 12

/** Beside this file, built or not. */
const threadFile = new URL(`./parse-thread${extname(import.meta.url)}`, import.meta.url)

/**
 * Threads that read files of a folder, one for each core but the one that this program runs on. Where none can be
 * started, or one fails, nothing is lost: what it was asked for is read here.
 * @param threads how many; without it as many as pay, for so much
 */
export function readingThreads(folder: string, threads?: number): StartParseWorkers {
  return (taskOf, bytes) => {
    const count =
      threads ?? (bytes < minBytesForThreads ? 0 : Math.min(availableParallelism() - 1, maxThreads))
    const started: Thread[] = []
    try {
      const task = count > 0 ? taskOf() : null
      while (task && started.length < count) {
        const thread = startThread(folder)
        thread.tell(task)
        started.push(thread)
      }
    } catch {
      // Whoever runs this program may forbid it threads.
    }
    return {
      readers: started.map(
        ({ ask }) =>
          files =>
            ask<FileReading[]>({ files }),
      ),
      end() {
        for (const { end } of started) end()
      },
    }
  }
}

/** A thread that stays: it parses for a program that gives answers meanwhile. */
export interface KeptThread {
  startWorkers: StartParseWorkers
  /** As `recognisePreset`. Rejects where there is no thread. */
  recognise(chosen: { name: PresetName; from: string } | null): Promise<PresetReading>
}

/**
 * Whatever is read of a folder is read apart from this thread, but for the first time, when nobody is given answers yet. One that ends is
 * started anew when it is needed.
 */
export function keptThread(folder: string): KeptThread {
  const first = readingThreads(folder)
  let isFirst = true
  let kept: Thread | null = null
  /** What a thread was told last: that of a large folder takes longer to hand over than an article to read. */
  let told: { thread: Thread; task: ReadingTask } | null = null
  const thread = (): Thread => {
    if (kept === null || kept.hasEnded()) {
      kept = startThread(folder)
      // It must not keep the program running.
      kept.unref()
    }
    return kept
  }

  function apart(taskOf: () => ReadingTask): ParseWorkers {
    const ask = async <Answer>(request: ThreadRequest): Promise<Answer> => {
      const [asked, task] = [thread(), taskOf()]
      if (told?.thread !== asked || told.task !== task) asked.tell(task)
      told = { thread: asked, task }
      return asked.ask<Answer>(request)
    }
    return {
      readers: [files => ask<FileReading[]>({ files })],
      apart: true,
      readExport: (file, kind) => ask<FileReading[]>({ file, kind }),
      end() {},
    }
  }

  return {
    startWorkers(taskOf, bytes) {
      if (!isFirst) return apart(taskOf)
      isFirst = false
      const workers = first(taskOf, bytes)
      return {
        ...workers,
        end() {
          workers.end()
          // The first edit finds it ready.
          try {
            thread()
          } catch {
            // Then it is read here.
          }
        },
      }
    },
    recognise: async chosen => thread().ask<PresetReading>({ chosen }),
  }
}

interface Thread {
  tell(task: ReadingTask): void
  ask<Answer>(request: ThreadRequest): Promise<Answer>
  hasEnded(): boolean
  unref(): void
  end(): void
}

function startThread(folder: string): Thread {
  const waiting: PromiseWithResolvers<unknown>[] = []
  let failure: unknown = null
  const fail = (error: unknown) => {
    failure ??= error
    for (const { reject } of waiting.splice(0)) reject(error)
  }
  const worker = new Worker(threadFile, {
    workerData: { folder },
    resourceLimits: { maxYoungGenerationSizeMb },
  })
  worker.on('message', answer => waiting.shift()?.resolve(answer))
  worker.on('error', fail)
  worker.on('exit', () => fail(new Error('the thread has ended')))
  const post = (request: ThreadRequest) => worker.postMessage(request)
  return {
    tell: task => post({ task }),
    ask<Answer>(request: ThreadRequest) {
      const answer = Promise.withResolvers<Answer>()
      if (failure !== null) answer.reject(failure)
      else {
        waiting.push(answer as PromiseWithResolvers<unknown>)
        post(request)
      }
      return answer.promise
    },
    hasEnded: () => failure !== null,
    unref: () => worker.unref(),
    end: () => void worker.terminate(),
  }
}
