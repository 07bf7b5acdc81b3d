import { itemAt } from './item-at.ts'
/**
 * The name somebody probably meant: the nearest of `names`, or null where none is near. Case, `_` and `-` count for
 * nothing, so that `maxFileBytes` finds `max_file_bytes`.
 */
export function nearestName(written: string, names: Iterable<string>): string | null {
  const wanted = fold(written)
  let best: string | null = null
  // One slip in a short name, one for every three letters in a longer one.
  let bestDistance = Math.max(1, Math.floor(wanted.length / 3)) + 1
  for (const name of names) {
    const distance = editDistance(wanted, fold(name), bestDistance)
    if (distance < bestDistance) [best, bestDistance] = [name, distance]
  }
  return best
}

const fold = (name: string) => name.toLowerCase().replaceAll(/[_\-\s]/g, '')

/** Insertions, deletions, replacements and swapped neighbours that part `a` from `b`; `limit` where there are that many. */
function editDistance(a: string, b: string, maxDistance: number): number {
  if (Math.abs(a.length - b.length) >= maxDistance) return maxDistance
  let [beforeLast, last] = [[] as number[], Array.from({ length: b.length + 1 }, (_, column) => column)]
  for (let row = 1; row <= a.length; row++) {
    const current = [row]
    for (let column = 1; column <= b.length; column++) {
      const replaced = itemAt(last, column - 1) + (a[row - 1] === b[column - 1] ? 0 : 1)
      let cost = Math.min(replaced, itemAt(last, column) + 1, itemAt(current, column - 1) + 1)
      if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1])
        cost = Math.min(cost, itemAt(beforeLast, column - 2) + 1)
      current.push(cost)
    }
    ;[beforeLast, last] = [last, current]
  }
  return itemAt(last, b.length)
}
