import { foldWord, gregorianMonths, weekdayNames } from '../text/month-names.ts'
import {
  beforeEmbargoWords,
  besideDraftWords,
  draftKinds,
  embargoedWords,
  embargoWords,
  notYetPhrases,
  plainDraftWords,
  subjectWords,
  unpublishedWords,
  untilWords,
} from './draft-words.ts'

/*
 * The grammar of marks that say of a text that it is a draft: a word of `draft-words.ts`, perhaps with a number, a version and what else is
 * said beside it: in brackets, with emphasis, in capitals, with a version. In front of a name nothing less counts, in whatever language:
 * `Draft: Cavaliers pick first` and `Entwurf: Mies van der Rohe` are headlines, and `DRAFT: Cavaliers` is none.
 */

type Kind = 'word' | 'phrase' | 'kind' | 'beside'

interface Term {
  text: string
  kind: Kind
}

/** `D R A F T`. */
const spaced = /(?<![\p{L}\p{N}])\p{L}(?: \p{L}){2,}(?![\p{L}\p{N}])/gu

/** What a text may hold of which another form is compared: most names and lines hold none of it. */
const shapeless = /[^\x20-\x7e]| {2}|(?:^|[^A-Za-z\d])[A-Za-z] [A-Za-z] [A-Za-z](?![A-Za-z\d])/

const folded = (text: string) => inSmall(withoutShapeless(text))
/** In small letters, as many; the two of Turkish that others have one for are one. */
const inSmall = (text: string) => text.replaceAll('İ', 'I').toLowerCase().replaceAll('ı', 'i')

