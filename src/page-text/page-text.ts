import { diagnose } from '../model/diagnostic.ts'
import type { FramePlace, ParseContext, Reading } from '../model/reading.ts'
import type { SourceSettings } from '../model/site.ts'
import { settingsFor } from '../model/source-settings.ts'
import { type DateHints, orderOf, orderOfZone } from '../text/date-grammar.ts'
import { directionOfLanguage, directionOfText, guessLanguage } from '../text/language.ts'
import { portraitAt } from './author-portrait.ts'
import { bodyBlocks, bodyHtml, markOf } from './body-html.ts'
import { isSentence } from './boilerplate.ts'
import { withWholeWords } from './broken-words.ts'
import { without } from './dropped-text.ts'
import { claimLetter, letterHead } from './letter-head.ts'
import { bodyRoles, type LineRole } from './line-roles.ts'
import { type LineSignals, readSignals } from './line-signals.ts'
import {
  claimAuthors,
  claimDates,
  claimLabels,
  claimTitle,
  readLead,
  settleLikelyTitle,
} from './page-claims.ts'
import type { Draft } from './page-draft.ts'
import { pageLines } from './page-lines.ts'
import { outlineBehind, type PageWeights, pageOutlineOf } from './page-outline.ts'
import { noteMarkup, noteSecondArticle } from './text-notes.ts'

/** Where one line of the file went: nothing in the file is without a role. */
export interface LineAccount {
  line: number
  text: string
  role: LineRole['role']
  /** Why it is not in the text; empty where it is. */
  reason: string
  /** What spoke for it, where a field took it or its source taught it. */
  evidence: string | null
}

/** Reads undelimited article text: a page as somebody copied or dumped it. `text` is decoded, with LF newlines. */
export function readPageText(text: string, path: string, context: ParseContext): Reading {
  return accountPageText(text, path, context).reading
}

/**
 * A reading together with the role of every line.
 * @param weights where others than the project's own are tried
 */
export function accountPageText(
  text: string,
  path: string,
  context: ParseContext,
  weights?: PageWeights,
): { reading: Reading; account: LineAccount[] } {
  const settings = settingsFor(context.site.sources, path, text)
  const guess = guessLanguage(text)
  const { lines, order } = signalsOf(text, settings, guess.language, context)
  const letter = letterHead(lines)
  const found = pageOutlineOf(lines, weights)
  // A letter's headline is what it is about.
  const outline = letter ? outlineBehind(found, letter.end) : found
  const draft: Draft = {
    path,
    lines,
    outline,
    roles: new Array<LineRole | null>(lines.length).fill(null),
    evidence: new Map(),
    reading: { html: '', dropped: [], diagnostics: [] },
  }
  claimTitle(draft)
  claimDates(draft, context, settings, order !== null)
  claimAuthors(draft)
  if (letter) claimLetter(draft, letter)
  settleLikelyTitle(draft)
  claimLabels(draft)
  readLead(draft)
  settleLanguage(draft.reading, settings, guess, text)
  const names = draft.reading.authors?.value.map(({ name }) => name) ?? []
  const portrait = portraitAt(lines, outline, names, at => draft.roles[at] === null)
  const settled = portrait === null ? outline : { ...outline, end: portrait, tail: 'author' }
  const roles = bodyRoles(lines, settled, draft.roles)
  writeBody(draft, roles)
  noteGlued(draft, roles)
  noteMarkup(draft)
  noteSecondArticle(draft, roles)
  const account = lines.map((line, index) => accountOf(line, roles[index]!, draft.evidence))
  return { reading: draft.reading, account }
}

function accountOf(
  { line, text, index, place }: LineSignals,
  { role, reason }: LineRole,
  evidence: Draft['evidence'],
): LineAccount {
  const learnt = place && `in pages of its source it stands ${place} the article`
  return { line, text, role, reason, evidence: evidence.get(index) ?? learnt }
}

/**
 * Reads the lines, those with numbers a second time where something tells the order of numeric dates: one among them, those of the files around it,
 * the settings' zone.
 */
function signalsOf(
  text: string,
  settings: SourceSettings | null,
  guessed: string | null,
  context: ParseContext,
) {
  const pieces = pageLines(text)
  const learnt = learntOf(
    pieces.map(piece => piece.text),
    context,
  )
  const hints: DateHints = { language: settings?.language ?? guessed, order: settings?.dateOrder ?? null }
  const lines = readSignals(pieces, hints, learnt)
  if (orderOf(hints)) return { lines, order: orderOf(hints) }
  const proofs = new Set(lines.flatMap(line => line.dates.flatMap(date => date.proves ?? [])))
  const [proof] = proofs
  const zone = settings?.timezone ?? context.site.timezone
  const order = proofs.size > 1 ? null : (proof ?? context.dateOrder ?? orderOfZone(zone))
  if (!order) return { lines, order }
  return { lines: readSignals(pieces, { ...hints, order }, learnt, lines), order }
}

/** What the page's source has taught; no sentences, where more of them are known than the page has of its own: a copy. */
function learntOf(texts: readonly string[], context: ParseContext): ReadonlyMap<string, FramePlace> {
  const learnt = context.boilerplate(texts)
  if (learnt.size === 0) return learnt
  const weights = { own: 0, known: 0 }
  for (const text of texts) if (isSentence(text)) weights[learnt.has(text) ? 'known' : 'own'] += text.length
  return weights.own >= weights.known ? learnt : new Map([...learnt].filter(([text]) => !isSentence(text)))
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
  const body = withWholeWords(lines.filter((_, index) => roles[index]!.role === 'body'))
  const blocks = bodyBlocks(body.lines)
  reading.html = bodyHtml(blocks)
  for (const [index, line] of lines.entries()) {
    const { role, reason, held } = roles[index]!
    const text = role === 'body' ? '' : without(line.text, held)
    if (text) reading.dropped.push({ line: line.line, reason, text })
  }
  for (const { line, hyphens } of body.joined)
    reading.dropped.push({ line, reason: 'hyphens at the ends of rows', text: '- '.repeat(hyphens).trim() })
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
  // Where nothing is left, there is no text that it could stand amid.
  const amid = reading.dropped.filter(({ reason }) => reason in boilerplateReasons)
  for (const { line, text } of blocks.length > 0 ? amid.filter(({ line }) => line > 0) : [])
    reading.diagnostics.push(
      diagnose(
        'text-boilerplate',
        { path, line },
        `"${text.slice(0, 80)}" stands amid the text and is taken as the page's own.`,
      ),
    )
}

const boilerplateReasons: Record<string, true> = { 'page-sentence': true, 'repeats across files': true }

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
