import { settleDate } from '../model/article-date.ts'
import { diagnose } from '../model/diagnostic.ts'
import type { ParseContext, Reading } from '../model/reading.ts'
import type { SourceSettings } from '../model/site.ts'
import { readImpossibleDates } from '../text/date-grammar.ts'
import type { LineSignals } from './line-signals.ts'
import { pageAuthors } from './page-authors.ts'
import { type DateChoice, pageDates } from './page-dates.ts'
import { claim, type Draft, fieldOf, tell } from './page-draft.ts'
import { leadSource, sectionOf, sourceIdOf, sourceOf, tagsOf } from './page-source.ts'
import { isPostedLine } from './phrase-index.ts'
import { readChosenTitle } from './title-reading.ts'

/** The headline with its kicker and standfirst, or the line that is shown as one. */
export function claimTitle(draft: Draft): void {
  const { outline, lines, reading } = draft
  const { named } = outline
  if (named && !outline.title && lines[outline.likely?.index ?? -1]?.key !== named.key) {
    reading.title = { ...fieldOf(named.text, named.line, 0.7), from: 'derived' }
    tell(
      draft,
      'title-uncertain',
      named.line,
      `The page calls the article "${named.text}"; that stands nowhere as a headline.`,
    )
  } else if (outline.likely && !outline.title) {
    // Not sure enough to be taken out of the text, and better than its first words.
    const { title, confidence } = readChosenTitle(lines, outline.likely)
    const line = lines[outline.likely.index]!
    draft.evidence.set(
      line.index,
      `shown as headline, ${evidenceOf(confidence, outline.likely.because ?? [])}`,
    )
    reading.title = { ...fieldOf(title, line, confidence), from: 'derived' }
    tell(
      draft,
      'title-uncertain',
      line,
      `"${title}" may be the headline; it is shown as one and stays in the text.`,
    )
  }
  if (!outline.title) return
  const found = readChosenTitle(lines, outline.title)
  const line = lines[outline.title.index]!
  reading.title = fieldOf(found.title, line, found.confidence)
  draft.evidence.set(line.index, evidenceOf(found.confidence, outline.title.because ?? []))
  for (let at = outline.title.index; at <= outline.title.last; at++)
    claim(draft, lines[at]!, 'title', found.held)
  if (found.kicker) {
    reading.kicker = fieldOf(found.kicker.text, found.kicker.line, 0.7)
    claim(draft, found.kicker.line, 'kicker', [found.kicker.text])
  }
  if (found.standfirst) reading.standfirst = fieldOf(found.standfirst.text, found.standfirst, 0.7)
}

/**
 * A page's first line that may be its headline is one where who wrote it and when stand right below, each alone in its line: nothing else has both below it.
 */
export function settleLikelyTitle(draft: Draft): void {
  const { outline, lines, roles, reading } = draft
  const { authors, published, title } = reading
  const [first, ...below] = lines
  if (outline.title || outline.likely?.index !== first?.index || !first || !title) return
  const isSure = [authors, published].every(found => found?.from === 'text' && found.confidence >= 0.85)
  const lone = below.slice(0, 2).map(({ index }) => roles[index]?.role)
  if (!isSure || !lone.includes('byline') || !lone.includes('date') || title.line !== first.line) return
  if (roles[first.index] !== null) return
  reading.title = { ...title, from: 'text', confidence: 0.9 }
  reading.diagnostics = reading.diagnostics.filter(({ code }) => code !== 'title-uncertain')
  draft.evidence.set(first.index, evidenceOf(0.9, ['a byline and a date below it']))
  claim(draft, first, 'title', [title.value])
}

function evidenceOf(confidence: number, reasons: readonly string[]): string {
  return [confidence.toFixed(2), reasons.join(', ')].filter(Boolean).join(': ')
}

/**
 * When the article was published and updated.
 * @param ordered whether the page or the settings tell the day's place in numeric dates
 */
export function claimDates(
  draft: Draft,
  context: ParseContext,
  settings: SourceSettings | null,
  ordered: boolean,
): void {
  const { published, updated } = pageDates(draft.lines, draft.outline)
  // "Last edited …" at a page's foot is said of the page.
  const lastProse = draft.lines.findLastIndex(line => line.prose)
  const isFirst = updated && updated.line.index < lastProse && !wasRemarkedBefore(draft.lines, updated)
  const first = published ?? (isFirst ? updated : null)
  const settled = first ? dateField(draft, first, context, settings, ordered) : undefined
  draft.reading.published = settled
  if (first && settled && !published) {
    draft.reading.updated = settled
    draft.reading.published = { ...settled, from: 'derived', confidence: 0.5 }
    const told = `"${first.date.raw}" is when the page was updated; no earlier date stands in it.`
    tell(draft, 'date-uncertain', first.line, told)
  }
  if (published && updated) draft.reading.updated = dateField(draft, updated, context, settings, ordered)
  if (!first) tellImpossibleDate(draft)
}

/** A comment that is older than the change shows that the article is. */
function wasRemarkedBefore(lines: readonly LineSignals[], { line, date }: DateChoice): boolean {
  if (date.precision !== 'day') return false
  const heads = lines.filter(
    ({ ending, words, index }) => index > line.index && ending === 'comments' && words > 0,
  )
  const firstDates = heads.map(({ index }) =>
    lines.slice(index + 1, index + remarkReach).find(({ dates }) => dates.length > 0),
  )
  return firstDates.some(
    first => first !== undefined && first.besideDates <= 25 && (first.dates[0]?.local ?? '') < date.local,
  )
}

/** So many lines behind the heading of comments stands the first one's date. */
const remarkReach = 5

/** So many lines around the headline are looked through for a date that does not exist. */
const headReach = 12

