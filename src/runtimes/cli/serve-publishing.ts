import type { Changed } from '../../catalog/changes.ts'
import { isStoreTrouble } from '../../model/object-store.ts'
import type { PublicationEvent } from '../../model/observer.ts'
import type { PushSettings } from '../../model/push-settings.ts'
import type { ServingSettings } from '../../model/serving.ts'
import type { Site } from '../../model/site.ts'
import type { Snapshot } from '../../model/snapshot.ts'
import { isSourceError } from '../../model/source.ts'
import type { Inspection } from '../../publish/inspect.ts'
import type { Publisher } from '../../publish/publisher.ts'
import type { Audience } from '../../push/publication-look.ts'
import type { Operations } from '../node/operations.ts'
import { CommandFailure, type FailureReason } from './exit.ts'
import { ledgerFailure, ledgerMade } from './ledger-messages.ts'
import { storeFailure } from './object-place.ts'
import type { PublicationFolder } from './publication-folder.ts'
import type { ServeLog } from './serve-log.ts'
import { audienceSentence } from './serve-push.ts'
import { count, printable } from './terminal.ts'

export interface ServePublishingOptions {
  folder: PublicationFolder
  publisher: Publisher
  /** The settings as they are now. */
  settings(): Promise<{ site: Site; serving: ServingSettings; push: PushSettings }>
  operations: Operations
  log: ServeLog
  /** The number of an alarm that is meant. */
  accept: number | null
  /** Whom the last publication concerns; null: nobody is told of any. */
  audience(): Promise<Audience | null>
}

export interface FirstPublication {
  site: Site
  inspection: Inspection
}

/** Publishes a folder that is being served, when it changes and when an article's time comes. */
export interface ServePublishing {
  /** Rejects where nothing can be published at all. */
  start(): Promise<FirstPublication>
  /**
   * What goes wrong is said, and takes nothing away that was published. False: the folder could not be read.
   * @param changed paths in the folder where something happened; null: anywhere
   */
  publishAgain(changed: ReadonlySet<string> | null): Promise<boolean>
  /** Null: the last look ended well. */
  failing(): FailureReason | null
  stop(): void
}

/** Milliseconds before files are tried again that could not be read. */
const retryAfter = 5_000

/** Milliseconds before a publication is tried again that failed. */
const retryAfterFailure = 30_000

/** The longest wait that a timer takes (2³¹ − 1 ms); what is due later is waited for in pieces. */
const maxTimer = 2_147_483_647

export function createServePublishing(options: ServePublishingOptions): ServePublishing {
  const { folder, publisher, operations, log, accept } = options
  const repetition = createRepetition(log, () => void publishAgain(null))
  let generation = 0
  let complaint = ''
  let failing: FailureReason | null = null
  let knownServing: string | null = null

  function noteServing(serving: ServingSettings, push: PushSettings): void {
    const said = JSON.stringify([serving, push])
    if (knownServing !== null && said !== knownServing) log.warn('serve-settings-changed', settingsChanged)
    knownServing = said
  }

  async function publish(changed: ReadonlySet<string> | null) {
    const start = performance.now()
    const { site, serving, push } = await options.settings()
    noteServing(serving, push)
    const published = await publisher.publish(site, { accept, changed }).catch(error => {
      throw ledgerFailure(error, folder)
    })
    const milliseconds = performance.now() - start
    operations.published(published.snapshot, published.inspection.totals, milliseconds / 1000)
    repetition.whenDue(published.snapshot)
    repetition.whenReadable(published.inspection)
    return { site, ...published, milliseconds: Math.round(milliseconds) }
  }

  async function publishAgain(changed: ReadonlySet<string> | null): Promise<boolean> {
    try {
      const { inspection, snapshot, event, milliseconds } = await publish(changed)
      if (complaint !== '') log.say('recovered', 'All is well again.')
      complaint = ''
      failing = null
      if (snapshot.generation === generation) return true
      generation = snapshot.generation
      const audience = await options.audience()
      const sentence = `Published again: ${newsOf(event)} (${milliseconds} ms).${audienceSentence(audience)}`
      const told = audience && { toBeTold: audience }
      log.say('published', sentence, {
        generation,
        milliseconds,
        ...countsOf(event),
        ...told,
        ...inspection.totals,
      })
      return true
    } catch (error) {
      const { message, report, hint, reason } = explainFailure(error, folder)
      operations.publishFailed(reason)
      repetition.afterFailure()
      const text = `${report ?? ''}${message}`
      // Said once: a folder that stays away is looked for every few seconds.
      if (text !== complaint) {
        if (report) log.terminal.say(report)
        const sentence = `${message} Readers still get what was published last.`
        log.fail('publish-failed', hint === null ? sentence : `${sentence}\n${hint}`, { reason })
      }
      complaint = text
      failing = reason
      return !isSourceError(error) && !isStoreTrouble(error)
    }
  }

  return {
    async start() {
      const published = await publish(null)
      const { site, inspection, snapshot } = published
      generation = snapshot.generation
      const made = ledgerMade(folder, published, site)
      if (made) log.say('ledger-made', made)
      return { site, inspection }
    },
    publishAgain,
    failing: () => failing,
    stop: repetition.stop,
  }
}

