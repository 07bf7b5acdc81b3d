import { createSubscriptions, type Subscription } from '../../push/subscriptions.ts'
import { exitCodes } from './exit.ts'
import { readHubState } from './hub-state.ts'
import { findFolder, loadSettings, type UrlOption } from './publication-folder.ts'
import { count, printable, type Terminal } from './terminal.ts'

export interface SubscribersOptions {
  json?: boolean
  url: UrlOption | null
}

/** One subscription as it is shown: of the callback only its host, for its address is what the subscriber is known by. */
export interface ShownSubscriber {
  door: string
  topic: string | null
  host: string
  state: 'active' | 'failing' | 'over'
  since: string
  expires: string | null
  /** When the last message arrived. */
  lastDelivery: string | null
  /** When the last one was tried, whether it arrived or not, and what came of it. */
  lastAttempt: string | null
  lastOutcome: string | null
  /** So many in a row have not arrived. */
  failures: number
}

/** Who is subscribed, and what became of the last message to each. Reads beside a running server, and writes nothing. */
export async function subscribers(
  named: string | undefined,
  options: SubscribersOptions,
  terminal: Terminal,
): Promise<number> {
  const folder = findFolder(named)
  const { serving } = await loadSettings(folder, options, terminal)
  const rows = readHubState(folder, serving.state, state => createSubscriptions(state).list())
  const shown = (rows ?? []).map(row => shownSubscriber(row, Date.now()))
  if (options.json) terminal.out(`${JSON.stringify(shown, null, 2)}\n`)
  if (rows === null)
    terminal.say(
      `Nobody is subscribed: no server with a hub or webhooks has looked after ${folder.shown} yet.`,
    )
  else if (!options.json) say(shown, terminal)
  return exitCodes.ok
}

const instant = (epoch: number) => new Date(epoch).toISOString().replace(/\.\d+Z$/, 'Z')

function shownSubscriber(row: Subscription, now: number): ShownSubscriber {
  const time = (epoch: number | null) => (epoch === null ? null : instant(epoch))
  const isOver = row.expires !== null && row.expires <= now
  return {
    door: row.door,
    topic: row.topic || null,
    host: row.host,
    state: isOver ? 'over' : row.failures > 0 ? 'failing' : 'active',
    since: instant(row.since),
    expires: time(row.expires),
    lastDelivery: time(row.told),
    // A state that was written by an earlier version tells the time of what arrived alone.
    lastAttempt: time(row.tried ?? (row.failures === 0 ? row.told : null)),
    lastOutcome: row.outcome,
    failures: row.failures,
  }
}

function say(shown: ShownSubscriber[], terminal: Terminal): void {
  const active = shown.filter(({ state }) => state !== 'over').length
  terminal.out(
    `${count(active, 'subscription')}${shown.length > active ? `, and ${shown.length - active} that are over` : ''}\n`,
  )
  for (const subscriber of shown) {
    const { door, topic, host, state, since, expires } = subscriber
    const until = expires ? `, until ${expires}` : ''
    const lines = [`since ${since}${until}`, ...lastMessages(subscriber)].map(line => `  ${line}\n`)
    terminal.out(`\n${printable(host)}  ${topic ?? 'articles'}  ${door}  ${state}\n${lines.join('')}`)
  }
}

/** What arrived last, and what was tried since and did not: each with its own time. */
function lastMessages({ lastDelivery, lastAttempt, lastOutcome, failures }: ShownSubscriber): string[] {
  const outcome = lastOutcome === null ? '' : `, ${printable(lastOutcome)}`
  const told = lastDelivery ? `last told ${lastDelivery}` : 'not told yet'
  if (failures === 0) return [lastDelivery ? told + outcome : told]
  const when =
    lastAttempt === null ? '' : failures === 1 ? ` at ${lastAttempt}` : `, the last at ${lastAttempt}`
  const what = failures === 1 ? 'one attempt' : `${failures} attempts in a row`
  return [told, `${what} failed${when}${outcome}`]
}
