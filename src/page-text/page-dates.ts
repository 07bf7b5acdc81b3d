import type { DateReading } from '../text/date-grammar.ts'
import { isEntryOfDay, type LineSignals } from './line-signals.ts'
import { aroundHeart, type Outline } from './page-outline.ts'
import {
  isCalendar,
  isPostedLine,
  otherDateWords,
  PhraseSet,
  phraseKey,
  publishWords,
  updateWords,
} from './phrase-index.ts'

export interface DateChoice {
  line: LineSignals
  date: DateReading
  /** 0 to 1. */
  confidence: number
  /** What spoke for it. */
  because: string
}

export interface PageDates {
  published: DateChoice | null
  updated: DateChoice | null
}

interface Candidate {
  line: LineSignals
  date: DateReading
  label: 'published' | 'updated' | null
  score: number
  /** The page says that it is the first there was, or the article's by name. */
  isFirst: boolean
  because: string
}

/** Picks the article's own dates among all that stand outside its prose. */
export function pageDates(lines: readonly LineSignals[], outline: Outline): PageDates {
  const zones = zonesOf(lines, outline)
  const candidates = zones.flatMap(({ line, base }) => candidatesOf(lines, line, base, outline))
  const opening = openingDate(lines, outline)
  if (opening) candidates.push(opening)
  const headsDay = daysWithTheirText(lines, outline)
  const own = candidates.filter(
    ({ label, line }) => label !== 'updated' && (label || !headsDay.has(line.index)),
  )
  const published = nearestOf(own, bestOf(own), (outline.title ?? outline.likely)?.index ?? outline.start)
  const updated = bestOf(candidates.filter(({ label }) => label === 'updated'))
  return { published: published && choice(published), updated: updated && choice(updated) }
}

/**
 * Days alone on their lines within the text, written alike, each over lines of its own: a log, a programme. None of them
 * is when it came out.
 */
function daysWithTheirText(lines: readonly LineSignals[], { start, end }: Outline): ReadonlySet<number> {
  const isDay = (line: LineSignals | undefined) =>
    line?.dates.length === 1 && !line.prose && line.besideDates <= maxBesideDay
  const isSigned = (at: number) => [lines[at - 1], lines[at + 1]].some(near => near?.byline?.announced)
  const heads = lines
    .slice(start, end - 1)
    .filter(line => isDay(line) && !isDay(lines[line.index + 1]) && !isSigned(line.index))
  const days = new Set(heads.map(({ dates: [date] }) => date?.local.slice(0, 10)))
  const forms = new Set(heads.map(({ text }) => text.replace(/\p{L}+/gu, 'a').replace(/\d+/g, '0')))
  const isLog = days.size >= minDays && days.size === heads.length && forms.size === 1
  return new Set(isLog ? heads.map(({ index }) => index) : [])
}

/** A weekday's letters. */
const maxBesideDay = 10
const minDays = 3

function choice({ line, date, score, because }: Candidate): DateChoice {
  return { line, date, confidence: Math.min(0.97, 0.5 + score / 10), because }
}

const minScore = 2

/** How much a line right over the text is trusted, where the headline stands far from it. */
const heartBase = 0.6

function bestOf(candidates: Candidate[]): Candidate | null {
  let best: Candidate | null = null
  for (const candidate of candidates)
    if (candidate.score >= minScore && (!best || candidate.score > best.score)) best = candidate
  return best
}

/** What scores so little less than the best may be the article's as well: embeds and teasers look like its own line. */
const asGood = 1.2

/** Of those that are about as good as the best the one nearest to the headline. */
function nearestOf(
  candidates: readonly Candidate[],
  best: Candidate | null,
  headline: number,
): Candidate | null {
  if (!best || best.isFirst) return best
  const awayOf = ({ line }: Candidate) => Math.abs(line.index - headline)
  const least = Math.max(minScore, best.score - asGood)
  let nearest = best
  for (const candidate of candidates)
    if (candidate.score >= least && awayOf(candidate) < awayOf(nearest)) nearest = candidate
  return nearest
}

