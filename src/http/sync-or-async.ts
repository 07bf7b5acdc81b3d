export type SyncOrAsync<T> = T | Promise<T>

/**
 * `then` for a value that may be there already. A store in memory answers at once; a promise in between would cost each
 * answer a turn of the event loop's queue, and @hono/node-server its quickest path.
 */
export function andThen<T, R>(value: SyncOrAsync<T>, next: (value: T) => R): R | Promise<Awaited<R>> {
  return value instanceof Promise ? (value.then(next) as Promise<Awaited<R>>) : next(value)
}
