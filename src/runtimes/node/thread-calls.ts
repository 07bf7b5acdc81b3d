import type { MessagePort, Worker } from 'node:worker_threads'

/** Calls to another thread. Arguments and results are copied on the way (structured clone); a call rejects with what went wrong there. */
export type ThreadCalls<There> = {
  [Name in keyof There]: There[Name] extends (...words: infer Words) => infer Result
    ? (...words: Words) => Promise<Awaited<Result>>
    : never
}

type Message =
  | { call: number; name: string; words: never[] }
  | { answered: number; value: unknown }
  | { failed: number; reason: string }

export interface ThreadConnection<There> {
  calls: ThreadCalls<There>
  /** From now on the other side can call these functions. What it has called before waits for it. */
  answer(own: object): void
  /** There is nobody on the other side any more: every call rejects. */
  end(reason: string): void
}

/**
 * Makes functions of each of two threads callable from the other one. Calls arrive in their order.
 * @param names those that are called there
 */
export function connectThreads<There>(
  port: Worker | MessagePort,
  names: (keyof There & string)[],
): ThreadConnection<There> {
  const waiting = new Map<number, PromiseWithResolvers<unknown>>()
  let last = 0
  let over: string | null = null
  const own = Promise.withResolvers<Record<string, (...words: never[]) => unknown>>()

  function call(name: string, words: unknown[]): Promise<unknown> {
    if (over !== null) return Promise.reject(new Error(over))
    const answer = Promise.withResolvers<unknown>()
    waiting.set(++last, answer)
    port.postMessage({ call: last, name, words })
    return answer.promise
  }

  async function answer(id: number, name: string, words: never[]): Promise<void> {
    try {
      port.postMessage({ answered: id, value: await (await own.promise)[name]?.(...words) })
    } catch (error) {
      port.postMessage({ failed: id, reason: error instanceof Error ? error.message : String(error) })
    }
  }

  function take(id: number): PromiseWithResolvers<unknown> | undefined {
    const found = waiting.get(id)
    waiting.delete(id)
    return found
  }

  port.on('message', (message: Message) => {
    if ('call' in message) void answer(message.call, message.name, message.words)
    else if ('answered' in message) take(message.answered)?.resolve(message.value)
    else take(message.failed)?.reject(new Error(message.reason))
  })
  const entries = names.map(name => [name, (...words: unknown[]) => call(name, words)])
  return {
    calls: Object.fromEntries(entries) as ThreadCalls<There>,
    answer: functions => own.resolve(functions as Awaited<typeof own.promise>),
    end(reason) {
      over = reason
      for (const { reject } of waiting.values()) reject(new Error(reason))
      waiting.clear()
    },
  }
}
