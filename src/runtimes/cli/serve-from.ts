import { once } from 'node:events'
import { appOf } from '../../http/app.ts'
import { createReader } from '../../http/reader.ts'
import { type ServingSettings, servingDefaults } from '../../model/serving.ts'
import { createObjectReader } from '../../store/object-reader.ts'
import { safeJson } from '../../text/escape.ts'
import { nodeDigest } from '../node/codings.ts'
import { followStore } from '../node/follow-store.ts'
import { createOperations, limitsOf } from '../node/operations.ts'
import { placeNamed, type Readiness, startOperations } from '../node/operations-server.ts'
import { listeningUrl } from '../node/server.ts'
import { startWatchedServer } from '../node/watched-server.ts'
import { exitCodes } from './exit.ts'
import { openObjectPlace } from './object-place.ts'
import { type ListeningOptions, listeningPlace, listenOrExplain } from './serve-listening.ts'
import { createServeLog } from './serve-log.ts'
import type { Terminal } from './terminal.ts'

export interface ServeFromOptions extends ListeningOptions {
  from: string
  /** Seconds between two looks for a newer generation. */
  poll: number
  metrics?: string
  log?: ServingSettings['log']
  json?: boolean
}

/** Serves what somebody publishes to a store, on any number of machines, until a signal ends it. No folder is needed. */
export async function serveFrom(options: ServeFromOptions, terminal: Terminal): Promise<number> {
  // There is no folder whose settings could say otherwise.
  const settings = servingDefaults
  const log = createServeLog(options.log ?? settings.log, terminal, Date.now)
  const { objects, cache } = openObjectPlace(options.from)
  const reader = createObjectReader({
    objects,
    digest: nodeDigest,
    clock: Date.now,
    ...(cache && { cache }),
    onTrouble: error => log.warn('store-trouble', String(error)),
  })
  const answering = createReader({ store: reader })
  const { fetch } = appOf(answering, {
    onError: error => log.warn('answer-failed', `An answer failed: ${String(error)}`),
  })
  const operations = createOperations({ settings, store: reader, clock: Date.now, logRequest: log.request })
  const place = listeningPlace(options)
  const server = await listenOrExplain(place, { host: '--host', port: '--port', socket: '--socket' }, () =>
    startWatchedServer({ ...place, fetch, reader: answering, limits: limitsOf(settings) }, operations.watch),
  )
  let generation: number | null = null
  let trouble = ''
  let stopping = false
  const readiness = (): Readiness => ({
    status: stopping ? 'stopping' : generation === null ? 'starting' : 'ready',
    generation,
    publishing: trouble === '' ? 'ok' : 'failing',
  })
  const metrics = options.metrics ?? settings.metrics
  const operationsServer =
    metrics === null
      ? null
      : await startOperations(placeNamed(metrics), { readiness, families: operations.families })

  async function looked(error: unknown): Promise<void> {
    const said = error === null ? '' : String(error)
    if (said !== trouble) {
      if (said !== '')
        log.warn(
          'store-away',
          `${objects.name} can't be read: ${said} What is known is served; it is asked again.`,
        )
      else log.say('store-back', `${objects.name} answers again.`)
    }
    trouble = said
    const snapshot = await reader.current()
    if (!snapshot || snapshot.generation === generation) return
    generation = snapshot.generation
    log.say('generation', `Serving generation ${generation} of ${snapshot.url}`, { generation })
  }

  const first = await reader.refresh().then(
    () => null,
    error => error,
  )
  await looked(first)
  const url = listeningUrl(server.host, server.port)
  log.say('serving', `Serving ${objects.name} at ${terminal.style('cyan', url)}. Ctrl+C ends it.`, { url })
  if (generation === null && first === null)
    log.warn(
      'nothing-published',
      `Nothing is published in ${objects.name} yet. It is served as soon as it is.`,
    )
  if (options.json) terminal.out(`${safeJson({ url, from: objects.name, generation })}\n`)
  const following = followStore(reader, {
    pollInterval: options.poll * 1000,
    onLook: error => void looked(error),
  })
  const signal = await Promise.race([
    once(process, 'SIGINT').then(() => 'SIGINT'),
    once(process, 'SIGTERM').then(() => 'SIGTERM'),
  ])
  stopping = true
  following.stop()
  await server.stop()
  await operationsServer?.stop()
  operations.stop()
  await log.flush()
  return signal === 'SIGINT' ? exitCodes.interrupted : exitCodes.ok
}
