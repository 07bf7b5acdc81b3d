import { extname } from 'node:path'
import { Worker } from 'node:worker_threads'
import { type Ask, type OutgoingAnswer, OutgoingFailure, type OutgoingRequest } from '../../model/outgoing.ts'
import type { OutgoingOptions } from './outgoing.ts'

/** What can be said to a thread. */
export type ThreadOptions = Pick<OutgoingOptions, 'privateHosts'>

/** A request on its way; a body of bytes is named by a number, for many requests have the same. */
export interface SentRequest extends Omit<OutgoingRequest, 'body'> {
  id: number
  url: string
  body?: string | number
}

export interface ThreadTask {
  requests: SentRequest[]
  added: [key: number, bytes: Uint8Array][]
  forgotten: number[]
}

export interface ThreadAnswer {
  id: number
  answer?: OutgoingAnswer
  failure?: { reason: OutgoingFailure['reason']; message: string }
}

interface Waiting {
  resolve(answer: OutgoingAnswer): void
  reject(error: OutgoingFailure): void
}

/** Bodies that the thread keeps for requests to come. */
const keptBodies = 16
/** A thread that has nothing but requests under way needs little; without limits its heap grows before anything is collected. */
const resourceLimits = { maxYoungGenerationSizeMb: 16, maxOldGenerationSizeMb: 128 }
const threadFile = new URL(`./outgoing-thread${extname(import.meta.url)}`, import.meta.url)

/**
 * The same way out in a thread of its own: thousands of requests do not delay what the main thread has to answer. A thread that ends is begun anew with the next request; what was under way failed.
 */
export function createThreadedOutgoing(
  options: ThreadOptions,
  program: URL = threadFile,
): { ask: Ask; stop(): Promise<void> } {
  const waiting = new Map<number, Waiting>()
  const bodies = createKeptBodies()
  let thread: Worker | null = start()
  let task: ThreadTask = { requests: [], added: [], forgotten: [] }
  let lastId = 0

  function ended(): void {
    thread = null
    bodies.clear()
    for (const { reject } of waiting.values())
      reject(new OutgoingFailure('failed', 'the thread that asks has ended'))
    waiting.clear()
  }

  function start(): Worker {
    const started = new Worker(program, { workerData: options, resourceLimits })
    started.on('message', (answers: ThreadAnswer[]) => {
      for (const { id, answer, failure } of answers) {
        const { resolve, reject } = waiting.get(id) ?? {}
        waiting.delete(id)
        if (answer) resolve?.(answer)
        else if (failure) reject?.(new OutgoingFailure(failure.reason, failure.message))
      }
    })
    const end = () => thread === started && ended()
    started.on('error', end).on('exit', end)
    // It ends with the process.
    started.unref()
    return started
  }

  function post(): void {
    thread ??= start()
    thread.postMessage(task)
    task = { requests: [], added: [], forgotten: [] }
  }

  return {
    ask(url, { body, ...request } = {}) {
      return new Promise((resolve, reject) => {
        const id = ++lastId
        waiting.set(id, { resolve, reject })
        if (task.requests.length === 0) setImmediate(post)
        const named = body instanceof Uint8Array ? bodies.nameOf(body, task) : body
        task.requests.push({ id, url, ...request, ...(named !== undefined && { body: named }) })
      })
    },
    async stop() {
      await thread?.terminate()
    },
  }
}

/** Bytes by number: those of a feed go over once, however many are sent them. */
function createKeptBodies() {
  const keys = new Map<Uint8Array, number>()
  let last = 0
  return {
    nameOf(bytes: Uint8Array, task: ThreadTask): number {
      const known = keys.get(bytes)
      if (known !== undefined) return known
      const key = ++last
      keys.set(bytes, key)
      task.added.push([key, bytes])
      for (const [oldest, oldKey] of keys) {
        if (keys.size <= keptBodies) break
        keys.delete(oldest)
        task.forgotten.push(oldKey)
      }
      return key
    },
    clear: () => keys.clear(),
  }
}