const oneOf = (words: readonly string[]) =>
  words.map(word => folded(word).replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|')
/** By their first character; of one, the longest first. */
const terms: ReadonlyMap<string, readonly Term[]> = Map.groupBy(
  (
    [
      ['phrase', notYetPhrases],
      ['word', [...plainDraftWords, ...unpublishedWords, ...embargoedWords]],
      ['kind', draftKinds],
      ['beside', besideDraftWords],
    ] as const
  )
    .flatMap(([kind, texts]) => texts.map((text): Term => ({ text: folded(text), kind })))
    .sort((a, b) => b.text.length - a.text.length),
  term => term.text.charAt(0),
)

/** Words with which headlines begin, too. */
const headlineWords: ReadonlySet<string> = new Set([
  'draft',
  ...[...unpublishedWords, ...embargoedWords].map(folded),
])
/** In capitals always. */
const acronyms: ReadonlySet<string> = new Set(['wip'])

/** `2`, `v0.3`, `No. 2`, `2 of 3`, `第2稿`, a day; a year may be what a headline is about. */
const number =
  /^(?:(?:#|№|no\.?|nr\.?|n°|v|ver\.?|version|rev\.?|第)\s*)?\d{1,3}(?:[.\-/]\d{1,3})*(?:\s*of\s*\d{1,3})?(?:[a-z]|st|nd|rd|th|稿|版|次)?(?![\p{L}\p{N}])|^\d{4}([-./])\d{1,2}\1\d{1,2}(?![\p{L}\p{N}])/iu

/** `30 January 2026`, `3. März`, `January 30, 2026`. */
const writtenDay =
  /^(?:\d{1,2}(?:\.|st|nd|rd|th)? ?(\p{L}[\p{L}\p{M}]*)\.?|(\p{L}[\p{L}\p{M}]*)\.? \d{1,2}(?:st|nd|rd|th)?)(?:,? \d{4})?(?![\p{L}\p{N}])/u

/** What is neither a word nor a number. */
const lead = /^(?:(?![#№]\s*\d)[^\p{L}\p{N}])*/u

/** UTF-16 code units that a mark has at the most. */
const longestMark = 120
/** Scripts that put no spaces between words. */
const unspaced = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}]$/u

/** A text as it is compared: one form of each character, and none that has no shape. */
export function withoutShapeless(text: string): string {
  if (!shapeless.test(text)) return text
  return text
    .normalize('NFKC')
    .replace(/[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu, '')
    .replace(/[\u2018\u2019]/g, "'")
    .replace(/\s{2,}|[^\S ]/g, ' ')
    .replace(spaced, letters => letters.replaceAll(' ', ''))
}

interface Mark {
  words: string[]
  isNumbered: boolean
  /** Somebody is told not to publish it, or more is said behind the word. */
  isPlain: boolean
  /** Code units of it. */
  length: number
}

/** Reads the terms that a text begins with, up to what parts them from the rest. */
function readMark(text: string): Mark | null {
  const mark: Mark = { words: [], isNumbered: false, isPlain: false, length: 0 }
  const small = inSmall(text.slice(0, longestMark))
  let at = 0
  for (;;) {
    const between = lead.exec(small.slice(at))?.[0] ?? ''
    if (mark.words.length > 0 && isParting(between)) break
    const next = small.slice(at + between.length)
    const term = termAt(next)
    const counted = term ? undefined : countAt(next)
    if (term?.kind === 'word' || term?.kind === 'phrase') mark.words.push(term.text)
    const isBehind = term?.kind === 'beside' && mark.words.length > 0
    if (isBehind || term?.kind === 'phrase' || term?.kind === 'kind') mark.isPlain = true
    if (counted && mark.words.length > 0) mark.isNumbered = true
    const length = term?.text.length ?? counted
    if (length === undefined) break
    at += between.length + length
    mark.length = at
  }
  return mark.words.length > 0 ? mark : null
}

/** Code units of the number or the day that a text begins with. */
function countAt(text: string): number | undefined {
  const [day, before, behind] = writtenDay.exec(text) ?? []
  if (day !== undefined && gregorianMonths.has(foldWord(before ?? behind ?? ''))) return day.length
  return number.exec(text)?.[0].length
}

function termAt(text: string): Term | undefined {
  return terms
    .get(text.charAt(0))
    ?.find(
      ({ text: term }) =>
        text.startsWith(term) && (unspaced.test(term) || !/^[\p{L}\p{M}]/u.test(text.slice(term.length))),
    )
}

/** What parts a mark from what it is in front of. */
const isParting = (between: string) =>
  /[:|]|^\s*[\])}>】〕_*~`]|(?:^|\s)[-–—―>→/•·»](?:\s|$)|[-–—―]\s/u.test(between)

/** Whether a text says that and nothing else: `DRAFT v2`, `Entwurf – nicht veröffentlichen`, `This is a draft.` */
export function saysDraft(text: string): boolean {
  let rest = withoutShapeless(text).trim()
  if (rest.length > longestMark) return false
  let found = false
  while (/[\p{L}\p{N}]/u.test(rest)) {
    const mark = readMark(rest)
    const after = mark ?? (found ? readBeside(rest) : null)
    if (!after) return false
    found = true
    rest = rest.slice(after.length)
  }
  return found
}

/** What stands beside such a word, alone behind what parts it: `DRAFT - v2`. */
function readBeside(text: string): { length: number } | null {
  const before = lead.exec(text)?.[0].length ?? 0
  const rest = inSmall(text.slice(before))
  const length = termAt(rest)?.text.length ?? countAt(rest)
  return length === undefined ? null : { length: before + length }
}

const letters = (text: string) => text.replace(/[^\p{L}]/gu, '')
const isCapitals = (text: string) => /\p{Lu}/u.test(text) && !/\p{Ll}/u.test(text)
const isShouted = (text: string) => letters(text).length > 1 && isCapitals(text)

const brackets = /\[([^[\]]*)\](?![([:])|【([^【】]*)】|〔([^〔〕]*)〕|\{([^{}]*)\}|<([^<>]*)>/gu
const quoted =
  /^[^\p{L}\p{N}「『《〈]*[「『《〈]([^「」『』《》〈〉]*)[」』》〉](?!\p{sc=Hiragana})|[「『《〈]([^「」『』《》〈〉]*)[」』》〉][^\p{L}\p{N}]*$/gu
const rounded = /^[^\p{L}\p{N}(]*\(([^()]*)\)|\(([^()]*)\)[^\p{L}\p{N}]*$/gu
const stressed =
  /^[^\p{L}\p{N}*_~`]*([*_~`]+)([^*_~`]+)\1(?![\p{L}\p{N}])|(?<![\p{L}\p{N}])([*_~`]+)([^*_~`]+)\3[^\p{L}\p{N}]*$/gu

const groups = (text: string, form: RegExp) =>
  [...text.matchAll(form)].map(match => match.slice(1).findLast(group => group !== undefined) ?? '')

/** In small letters. */
const phrase = new RegExp(`(?<![\\p{L}\\p{N}])(?:${oneOf(notYetPhrases)})(?![\\p{L}\\p{N}])`, 'u')
/** In small letters: most names hold none of the words. */
const anyWord = new RegExp(
  oneOf([...plainDraftWords, ...unpublishedWords, ...embargoWords, ...notYetPhrases]),
  'u',
)

/** What begins with such a word and parts more from it, or tells somebody not to publish it. */
function goesOn(text: string): boolean {
  const rest = inSmall(text.replace(lead, ''))
  const first = termAt(rest)
  const isParted = first?.kind === 'word' && /^\s*(?:$|[,:;/|–—-])/u.test(rest.slice(first.text.length))
  return isParted || phrase.test(inSmall(text)) || isEmbargoLine(text)
}

/** Tags of HTML that stress what they hold. */
const looks = /<\/?(?:b|i|u|s|em|strong|span|mark|small|del|sup|sub|code|font)(?:\s[^<>]*)?>/gi

/** Whether a name (a title, a headline) is marked as a draft's. */
export function isMarkedDraft(name: string): boolean {
  const whole = withoutShapeless(name.replace(looks, '*')).trim()
  const text =
    whole.length > 4 * longestMark ? `${whole.slice(0, longestMark)} … ${whole.slice(-longestMark)}` : whole
  if (!anyWord.test(inSmall(text))) return false
  return (
    [brackets, rounded].some(form => groups(text, form).some(group => saysDraft(group) || goesOn(group))) ||
    [quoted, stressed].some(form => groups(text, form).some(saysDraft)) ||
    isMarkedInFront(text) ||
    isMarkedBehind(text)
  )
}

/** `DRAFT: A`, `Draft v2: A`, `🚧 WIP A`, `Embargoed until 1 March: A`. */
export function isMarkedInFront(written: string): boolean {
  const text = withoutShapeless(written).trim()
  if (isEmbargoLine(text)) return true
  const mark = readMark(text)
  if (!mark) return false
  const chunk = text.slice(0, mark.length)
  const between = /^[^\p{L}\p{N}]*/u.exec(text.slice(mark.length))?.[0] ?? ''
  const rest = text.slice(mark.length + between.length)
  if (rest === '') return inSmall(chunk) === 'draft' || isSeen(chunk) || isNamed(mark)
  if (/^[^\p{L}\p{N}]*[🚧🏗]/u.test(chunk)) return /\s/.test(between)
  if (isOfTheWord(rest) && !mark.isNumbered && !mark.isPlain) return false
  if (isParting(between)) return isSeen(chunk) || version.test(rest)
  if (/^\s*[!.;…]/u.test(between)) return isSeen(chunk)
  if (!/\s/.test(between)) return false
  // With nothing but a space between, the next word must look otherwise: `DRAFT NIGHT – …`, `Draft v2 of the treaty`.
  if (version.test(chunk)) return !/ of$/i.test(chunk)
  return (
    isCapitals(chunk) &&
    !isShouted(/^\S+/.exec(rest)?.[0] ?? '') &&
    mark.words.some(word => !acronyms.has(word))
  )
}

/** What numbers a draft and no headline: `Draft version 2 of the treaty` may be one. */
const version = /(?<!\p{L})v\.? ?\d/iu
const isSeen = (chunk: string) => chunk.split(' ').some(isShouted) || version.test(chunk)
/** A name that is nothing but such a word. */
const isNamed = ({ words, isNumbered }: Mark) => !isNumbered && words.some(word => !headlineWords.has(word))

/** `A – draft`, `A, draft 2`, `A DRAFT`. */
function isMarkedBehind(text: string): boolean {
  for (const { index, 0: between } of text.matchAll(/\s*[|,]\s*|\s+[-–—―/•·»>]+\s*|\s+/gu)) {
    const [rest, chunk] = [text.slice(0, index), text.slice(index + between.length)]
    if (chunk.length > longestMark || !saysDraft(chunk)) continue
    const mark = readMark(chunk)
    if (!mark || isShouted(rest)) continue
    const isSpace = /^\s+$/.test(between)
    const isLoud = isShouted(/^\S+/.exec(chunk)?.[0] ?? '') && !isShouted(/\S*$/.exec(rest)?.[0] ?? '')
    const isNumbered = isSpace ? version.test(chunk) : mark.isNumbered
    const isPlain = !isSpace && (isSeen(chunk) || phrase.test(inSmall(chunk)))
    if (isLoud || isNumbered || isPlain) return true
  }
  return false
}

/** A headline about the word: `WIP: what it means`. */
const isOfTheWord = (rest: string) =>
  /^(?:what|why|how) (?:(?:is|are|does|do) )?(?:it|they|wip|draft)\b|^(?:the )?(?:meaning|definition)\b|\bexplained$/iu.test(
    rest,
  )

/** What an embargo's line begins with, up to its day. */
const embargo = new RegExp(
  `^[^\\p{L}\\p{N}]*(?:(?:${oneOf(beforeEmbargoWords)}) ){0,8}(?:${oneOf([...embargoWords, ...notYetPhrases])})[^\\p{L}\\p{N}]*(?:(?:${oneOf(untilWords)})(?!\\p{L}))?`,
  'u',
)
const embargoShouted = /^[^\p{L}\p{N}]*EMBARGO(?:ED)?(?: UNTIL\b|\s*:|\s+\d)/u

/** `Embargo until 1 January 2030`, perhaps with more parted from it: a line that tells from when on it may be read. */
export function isEmbargoLine(written: string): boolean {
  const text = withoutShapeless(written).slice(0, longestMark)
  const head = embargo.exec(inSmall(text))?.[0]
  return (head !== undefined && beginsWithDay(text.slice(head.length))) || embargoShouted.test(text)
}

/** What stands beside a month and a day. */
const besideDay: ReadonlySet<string> = new Set(
  ['on at the of um am pm a p m uhr h hrs gmt utc bst cet cest et est edt pt pst pdt le à den el de do o dia']
    .flatMap(words => words.split(' '))
    .concat('further', 'notice', 'noon', 'midnight', 'st', 'nd', 'rd', 'th', ...'年月日時分'),
)

const partsDay = /[:.;|!)\]*_\n]|\s[-–—]\s/u

