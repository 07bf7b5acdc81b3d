import { setTimeout as sleep } from 'node:timers/promises'
import { appOf } from '../../http/app.ts'
import { createReader } from '../../http/reader.ts'
import { ObjectStoreError } from '../../model/object-store.ts'
import { type ServingSettings, servingDefaults } from '../../model/serving.ts'
import { createObjectReader, type ObjectReader } from '../../store/object-reader.ts'
import { safeJson } from '../../text/escape.ts'
import { nodeDigest, nodeGunzip } from '../node/codings.ts'
import { followStore } from '../node/follow-store.ts'
import { createOperations, limitsOf } from '../node/operations.ts'
import { placeNamed, type Readiness, startOperations } from '../node/operations-server.ts'
import { listeningUrl } from '../node/server.ts'
import { startWatchedServer } from '../node/watched-server.ts'
import { answerReports, ownWorkerNumber } from '../node/worker-processes.ts'
import { untilEndOfService } from './end-of-service.ts'
import { openObjectPlace } from './object-place.ts'
import { type ListeningOptions, listeningPlace, listenOrExplain } from './serve-listening.ts'
import { answerFailures, createServeLog, type ServeLog } from './serve-log.ts'
import type { Terminal } from './terminal.ts'

export interface ServeFromOptions extends ListeningOptions {
  from: string
  /** Seconds between two looks for a newer generation. */
  poll: number
  metrics?: string
  log?: ServingSettings['log']
  json?: boolean
}

/**
 * Serves what somebody publishes to a store, on any number of machines, until a signal ends it. No folder is needed. Of several processes with
 * one port each runs this.
 */
export async function serveFrom(options: ServeFromOptions, terminal: Terminal): Promise<number> {
  const worker = ownWorkerNumber(process.env)
  // There is no folder whose settings could say otherwise.
  const settings = {
    ...servingDefaults,
    metrics: options.metrics ?? servingDefaults.metrics,
    log: options.log ?? servingDefaults.log,
  }
  const log = spokenBy(worker, createServeLog(settings.log, terminal, Date.now))
  const { objects, cache } = openObjectPlace(options.from)
  const reader = createObjectReader({
    objects,
    digest: nodeDigest,
    gunzip: nodeGunzip,
    clock: Date.now,
    ...(cache && { cache }),
    onTrouble: error => log.warn('store-trouble', String(error)),
  })
  const answering = createReader({ store: reader })
  const { fetch } = appOf(answering, { onError: answerFailures(log) })
  const operations = createOperations({ settings, store: reader, clock: Date.now, logRequest: log.request })
  const watcher = createStoreWatch(objects.name, reader, log)
  const place = listeningPlace(options)
  // Looked at first: whoever listens is asked at once, by a proxy that waited for it, and should have an answer.
  const firstLook = await Promise.race([reader.refresh().then(nothing, asIs), overdue(reader)])
  const server = await listenOrExplain(place, { host: '--host', port: '--port', socket: '--socket' }, () =>
    startWatchedServer({ ...place, fetch, reader: answering, limits: limitsOf(settings) }, operations.watch),
  )
  const { families } = operations
  const readiness = watcher.readiness
  // Of several, the process that began them is asked, and asks each.
  if (worker !== null) answerReports(() => ({ readiness: readiness(), families: families() }))
  const operationsServer =
    settings.metrics === null || worker !== null
      ? null
      : await startOperations(placeNamed(settings.metrics), { readiness, families })
  await watcher.look(firstLook)
  const following = followStore(reader, {
    pollInterval: options.poll * 1000,
    onLook: error => void watcher.look(error),
  })
  // Before it is said that it serves: whoever reads that may end it at once.
  const ended = untilEndOfService(log, async () => {
    watcher.stop()
    following.stop()
    await server.stop()
    await operationsServer?.stop()
    operations.stop()
    await log.flush()
  })
  const url = listeningUrl(server.host, server.port)
  log.say('serving', `Serving ${objects.name} at ${terminal.style('cyan', url)}. Ctrl+C ends it.`, { url })
  watcher.tellNothing()
  if (options.json && !worker)
    terminal.out(`${safeJson({ url, from: objects.name, generation: readiness().generation })}\n`)
  return ended
}

/** Milliseconds that the first look may take: a store that hangs must not keep a server from what it has on this machine. */
const firstLookPatience = 10_000

async function overdue(reader: ObjectReader): Promise<ObjectStoreError> {
  await sleep(firstLookPatience, undefined, { ref: false })
  await reader.recall().catch(nothing)
  return new ObjectStoreError('It has not answered for ten seconds.', null)
}

const nothing = () => null
const asIs = (error: unknown) => error

/** Of several processes one speaks; requests are logged by whoever answered them. */
function spokenBy(worker: number | null, log: ServeLog): ServeLog {
  return worker ? { ...log, say: () => {}, warn: () => {} } : log
}

/** What becomes known of the store, said once each. */
function createStoreWatch(name: string, reader: ObjectReader, log: ServeLog) {
  let generation: number | null = null
  let trouble = ''
  let stopping = false
  return {
    /** @param error of the last look; null: there was none */
    async look(error: unknown): Promise<void> {
      const said = error === null ? '' : String(error)
      if (said !== trouble) {
        if (said !== '')
          log.warn('store-away', `${name} can't be read: ${said} What is known is served; it is asked again.`)
        else log.say('store-back', `${name} answers again.`)
      }
      trouble = said
      if (reader.lastSeen() === null && reader.generation() === null) return
      const snapshot = await reader.current()
      if (!snapshot || snapshot.generation === generation) return
      generation = snapshot.generation
      log.say('generation', `Serving generation ${generation} of ${snapshot.url}`, { generation })
    },
    tellNothing() {
      if (generation === null && trouble === '')
        log.warn('nothing-published', `Nothing is published in ${name} yet. It is served as soon as it is.`)
    },
    readiness: (): Readiness => ({
      status: stopping ? 'stopping' : generation === null ? 'starting' : 'ready',
      generation,
      publishing: trouble === '' ? 'ok' : 'failing',
      ...(trouble !== '' && { reason: 'store' }),
    }),
    stop() {
      stopping = true
    },
  }
}
