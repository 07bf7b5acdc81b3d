import type { LineSignals } from './line-signals.ts'
import type { NamedTitle } from './named-title.ts'
import { byWords, isCalendar, phraseKey } from './phrase-index.ts'

/** The line taken as headline, and how sure that is. */
export interface TitleChoice {
  index: number
  /** The last line that belongs to it: the same, or its second half. */
  last: number
  score: number
  /** 0 to 1: from its score, its lead over the next best and whether an equal line confirms it. */
  confidence: number
  /** Sure enough to be taken out of the text; else it is shown as headline and stays where it is. */
  sure: boolean
}

/** Lines behind the first prose that are still looked at: some pages print the lead or a caption before the headline. */
const reach = 12
const enough = 0.2
const sureFrom = 0.88
/** More lines than this over a headline are not left out on its word. */
const mostAbove = 60

/** Picks the headline: the line near the top that scores best by its shape, its place and its neighbours, or none. */
export function chooseTitle(
  lines: readonly LineSignals[],
  coreStart: number,
  named: NamedTitle | null,
): TitleChoice | null {
  const { scores, raw } = titleScores(lines, coreStart, named)
  let best: { index: number; score: number } | null = null
  for (const [index, score] of scores.entries())
    if (score !== null && (!best || score > best.score)) best = { index, score }
  if (!best || best.score < enough) return null
  const { key, times } = lines[best.index]!
  best.index = scores.findIndex((score, at) => score !== null && lines[at]!.key === key)
  let rival = 0
  for (const [index, score] of scores.entries()) {
    if (score === null || lines[index]!.key === key) continue
    // Beside the headline the order of lines is no proof: there it is what they look like that counts.
    rival = Math.max(rival, Math.abs(index - best.index) <= 4 ? raw[index]! : score)
  }
  const { first, final } = wholeOf(lines, best.index)
  const above = lines.slice(0, first).filter(line => !line.furniture && !line.ending).length
  const lead = Math.max(0, Math.min(2, raw[best.index]! - rival))
  const evidence = 0.3 + best.score / 16 + lead / 8 + (times > 1 ? 0.15 : 0) + frameOf(lines, first, final)
  const confidence = Math.max(0.3, Math.min(0.97, evidence))
  return {
    index: first,
    last: final,
    score: best.score,
    confidence,
    sure: confidence >= sureFrom && above <= mostAbove,
  }
}

/** A date or a byline right over or under a headline, or the text right under the page's first line. */
function frameOf(lines: readonly LineSignals[], first: number, final: number): number {
  const [over, under] = [lines[first - 1], meaningful(lines, final, 1)]
  const sides = [over, under].filter(line => line && isMeta(line)).length
  if (sides > 0) return 0.07 * sides
  // A sentence with nothing but text around it may be the text's own first.
  if (/[.!?…。！？]$/.test(lines[final]!.text)) return -0.06
  return first === 0 && under?.prose ? 0.07 : 0
}

/** What speaks for each of the first lines being the headline; null where one cannot be it. */
export function titleScores(
  lines: readonly LineSignals[],
  coreStart: number,
  named: NamedTitle | null,
): { scores: (number | null)[]; raw: number[] } {
  const firstProse = lines.findIndex(line => line.prose && line.weight >= 120)
  const body = Math.max(coreStart, firstProse)
  const spots = spotsOf(lines)
  const whole = new Set(lines.map(line => line.key).filter(key => key !== ''))
  const vocabulary = vocabularyOf(lines, body)
  const menus = nextMenus(lines, body)
  const scores: (number | null)[] = []
  const raw: number[] = []
  for (let at = 0; at <= Math.min(lines.length - 1, body + reach); at++) {
    // "The headline | The Site" gives way to the headline alone.
    const shape = whole.has(keyBeforeSite(lines[at]!.text)) ? null : shapeScore(lines, at)
    const place = shape === null ? 0 : placeScore(lines, at, body) + neighbourScore(lines, at)
    const repeats = shape === null ? 0 : repeatScore(lines[at]!, spots, body)
    const echo = shape === null ? 0 : echoScore(lines[at]!, vocabulary)
    const menu = menus[at]! - at <= menuReach ? -1.4 : 0
    const said = lines[at]!.key === named?.key ? 2 : 0
    raw.push(shape === null ? -9 : shape + place + repeats + echo + menu + said)
    scores.push(shape === null ? null : raw[at]! - shadow(lines, at, scores))
  }
  return { scores, raw }
}