/** Files that hold no text, by what is found of them: nothing is wrong with the disk, and only their owner can mend them. */
const textless: Record<string, [one: string, many: string]> = {
  'file-empty': ['is empty', 'are empty'],
  'file-binary': ['holds no text', 'hold no text'],
  'front-matter-cut': ['ends inside its front matter', 'end inside their front matter'],
}

/** What is said of files that give no article though one was published: the reason, and what readers get meanwhile. */
function unavailableSentences({
  unavailable,
  files,
}: Pick<Inspection, 'unavailable' | 'files'>): { message: string; files: number }[] {
  if (unavailable.size === 0) return []
  const reports = new Map(files.flatMap(file => (unavailable.has(file.path) ? [[file.path, file]] : [])))
  const groups = Map.groupBy([...unavailable].sort(), path => {
    const { article = null, diagnostics = [] } = reports.get(path) ?? {}
    const found = diagnostics.find(({ code }) => Object.hasOwn(textless, code))
    return `${found?.code ?? ''} ${article === null ? 'left-out' : 'kept'}`
  })
  return [...groups].map(([group, paths]) => {
    const [code = '', kept] = group.split(' ')
    const isOne = paths.length === 1
    const [one, many] = textless[code] ?? ["can't be read just now", "can't be read just now"]
    const named = `${paths.slice(0, namedTitles).map(printable).join(', ')}${paths.length > namedTitles ? ', …' : ''}`
    const what = `${count(paths.length, `file ${one}`, `files ${many}`)}: ${named}.`
    const until =
      code === ''
        ? `until ${isOne ? 'it' : 'they'} can`
        : `until ${isOne ? 'it has text again, or is' : 'they have text again, or are'} removed`
    const stays =
      kept === 'kept'
        ? `What was published of ${isOne ? 'it' : 'them'} stays ${until}.`
        : `Nothing is remembered of ${isOne ? 'it: it is' : 'them: they are'} left out, and where one was published its address answers 503, ${until}.`
    return { message: `${what} ${stays}`, files: paths.length }
  })
}

/** Publishes again though nothing has changed: when an article's time comes, after a failure, and for files that could not be read. */
function createRepetition(log: ServeLog, again: () => void) {
  let dueTimer: NodeJS.Timeout | undefined
  let retryTimer: NodeJS.Timeout | undefined
  let unavailable = ''
  return {
    whenDue(snapshot: Snapshot): void {
      clearTimeout(dueTimer)
      const due = snapshot.nextDue(Date.now())
      if (due === null) return
      const wait = Math.min(Math.max(due - Date.now(), 0), maxTimer)
      dueTimer = setTimeout(again, wait)
    },
    /** Said once for the same files. */
    whenReadable(inspection: Pick<Inspection, 'unavailable' | 'files'>): void {
      clearTimeout(retryTimer)
      const sentences = unavailableSentences(inspection)
      const said = sentences.map(({ message }) => message).join('\n')
      if (said !== unavailable)
        for (const { message, files } of sentences) log.warn('unavailable', message, { files })
      unavailable = said
      if (inspection.unavailable.size > 0) retryTimer = setTimeout(again, retryAfter)
    },
    /** What was wrong may be right by itself: a clock, a full disk. */
    afterFailure(): void {
      clearTimeout(retryTimer)
      retryTimer = setTimeout(again, retryAfterFailure)
    },
    stop(): void {
      clearTimeout(dueTimer)
      clearTimeout(retryTimer)
    },
  }
}

const settingsChanged =
  'The tables [serve] and [push] are read at the start: begin anew for what they say now.'

/** Titles that are named of each kind of change. */
const namedTitles = 3

const countsOf = ({ added, updated, withdrawn }: PublicationEvent) => ({
  added: added.length,
  updated: updated.length,
  withdrawn: withdrawn.length,
})

/** `1 new (The bridge is open), 2 withdrawn (One, Two)`. */
export function newsOf({ added, updated, withdrawn }: PublicationEvent): string {
  const kinds: [string, Pick<Changed, 'title'>[]][] = [
    ['new', added],
    ['updated', updated],
    ['withdrawn', withdrawn.map(({ id, title }) => ({ title: title ?? id }))],
  ]
  const parts = kinds.flatMap(([kind, articles]) => {
    if (articles.length === 0) return []
    const titles = articles.slice(0, namedTitles).map(({ title }) => printable(title))
    const rest = articles.length - titles.length
    const more = rest > 0 ? ` and ${rest.toLocaleString('en')} more` : ''
    return [`${articles.length.toLocaleString('en')} ${kind} (${titles.join(', ')}${more})`]
  })
  return parts.length > 0 ? parts.join(', ') : 'no article is new, updated or withdrawn'
}

/** A failure as sentences, and what logs and metrics call it. */
export function explainFailure(
  failure: unknown,
  folder: PublicationFolder,
): { message: string; report: string | null; hint: string | null; reason: FailureReason } {
  const error = storeFailure(failure)
  if (error instanceof CommandFailure) {
    const { message, report, hint } = error
    return { message, report, hint, reason: error.reason ?? (isStoreTrouble(failure) ? 'store' : 'other') }
  }
  if (isSourceError(error)) {
    const message = `The folder ${folder.shown} can't be read.`
    return { message, report: null, hint: null, reason: 'folder-unreadable' }
  }
  const report = error instanceof Error ? (error.stack ?? null) : null
  return { message: `Publishing failed: ${String(error)}.`, report, hint: null, reason: 'other' }
}
