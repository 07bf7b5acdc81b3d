import type { FramePlace } from '../model/reading.ts'
import { type DateHints, type DateReading, mayHoldDate, readDates } from '../text/date-grammar.ts'
import { type Byline, readByline } from './byline.ts'
import type { PageLine } from './page-lines.ts'
import {
  byWords,
  creditWords,
  type Ending,
  endingOf,
  inlineEndingOf,
  isInterstitial,
  isLegalLine,
  isMenuEntry,
  isNeighbourLink,
  isNewsletterCall,
  isPageSentence,
  isRemarksHead,
  isSectionName,
  isShareBar,
  isSiteMark,
  PhraseSet,
  phraseKey,
  publishWords,
  sectionWords,
  tagWords,
  ungluedKey,
  updateWords,
} from './phrase-index.ts'

/** What can be said of one line before its neighbours are looked at. */
export interface LineSignals extends PageLine {
  index: number
  /** Of the first `maxMetaLength`: see `phraseKey`. */
  key: string
  /** Letters and digits, in UTF-16 code units. */
  weight: number
  words: number
  /** A sentence or more: what articles are made of. */
  prose: boolean
  /** Ends as sentences do. */
  closed: boolean
  dates: DateReading[]
  /** Dates in the first words of a longer line. */
  openingDates: DateReading[]
  /** How much of the line is left beside its dates and the words that introduce them, in letters. */
  besideDates: number
  byline: Byline | null
  says: { published: boolean; tags: boolean; section: boolean }
  ending: Ending | null
  boilerplate: 'share' | 'interstitial' | 'menu' | 'page-sentence' | 'count' | 'learnt' | 'link' | null
  /** Where it stands in the pages of the file's source, where they have it in common. */
  place: FramePlace | null
  credit: boolean
  /** Made of nothing but names of sections. */
  sections: boolean
  /** Says who wrote it or when: a date, a byline, or a name alone beside a date. */
  signs: boolean
  /** How often the very line stands in the file. */
  times: number
}

const sentenceEnd = /[.!?…。！？؟۔:]["'”’»«“)\]]*$/u
const ideographs = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}]/gu
/** Longer lines are prose: no dates, names or boilerplate are looked for in them beyond their first words. */
export const maxMetaLength = 300

/** What a line says by itself, whatever page it stands in. */
type OwnSignals = Omit<LineSignals, keyof PageLine | 'index' | 'place' | 'signs' | 'times'>

/** @param before the same lines as they were read with other hints, which matter only where a number stands */
export function readSignals(
  lines: readonly PageLine[],
  hints: DateHints,
  learnt: ReadonlyMap<string, FramePlace>,
  before: readonly LineSignals[] = [],
): LineSignals[] {
  const own = lines.map(({ text, shape }, index): OwnSignals => {
    const known = before[index]
    return known && !mayHoldDate(text) ? known : ownSignals(text, shape === 'code', hints)
  })
  const times = new Map<string, number>()
  for (const { key } of own) times.set(key, (times.get(key) ?? 0) + 1)
  const read = lines.map((line, index) => {
    const signals = own[index]!
    const place = learnt.get(line.text) ?? null
    const listed = place === null && isListed(lines, index)
    return {
      ...line,
      index,
      ...signals,
      ending: listed ? null : signals.ending,
      boilerplate: listed ? null : inPlace(signals, place),
      place,
      signs: false,
      times: times.get(signals.key) ?? 1,
    }
  })
  for (const line of read) line.signs = signs(read, line)
  return read
}

const numberOf = (line: PageLine | undefined) =>
  Number(/^(\d{1,3})[.)] /.exec(line?.text ?? '')?.[1] ?? Number.NaN)

const beginsWithYear = (line: PageLine | undefined) =>
  /^(?:1[5-9]|20)\d\d:? [\p{L}\d]/u.test(line?.text ?? '')

/** "8. Log out." between "7. …" and "9. …", "1989 100 members" between other years: a list's, whatever it says. */
function isListed(lines: readonly PageLine[], at: number): boolean {
  const number = numberOf(lines[at])
  if (beginsWithYear(lines[at])) return beginsWithYear(lines[at - 1]) && beginsWithYear(lines[at + 1])
  return numberOf(lines[at - 1]) === number - 1 || numberOf(lines[at + 1]) === number + 1
}