/** Whoever stands this near over a menu's entry is of the menu. */
const menuReach = 30

/** For each line the next entry of a menu between it and the text. */
function nextMenus(lines: readonly LineSignals[], body: number): number[] {
  const next = new Array<number>(lines.length).fill(Infinity)
  for (let at = Math.min(body, lines.length) - 2; at >= 0; at--) {
    const { furniture, ending } = lines[at + 1]!
    const entry = furniture === 'menu' || ending === 'legal' || ending === 'navigation'
    next[at] = entry ? at + 1 : next[at + 1]!
  }
  return next
}

/** The stems of the words of the text's first paragraphs. */
function vocabularyOf(lines: readonly LineSignals[], body: number): ReadonlySet<string> {
  const stems = new Set<string>()
  let left = 20
  for (let at = body; at < lines.length && left > 0; at++) {
    const line = lines[at]!
    if (!line.prose) continue
    left--
    for (const word of phraseKey(line.text.slice(0, 2000)).split(' ')) stems.add(stemOf(word))
  }
  return stems
}

/** Enough of a word to know it again in another form. */
function stemOf(word: string): string {
  return word.slice(0, Math.max(4, Math.min(6, word.length - 2)))
}

/** A headline's words come again in the text; a menu's do not. */
function echoScore(line: LineSignals, vocabulary: ReadonlySet<string>): number {
  const words = line.key.split(' ').filter(word => word.length >= 4)
  if (words.length === 0) return 0
  const known = words.filter(word => vocabulary.has(stemOf(word))).length
  if (known === 0) return -0.4
  return Math.min(words.length <= 2 ? 0.4 : 1.2, (1.6 * known) / words.length)
}

/** Where each line stands, by its key. */
function spotsOf(lines: readonly LineSignals[]): Map<string, number[]> {
  const spots = new Map<string, number[]>()
  for (const { key, text, index } of lines) {
    if (!key || text.length >= 240) continue
    for (const name of [key, keyBeforeSite(text)]) {
      const known = spots.get(name)
      if (!known) spots.set(name, [index])
      else if (known.length < 10) known.push(index)
    }
  }
  spots.delete('')
  return spots
}

/** The key of what stands before a site's name: "The headline | The Site" → "the headline"; empty where none does. */
export function keyBeforeSite(text: string): string {
  const cut = /^(.{12,200})\s(?:\||[–—-]|::|•|·)\s([^|–—]{2,50})$/u.exec(text)
  return cut && cut[2]!.split(/\s+/).length <= 5 && /\p{L}/u.test(cut[2]!) ? phraseKey(cut[1]!) : ''
}

/** A headline of two lines: the first ends in a colon or a dash. */
function wholeOf(lines: readonly LineSignals[], index: number): { first: number; final: number } {
  if (isHalf(lines[index - 1])) return { first: index - 1, final: index }
  const next = lines[index + 1]
  const ends =
    isHalf(lines[index]) && next && !next.prose && !next.furniture && next.words >= 2 && !isMeta(next)
  return { first: index, final: ends ? index + 1 : index }
}

function isHalf(line: LineSignals | undefined): boolean {
  if (!line || line.furniture || line.dates.length > 0 || line.byline?.announced) return false
  return line.words <= 12 && (/[–—]$/.test(line.text) || (line.words >= 2 && /[:：]$/.test(line.text)))
}