/** The lines where a page prints its date: over the headline, under it as far as the text's start, and behind the text. */
function zonesOf(lines: readonly LineSignals[], outline: Outline): { line: LineSignals; base: number }[] {
  const { start, end } = outline
  const title = outline.title ?? outline.likely
  const inCrowd = crowdedDates(lines)
  const zones: { line: LineSignals; base: number }[] = []
  const anchor = title?.index ?? start
  for (let at = Math.max(0, anchor - 12); at < anchor; at++)
    zones.push({ line: lines[at]!, base: 1.5 - (anchor - at) * 0.1 })
  let prose = 0
  let at = title ? title.index : start
  for (const from = at; at < Math.min(end, from + 30) && prose < 4; at++) {
    const line = lines[at]!
    zones.push({ line, base: 1.6 - (at - from) * 0.05 - prose * 0.4 - (inCrowd(at) ? 2 : 0) })
    if (line.prose && line.weight >= 120) prose++
  }
  // Several dated lines behind the text are comments or teasers, each with its own date.
  const dated = lines
    .slice(at)
    .filter(line => line.dates.length > 0 && !line.prose && line.besideDates < 60).length
  const company = dated <= 1 ? 0.5 : dated <= 3 ? -0.5 : -3
  let foreign = false
  for (let after = Math.max(at, end - 5); after < lines.length; after++) {
    const line = lines[after]!
    if (line.ending === 'comments' && line.words > 0 && after >= end) break
    foreign ||= line.ending === 'related'
    const base = foreign ? -2.4 : company - Math.min(1.5, Math.max(0, after - end) * 0.05)
    if (line.dates.length > 0) zones.push({ line, base })
  }
  const known = new Set(zones.map(({ line }) => line.index))
  for (const at of aroundHeart(outline, lines.length))
    if (!known.has(at)) zones.push({ line: lines[at]!, base: heartBase })
  return [...zones, ...onlyTold(lines, new Set(zones.map(({ line }) => line.index)), end)]
}

/** How much a line far from headline and text is trusted that says itself what it dates, and is the only one that does. */
const onlyBase = 0.2

/** Where one line of the page tells when it was published, or who wrote it and when, it need not stand where dates do. */
function onlyTold(
  lines: readonly LineSignals[],
  known: ReadonlySet<number>,
  end: number,
): { line: LineSignals; base: number }[] {
  const told = lines.filter(line => tellsWhen(line))
  const days = new Set(told.map(({ dates: [date] }) => date?.local.slice(0, 10)))
  const [first] = told
  const isOnly = days.size === 1 && first && !told.some(({ index }) => known.has(index))
  const isOfComment = isOnly && first.index >= end && lines.slice(end, first.index).some(isCommentsHead)
  return isOnly && !isOfComment ? [{ line: first, base: onlyBase }] : []
}

function isCommentsHead({ ending, words }: LineSignals): boolean {
  return ending === 'comments' && words > 0
}

/** "Published on …", "By Jane Doe, …": little besides the date, and what is there says what it dates. */
function tellsWhen(line: LineSignals): boolean {
  const [date] = line.dates
  if (!date || line.text.length > 160) return false
  if (isPostedLine(line.key)) return true
  if (line.byline?.announced && !line.prose) return line.besideDates <= 60
  if (firstBehind.test(line.text.slice(date.end))) return true
  return line.besideDates <= 25 && labelOf(line.text.slice(0, date.start), '') === 'published'
}

/** Amid many lines that are no more than a date stands a table or a calendar. */
function crowdedDates(lines: readonly LineSignals[]): (at: number) => boolean {
  const before = [0]
  for (const line of lines)
    before.push(before.at(-1)! + (line.dates.length > 0 && line.besideDates <= 3 ? 1 : 0))
  return at => before[Math.min(lines.length, at + 16)]! - before[Math.max(0, at - 15)]! >= 6
}

