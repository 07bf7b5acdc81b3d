import type { Author } from '../model/article.ts'
import { type Byline, isSpan, isStaff, readByline } from './byline.ts'
import { isMeta, type LineSignals } from './line-signals.ts'
import { aroundHeart, type Outline } from './page-outline.ts'
import { byLabels, byWords, phraseKey, roleWords } from './phrase-index.ts'
import { signedWithin } from './script-names.ts'
import { isInWords, isPictured } from './told-names.ts'

export interface PageAuthors {
  authors: Author[]
  agency: string | null
  /** Lines that hold the signature: all of them are used up by it. */
  lines: LineSignals[]
  /** 0 to 1. */
  confidence: number
  /** What spoke for it. */
  because: string
  /** They are named within a line of the text, which keeps it. */
  within?: boolean
}

interface Candidate extends PageAuthors {
  score: number
  /** A word like "by" stands before. */
  announced: boolean
}

const minScore = 2

/** How much a line right over the text is trusted, where the headline stands far from it. */
const heartBase = 0.6

/** Picks who signed, among the lines around the headline and behind the text. */
export function pageAuthors(lines: readonly LineSignals[], outline: Outline): PageAuthors | null {
  const zones = zonesOf(lines, outline)
  const best = bestIn(zones, lines, outline)
  // A word like "by" where bylines stand goes before one that stands anywhere.
  if (best?.announced) return best
  const other = bestIn(onlySignature(lines, new Set(zones.map(({ index }) => index))), lines, outline)
  return (!best || (other && other.score > best.score) ? other : best) ?? signedInText(lines, outline)
}

/** Where no line is a byline: who signed within the first paragraph or behind the last one. */
function signedInText(lines: readonly LineSignals[], { start, likely, end }: Outline): PageAuthors | null {
  const from = Math.max(start, (likely?.last ?? -1) + 1)
  const text = lines.slice(from, end).filter(({ prose }) => prose)
  const behind = lines[(text.at(-1)?.index ?? lines.length) + 1]
  const places: [LineSignals | undefined, 'first' | 'last'][] = [
    [text[0], 'first'],
    [behind, 'last'],
    [text.at(-1), 'last'],
  ]
  for (const [line, at] of places) {
    const signed = line && signedWithin(line.text, at)
    if (!signed) continue
    const authors = signed.names.map(name => ({ name, url: null, email: null, role: signed.role }))
    const within = line.text.length > signed.names.join('').length + 12
    const because = within ? 'signed within the text' : 'signed below the text'
    return { authors, agency: null, lines: [line], confidence: 0.75, because, within }
  }
  return null
}

interface Zone {
  index: number
  base: number
  behind?: boolean
}

/** How much a name behind the text that nothing introduces ranks behind those before it: another story's stands there too. */
const rankBehind = 0.5

function bestIn(zones: readonly Zone[], lines: readonly LineSignals[], outline: Outline): Candidate | null {
  const candidates = zones
    .flatMap(({ index, base, behind }) => {
      const found = candidateAt(lines, index, base, outline)
      if (!found || found.score < minScore) return []
      return { ...found, rank: found.score - (behind && !found.announced ? rankBehind : 0) }
    })
    .sort((one, two) => two.rank - one.rank)
  return candidates.find(candidate => !isBareWord(candidate, lines, outline)) ?? null
}

/** A name that nothing introduces is none where the article tells of who bears it, or uses its words for other things. */
function isBareWord({ lines: [line], authors }: Candidate, lines: readonly LineSignals[], outline: Outline) {
  const [first] = authors
  if (!line?.byline || !first || line.byline.announced || first.role || first.email) return false
  if (line.dates.length > 0 && line.byline.knownName) return false
  return (
    isPictured(first.name, line, lines, outline) || (!line.byline.knownName && isInWords(first.name, lines))
  )
}

function zonesOf(lines: readonly LineSignals[], outline: Outline): Zone[] {
  const zones: Zone[] = []
  const { end } = outline
  const title = outline.title ?? outline.likely
  const from = title ? title.last + 1 : outline.start
  for (let at = Math.max(0, from - 9); at < from; at++)
    zones.push({ index: at, base: 0.8 - (from - at) * 0.1 })
  let prose = 0
  let at = from
  for (; at < Math.min(end, from + 24) && prose < 4; at++) {
    zones.push({ index: at, base: 1.2 - (at - from) * 0.05 - prose * 0.25 })
    const line = lines[at]
    if (line?.prose && line.weight >= 120) prose++
  }
  for (let after = Math.max(at, end - 4); after < Math.min(lines.length, end + 25); after++) {
    zones.push({ index: after, base: 0.2 - Math.max(0, after - end) * 0.03, behind: true })
    const kind = lines[after]?.ending
    if (kind === 'comments' || kind === 'related') break
  }
  const known = new Set(zones.map(({ index }) => index))
  for (const index of aroundHeart(outline, lines.length))
    if (!known.has(index)) zones.push({ index, base: heartBase })
  return zones
}