function ownSignals(text: string, isCode: boolean, hints: DateHints): OwnSignals {
  const key = phraseKey(text.slice(0, maxMetaLength))
  const wide = text.slice(0, maxMetaLength).match(ideographs)?.length ?? 0
  const weight = text.length + wide * 2
  const closed = sentenceEnd.test(text.slice(-8))
  // Ideographs stand in words of two or three.
  const words = Math.max(key ? key.split(' ').length : 0, Math.round(wide / 2.5))
  const pageSentence = isPageSentence(key)
  const short = text.length <= maxMetaLength
  const dates = short ? readDates(text, hints) : []
  const prose = !isCode && !pageSentence && isProse(text, weight, words, closed) && !isLongByline(text, key)
  const plain = key.replace(/^(?:x )+|(?: x)+$/g, '')
  const unglued = short ? ungluedOpening(text, key).split(' ') : []
  // Most lines have no date: what stands beside it is the line then, and its words are known.
  const besideKey = dates.length > 0 ? phraseKey(besideDates(text, dates)) : key
  const besideWords = dates.length > 0 || text.length <= 80 ? besideKey.split(' ') : []
  return {
    key,
    weight,
    words,
    prose,
    closed,
    dates,
    openingDates: short ? dates : readDates(text.slice(0, 90), hints),
    besideDates: lettersBeside(besideKey),
    byline: short && !prose ? readByline(text, dates) : null,
    says: {
      published:
        publishWords.opening(besideWords) > 0 ||
        besideWords.some((_, at) => strongPublish.opening(besideWords, at) > 0),
      tags: tagWords.opening(unglued) > 0,
      section: words > 1 && sectionWords.opening(unglued) > 0,
    },
    ending: endingKind(text, plain),
    boilerplate:
      isCode || (dates.length > 0 && !pageSentence) ? null : boilerplateKind(text, key, pageSentence),
    credit: short && isCredit(text, key),
    sections: text.length <= 80 && isSectionName(key) && !entryOfDay.test(text),
  }
}

/** The first words of a line, those parted that run together. */
function ungluedOpening(text: string, key: string): string {
  const opening = text.slice(0, 60)
  return ungluedKey(opening, opening === text ? key : phraseKey(opening))
}

function endingKind(text: string, key: string): Ending | null {
  if (isLegalLine(text)) return 'legal'
  if (isRemarksHead(text)) return 'comments'
  return text.length <= 80 ? endingOf(key) : null
}

/** A date or a byline: what stands right over or under headlines. */
export function isMeta(line: LineSignals): boolean {
  if (line.prose) return false
  return (
    (line.dates.length > 0 && line.besideDates < 60) || (line.byline?.announced ?? false) || isByAlone(line)
  )
}

/** A date or a byline, or a name alone on its line where a date stands beside it. */
function signs(lines: readonly LineSignals[], line: LineSignals): boolean {
  if (isMeta(line)) return true
  const { byline, prose, index, words } = line
  if (!byline?.alone || prose || words > maxNameWords || byline.authors.length === 0) return false
  return [index + 1, index - 1, index + 2].some(at => {
    const near = lines[at]
    return near !== undefined && near.dates.length > 0 && near.besideDates < 30 && !near.prose
  })
}

/** Longer names alone on a line are lists. */
const maxNameWords = 8

/** A line that says no more than "By". */
export function isByAlone(line: LineSignals | undefined): boolean {
  return line !== undefined && line.words > 0 && line.words <= 2 && byWords.has(line.key)
}

const strongPublish = new PhraseSet(
  'published posted veroffentlicht publiziert erschienen erscheinungsdatum publie publicado publicada pubblicato gepubliceerd opublikowano опубликовано yayinlanma erstellt gepostet'.split(
    ' ',
  ),
)

/** "By Jane Doe | jane@example.org | The Example, John Roe | …", "Das Interview führte Jane Doe.": as long as a sentence. */
function isLongByline(text: string, key: string): boolean {
  return (
    (text.length <= 120 && ofInterview.test(text)) ||
    (text.length <= 240 && text.includes(' | ') && text.includes('@') && byWords.opening(key.split(' ')) > 0)
  )
}

const ofInterview =
  /^(?:Das (?:Interview|Gespräch) führten?|Die Fragen stellten?|Propos recueillis par|Aufgezeichnet von)\s\p{Lu}/u

