import { getHeapStatistics, setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

/** Bytes. What a smaller heap could give back is not worth a pause. */
const largeHeap = 200 * 1024 * 1024

/**
 * Gives back what the start of a large publication has left: V8 keeps the room of garbage that it has collected, and a
 * nursery of 128 MB, for a program that goes on as it began. One that serves does not. A hundred thousand articles then
 * take 370 MB in place of 570, at the price of one pause before the first request; with the nursery that small they stay
 * below 500 where they would go up to 640.
 *
 * Nothing but memory hangs on it: a V8 that knows none of these flags ignores them.
 */
export function leaveStartUpBehind(): void {
  if (getHeapStatistics().total_heap_size < largeHeap) return
  setFlagsFromString('--expose-gc')
  const collectGarbage = runInNewContext('globalThis.gc') as typeof globalThis.gc
  setFlagsFromString('--no-expose-gc')
  collectGarbage?.({ type: 'major', execution: 'sync', flavor: 'last-resort' })
  // Once it is empty: it would double whenever more than half of it survives, up to the most that V8 allows.
  setFlagsFromString('--semi-space-growth-factor=1')
}
