import { parentPort, workerData } from 'node:worker_threads'
import { isOutgoingFailure } from '../../model/outgoing.ts'
import { askBriefly } from './brief-request.ts'
import { createOutgoing } from './outgoing.ts'
import type { SentRequest, ThreadAnswer, ThreadOptions, ThreadTask } from './outgoing-in-thread.ts'

/* The thread of outgoing-in-thread.ts: asks, and gives answers back, as many in one message as came in one turn. */

const ask = createOutgoing({ ...(workerData as ThreadOptions), askBriefly })
const bodies = new Map<number, Uint8Array>()
let answers: ThreadAnswer[] = []

function give(answer: ThreadAnswer): void {
  if (answers.length === 0)
    setImmediate(() => {
      parentPort?.postMessage(answers)
      answers = []
    })
  answers.push(answer)
}

function begin({ id, url, body, ...request }: SentRequest): void {
  const bytes = typeof body === 'number' ? bodies.get(body) : body
  ask(url, { ...request, ...(bytes !== undefined && { body: bytes }) }).then(
    answer => give({ id, answer }),
    (error: unknown) =>
      give({
        id,
        failure: isOutgoingFailure(error)
          ? { reason: error.reason, message: error.message }
          : { reason: 'failed', message: String(error) },
      }),
  )
}

parentPort?.on('message', ({ requests, added, forgotten }: ThreadTask) => {
  for (const [key, bytes] of added) bodies.set(key, bytes)
  for (const request of requests) begin(request)
  for (const key of forgotten) bodies.delete(key)
})
