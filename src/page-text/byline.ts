import type { Author } from '../model/article.ts'
import type { DateReading } from '../text/date-grammar.ts'
import { isGivenName } from './given-names.ts'
import {
  agencyNames,
  byWords,
  endingOf,
  isSectionName,
  phraseKey,
  publishWords,
  roleWords,
  updateWords,
} from './phrase-index.ts'

/** Who signed, as one line says it. */
export interface Byline {
  authors: Author[]
  /** The agency, as written, where one signed or shared the signature. */
  agency: string | null
  /** A word like "by" stands before the name. */
  announced: boolean
  /** Every named author's first name is a common given name. */
  knownName: boolean
  /** The line begins with the name. */
  leads: boolean
  /** One word after a "by" that introduces much besides names ("By Design"): only its place can make it a name. */
  slight: boolean
}

const particles = new Set(
  'von van de der den del della di da do dos das du la le les el al bin ibn ben zu zur af av ter ten y e i san st mc o d und'.split(
    ' ',
  ),
)

/** Capitalised words that stand where names stand and name none. */
const noNames = new Set(
  phraseKey(
    'EST EDT IST PST PDT CST CDT BST GMT UTC CET CEST HKT Uhr Kommentare Kommentar Comments Comment Seite Page Home News Nachrichten Politik Sport Wirtschaft Kultur Panorama Wissen Digital Meinung Gesellschaft Allgemein Allgemeines Aktuelles Aktuell Blog Artikel Article Beitrag Thema Themen Video Foto Fotos Bild Bilder Photo Photos Images Updated Published Posted Update Read More Share Teilen Min Minuten Minutes Lesezeit Views Tags Kategorie Kategorien Category Uncategorized General Allgemein Verband Umwelt Energie Gesundheit Technik Wissenschaft Leben Mode Reise Reisen Essen Auto Kino Musik Film Filme Buch Termine Presse Pressemitteilung Pressemitteilungen Meldung Meldungen Januar Deutschland Österreich Schweiz Berlin Hamburg Wien Opinion Business World Politics Technology Science Health Culture Sports Entertainment Travel Lifestyle Food Local National International Europe Mundo Política Deportes Economía Sociedad Cultura Espectáculos Opinión Interior País Actualidad Notícias Esportes Mundo Economia Cronaca Monde Société Économie Culture Sommaire Editorial Analysis Interview Exclusive Exklusiv Advertisement Anzeige Werbung Startseite Suche Menü Menu Kontakt Impressum The This That These What How Why When Where Der Die Das Ein Eine Wie Was Warum Wenn Mit Für Bei Nach Und Oder Aber Alle Mehr Neue Neuer Neues Unsere Unser Mein Meine Les Une Des Los Las Una Con Para Como Gli Per Gemeinde Stadt Land Kreis Autor Autorin Gast Gastautor Admin Administrator Permalink Lizenz Credits Download PDF Newsletter Magazin Magazine Zeitung Zeitschrift Verlag Post Journal Morgenpost Tagblatt Times Herald Tribune Gazette Today University Universität Institut Institute Stiftung Foundation Bund Bundesamt Ministerium Partei Verein Gesellschaft Haushalt Special Specials Recht Steuern Finanzen Geld Job Karriere Beruf Familie Kinder Garten Wohnen Rezept Rezepte Forum Forenprofi',
  ).split(' '),
)

const staffWords = new Set(
  phraseKey(
    'Redaktion Redaction Redacción Redação Redazione Redactie Redakcja Редакция Editors Staff Team Webteam Newsroom Desk Kitchens Agenturen Agencies',
  ).split(' '),
)

/** Marks between the parts of a line that says several things. */
const parting = /\s*[|·•¦»«∙●／]\s*|\s+[–—-]+\s+|\s*\/\/\s*|\s{3,}|\t+|\s*\u0000+\s*/u
const mail =
  /[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){1,4}|\[email[\s\u00a0]protected\]/u
const handle = /@[A-Za-z0-9_]{2,30}/

/**
 * Reads a line as a byline, its dates set aside. Null where it is none.
 * @param dates those found in the line
 */
export function readByline(line: string, dates: readonly DateReading[]): Byline | null {
  if (line.length > 240) return null
  let text = withoutDates(line, dates)
  const email = mail.exec(text)?.[0] ?? null
  if (email) text = text.replace(email, '\u0000')
  const account = handle.exec(text)?.[0]
  if (account) text = text.replace(account, '\u0000')
  const parts = text
    .split(parting)
    .map(part => part.trim())
    .filter(part => /[\p{L}\p{N}]/u.test(part))
  let found: Byline | null = null
  let role: string | null = null
  for (const [index, part] of parts.entries()) {
    const signed = readPart(part, dates.length > 0)
    if (signed) signed.leads = index === 0
    if (signed && (!found || (signed.announced && !found.announced))) found = signed
    else if (found && !role && isRole(part)) role = part
  }
  if (!found) return null
  const [first] = found.authors
  if (first && email && !email.startsWith('[')) first.email = email
  if (first && role && !first.role) first.role = role
  return found
}

