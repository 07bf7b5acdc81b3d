import type { Author } from '../model/article.ts'
import type { DateReading } from '../text/date-grammar.ts'
import { foldWord, gregorianMonths, weekdayNames } from '../text/month-names.ts'
import { isGivenName } from './given-names.ts'
import {
  agencyNames,
  byLabels,
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
  /** The line is the name or names and nothing else, but for a place or a newspaper behind a mark. */
  alone: boolean
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
  let text = parted(withoutDates(line, dates))
  const email = mail.exec(text)?.[0] ?? null
  if (email) text = text.replace(email, '\u0000')
  const account = handle.exec(text)?.[0]
  if (account) text = text.replace(account, '\u0000')
  text = withoutSpan(text)
  const parts = text
    .split(parting)
    .map(part => part.trim())
    .filter(part => /[\p{L}\p{N}]/u.test(part))
  let found: Byline | null = null
  let role: string | null = null
  for (const [index, part] of parts.entries()) {
    const signed = readPart(part, dates.length > 0, index === 0)
    if (signed) signed.leads = index === 0
    if (signed && (!found || (signed.announced && !found.announced))) found = signed
    else if (found && !role && isRole(part)) role = part
  }
  if (!found) return null
  const others = parts.length - 1
  found.alone &&=
    others === 0 ||
    (others === 1 && parts.every(part => part.split(/\s/).length <= 8 && !/\p{Nd}/u.test(part)))
  const [first] = found.authors
  if (first && email && !email.startsWith('[')) first.email = email
  if (first && role && !first.role) first.role = role
  return found
}

/** Marks around a line, of Markdown or of a printed page: "*by Jane Doe*", "[Jane Doe]". */
const wrapping = /^[\s*_[~]+|[\s*_\]~]+$/gu
/** "来源：示例日报 作者：张三", "Text: Jane Doe Photo: John Roe", "(IST)Author: …": a label opens a part of the line. */
const beforeLabel =
  /(?:(?<=[:：][^:：]{2,60})\s+|(?<=[)\u0000])(?=\p{Lu}))(?=[\p{L}*]{1,24}\s?[:：]\s?\p{L})/gu
/** "by Jane Doe Photo: …": another's work on the same line. */
const beforeCredit = /(?<=\p{L})\s+(?=(?:Fotos?|Photos?|Bild(?:er)?|Images?|Zdjęcia|Fot\.)\s?:)/u
/** "文／張三": the label of scripts that need no space. */
const signOfWriter = /^(\p{sc=Han}{1,4})\s?[／/｜]\s?(?=\p{sc=Han}{2,4}(?!\p{L}))/u
/** "ByTravis Haney", "vonChris Jung": the word and the name run together. */
const gluedBy = /(?<!\p{L})(By|by|Von|von|Par|par|Por|por)(?=\p{Lu}\p{Ll})/gu
/** "Marla MillingContributor": two words run together. */
const gluedWord = /(?<=\p{Ll})(\p{Lu}\p{Ll}{3,})/gu

const isWrapped = /^[\s*_[~]|[\s*_\]~]$/
const isGlued = /\p{Ll}\p{Lu}/u

/** A line with marks around it taken off, and what runs together in it parted. Most lines have nothing of the kind. */
function parted(line: string): string {
  let text = isWrapped.test(line) ? line.replace(wrapping, '') : line
  if (/[／/｜]/.test(text))
    text = text.replace(signOfWriter, (whole, word: string) =>
      byWords.has(phraseKey(word)) ? `${word}： ` : whole,
    )
  const glued = isGlued.test(text)
  if (glued) text = text.replace(gluedBy, '$1 ')
  if (/[:：]/.test(text))
    text = text
      .replace(beforeCredit, '\u0000')
      .replace(beforeLabel, '\u0000')
      .replace(/(?<=\p{L})([:：])(?=\p{L})/gu, '$1 ')
  return glued
    ? text.replace(gluedWord, (word: string) => (isNoPartOfNames(word) ? ` \u0000${word}` : word))
    : text
}

function isNoPartOfNames(word: string): boolean {
  const key = phraseKey(word)
  return (
    roleWords.has(key) || publishWords.has(key) || updateWords.has(key) || key === 'view' || isDayName(word)
  )
}

/** A weekday or a month, and no given name ("Sam", "April"). */
function isDayName(word: string): boolean {
  const folded = foldWord(word.replace(/\.$/, ''))
  return (weekdayNames.has(folded) || gregorianMonths.has(folded)) && !isGivenName(folded)
}

