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
