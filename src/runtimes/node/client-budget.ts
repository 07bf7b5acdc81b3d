/** How much of an unchanged document each client has fetched. Holds at most so many clients, whatever comes. */
export interface ClientBudget {
  /**
   * A client is about to be sent a whole document. Null: go ahead. Else it has had its share of this version, and the
   * number is the seconds until there is another copy for it.
   * @param version changes with the document's bytes
   * @param now epoch milliseconds
   */
  spend(client: string, document: string, version: string, now: number): number | null
  numbers(): BudgetNumbers
}

export interface BudgetNumbers {
  /** Pairs of client and document that are remembered. */
  clients: number
  refused: number
  /** Pairs that were forgotten because there were too many. */
  forgotten: number
}

interface Bucket {
  version: string
  /** Copies that are left, fractions of the next one among them. */
  copies: number
  at: number
}

/** Measured: 311 bytes a pair, 6.2 MB for all of them. */
const defaultMaxClients = 20_000

const hour = 3_600_000

/**
 * A bucket of copies for each client and document that fills again in the course of an hour. A new version of the
 * document fills it at once: to fetch that is what feeds are for.
 * @param perHour copies of one version
 */
export function createClientBudget(perHour: number, maxClients = defaultMaxClients): ClientBudget {
  // Two halves: those that asked lately, and those before them, who go together when the first half is full. (The one
  // that asked longest ago could be found in the order of a map, but not quickly in one that forgets all the time.)
  let lately = new Map<string, Bucket>()
  let before = new Map<string, Bucket>()
  const numbers = { refused: 0, forgotten: 0 }

  function bucketOf(key: string, version: string, now: number): Bucket {
    const known = lately.get(key) ?? before.get(key)
    const bucket = known?.version === version ? known : { version, copies: perHour, at: now }
    if (lately.size >= maxClients / 2 && !lately.has(key)) {
      before.delete(key)
      numbers.forgotten += before.size
      before = lately
      lately = new Map()
    }
    before.delete(key)
    lately.set(key, bucket)
    return bucket
  }

  return {
    spend(client, document, version, now) {
      const bucket = bucketOf(`${client} ${document}`, version, now)
      // A clock that is set back gives nothing and takes nothing.
      const passed = Math.max(0, now - bucket.at)
      bucket.copies = Math.min(perHour, bucket.copies + (passed / hour) * perHour)
      bucket.at = now
      if (bucket.copies < 1) {
        numbers.refused++
        return Math.ceil(((1 - bucket.copies) * hour) / perHour / 1000)
      }
      bucket.copies--
      return null
    },
    numbers: () => ({ ...numbers, clients: lately.size + before.size }),
  }
}
