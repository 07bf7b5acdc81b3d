import type { LineSignals } from './line-signals.ts'
import type { Draft } from './page-draft.ts'
import { claim, fieldOf } from './page-draft.ts'

/** What stands before the colons of a letter's head, in the languages of the programs that write them. */
const labels = {
  from: 'from|von|de|da|van|od|от|від|från|fra|lähettäjä|kimden|absender|de la|差出人|发件人|寄件者|보낸 사람|من|מאת',
  to: 'to|cc|bcc|reply-to|an|kopie|à|para|per|aan|do|dw|кому|копия|till|til|kopia|vastaanottaja|kime|宛先|收件人|收件者|抄送|받는 사람|إلى|אל',
  date: 'date|sent|datum|gesendet|envoyé|envoyé le|fecha|enviado|enviado el|data|inviato|verzonden|wysłano|дата|отправлено|skickat|sendt|lähetetty|tarih|日時|送信日時|日期|发送时间|날짜|보낸 날짜|التاريخ|תאריך',
  subject:
    'subject|betreff|betrifft|objet|sujet|asunto|assunto|oggetto|onderwerp|temat|тема|ämne|emne|aihe|konu|件名|主题|主旨|제목|الموضوع|נושא',
} as const
type Part = keyof typeof labels

const forms = Object.entries(labels).map(
  ([part, some]) => [part as Part, new RegExp(`^(?:${some})\\s?[:：]\\s*(?<value>\\S.*)$`, 'iu')] as const,
)
/** "-------- Forwarded Message --------": over the head of a letter that was passed on. */
const passedOn = /^[-–—_]{2,}\s?\p{L}[\p{L} ]{4,60}\s?[-–—_]{2,}$|^[\p{L} ]{4,60}:$/u
const sender =
  /^"?(?<name>[^"<>@]{2,80}?)"?\s*[<[(]\s?(?:mailto:)?(?<email>[^\s<>()[\]]+@[^\s<>()[\]]+)[>\])]/u
/** "Re: Fwd: …": what programs put before a subject. */
const answered = /^(?:(?:re|aw|fwd?|wg|tr|rv|sv|vs|antw|odp|ynt)\s?(?:\[\d+\])?\s?:\s*)+(?=\S)/iu

/** A letter's head: lines of labels at the top of a text. */
export interface LetterHead {
  subject: { line: LineSignals; text: string }
  from: { line: LineSignals; name: string; email: string } | null
  /** The first line behind it. */
  end: number
}

/** The head that e-mail programs print over a letter; null where the text is none. */
export function letterHead(lines: readonly LineSignals[]): LetterHead | null {
  const found = new Map<Part, { line: LineSignals; value: string }>()
  let at = passedOn.test(lines[0]?.text ?? '') ? 1 : 0
  for (; at < lines.length; at++) {
    const line = lines[at]
    const part = line && line.text.length <= 300 ? partOf(line) : null
    if (!line || !part) break
    if (!found.has(part.part)) found.set(part.part, { line, value: part.value })
  }
  const [subject, from] = [found.get('subject'), found.get('from')]
  // A list of labels may be of anything; whom it is from, and what it is about, is a letter's.
  if (!subject || !from || !(found.has('date') || found.has('to'))) return null
  const isOfPrograms = found.get('date')?.line.dates.length || [from, found.get('to')].some(isAddress)
  if (!isOfPrograms) return null
  const { name, email } = sender.exec(from.value)?.groups ?? {}
  const text = subject.value.replace(answered, '')
  return {
    subject: { line: subject.line, text },
    from: name && email ? { line: from.line, name: name.trim(), email } : null,
    end: at,
  }
}

/** A poem may be from a village to a city; a program's line has an address. */
const isAddress = (part: { value: string } | undefined) => part?.value.includes('@') ?? false

function partOf({ text }: LineSignals): { part: Part; value: string } | null {
  for (const [part, form] of forms) {
    const value = form.exec(text)?.groups?.value
    if (value) return { part, value }
  }
  return null
}

/** What a letter is about is its headline, and who sent it its author. */
export function claimLetter(draft: Draft, { subject, from, end }: LetterHead): void {
  const { reading, lines, roles } = draft
  reading.title = fieldOf(subject.text, subject.line, 0.95)
  draft.evidence.set(subject.line.index, '0.95: the subject of a letter')
  claim(draft, subject.line, 'title', [subject.text])
  if (from && !roles[from.line.index]) {
    const { line, name, email } = from
    reading.authors = fieldOf([{ name, email, url: null, role: null }], line, 0.9)
    claim(draft, line, 'byline', [name, email])
  }
  for (const { index } of lines.slice(0, end))
    roles[index] ??= { role: 'dropped', reason: 'head of a letter', held: [] }
}
