/** Runs so many at a time, and gives what came of them in their order. */
export async function inTurns<T, R>(
  values: readonly T[],
  most: number,
  run: (value: T, index: number) => Promise<R>,
): Promise<R[]> {
  const results = new Map<number, R>()
  const rest = values.entries()
  const worker = async () => {
    for (const [index, value] of rest) results.set(index, await run(value, index))
  }
  await Promise.all(Array.from({ length: Math.min(most, values.length) }, worker))
  return values.map((_, index) => results.get(index) as R)
}

/**
 * What comes of each value, in their order; so many are begun before what comes of the first of them is taken.
 * One that fails is told in its turn.
 */
export async function* mapInOrder<T, R>(
  values: Iterable<T>,
  most: number,
  run: (value: T) => Promise<R>,
): AsyncGenerator<R> {
  const begun: Promise<R>[] = []
  for (const value of values) {
    const running = run(value)
    running.catch(() => {})
    begun.push(running)
    if (begun.length >= most) yield begun.shift() as Promise<R>
  }
  yield* begun
}
