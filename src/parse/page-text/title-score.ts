import type { LineSignals } from './line-signals.ts'

/** The line taken as headline, and how sure that is. */
export interface TitleChoice {
  index: number
  /** The last line that belongs to it: the same, or its second half. */
  last: number
  score: number
  /** How far the next best lies behind. */
  margin: number
  /** A second, equal line confirms it. */
  repeated: boolean
}

/** Lines behind the first prose that are still looked at: some pages print the lead or a caption before the headline. */
const reach = 12
const enough = 2.2

/** Scores every line near the top as a headline, by its shape, its place and its neighbours; null where none will do. */
export function scoreTitles(lines: readonly LineSignals[], coreStart: number): TitleChoice | null {
  const firstProse = lines.findIndex(line => line.prose && line.weight >= 120)
  const body = Math.max(coreStart, firstProse < 0 ? 0 : firstProse)
  const last = Math.min(lines.length - 1, body + reach)
  const spots = new Map<string, number[]>()
  for (const line of lines)
    if (line.key && line.text.length < 240)
      spots.set(line.key, [...(spots.get(line.key) ?? []).slice(-9), line.index])
  let best: { index: number; score: number } | null = null
  let second = -Infinity
  let seen = 0
  for (let at = 0; at <= last; at++) {
    const line = lines[at]!
    const shape = shapeScore(line)
    if (shape === null) continue
    const score =
      shape + placeScore(lines, at, body, seen) + neighbourScore(lines, at) + repeatScore(line, spots, body)
    seen++
    if (!best || score > best.score) {
      if (best) second = Math.max(second, best.score)
      best = { index: at, score }
    } else second = Math.max(second, score)
  }
  if (!best || best.score < enough) return null
  return {
    index: best.index,
    last: best.index,
    score: best.score,
    margin: best.score - second,
    repeated: lines[best.index]!.times > 1,
  }
}

/** What the line looks like; null where it cannot be a headline. */
function shapeScore(line: LineSignals): number | null {
  const { text } = line
  if (line.shape === 'code' || line.furniture || line.ending || text.length > 230 || !/\p{L}/u.test(text))
    return null
  if (line.dates.length > 0 && line.besideDates < 12) return null
  if (/^(?:https?:|www\.)|\S+@\S+\.\S+/.test(text)) return null
  const { words } = line
  let score = words >= 4 && words <= 20 ? 2 : words === 3 ? 1.3 : words === 2 ? 0.6 : words === 1 ? 0 : 1
  if (/[\p{sc=Han}\p{sc=Hiragana}\p{sc=Hangul}]/u.test(text))
    score = text.length >= 8 && text.length <= 60 ? 2 : 0.6
  if (line.weight > 160) score -= 1.5
  if (/[.。]$/.test(text) && !/(?:\.\.|…|\b\p{Lu}\.)$/u.test(text)) score -= line.words > 9 ? 2 : 0.8
  if (/[:,;–-]$/.test(text)) score -= 1.5
  if (/^[\p{Ll}]/u.test(text)) score -= 0.6
  if (/^[•\-–*>►»›·]\s|^\d{1,2}[.)]\s/.test(text)) score -= 1.2
  if (/[»›>]|(?:\s\/\s.*){2}|(?:\|.*){2}/.test(text)) score -= 2.5
  if (line.credit) score -= 3.5
  if (line.byline?.announced || (line.byline && line.dates.length > 0)) score -= 3
  else if (line.byline?.knownName) score -= 1.5
  if (line.dates.length > 0) score -= 0.8
  if (line.says.tags && words < 12 && /:/.test(text)) score -= 3
  if (line.prose && line.closed) score -= 1
  return score
}

/** Early lines first; lines behind the first paragraphs need more to speak for them. */
function placeScore(lines: readonly LineSignals[], at: number, body: number, seen: number): number {
  let score = Math.max(0, 1.4 - seen * 0.15)
  if (at > body) score -= 1.8 + (at - body) * 0.1
  if (inMenu(lines, at)) score -= 2
  return score
}