function candidatesOf(
  lines: readonly LineSignals[],
  line: LineSignals,
  base: number,
  outline: Outline,
): Candidate[] {
  // "The article “…” was published on …": its date is the article's, however long the sentence.
  const tells = line.index === outline.named?.line.index
  if (line.dates.length === 0) return []
  if (
    !tells &&
    ((line.boilerplate === 'page-sentence' && !isPostedLine(line.key)) ||
      line.text.length > (isPostedLine(line.key) ? 300 : 260))
  )
    return []
  if (
    !tells &&
    line.prose &&
    line.besideDates > 60 &&
    !line.says.published &&
    (line.closed || line.dates[0]!.start > 0)
  )
    return []
  if (!tells && (saysWhatHappens(line) || ofLives.test(line.text) || isEntryOfDay(lines[line.index + 1])))
    return []
  const isTitle = line.index === outline.title?.index
  const othersSign = base < 0 && lines.slice(outline.end).some(other => other !== line && isSignedDate(other))
  const announced = labelBefore(lines, line.index, (outline.title ?? outline.likely)?.index ?? -1)
  return line.dates.flatMap((date, index): Candidate[] => {
    const before = line.text.slice(line.dates[index - 1]?.end ?? 0, date.start)
    const after = line.text.slice(date.end, line.dates[index + 1]?.start ?? line.text.length)
    const label = labelOf(before, after) ?? (before.trim() ? null : announced)
    // In words or with full stops nobody writes an offset from UTC behind the time: "12 November, 10:00-11:30".
    if (
      label === 'other' ||
      (postedElsewhere.test(before) && isAmidProse(lines, line.index)) ||
      writtenRange.test(date.raw)
    )
      return []
    if (date.start <= 1 && goesOn.test(after)) return []
    // "from 2 May 2020 to 5 May 2020" is how long something took.
    const next = line.dates[index + 1]
    if (
      isSpanBetween(before, after, next !== undefined) ||
      (index > 0 && isSpanBetween(line.text.slice(0, line.dates[index - 1]?.start), before, true))
    )
      return []
    let score = base - index * 0.4
    // Dated lines behind the text are others' as a rule; a word that says what the date is makes the exception.
    const said = label !== null || tells || isPostedLine(line.key)
    const signsAlone =
      line.byline?.knownName && line.byline.announced && line.text.length <= 100 && !othersSign
    if (said) score += tells ? 4.6 : 2.4
    if (base < 0 && (said || signsAlone)) score += Math.min(2, -base)
    if (line.byline) score += line.byline.announced ? 1.2 : 0.8
    if (date.precision !== 'day') score += 0.5
    score +=
      line.besideDates <= 3
        ? 1.6
        : line.besideDates <= 25
          ? 1.1
          : line.besideDates <= 60
            ? 0.4
            : date.start <= 1 || line.byline
              ? -0.3
              : -1.2
    if (isTitle && line.besideDates > 12) score += date.start === 0 ? 0.3 : -2.6
    if (date.start <= 1 || isCalendar(phraseKey(line.text.slice(0, date.start)))) score += 0.8
    else if (line.text.length - date.end <= 1) score += 0.4
    if (line.credit && !line.byline) score -= 2
    if (line.text.length > 160) score -= 1
    const isFirst = firstPublished.test(before.slice(-60)) || firstBehind.test(after)
    if (isFirst) score += 3
    if (!said && Number(date.local.slice(0, 4)) < minYear) score -= 1.6
    const because = tells ? 'a sentence that names the article' : becauseOf(line, label, base)
    return [{ line, date, label, score, isFirst: isFirst || tells, because }]
  })
}

/** "* 3. Mai 1931 † 5. Februar 2023": when somebody was born and died. */
const ofLives = /[†✝]/u

/** So many words around a date, up to a full stop, are a sentence. */
const minSentence = 4

/** "The funeral will be held on 17 February 2023 at 11 am.": what happens, and none of the words that say a text came out. */
function saysWhatHappens({ text, closed, dates, byline, says, key }: LineSignals): boolean {
  const [first] = dates
  if (!closed || !first || first.start <= 1 || byline || says.published || isPostedLine(key)) return false
  const before = text.slice(0, first.start)
  if (/[|·•:：–—]/.test(before) || updateWords.opening(phraseKey(before).split(' ')) > 0) return false
  return before.trim().split(/\s+/).length >= minSentence
}

function becauseOf(line: LineSignals, label: Candidate['label'], base: number): string {
  const said = label ? `said to be ${label}` : isPostedLine(line.key) ? 'said to be posted' : null
  const alone = line.besideDates <= 3 ? 'alone on its line' : line.byline ? 'beside a name' : null
  const place = base >= 0 ? 'near the headline' : 'behind the text'
  return [said, alone, place].filter(Boolean).join(', ')
}

