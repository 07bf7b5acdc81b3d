import { hash } from 'node:crypto'
import { appOf } from '../../http/app.ts'
import { withDeltas } from '../../http/feed-deltas.ts'
import { createReader } from '../../http/reader.ts'
import type { PublicationObserver } from '../../model/observer.ts'
import type { PresetName } from '../../model/preset.ts'
import type { ServingSettings } from '../../model/serving.ts'
import type { Store } from '../../model/snapshot.ts'
import { isSourceError } from '../../model/source.ts'
import type { Publisher } from '../../publish/publisher.ts'
import { createMemoryStore } from '../../store/memory.ts'
import { recognisePreset } from '../../systems/recognise-preset.ts'
import { isLocal } from '../../text/network-address.ts'
import { nodeCompressors, nodeDigest } from '../node/codings.ts'
import { watchFolder } from '../node/folder-watch.ts'
import { createOperations, limitsOf } from '../node/operations.ts'
import {
  type OperationsOptions,
  type OperationsServer,
  placeNamed,
  type Readiness,
  startOperations,
} from '../node/operations-server.ts'
import { type KeptThread, keptThread } from '../node/parse-threads.ts'
import { listeningUrl } from '../node/server.ts'
import { startWatchedServer } from '../node/watched-server.ts'
import { untilEndOfService } from './end-of-service.ts'
import { CommandFailure, exitCodes } from './exit.ts'
import { type FolderPublisherOptions, folderPublisher } from './folder-publisher.ts'
import { storeFailure } from './object-place.ts'
import { objectPublisher } from './object-publisher.ts'
import { createProgress } from './progress.ts'
import {
  findFolder,
  type LoadedSettings,
  loadSettings,
  noAddress,
  type PublicationFolder,
  type UrlOption,
} from './publication-folder.ts'
import { introduce } from './serve-introduction.ts'
import { type ListeningOptions, listeningPlace, listenOrExplain } from './serve-listening.ts'
import { answerFailures, createServeLog, type ServeLog } from './serve-log.ts'
import { createServePublishing, explainFailure } from './serve-publishing.ts'
import { startPush } from './serve-push.ts'
import type { Terminal } from './terminal.ts'
import { foreignHubs, startPings } from './told-hubs.ts'

export interface ServeOptions extends ListeningOptions {
  url: UrlOption | null
  preset?: PresetName
  /** The number of an alarm that is meant. */
  accept?: number
  json?: boolean
  /** Local addresses, and nothing recorded, whatever the settings say. */
  preview?: boolean
  /** With `preview`: drafts, and what waits for its time, too. */
  drafts?: boolean
  /** A store to publish to, from which others serve as well. */
  to?: string
  /** With `to`: nobody else publishes there. */
  singleWriter?: boolean
  /** Instead of the settings' own. */
  metrics?: string
  log?: ServingSettings['log']
}

/** Publishes, watches and serves until a signal ends it. What goes wrong on the way never takes away what was published. */
export async function serve(
  named: string | undefined,
  options: ServeOptions,
  terminal: Terminal,
): Promise<number> {
  const folder = findFolder(named)
  const words = { ...options, preview: options.preview ? { drafts: options.drafts === true } : null }
  const loaded = await loadSettings(folder, words, terminal)
  if (options.to !== undefined && options.preview) throw previewStays(options.to)
  if (options.to !== undefined && loaded.urlFrom === 'preview') throw noAddress(folder)
  const settings = withOptions(loaded.serving, options)
  const log = createServeLog(settings.log, terminal, Date.now)
  // Those who are told need the store.
  const observers: PublicationObserver[] = []
  const thread = keptThread(folder.path)
  const { store, publisher } = openStore(folder, options, log, {
    observers,
    startWorkers: thread.startWorkers,
  })
  const reader = readerOf(store, settings)
  const { pushing, pings, stopTelling } = startTelling(folder, loaded, store, log)
  observers.push(...[pushing, pings].filter(observer => observer !== null))
  const app = appOf(reader, { onError: answerFailures(log) })
  const fetch = pushing ? pushing.around(app.fetch) : app.fetch
  const operations = createOperations({ settings, store, clock: Date.now, logRequest: log.request })
  // Listening comes first: a taken port is told before any work, and the preview's address has the port that was got.
  const place = listeningPlace(options)
  const server = await listenOrExplain(place, { host: '--host', port: '--port', socket: '--socket' }, () =>
    startWatchedServer({ ...place, fetch, reader, limits: limitsOf(settings) }, operations.watch),
  )
  const previewUrl = listeningUrl(server.host, server.port)
  // What can't be asked of the thread is found out here.
  const recognise: KeptThread['recognise'] = chosen =>
    thread.recognise(chosen).catch(() => recognisePreset(folder.names, chosen))
  const publishing = createServePublishing({
    folder,
    publisher,
    settings: () => loadSettings(folder, { ...words, previewUrl }, terminal, recognise),
    operations,
    log,
    accept: options.accept ?? null,
    audience: async () => (await pushing?.audience()) ?? null,
  })
  const families = async () => [...operations.families(), ...((await pushing?.families()) ?? [])]
  let status: Readiness['status'] = 'starting'
  const operationsServer = await startOperationsAt(settings.metrics, families, () => ({
    status,
    generation: operations.record().snapshot?.generation ?? null,
    ...publishingState(publishing.failing()),
  })).catch(after(server.stop))
  const first = publishing.start()
  // Watching begins before the first look ends, so that no change falls between the two.
  const watch = watchFolder(folder.path, {
    onChange: changed => first.then(() => publishing.publishAgain(changed)),
  })
  const stop = async () => {
    watch.stop()
    publishing.stop()
    await Promise.all([server.stop(), stopTelling()])
    await operationsServer?.stop()
    operations.stop()
    await log.flush()
  }
  try {
    const { site, inspection } = await first
    status = 'ready'
    // Before it is said that it serves: whoever reads that may end it at once.
    const ended = untilEndOfService(log, () => {
      status = 'stopping'
      return stop()
    })
    introduce(folder, site, inspection, previewUrl, { ...options, urlFrom: loaded.urlFrom }, log)
    if (operationsServer)
      log.say('operations', `Metrics at ${operationsServer.shown}.`, { metrics: operationsServer.shown })
    return await ended
  } catch (error) {
    await stop()
    throw startFailure(error, folder)
  }
}

