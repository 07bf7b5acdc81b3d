import { isByAlone, type LineSignals } from './line-signals.ts'
import type { NamedTitle } from './named-title.ts'
import { isCalendar, phraseKey } from './phrase-index.ts'
import { aroundFeatures } from './title-around.ts'
import { echoFeatures, leadEcho, leadParagraphs, type Vocabulary, vocabularyOf } from './title-echo.ts'
import { elsewhereFeatures } from './title-elsewhere.ts'
import { neighbourFeatures } from './title-neighbours.ts'
import { rankFeatures } from './title-rank.ts'
import { indicators, shapeFeatures, type TitleFeatures, wordClass } from './title-shape.ts'

/** Lines behind the first prose that are still looked at: some pages print the lead or a caption before the headline. */
const reach = 12

/** What can be seen of each line; null where one cannot be a headline. Far behind the text's start only one can. */
export function titleFeatures(
  lines: readonly LineSignals[],
  coreStart: number,
  named: NamedTitle | null,
): (TitleFeatures | null)[] {
  const firstProse = lines.findIndex(line => line.prose && line.weight >= 120)
  const body = Math.max(coreStart, firstProse)
  const count = Math.min(lines.length, body + reach + 1)
  const page: Page = {
    lines,
    body,
    named,
    spots: spotsOf(lines),
    ends: endsOf(lines.slice(0, count)),
    vocabulary: vocabularyOf(lines, coreStart),
    menus: nextMenus(lines, body),
    around: aroundFeatures(lines),
    rank: rankFeatures(lines, body),
  }
  let prose = 0
  const elsewhere = elsewhereFeatures(lines, count, body, page.vocabulary)
  const all = lines.map((line, at) => {
    const counts = at < count || headsText(lines, at)
    if (!counts) return elsewhere.get(at) ?? null
    const features = canBeTitle(page, at) ? featuresOf(page, at, prose) : null
    if (line.prose) prose += line.weight
    return features
  })
  addLead(lines, all, page.vocabulary, vocabularyOf(lines, coreStart, leadParagraphs))
  return all
}

/** Lines on either side that are compared by what they say of the text. */
const leadReach = 4

/** How much of what the text's first paragraphs say a line says, beside the others and its neighbours. */
function addLead(
  lines: readonly LineSignals[],
  all: readonly (TitleFeatures | null)[],
  vocabulary: Vocabulary,
  lead: Vocabulary,
): void {
  const scores = all.map((seen, at) =>
    seen && !('elsewhere' in seen || lines[at]!.prose) ? leadEcho(lines[at]!, vocabulary, lead).score : 0,
  )
  const most = scores.reduce((best, score) => Math.max(best, score), 0)
  for (const [at, seen] of all.entries()) {
    if (!seen || 'elsewhere' in seen) continue
    const score = scores[at] ?? 0
    const near = Math.max(...scores.slice(Math.max(0, at - leadReach), at + leadReach + 1))
    seen['lead score'] = score / 3
    seen['behind the best lead'] = (most - score) / 3
    seen['behind the best lead near'] = (near - score) / 3
    if (score > 0 && score === most) seen['best lead'] = 1
    if (score > 0 && score === near) seen['best lead near'] = 1
  }
}

interface Page {
  lines: readonly LineSignals[]
  /** The first line of the text proper. */
  body: number
  named: NamedTitle | null
  /** Where each line stands, by its key. */
  spots: ReadonlyMap<string, number[]>
  /** The keys of the last words of lines over the text: breadcrumbs end in the headline. */
  ends: ReadonlySet<string>
  vocabulary: Vocabulary
  /** For each line the next entry of a menu between it and the text. */
  menus: readonly number[]
  around: (at: number) => TitleFeatures
  rank: (at: number) => TitleFeatures
}

/** Lines behind that are not looked at: long pages are lists as a rule. */
const maxFar = 400

/** Whether who wrote it and when stands right below a line far behind, and text follows: what came before are teasers. */
function headsText(lines: readonly LineSignals[], at: number): boolean {
  const { prose, boilerplate, ending, words } = lines[at]!
  if (at > maxFar || prose || boilerplate || ending || words < 2) return false
  if (!lines.slice(at + 1, at + 4).some(line => line.signs)) return false
  return lines.slice(at + 1, at + 11).filter(line => line.prose && line.weight >= 120).length >= 2
}