/** How much a line far from headline and text is trusted that says itself who signed, and is the only one that does. */
const onlyBase = 0.3

/** Where the page names one author only, behind a word like "by", the line need not stand where bylines do. */
function onlySignature(lines: readonly LineSignals[], known: ReadonlySet<number>): Zone[] {
  const signed = lines.filter(line => tellsWho(line))
  const names = new Set(signed.map(line => line.byline?.authors[0]?.name))
  const [first] = signed
  return names.size === 1 && first && !signed.some(({ index }) => known.has(index))
    ? [{ index: first.index, base: onlyBase }]
    : []
}

/** "By Jane Doe": a name of two words or more, and little else. */
function tellsWho({ byline, prose, boilerplate, ending, credit, besideDates }: LineSignals): boolean {
  const name = byline?.authors[0]?.name ?? ''
  const announced = byline?.announced && !byline.slight && byline.leads
  return Boolean(
    announced &&
      (name.includes(' ') || byline?.knownName) &&
      !prose &&
      !boilerplate &&
      !ending &&
      !credit &&
      besideDates <= name.length + 60,
  )
}

function candidateAt(
  lines: readonly LineSignals[],
  index: number,
  base: number,
  outline: Outline,
): Candidate | null {
  const line = lines[index]!
  if (index === outline.title?.index || (line.boilerplate && line.boilerplate !== 'learnt') || line.prose)
    return null
  if (isTurn(lines, line, outline)) return null
  const alone = announcedAlone(lines, index)
  if (alone) return { ...alone, announced: true, score: base + (alone.known ? 3.4 : 2.6), confidence: 0.85 }
  const { byline } = line
  // The headline again.
  if (line.key === lines[(outline.title ?? outline.likely)?.index ?? -1]?.key) return null
  if (lines[index - 1]?.ending === 'related' || isRemark(lines, index, outline)) return null
  // A line that goes on the list of names before it is read with that.
  if (/^(?:&|and |und |et |y )/.test(line.text)) return null
  if (!byline || ((line.ending || (line.credit && !withAgency.test(line.text))) && !byline.announced))
    return null
  if (byline.authors.length === 0)
    return byline.agency
      ? {
          authors: [],
          agency: byline.agency,
          lines: [line],
          announced: byline.announced,
          score: base + 1.2,
          confidence: 0.6,
          because: 'an agency',
        }
      : null
  let score = base
  if (byline.slight) score += isRightUnderTitle(lines, index, outline) ? 1.5 : -1
  else if (byline.announced)
    score += line.dates.length > 0 || byline.authors[0]?.name.includes(' ') ? 2.1 : 1.5
  else score += bareEvidence(lines, line, byline, outline)
  if (byline.knownName) score += 0.8
  // Who edited or checked a text is named beside who wrote it, and seldom alone.
  if (checkers.test(line.key) && !/ (?:written|words|story|text) by /.test(line.key)) score -= 1.3
  if (byline.authors.every(author => isStaff(author.name)))
    score +=
      byline.announced || line.dates.length > 0 ? 0 : isRightUnderTitle(lines, index, outline) ? 0.8 : -0.3
  const more = byline.announced || byline.knownName ? continued(lines, index) : { authors: [], lines: [] }
  return {
    authors: [...byline.authors, ...more.authors],
    agency: byline.agency,
    lines: [line, ...more.lines],
    announced: byline.announced,
    score,
    confidence: Math.min(0.95, 0.45 + score / 8),
    because: becauseOf(line, byline),
  }
}

function becauseOf(line: LineSignals, byline: Byline): string {
  const reasons = [
    byline.announced ? 'behind a word like "by"' : null,
    line.dates.length > 0 ? 'beside a date' : null,
    byline.authors[0]?.role ? 'with a role' : null,
    byline.knownName ? 'a known given name' : null,
    line.times > 1 && !byline.announced ? 'twice on the page' : null,
  ]
  return reasons.filter(Boolean).join(', ') || 'a name in its place'
}

