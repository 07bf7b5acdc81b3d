import { alarmAbout } from '../../catalog/changes.ts'
import type { PresetName } from '../../model/preset.ts'
import { CommandFailure, exitCodes } from './exit.ts'
import { folderPublisher } from './folder-publisher.ts'
import { changesReport, ledgerFailure } from './ledger-messages.ts'
import { ownCommand } from './own-command.ts'
import { findFolder, loadSettings, noAddress, type UrlOption } from './publication-folder.ts'
import type { Terminal } from './terminal.ts'

export interface AcceptOptions {
  url: UrlOption | null
  preset?: PresetName
}

/**
 * Records a mass change that is meant, by its number, and publishes nothing itself: a server that runs looks at the folder again when the ledger
 * changes, and finds nothing to be asked about any more.
 */
export async function accept(
  number: number,
  named: string | undefined,
  options: AcceptOptions,
  terminal: Terminal,
): Promise<number> {
  const folder = findFolder(named)
  const { site, urlFrom } = await loadSettings(folder, options, terminal)
  if (urlFrom === 'preview') throw noAddress(folder)
  const publisher = folderPublisher(folder, { say: terminal.say })
  const refuse = (error: unknown) => {
    throw ledgerFailure(error, folder)
  }
  const plan = await publisher.plan(site).catch(refuse)
  const alarm = plan.before.ledger && alarmAbout(plan.changes, plan.before.ledger)
  if (!alarm)
    throw new CommandFailure(exitCodes.usage, 'There is no mass change to accept. Nothing was recorded.', {
      hint: `What publishing would do: ${ownCommand()} diff ${folder.shown}`,
    })
  await publisher.commitLedger(site, plan, number).catch(refuse)
  for (const line of changesReport(plan.changes)) terminal.out(`${line}\n`)
  terminal.say('Recorded. The next build, deployment or look of a running server publishes it.')
  return exitCodes.ok
}
