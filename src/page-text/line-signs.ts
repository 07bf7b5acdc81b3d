import { type LineSignals, maxMetaLength } from './line-signals.ts'

/*
 * What can be seen of a line that is the article's or the page's own: of itself, which its neighbours see as well, and of its
 * place in the page. Weights of these signs are fitted by scripts/fit.ts.
 */

/** Lines before and behind that a line's neighbours see: two on either side. */
export const reach = 2
/** What stands where the page has no more lines. */
export const noLine: readonly string[] = ['none']

const wordSign = scale('words', [1, 2, 3, 4, 6, 9, 14, 22])

/** What a line and its neighbours see of it. */
export function signsOf(line: LineSignals): string[] {
  const { prose, closed, weight, dates } = line
  const signs = [
    prose
      ? weight >= 300
        ? 'long paragraph'
        : weight >= 150
          ? 'paragraph'
          : 'sentence'
      : wordSign(line.words),
  ]
  if (closed) signs.push(prose ? 'closed' : 'closed, short')
  if (line.boilerplate) signs.push(line.boilerplate)
  if (line.ending) signs.push(endingSigns[line.ending])
  if (dates.length > 0) signs.push(line.besideDates < 25 ? 'date' : 'holds a date')
  if (line.byline?.announced) signs.push('by')
  if (line.credit) signs.push('credit')
  if (line.sections) signs.push('sections')
  return signs
}

const endingSigns = {
  comments: 'heads comments',
  related: 'heads links',
  author: 'heads a portrait',
  navigation: 'navigation',
  tags: 'heads tags',
  share: 'heads share',
  legal: 'legal',
} as const

/** So many words of a line are asked for; longer lines are prose, and speak for themselves. */
const maxWords = 40

/** Words of a line that pages may have around their texts more often than in them, or less often; each once. */
export function wordSigns({ key, shape, text }: LineSignals): ReadonlySet<string> {
  if (shape === 'code' || key === '' || text.length > maxMetaLength) return noWords
  return new Set(key.split(' ', maxWords))
}

const noWords: ReadonlySet<string> = new Set()

