import { hubAddress, type PushSettings } from '../../model/push-settings.ts'
import type { Site } from '../../model/site.ts'
import { createHubPings, mainTopics, type PingResult, pingHub } from '../../push/hub-pings.ts'
import { createOutgoing } from '../node/outgoing.ts'
import type { ServeLog } from './serve-log.ts'
import type { Terminal } from './terminal.ts'

const hostOf = (hub: string) => new URL(hub).host
const askOf = ({ allowPrivate }: PushSettings) => createOutgoing({ privateHosts: allowPrivate ? 'any' : [] })

/** Hubs of others, which have to be told that there is something new. */
export const foreignHubs = ({ hubs, url }: Site, push: PushSettings): string[] =>
  hubs.filter(hub => !push.hub || hub !== hubAddress(push, url))

/** Null where the settings name no hub of somebody else's. */
export function startPings(
  site: Site,
  push: PushSettings,
  log: ServeLog,
): ReturnType<typeof createHubPings> | null {
  const hubs = foreignHubs(site, push)
  if (hubs.length === 0) return null
  return createHubPings({
    hubs,
    url: site.url,
    ask: askOf(push),
    random: Math.random,
    say({ hub, fault }) {
      if (fault === null) log.say('hub-pinged', `Pinged the hub ${hostOf(hub)}.`, { hub: hostOf(hub) })
      else
        log.warn('hub-silent', `The hub ${hostOf(hub)} was not told of what is new: ${fault}.`, {
          hub: hostOf(hub),
          fault,
        })
    },
  })
}

/** Tells every hub that the feeds name, our own on a Worker among them, and says which did not take it. Returns those results. */
export async function pingAllHubs(site: Site, push: PushSettings, terminal: Terminal): Promise<PingResult[]> {
  const ask = askOf(push)
  const results = await Promise.all(site.hubs.map(hub => pingHub(ask, hub, mainTopics(site.url))))
  for (const { hub, fault } of results)
    terminal.say(
      fault === null
        ? `Told the hub ${hostOf(hub)}.`
        : `${terminal.style('yellow', 'warning')} The hub ${hub} was not told: ${fault}. Nobody hears of this from it; later: broadsheet push --ping`,
    )
  return results
}
