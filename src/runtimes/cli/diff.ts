import { readFile } from 'node:fs/promises'
import { type Changes, changesSinceFeed } from '../../catalog/changes.ts'
import type { PresetName } from '../../model/preset.ts'
import type { Site } from '../../model/site.ts'
import type { Publication } from '../../model/snapshot.ts'
import { type FeedFile, FeedFileError, readFeedFile } from '../../parse/feed-file.ts'
import type { Publisher } from '../../publish/publisher.ts'
import { createTopics, type TopicAudience, topicAudiences } from '../../push/topics.ts'
import { createMemoryStore } from '../../store/memory.ts'
import { safeJson } from '../../text/escape.ts'
import { nodeDigest } from '../node/codings.ts'
import { createOutgoing } from '../node/outgoing.ts'
import { CommandFailure, exitCodes } from './exit.ts'
import { folderPublisher } from './folder-publisher.ts'
import { readHubState } from './hub-state.ts'
import { changesReport, ledgerFailure } from './ledger-messages.ts'
import { findFolder, loadSettings, noAddress, type UrlOption } from './publication-folder.ts'
import { count, printable, type Terminal } from './terminal.ts'

export interface DiffOptions {
  json?: boolean
  /** A feed file, or an address on this machine. */
  against?: string
  url: UrlOption | null
  preset?: PresetName
}

/** Says what subscribers will see, against the last publication or a feed they have. Writes nothing. */
export async function diff(
  named: string | undefined,
  options: DiffOptions,
  terminal: Terminal,
): Promise<number> {
  const folder = findFolder(named)
  const { site, serving, push, urlFrom } = await loadSettings(folder, options, terminal)
  if (options.against !== undefined && urlFrom === 'preview') throw noAddress(folder)
  const told =
    push.hub && options.against === undefined
      ? readHubState(folder, serving.state, state => topicAudiences(state, Date.now()))
      : null
  const publisher = folderPublisher(folder, { say: terminal.say, render: 'none' })
  const { plan, toBeTold } = await planFor(publisher, site, told).catch(error => {
    throw ledgerFailure(error, folder)
  })
  const { articles, collections } = plan.inspection
  const changes: Changes = options.against
    ? changesSinceFeed((await readFeed(options.against)).records, articles, collections[0]?.newest)
    : plan.changes
  if (options.json) terminal.out(`${safeJson(toBeTold === null ? changes : { ...changes, toBeTold }, 2)}\n`)
  else {
    const lines = changesReport(changes)
    terminal.out(`${lines.length > 0 ? lines.join('\n') : 'Subscribers will see no change.'}\n`)
    if (toBeTold !== null)
      terminal.out(`${count(toBeTold, 'subscriber is', 'subscribers are')} told at once.\n`)
    if (!options.against && !plan.before.ledger)
      terminal.say(`${folder.shown} was not published before: there is no broadsheet.ledger.`)
  }
  return exitCodes.ok
}

/** What a publication would be; and, with what the hub's subscribers were told last, how many of them would be told. */
async function planFor(publisher: Publisher, site: Site, told: TopicAudience[] | null) {
  if (told === null) return { plan: await publisher.plan(site), toBeTold: null }
  // Who is told hangs on bytes: the feeds that somebody is subscribed to are made.
  const plan = await publisher.prepare(site)
  return { plan, toBeTold: await audienceOf(plan.publication, told) }
}

async function audienceOf(publication: Publication, audiences: TopicAudience[]): Promise<number> {
  const store = createMemoryStore({ digest: nodeDigest })
  await store.publish(publication)
  const topics = createTopics(store, Date.now)
  let told = 0
  for (const { path, etag, subscribers } of audiences) {
    const topic = await topics.atPath(path)
    if (topic && topic.resource.etag !== etag) told += subscribers
  }
  return told
}

/** Bytes of a feed that are read from a server. */
const largest = 50_000_000

/** A feed file, or a feed on the loopback: this program fetches nothing from anywhere else by itself. */
export async function readFeed(where: string): Promise<FeedFile> {
  try {
    return readFeedFile(await readFeedText(where))
  } catch (error) {
    if (error instanceof CommandFailure) throw error
    if (error instanceof FeedFileError)
      throw new CommandFailure(exitCodes.usage, `${where}: ${error.message}`)
    const reason =
      (error as NodeJS.ErrnoException).code ?? (error instanceof Error ? error.message : String(error))
    throw new CommandFailure(exitCodes.usage, `${where} can't be read (${reason}).`)
  }
}

async function readFeedText(where: string): Promise<string> {
  if (!/^https?:/i.test(where)) return readFile(where, 'utf8')
  const { host, hostname } = new URL(where)
  if (!/^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname))
    throw new CommandFailure(exitCodes.usage, `${where} is not on this machine.`, {
      hint: 'Save the feed to a file, and name the file.',
    })
  const ask = createOutgoing({ privateHosts: [host] })
  const { status, headers, body, broken, cut } = await ask(where, { limit: largest })
  if (headers.location)
    throw new Error(`it redirects to ${printable(headers.location)}, which is not followed`)
  if (status !== 200) throw new Error(`status ${status}`)
  if (broken) throw new Error(broken)
  if (cut) throw new Error(`it is larger than ${largest.toLocaleString('en')} bytes`)
  return new TextDecoder().decode(body)
}
