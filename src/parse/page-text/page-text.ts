import type { Field } from '../../model/article.ts'
import { type Diagnostic, diagnose, type Place } from '../../model/diagnostic.ts'
import type { SourceSettings } from '../../model/site.ts'
import { type DateHints, orderOf } from '../../text/date-grammar.ts'
import { directionOfLanguage, directionOfText, guessLanguage } from '../../text/language.ts'
import { settleDate } from '../article-date.ts'
import type { ParseContext, Reading } from '../reading.ts'
import { bodyBlocks, bodyHtml, markOf } from './body-html.ts'
import { bodyRoles, type LineRole } from './line-roles.ts'
import { type LineSignals, readSignals } from './line-signals.ts'
import { pageAuthors } from './page-authors.ts'
import { type DateChoice, pageDates } from './page-dates.ts'
import { pageLines } from './page-lines.ts'
import { type Outline, outlineOf } from './page-outline.ts'
import { leadSource, sectionOf, sourceIdOf, sourceOf, tagsOf } from './page-source.ts'
import { settingsFor } from './source-settings.ts'
import { titleOf } from './title-reading.ts'

/** Where one line of the file went: nothing in the file is without a role. */
export interface LineAccount {
  line: number
  text: string
  role: LineRole['role']
}

/** Reads undelimited article text: a page as somebody copied or dumped it. `text` is decoded, with LF newlines. */
export function readPageText(text: string, path: string, context: ParseContext): Reading {
  return accountPageText(text, path, context).reading
}

/** A reading together with the role of every line. */
export function accountPageText(
  text: string,
  path: string,
  context: ParseContext,
): { reading: Reading; account: LineAccount[] } {
  const settings = settingsFor(context.site.sources, path, text)
  const guess = guessLanguage(text)
  const { lines, order } = signalsOf(text, settings, guess.language, context)
  const outline = outlineOf(lines)
  const draft: Draft = {
    path,
    lines,
    outline,
    roles: new Array<LineRole | null>(lines.length).fill(null),
    reading: { html: '', dropped: [], diagnostics: [] },
  }
  claimTitle(draft)
  claimDates(draft, context, settings, order !== null)
  claimAuthors(draft)
  claimLabels(draft)
  readLead(draft)
  settleLanguage(draft.reading, settings, guess, text)
  const roles = bodyRoles(lines, outline, draft.roles)
  writeBody(draft, roles)
  noteGlued(draft, roles)
  const account = lines.map(({ line, text }, index) => ({ line, text, role: roles[index]!.role }))
  return { reading: draft.reading, account }
}

interface Draft {
  path: string
  lines: LineSignals[]
  outline: Outline
  /** What fields have claimed so far. */
  roles: (LineRole | null)[]
  reading: Reading
}

/** Reads the lines, a second time where a numeric date among them proves the order of all. */
function signalsOf(
  text: string,
  settings: SourceSettings | null,
  guessed: string | null,
  context: ParseContext,
) {
  const pieces = pageLines(text)
  const hints: DateHints = { language: settings?.language ?? guessed, order: settings?.dateOrder ?? null }
  const lines = readSignals(pieces, hints, context.boilerplate)
  if (orderOf(hints)) return { lines, order: orderOf(hints) }
  const proofs = new Set(lines.flatMap(line => line.dates.flatMap(date => date.proves ?? [])))
  const [order] = proofs
  if (!order || proofs.size > 1) return { lines, order: null }
  return { lines: readSignals(pieces, { ...hints, order }, context.boilerplate), order }
}

function fieldOf<T>(value: T, line: LineSignals, confidence: number): Field<T> {
  return { value, from: 'text', confidence: Math.round(confidence * 100) / 100, line: line.line }
}

function tell(draft: Draft, code: Diagnostic['code'], line: LineSignals | null, message: string): void {
  const place: Place = { path: draft.path, line: line?.line ?? null }
  draft.reading.diagnostics.push(diagnose(code, place, message))
}

