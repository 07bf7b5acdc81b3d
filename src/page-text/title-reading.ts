import { isMeta, type LineSignals } from './line-signals.ts'
import { phraseKey } from './phrase-index.ts'
import { overlineOf } from './title-overline.ts'
import type { TitleChoice } from './title-score.ts'

/** A headline as a field: its words, what stood beside them on the line, and the lines that go with it. */
export interface TitleReading {
  title: string
  confidence: number
  /** The pieces of its lines that it is made of. */
  held: string[]
  kicker: { text: string; line: LineSignals } | null
  standfirst: LineSignals | null
}

/** Settles the words of a headline: a date before it, marks, a site's name and a repeated part of it are set aside. */
export function readChosenTitle(lines: readonly LineSignals[], choice: TitleChoice): TitleReading {
  const line = lines[choice.index]!
  const parts = lines
    .slice(choice.index, choice.last + 1)
    .map(part => withoutSite(withoutMarks(withoutDate(part)), lines))
  // What is set aside is held by no field, and is listed as dropped.
  const held = parts.map((part, at) => (at < parts.length - 1 ? part : part.replace(/(?<=\S)\s?[:：]$/u, '')))
  const title = held.join(' ')
  const { confidence } = choice
  const standfirst = standfirstOf(lines, choice, line)
  const parted = partedElsewhere(lines, choice, title)
  if (parted) return { title: parted, confidence, held, kicker: kickerOf(lines, choice), standfirst }
  const [over, own] = overlineOf(lines, choice.index, title)
  if (over) return { title: own, confidence, held: [own, over], kicker: { text: over, line }, standfirst }
  return { title, confidence, held, kicker: kickerOf(lines, choice), standfirst }
}

/** "23.01.2022 - The headline": the date is not of the headline. */
function withoutDate(line: LineSignals): string {
  const [date] = line.dates
  if (!date || date.start > 0 || line.dates.length > 1) return line.text.replace(/\s+/g, ' ')
  const rest = line.text.slice(date.end).replace(/^[\s|:–—,-]+/, '')
  return rest.length >= 12 ? rest : line.text
}

/** "(PDF, 298 KB)" behind a link to a file. */
const fileSize =
  / [([](?:PDF|DOCX?|RTF|ODT|EPUB|ZIP|MP3|PPTX?|XLSX?)[,;|/–-]? ?\d+(?:[.,]\d+)? ?[kKMG]i?[Bb](?:yte)?[)\]]$/

/** "Headline: …", "» The headline", "[> The headline", "The headline ›", "… (PDF, 298 KB)": labels, and marks of lists and links. */
function withoutMarks(text: string): string {
  const bare = text
    .replace(/^(?:Headline|Title|Titel|Überschrift|Titre|Título|Titolo): ?(?=\p{Lu})/u, '')
    .replace(/^(?:\[?[>›»►▶▸•●■▪*→–—/|-]\]?\s+)+/u, '')
    .replace(text.includes('«') ? / [>›►▶▸→]$/u : / [>›»►▶▸→]$/u, '')
    .replace(fileSize, '')
  return /\p{L}{2}/u.test(bare) ? bare : text
}

const barTail = /^(?<own>[^|]+?) \| [^\s|]+(?: [^\s|]+){0,2}$/u
const siteTail = /^(?<own>.+)(?: (?:[|–—-]|::) |(?<=\p{Lo})[-_|–—]+(?=\p{Lo}))(?<site>[^|–—]{2,40})$/u

/**
 * "The headline of some words | The Site": behind a bar stand the site, a section or a series, in few words; behind
 * another mark the site, where the page's copyright is its.
 */
function withoutSite(text: string, lines: readonly LineSignals[]): string {
  const own = barTail.exec(text)?.groups?.own
  if (own && own.split(' ').length >= 4) return own
  const tail = siteTail.exec(text)?.groups
  return tail && /\p{L}{2}/u.test(tail.own!) && hasCopyright(lines, tail.site!) ? tail.own! : text
}

/** Longer lines are no notes of copyright. */
const maxLegalLine = 200

function hasCopyright(lines: readonly LineSignals[], name: string): boolean {
  const words = phraseKey(name)
  if (words.length < 3) return false
  return lines.some(
    ({ text, key }) =>
      text.length <= maxLegalLine && /©|\(c\)|copyright/i.test(text) && ` ${key} `.includes(` ${words} `),
  )
}

/**
 * "Works on the river New bridge opened" as the page's own lists write it: "Works on the river: New bridge opened". A
 * kicker and a headline in two sizes come as one line without what parts them.
 */
function partedElsewhere(
  lines: readonly LineSignals[],
  { index, last }: TitleChoice,
  title: string,
): string | null {
  const { key, text, dates } = lines[index]!
  if (last !== index || dates.length > 0 || title.length < 12 || colonInside.test(title)) return null
  const isTwin = (line: LineSignals) =>
    line.key === key && line.text !== text && line.shape === 'line' && colonInside.test(line.text)
  return lines.find(isTwin)?.text ?? null
}

const colonInside = /\S: \S/

/** A short line right over the headline: a section or a topic. */
function kickerOf(lines: readonly LineSignals[], { index }: TitleChoice): TitleReading['kicker'] {
  const line = lines[index - 1]
  if (!line || line.boilerplate || line.ending || line.credit || line.prose || line.byline?.announced)
    return null
  if (
    /[»›>|]|\s\/\s/.test(line.text) ||
    line.dates.length > 0 ||
    line.words === 0 ||
    line.words > 6 ||
    line.text.length > 60 ||
    line.key === lines[index]!.key
  )
    return null
  return { text: line.text, line }
}

/** The lead in a sentence or two under the headline, where the byline or a date parts it from the text. */
function standfirstOf(
  lines: readonly LineSignals[],
  choice: TitleChoice,
  title: LineSignals,
): LineSignals | null {
  const line = lines[choice.last + 1]
  const next = lines[choice.last + 2]
  if (!line || !next || line.key === title.key || line.boilerplate || line.credit || line.dates.length > 0)
    return null
  if (line.text.length < 40 || line.text.length > 400 || line.byline?.announced) return null
  return isMeta(next) || next.boilerplate === 'share' ? line : null
}
