import { once } from 'node:events'
import { appOf } from '../../http/app.ts'
import { createReader } from '../../http/reader.ts'
import { feedFormatNames, feedFormats } from '../../model/formats.ts'
import type { PresetName } from '../../model/preset.ts'
import type { Site } from '../../model/site.ts'
import type { Snapshot } from '../../model/snapshot.ts'
import { isSourceError } from '../../model/source.ts'
import type { Inspection } from '../../publish/inspect.ts'
import { folderSource } from '../../source/folder.ts'
import { createMemoryStore } from '../../store/memory.ts'
import { nodeCompressors, nodeDigest } from '../node/codings.ts'
import { watchFolder } from '../node/folder-watch.ts'
import { ledgerIn } from '../node/ledger-file.ts'
import { parseCacheFor } from '../node/parse-cache.ts'
import { createPublisher } from '../node/publisher.ts'
import { addressOf, type RunningServer, type ServerOptions, startServer } from '../node/server.ts'
import { CommandFailure, exitCodes } from './exit.ts'
import { ledgerFailure, sayLedgerOutcome } from './ledger-talk.ts'
import { createProgress } from './progress.ts'
import { findFolder, loadSettings, type PublicationFolder, type UrlOption } from './publication-folder.ts'
import { countsOf, whyNothing } from './summary.ts'
import { count, type Terminal } from './terminal.ts'

export interface ServeOptions {
  port: number
  host: string
  url: UrlOption | null
  preset?: PresetName
  /** The number of an alarm that is meant. */
  accept?: number
  json?: boolean
}

/** The longest wait that a timer takes (2³¹ − 1 ms); what is due later is waited for in pieces. */
const longestTimer = 2_147_483_647

/** Publishes, watches and serves until a signal ends it. What goes wrong on the way never takes away what was published. */
export async function serve(
  named: string | undefined,
  options: ServeOptions,
  terminal: Terminal,
): Promise<number> {
  const folder = findFolder(named)
  await loadSettings(folder, options, terminal)
  const store = createMemoryStore({
    digest: nodeDigest,
    compress: nodeCompressors,
    onUnreadable: path => warn(`${path} could not be read, and is left out.`),
  })
  const reader = createReader({ store })
  const { fetch } = appOf(reader, { onError: error => warn(`An answer failed: ${String(error)}`) })
  // Listening comes first: a taken port is told before any work, and the preview's address has the port that was got.
  const server = await listen(options, { fetch, reader })
  const previewUrl = addressOf(server.host, server.port)
  const progress = createProgress('Reading')
  const publisher = createPublisher({
    source: folderSource(folder.path),
    ledger: ledgerIn(folder.path),
    cache: parseCacheFor(folder.path),
    clock: Date.now,
    onProgress: progress.update,
    render: 'foremost',
    rememberedText: 10_000_000,
  })
  let dueTimer: NodeJS.Timeout | undefined
  let generation = 0
  let complaint = ''

  function warn(text: string): void {
    terminal.say(`${terminal.style('yellow', 'warning')} ${text}`)
  }

  async function publish(
    changed: ReadonlySet<string> | null = null,
  ): Promise<{ site: Site; inspection: Inspection; snapshot: Snapshot }> {
    const { site } = await loadSettings(folder, { ...options, previewUrl }, terminal)
    const { inspection, snapshot, ledger } = await publisher
      .publish(site, store, options.accept, changed)
      .catch(error => {
        throw ledgerFailure(error, folder)
      })
    progress.done()
    sayLedgerOutcome(ledger, folder, terminal)
    clearTimeout(dueTimer)
    const due = snapshot.nextDue(Date.now())
    if (due !== null)
      dueTimer = setTimeout(() => void publishAgain(), Math.min(Math.max(due - Date.now(), 0), longestTimer))
    return { site, inspection, snapshot }
  }

  async function publishAgain(changed: ReadonlySet<string> | null = null): Promise<boolean> {
    const start = performance.now()
    try {
      const { inspection, snapshot } = await publish(changed)
      if (complaint !== '') terminal.say('All is well again.')
      complaint = ''
      if (snapshot.generation === generation) return true
      generation = snapshot.generation
      terminal.say(
        `Published again: ${countsOf(inspection.totals)} (${Math.round(performance.now() - start)} ms).`,
      )
      return true
    } catch (error) {
      const { message, report } = explain(error, folder)
      const text = `${report ?? ''}${message}`
      // Said once: a folder that stays away is looked for every few seconds.
      if (text !== complaint) {
        if (report) terminal.say(report)
        warn(`${message} Readers still get what was published last.`)
      }
      complaint = text
      return !isSourceError(error)
    }
  }

  const firstEdition = publish()
  // Watching begins before the first look ends, so that no change falls between the two.
  const watch = watchFolder(folder.path, {
    onChange: changed => firstEdition.then(() => publishAgain(changed)),
  })
  try {
    const { site, inspection, snapshot } = await firstEdition
    generation = snapshot.generation
    introduce(folder, site, inspection, previewUrl, options, terminal)
  } catch (error) {
    watch.stop()
    await server.stop()
    throw isSourceError(error) ? new CommandFailure(exitCodes.usage, explain(error, folder).message) : error
  }
  const signal = await nextSignal()
  watch.stop()
  clearTimeout(dueTimer)
  // A second signal means now.
  const end = () => process.exit(exitCodes.interrupted)
  process.once('SIGINT', end).once('SIGTERM', end)
  await server.stop()
  process.off('SIGINT', end).off('SIGTERM', end)
  return signal === 'SIGINT' ? exitCodes.interrupted : exitCodes.ok
}