function canBeTitle({ lines, spots }: Page, at: number): boolean {
  const line = lines[at]!
  const { text } = line
  if (line.shape === 'code' || text.length > 260 || /[^\s\p{Lo}]{46}/u.test(text) || !/\p{L}/u.test(text))
    return false
  // "About us" and "Recommended: …" head their own page; further down they are of a menu or a box of links.
  const heads = at === 0 && (line.boilerplate === 'menu' || line.boilerplate === 'link' || !line.boilerplate)
  if (!heads && (line.boilerplate || line.ending)) return false
  if (line.dates.length > 0 && line.besideDates < 8) return false
  if (/^(?:https?:|www\.)|\S@[\w-]|^@\S+$/.test(text) || isByAlone(lines[at - 1])) return false
  if (isCalendar(line.key) || /^(?:Seite|Page|Página|Pagina|Bild|Teil)\s\d/.test(text)) return false
  if (line.credit || isSigned(line) || endsInNext(lines, at) || isCutShort(lines, at)) return false
  if (otherLabel.test(text)) return false
  // "The headline | The Site" gives way to the headline alone.
  return !spots.has(keyBeforeSite(text))
}

/** Labels of what stands beside headlines: "Subtitle: …", "Untertitel: …". */
const otherLabel =
  /^(?:Sub-?(?:headline|heading|title|line)|Kicker|Standfirst|Teaser|Untertitel|Unterzeile|Unterüberschrift|Dachzeile|Spitzmarke|Vorspann|Sous-titre|Surtitre|Chapeau|Subtítulo|Antetítulo|Sottotitolo|Occhiello|Ondertitel|Podtytuł|Подзаголовок|Altbaşlık)\s?: ?\S/iu

/** "By …" and a name; "By Design" may be a headline. */
function isSigned({ byline, words }: LineSignals): boolean {
  return byline?.announced === true && !byline.slight && (byline.leads || words < 6)
}

/** "Home > News > The headline", "HomeNewsThe headline": a breadcrumb right over the headline that it ends in. */
function endsInNext(lines: readonly LineSignals[], at: number): boolean {
  const [line, next] = [lines[at], lines[at + 1]]
  if (!line || !next) return false
  const { text } = line
  if (next.words < 3 || next.text.length < 12 || next.text.length >= text.length) return false
  return text.toLowerCase().endsWith(next.text.toLowerCase())
}

function featuresOf(page: Page, at: number, proseBefore: number): TitleFeatures {
  const line = page.lines[at]!
  return {
    ...shapeFeatures(line),
    ...placeFeatures(page, at, proseBefore),
    ...neighbourFeatures(page.lines, at),
    ...page.around(at),
    ...page.rank(at),
    ...repeatFeatures(page, at),
    ...echoFeatures(line, page.vocabulary),
  }
}

/** Whoever stands this near over a menu's entry is of the menu. */
const menuReach = 30

/** Where the line stands. Menus may be long: distances count by their logarithm, and from the top and from the text. */
function placeFeatures({ lines, body, menus }: Page, at: number, proseBefore: number): TitleFeatures {
  const { words } = lines[at]!
  const first = at === 0
  const seen = indicators({
    'behind text': at > body,
    first,
    [`first, ${wordClass(words)}`]: first,
    'first over text': first && (lines[1]?.prose ?? false),
    [words <= 3 ? 'in a menu, few words' : 'in a menu']: inMenu(lines, at),
    'is text': at === body,
    'menu below': (menus[at] ?? Infinity) - at <= menuReach,
  })
  seen['far from top'] = Math.log1p(at)
  seen[at > body ? 'far behind text' : 'far from text'] = Math.log1p(Math.abs(at - body))
  if (at < body) seen['near neither'] = Math.log1p(Math.min(at, body - at))
  if (proseBefore > 0) seen['prose before'] = Math.log1p(proseBefore / 100)
  return seen
}

