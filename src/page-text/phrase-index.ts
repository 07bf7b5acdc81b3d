import { lazily } from '../text/lazily.ts'
import { foldWord, gregorianMonths, weekdayNames } from '../text/month-names.ts'
import * as phrases from './page-phrases.ts'

const plain = /^[\x20-\x7e]*$/

/** A line as the phrase tables compare it: folded, letters only, one space between words. */
export function phraseKey(line: string): string {
  if (plain.test(line))
    return line
      .toLowerCase()
      .replace(/[^a-z]+/g, ' ')
      .trim()
  return foldWord(line)
    .replace(/[ßłøة]/g, letter => unaccented[letter]!)
    .replace(/[^\p{L}]+/gu, ' ')
    .trim()
}

/** Letters that no accent makes, and that are written without it as often. */
const unaccented: Record<string, string> = { ß: 'ss', ł: 'l', ø: 'o', ة: 'ه' }

const camel = /(\p{Ll})(\p{Lu})/gu

/** The same with words parted that run together ("TwitterFacebook"). */
export function ungluedKey(line: string, key: string): string {
  const parted = line.replace(camel, '$1 $2')
  return parted === line ? key : phraseKey(parted)
}

/** Phrases of one to six keyed words, found at any place among words without joining those that can't match. */
export class PhraseSet {
  readonly #keys: () => Set<string>
  readonly #longest: () => Map<string, number>

  constructor(phrases: Iterable<string>) {
    this.#keys = lazily(() => new Set([...phrases].map(phraseKey).filter(key => key !== '')))
    this.#longest = lazily(() => {
      const longest = new Map<string, number>()
      for (const key of this.#keys()) {
        const words = key.split(' ')
        longest.set(words[0]!, Math.max(words.length, longest.get(words[0]!) ?? 0))
      }
      return longest
    })
  }

  has(key: string): boolean {
    return this.#keys().has(key)
  }

  [Symbol.iterator](): Iterator<string> {
    return this.#keys().values()
  }

  /** How many words from `from` on are a phrase, the longest there is; 0 for none. */
  opening(words: readonly string[], from = 0): number {
    const first = words[from]
    const most = first === undefined ? undefined : this.#longest().get(first)
    if (most === undefined) return 0
    for (let count = Math.min(most, words.length - from); count > 0; count--)
      if (this.has(words.slice(from, from + count).join(' '))) return count
    return 0
  }
}

function phraseSet(table: string): PhraseSet {
  return new PhraseSet(table.split('|'))
}

function wordSet(table: string): PhraseSet {
  return new PhraseSet(table.split(' '))
}

export type Ending = keyof typeof phrases.endings

const endingIndex = lazily(
  () =>
    new Map<string, Ending>(
      (Object.entries(phrases.endings) as [Ending, string][]).flatMap(([kind, table]) =>
        [...phraseSet(table)].map((phrase): [string, Ending] => [phrase, kind]),
      ),
    ),
)

/** The kind of ending that a whole line is, counts aside ("5 Kommentare", "Comments (2)"). */
export function endingOf(key: string): Ending | null {
  return endingIndex().get(key) ?? (headsLinks(key) ? 'related' : null)
}

const linkAdjectives = phraseSet(phrases.linkAdjectives)
const linkNouns = phraseSet(phrases.linkNouns)

/** "Weitere aktuelle Themen aus der Arbeitswelt", "Trending on …": an adjective of such headings, then its noun. */
function headsLinks(key: string): boolean {
  const words = key.split(' ')
  return (
    words.length >= 2 &&
    words.length <= 7 &&
    linkAdjectives.has(words[0]!) &&
    words.slice(1, 3).some(word => linkNouns.has(word))
  )
}

/** The kind of ending that a line opens with, before a colon or an arrow: "Read also: …", "À lire aussi » …". */
export function inlineEndingOf(line: string): Ending | null {
  const match = /^[\s>»•–-]*([^:»>|]{3,40}?)\s?[:»>|]/u.exec(line.slice(0, 60))
  const kind = match ? endingIndex().get(phraseKey(match[1]!)) : undefined
  return kind === 'related' ? kind : null
}

/** "Next: …", "Nächster Beitrag: …": a link to a neighbour of the article. */
export function isNeighbourLink(line: string): boolean {
  const match = /^[\s←→«»<>]*([^:]{4,30}?)\s?:\s\S/u.exec(line)
  return match !== null && line.length <= 140 && endingIndex().get(phraseKey(match[1]!)) === 'navigation'
}