/** Whether a text is a day, up to what parts it from the rest: `Friday, leaked on Thursday` and `2030 for engines` are none. */
function beginsWithDay(text: string): boolean {
  let [end, isDay] = [0, false]
  for (const { 0: token, index } of text.matchAll(/[\p{L}\p{M}]+|\p{N}+/gu)) {
    const word = foldWord(token)
    const isNumber = /^\p{N}/u.test(token)
    const isName = weekdayNames.has(word) || gregorianMonths.has(word)
    if (isDay && /^\p{L}/u.test(token) && partsDay.test(text.slice(end, index))) return true
    if (!isNumber && !isName && !besideDay.has(inSmall(token))) return false
    isDay ||=
      isName || /^(?:notice|月)$/i.test(token) || /^\d{1,4}[-./]\d{1,2}[-./]\d/.test(text.slice(index))
    end = index + token.length
  }
  return isDay
}

/** `draft-2`, `draft1`, `DRAFT-v2`, `draft_2026-01-30`, and neither `draft-14m` nor `draft-2026`. */
const numbered = new RegExp(
  `(?:${subjectWords.join('|')})[-_ .]?(?:v\\.?[-_ ]?\\d|\\d{1,2}(?![\\p{L}\\d])|\\d{4}-\\d\\d-\\d\\d)`,
  'iu',
)