function claim(draft: Draft, line: LineSignals, role: LineRole['role'], held: string[]): void {
  const before = draft.roles[line.index]
  draft.roles[line.index] = before
    ? { ...before, held: [...before.held, held] }
    : { role, reason: `around the ${role}`, held: [held] }
}

function claimTitle(draft: Draft): void {
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
    const { title, confidence } = titleOf(lines, outline.likely)
    const line = lines[outline.likely.index]!
    reading.title = { ...fieldOf(title, line, confidence), from: 'derived' }
    tell(
      draft,
      'title-uncertain',
      line,
      `"${title}" may be the headline; it is shown as one and stays in the text.`,
    )
  }
  if (!outline.title) return
  const found = titleOf(lines, outline.title)
  const line = lines[outline.title.index]!
  reading.title = fieldOf(found.title, line, found.confidence)
  for (let at = outline.title.index; at <= outline.title.last; at++)
    claim(draft, lines[at]!, 'title', found.held)
  if (found.kicker) {
    reading.kicker = fieldOf(found.kicker.text, found.kicker.line, 0.7)
    claim(draft, found.kicker.line, 'kicker', [found.kicker.text])
  }
  if (found.standfirst) reading.standfirst = fieldOf(found.standfirst.text, found.standfirst, 0.7)
}

function claimDates(
  draft: Draft,
  context: ParseContext,
  settings: SourceSettings | null,
  ordered: boolean,
): void {
  const { published, updated } = pageDates(draft.lines, draft.outline)
  // "Last edited …" at a page's foot is said of the page.
  const lastProse = draft.lines.findLastIndex(line => line.prose)
  const first = published ?? (updated && updated.line.index < lastProse ? updated : null)
  if (first) {
    draft.reading.published = dateField(draft, first, context, settings, ordered)
    if (!published && draft.reading.published) {
      draft.reading.published.confidence = 0.5
      tell(
        draft,
        'date-uncertain',
        first.line,
        `"${first.date.raw}" is when the page was updated; no earlier date stands in it.`,
      )
    }
  }
  if (published && updated) draft.reading.updated = dateField(draft, updated, context, settings, ordered)
}

function dateField(
  draft: Draft,
  { line, date, confidence }: DateChoice,
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
  // The date of a dateline stays in its sentence.
  if (!line.prose) claim(draft, line, 'date', [date.raw])
  return fieldOf(settled.date, line, confidence)
}

function claimAuthors(draft: Draft): void {
  const found = pageAuthors(draft.lines, draft.outline)
  if (!found) return
  const [line] = found.lines
  if (found.authors.length > 0) draft.reading.authors = fieldOf(found.authors, line!, found.confidence)
  if (found.agency) draft.reading.agency = fieldOf(found.agency, line!, found.confidence)
  const pieces = [...found.authors.flatMap(({ name, role, email }) => [name, role, email]), found.agency]
  const held = pieces.filter(piece => piece !== null)
  for (const used of found.lines) claim(draft, used, 'byline', held)
  if (found.confidence < 0.7 && found.authors.length > 0)
    tell(
      draft,
      'author-uncertain',
      line!,
      `"${found.authors.map(author => author.name).join(', ')}" was taken as the author.`,
    )
}

