import { availableParallelism } from 'node:os'
import { extname } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { SourceFile } from '../../model/source.ts'
import type { FileReading } from '../../publish/file-reading.ts'
import type { ReadFiles, ReadingTask, StartParseWorkers } from '../../publish/parse-workers.ts'

/** What a thread is told when it starts. */
export interface ThreadTask {
  folder: string
  task: ReadingTask
}

/** Bytes. A thread takes half a second to load the parsers and to become quick: less than this is read sooner alone. */
const minBytesForThreads = 4_000_000

/** Whoever collects what they read is busy by then with that alone; and each thread takes 50 MB. */
const maxThreads = 2

/** Beside this file, built or not. */
const threadFile = new URL(`./parse-thread${extname(import.meta.url)}`, import.meta.url)

/**
 * Threads that read files of a folder, one for each core but the one that this program runs on. Where none can be
 * started, or one fails, nothing is lost: what it was asked for is read here.
 * @param threads how many. Default: as many as pay, for so much
 */
export function readingThreads(folder: string, threads?: number): StartParseWorkers {
  return (taskOf, bytes) => {
    const count =
      threads ?? (bytes < minBytesForThreads ? 0 : Math.min(availableParallelism() - 1, maxThreads))
    const started: Thread[] = []
    try {
      const task = count > 0 ? taskOf() : null
      while (task && started.length < count) started.push(startThread({ folder, task }))
    } catch {
      // Whoever runs this program may forbid it threads.
    }
    return {
      readers: started.map(({ read }) => read),
      end() {
        for (const { end } of started) end()
      },
    }
  }
}

interface Thread {
  read: ReadFiles
  end(): void
}

function startThread(workerData: ThreadTask): Thread {
  const waiting: PromiseWithResolvers<FileReading[]>[] = []
  let failure: unknown = null
  const fail = (error: unknown) => {
    failure ??= error
    for (const { reject } of waiting.splice(0)) reject(error)
  }
  const worker = new Worker(threadFile, { workerData })
  worker.on('message', (readings: string) => waiting.shift()?.resolve(JSON.parse(readings)))
  worker.on('error', fail)
  worker.on('exit', () => fail(new Error('the thread has ended')))
  return {
    read(files: SourceFile[]) {
      const answer = Promise.withResolvers<FileReading[]>()
      if (failure !== null) answer.reject(failure)
      else {
        waiting.push(answer)
        worker.postMessage(files)
      }
      return answer.promise
    },
    end: () => void worker.terminate(),
  }
}
