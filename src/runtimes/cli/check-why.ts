import { join, relative, resolve, sep } from 'node:path'
import type { Article, FieldName, FileReport } from '../../model/article.ts'
import { articleFormatOf } from '../../model/article-paths.ts'
import type { Diagnostic } from '../../model/diagnostic.ts'
import type { Site } from '../../model/site.ts'
import type { Source } from '../../model/source.ts'
import { boilerplateIn, learnBoilerplate } from '../../page-text/learn-boilerplate.ts'
import { dateOrderIn } from '../../page-text/learn-date-order.ts'
import { accountPageText, type LineAccount } from '../../page-text/page-text.ts'
import { decodeText } from '../../parse/decode.ts'
import { splitFrontMatter } from '../../parse/front-matter.ts'
import type { Inspection } from '../../publish/inspect.ts'
import { nearestName } from '../../text/nearest-name.ts'
import { CommandFailure, exitCodes } from './exit.ts'
import type { PublicationFolder } from './publication-folder.ts'
import { count, printable, type Terminal } from './terminal.ts'

/** What became of one file, and why; `check --why --json` prints it. */
export interface Explanation {
  path: string
  format: string
  status: FileReport['status']
  reason: string | null
  /** Each field that has a value: where it comes from, its line and how sure it is. */
  fields: { name: string; value: string; from: string; line: number | null; confidence: number }[]
  /** What `check` says of it. */
  diagnostics: Diagnostic[]
  /** Of page text each line, and what it was taken for; null for other formats, which say themselves what is what, and for what was rejected. */
  lines: LineAccount[] | null
}

/**
 * What each line of a file was taken for, and on what evidence.
 * @param named the file, in the folder or from here
 */
export async function explain(
  folder: PublicationFolder,
  site: Site,
  { files }: Pick<Inspection, 'files'>,
  source: Source,
  named: string,
): Promise<Explanation> {
  const { path, status, reason, article, diagnostics } = fileNamed(folder, files, named)
  const format = articleFormatOf(path, site.preset.markdown) ?? 'other'
  const isRead = format === 'page-text' && status !== 'rejected'
  return {
    path,
    format,
    status,
    reason,
    fields: article ? fieldsOf(article) : [],
    diagnostics,
    lines: isRead ? await linesOf(path, site, files, source) : null,
  }
}

function fileNamed(folder: PublicationFolder, files: readonly FileReport[], named: string): FileReport {
  const fromHere = relative(folder.path, resolve(named)).split(sep).join('/')
  const found = files.find(({ path }) => path === named) ?? files.find(({ path }) => path === fromHere)
  if (found) return found
  const paths = files.map(({ path }) => path)
  const meant = nearestName(named, paths) ?? paths.find(path => path.endsWith(`/${named}`))
  throw new CommandFailure(exitCodes.usage, `${printable(named)} is no article file of ${folder.shown}.`, {
    hint: meant ? `Did you mean ${printable(meant)}?` : 'Name a file as `broadsheet check` names it.',
  })
}

const shown = [
  'title',
  'published',
  'updated',
  'authors',
  'section',
  'source',
  'agency',
  'language',
  'tags',
] as const

function fieldsOf(article: Article): Explanation['fields'] {
  return shown.flatMap(name => {
    const value = textOfField(article, name)
    const origin = article.fields[name]
    return value && origin ? [{ name, value, ...origin }] : []
  })
}

function textOfField(article: Article, name: FieldName): string {
  if (name === 'published' || name === 'updated') return article[name]?.rfc3339 ?? ''
  if (name === 'authors') return article.authors.map(author => author.name).join(', ')
  if (name === 'tags') return article.tags.join(', ')
  const value: unknown = name in article ? article[name as keyof Article] : null
  return typeof value === 'string' ? value : ''
}

async function linesOf(
  path: string,
  site: Site,
  reports: readonly FileReport[],
  source: Source,
): Promise<LineAccount[] | null> {
  const articles = new Set(reports.flatMap(({ path, status }) => (status === 'rejected' ? [] : path)))
  const { files } = await source.list()
  const pageTextFiles = files.filter(
    file => articles.has(file.path) && articleFormatOf(file.path, site.preset.markdown) === 'page-text',
  )
  const textOf = async (file: { path: string }) => decodeText(await source.read(file.path), file.path).text
  const learnt = await learnBoilerplate(pageTextFiles, textOf)
  const text = await textOf({ path })
  if (text === null) return null
  const { body } = splitFrontMatter(text, path, { headers: false })
  const context = {
    site,
    media: () => undefined,
    boilerplate: boilerplateIn(learnt.lines)(path),
    dateOrder: dateOrderIn(learnt.orders)(path),
  }
  return accountPageText(body, path, context).account
}

/** In characters; the rest of a line is not needed to know it again. */
const maxShown = 56

/** The explanation for people: the fields, then the lines; of many lines in a row that went the same way the first. Of what was rejected, why. */
export function whyReport(
  folder: PublicationFolder,
  { path, status, reason, fields, diagnostics, lines }: Explanation,
  style: Terminal['style'],
): string {
  const fate = reason === null ? status : `${status}: ${reason}`
  const head = `${style('bold', printable(join(folder.shown, path)))} ${fate}`
  if (status === 'rejected') {
    const findings = diagnostics.flatMap(({ message, hint }) => [message, hint])
    return [head, ...findings.map(text => `  ${printable(text)}`)].join('\n')
  }
  const rows = [head, '']
  for (const { name, value, from, line, confidence } of fields) {
    const place = line === null ? from : `${from}, line ${line}`
    const sure = confidence < 1 ? `, ${confidence}` : ''
    rows.push(`  ${name.padEnd(10)} ${clipped(value)}  ${style('dim', place + sure)}`)
  }
  if (lines === null) return [...rows, '', 'Only page text is read line by line.'].join('\n')
  return [...rows, '', ...lineRows(lines, style)].join('\n')
}

function lineRows(lines: readonly LineAccount[], style: Terminal['style']): string[] {
  const width = String(lines.at(-1)?.line ?? 1).length
  return runsOf(lines).flatMap(run => {
    const [{ line, text, role, reason, evidence }] = run as [LineAccount]
    const why = [role === 'dropped' ? reason : null, evidence].filter(Boolean).join('; ')
    const colour = role === 'body' ? 'reset' : role === 'dropped' ? 'yellow' : 'green'
    const row = `  ${String(line).padStart(width)} ${style(colour, role.padEnd(8))} ${clipped(text)}`
    const rest =
      run.length > 1 ? [style('dim', `  ${' '.repeat(width)} … ${count(run.length - 1, 'line')} more`)] : []
    return [why ? `${row}  ${style('dim', printable(why))}` : row, ...rest]
  })
}

/** Neighbours of one role with one reason, together. */
function runsOf(lines: readonly LineAccount[]): LineAccount[][] {
  const runs: LineAccount[][] = []
  for (const line of lines) {
    const before = runs.at(-1)?.[0]
    const isSame =
      before?.role === line.role && before.reason === line.reason && before.evidence === line.evidence
    if (isSame && (line.role === 'body' || line.role === 'dropped')) runs.at(-1)?.push(line)
    else runs.push([line])
  }
  return runs
}

function clipped(text: string): string {
  const one = printable(text.replace(/\s+/g, ' '))
  return one.length > maxShown ? `${one.slice(0, maxShown - 1)}…` : one
}