function withoutDates(line: string, dates: readonly DateReading[]): string {
  let text = ''
  let from = 0
  for (const date of dates) {
    text += `${line.slice(from, date.start)}\u0000`
    from = date.end
  }
  return text + line.slice(from)
}

function isRole(part: string): boolean {
  return (
    part.length <= 60 &&
    phraseKey(part)
      .split(' ')
      .some(word => roleWords.has(word))
  )
}

/** One part of a line: "Published", "by Jane Doe, Staff writer", "Jane Doe". */
function readPart(part: string, dated: boolean): Byline | null {
  const words = part
    .replace(/\u0000/g, ' ')
    .trim()
    .split(/[\s\u00a0]+/)
  const keys = words.map(phraseKey)
  let at = 0
  let announced = false
  let strong = dated
  for (let steps = 0; steps < 4 && at < words.length; steps++) {
    const rest = keys.slice(at, at + 6).filter(Boolean)
    const by = byWords.opening(rest)
    if (by) {
      announced = true
      strong ||= !weakBy.has(rest.slice(0, by).join(' '))
      at += spanOf(keys, at, by)
      continue
    }
    const filler = publishWords.opening(rest) || updateWords.opening(rest)
    if (!filler || announced) break
    at += spanOf(keys, at, filler)
  }
  if (!announced && at === 0) [at, announced] = gluedBy(words)
  const end = announced || dated ? nameEnd(keys, at) : words.length
  const name = words
    .slice(at, end)
    .join(' ')
    .replace(/^[\s:：,;/-]+|[\s:：,;/(-]+$/g, '')
  if (!name || !/\p{L}/u.test(name)) return null
  const whole = dated && !/[:：…]/.test(part)
  const found = nameList(name, { announced, loose: announced && strong, dated: whole })
  if (found || !announced || words.length > 2 || !/^[\p{L}\d_.-]{3,30}$/u.test(name)) return found
  const signed = readName(name, { announced, loose: true, dated: false })
  return (
    signed && { authors: [signed], agency: null, announced, knownName: false, leads: false, slight: true }
  )
}

/** Words that introduce much besides names. */
const weakBy = new Set(
  'by von par por di da door durch av af text texto tekst texte haber 文 글 redaktion przez'.split(' '),
)

/** Where the name ends: before the "on" of a date, a section's name, or an invitation to comment. */
function nameEnd(keys: readonly string[], from: number): number {
  let end = keys.length
  for (let at = from + 1; at < end; at++) if (endingOf(keys.slice(at, end).join(' '))) end = at
  while (
    end > from + 1 &&
    (!keys[end - 1] || tailWords.has(keys[end - 1]!) || (end > from + 2 && isSectionName(keys[end - 1]!)))
  )
    end--
  return end
}

const tailWords = new Set('am on at um le el il in a la en op dne w on'.split(' '))

/** Words (marks included) that hold `count` keyed words. */
function spanOf(keys: readonly string[], from: number, count: number): number {
  let taken = 0
  let at = from
  while (at < keys.length && taken < count) if (keys[at++]) taken++
  return at - from
}

/** "ByTravis Haney": the word and the name run together. */
function gluedBy(words: string[]): [number, boolean] {
  const match = /^(By|Von|Par|Por|Di)(\p{Lu}\p{Ll}.*)$/u.exec(words[0]!)
  if (!match || words.length < 2) return [0, false]
  words[0] = match[2]!
  return [0, true]
}

const between = /\s*(?:,|;|&|\+|\s(?:and|und|et|y|e|i|и|en|og|och|ja|ve|و|with|mit)\s|、|・)\s*/u

interface Manner {
  /** A word like "by" stands before. */
  announced: boolean
  /** One word is enough. */
  loose: boolean
  /** A date stands on the same line. */
  dated: boolean
}

function nameList(text: string, manner: Manner): Byline | null {
  const [own, agency] = withoutAgency(text)
  const pieces = own
    .split(between)
    .map(piece => piece.trim())
    .filter(Boolean)
  const authors: Author[] = []
  let known = pieces.length > 0
  for (const piece of pieces.slice(0, 8)) {
    const person = readName(piece, manner) ?? (agency && /^\p{Ll}{2,4}$/u.test(piece) ? author(piece) : null)
    if (person) {
      known &&= isGivenName(person.name.split(/\s/)[0]!)
      authors.push(person)
      continue
    }
    const last = authors.at(-1)
    if (!last) break
    if (isRole(piece)) last.role ??= piece
  }
  if (authors.length === 0 && !agency) return null
  return {
    authors,
    agency,
    announced: manner.announced,
    knownName: known && authors.length > 0,
    leads: false,
    slight: false,
  }
}

/** Agencies that sign in small letters. */
const smallAgencies = new Set('ap afp dpa apa epd kna sid sda ats efe ddp dapd ots tt'.split(' '))

/** Takes agencies out of "det/dpa", "AFP/The Local", "Jane Doe (AP)". */
function withoutAgency(text: string): [string, string | null] {
  const found: string[] = []
  const kept = text
    .split(/(\s*[/()]\s*|\s*,\s*)/)
    .filter(piece => {
      if (!isAgency(piece.trim())) return true
      found.push(piece.trim())
      return false
    })
    .join('')
  const rest = kept.replace(/^[\s/(),]+|[\s/(),]+$/g, '').replace(/\s*\/\s*/g, ', ')
  return [rest, found.length > 0 ? found.join(', ') : null]
}

/** In capitals, as a name of some length, or as one of those that sign in small letters. */
function isAgency(piece: string): boolean {
  if (!agencyNames.has(phraseKey(piece))) return false
  return piece === piece.toUpperCase() || /^\p{Lu}\p{Ll}{3,}$/u.test(piece) || smallAgencies.has(piece)
}

/** A person's name, with the role that may follow it ("Richard Adams Education editor"). Null where it is none. */
function readName(text: string, { announced, loose, dated }: Manner): Author | null {
  const trimmed = text.replace(/^[\s"“”'(]+|[\s"“”'),;:]+$/g, '')
  if (trimmed.length < 2 || trimmed.length > 60) return null
  if (isIdeographicName(trimmed)) return author(trimmed)
  let words = trimmed.split(/\s+/)
  let role: string | null = null
  const roleAt = words.findIndex((word, index) => index > 1 && roleWords.has(phraseKey(word)))
  if (roleAt > 1) {
    const split = /^(?:\p{Lu}\.?|van|von|de|der|al|el)$/u.test(words[1]!) ? 3 : 2
    role = words.slice(split).join(' ')
    words = words.slice(0, split)
  }
  const forAt = words.findIndex(word => /^(?:for|für|pour|para|per)$/i.test(word))
  if (forAt > 1) words = words.slice(0, forAt)
  const name = words.join(' ')
  if (isName(words, announced)) return { ...author(name), role }
  if (!announced) return isOffice(words) || (dated && isHandle(words)) ? author(name) : null
  // After "by" one word is enough: a pen name, a handle, an office.
  if (
    loose &&
    words.length <= 4 &&
    name.length <= 40 &&
    /^[\p{L}\p{N}_.@*+-]+(?: [\p{L}\p{N}_.&-]+){0,3}$/u.test(name)
  ) {
    if (words.length > 1 && !words.some(word => staffWords.has(phraseKey(word)) || /^\p{Lu}/u.test(word)))
      return null
    return noNames.has(phraseKey(name)) || !/\p{L}/u.test(name) ? null : { ...author(name), role }
  }
  return null
}

/** "Redaktion", "Example Staff": an office that signs. */
function isOffice(words: readonly string[]): boolean {
  return words.length <= 3 && words.every(word => /^\p{Lu}[\p{L}.-]+$/u.test(word)) && isStaff(words.at(-1)!)
}

/** "macbacchi", "HansEhrlich", "user_42": no word of a language is written so. */
function isHandle(words: readonly string[]): boolean {
  const [word = ''] = words
  if (words.length > 1 || word.length < 3 || word.length > 30) return false
  return /^\p{Ll}[\p{Ll}\d_.-]+$|^\p{Lu}\p{Ll}+\p{Lu}[\p{L}\d]*$|^[\p{L}\d]+_[\p{L}\d_]+$|^\p{L}+\d+$/u.test(
    word,
  )
}

function author(name: string): Author {
  return { name, url: null, email: null, role: null }
}

/** Two to four ideographs, or two short runs of them. */
function isIdeographicName(text: string): boolean {
  return (
    /^[\p{sc=Han}]{2,4}(?:[\s　]?[\p{sc=Han}]{1,3})?$|^\p{sc=Hangul}{2,4}(?:\s?기자)?$/u.test(text) ||
    /^[\p{sc=Katakana}ー・]{3,16}$/u.test(text)
  )
}

/** Two to five words, capitalised but for particles; letters of scripts without capitals count as such. */
export function isName(words: readonly string[], announced: boolean): boolean {
  if (words.length < 2 || words.length > 6) return false
  let capitals = 0
  for (const [index, word] of words.entries()) {
    const key = phraseKey(word)
    if (noNames.has(key) && !(announced && index > 0)) return false
    if (/^[\p{Lu}\p{Lt}][\p{L}\p{M}'’.-]*$|^\p{Lo}[\p{L}\p{M}\u200c-]*$/u.test(word)) capitals++
    else if (
      !(particles.has(word.toLowerCase()) && index > 0 && index < words.length - 1) &&
      !(particles.has(word) && index === 0 && words.length > 2)
    )
      return false
  }
  return capitals >= 2 && capitals <= 5
}

export function isStaff(name: string): boolean {
  return phraseKey(name)
    .split(' ')
    .some(word => staffWords.has(word))
}
