import { existsSync } from 'node:fs'
import { type Examination, examine } from '../../doctor/examination.ts'
import type { Finding } from '../../doctor/finding.ts'
import { isOutgoingFailure, type OutgoingBudget, withinBudget } from '../../model/outgoing.ts'
import { safeJson } from '../../text/escape.ts'
import { isLocal } from '../../text/network-address.ts'
import { createOutgoing } from '../node/outgoing.ts'
import { CommandFailure, exitCodes } from './exit.ts'
import { ownCommand } from './own-command.ts'
import { createProgress } from './progress.ts'
import { count, printable, type Terminal } from './terminal.ts'

export interface DoctorOptions {
  json?: boolean
  /** Seconds. */
  timeout: number
  /** The publication is on this machine or in its network. */
  local?: boolean
  /** Ask what podcast directories ask, too. */
  podcast?: boolean
}

/** More than any sound publication needs (some thirty requests a feed), and less than a hostile one would like. */
const budget: OutgoingBudget = { requests: 300, bytes: 60_000_000, lateness: 20_000, lateAfter: 3000 }

/** Looks at a publication from outside. Exit code 1 where an error was found; warnings and notes are advice. */
export async function doctor(written: string, options: DoctorOptions, terminal: Terminal): Promise<number> {
  const url = urlToExamine(written)
  const progress = createProgress('Asking')
  const timeout = options.timeout * 1000
  const { host, hostname } = new URL(url)
  // Whoever writes a local address means it; that a stranger's name leads to one has to be said.
  const privateHosts = options.local || isLocal(hostname) ? [host] : []
  const ask = withinBudget(createOutgoing({ privateHosts }), budget, () => performance.now())
  let refused = false
  const examination = await examine(url, {
    ask: (address, more) =>
      ask(address, { timeout, ...more }).catch(error => {
        refused ||= isOutgoingFailure(error) && error.reason === 'refused' && new URL(address).host === host
        throw error
      }),
    clock: Date.now,
    podcast: options.podcast ?? false,
    onProgress: progress.update,
  })
  progress.done()
  if (refused) terminal.say('If it is yours, and on this machine or in its network, say so with --local.')
  if (options.json) terminal.out(`${safeJson(examination, 2)}\n`)
  else terminal.out(`${doctorReport(examination, terminal.outStyle)}\n`)
  return examination.findings.some(({ severity }) => severity === 'error') ? exitCodes.findings : exitCodes.ok
}

function urlToExamine(written: string): string {
  // Some pages write feed://example.org or feed:https://example.org.
  const meant = written.replace(/^feed:(?=https?:)/i, '').replace(/^feed:\/\//i, 'https://')
  const address = URL.parse(meant)
  if (address && /^https?:$/.test(address.protocol)) return address.href
  const hint = existsSync(written)
    ? `The doctor asks what is served, like https://news.example.org/. Files are looked at by: ${ownCommand()} check ${printable(written)}`
    : URL.canParse(`https://${written}`)
      ? `Did you mean https://${written}?`
      : 'Like https://news.example.org/'
  throw new CommandFailure(
    exitCodes.usage,
    `"${printable(written)}" is not an address that begins with https:// or http://.`,
    { hint },
  )
}

const colours = { error: 'red', warning: 'yellow', note: 'cyan' } as const

function doctorReport({ url, feeds, findings }: Examination, style: Terminal['style']): string {
  const seen = feeds.map(feed => {
    const what = feed.format ? `${feed.format}, ${count(feed.items, 'item')}` : 'no feed that can be read'
    return `${style('bold', printable(feed.url))}  ${what}${feed.title ? `: ${printable(feed.title)}` : ''}`
  })
  const numberOf = (wanted: Finding['severity']) =>
    findings.filter(({ severity }) => severity === wanted).length
  const total =
    findings.length === 0
      ? 'Nothing to complain about.'
      : `${count(numberOf('error'), 'error')}, ${count(numberOf('warning'), 'warning')}, ${count(numberOf('note'), 'note')}.`
  const heading = seen.length > 0 ? seen : [style('bold', printable(url))]
  return [...heading, '', ...findings.flatMap(finding => [...findingLines(finding, style), '']), total].join(
    '\n',
  )
}

function findingLines(
  { code, severity, url, meaning, cure, seen }: Finding,
  style: Terminal['style'],
): string[] {
  return [
    `${style(colours[severity], severity)} ${style('dim', code)} ${printable(url)}`,
    `  ${meaning}`,
    `  ${printable(seen)}`,
    `  ${cure}`,
  ]
}