/**
 * What a headline-like line shortly before takes away: the first is the headline and the second its subtitle, unless the
 * first is so much shorter that it looks a kicker.
 */
function shadow(lines: readonly LineSignals[], at: number, scores: readonly (number | null)[]): number {
  for (let before = at - 1, left = 10; before >= Math.max(0, at - 200) && left > 0; before--) {
    const score = scores[before]
    const line = lines[before]!
    if (line.furniture) continue
    left--
    if (score === null || score === undefined || score < 1.6) continue
    if (line.key === lines[at]!.key) return 0
    if (left === 9 && isKicker(line, lines[at]!)) continue
    if (line.words <= 2 ? !standsOut(lines, before) : (shapeScore(lines, before) ?? 0) < 0.8) continue
    return shade(lines, before, at)
  }
  return 0
}

/** How much a line behind loses: a long one or a sentence is a subtitle, one of a headline's length may be the headline. */
function shade(lines: readonly LineSignals[], first: number, second: number): number {
  const [over, under] = [lines[first]!, lines[second]!]
  if (under.words > 14 || /[.。]$/.test(under.text)) return 2.4
  // Dates and bylines stand under headlines; over them only below a topic of a word or two.
  const parted = lines.slice(first + 1, second).some(isMeta)
  if (parted && (over.words >= 3 || under.words > 10)) return 2.6
  if (over.words <= 5 && under.words >= over.words + 2) return 0.8
  return over.words >= under.words ? 2 : 1.5
}

/** Few words right over many. */
function isKicker(line: LineSignals, next: LineSignals): boolean {
  return (
    line.words <= 3 &&
    next.words >= Math.max(5, line.words + 3) &&
    !line.closed &&
    !/[.。]$/.test(next.text) &&
    !isMeta(next)
  )
}

/** Followed by a date, a byline or the text itself. */
function standsOut(lines: readonly LineSignals[], at: number): boolean {
  const next = meaningful(lines, at, 1)
  const afterNext = next && meaningful(lines, next.index, 1)
  return next !== null && (next.prose || isMeta(next) || (afterNext?.prose ?? false))
}

/** Headlines have six to twelve words as a rule; kickers fewer, subtitles more. */
function lengthScore(words: number): number {
  if (words <= 5) return [0, 0, 0.6, 1.2, 1.6, 1.9][words]!
  return words <= 12 ? 2.2 : words <= 16 ? 1.8 : words <= 22 ? 1.3 : words <= 36 ? 0.9 : 0.3
}

