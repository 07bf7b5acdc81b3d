import { join } from 'node:path'
import type { FileReport } from '../../model/article.ts'
import type { Diagnostic, Severity } from '../../model/diagnostic.ts'
import { isOfSystem, type Preset } from '../../model/preset.ts'
import type { Site } from '../../model/site.ts'
import type { Source } from '../../model/source.ts'
import type { Inspection, Totals } from '../../publish/inspect.ts'
import { codeFrame } from './code-frame.ts'
import type { PublicationFolder } from './publication-folder.ts'
import { countsOf, whyNothing } from './summary.ts'
import { count, printable, type Terminal } from './terminal.ts'
import { unreadLines } from './unread-report.ts'

const colours = { error: 'red', warning: 'yellow', info: 'cyan' } as const satisfies Record<Severity, string>

/**
 * What becomes of the folder, for people: each file with something to say, its findings with place, line and hint; then
 * the totals. Notes (`info`) are counted, and shown in `--json`, for a good folder should have a short report; but why an article is
 * withheld is told always.
 */
export async function checkReport(
  folder: PublicationFolder,
  { preset }: Pick<Site, 'preset'>,
  inspection: Inspection,
  source: Source,
  style: Terminal['style'],
): Promise<string> {
  const lines: string[] = []
  for (const finding of inspection.settings) {
    const text = finding.line === null ? '' : await readSourceText(source, finding.path)
    lines.push(...findingLines(folder, finding, text, style), '')
  }
  for (const file of inspection.files) {
    const findings = file.diagnostics.filter(finding => !isNote(finding))
    if (findings.length === 0 && file.status === 'published') continue
    lines.push(...(await fileReport(folder, file, findings, source, style)), '')
  }
  lines.push(...unreadLines(inspection.unread(), style))
  lines.push(...presetLines(preset), ...totalLines(inspection, style), ...whyNothing(inspection))
  return lines.join('\n')
}

const isNote = ({ severity, code }: Diagnostic) => severity === 'info' && code !== 'draft-by-name'

/** A folder of Broadsheet's own kind needs no explanation. */
function presetLines(preset: Preset): string[] {
  const { name, why } = preset
  if (isOfSystem(preset)) return [`Read as ${name} reads it: ${printable(why)}.`]
  return name === 'none' ? [`Read as no other system's folder: ${why}.`] : []
}

async function fileReport(
  folder: PublicationFolder,
  file: FileReport,
  findings: Diagnostic[],
  source: Source,
  style: Terminal['style'],
): Promise<string[]> {
  const lines = [`${style('bold', printable(join(folder.shown, file.path)))} ${fate(file, style)}`]
  // Read again only for the files that have something to show, and never for one that could not be read.
  const text = findings.some(({ line }) => line !== null) ? await readSourceText(source, file.path) : ''
  for (const finding of findings) lines.push(...findingLines(folder, finding, text, style))
  return lines
}

/** @param text of the file that the finding is about; looked at only where it has a line */
function findingLines(
  folder: PublicationFolder,
  { path, code, severity, line, column, message, hint }: Diagnostic,
  text: string,
  style: Terminal['style'],
): string[] {
  const place = [printable(join(folder.shown, path)), line, column].filter(part => part !== null).join(':')
  return [
    `  ${place} ${style(colours[severity], severity)} ${style('dim', code)}`,
    `    ${printable(message)}`,
    ...(line === null ? [] : codeFrame(text, line, column, style).map(frame => `    ${frame}`)),
    `    ${printable(hint)}`,
  ]
}

function fate(file: FileReport, style: Terminal['style']): string {
  const { status, reason } = file
  if (status === 'published') return style('green', 'published')
  const words = reason === null ? status : `${status}: ${reason}${whenOf(file)}`
  return style(status === 'rejected' ? 'red' : 'yellow', words)
}

/** Until when, or since when, an article is withheld. */
function whenOf({ reason, article }: FileReport): string {
  if (reason === 'scheduled' && article?.published) return ` for ${article.published.rfc3339}`
  if (reason === 'expired' && article?.expires) return ` since ${article.expires.rfc3339}`
  return ''
}

async function readSourceText(source: Source, path: string): Promise<string> {
  try {
    return new TextDecoder().decode(await source.read(path))
  } catch {
    return ''
  }
}

function totalLines({ totals, files }: Inspection, style: Terminal['style']): string[] {
  const notes = files.flatMap(file => file.diagnostics).filter(isNote).length
  return [
    style('bold', `${count(totals.files, 'file')}: ${countsOf(totals)}.`),
    `${findingsOf(totals)}${notes > 0 ? ` ${count(notes, 'note')} in --json.` : ''}${totals.ignored > 0 ? ` ${count(totals.ignored, 'other file')} ignored.` : ''}`,
  ]
}

function findingsOf({ errors, warnings }: Totals): string {
  if (errors === 0 && warnings === 0) return 'Nothing to complain about.'
  return `${count(errors, 'error')}, ${count(warnings, 'warning')}.`
}
