import { isEntryOfDay, type LineSignals } from './line-signals.ts'
import { isMark } from './line-signs.ts'
import { isFramed, type Outline } from './page-outline.ts'

/**
 * What became of a line. `held` are the pieces of it that fields carry, one list for each field; what is left of a
 * field's line is dropped. Lines that share a field share its list: a piece is taken out of one of them only.
 */
export interface LineRole {
  role: 'title' | 'kicker' | 'date' | 'byline' | 'source' | 'section' | 'tags' | 'body' | 'dropped'
  reason: string
  held: string[][]
}

const inBody: LineRole = { role: 'body', reason: '', held: [] }

export function dropped(reason: string): LineRole {
  return { role: 'dropped', reason, held: [] }
}

/** Where the text proper begins: lines before it, under the headline, are still the page's boilerplate as like as not. */
function textStart(lines: readonly LineSignals[], { start, end }: Outline): number {
  let at = start
  while (at < end && !(lines[at]!.prose && lines[at]!.weight >= 90)) at++
  return at === end ? start : at
}

/** So many lines between headline and text say that they are the page's, where the others are as well. */
const minMarked = 0.2

/** Gives a role to every line that no field has claimed. */
export function bodyRoles(
  lines: readonly LineSignals[],
  outline: Outline,
  roles: (LineRole | null)[],
): LineRole[] {
  const opens = textStart(lines, outline)
  const loose = looseUnderTitle(lines, outline, opens, roles)
  const likely = outline.title ? -1 : (outline.likely?.index ?? -1)
  // Over a headline that is not sure only what is all words of menus and topics is left out.
  const over = lines.slice(0, Math.max(0, likely)).every(line => line.words <= 3 && !line.prose)
  // What stands behind the last of them that pages have may be a kicker, or the headline itself.
  const lastOver = over ? lines.findLastIndex((line, at) => at < likely && isOfPage(line)) : -1
  const inMenu = menusOver(lines, Math.min(Math.max(0, likely), outline.heart))
  const titleText = outline.title ? sameText(lines[outline.title.index]!.text) : null
  const last = lines.findLastIndex((line, at) => at < outline.end && line.prose && !line.boilerplate)
  const ownEnd = last >= 0 ? last : lastOfRuns(lines.slice(0, outline.end))
  const head = lines.slice((outline.title ?? outline.likely)?.index ?? 0, outline.opens)
  const marked = head.filter(isMark).length >= head.length * minMarked
  const kickers = kickersOver(lines, likely)
  const framed = isFramed(lines)
  let ofPage = 0
  return lines.map((line, at) => {
    const claimed = roles[at]
    if (claimed) return claimed
    if (at >= outline.end)
      return dropped(outline.tail ? `behind the text: ${outline.tail}` : 'behind the text')
    if (at < outline.start) return beforeTitle(line, outline)
    // The heading of the first paragraph, which articles of the source have in common.
    const heads = line.place === 'amid' && at === outline.opens - 1 && !isMark(line)
    if (
      at < outline.opens &&
      at !== likely &&
      (at < kickers || (at > likely && !line.prose && marked && !heads))
    )
      return dropped('over the text')
    if (at <= lastOver || inMenu.has(at)) return dropped('over the headline')
    if (at < opens) return loose(at) ? dropped('under the headline') : underTitle(line, titleText)
    if (at <= last) return amid(lines, at, roles)
    const role = atEnd(line, titleText)
    // Behind the last paragraph whatever follows two lines of the page's own is the page's too.
    const isPages = framed
      ? line.place === 'behind'
      : line.boilerplate !== 'count' && role.reason !== 'caption'
    if (role.role === 'dropped' && isPages && at > ownEnd) ofPage++
    return ofPage >= 2 && role.role === 'body' ? dropped('behind the text') : role
  })
}

/** Where the lines over an unsure headline begin that may be its kicker, or the headline themselves. */
function kickersOver(lines: readonly LineSignals[], likely: number): number {
  let at = likely
  while (at > Math.max(0, likely - maxKickers) && !isMark(lines[at - 1]) && !lines[at - 1]?.sections) at--
  return at
}

const maxKickers = 1

/** Where no line is a paragraph (verse, a recipe): so much of the heaviest run of lines that no page has is as like as not the text. */
const minOfHeaviest = 0.5

/** The last line of the last run of neighbouring lines, none of the page's own, that may be the text. */
function lastOfRuns(lines: readonly LineSignals[]): number {
  const runs: { last: number; weight: number }[] = []
  for (const line of lines) {
    if (isOfPage(line)) continue
    const run = runs.at(-1)
    if (run?.last === line.index - 1)
      Object.assign(run, { last: line.index, weight: run.weight + line.weight })
    else runs.push({ last: line.index, weight: line.weight })
  }
  const most = Math.max(0, ...runs.map(({ weight }) => weight))
  return runs.findLast(({ weight }) => weight >= most * minOfHeaviest)?.last ?? -1
}

/** So many entries in a row are a menu, if so many of them are known as a page's own. */
const minMenu = 8
const minKnownEntries = 2

