import { itemAt } from './item-at.ts'
/** Where a value stands in a sorted list, or would stand: the number of items that come before it. */
export function lowerBound<Item>(sorted: ArrayLike<Item>, comesBefore: (item: Item) => boolean): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (comesBefore(itemAt(sorted, middle))) low = middle + 1
    else high = middle
  }
  return low
}
