/** Bytes of a piece: a disk is at its quickest with the most, and a reader who does not take them costs little with the least. */
const [least, most] = [4 * 1024, 256 * 1024]

/** What one stream holds of the bytes that all of them share. */
export interface HeldShare {
  /** Gives up what it had for what is right now. @returns bytes, a power of two, so that it rarely changes */
  take(): number
  end(): void
}

/**
 * Bytes that streams may hold, all of them together: the more is held, the less each takes. Each has an eighth of what is left, so that those
 * who come later have some too.
 * @param bytes beyond that each has the least, and no more
 */
export function createHeldBytes(bytes = 8 * 1024 * 1024): { share(): HeldShare } {
  let held = 0
  return {
    share() {
      let mine = 0
      const hold = (wanted: number) => {
        held += wanted - mine
        mine = wanted
      }
      return {
        take() {
          hold(0)
          const eighth = Math.max(1, (bytes - held) / 8)
          hold(Math.max(least, Math.min(most, 2 ** Math.floor(Math.log2(eighth)))))
          return mine
        },
        end: () => hold(0),
      }
    },
  }
}
