import { itemAt } from '../text/item-at.ts'

/** Requests to one host at once. */
const atOnce = 4
/** Failures of a host in a row after which it rests. */
const patience = 5
/** Milliseconds that it rests, longer each time; then one request finds out. */
const rests = [5000, 60_000, 300_000]

interface HostState {
  inFlight: number
  failures: number
  rested: number
  until: number
}

/** How much each host is asked, and which of them rest because they fail (a circuit breaker). Forgets those that are well. */
export interface HostLimits {
  /** Whether one more request may go there now; if so, it counts. */
  take(host: string, now: number): boolean
  /** @param well null: the answer says nothing about the host as a whole */
  done(host: string, well: boolean | null, now: number, random: () => number): void
  /** Hosts to which nothing may go now. */
  busy(now: number): string[]
  resting(now: number): string[]
  /** When a job that is due at a time may go to a host; null where there is none. */
  restEnd(host: string, due: number | null): number | null
}

export function createHostLimits(most = atOnce): HostLimits {
  const hosts = new Map<string, HostState>()
  const isFull = ({ inFlight, failures, until }: HostState, now: number) =>
    inFlight >= (failures >= patience ? 1 : most) || until > now

  return {
    take(host, now) {
      const state = hosts.get(host) ?? { inFlight: 0, failures: 0, rested: 0, until: 0 }
      if (isFull(state, now)) return false
      state.inFlight++
      hosts.set(host, state)
      return true
    },
    done(host, well, now, random) {
      const state = hosts.get(host)
      if (!state) return
      state.inFlight--
      if (well) Object.assign(state, { failures: 0, rested: 0, until: 0 })
      else if (well === false && ++state.failures >= patience && state.until <= now) {
        const rest = itemAt(rests, Math.min(state.rested++, rests.length - 1))
        state.until = now + rest * (0.8 + 0.4 * random())
      }
      if (state.inFlight === 0 && state.failures === 0) hosts.delete(host)
    },
    busy: now => [...hosts].flatMap(([host, state]) => (isFull(state, now) ? [host] : [])),
    resting: now => [...hosts].flatMap(([host, { until }]) => (until > now ? [host] : [])),
    restEnd: (host, due) => due && Math.max(due, hosts.get(host)?.until ?? 0),
  }
}