/** Lines over the likely headline that are of menus, by their indices. */
function menusOver(lines: readonly LineSignals[], end: number): Set<number> {
  const found = new Set<number>()
  let run: LineSignals[] = []
  for (const line of lines.slice(0, end + 1)) {
    if (line.index < end && isEntry(line)) {
      run.push(line)
      continue
    }
    // What stands behind a menu's last known entry may be a kicker, or the headline itself.
    const menu = run.slice(0, run.findLastIndex(isOfPage) + 1)
    if (menu.length >= minMenu && menu.filter(isOfPage).length >= minKnownEntries)
      for (const { index } of menu) found.add(index)
    run = []
  }
  // A teaser or two between two menus is of neither the one article nor the other.
  let last = -1
  for (const index of [...found].sort((one, two) => one - two)) {
    const between = lines.slice(last + 1, index)
    if (last >= 0 && between.length <= maxBetween && between.every(line => !line.prose))
      for (const line of between) found.add(line.index)
    last = index
  }
  return found
}

/** Lines between two menus that go with them. */
const maxBetween = 3

function isEntry(line: LineSignals): boolean {
  if (line.boilerplate || line.ending) return true
  return line.words <= 4 && !line.prose && !line.closed && line.dates.length === 0 && line.shape === 'line'
}

function isOfPage({ boilerplate, ending, sections }: LineSignals): boolean {
  return boilerplate !== null || ending !== null || sections
}

/** So many lines between headline and first paragraph are a text in short lines, and no labels. */
const maxUnderTitle = 24

/** Few words between a sure headline and the text that head no paragraph: labels, counts, buttons. */
function looseUnderTitle(
  lines: readonly LineSignals[],
  outline: Outline,
  opens: number,
  roles: readonly (LineRole | null)[],
): (at: number) => boolean {
  const found = new Set<number>()
  if (!outline.title || opens - outline.start > maxUnderTitle) return () => false
  for (let at = opens - 1; at >= outline.start; at--) {
    const [line, next] = [lines[at]!, lines[at + 1]]
    if (!next || line.prose || line.closed || line.shape === 'code' || line.words > 3) continue
    if (isEntryOfDay(line) || isEntryOfDay(next)) continue
    const gone = roles[at + 1] || next.boilerplate || next.ending || next.credit || found.has(at + 1)
    if (gone || next.words <= 3) found.add(at)
  }
  return at => found.has(at)
}

function sameText(text: string): string {
  return text.length > 300 ? text : text.replace(/\s+/g, ' ').toLowerCase()
}

/** Prose over the headline (a lead, a long caption) is the article's; menus, breadcrumbs and section names are not. */
function beforeTitle(line: LineSignals, { title, opens }: Outline): LineRole {
  const own = title !== null && line.prose && !line.credit && !line.boilerplate && line.index >= opens
  return own ? inBody : dropped('over the headline')
}

function underTitle(line: LineSignals, titleText: string | null): LineRole {
  if (isLooseCaption(line)) return dropped('caption')
  if (line.sections || line.says.section) return dropped('section')
  if (titleText && sameText(line.text) === titleText) return dropped('headline repeated')
  if (line.boilerplate)
    return line.boilerplate === 'page-sentence' && line.weight > 120 ? inBody : dropped(line.boilerplate)
  return line.ending && line.ending !== 'tags' ? dropped(line.ending) : inBody
}

function atEnd(line: LineSignals, titleText: string | null): LineRole {
  if (titleText && sameText(line.text) === titleText) return dropped('headline repeated')
  if (isLooseCaption(line)) return dropped('caption')
  if (line.boilerplate && line.boilerplate !== 'count') return dropped(line.boilerplate)
  if (line.sections) return dropped('section')
  return line.ending ? dropped(line.ending) : inBody
}

/**
 * Amid the text a match is not enough: the line must be short and no sentence, and a single word ("Facebook") must have
 * a neighbour of its kind.
 */
function amid(lines: readonly LineSignals[], at: number, roles: readonly (LineRole | null)[]): LineRole {
  const line = lines[at]!
  const neighbours = [lines[at - 1], lines[at + 1]]
  const company = neighbours.some(
    (near, side) => near && (near.boilerplate || near.ending || roles[side === 0 ? at - 1 : at + 1]),
  )
  switch (line.boilerplate) {
    case 'interstitial':
    case 'link':
      return dropped(line.boilerplate)
    case 'share':
      return line.words > 1 || company ? dropped(line.boilerplate) : inBody
    case 'menu':
    case 'page-sentence':
      return company ? dropped(line.boilerplate) : inBody
    case 'learnt':
      return isLabel(line) && neighbours.some(isKnown) ? dropped('repeats across files') : inBody
    default:
      break
  }
  // Alone between paragraphs, or with its like, it is a heading that articles share ("Ingredients") as like as not.
  if (line.place === 'amid' && isLabel(line) && neighbours.some(isKnown))
    return dropped('repeats across files')
  if (isLooseCaption(line)) return dropped('caption')
  const marks = line.ending === 'related' || line.ending === 'share' || line.ending === 'legal'
  return marks && line.ending ? dropped(line.ending) : inBody
}

/** Few words that are no sentence. */
function isLabel(line: LineSignals): boolean {
  return !line.prose && !line.closed && line.text.length <= 80
}

/** Whether a line is of the page by what it says itself. */
function isKnown(line: LineSignals | undefined): boolean {
  return line !== undefined && line.boilerplate !== 'learnt' && Boolean(line.boilerplate || line.ending)
}

/** A caption with its credit, or a credit alone: the picture it belongs to did not come along with the text. */
function isLooseCaption(line: LineSignals): boolean {
  return line.credit && line.text.length <= 300 && line.shape === 'line'
}