/** Lines that say what they are: "News ID: …", "Source: …", "Category: …", "Tags: …". */
function claimLabels(draft: Draft): void {
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
function readLead({ lines, outline, reading, roles }: Draft): void {
  const lead = lines.find(
    line => line.index >= outline.start && line.prose && !roles[line.index] && !line.furniture,
  )
  const found = lead && leadSource(lead.text)
  if (!found) return
  if (found.source) reading.source ??= fieldOf(found.source, lead, 0.8)
  if (found.dateline) reading.dateline ??= fieldOf(found.dateline, lead, 0.8)
  if (found.agency) reading.agency ??= fieldOf(found.agency, lead, 0.8)
}

function settleLanguage(
  reading: Reading,
  settings: SourceSettings | null,
  guess: ReturnType<typeof guessLanguage>,
  text: string,
): void {
  const language = settings?.language ?? (guess.confidence >= 0.3 ? guess.language : null)
  if (language)
    reading.language = settings?.language
      ? { value: language, from: 'settings', confidence: 1, line: null }
      : { value: language, from: 'derived', confidence: guess.confidence, line: null }
  const value = language ? directionOfLanguage(language) : directionOfText(text)
  reading.direction = { value, from: 'derived', confidence: language ? 0.9 : 0.6, line: null }
}

function writeBody({ lines, reading, path }: Draft, roles: readonly LineRole[]): void {
  const blocks = bodyBlocks(lines.filter((_, index) => roles[index]!.role === 'body'))
  reading.html = bodyHtml(blocks)
  for (const [index, line] of lines.entries()) {
    const { role, reason, held } = roles[index]!
    const text = role === 'body' ? '' : without(line.text, held)
    if (text) reading.dropped.push({ line: line.line, reason, text })
  }
  for (const block of blocks) {
    const marks = block.lines.map(line => markOf(block, line).trim()).filter(Boolean)
    if (marks.length > 0)
      reading.dropped.push({
        line: block.lines[0]!.line,
        reason: `marks of a ${block.kind}`,
        text: marks.join(' '),
      })
  }
  reading.dropped.sort((one, two) => one.line - two.line)
  const amid = reading.dropped.filter(({ line, reason }) => reason in furnitureReasons && line > 0)
  for (const { line, text } of amid)
    reading.diagnostics.push(
      diagnose(
        'text-boilerplate',
        { path, line },
        `"${text.slice(0, 80)}" stands amid the text and is taken as the page's own.`,
      ),
    )
}

const furnitureReasons: Record<string, true> = { 'page-sentence': true, 'repeats across files': true }

/** A line less the pieces that fields hold. Each is used up: two lines do not lose the same words to one field. */
function without(text: string, held: readonly string[][]): string {
  let rest = text.replace(/\s+/g, ' ')
  for (const pieces of held) {
    for (const piece of [...pieces].sort((one, two) => two.length - one.length)) {
      const words = piece.replace(/\s+/g, ' ')
      const at = placeOf(words, rest)
      if (at < 0) continue
      rest = `${rest.slice(0, at)} ${rest.slice(at + words.length)}`
      pieces.splice(pieces.indexOf(piece), 1)
    }
  }
  return rest.replace(/\s+/g, ' ').trim()
}

/** Where a piece stands in a text as words of its own, or glued to others where digits or a capital part them; else -1. */
function placeOf(piece: string, text: string): number {
  let at = text.indexOf(piece)
  for (let tries = 0; at >= 0 && tries < 50; tries++) {
    const [before, after] = [text[at - 1] ?? ' ', text[at + piece.length] ?? ' ']
    const joins = isLetter(before) && isLetter(piece[0]!) && !/\p{Ll}\p{Lu}/u.test(before + piece[0])
    if (!joins && !(isLetter(after) && isLetter(piece.at(-1)!))) return at
    at = text.indexOf(piece, at + 1)
  }
  return -1
}

function isLetter(character: string): boolean {
  return /\p{L}/u.test(character)
}

const glued = /(?<![\p{L}.@/])\p{Ll}{3,40}[.!?](?=\p{Lu}\p{Ll}{2})/u

/** "authenticity.Russian": a space is missing, and the text is left as it is. */
function noteGlued(draft: Draft, roles: readonly LineRole[]): void {
  for (const line of draft.lines) {
    if (roles[line.index]!.role !== 'body' || !line.prose) continue
    const match = glued.exec(line.text)
    if (!match) continue
    const place = { path: draft.path, line: line.line, column: match.index + 1 }
    const words = line.text.slice(match.index, match.index + match[0].length + 20).split(/\s/)[0]!
    draft.reading.diagnostics.push(
      diagnose('text-glued', place, `A space seems to be missing in "${words}".`),
    )
  }
}
