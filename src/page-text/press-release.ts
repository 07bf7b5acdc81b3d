import type { LineSignals } from './line-signals.ts'

/** How press releases say that they are over: "###", "-30-", "– Ende –". A novel's scenes end so as well. */
const endMark =
  /^(?:(?:#\s?){3}|[-–—]\s?30\s?[-–—]|[-–—*~]{1,3}\s?(?:ends?|end of (?:the )?(?:press )?release|ende|schluss|ende der (?:presse)?mitteilung|fin|fine|koniec|slut)\s?[-–—*~]{1,3})$/i

const ofPress = '(?:press|media|news|pr|presse|medien|pers|prensa|imprensa|stampa|lehdistö|prasowy|пресс)'
/** The heading of a block that says whom journalists may ask, alone in its line or with what it heads. */
const pressContact = new RegExp(
  `^(?:${ofPress}[- ]?(?:contacts?|kontakte?|inquiries|enquiries|anfragen|relations|contact(?:persoon)?|служба)|(?:contacts?|kontakt|contatt[oi]|contactos?|contato|контакты?) (?:for |für |de |di |da |per la |para la |для )?(?:the )?${ofPress}(?:vertreter)?|ansprechpartner(?:in)? für (?:die )?(?:presse|medien))\\s?(?::|$)`,
  'iu',
)
const contact =
  /^(?:for (?:more|further) information,? (?:please )?contact|contacts?|kontakt|ansprechpartner(?:in)?|rückfragen(?: an)?|contacto|contato|contatti)\s?(?::|$)/iu
/** What a release calls itself over its headline. */
const release =
  /^(?:for (?:immediate )?release|for release\b.{0,40}|embargoed .{0,60}|press (?:release|statement)|news release|media release|pressemitteilung|pressemeldung|presseinformation|medienmitteilung|communiqué(?: de presse)?|nota de prensa|comunicado(?: de (?:prensa|imprensa))?|comunicato stampa|persbericht|tiedote|informacja prasowa|пресс-релиз)\s?(?:[:–—-].{0,60})?$/iu

const reachable = /[\w.+-]+@[\w-]+\.\w|(?:\+|\b0|\(\d)\d*[\d ()/.–-]{6,}\d|\b\d{3}[-. ]\d{3}[-. ]\d{4}\b/
const behindMark = /^(?:about|über|notes? (?:to|for) editors?|à propos|acerca de|sobre|chi è|over)\b/iu

/** Lines at the top that may call the text a release. */
const topLines = 8
/** Lines of a block among which an address or a number stands. */
const blockLines = 8
/** So much of a text's prose may stand behind it. */
const maxBehindMark = 0.6
const maxInContact = 0.2

/** Where a press release ends, by its own mark or by whom to ask; null for other texts. */
export function releaseEnd(lines: readonly LineSignals[], heart: number): number | null {
  const prose = (some: readonly LineSignals[]) =>
    some.reduce((sum, line) => sum + (line.prose ? line.weight : 0), 0)
  const all = prose(lines)
  const few = (rest: readonly LineSignals[], share: number) => prose(rest) <= (all - prose(rest)) * share
  const marks = lines.filter(({ text, index }) => index > heart && endMark.test(text))
  const [mark] = marks
  const isRelease = lines.slice(0, topLines).some(({ text }) => release.test(text))
  if (mark && marks.length === 1) {
    const rest = lines.slice(mark.index + 1)
    const isOver = rest.length === 0 || rest.slice(0, blockLines).some(line => isAside(line, isRelease))
    if (isOver && few(rest, maxBehindMark)) return mark.index
  }
  const heads = (line: LineSignals) => pressContact.test(line.text) || (isRelease && contact.test(line.text))
  const block = lines.find(line => {
    if (line.index <= heart || line.prose || !heads(line)) return false
    const rest = lines.slice(line.index)
    return rest.slice(0, blockLines).some(({ text }) => reachable.test(text)) && few(rest, maxInContact)
  })
  return block?.index ?? null
}

/** A heading or a line of what stands behind releases; in a text that calls itself one its sentences too ("About Example, Inc. …"). */
function isAside({ text, prose }: LineSignals, isRelease: boolean): boolean {
  if (prose && !isRelease) return false
  return [behindMark, contact, pressContact, reachable].some(form => form.test(text))
}
