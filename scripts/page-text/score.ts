import type { Reading } from '../../src/model/reading.ts'
import { saysDay } from './said-days.ts'
import { plainText, type Truth } from './truth.ts'

/** Counts over pages: right, wrong and how many there were to be found. */
export interface Score {
  pages: number
  title: Tally
  date: Tally
  /** Of the pages whose text says the day at all, in some form. */
  saidDate: Tally
  author: Tally
  /** Dates where none is known: not counted as wrong, for some of them are right. */
  datesBesides: number
  kept: Tally
  dropped: Tally
  exact: Tally
  /** What was missed, in words. */
  misses: string[]
}

export interface Tally {
  of: number
  right: number
  wrong: number
}

export function emptyScore(): Score {
  const tally = () => ({ of: 0, right: 0, wrong: 0 })
  return {
    pages: 0,
    title: tally(),
    date: tally(),
    saidDate: tally(),
    author: tally(),
    datesBesides: 0,
    kept: tally(),
    dropped: tally(),
    exact: tally(),
    misses: [],
  }
}

/** Adds one page. What the page's text does not hold at all could not be found and is not counted, but for its date. */
export function addToScore(score: Score, truth: Truth, text: string, reading: Reading): void {
  const all = plainText(text)
  const { misses } = score
  score.pages++
  if (truth.title && all.includes(plainText(truth.title))) {
    const isRight = plainText(reading.title?.value) === plainText(truth.title)
    // A headline that is shown only, and stays in the text, is no claim.
    tally(score.title, isRight, reading.title !== undefined && reading.title.from !== 'derived')
    if (!isRight) misses.push(`${truth.id} title: ${reading.title?.value ?? '-'} | ${truth.title}`)
  }
  scoreDate(score, truth, text, reading)
  if (truth.author && all.includes(plainText(truth.author))) {
    const given = nameText((reading.authors?.value ?? []).map(({ name }) => name).join(' '))
    const known = nameText(truth.author)
    const isRight = given !== '' && (given.includes(known) || known.includes(given))
    tally(score.author, isRight, given !== '')
    if (!isRight) misses.push(`${truth.id} author: ${given || '-'} | ${truth.author}`)
  }
  scoreBody(score, truth, all, reading)
}

/** Whether a page says its day; it is asked for each score. */
const said = new WeakMap<Truth, boolean>()

function scoreDate(score: Score, truth: Truth, text: string, reading: Reading): void {
  const given = reading.published?.value.local.slice(0, 10)
  if (!truth.date) {
    if (given) score.datesBesides++
    return
  }
  const known = truth.date.slice(0, 10)
  // Where a site says the day in UTC and prints it in its own zone, neither is wrong.
  const away = given ? Math.abs(Date.parse(given) - Date.parse(known)) / 864e5 : Infinity
  const isSaid = said.get(truth) ?? saysDay(text, known)
  said.set(truth, isSaid)
  const tallies = isSaid ? [score.date, score.saidDate] : [score.date]
  for (const counts of tallies) tally(counts, away === 0, given !== undefined && away > 1)
  if (away > 0) score.misses.push(`${truth.id} date: ${given ?? '-'} | ${known}`)
}

function scoreBody(score: Score, truth: Truth, all: string, reading: Reading): void {
  const body = plainText(textOfHtml(reading.html))
  const asked = [...truth.with, ...truth.without].filter(snippet => all.includes(plainText(snippet)))
  if (asked.length === 0) return
  let isExact = true
  for (const snippet of asked) {
    const isIn = body.includes(plainText(snippet))
    const isWanted = truth.with.includes(snippet)
    tally(isWanted ? score.kept : score.dropped, isIn === isWanted, true)
    if (isIn === isWanted) continue
    isExact = false
    score.misses.push(`${truth.id} ${isWanted ? 'lost' : 'boilerplate'}: ${snippet}`)
  }
  tally(score.exact, isExact, true)
}

function tally(counts: Tally, isRight: boolean, isClaimed: boolean): void {
  counts.of++
  if (isRight) counts.right++
  else if (isClaimed) counts.wrong++
}

function nameText(name: string): string {
  return plainText(name)
    .replace(/\b(?:by|von|and|und|et|y)\b/g, ' ')
    .replace(/[^\p{L}\p{N} ]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
}

function textOfHtml(html: string): string {
  const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>' }
  return html.replace(/<[^>]*>/g, ' ').replace(/&(amp|lt|gt);/g, (_, name: string) => entities[name] ?? '')
}

/** One row of a table for each figure. */
export function scoreRows(score: Score): string[][] {
  const share = (part: number, of: number) => (of === 0 ? '-' : `${((100 * part) / of).toFixed(1)} %`)
  const row = (name: string, { of, right, wrong }: Tally, claims: boolean) => [
    name,
    share(right, of),
    claims ? share(wrong, of) : '',
    String(of),
  ]
  return [
    row('title', score.title, true),
    row('date', score.date, true),
    row('date that the text says', score.saidDate, true),
    row('author', score.author, true),
    row('body kept', score.kept, false),
    row('boilerplate dropped', score.dropped, false),
    row('body exact', score.exact, false),
  ]
}