/** What the line looks like; null where it cannot be a headline. */
function shapeScore(lines: readonly LineSignals[], at: number): number | null {
  const line = lines[at]!
  const { text } = line
  if (
    line.shape === 'code' ||
    line.furniture ||
    line.ending ||
    text.length > 230 ||
    /\S{46}/.test(text) ||
    !/\p{L}/u.test(text)
  )
    return null
  if (line.dates.length > 0 && line.besideDates < 12) return null
  if (/^(?:https?:|www\.)|@[\w-]/.test(text) || byAlone(lines[at - 1])) return null
  if (isCalendar(line.key) || /^(?:Seite|Page|Página|Pagina|Bild|Teil)\s\d/.test(text)) return null
  if (/\|.*\|/.test(text) && text.split('|').every(part => part.trim().split(/\s+/).length <= 3)) return null
  const { words } = line
  let score = lengthScore(words)
  if (line.weight > 160) score -= 0.6
  if (/[.。]$/.test(text) && !/(?:\.\.|…|\b\p{Lu}\.)$/u.test(text))
    score -= words > 9 ? 2 : words > 4 ? 0.8 : 0.3
  if (/[,;]$|[^\p{L}]\s?[–-]$/u.test(text)) score -= 2.5
  else if (/[:–-]$/.test(text)) score -= 1.2
  if (/^[\p{Ll}]/u.test(text)) score -= 0.6
  if (/^["“„«'].*[.!?]?["”»']$/u.test(text) && /[.!?]["”»']$/.test(text)) score -= 1
  if (/^[•\-–*►»›·↓↑→←[/]\s?|^\d{1,2}[.)]\s/.test(text)) score -= 1.2
  if (/>|(?:^|\s)[»›](?:\s|$)|(?:\s\/\s.*){2}|(?:\|.*){2}|\\\\/.test(text)) score -= 2.5
  else if (/\s[|•]\s/.test(text)) score -= words <= 5 ? 0.8 : 0.5
  if (/^\p{Lu}[\p{L}-]+:\s.*\p{Nd}/u.test(text) && words <= 8) score -= 1
  if (unfinished.test(text)) score -= 1.5
  if ((text.match(/\p{Nd}/gu)?.length ?? 0) >= 6 && line.dates.length === 0) score -= 1.2
  if (/[.!?]\s+\p{Lu}.*\.$/u.test(text) && words > 12) score -= 1.5
  if (isNameList(text)) score -= 2.5
  if (words === 1 && text.length <= 3) score -= 1
  if (/^\d{1,2}\.\d/.test(text) && line.dates.length === 0) score -= 2
  if (line.sections) score -= 1.5
  if (line.credit) score -= 3.5
  if (line.byline?.slight) score -= 1.5
  else if (line.byline?.announced || (line.byline && line.dates.length > 0)) score -= 3
  else if (line.byline?.knownName || line.byline?.authors[0]?.role) score -= 1.5
  if (line.dates.length > 0) score += line.besideDates <= 30 ? -1.2 : line.dates[0]!.start === 0 ? 0.7 : -0.5
  if (line.says.section || (line.says.tags && words < 12 && text.includes(':'))) score -= 3
  if (line.prose && line.closed) score -= words > 16 ? 1.6 : 0.5
  return score
}

const unfinished =
  /\s(?:with|and|the|of|for|to|und|mit|der|die|von|für|et|de|des|y|con|para|e|di|en|van|и|ve)$/i