/** For each line the next entry of a menu between it and the text. */
function nextMenus(lines: readonly LineSignals[], body: number): number[] {
  const next = new Array<number>(lines.length).fill(Infinity)
  let nearest = Infinity
  for (let at = Math.min(body, lines.length) - 2; at >= 0; at--) {
    const below = lines[at + 1]
    if (below?.boilerplate === 'menu' || below?.ending === 'legal' || below?.ending === 'navigation')
      nearest = at + 1
    next[at] = nearest
  }
  return next
}

/** Amid four and more lines of one to three words. */
function inMenu(lines: readonly LineSignals[], at: number): boolean {
  if ((lines[at]?.words ?? 0) > 4) return false
  let run = 1
  for (let before = at - 1; run < 8 && isEntry(lines[before]); before--) run++
  for (let after = at + 1; run < 8 && isEntry(lines[after]); after++) run++
  return run >= 6
}

function isEntry(line: LineSignals | undefined): boolean {
  if (!line) return false
  return line.words <= 4 && !line.prose && line.dates.length === 0 && !line.closed
}

/** Where else the line stands, whole or as a part of another, or another as a part of it. */
function repeatFeatures({ lines, spots, ends, body, named }: Page, at: number): TitleFeatures {
  const { key } = lines[at]!
  const words = key.split(' ')
  const others = (spots.get(key) ?? []).filter(spot => spot !== at)
  const near = others.some(spot => Math.abs(spot - at) <= 10)
  const above = !near && others.some(spot => spot <= body)
  const some = others.length > 0 && others.length <= 3
  const elsewhere = (part: string[]) => spots.get(part.join(' '))?.some(spot => spot !== at) ?? false
  const parts = words.length > maxPartLength ? [] : words.slice(2)
  return indicators({
    'begins with another line': parts.some((_, cut) => cut > 0 && elsewhere(words.slice(0, cut + 2))),
    'ends another line': ends.has(key),
    'ends in another line': parts.some((_, cut) => cut > 0 && elsewhere(words.slice(cut))),
    named: key === named?.key,
    'repeated far': some && !near && !above,
    'repeated near': some && near,
    'repeated over the text': some && above,
  })
}

/** "The headline begins…" beside the whole headline, which it gives way to. */
function isCutShort(lines: readonly LineSignals[], at: number): boolean {
  const { text } = lines[at]!
  const start = /^(.{12,}?)\s?(?:…|\.\.\.)$/u.exec(text)?.[1]
  return (
    start !== undefined &&
    lines.some((line, other) => other !== at && line.text.startsWith(start) && line.text.length > text.length)
  )
}

/** In words: longer lines are neither breadcrumbs nor compared by their parts. */
const maxPartLength = 30

/** The keys of what lines end in, but for the whole lines. */
function endsOf(lines: readonly LineSignals[]): Set<string> {
  const ends = new Set<string>()
  for (const { key, text } of lines) {
    const words = text.length < 280 ? key.split(' ') : []
    if (words.length <= maxPartLength)
      for (let cut = 1; cut < words.length - 1; cut++) ends.add(words.slice(cut).join(' '))
  }
  return ends
}

/** Of a line that stands more often the first places are enough. */
const maxSpots = 10

/** Where each line stands, by its key and by what stands before a site's name. */
function spotsOf(lines: readonly LineSignals[]): Map<string, number[]> {
  const spots = new Map<string, number[]>()
  const put = (known: number[] | undefined, index: number) => {
    if (known && known.length < maxSpots) known.push(index)
  }
  for (const { key, text, index } of lines) {
    if (!key || text.length >= 280) continue
    if (spots.has(key)) put(spots.get(key), index)
    else spots.set(key, [index])
  }
  for (const { text, index } of lines) put(spots.get(keyBeforeSite(text)), index)
  return spots
}

/** The key of what stands before a site's name: "The headline | The Site" → "the headline"; empty where none does. */
function keyBeforeSite(text: string): string {
  if (!/\s(?:[|–—•·-]|::)\s/.test(text)) return ''
  const cut = /^(.{12,200})\s(?:\||[–—-]|::|•|·)\s([^|–—]{2,50})$/u.exec(text)
  if (!cut) return ''
  const [, before = '', site = ''] = cut
  const isName = !/[?!]$/.test(site) && site.split(/\s+/).length <= 5 && /\p{L}/u.test(site)
  return isName ? phraseKey(before) : ''
}
