import { isMeta, type LineSignals } from './line-signals.ts'
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
  const held = lines
    .slice(choice.index, choice.last + 1)
    .map(part => withoutSite(withoutMarks(withoutDate(part))))
  const title = held.join(' ')
  const { confidence } = choice
  const standfirst = standfirstOf(lines, choice, line)
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

const siteTail = /^(?<own>[^|]+?) \| [^\s|]+(?: [^\s|]+){0,2}$/u

/** "The headline of some words | The Site": behind a bar stand the site, a section or a series, in few words. */
function withoutSite(text: string): string {
  const own = siteTail.exec(text)?.groups?.own
  return own && own.split(' ').length >= 4 ? own : text
}

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
