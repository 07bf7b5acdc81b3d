import type { ObjectStore } from '../../model/object-store.ts'
import type { PresetName } from '../../model/preset.ts'
import type { Site } from '../../model/site.ts'
import { createObjectLedger } from '../../publish/object-ledger.ts'
import type { PublishedPlan, Publisher } from '../../publish/publisher.ts'
import { probeConditionalWrites } from '../../store/object-probe.ts'
import { createObjectPublication, type ObjectPublication } from '../../store/object-publication.ts'
import { isPublicationConflict } from '../../store/object-writer.ts'
import { nodeCompressors, nodeDigest } from '../node/codings.ts'
import { openLedger } from '../node/ledger-file.ts'
import { CommandFailure, exitCodes } from './exit.ts'
import { folderPublisher } from './folder-publisher.ts'
import { ledgerFailure } from './ledger-messages.ts'
import { openObjectPlace, storeFailure } from './object-place.ts'
import { createProgress } from './progress.ts'
import { findFolder, loadSettings, type UrlOption } from './publication-folder.ts'
import { countsOf, whyNothing } from './summary.ts'
import { count, printable, type Terminal } from './terminal.ts'

export interface PublishCommandOptions {
  to: string
  url: UrlOption | null
  preset?: PresetName
  /** The number of an alarm that is meant. */
  accept?: number
  /** Nobody else publishes there: a store that can't tell two publishers apart will do. */
  singleWriter?: boolean
  json?: boolean
}

/** Another publisher may be quicker so often. */
const maxAttempts = 10

/** Publishes a folder to a store: what changed is rendered and uploaded, and readers find it in one step. */
export async function publish(
  named: string | undefined,
  options: PublishCommandOptions,
  terminal: Terminal,
): Promise<number> {
  const folder = findFolder(named)
  const { site, urlFrom } = await loadSettings(folder, options, terminal)
  if (urlFrom === 'preview')
    throw new CommandFailure(
      exitCodes.usage,
      'The publication has no address yet, and every link and id in it is made of one.',
      { hint: `Set \`url = "https://…/"\` in ${folder.shown}/broadsheet.toml, or give --url.` },
    )
  const start = performance.now()
  const { objects, cache } = openObjectPlace(options.to)
  const progress = createProgress('Publishing')
  const unreadable: string[] = []
  const publication = createObjectPublication({
    objects,
    cache,
    digest: nodeDigest,
    compress: { gzip: nodeCompressors.gzip!, br: nodeCompressors.br! },
    clock: Date.now,
    onProgress: done => progress.update(done),
    onUnreadable: path => void unreadable.push(path),
  })
  const publisher = folderPublisher(folder, {
    ledger: createObjectLedger(publication, openLedger(folder.path)),
    store: publication,
    render: 'none',
  })
  const refuse = (error: unknown) => {
    throw storeFailure(ledgerFailure(error, folder))
  }
  const before = await refuseUnsafe(publication, objects, options).catch(refuse)
  const published = await publishUntilWon(publisher, site, options.accept ?? null).catch(refuse)
  progress.done()
  report(
    published,
    before,
    { objects, unreadable, milliseconds: Math.round(performance.now() - start) },
    options,
    terminal,
  )
  return published.inspection.totals.rejected > 0 ? exitCodes.findings : exitCodes.ok
}

/** The generation before; the first one is only made where the store lets one of several publishers win. */
async function refuseUnsafe(
  publication: ObjectPublication,
  objects: ObjectStore,
  { singleWriter = false, to }: PublishCommandOptions,
): Promise<number> {
  const { generation } = await publication.readLedger()
  if (generation > 0 || singleWriter) return generation
  const fault = await probeConditionalWrites(objects)
  if (fault === null) return generation
  throw new CommandFailure(
    exitCodes.startUp,
    `${printable(to)} can't keep two publishers apart: ${fault}. Nothing was published.`,
    {
      hint: 'Use a store that honours If-None-Match, or say --single-writer where nobody else ever publishes there.',
    },
  )
}

/** Another publisher that was quicker left another ledger: read it, and publish on it. */
async function publishUntilWon(
  publisher: Publisher,
  site: Site,
  accept: number | null,
): Promise<PublishedPlan> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await publisher.publish(site, { accept })
    } catch (error) {
      if (!isPublicationConflict(error) || attempt === maxAttempts) throw error
    }
  }
}

interface PublishReport {
  objects: ObjectStore
  unreadable: string[]
  milliseconds: number
}

function report(
  { inspection, snapshot, event }: PublishedPlan,
  before: number,
  { objects, unreadable, milliseconds }: PublishReport,
  { json }: PublishCommandOptions,
  terminal: Terminal,
): void {
  const { generation } = snapshot
  const isNew = generation !== before
  const { added, updated, withdrawn } = event
  if (json)
    terminal.out(
      `${JSON.stringify(
        {
          store: objects.name,
          generation,
          changed: isNew,
          milliseconds,
          totals: inspection.totals,
          added: added.map(({ id }) => id),
          updated: updated.map(({ id }) => id),
          withdrawn: withdrawn.map(({ id }) => id),
        },
        null,
        2,
      )}\n`,
    )
  terminal.say(
    isNew
      ? `Generation ${generation} is in ${objects.name}: ${count(added.length, 'article')} new, ${updated.length} updated, ${withdrawn.length} withdrawn (${milliseconds} ms).`
      : `Generation ${generation} in ${objects.name} is as it should be: nothing changed (${milliseconds} ms).`,
  )
  terminal.say(`${countsOf(inspection.totals)}.`)
  for (const path of unreadable)
    terminal.say(
      `${terminal.style('yellow', 'warning')} ${printable(path)} could not be read, and is left out.`,
    )
  for (const line of whyNothing(inspection)) terminal.say(`${terminal.style('yellow', 'warning')} ${line}`)
}