/** Amid four and more lines of one to three words. */
function inMenu(lines: readonly LineSignals[], at: number): boolean {
  if (lines[at]!.words > 4) return false
  let run = 1
  for (let before = at - 1; before >= 0 && isEntry(lines[before]!); before--) run++
  for (let after = at + 1; after < lines.length && run < 8 && isEntry(lines[after]!); after++) run++
  return run >= 6
}

function isEntry(line: LineSignals): boolean {
  return line.words <= 4 && !line.prose && line.dates.length === 0 && !line.closed
}

/** Dates, bylines and prose stand beside headlines. */
function neighbourScore(lines: readonly LineSignals[], at: number): number {
  let score = 0
  const next = meaningful(lines, at, 1)
  const afterNext = next ? meaningful(lines, next.index, 1) : null
  const previous = meaningful(lines, at, -1)
  if (next && isMeta(next)) score += 1.2
  else if (afterNext && isMeta(afterNext)) score += 0.7
  if (previous && isMeta(previous)) score += 0.8
  if (next?.prose) score += 0.9
  else if (afterNext?.prose) score += 0.4
  return score
}

export function isMeta(line: LineSignals): boolean {
  return (
    !line.prose && ((line.dates.length > 0 && line.besideDates < 60) || (line.byline?.announced ?? false))
  )
}

/** The next line in a direction that is neither furniture nor a repetition. */
function meaningful(lines: readonly LineSignals[], from: number, step: 1 | -1): LineSignals | null {
  for (let at = from + step, left = 6; at >= 0 && at < lines.length && left > 0; at += step, left--) {
    const line = lines[at]!
    if (!line.furniture && line.key !== lines[from]!.key) return line
  }
  return null
}

function repeatScore(line: LineSignals, spots: ReadonlyMap<string, number[]>, body: number): number {
  const others = (spots.get(line.key) ?? []).filter(spot => spot !== line.index)
  if (others.length === 0 || line.words < 2) return 0
  return others.some(spot => Math.abs(spot - line.index) <= 10 || spot <= body) ? 1.6 : 0.7
}

/** A headline as a field: its words, what stood beside them on the line, and the lines that go with it. */
export interface TitleReading {
  title: string
  confidence: number
  /** The pieces of its lines that it is made of. */
  held: string[]
  kicker: { text: string; line: LineSignals } | null
  standfirst: LineSignals | null
}

/** Settles the words of a headline: a date before it and a repeated part of it are set aside. */
export function titleOf(lines: readonly LineSignals[], choice: TitleChoice): TitleReading {
  const line = lines[choice.index]!
  const title = lines
    .slice(choice.index, choice.last + 1)
    .map(part => withoutDate(part))
    .join(' ')
  const held = lines.slice(choice.index, choice.last + 1).map(withoutDate)
  const confidence = Math.max(
    0.35,
    Math.min(0.97, 0.3 + choice.score / 16 + Math.min(2, choice.margin) / 8 + (choice.repeated ? 0.15 : 0)),
  )
  return {
    title,
    confidence,
    held,
    kicker: kickerOf(lines, choice),
    standfirst: standfirstOf(lines, choice, line),
  }
}

/** "23.01.2022 - The headline": the date is not of the headline. */
function withoutDate(line: LineSignals): string {
  const [date] = line.dates
  if (!date || date.start > 0 || line.dates.length > 1) return line.text.replace(/\s+/g, ' ')
  const rest = line.text.slice(date.end).replace(/^[\s|:–—,-]+/, '')
  return rest.length >= 12 ? rest : line.text
}

/** A short line right over the headline: a section or a topic. */
function kickerOf(lines: readonly LineSignals[], { index }: TitleChoice): TitleReading['kicker'] {
  const line = lines[index - 1]
  if (!line || line.furniture || line.ending || line.credit || line.prose || line.byline?.announced)
    return null
  if (
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
  if (!line || !next || line.key === title.key || line.furniture || line.credit || line.dates.length > 0)
    return null
  if (line.text.length < 40 || line.text.length > 400 || line.byline?.announced) return null
  return isMeta(next) || next.furniture === 'share' ? line : null
}
