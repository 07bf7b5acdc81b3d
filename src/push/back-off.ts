/** Seconds after each failure. After the last one a message is given up; the subscription stays. */
const waits = [5, 300, 1800, 7200, 18_000, 36_000, 36_000]
/** Who asks to be subscribed is there now, or was never: a verification is tried three times. */
const verificationWaits = [5, 60]
/** A part of each wait that chance decides, so that those who failed together do not come back together. */
const spread = 0.2

/** Milliseconds until the next attempt, or null where that was the last. @param attempt 0: the first has failed */
export function waitAfter(
  attempt: number,
  random: () => number,
  kind: 'message' | 'verification' = 'message',
): number | null {
  const seconds = (kind === 'message' ? waits : verificationWaits)[attempt]
  return seconds === undefined ? null : Math.round(seconds * 1000 * (1 + spread * (2 * random() - 1)))
}

/** Milliseconds: no wait is longer, whatever a clock that was set back makes of its end. */
export const longestWait = Math.max(...waits) * 1000 * (1 + spread)