const lonelyDomain =
  /^(?:www\.)?[\w-]{2,40}(?:\.[\w-]{2,40})?\.(?:com|org|net|info|de|at|ch|fr|es|it|co|br|uk|eu)$/i
const profile =
  /^\S+(?: \S+){0,2} (?:bei|auf|on|sur|en|no|na|su) (?:Facebook|Twitter|Instagram|LinkedIn|Xing|YouTube|Pinterest|WhatsApp|Telegram|TikTok)$/i

/** A site's name or its profile in a network: no article has such a line for itself. */
export function isSiteMark(line: string): boolean {
  return line.length <= 90 && (lonelyDomain.test(line) || profile.test(line))
}

const legalLine =
  /(?:©|\(c\)|copyright)\s{0,3}(?:©\s?|\(c\)\s?|by\s)?(?:(?:19|20)\d\d|\d{4}\s?[-–])|(?:19|20)\d\d\s?©|all rights reserved|alle rechte vorbehalten|todos los derechos reservados|tous droits r[ée]serv[ée]s/i

const remarkCount =
  'thoughts?|comments?|responses?|repl(?:y|ies)|reactions?|Gedanken?|Kommentare?|Antwort(?:en)?|Reaktion(?:en)?|commentaires?|réponses?|réactions?|pensées?|comentarios?|respuestas?|pensamientos?|ideas?|comentários?|respostas?|pensamentos?|comment[oi]|rispost[ae]|pensier[oi]|reacties?|gedachten?|antwoord(?:en)?|komentarz[ey]?|myśl[i]?|odpowied(?:ź|zi)|комментари\\p{L}+|мысл\\p{L}+|ответ\\p{L}*'
const remarksHead = new RegExp(
  `^(?:\\d{1,5}|One|Ein|Eine|Une?|Un|Una|Uno|Um|Uma|Een|Jeden|Jedna) (?:${remarkCount}) (?:on|to|zu|auf|sur|à|en|a|ao|sobre|em|su|op|over|do|na|к|на) \\S`,
  'iu',
)

