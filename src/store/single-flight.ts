/** Does a piece of work, by name. */
export type Once = <T>(name: string, work: () => Promise<T>) => Promise<T>

/** One piece of work of a name at a time; whoever asks meanwhile gets what comes of it. */
export function createSingleFlight(): Once {
  const underWay = new Map<string, Promise<unknown>>()
  return function once<T>(name: string, work: () => Promise<T>): Promise<T> {
    const known = underWay.get(name)
    if (known) return known as Promise<T>
    const started = work().finally(() => underWay.delete(name))
    underWay.set(name, started)
    return started
  }
}
