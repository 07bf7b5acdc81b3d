import type { PresetName } from '../../model/preset.ts'
import type { Inspection } from '../../publish/inspect.ts'
import { settingPlace, settingsFile } from '../../settings/settings.ts'
import { folderSource } from '../../source/folder.ts'
import { safeJson } from '../../text/escape.ts'
import { checkDocument } from './check-document.ts'
import { checkReport } from './check-report.ts'
import { explain, whyReport } from './check-why.ts'
import { exitCodes } from './exit.ts'
import { folderPublisher } from './folder-publisher.ts'
import { ledgerFailure } from './ledger-messages.ts'
import { createProgress } from './progress.ts'
import { findFolder, loadSettings, settingsText, type UrlOption } from './publication-folder.ts'
import type { Terminal } from './terminal.ts'

export interface CheckOptions {
  json?: boolean
  /** A file whose lines are explained, in place of the report. */
  why?: string
  url: UrlOption | null
  preset?: PresetName
}

/** Says what becomes of every file, and why. Exit code 1 where a file is rejected or an error was found. */
export async function check(
  named: string | undefined,
  options: CheckOptions,
  terminal: Terminal,
): Promise<number> {
  const folder = findFolder(named)
  const { site } = await loadSettings(folder, options, terminal)
  const source = folderSource(folder.path)
  const progress = createProgress('Reading')
  const publisher = folderPublisher(folder, { say: terminal.say, source, onProgress: progress.update })
  const { inspection: found } = await publisher.plan(site).catch(error => {
    throw ledgerFailure(error, folder)
  })
  progress.done()
  if (options.why !== undefined) {
    const explanation = await explain(folder, site, found, source, options.why)
    const report = options.json ? safeJson(explanation, 2) : whyReport(folder, explanation, terminal.outStyle)
    terminal.out(`${report}\n`)
    const { status, diagnostics } = explanation
    const isWrong = status === 'rejected' || diagnostics.some(({ severity }) => severity === 'error')
    return isWrong ? exitCodes.findings : exitCodes.ok
  }
  const inspection = { ...found, settings: atTheirPlaces(found.settings, settingsText(folder) ?? '') }
  if (options.json) terminal.out(`${safeJson(checkDocument(folder, site, inspection), 2)}\n`)
  else terminal.out(`${await checkReport(folder, site, inspection, source, terminal.outStyle)}\n`)
  const { rejected, errors } = inspection.totals
  return rejected > 0 || errors > 0 ? exitCodes.findings : exitCodes.ok
}

/** What is wrong with a setting points at the setting. */
function atTheirPlaces(found: Inspection['settings'], toml: string): Inspection['settings'] {
  return found.map(diagnostic => {
    const place = settingPlace(toml, diagnostic.setting)
    return place ? { ...diagnostic, path: settingsFile, ...place } : diagnostic
  })
}