/**
 * The word that a file's name, without date and extension, begins or ends with as a draft's; null where none does.
 * @param isBare whether the file lacks what an article has: then a bare word counts, too
 */
export function draftWordOfName(base: string, isBare: boolean): string | null {
  const name = withoutShapeless(base).replace(/(?<![\p{L}])drafts(?![\p{L}])/giu, 'draft')
  if (!anyWord.test(inSmall(name).replace(/[-_.]+/g, ' '))) return null
  const parts = [...name.matchAll(/[-_ .]+/g)].map(({ index }) => index)
  const fronts = [...parts.slice(0, mostParts), name.length].map(at => name.slice(0, at))
  const ends = parts.slice(-mostParts).map(at => name.slice(at))
  for (const part of [...fronts, ...ends]) {
    const said = part.replace(/[-_.]+/g, ' ').trim()
    if (!saysDraft(said)) continue
    const words = readMark(said)?.words ?? [said]
    const isPlain =
      words.some(word => !subjectWords.includes(word)) ||
      numbered.test(part) ||
      part.startsWith('_') ||
      (said.split(' ').some(isShouted) && !isShouted(name))
    if (isPlain || isBare) return words[0] ?? part
  }
  return null
}

/** Parts of a name that a mark has at the most. */
const mostParts = 6