/** Paragraphs on both sides. */
function isAmidProse(lines: readonly LineSignals[], index: number): boolean {
  const isLong = ({ prose, weight }: LineSignals) => prose && weight >= 120
  return (
    lines.slice(Math.max(0, index - 4), index).filter(isLong).length >= 2 &&
    lines.slice(index + 1, index + 5).some(isLong)
  )
}

/** What stood on paper before there were pages has its date said, or on a line of its own: 9 November 1989 is history. */
const minYear = 1990

/** Of several dates the first publication's is the article's, wherever the page tells it. */
const firstPublished =
  /\b(?:originally|first) (?:published|appeared|posted|created)\b|(?:zuerst|ursprünglich|erstmals) (?:veröffentlicht|erschienen)|publié(?:e)? (?:initialement|pour la première fois)|publicad[oa] (?:originalmente|por primera vez)|pubblicato originariamente/iu

/** "1989年6月4日的故事", "2014년 4월 16일의 기억": a phrase that begins with a day. */
const goesOn =
  /^(?:[的之起至到为為是与與和及をにのはがからまで]|以[前后後来來]|[前后後](?!\d)|의 |에 |은 |는 |이 |가 |을 |를 |로 |부터|까지)/u

/** "3 Sept 2024 | Originally published" */
const firstBehind = /^\s*[|·•–—-]?\s*(?:originally|first) (?:published|appeared|posted)\b/iu

/** What the words around a date say it is. */
function labelOf(before: string, after: string): 'published' | 'updated' | 'other' | null {
  // "10:00-11:30" is when something takes place; "— Name (@name) 27 September 2020" is a remark from elsewhere.
  if (timeRange.test(after) || quotedRemark.test(before) || ofEmbed.test(before)) return 'other'
  const words = phraseKey(before.slice(-80)).split(' ')
  for (let at = Math.max(0, words.length - 6); at < words.length; at++) {
    const rest = words.slice(at, at + 6)
    if (updateWords.opening(rest)) return 'updated'
    if (otherDateWords.opening(rest) === rest.length) return 'other'
  }
  const tail = phraseKey(after.slice(0, 12)).split(' ')
  if (suffixUpdates.opening(tail)) return 'updated'
  for (let at = Math.max(0, words.length - 6); at < words.length; at++) {
    const found = publishWords.opening(words, at)
    if (found && !weak.has(words.slice(at, at + found).join(' '))) return 'published'
  }
  return suffixPublished.opening(tail) || firstBehind.test(after) ? 'published' : null
}

/** "By Jane Doe • 2 May 2020": behind the text several of them are other articles'. */
function isSignedDate({ byline, dates, prose }: LineSignals): boolean {
  return !prose && dates.length > 0 && byline?.announced === true && byline.authors.length > 0
}

/** What stands between two days that begin and end something. */
const betweenDays =
  /^\s?(?:bis(?: zum)?|to|until|till|through|al?|au|hasta(?: el)?|até|fino al|t\/m|tot|do|по|до)\s?$/iu

function isSpanBetween(before: string, between: string, isPair: boolean): boolean {
  return isPair && betweenDays.test(between) && !/[,|]\s*$/.test(before)
}