/** "Author: They thought it would pass.": one of several sentences behind the same name and colon, as interviews have them. */
function isTurn(
  lines: readonly LineSignals[],
  { index, text, closed }: LineSignals,
  outline: Outline,
): boolean {
  const speaker = /^[^:：]{1,40}[:：](?=\s)/u.exec(text)?.[0]
  if (!speaker || !closed) return false
  const isOther = (line: LineSignals) => line.index !== index && line.closed && line.text.startsWith(speaker)
  return lines.slice(outline.start, outline.end).some(isOther)
}

const checkers = /^(?:edited|reviewed|fact checked|medically reviewed|peer reviewed|checked|updated) by /

/** "Jane Doe and AP": words that no picture's credit has. */
const withAgency = /^[\p{L} .'’-]+ (?:and|und|et|y|e|with|mit) \p{Lu}{2,}$/u

/** "Comment by Jane" behind the text signs a reader's words. */
function isRemark(lines: readonly LineSignals[], index: number, { start, heart }: Outline): boolean {
  return (
    index >= heart &&
    /^(?:kommentar von|comment by|commentaire de|commentaire par|comentario de|commento di) /.test(
      lines[index]?.key ?? '',
    ) &&
    lines.slice(start, index).some(line => line.ending === 'comments' || line.dates.length > 0)
  )
}

/** Nothing but the headline again and dates between it and the line. */
function isRightUnderTitle(lines: readonly LineSignals[], index: number, outline: Outline): boolean {
  const title = outline.title ?? outline.likely
  if (!title || index <= title.last) return false
  const { key } = lines[title.index]!
  return lines
    .slice(title.last + 1, index)
    .every(line => line.key === key || isMeta(line) || line.boilerplate)
}

/** What speaks for a name without "by": a date beside it, a second mention, a role, a known given name. */
function bareEvidence(
  lines: readonly LineSignals[],
  line: LineSignals,
  byline: Byline,
  outline: Outline,
): number {
  const { index } = line
  const [{ name, role }] = byline.authors as [Author]
  const bare = byline.alone || phraseKey(name) === line.key
  const dated = line.dates.length > 0 || line.says.published
  const title = outline.title ?? outline.likely
  if (isOfList(lines, line, bare, title !== null && index < title.index)) return -1
  if (byline.leads && (isQuoted(lines[index - 1], title?.last ?? -1) || isOneOfLetters(lines, line, outline)))
    return -1
  let score = beside(line, byline, bare, dated)
  const near = [lines[index - 1], lines[index + 1], lines[index + 2]]
  const overText = bare && byline.alone && standsOverText(lines, index)
  const datedNear = (bare || byline.leads) && near.some(isDateLine)
  const isSubject = title !== null && holdsName(lines, title.index, index, name)
  const portrayed = bare && !isSubject && hasPortrait(lines, name, outline)
  if (role) score += 0.8
  if (byline.agency) score += 0.8
  if (bare && (isRoleLine(lines[index + 1]) || isTitleLine(lines, index + 1, outline))) score += 0.8
  if (bare && line.times > 1) score += 0.7
  if (byline.knownName) score += 0.5
  if (datedNear) score += 0.7
  if (overText && isDateLine(lines[index + 1])) score += 0.6
  if (bare && lines[index - 1]?.index === outline.title?.last) score += 0.2
  if (portrayed) score += 1
  // Below "You may also like" stand others.
  if (
    title &&
    lines.slice(Math.max(title.last + 1, index - 6), index).some(other => other.ending === 'related')
  )
    score -= 0.7
  if (byline.supported) score += 1.2
  if (datedNear && title && index > title.last && index <= title.last + 3 && isDateLine(lines[index + 1]))
    score += 0.45
  if (line.besideDates > name.length + 60) score -= 1
  // What stands twice and nothing else may be a topic, and a name in a list of links.
  const supported =
    dated ||
    byline.supported ||
    datedNear ||
    portrayed ||
    role ||
    byline.agency ||
    isRoleLine(lines[index + 1])
  if (!supported && index > maxCropLines && !isWithReader(lines, index, outline)) score -= 1.2
  // A headline that holds the name is about who bears it; a name with a full stop ends a caption.
  if (isSubject) score -= 1.5
  if (!dated && !byline.knownName && !role && title && index < title.index) score -= 0.6
  // What stands over the headlines of all pages is the site's name, though it begins like a person's.
  if (line.place === 'before' && title && index < title.index) score -= 1.5
  if (bare && /\p{L}{3}\.$/u.test(line.text)) score -= 0.8
  return score
}

/** Whether the headline or what stands in a few words between it and the name tells of who bears it. */
function holdsName(lines: readonly LineSignals[], title: number, index: number, name: string): boolean {
  if (lines[title]?.text.includes(name)) return true
  return lines
    .slice(title + 1, index)
    .some(({ text, byline }) => text.includes(name) && text.length > name.length + 20 && !byline)
}

/** One of several names or of several days with a name, one below the other: a menu, a programme. */
function isOfList(
  lines: readonly LineSignals[],
  { index, dates }: LineSignals,
  bare: boolean,
  isOver: boolean,
): boolean {
  const isDated = dates.length > 0
  if (!bare && !isDated) return false
  const around = [index - 2, index - 1, index + 1, index + 2].map(at => lines[at])
  const dated = around.filter(
    other => other && other.dates.length > 0 && !other.prose && other.besideDates > 3,
  )
  if (isDated && dated.length >= 3) return true
  const isLike = (line: LineSignals | undefined) =>
    line?.byline != null &&
    !isRoleLine(line) &&
    !line.byline.announced &&
    line.byline.authors.length > 0 &&
    line.dates.length > 0 === isDated &&
    (isDated || line.byline.alone)
  if (bare && !isDated && namesInRow(lines, index, isLike) >= minNamesInRow) return true
  const near = around.filter(isLike).length
  return near >= (isDated || isOver ? 2 : 3)
}

/** "“All happy families are alike.”" over a name: whose words they are, but for those of a headline. */
function isQuoted(line: LineSignals | undefined, headline: number): boolean {
  return line !== undefined && line.index > headline && /^["“„«‘「『].*["”“»’」』]$/su.test(line.text)
}

/** A name and a place. */
const maxNameWords = 5

/** Several names below paragraphs, of one or the other: letters in one file, and nobody's article. */
function isOneOfLetters(
  lines: readonly LineSignals[],
  { index, byline, dates }: LineSignals,
  { end }: Outline,
): boolean {
  const name = byline?.authors[0]?.name
  const signsLetter = (at: number) => {
    const { prose, byline, words } = lines[at]!
    return (
      !prose &&
      words <= maxNameWords &&
      byline?.leads &&
      byline.knownName &&
      !byline.announced &&
      lines[at - 1]?.prose
    )
  }
  if (dates.length > 0 || !signsLetter(index)) return false
  return lines
    .slice(0, end)
    .some(({ index: at, byline }) => signsLetter(at) && byline?.authors[0]?.name !== name)
}

/** So many names one below the other are thanked, or have come; fewer may have written a text together. */
const minNamesInRow = 5

function namesInRow(
  lines: readonly LineSignals[],
  index: number,
  isLike: (line: LineSignals | undefined) => boolean,
): number {
  let [first, last] = [index, index]
  while (isLike(lines[first - 1])) first--
  while (isLike(lines[last + 1])) last++
  return last - first + 1
}

/** A name, when it was, and then the text: nothing but a share bar or a caption comes between. */
function standsOverText(lines: readonly LineSignals[], index: number): boolean {
  for (let at = index + 2; at < Math.min(lines.length, index + 6); at++) {
    const line = lines[at]
    if (line?.prose) return line.weight >= 90
    if (!line || (!line.boilerplate && !line.credit && line.ending !== 'share' && line.dates.length === 0))
      return false
  }
  return false
}

/** Where fewer lines stand over a name, no menu does. */
const maxCropLines = 4

/** What the rest of the name's own line says of it. */
function beside(line: LineSignals, byline: Byline, bare: boolean, dated: boolean): number {
  const [{ name, role }] = byline.authors as [Author]
  if (dated && (line.besideDates <= name.length + 25 || byline.leads)) {
    // "New Delhi, 19 November 2019": a place may stand so too; a time of day seldom stands behind one.
    const placed =
      line.dates.every(date => date.precision === 'day') &&
      /^\p{L}[\p{L} ]*,\s*\P{L}*$/u.test(line.text.slice(0, line.dates[0]?.start))
    return placed && !byline.knownName ? 0.5 : 1.3
  }
  if (bare || role || byline.agency || byline.authors.length > 1) return 0
  return byline.leads && line.words <= name.split(' ').length + 4 ? 0 : -0.6
}

/** "Dnes 9:44", "Monday 6:30PM", "Publicerad 14.14": when on a day that readers know. */
const timeOfDay = /^(?:[\p{L}.,]{2,12} ){0,2}\d{1,2}[:.]\d\d(?: ?(?:[AaPp]\.?[Mm]\.?|Uhr|h|klo?))?$/u

function isDateLine(line: LineSignals | undefined): boolean {
  if (line === undefined) return false
  return (line.dates.length > 0 && line.besideDates < 30) || isSpan(line.text) || timeOfDay.test(line.text)
}

function isRoleLine(line: LineSignals | undefined): boolean {
  return (
    line !== undefined &&
    !line.prose &&
    line.words <= 12 &&
    line.key.split(' ').some(word => roleWords.has(word))
  )
}

/** "Marketing Manager", "Former Consultant" right below a name that stands below the headline. */
function isTitleLine(lines: readonly LineSignals[], at: number, outline: Outline): boolean {
  const line = lines[at]
  if (!line || line.prose || line.words < 2 || line.words > 8) return false
  return jobs.test(line.key) && isRightUnderTitle(lines, at - 1, outline)
}

const jobs =
  /(?:^| )(?:manager|engineer|consultant|founder|cofounder|administrator|specialist|strategist|expert|president|ceo|lawyer|economist|scientist|researcher|developer|designer|geschaftsfuhrer(?:in)?|berater(?:in)?|leiter(?:in)?)(?: |$)/

/** What pages print beside who wrote them and seldom beside links: an account, a time to read, the headline, the text itself. */
function isWithReader(lines: readonly LineSignals[], index: number, outline: Outline): boolean {
  const [before, next] = [lines[index - 1], lines[index + 1]]
  if (
    next &&
    (/^@\w|^\S+@\S+$|^https?:/.test(next.text) ||
      (next.boilerplate === 'count' && /\d ?min/iu.test(next.text)))
  )
    return true
  if (!next || next.prose || before?.prose) return true
  return lines[index]?.byline?.knownName === true && isRightUnderTitle(lines, index, outline)
}

/** A later line that begins with the name and goes on in prose: the box about the author. */
function hasPortrait(lines: readonly LineSignals[], name: string, { start }: Outline): boolean {
  return lines.some(
    (line, index) =>
      index > start && line.text.length > name.length + 20 && line.text.startsWith(`${name} `) && line.prose,
  )
}

/** "By" or "Autor:" on a line alone, the names on the next. */
function announcedAlone(
  lines: readonly LineSignals[],
  index: number,
): (PageAuthors & { known: boolean }) | null {
  const line = lines[index]!
  // "7 von 8" is no byline.
  if (line.words === 0 || line.words > 4 || (/\p{Nd}/u.test(line.text) && line.dates.length === 0))
    return null
  const isLabel = /[:：]$|\p{L}[/*]\p{L}/u.test(line.text) && byLabels.has(line.key)
  if (!isLabel && byWords.opening(line.key.split(' ')) !== line.words) return null
  const authors: Author[] = []
  const used = [line]
  let agency: string | null = null
  let known = false
  for (let at = index + 1; at < Math.min(lines.length, index + 8); at++) {
    const next = lines[at]!
    if (/^@[A-Za-z0-9_]{2,30}$/.test(next.text)) {
      used.push(next)
      continue
    }
    if (next.prose || next.boilerplate || next.ending || next.dates.length > 0 || next.text.length > 80) break
    // Read with the word before it, as if both stood on one line.
    const byline = authors.length === 0 ? readByline(`Author: ${next.text}`, []) : next.byline
    if (!byline?.authors.length && !byline?.agency) break
    // A name that stands twice; a title of theirs, or what else the page has in a few words with capitals.
    const isMore =
      byline.knownName && !byline.authors.some(({ name }) => authors.some(other => other.name === name))
    if (authors.length > 0 && !isMore) break
    known ||= byline.knownName
    authors.push(...byline.authors)
    agency ??= byline.agency
    used.push(next)
  }
  return authors.length > 0 || agency
    ? { authors, agency, known, lines: used, confidence: 0.85, because: 'under a line like "By"' }
    : null
}

/** Further names on the lines right behind: "Jane Doe, Staff Attorney" / "& John Roe, Director". */
function continued(
  lines: readonly LineSignals[],
  index: number,
): { authors: Author[]; lines: LineSignals[] } {
  const authors: Author[] = []
  const used: LineSignals[] = []
  for (let at = index + 1; at < Math.min(lines.length, index + 5); at++) {
    const next = lines[at]!
    if (!/^(?:&|and |und |et |y |,)/.test(next.text) || !next.byline?.authors.length || next.prose) break
    authors.push(...next.byline.authors)
    used.push(next)
  }
  return { authors, lines: used }
}