const listMark = /^(?:[-*•·▪‣–]|\d{1,2}[.)])\s/
const arrow = /(?:…|\.\.\.|[»>→›])$/
const smallFirst = /^\p{Ll}/u
const money = /\p{Sc}/u
const quote = /^["“„«»]/
const bars = /.[|•·]/
const rights = /©|\(c\)/i
const address = /@|https?:|www\./
const fourCapitals = /\p{Lu}{4}/u
const digit = /\d/

/** What a line's text shows, to itself alone. */
function textSigns({ text, times, shape, prose }: LineSignals): string[] {
  const signs: string[] = []
  const start = text.slice(0, 40)
  const end = text.slice(-4)
  const part = text.slice(0, 300)
  if (times > 1) signs.push('twice')
  if (times > 2) signs.push('often')
  if (shape === 'code') signs.push('code')
  if (listMark.test(start)) signs.push('list mark')
  if (smallFirst.test(start)) signs.push('small first')
  if (/[:：]$/.test(end)) signs.push('colon')
  if (/\?$/.test(end)) signs.push('question')
  if (arrow.test(end)) signs.push('arrow or dots')
  if (address.test(part)) signs.push('address')
  if (bars.test(part)) signs.push('bars')
  if (rights.test(part)) signs.push('rights')
  if (quote.test(start)) signs.push('quote')
  if (fourCapitals.test(start) && start === start.toUpperCase()) signs.push('capitals')
  if (!prose && digit.test(part)) signs.push('digits')
  if (money.test(part)) signs.push('money')
  return signs
}

const nearSteps = [2, 4, 8, 20]
const farSteps = [2, 3, 4, 6, 11, 21, 50]
const fewSteps = [0.01, 0.25, 0.5, 0.8]
const proseSteps = [0.01, 0.1, 0.25, 0.5, 0.8]
const place = {
  share: scale('prose before', [0.0001, 0.05, 0.2, 0.5, 0.8, 0.95, 0.9999]),
  last: scale('lines since a paragraph', farSteps),
  next: scale('lines to a paragraph', farSteps),
  prose3: scale('prose within 3', fewSteps),
  prose10: scale('prose within 10', proseSteps),
  prose25: scale('prose within 25', proseSteps),
  marks3: scale('marks within 3', fewSteps),
  marks10: scale('marks within 10', [0.01, 0.1, 0.25, 0.5]),
}
/** The same for each distance of the last paragraph. */
const betweens = [0, ...nearSteps].map((_, at) => scale(`paragraphs at ${at} and`, nearSteps))

/** Lines count as far away from here on. */
const far = 99
const paragraphWeight = 150

/** What each line sees of itself and of its place in the page. */
export function placedSigns(lines: readonly LineSignals[]): string[][] {
  const before = sums(lines, solid)
  const prose = sums(lines, line => (line.prose ? 1 : 0))
  const marks = sums(lines, line => (isMark(line) ? 1 : 0))
  const total = before.at(-1) || 1
  const since = distances(lines)
  const until = distances(lines.toReversed()).reverse()
  const passed = new Set<string>()
  return lines.map((line, at) => {
    const share = (before[at] ?? 0) / total
    const signs = textSigns(line)
    const [last, next] = [since[at] ?? far, until[at] ?? far]
    signs.push(
      'any',
      place.share(share),
      place.last(last),
      place.next(next),
      betweens[stepOf(last, nearSteps)]?.(next) ?? '',
      place.prose3(shareWithin(prose, at, 3)),
      place.prose10(shareWithin(prose, at, 10)),
      place.prose25(shareWithin(prose, at, 25)),
      place.marks3(shareWithin(marks, at, 3)),
      place.marks10(shareWithin(marks, at, 10)),
      ...passed,
    )
    const side = share <= 0 ? 'first' : (before[at] ?? 0) >= total ? 'last' : 'amid'
    signs.push(line.prose ? `${side}, prose` : `${side}, short`)
    if (at < 3) signs.push('top')
    if (lines.length - at <= 3) signs.push('bottom')
    if (line.ending && share > 0.1) passed.add(`behind: ${endingSigns[line.ending]}`)
    return signs
  })
}

/** Prose that no page has of its own. */
function solid(line: LineSignals): number {
  return line.prose && !line.boilerplate && !line.ending ? line.weight : 0
}

/** What the line itself says to be the page's. */
export function isMark(line: LineSignals | undefined): boolean {
  if (!line) return false
  return (line.boilerplate !== null && line.boilerplate !== 'count') || line.ending !== null
}

function sums(lines: readonly LineSignals[], count: (line: LineSignals) => number): number[] {
  const found = [0]
  let sum = 0
  for (const line of lines) {
    sum += count(line)
    found.push(sum)
  }
  return found
}

/** How many lines back the last paragraph is. */
function distances(lines: readonly LineSignals[]): number[] {
  let since = far
  return lines.map(line => {
    const own = since
    since = solid(line) >= paragraphWeight ? 1 : Math.min(far, since + 1)
    return own
  })
}

/** What share of the lines around one counts. */
function shareWithin(all: readonly number[], at: number, radius: number): number {
  const from = Math.max(0, at - radius)
  const to = Math.min(all.length - 1, at + radius + 1)
  return ((all[to] ?? 0) - (all[from] ?? 0)) / (to - from)
}

function stepOf(value: number, steps: readonly number[]): number {
  const at = steps.findIndex(step => value < step)
  return at < 0 ? steps.length : at
}

/** A sign for each step of an amount. */
function scale(what: string, steps: readonly number[]): (value: number) => string {
  const names = [`${what}: under ${steps[0]}`, ...steps.map(step => `${what}: ${step}`)]
  return value => names[stepOf(value, steps)] ?? what
}
