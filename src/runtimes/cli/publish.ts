import type { PresetName } from '../../model/preset.ts'
import type { PublishedPlan } from '../../publish/publisher.ts'
import { exitCodes } from './exit.ts'
import { ledgerFailure } from './ledger-messages.ts'
import { storeFailure } from './object-place.ts'
import { objectPublisher } from './object-publisher.ts'
import { createProgress } from './progress.ts'
import { findFolder, loadSettings, noAddress, type UrlOption } from './publication-folder.ts'
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

/** Publishes a folder to a store: what changed is rendered and uploaded, and readers find it in one step. */
export async function publish(
  named: string | undefined,
  options: PublishCommandOptions,
  terminal: Terminal,
): Promise<number> {
  const folder = findFolder(named)
  const { site, push, urlFrom } = await loadSettings(folder, options, terminal)
  if (urlFrom === 'preview') throw noAddress(folder)
  const start = performance.now()
  const [reading, progress] = [createProgress('Reading'), createProgress('Publishing')]
  const unreadable: string[] = []
  const { name, publication, publisher } = objectPublisher(
    folder,
    {
      to: options.to,
      singleWriter: options.singleWriter ?? false,
      onUnreadable: path => void unreadable.push(path),
      onProgress: done => progress.update(done),
    },
    { onProgress: (done, total) => (done < total ? reading.update(done, total) : reading.done()) },
  )
  const refuse = (error: unknown) => {
    throw storeFailure(ledgerFailure(error, folder))
  }
  const { generation: before } = await publication.newestLedger().catch(refuse)
  const published = await publisher.publish(site, { accept: options.accept ?? null }).catch(refuse)
  progress.done()
  report(
    published,
    before,
    { name, unreadable, milliseconds: Math.round(performance.now() - start) },
    options,
    terminal,
  )
  if (published.snapshot.generation !== before && site.hubs.length > 0) {
    // Loaded for those who have hubs alone: what asks other machines takes Node as long to load as all of itself.
    const { pingAllHubs } = await import('./told-hubs.ts')
    await pingAllHubs(site, push, terminal)
  }
  return published.inspection.totals.rejected > 0 ? exitCodes.findings : exitCodes.ok
}

interface PublishReport {
  /** The store’s. */
  name: string
  unreadable: string[]
  milliseconds: number
}

function report(
  { inspection, snapshot, event }: PublishedPlan,
  before: number,
  { name, unreadable, milliseconds }: PublishReport,
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
          store: name,
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
      ? `Generation ${generation} is in ${name}: ${count(added.length, 'article')} new, ${updated.length} updated, ${withdrawn.length} withdrawn (${milliseconds} ms).`
      : `Generation ${generation} in ${name} is as it should be: nothing changed (${milliseconds} ms).`,
  )
  terminal.say(`${countsOf(inspection.totals)}.`)
  for (const path of unreadable)
    terminal.say(
      `${terminal.style('yellow', 'warning')} ${printable(path)} could not be read, and is left out.`,
    )
  for (const line of whyNothing(inspection)) terminal.say(`${terminal.style('yellow', 'warning')} ${line}`)
}