/** "Politics, Society, Opinion": a list of sections or tags. */
function isNameList(text: string): boolean {
  if (/[:–]/.test(text)) return false
  const items = text.split(/\s*,\s*/)
  return (
    items.length >= 2 &&
    text.length <= 120 &&
    items.slice(1).every(item => item.split(/\s+/).length <= 2 && /^[\p{L}\p{N}#]/u.test(item)) &&
    items[0]!.split(/\s+/).length <= 5 &&
    items.length * 3 > text.split(/\s+/).length
  )
}

/** A line that says no more than "By". */
function byAlone(line: LineSignals | undefined): boolean {
  return line !== undefined && line.words > 0 && line.words <= 2 && byWords.has(line.key)
}

/** Lines behind the first paragraphs need more to speak for them. */
function placeScore(lines: readonly LineSignals[], at: number, body: number): number {
  // Menus may be long: what counts is how near the line stands to the top or to the text.
  let score = 1.2 - Math.min(1.6, 0.05 * Math.min(at, Math.max(0, body - at)))
  if (at > body) {
    const near = [lines[at - 1], lines[at + 1], lines[at + 2]]
    const repeated = lines[at]!.times > 1 && lines[at]!.words > 3
    let prose = 0
    for (let before = 0; before < at; before++) if (lines[before]!.prose) prose += lines[before]!.weight
    score -= Math.min(3, Math.max(0, prose - 400) / 500)
    score -= near.some(line => line && isMeta(line)) ? 1.5 : repeated ? 2.6 : 3.4
  }
  // Many a dump begins with the headline; a greeting or an exclamation is none.
  if (at === 0 && !lines[at]!.closed) score += 0.6
  if (inMenu(lines, at)) score -= at > 0 && isEntry(lines[at - 1]!) ? 2 : 0.7
  const next = afterMeta(lines, at)
  if (next && isKicker(lines[at]!, next) && !next.furniture && !next.credit && !next.prose) score -= 1.2
  return score
}

/** The line after this one and the dates and bylines behind it. */
function afterMeta(lines: readonly LineSignals[], at: number): LineSignals | null {
  for (let next = at + 1; next < Math.min(lines.length, at + 4); next++)
    if (!isMeta(lines[next]!) || lines[next]!.byline) return lines[next]!
  return null
}

/** Amid four and more lines of one to three words. */
function inMenu(lines: readonly LineSignals[], at: number): boolean {
  if (lines[at]!.words > 4) return false
  let run = 1
  for (let before = at - 1; before >= 0 && run < 8 && isEntry(lines[before]!); before--) run++
  for (let after = at + 1; after < lines.length && run < 8 && isEntry(lines[after]!); after++) run++
  return run >= 6
}

function isEntry(line: LineSignals): boolean {
  return line.words <= 4 && !line.prose && line.dates.length === 0 && !line.closed
}

/** Dates, bylines and prose stand beside headlines; a subtitle may stand between. */
function neighbourScore(lines: readonly LineSignals[], at: number): number {
  const previous = meaningful(lines, at, -1)
  let score = previous && isMeta(previous) ? 0.8 : 0
  const below = lines[at + 1]
  if (at === 0 && below?.byline?.announced && below.dates.length > 0) score += 0.8
  let near: LineSignals | null = lines[at]!
  let prose = false
  let meta = 0
  for (let step = 0; step < 4 && near; step++) {
    near = meaningful(lines, near.index, 1)
    if (!near) break
    prose ||= near.prose && step < 3
    if (isMeta(near) && !meta) meta = step === 0 ? 1.1 : 0.9
    if (near.prose && near.weight > 200) break
  }
  score += meta + (prose ? 0.7 : 0)
  return score
}

export function isMeta(line: LineSignals): boolean {
  if (line.prose) return false
  return (
    (line.dates.length > 0 && line.besideDates < 60) || (line.byline?.announced ?? false) || byAlone(line)
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
  if (others.length === 0 || others.length > 3 || line.words < 2) return 0
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
  const { confidence } = choice
  const standfirst = standfirstOf(lines, choice, line)
  const [over, own] = overline(lines, choice, title)
  if (over) return { title: own, confidence, held: [own, over], kicker: { text: over, line }, standfirst }
  return { title, confidence, held, kicker: kickerOf(lines, choice), standfirst }
}

/**
 * The topic that some pages print on the headline's own line: before a colon with a space on either side, or before what
 * a breadcrumb over it ends in.
 */
function overline(
  lines: readonly LineSignals[],
  choice: TitleChoice,
  title: string,
): [string | null, string] {
  const colon = /^(\S.{2,60}?) : (\p{Lu}.{11,})$/u.exec(title)
  if (colon) return [colon[1]!, colon[2]!]
  // "Tips for winter Winter tyres: …": a topic ends in the word that the headline begins with.
  const doubled = /^((?:\S+ ){0,5}(\p{Lu}\p{L}{5,40})) (\2\s.{11,})$/u.exec(title)
  if (doubled) return [doubled[1]!, doubled[3]!]
  for (let at = Math.max(0, choice.index - 6); at < choice.index; at++) {
    const crumb = lines[at]!.text.split(/\s(?:\/|»|›|>)\s/).at(-1)!
    if (crumb !== lines[at]!.text && crumb.length >= 15 && title.endsWith(` ${crumb}`))
      return [title.slice(0, -crumb.length).trim(), crumb]
  }
  return [null, title]
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
  if (!line || !next || line.key === title.key || line.furniture || line.credit || line.dates.length > 0)
    return null
  if (line.text.length < 40 || line.text.length > 400 || line.byline?.announced) return null
  return isMeta(next) || next.furniture === 'share' ? line : null
}