/** A date that is none, where the article has no other: it stands in the text, and nobody can read it. */
function tellImpossibleDate({ lines, outline, path, reading }: Draft): void {
  const title = outline.title ?? outline.likely
  const from = title?.index ?? outline.start
  for (const line of lines.slice(Math.max(0, from - headReach), from + headReach)) {
    if (line.text.length > maxDateLine || line.index === title?.index) continue
    const [date] = readImpossibleDates(line.text)
    if (!date || line.besideDates > maxDateLine / 2) continue
    const place = { path, line: line.line, column: date.start + 1 }
    const told = `"${date.raw}" is no day of the calendar: no date was taken from it.`
    reading.diagnostics.push(diagnose('date-invalid', place, told))
    return
  }
}

/** In UTF-16 code units; longer lines are sentences. */
const maxDateLine = 120

function dateField(
  draft: Draft,
  { line, date, confidence, because }: DateChoice,
  context: ParseContext,
  settings: SourceSettings | null,
  ordered: boolean,
): Reading['published'] {
  const place = { path: draft.path, line: line.line, column: date.start + 1 }
  if (date.alternative && !ordered) {
    draft.reading.diagnostics.push(
      diagnose(
        'date-ambiguous',
        place,
        `"${date.raw}" can be ${date.local.slice(0, 10)} or ${date.alternative.slice(0, 10)}: no date was taken from it.`,
      ),
    )
    return undefined
  }
  const candidates = { given: 'text', source: settings?.timezone ?? null } as const
  const settled = settleDate(date, context.site, candidates, place)
  draft.reading.diagnostics.push(...settled.diagnostics)
  if (!settled.date) return undefined
  draft.evidence.set(line.index, evidenceOf(confidence, [because]))
  // The date of a dateline stays in its sentence, and that of "Minutes of the meeting of 3 March 2022" in its phrase.
  if (!line.prose && !isInPhrase(line, date)) claim(draft, line, 'date', [date.raw])
  return fieldOf(settled.date, line, confidence)
}

/** "2.0.0 (2024-03-12)": the number of a version. */
const version = /(?:^|[\s#[v])\d{1,3}\.\d{1,4}(?:\.\d{1,4})?(?:-[\w.]+)?[\]:]?\s*[(–—-]?\s*$/u

/** A version, or several words before a day that no mark parts from it and none of which says what the day is. */
function isInPhrase({ text, dates, byline, says, key }: LineSignals, { start }: DateChoice['date']): boolean {
  const before = text.slice(0, start).trim()
  if (byline || says.published || isPostedLine(key) || dates.length > 1) return false
  if (version.test(before)) return true
  return before.split(/\s+/).length >= minPhrase && /^[\p{L}\p{M}\s'’-]+$/u.test(before)
}

const minPhrase = 4

/** Who wrote it, and the agency it came from. */
export function claimAuthors(draft: Draft): void {
  const found = pageAuthors(draft.lines, draft.outline)
  if (!found) return
  const [line] = found.lines
  if (found.authors.length > 0) draft.reading.authors = fieldOf(found.authors, line!, found.confidence)
  if (found.agency) draft.reading.agency = fieldOf(found.agency, line!, found.confidence)
  const pieces = [...found.authors.flatMap(({ name, role, email }) => [name, role, email]), found.agency]
  const held = pieces.filter(piece => piece !== null)
  for (const used of found.lines) {
    // Who signed within a paragraph stays in it.
    if (!found.within) claim(draft, used, 'byline', held)
    const other = draft.evidence.get(used.index)
    const own = evidenceOf(found.confidence, [found.because])
    draft.evidence.set(used.index, other ? `date ${other}; name ${own}` : own)
  }
  if (found.confidence < 0.7 && found.authors.length > 0)
    tell(
      draft,
      'author-uncertain',
      line!,
      `"${found.authors.map(author => author.name).join(', ')}" was taken as the author.`,
    )
}

/** Lines that say what they are: "News ID: …", "Source: …", "Category: …", "Tags: …". */
export function claimLabels(draft: Draft): void {
  const { reading } = draft
  for (const line of draft.lines) {
    if (draft.roles[line.index] || line.prose) continue
    const id = reading.sourceId ? null : sourceIdOf(line)
    if (id) {
      reading.sourceId = fieldOf(id.value, line, 0.9)
      claim(draft, line, 'source', [id.value])
      continue
    }
    const source = reading.source || line.credit ? null : sourceOf(line)
    if (source) {
      reading.source = fieldOf(source.value, line, 0.7)
      claim(draft, line, 'source', [source.value])
      continue
    }
    const section = reading.section ? null : sectionOf(line)
    if (section) {
      reading.section = fieldOf(section.value, line, 0.7)
      claim(draft, line, 'section', [section.value])
      continue
    }
    const tags = reading.tags ? null : tagsOf(line)
    if (tags) {
      // A tag that stands twice is held once; its second place is dropped and listed as such.
      const values = [...new Set(tags.values)]
      reading.tags = fieldOf(values, line, 0.8)
      claim(draft, line, 'tags', [...values])
    }
  }
}

/** Where the lead says it comes from; its words stay in the body. */
export function readLead({ lines, outline, reading, roles }: Draft): void {
  const lead = lines.find(
    line => line.index >= outline.start && line.prose && !roles[line.index] && !line.boilerplate,
  )
  const found = lead && leadSource(lead.text)
  if (!found) return
  if (found.source) reading.source ??= fieldOf(found.source, lead, 0.8)
  if (found.dateline) reading.dateline ??= fieldOf(found.dateline, lead, 0.8)
  if (found.agency) reading.agency ??= fieldOf(found.agency, lead, 0.8)
}