async function listen(
  { host, port }: ServeOptions,
  answering: Pick<ServerOptions, 'fetch' | 'reader'>,
): Promise<RunningServer> {
  try {
    return await startServer({ ...answering, host, port })
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException
    const sentences: Record<string, string> = {
      EADDRINUSE: `Port ${port} is taken: something else listens on ${host}:${port}. Choose another with --port, or --port 0 for any free one.`,
      EACCES: `Port ${port} may not be opened by this user. Choose one above 1023 with --port.`,
      EADDRNOTAVAIL: `${host} is no address of this machine. Choose one with --host, like 127.0.0.1 or 0.0.0.0.`,
      ENOTFOUND: `${host} is no address. Choose one with --host, like 127.0.0.1 or 0.0.0.0.`,
    }
    const sentence = sentences[code]
    if (!sentence) throw error
    throw new CommandFailure(exitCodes.startUp, sentence)
  }
}

function introduce(
  folder: PublicationFolder,
  site: Site,
  inspection: Inspection,
  localUrl: string,
  { json }: ServeOptions,
  terminal: Terminal,
): void {
  const { style } = terminal
  terminal.say(`${style('bold', site.title)}, from ${folder.shown}: ${countsOf(inspection.totals)}.`)
  const base = new URL(new URL(site.url).pathname, localUrl).href
  const preview = site.url === base ? ' (a preview: the publication has no `url` yet)' : ` as ${site.url}`
  terminal.say(`Serving at ${style('cyan', base)}${preview}. Ctrl+C ends it.`)
  if (json) {
    const feeds = Object.fromEntries(
      feedFormatNames.map(name => [name, `${site.url}${feedFormats[name].file}`]),
    )
    const started = { url: base, publication: site.url, feeds, totals: inspection.totals }
    terminal.out(`${JSON.stringify(started)}\n`)
    return
  }
  terminal.say('\nTo subscribe, give one of these to a feed reader:')
  for (const name of feedFormatNames) {
    const { file, title } = feedFormats[name]
    terminal.out(`  ${title.padEnd(14)} ${site.url}${file}\n`)
  }
  const { errors, warnings, rejected } = inspection.totals
  const [nothing, ...reasons] = whyNothing(inspection)
  if (nothing)
    terminal.say(
      [`\n${style('yellow', 'warning')} ${nothing}`, ...reasons.map(line => `  ${line}`)].join('\n'),
    )
  if (rejected > 0 || errors > 0 || warnings > 0)
    terminal.say(
      `\n${count(errors, 'error')} and ${count(warnings, 'warning')}: broadsheet check ${folder.shown} shows them.`,
    )
  else if (reasons.length > 0) terminal.say(`  broadsheet check ${folder.shown} lists each file.`)
}

function explain(error: unknown, folder: PublicationFolder): { message: string; report: string | null } {
  if (error instanceof CommandFailure) return error
  if (isSourceError(error)) return { message: `The folder ${folder.shown} can't be read.`, report: null }
  const report = error instanceof Error ? (error.stack ?? null) : null
  return { message: `Publishing failed: ${String(error)}.`, report }
}

async function nextSignal(): Promise<NodeJS.Signals> {
  const ended = new AbortController()
  const { signal } = ended
  const [first] = await Promise.race([
    once(process, 'SIGINT', { signal }),
    once(process, 'SIGTERM', { signal }),
  ])
  ended.abort()
  return first
}
