import { type Ask, isOutgoingFailure, type OutgoingAnswer } from '../model/outgoing.ts'
import type { Report } from './finding.ts'

/** More than any reader follows. */
const maxRedirects = 10

/**
 * An answer that is not a redirect, after following those before it; null where none came. The faults of the way are found.
 * @throws OutgoingFailure where no more requests are sent
 */
export async function follow(
  url: string,
  headers: Readonly<Record<string, string>>,
  ask: Ask,
  report: Report,
): Promise<OutgoingAnswer | null> {
  const way: string[] = []
  let temporary: string | null = null
  for (let here = url; ; ) {
    way.push(here)
    let answer: OutgoingAnswer
    try {
      answer = await ask(here, { headers })
    } catch (error) {
      if (!isOutgoingFailure(error) || error.reason === 'spent') throw error
      report('unreachable', here, `${error.message}.`)
      return null
    }
    const { location } = answer.headers
    if (![301, 302, 303, 307, 308].includes(answer.status) || !location) {
      if (way.length > 3) report('redirect-chain', url, `${way.length - 1} redirects: ${way.join(' → ')}`)
      if (temporary) report('redirect-temporary', url, temporary)
      return answer
    }
    const next = URL.parse(location, here)
    if (!next || !/^https?:$/.test(next.protocol)) {
      report('unreachable', here, `It redirects to "${location}", which is not an address for readers.`)
      return null
    }
    if (way.includes(next.href) || way.length > maxRedirects) {
      report('redirect-loop', url, `${[...way, next.href].slice(-4).join(' → ')}`)
      return null
    }
    if (here.startsWith('https:') && next.protocol === 'http:')
      report('redirect-insecure', url, `${here} → ${next.href}`)
    if ([302, 303, 307].includes(answer.status)) temporary = `${answer.status} from ${here} to ${next.href}`
    here = next.href
  }
}