/** "3 thoughts on “The headline”": the heading of readers' remarks, which says what they are on. */
export function isRemarksHead(line: string): boolean {
  if (line.length > 240 || !remarksHead.test(line)) return false
  return /["“„«»”]/u.test(line) || (/^\d/.test(line) && !/[.!]$/.test(line))
}

/** A line about rights, whatever else it says. */
export function isLegalLine(line: string): boolean {
  return line.length <= 240 && legalLine.test(line)
}

const letters = /newsletter|nieuwsbrief|рассылк|boletín|bülten|خبرنامه|メールマガジン/i
const callsToRead =
  /subscri|receive|recevez|recib|ricev|abonn|anmeld|sign up|bestell|erhalt|inscr|suscr|iscri|register|registrier|download|get (?:the|our)|gratis|kostenlos|free|sichern|inbox|postfach/i

const intoTheInbox =
  /\b(?:delivered|straight|sent|direct(?:ly)?) (?:in)?to your (?:inbox|e-?mail)|\bin (?:dein|Ihr)(?:en)? (?:E-Mail-)?Postfach\b|\bin (?:deinen|Ihren) Posteingang\b|\ben tu (?:correo|bandeja)|\bdans votre bo[iî]te (?:mail|de réception)|\bnella tua (?:casella|inbox)|\bin je (?:inbox|mailbox)\b/iu

/** A call to subscribe. */
export function isNewsletterCall(line: string): boolean {
  if (line.length > 260) return false
  return (letters.test(line) && callsToRead.test(line)) || intoTheInbox.test(line)
}

const asking = new RegExp(phrases.readerCalls.join('|'), 'iu')

/** Whether a line that all pages of a source have asks readers to subscribe, or tells of rights: an article may say so once. */
export function asksReaders(line: string): boolean {
  return asking.test(line)
}

export const byWords = phraseSet(phrases.byPhrases)
/** Labels of a byline that are something else without their colon: "Interview: Jane Doe". */
export const byLabels = phraseSet(phrases.byLabelPhrases)
export const publishWords = phraseSet(phrases.publishPhrases)
export const updateWords = phraseSet(phrases.updatePhrases)
export const otherDateWords = phraseSet(phrases.otherDatePhrases)
export const creditWords = phraseSet(phrases.creditPhrases)
export const roleWords = phraseSet(phrases.rolePhrases)
export const agencyNames = wordSet(phrases.agencies)
export const idWords = phraseSet(phrases.idPhrases)
export const sourceWords = phraseSet(phrases.sourcePhrases)
export const sectionWords = phraseSet(phrases.sectionPhrases)
export const tagWords = phraseSet(phrases.tagPhrases)

const interstitials = phraseSet(phrases.interstitials)
const shareWords = wordSet(phrases.shareWords)
const shareServices = wordSet(phrases.shareServices)
const menuWords = wordSet(phrases.menuWords)
const backLinks = phraseSet(phrases.backLinks)
const pageSentences = phraseSet(phrases.pageSentences)

const feedbackQuestion = new RegExp(`^(?:${phrases.feedbackQuestions.join('|')})(?: ja nein| yes no)?$`, 'u')

export function isInterstitial(key: string): boolean {
  return interstitials.has(key) || (key.length <= 90 && feedbackQuestion.test(key))
}

const shareCall = new RegExp(`^(?:${phrases.shareCalls.join('|')})$`, 'u')

/** A share bar: services and the words around them, even run together ("TwitterFacebookLinkedIn"), or a call to share. */
export function isShareBar(line: string, key: string): boolean {
  if (isOfShareWords(key) || isOfShareWords(ungluedKey(line, key))) return true
  return key.length <= 70 && shareCall.test(key)
}

function isOfShareWords(key: string): boolean {
  const words = key.split(' ')
  return words.some(word => shareServices.has(word)) && words.every(word => shareWords.has(word))
}

export function isMenuEntry(key: string): boolean {
  const words = key.split(' ')
  if (words.length <= 7 && backLinks.opening(words) > 0) return true
  return words.length <= 4 && words.every(word => menuWords.has(word))
}

/** A sentence of the page, not of the article: cookies, forms, newsletters. */
export function isPageSentence(key: string): boolean {
  return pageSentences.opening(key.slice(0, 200).split(' ')) > 0
}

const clockWords = new Set([
  'uhr',
  'am',
  'pm',
  'at',
  'um',
  'on',
  'le',
  'hs',
  'hrs',
  'h',
  'gmt',
  'utc',
  'cet',
  'the',
  'de',
])

/** Nothing but weekdays, months and words of dates and clocks: a date that stands on lines of its own or names no year. */
export function isCalendar(key: string): boolean {
  const words = key.split(' ')
  let at = 0
  while (at < words.length) {
    const word = words[at]!
    const known = weekdayNames.has(word) || gregorianMonths.has(word) || clockWords.has(word)
    const taken = known ? 1 : publishWords.opening(words, at) || updateWords.opening(words, at)
    if (!taken) return false
    at += taken
  }
  return key !== ''
}

const sections = phraseSet(phrases.sections)

/** Every word names a section of a newspaper. */
export function isSectionName(key: string): boolean {
  const words = key.split(' ').filter(word => word.length > 1 && !linking.has(word))
  return words.length > 0 && words.length <= 5 && words.every(word => sections.has(word))
}

const linking = new Set(['und', 'and', 'et', 'y', 'e', 'der', 'die', 'the', 'aus', 'in', 'de'])

const postedSentences = phraseSet(phrases.postedSentences)

/** "This entry was posted on …": a sentence of the page that tells the date. */
export function isPostedLine(key: string): boolean {
  return postedSentences.opening(key.slice(0, 60).split(' ')) > 0
}

const remarks = phraseSet(phrases.remarks)

/** A line of a comment or of its form. */
export function isRemarkKey(key: string): boolean {
  const words = key.split(' ')
  return key !== '' && words.length <= 8 && (remarks.opening(words) > 0 || remarks.has(words.at(-1)!))
}

/** Whether a line by itself is known as a page's own: of a menu, a share bar, a heading of what stands behind texts, a notice. */
export function isPageLine(line: string): boolean {
  const key = phraseKey(line)
  if (line.length <= 80 && endingOf(key.replace(/^(?:x )+|(?: x)+$/g, ''))) return true
  if (isLegalLine(line) || isPageSentence(key) || isNewsletterCall(line)) return true
  return line.length <= 200 && (isShareBar(line, key) || isInterstitial(key) || isMenuEntry(key))
}