const writtenRange = /(?:\p{L}|\.).* \d{1,2}:\d\d ?[–-] ?\d{1,2}:\d\d$/u
const timeRange = /^(?: Uhr)?\s?(?:[–—-]|bis|to)\s?\d{1,2}[:.]\d\d/
/** "Posted by Somebody on Monday, …", as one site shows what stands on another. */
const postedElsewhere = /^Posted by .{2,60} on (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day, $/u
/** "A photo posted by Somebody (@somebody) on …": what is shown here of another site. */
const ofEmbed = /\b(?:photo|video|post) (?:posted|shared) by .*\(@[\w.]+\) on\s?$/u
const quotedRemark = /^\s?[—–-]\s.*\(@\w+\)\s?$/u

// Fillers of dates, and labels of forms, that say nothing of what they date.
const weak = new Set([
  'le',
  'am',
  'um',
  'on',
  'at',
  'in',
  'del',
  'vom',
  'date',
  'datum',
  'fecha',
  'data',
  'дата',
  'tarih',
  'released',
  'written',
  'geschrieben',
  'geschrieben am',
])
const suffixUpdates = new PhraseSet(['更新', '최종수정', '수정'])
const suffixPublished = new PhraseSet(['公開', '掲載', '配信', '入力', '発行', '등록', '입력', '发布'])

/** "Reader says:" opens a comment, and the comment's own date stands under it. */
const remarkOf =
  /(?:^|[\s\p{L}])(?:says|said|sagt|sagte|schreibt|schrieb|meint|dice|dijo|dit|disse|diz|scrive|zegt|schreef|писал|пишет) ?:$/iu

/** "Lesen Sie auch": the next line is another article's; "More from Jane Doe" stands over this one's date too. */
const alsoRead =
  /^(?:lesen sie|lies |siehe auch|auch interessant|also read|read also|see also|a lire|lire aussi|voir aussi|lea |lee |leia |veja |leggi |lees ook|czytaj|zobacz|przeczytaj|читаите)/u

const pressRelease = /^(?:press|news|media) releases?$/

/** "Published:" on the line before. */
function labelBefore(
  lines: readonly LineSignals[],
  index: number,
  headline: number,
): 'published' | 'updated' | 'other' | null {
  const line = lines[index - 1]
  if (line && line.words <= 8 && remarkOf.test(line.text)) return 'other'
  if (line?.ending === 'related' && headline >= 0 && index > headline && alsoRead.test(line.key))
    return 'other'
  if (!line || line.words === 0 || line.words > 4 || line.dates.length > 0) return null
  const words = line.key.split(' ')
  if (
    words.some((_, at) => otherDateWords.opening(words, at) === words.length - at) &&
    !pressRelease.test(line.key)
  )
    return 'other'
  if (updateWords.opening(words) === words.length) return 'updated'
  return publishWords.opening(words) === words.length && !weak.has(line.key) ? 'published' : null
}

/** The date of a dateline: "Wien, 14. Dezember 2021 – Aufgrund …", "Karlsruhe, (12.11.2021). …". */
function openingDate(lines: readonly LineSignals[], outline: Outline): Candidate | null {
  let seen = 0
  const from = outline.title ? outline.start : Math.max(outline.start, (outline.likely?.last ?? -1) + 1)
  for (let at = from; at < Math.min(outline.end, from + 12) && seen < 3; at++) {
    const line = lines[at]!
    if (!line.prose) continue
    seen++
    const [date] = line.dates.length > 0 ? line.dates : line.openingDates
    if (!date || date.start > 45 || !endsDateline(line, date) || saysWhatHappens(line)) continue
    if (labelOf(line.text.slice(0, date.start), line.text.slice(date.end)) === 'other') continue
    // From when to when something takes place.
    if ((line.dates[1]?.start ?? Infinity) - date.end <= 3) continue
    if (/[.!?…](?<!\b(?:\d+|\p{Lu}\p{Ll}{0,3})\.)\s/u.test(line.text.slice(0, date.start))) continue
    return {
      line,
      date,
      label: null,
      score: 2.4 - seen * 0.1,
      isFirst: false,
      because: 'opens the text, as datelines do',
    }
  }
  return null
}

/** A mark behind the date, an agency, a time of day, or a sentence that follows digits with a capital: "01.02.2022 The …". */
function endsDateline({ text }: LineSignals, date: DateReading): boolean {
  const after = text.slice(date.end, date.end + 16)
  if (/^\)?\s?(?:[.–—|:]|-\s|\s[–—|-]|\/)/.test(after)) return true
  if (/^\s?\(\p{Lu}{2,8}\)\s?[–—-]/u.test(after)) return true
  // "(12 November 2020) The council …"
  if (date.start === 1 && text.startsWith('(') && after.startsWith(') ')) return true
  if (date.start > 0) return false
  return date.precision !== 'day' || (/^[\d.]+$/.test(date.raw) && /^\s["“„«]?\p{Lu}/u.test(after))
}