/** Whom each publication is told: subscribers of our own hub, webhooks, and hubs of others. */
function startTelling(folder: PublicationFolder, loaded: LoadedSettings, store: Store, log: ServeLog) {
  const { site, push, serving, urlFrom } = loaded
  const { url } = site
  const pushing = startPush({ folder: folder.path, push, serving, url, store, log, env: process.env })
  const isUnreached = isLocal(new URL(url).hostname) && !push.allowPrivate
  if (isUnreached) sayWhoIsNotTold(loaded, log)
  const pings = urlFrom === 'preview' || isUnreached ? null : startPings(site, push, log)
  const stopTelling = async () => {
    pings?.stop()
    await pushing?.stop()
  }
  return { pushing, pings, stopTelling }
}

function publishingState(reason: string | null): Pick<Readiness, 'publishing' | 'reason'> {
  return reason === null ? { publishing: 'ok' } : { publishing: 'failing', reason }
}

/** A hub at an address of this machine's: nobody out there can ask it, or fetch what it names, and here nobody may. */
function sayWhoIsNotTold({ site, push, urlFrom }: LoadedSettings, log: ServeLog): void {
  const { hostname } = new URL(site.url)
  const why = urlFrom === 'preview' ? 'the publication has no `url`' : `\`url\` names ${hostname}`
  if (push.hub)
    log.warn(
      'hub-local',
      `Nobody on the internet reaches this hub: ${why}. Subscribers on this machine and in its network are refused, unless \`allow_private = true\` in [push] lets them.`,
      { host: hostname },
    )
  const others = urlFrom === 'preview' ? [] : foreignHubs(site, push)
  if (others.length > 0)
    log.warn(
      'hub-unasked',
      `Hubs of others (${others.map(hub => new URL(hub).host).join(', ')}) are told of nothing: ${why}, where they can fetch no feed.`,
      { host: hostname },
    )
}

function previewStays(store: string): CommandFailure {
  return new CommandFailure(exitCodes.usage, `A preview is for this machine, and goes to no store.`, {
    hint: `Leave --preview out to publish to ${store}, or --to to look at it here.`,
  })
}

/** Options count over the settings' own words. */
const withOptions = (written: ServingSettings, { metrics, log }: ServeOptions): ServingSettings => ({
  ...written,
  metrics: metrics ?? written.metrics,
  log: log ?? written.log,
})

const startFailure = (error: unknown, folder: PublicationFolder) =>
  isSourceError(error)
    ? new CommandFailure(exitCodes.usage, explainFailure(error, folder).message)
    : storeFailure(error)

/** What was begun is ended before a failure goes on its way. */
const after =
  (cleanUp: () => Promise<void>) =>
  async (error: unknown): Promise<never> => {
    await cleanUp()
    throw error
  }

function readerOf(store: Store, { deltas }: ServingSettings) {
  const reader = createReader({ store })
  return deltas
    ? withDeltas(reader, { store, clock: Date.now, digest: text => hash('sha256', text) })
    : reader
}

/** Where what is published rests, and who publishes to it: in memory, or in the store that was named, which others serve from too. */
function openStore(
  folder: PublicationFolder,
  { to, singleWriter = false }: ServeOptions,
  log: ServeLog,
  given: Pick<FolderPublisherOptions, 'observers' | 'startWorkers'>,
): { store: Store; publisher: Publisher } {
  const progress = createProgress('Reading')
  const more: FolderPublisherOptions = {
    say: message => log.warn('cache-rebuilt', message),
    ...(log.forPeople && {
      onProgress: (done, total) => (done < total ? progress.update(done, total) : progress.done()),
    }),
    ...given,
    onObserverError: error => log.warn('observer-failed', `An observer failed: ${String(error)}`),
  }
  const onUnreadable = (path: string) =>
    log.warn('unreadable', `${path} could not be read, and is left out.`, { path })
  if (to !== undefined) {
    const { publication, publisher } = objectPublisher(folder, { to, singleWriter, onUnreadable }, more)
    return { store: publication, publisher }
  }
  const store = createMemoryStore({ digest: nodeDigest, compress: nodeCompressors, onUnreadable })
  return { store, publisher: folderPublisher(folder, { ...more, store, render: 'popular' }) }
}

/** A port or socket of its own for operators; null where the settings name none. */
async function startOperationsAt(
  named: string | null,
  families: OperationsOptions['families'],
  readiness: () => Readiness,
): Promise<OperationsServer | null> {
  if (named === null) return null
  const place = placeNamed(named)
  const option = { host: '--metrics', port: '--metrics', socket: '--metrics' }
  return listenOrExplain(place, option, () => startOperations(place, { readiness, families }))
}