function isProse(text: string, weight: number, words: number, closed: boolean): boolean {
  if (weight < 60 || (words < 8 && weight < 90) || /^\s*(?:©|\(c\))/i.test(text)) return false
  if (weight >= 260) return words > 12 || weight > 400
  const inner = /[.!?…。！？؟]["”’»)]?\s+["“„«(]?[\p{Lu}\p{Lo}]/u.test(text)
  if (closed && !text.endsWith(':')) return true
  return inner ? weight >= 90 : weight >= 190
}

/** The line without its dates. */
function besideDates(text: string, dates: readonly DateReading[]): string {
  let rest = ''
  let from = 0
  for (const date of dates) {
    rest += `${text.slice(from, date.start)} `
    from = date.end
  }
  return (rest + text.slice(from)).slice(0, maxMetaLength)
}

function lettersBeside(key: string): number {
  const words = key.split(' ')
  let at = 0
  while (at < words.length) {
    const filler = publishWords.opening(words, at) || updateWords.opening(words, at)
    if (!filler) break
    at += filler
  }
  return words.slice(at).join('').length
}

/** What a line is where the pages of its source have it in common. */
function inPlace(
  { boilerplate, byline }: Pick<LineSignals, 'boilerplate' | 'byline'>,
  place: FramePlace | null,
): LineSignals['boilerplate'] {
  // A byline is nobody's boilerplate, though one author signs all pages.
  if (place === null || byline?.announced) return boilerplate
  // What articles share is their headings as like as not.
  return place === 'amid' ? boilerplate : 'learnt'
}

function boilerplateKind(text: string, key: string, pageSentence: boolean): LineSignals['boilerplate'] {
  // Brackets of a listing are no count.
  if (!key) return /[\p{L}\p{N}]{5,}|^[{}()[\];,]+$/u.test(text) ? null : 'count'
  // "9:00 Mail", "17:00 Home": what somebody does then.
  if (entryOfDay.test(text)) return null
  if (text.length <= 200 && isShareBar(text, key)) return 'share'
  if (pageSentence) return 'page-sentence'
  if (text.length > 200) return null
  if (isInterstitial(key)) return 'interstitial'
  if (isNewsletterCall(text)) return 'page-sentence'
  if (inlineEndingOf(text) && !/[.!]$/.test(text)) return 'link'
  if (isMenuEntry(key) || isNeighbourLink(text) || isSiteMark(text)) return 'menu'
  if (/^>{1,2}\s.*\s<{1,2}$/.test(text)) return 'link'
  return counted.test(text) || readingTime.test(text) ? 'count' : null
}

const entryOfDay =
  /^\d{1,2}[:.]\d\d(?: ?[AaPp]\.?[Mm]\.?| Uhr| h)?:? (?!Uhr(?!\p{L}))\p{Lu}\p{Ll}{2,}(?!\p{L}*[^\p{L}\s:])/u

/** "18:00 Doors" in a programme. */
export function isEntryOfDay(line: { text: string } | undefined): boolean {
  return line !== undefined && entryOfDay.test(line.text)
}

const countedThings =
  '(?:shares?|views?|likes?|thanks|danke|replies|posts|points|votes|hits|reads|clicks|klicks|zugriffe|aufrufe|antworten|beitr[äa]ge|punkte|stimmen|mal gelesen|vues|vistas|visitas|visualizações|visualizzazioni|просмотр(?:ов|ы)|görüntülenme)'
/** "845 shares", "5 min read", "Danke: 64": a count and what is counted. */
const counted = new RegExp(
  `^(?:[\\d.,]+ ?(?:${countedThings}|min(?:uten|utes|s)?\\.?(?: read| lesezeit)?)|${countedThings}\\s?:\\s?[\\d.,]+)$`,
  'iu',
)

const readingWords =
  '(?:(?:estimated |average )?(?:reading|read) ?time|(?:geschätzte |ungefähre )?lese(?:zeit|dauer)|temps de lecture|tiempo de lectura|tempo (?:de leitura|di lettura)|leestijd|czas czytania|время (?:чтения|на чтение)|час читання|lästid|lesetid|læsetid|lukuaika|okuma süresi|waktu baca|thời gian đọc|doba čtení|olvasási idő|timp de citire|χρόνος ανάγνωσης|وقت القراءة|مدة القراءة|زمان مطالعه|זמן קריאה|阅读时[长間间]|閱讀時[間长]|预计阅读(?:时间)?|読了(?:時間|目安)(?:の目安)?|(?:읽는|예상) 시간|เวลาอ่าน)'
const minutes =
  '(?:min(?:ut(?:e[ns]?|os?|i|y|er|es|ai)?)?s?|мин(?:ут[аы]?)?|хв(?:илин)?|dakika|dk|menit|phút|perc|λεπτά|دقائق|دقيقة|دقیقه|דקות|分钟?|分鐘|분|นาที)'
/** "Lesezeit: 3 Min.", "5 min de lectura", "阅读时长：4 分钟": how long a page says that it takes to read it. */
const readingTime = new RegExp(
  `^\\P{L}{0,4}(?:${readingWords}\\s?[:：·–-]?\\s?(?:ca\\.? |about |approx\\.? |environ |aprox\\.? |circa |ok\\. |約|约|[~≈])?\\d{1,3}\\s?${minutes}|\\d{1,3}\\s?${minutes}\\.?\\s(?:read(?:ing)?(?: time)?|to read|lese(?:zeit|dauer)|de lect(?:ure|ura)|de leitura|di lettura|leestijd|czytania|на чтение|чтения|lästid|lesetid|læsning|okuma|membaca|đọc|čtení|olvasás|de citit|قراءة|مطالعه|קריאה|で読めます|소요)|${minutes}\\s\\d{1,3}\\s${minutes})\\.?$`,
  'iu',
)

const creditWord =
  '(?:[Pp]hoto(?:graph|s)?|FOTO|[Ff]otos?|[Bb]ild(?:quelle|nachweis)?|[Ii]mage|[Qq]uelle|[Cc]redits?|Fot|Kuva|Fuente|Crédito|Legende)'
const house =
  '(?:Getty(?: Images)?|AFP|dpa|DPA|EPA|EFE|Reuters|REUTERS|AP(?: Photo)?|ANSA|APA|KNA|SID|Keystone|imago|picture alliance|stock\\.adobe\\.com(?:/[\\w ]+)?|Shutterstock|ShutterStock|Unsplash|Pixabay|Pexels|iStock(?:\\.com|photo)?|Fotolia(?:\\.com)?|Wikimedia(?: Commons)?|Alamy)'
/** A credit that ends a caption: "© Name / Agency", "(Photo: Name)", "Name/dpa". */
const closingCredit = new RegExp(
  `(?:©[^.!?]{2,80}|\\(${creditWord}\\s?:[^)]{2,80}\\)?|[.!?)"\\s]${creditWord}\\s?:\\s?(?:[^.!?:]|(?<=\\b\\p{Lu}\\p{Ll}{0,2})\\.){3,80}|\\S\\s?/\\s?${house}|[.)]\\s(?:via )?${house}|\\bvia ${house}|[.!?)\\s]${house}\\s?/\\s?\\p{Lu}[\\p{L}.' -]{2,40}|\\((?:Symbolbild|Symbolfoto|Archivbild|Archivfoto|file photo)\\))[.)]{0,2}$`,
  'u',
)
/** A credit that stands first or alone. */
const openingCredit = new RegExp(
  `^[(]?(?:©|\\(c\\)\\s|${creditWord}\\s?[:/]|Courtesy of |Photo(?:graph)? by |Image by |Foto de |Photo de |(?:Above: |Pictured: |Abb(?:ildung|\\.)?|Fig(?:ure|ura|\\.)?|Bild|Grafik)\\s?\\d{1,2}\\s?[:.])`,
  'u',
)

/** "(dpa/Jane Doe)": somebody's name is among them, and no number. */
const namesInBrackets = /\((?=[^()]*\p{Lu})[^()/\d"']{2,50}\/[^()/\d"']{2,50}\)$/u
/** "image: nginx:latest", "image: <name>": a listing's. */
const codeLabel = /^(?:image|photo|foto): [<\p{Ll}/.]/u

const loneHouse = new RegExp(`(?:^|[\\s/|])${house}$`, 'u')

/** "Photo: my own hand shook when I took it.", "Photo by my sister. Words by …": sentences, and nobody's name. */
const tellsOfPicture =
  /(?:Photos?|Images?|Fotos?|Bild(?:er)?): \p{Ll}+(?: [\p{L}'’]+,?){6,}[.!?]$|^(?:Photo(?:graph)?|Image) by \p{Ll}[^.!?]+[.!?] \p{Lu}.*[.!?]$/u

/** A picture's caption with its credit, or a credit alone. A sentence that merely names an agency is none. */
function isCredit(text: string, key: string): boolean {
  if (text.length > 300) return false
  const words = key.split(' ')
  if (words.length <= 4 && creditWords.opening(words) === words.length) return true
  if (tellsOfPicture.test(text)) return false
  if ((openingCredit.test(text) && !codeLabel.test(text)) || namesInBrackets.test(text)) return true
  const tail = text.slice(-110)
  if (closingCredit.test(tail)) return true
  // A caption in few words that names a picture house: never a whole sentence.
  return text.length <= 90 && loneHouse.test(text)
}
