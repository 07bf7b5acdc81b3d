import type { ObjectReader } from '../../store/object-reader.ts'

export interface FollowOptions {
  /** Milliseconds between two looks for a newer generation. */
  pollInterval: number
  /** Told after each look whether the store answered; the error where it did not. */
  onLook(error: unknown): void
}

/** Looks for newer generations, one look after the other, until it is stopped. Answers never wait for it. */
export function followStore(reader: ObjectReader, { pollInterval, onLook }: FollowOptions): { stop(): void } {
  let timer: NodeJS.Timeout | undefined
  let stopped = false
  const look = async () => {
    const error = await reader.refresh().then(
      () => null,
      error => error,
    )
    if (stopped) return
    onLook(error)
    timer = setTimeout(look, pollInterval)
  }
  timer = setTimeout(look, pollInterval)
  return {
    stop() {
      stopped = true
      clearTimeout(timer)
    },
  }
}