/** "7 hours ago", "vor 2 Stunden", "3 min read": how long ago, or how long to read. It stands beside names as dates do. */
const span =
  /(?:(?<![\p{L}\d])(?:published|posted|updated|vor|hace|il y a|há|prije|for|för)\s)?(?<!\d)\d{1,3}\s?(?:m|min|mins|minutes?|h|hrs?|hours?|d|days?|weeks?|months?|years?|Sek(?:unden)?|Min(?:uten)?|Stunden?|Tag(?:en)?|Wochen?|Monat(?:en)?|Jahr(?:en)?|minutos?|horas?|días?|dias?|semanas?|meses|heures?|jours?|semaines?|mois|minuti|ore|giorni|uur|dagen|timer?|minutter|timmar|dagar|dni|godzin)(?![\p{L}\d])(?:\s(?:ago|read|geleden|fa|atrás|sedan|siden|temu|de lecture|de lectura|di lettura|de leitura|Lesezeit|leestijd))?/iu

/** Digits and a word right behind them, as in no date that is left. */
const isCounted = /\d\s?\p{L}/u

function withoutSpan(text: string): string {
  return isCounted.test(text) ? text.replace(span, '\u0000') : text
}

/** Whether a line says how long ago something was, and nothing else. */
export function isSpan(line: string): boolean {
  return line.length <= 40 && isCounted.test(line) && !/[\p{L}\p{N}]/u.test(line.replace(span, ''))
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

/** "Staff Writer", "Education editor": the last word is a role, and the first no given name. */
function isRoleAlone(part: string): boolean {
  const words = part.split(/\s+/)
  const [first = ''] = words
  return roleWords.has(phraseKey(words.at(-1) ?? '')) && !isGivenName(first)
}

/** One part of a line: "Published", "by Jane Doe, Staff writer", "Jane Doe". */
function readPart(part: string, dated: boolean, first: boolean): Byline | null {
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
  // What ends in "기자" (reporter) is signed, and nothing else.
  if (!announced && /\p{sc=Hangul}/u.test(part) && koreanReporter.test(words.join(' ')))
    [announced, strong] = [true, true]
  const label = announced ? 0 : (first && labelEnd(words)) || byAmid(keys)
  if (label > 0) [at, announced, strong] = [label, true, true]
  const end = announced || dated ? nameEnd(keys, at) : words.length
  const name = words
    .slice(at, end)
    .join(' ')
    .replace(/^[\s:：,;/(-]+|[\s:：,;/(-]+$/g, '')
  if (!name || !/\p{L}/u.test(name)) return null
  const whole = dated && !/[:：…]/.test(part)
  const found = nameList(name, { announced, loose: announced && strong, dated: whole })
  if (found || !announced || !oneName.test(name)) return found
  const signed = readName(name, { announced, loose: true, dated: false })
  return (
    signed && {
      authors: [signed],
      agency: null,
      announced,
      knownName: false,
      leads: false,
      alone: false,
      slight: true,
    }
  )
}

/** A handle, which ends in no full stop as a sentence does ("Text here."), or a house in a few words with capitals. */
const oneName = /^(?:[\p{L}\d_.-]{2,29}[\p{L}\d_-]|\p{Lu}[\p{L}\d.&-]*(?: \p{Lu}[\p{L}\d.&-]*){1,3})$/u

/** How many words a label like "Interview:" takes; 0 for none. */
function labelEnd(words: readonly string[]): number {
  const last = words.findIndex(word => /[:：]$/u.test(word))
  return last >= 0 && last < 4 && byLabels.has(phraseKey(words.slice(0, last + 1).join(' '))) ? last + 1 : 0
}

/** "The Example Written by Jane Doe": two words or more that introduce a name behind a few of others; where they end, or 0. */
function byAmid(keys: readonly string[]): number {
  for (let at = 1; at < Math.min(4, keys.length); at++) {
    const by = byWords.opening(keys.slice(at, at + 6))
    if (by > 1) return at + by
  }
  return 0
}

/** Words that introduce much besides names. */
const weakBy = new Set(
  'by von par por di da door durch av af text texto tekst texte haber 文 글 redaktion przez'.split(' '),
)

/** Where the name ends: before the "on" of a date, a section's name, or an invitation to comment. */
function nameEnd(keys: readonly string[], from: number): number {
  let end = keys.length
  for (let at = from + 1; at < end; at++) if (endingOf(keys.slice(at, end).join(' '))) end = at
  // "Jane Doe Published …", "Jane Doe The Example Times", "Jane Doe Example News": what follows names nobody.
  for (let at = from + 2; at < end; at++)
    if (keys[at] === 'the' || ((keys[at]?.length ?? 0) > 4 && saysWhen(keys, at))) end = at
  const last = () => keys[end - 1] ?? ''
  if (end > from + 2 && keys[from] !== 'the' && houseWords.has(last())) end -= end > from + 3 ? 2 : 1
  const isNoName = () => !last() || tailWords.has(last()) || (end > from + 2 && isSectionName(last()))
  while (end > from + 1 && isNoName()) end--
  return end
}

function saysWhen(keys: readonly string[], at: number): boolean {
  return publishWords.opening(keys, at) > 0 || updateWords.opening(keys, at) > 0
}

/** What newspapers, broadcasters and agencies are called, behind their own names. */
const houseWords = new Set(
  'news press times post herald tribune gazette shimbun today magazine zeitung'.split(' '),
)

const tailWords = new Set('am on at um le el il in a la en op dne w on'.split(' '))

/** Words (marks included) that hold `count` keyed words. */
function spanOf(keys: readonly string[], from: number, count: number): number {
  let taken = 0
  let at = from
  while (at < keys.length && taken < count) if (keys[at++]) taken++
  return at - from
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
  const [own, agency] = withoutAgency(text.replace(/(?<=\S \S+) en \p{Lu}\p{L}+$/u, ''))
  const pieces = own
    .split(between)
    .map(piece => piece.trim())
    .filter(Boolean)
  const isSentence = !manner.announced && / (?:mit|with) /.test(own)
  const authors: Author[] = []
  let known = pieces.length > 0
  for (const piece of pieces.slice(0, 8)) {
    const isRoleOfLast = authors.length > 0 && isRoleAlone(piece)
    const person =
      (isRoleOfLast ? null : readName(piece, manner)) ??
      (agency && /^\p{Ll}{2,4}$/u.test(piece) ? author(piece) : null)
    if (person) {
      known &&= isGivenName(person.name.split(/\s/)[0] ?? '')
      authors.push(person)
      continue
    }
    const last = authors.at(-1)
    if (!last) break
    if (isRole(piece)) last.role ??= piece
    // "Jane Doe mit Wirkung zum …"
    else if (isSentence) return null
  }
  if (authors.length === 0 && !agency) return null
  return {
    authors,
    agency,
    announced: manner.announced,
    knownName: known && authors.length > 0,
    leads: false,
    alone: pieces.length === authors.length,
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
  const reporter = koreanReporter.exec(trimmed)?.groups
  if (reporter?.name) return { ...author(reporter.name), role: reporter.role ?? null }
  if (isIdeographicName(trimmed, announced)) return author(trimmed)
  const nick = /["“„(]/.test(trimmed) ? nickname.exec(trimmed)?.[0] : undefined
  if (nick) {
    const named = readName(trimmed.replace(nick, ' '), { announced, loose: false, dated })
    return named && { ...named, name: trimmed }
  }
  let words = trimmed.split(/\s+/)
  // "Jane Doe for The Example", "Jane Doe in London", "Jane Doe is a writer in London."; "Jane Doe is dead." is what happened.
  const forAt = words.findIndex(
    (word, at) => behindNames.test(word) || (isVerb.test(word) && words.slice(at).some(isRoleWord)),
  )
  if (forAt > 1 || (forAt === 1 && announced)) words = words.slice(0, forAt)
  let role: string | null = null
  const roleAt = words.findIndex((word, index) => index > 1 && isRoleWord(word))
  if (roleAt > 1) {
    const split = /^(?:\p{Lu}\.?|van|von|de|der|al|el)$/u.test(words[1] ?? '') ? 3 : 2
    role = words
      .slice(split)
      .join(' ')
      .replace(/^\(|\)$/g, '')
    words = words.slice(0, split)
  }
  const name = words.join(' ')
  if (isName(words, announced)) return { ...author(name), role }
  if (announced && words.length > 1 && isOffice(words.slice(1)) && phraseKey(words[0] ?? '').length <= 4)
    return author(name)
  if (announced && isSmallName(words)) return author(name)
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

/** 'Jane "Jay" Doe': what somebody is called stands between their names. */
const nickname = /(?<=^\p{Lu}\p{L}+)\s["“„(][\p{L} .'-]{2,24}["”“)]\s(?=\p{Lu}\p{L}+$)/u

const behindNames = /^(?:for|für|pour|para|per|in|aus|à|en|em|at)$/i
const isVerb = /^(?:is|ist|est|es)$/i
const isRoleWord = (word: string) => roleWords.has(phraseKey(word))

/** "홍길동 기자", "서울 홍길동 특파원", "홍길동 기자 외 1명". */
const koreanReporter =
  /(?:^|[\s,])(?<name>\p{sc=Hangul}{2,4})\s?(?<role>(?:선임|수석|인턴|객원|전문)?\s?(?:기자|특파원|논설위원))(?:\s외\s?\d+명)?$/u

/** "jane doe": who writes small writes all of it small, and the first name is known. */
function isSmallName(words: readonly string[]): boolean {
  return (
    words.length >= 2 &&
    words.length <= 3 &&
    words.every(word => /^\p{Ll}[\p{Ll}'’.-]+$/u.test(word)) &&
    isGivenName(words[0] ?? '')
  )
}

/** "Redaktion", "Example Staff": an office that signs. */
function isOffice(words: readonly string[]): boolean {
  return (
    words.length <= 3 && words.every(word => /^\p{Lu}[\p{L}.-]+$/u.test(word)) && isStaff(words.at(-1) ?? '')
  )
}

/** "macbacchi", "HansEhrlich", "user_42": no word of a language is written so. */
function isHandle(words: readonly string[]): boolean {
  const [word = ''] = words
  if (words.length > 1 || word.length < 3 || word.length > 30 || isDayName(word) || isDomain.test(word))
    return false
  return /^\p{Ll}[\p{Ll}\d_.-]+$|^\p{Lu}\p{Ll}+\p{Lu}[\p{L}\d]*$|^[\p{L}\d]+_[\p{L}\d_]+$|^\p{L}+\d+$/u.test(
    word,
  )
}

/** "www.example.org" */
const isDomain = /^www\.|\.\p{Ll}{2,}$/u

function author(name: string): Author {
  return { name, url: null, email: null, role: null }
}

/** How houses and offices are called in ideographs, and none of the persons who sign. */
const ideographicHouse =
  /(?:新聞|新闻|日報|日报|時報|时报|通信|通讯|報道|报道|編集部|编辑部|会社|公司|機関|机构|[社部局省庁網网台版])$/u

/** Two to four ideographs, or two short runs of them. Two alone, or a word in katakana, are a name where something says so only. */
function isIdeographicName(text: string, announced: boolean): boolean {
  if (/^[\p{sc=Katakana}ー・]{3,16}$/u.test(text)) return announced || /.・./u.test(text)
  if (!announced && (ideographicHouse.test(text) || /^\p{sc=Han}{2}$/u.test(text))) return false
  return /^[\p{sc=Han}]{2,4}(?:[\s　]?[\p{sc=Han}]{1,3})?$|^\p{sc=Hangul}{2,4}$/u.test(text)
}

/** A phrase: names have no more than four characters together. */
const longIdeographs = /[\p{sc=Han}\p{sc=Hiragana}]{6}/u

/** Two to five words, capitalised but for particles; letters of scripts without capitals count as such. */
export function isName(words: readonly string[], announced: boolean): boolean {
  if (words.length < 2 || words.length > 6) return false
  let capitals = 0
  for (const [index, word] of words.entries()) {
    const key = phraseKey(word)
    // "Jane Van Der Doe", "Mark Di Doe": particles with a capital, in the middle, count as little as those without.
    if (index > 0 && index < words.length - 1 && particles.has(key) && /^\p{Lu}\p{Ll}+$/u.test(word)) continue
    if (noNames.has(key) && !(announced && index > 0)) return false
    if ((index > 0 && isDayName(word)) || longIdeographs.test(word)) return false
    if (/^[\p{Lu}\p{Lt}][\p{L}\p{M}'’.-]*$|^\p{Lo}[\p{L}\p{M}\u200c-]*$/u.test(word)) capitals++
    else if (
      !(particles.has(word.toLowerCase()) && index > 0 && index < words.length - 1) &&
      !(particles.has(word) && index === 0 && words.length > 2)
    )
      return false
  }
  // "A A": buttons that change the size of letters.
  return capitals >= 2 && capitals <= 5 && words.some(word => word.length > 1)
}

export function isStaff(name: string): boolean {
  return phraseKey(name)
    .split(' ')
    .some(word => staffWords.has(word))
}
