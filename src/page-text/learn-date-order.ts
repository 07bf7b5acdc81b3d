import { folderOf } from '../text/urls.ts'

/** The order of day and month in numeric dates. */
export type DayOrder = 'dmy' | 'mdy'

/**
 * What a text's own numeric dates say of their order: one of the two, `both` where they contradict each other, `open` where none
 * of them proves anything; null where there are none.
 */
export type ShownOrder = DayOrder | 'both' | 'open'

/** `25/11/2023`, `11-25-2023`. With full stops the day stands first, and two digits may be anything. */
const numericDate = /(?<![\d./-])(\d{1,2})([/-])(\d{1,2})\2(?:19|20)\d\d(?!\d|[/-]\d)/g

export function shownOrder(text: string): ShownOrder | null {
  let found: ShownOrder | null = null
  for (const [, one, , two] of text.matchAll(numericDate)) {
    const [first, second] = [Number(one), Number(two)]
    if (Math.max(first, second) > 31 || Math.min(first, second) > 12) continue
    const proof = first > 12 ? 'dmy' : second > 12 ? 'mdy' : 'open'
    if (found === null || found === 'open') found = proof
    else if (proof !== 'open' && proof !== found) return 'both'
  }
  return found
}

/** The order that the files of a directory prove with one voice, by the directory; the empty path stands for all. */
export type LearntOrders = ReadonlyMap<string, DayOrder>

/** The order in which some files write numeric dates, where all that prove one prove the same. */
export function orderAmong(files: readonly (ShownOrder | null)[]): DayOrder | null {
  const proven = new Set(files.filter(shown => shown !== null && shown !== 'open'))
  const [order] = proven
  return proven.size === 1 && order && order !== 'both' ? order : null
}

/** Tells of a file how the files around it write numeric dates: those of the nearest directory that proves something. */
export function dateOrderIn(orders: LearntOrders): (path: string) => DayOrder | null {
  return path => {
    let directory = path
    do {
      directory = folderOf(directory)
      const order = orders.get(directory)
      if (order) return order
    } while (directory !== '')
    return null
  }
}
