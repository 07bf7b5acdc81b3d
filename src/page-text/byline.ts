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
import { hasSurname, readScriptByline } from './script-names.ts'

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
  /** How long ago something was stands on the line, or the author's address. */
  supported: boolean
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
    'EST EDT IST PST PDT CST CDT BST GMT UTC CET CEST HKT Uhr Kommentare Kommentar Comments Comment Seite Page Home News Nachrichten Politik Sport Wirtschaft Kultur Panorama Wissen Digital Meinung Gesellschaft Allgemein Allgemeines Aktuelles Aktuell Blog Artikel Article Beitrag Thema Themen Video Foto Fotos Bild Bilder Photo Photos Images Updated Published Posted Update Read More Share Teilen Min Minuten Minutes Lesezeit Views Tags Kategorie Kategorien Category Uncategorized General Verband Umwelt Energie Gesundheit Technik Wissenschaft Leben Mode Reise Reisen Essen Auto Kino Musik Film Filme Buch Termine Presse Pressemitteilung Pressemitteilungen Meldung Meldungen Januar Deutschland Österreich Schweiz Berlin Hamburg Wien Opinion Business World Politics Technology Science Health Culture Sports Entertainment Travel Lifestyle Food Local National International Europe Mundo Política Deportes Economía Sociedad Cultura Espectáculos Opinión Interior País Actualidad Notícias Esportes Economia Cronaca Monde Société Économie Sommaire Editorial Analysis Interview Exclusive Exklusiv Advertisement Anzeige Werbung Startseite Suche Menü Menu Kontakt Impressum The This That These What How Why When Where Der Die Das Ein Eine Wie Was Warum Wenn Mit Für Bei Im Zum Zur Vom Am Auf Aus Beim Ins Über Unter Gegen Durch Zwischen Ohne Seit Nach Und Oder Aber Alle Mehr Neue Neuer Neues Unsere Unser Mein Meine Les Une Des Los Las Una Con Para Como Gli Per Gemeinde Stadt Land Kreis Autor Autorin Gast Gastautor Admin Administrator Permalink Lizenz Credits Download PDF Newsletter Magazin Magazine Zeitung Zeitschrift Verlag Post Journal Morgenpost Tagblatt Times Herald Tribune Gazette Today University Universität Institut Institute Stiftung Foundation Bund Bundesamt Ministerium Partei Verein Haushalt Special Specials Recht Steuern Finanzen Geld Job Karriere Beruf Familie Kinder Garten Wohnen Rezept Rezepte Forum Forenprofi Merkezi Laporan حوار تقرير تحقيق مقال خبر أخبار رأي گزارش گفتگو یادداشت See Without Added Removed Updates Learn View Click Follow Seguir Suivre Folgen Segui',
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
  if (line.length > 240 || ofElsewhere.test(line)) return null
  let text = parted(withoutDates(line, dates))
  const email = mail.exec(text)?.[0] ?? null
  if (email) text = text.replace(email, '\u0000')
  const account = handle.exec(text)?.[0]
  if (account) text = text.replace(account, '\u0000')
  const beforeSpan = text
  text = withoutSpan(text)
  const supported = email !== null || account !== undefined || text !== beforeSpan
  const inScript = readScriptByline(text)
  if (inScript) return { ...ofScript(inScript, text), supported }
  const parts = text
    .split(parting)
    .map(part => part.trim())
    .filter(part => /[\p{L}\p{N}]/u.test(part))
  let found: Byline | null = null
  let role: string | null = null
  for (const [index, part] of parts.entries()) {
    const signed = readPart(part, dates.length > 0, index === 0)
    if (signed) signed.leads = index === 0
    if (signed && (!found || outweighs(signed, found))) found = signed
    else if (found && !role && isRole(part)) role = part
  }
  // "Jane Doe said on 2 May 2020:", "“A work of theirs” – Jane Doe"
  if (!found || (!found.announced && /[:：]$|^["“„«‘]/u.test(line))) return null
  const others = parts.length - 1
  found.supported = supported
  found.alone &&=
    others === 0 ||
    (others === 1 && parts.every(part => part.split(/\s/).length <= 8 && !/\p{Nd}/u.test(part)))
  const [first] = found.authors
  if (first && email && !email.startsWith('[')) first.email = email
  if (first && role && !first.role) first.role = role
  return found
}

/** "A photo posted by Jane Doe (@jane) on …": what is shown of another site. */
const ofElsewhere = /\b(?:posted|shared) by .*\(@[\w.]+\)/u

/** What is said to be a name before what only looks like one, and one that begins as many do before others. */
function outweighs(one: Byline, other: Byline): boolean {
  if (one.announced !== other.announced) return one.announced
  if (other.authors.length === 0) return one.authors.length > 0
  return !one.announced && one.knownName && !other.knownName
}

function ofScript({ names, role }: { names: string[]; role: string | null }, text: string): Byline {
  return {
    ...noByline,
    authors: names.map(name => ({ ...author(name), role })),
    announced: true,
    knownName: names.every(hasSurname),
    leads: text.indexOf(names[0] ?? '\u0000') <= 12,
  }
}

const noByline: Byline = {
  authors: [],
  agency: null,
  announced: false,
  knownName: false,
  leads: false,
  alone: false,
  supported: false,
  slight: false,
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
  text = text.replace(/^เรื่อง (?=.* ภาพ )/u, 'เรื่อง: ')
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

function isWeekday(key: string): boolean {
  return weekdayNames.has(key) && !isGivenName(key)
}

/** "7 hours ago", "vor 2 Stunden", "3 min read": how long ago, or how long to read. It stands beside names as dates do. */
const span =
  /(?:(?:(?<![\p{L}\d])|(?<=\p{Ll})(?=vor |hace |il y a |há ))(?:published|posted|updated|vor|hace|il y a|há|prije|for|för)\s)?(?<!\d)\d{1,3}\s?(?:m|min|mins|minutes?|h|hrs?|hours?|d|days?|weeks?|months?|years?|Sek(?:unden)?|Min(?:uten)?|Stunden?|Tag(?:en)?|Wochen?|Monat(?:en)?|Jahr(?:en)?|minutos?|horas?|días?|dias?|semanas?|meses|heures?|jours?|semaines?|mois|minuti|ore|giorni|uur|dagen|timer?|minutter|timmar|dagar|dni|godzin)(?![\p{L}\d])(?:\s(?:ago|read|geleden|fa|atrás|sedan|siden|temu|de lecture|de lectura|di lettura|de leitura|Lesezeit|leestijd))?/iu

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
  const labelled = first ? labelEnd(words) : 0
  for (let steps = 0; labelled === 0 && steps < 4 && at < words.length; steps++) {
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
  const label = announced ? 0 : labelled || byAmid(keys)
  if (label > 0) [at, announced, strong] = [label, true, true]
  // "Author information", "Texte intégral": without a colon such a word stands before names with a capital alone. It stands where bylines do.
  if (
    announced &&
    label === 0 &&
    labelsAlone.has(keys[at - 1] ?? '') &&
    /^\p{Ll}/u.test(words[at] ?? '') &&
    !/[:：]$/u.test(words[at - 1] ?? '')
  )
    return { ...noByline, announced }
  const end = announced || dated ? nameEnd(keys, at) : words.length
  // "Last changed: 2 May 2020", "Jane Doe, 2 May 2020:": a label, or whose words follow.
  if (!announced && (/^[:：]/u.test(part) || (end === words.length && /[:：]$/u.test(part)))) return null
  const name = words
    .slice(at, end)
    .join(' ')
    .replace(/^[\s:：,;/(-]+|[\s:：,;/(-]+$/g, '')
  if (!name || !/\p{L}/u.test(name)) return null
  // "Av. Alm. Reis 139, 1150-015": an address.
  if (announced && !strong && /\d{3}/.test(words.slice(end).join(' '))) return null
  // "Entrevista de trabajo", "Haber: deprem", "كتب جديدة": one word that no capital or mark shows to be a name.
  if (
    announced &&
    oneWord.test(name) &&
    ((label > 0 && name.length > 3) || nounsOfBylines.has(keys[0] ?? '') || caseless.test(name))
  )
    return { ...noByline, announced }
  const whole = dated && !/[:：…]/.test(part)
  const found = nameList(name, { announced, loose: announced && strong, dated: whole })
  if (found || !announced || !oneName.test(name)) return found
  const signed = readName(name, { announced, loose: true, dated: false })
  return signed && { ...noByline, authors: [signed], announced, slight: true }
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

const labelsAlone = new Set(
  'author authors autor autorin autoren autore auteur auteurs texto texte text tekst автор авторы текст'.split(
    ' ',
  ),
)

/** What a text is called before "of" or "by", and what it may be about as well. */
const nounsOfBylines = new Set(
  'entrevista intervista texto textos texte testo testi tekst текст guide as contributors contributor'.split(
    ' ',
  ),
)
const oneWord = /^(?:\p{Ll}{3,}|\p{Lo}[\p{L}\p{M}]*)$/u
const caseless = /^[\p{sc=Arabic}\p{sc=Hebrew}\p{sc=Thai}\p{sc=Devanagari}]/u

/** Where the name ends: before the "on" of a date, a section's name, or an invitation to comment. */
function nameEnd(keys: readonly string[], from: number): number {
  let end = keys.length
  for (let at = from + 1; at < end; at++) if (endingOf(keys.slice(at, end).join(' '))) end = at
  // "Jane Doe Published …", "Jane Doe The Example Times", "Jane Doe Example News": what follows names nobody.
  for (let at = from + 2; at < end; at++)
    if (keys[at] === 'the' || ((keys[at]?.length ?? 0) > 4 && saysWhen(keys, at))) end = at
  const last = () => keys[end - 1] ?? ''
  if (end > from + 2 && keys[from] !== 'the' && houseWords.has(last())) end -= end > from + 3 ? 2 : 1
  for (let at = from + 1; at < end; at++)
    if (pictureWords.has(keys[at] ?? '') && (at > from + 1 || /[^a-z]/.test(keys[at] ?? ''))) end = at
  const isNoName = () =>
    !last() || isWeekday(last()) || tailWords.has(last()) || (end > from + 2 && isSectionName(last()))
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

/** "Text Jane Doe Fotos John Roe": another's work, though no colon says so. */
const pictureWords = new Set(
  'foto fotos photo photos photographs photography pictures bild bilder illustration illustrationen illustrations fotografie fotografia kamera camera video ảnh 사진 写真 撮影 摄影 攝影 ภาพ تصویر صور צילום'
    .split(' ')
    .map(phraseKey),
)

const tailWords = new Set('am on at um le el il in a la en op dne w on'.split(' '))

/** Words (marks included) that hold `count` keyed words. */
function spanOf(keys: readonly string[], from: number, count: number): number {
  let taken = 0
  let at = from
  while (at < keys.length && taken < count) if (keys[at++]) taken++
  return at - from
}

const between =
  /\s*(?:,|;|&|\+|\s(?:and|und|et|y|e|i|и|en|og|och|ja|ve|dan|và|และ|و|with|mit)\s|、|・|\s[וו][־-](?=\p{sc=Hebrew}))\s*/u
/** "محمد علي وفاطمة حسن", "דנה כהן ויוסי לוי": the "and" is written with the second name, and two words stand on either side. */
const gluedAnd =
  /^(\S+ \S+) (?!وليد|وائل|وسيم|وسام|وفاء|وجدي|وحيد|وجيه|وهيب|ورד|ורד|ויקטור|ולדימיר|ויטלי|ורוני|ויקי|ווֹ)[וو](\p{L}{2,} \p{L}{2,})$/u

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
    .replace(gluedAnd, manner.announced ? '$1, $2' : '$&')
    .split(between)
    .map(piece => piece.trim())
    .filter(Boolean)
  const isSentence = !manner.announced && / (?:mit|with) /.test(own)
  const authors: Author[] = []
  let houses = 0
  let known = pieces.length > 0
  for (const [at, piece] of pieces.slice(0, 8).entries()) {
    // "LONDON, Jane Doe"
    if (at === 0 && pieces.length > 1 && /^\p{Lu}{3,}$/u.test(piece)) continue
    // "Interview by Jane Doe, photo by John Roe", "by Jane Doe, in News, Property"
    if (at > 0 && /^(?:in|on|en|dans) /.test(piece)) break
    if (at > 0 && pictureWords.has(phraseKey(piece.split(' ')[0] ?? ''))) break
    const isRoleOfLast = authors.length > 0 && isRoleAlone(piece)
    const person =
      (isRoleOfLast
        ? null
        : readName(piece, at > 0 && / /.test(piece) ? { ...manner, loose: false } : manner)) ??
      (agency && /^\p{Ll}{2,4}$/u.test(piece) ? author(piece) : null)
    if (person) {
      const [first = ''] = person.name.split(/\s/)
      known &&= (isGivenName(first) && !isMonthName.test(first)) || hasSurname(person.name)
      authors.push(person)
      continue
    }
    const last = authors.at(-1)
    if (!last && !isHouse(phraseKey(piece)) && !/^[\p{sc=Han}\s]{3,9}$/u.test(piece)) break
    if (!last || isHouse(phraseKey(piece))) houses++
    else if (isRole(piece)) last.role ??= piece
    // "Jane Doe mit Wirkung zum …"
    else if (isSentence) return null
  }
  // A house that signs is nobody's name, though the date beside it is the article's.
  if (authors.length === 0 && !agency && (houses === 0 || !manner.dated)) return null
  return {
    ...noByline,
    authors,
    agency,
    announced: manner.announced,
    knownName: known && authors.length > 0,
    alone: pieces.length === authors.length + houses,
  }
}

/** Given names that as often open a heading: "April Research Highlights". */
const isMonthName = /^(?:april|may|june|august)$/i

/** Agencies that sign in small letters. */
const smallAgencies = new Set('ap afp dpa apa epd kna sid sda ats efe ddp dapd ots tt'.split(' '))

/** Takes agencies out of "det/dpa", "AFP/The Local", "Jane Doe (AP)". */
function withoutAgency(text: string): [string, string | null] {
  const found: string[] = []
  const kept = text
    .split(/(\s*[/()]\s*|\s*,\s*|\s(?:and|und|et|y|e|with|mit)\s(?=\p{Lu}{2,}$))/u)
    .filter(piece => {
      if (!isAgency(piece.trim())) return true
      found.push(piece.trim())
      return false
    })
    .join('')
  const rest = kept
    .replace(/^[\s/(),]+|[\s/(),]+$|\s(?:and|und|et|y|e|with|mit)\s$/g, '')
    .replace(/\s*\/\s*/g, ', ')
  return [rest, found.length > 0 ? found.join(', ') : null]
}

/** In capitals, as a name of some length, or as one of those that sign in small letters. */
function isAgency(piece: string): boolean {
  if (!agencyNames.has(phraseKey(piece))) return false
  return piece === piece.toUpperCase() || /^\p{Lu}\p{Ll}{3,}$/u.test(piece) || smallAgencies.has(piece)
}

/** A person's name, with the role that may follow it ("Richard Adams Education editor"). Null where it is none. */
function readName(text: string, { announced, loose, dated }: Manner): Author | null {
  const trimmed = text
    .replace(/^[\s"“”'(]+|[\s"“”'),;:]+$/g, '')
    .replace(announced ? /(?<=\p{L}{4})\.$|(?<= \p{Lu}\p{Ll}+)\d{1,2}$/u : /$^/, '')
  // "张三 摄" took the picture.
  if (trimmed.length < 2 || trimmed.length > 60 || /\p{sc=Han}\s?[摄攝图圖]$/u.test(trimmed)) return null
  if (isIdeographicName(trimmed, announced)) return author(trimmed)
  // "Jane Doe (Sponsored Post)"
  const aside = announced ? /^(\S+ \S+(?: \S+)?) \([^()]{2,40}$/u.exec(trimmed)?.[1] : undefined
  if (aside) {
    const named = readName(aside, { announced, loose: false, dated })
    const said = trimmed.slice(aside.length + 2)
    return named && { ...named, role: named.role ?? (isRole(said) ? said : null) }
  }
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
    if (words.length > 1 && sortKeys.has(phraseKey(words[0] ?? ''))) return null
    if (words.length > 1 && !words.some(word => staffWords.has(phraseKey(word)) || /^\p{Lu}/u.test(word)))
      return null
    return noNames.has(phraseKey(name)) || isDayName(name) || !/\p{L}/u.test(name)
      ? null
      : { ...author(name), role }
  }
  return null
}

/** "By Company Size": what lists are sorted by. */
const sortKeys = new Set(
  'company industry category topic role team type department region country product use'.split(' '),
)

/** 'Jane "Jay" Doe': what somebody is called stands between their names. */
const nickname = /(?<=^\p{Lu}\p{L}+)\s["“„(][\p{L} .'-]{2,24}["”“)]\s(?=\p{Lu}\p{L}+$)/u

const behindNames = /^(?:for|für|pour|para|per|in|aus|à|en|em|at)$/i
const isVerb = /^(?:is|ist|est|es)$/i
const isRoleWord = (word: string) => roleWords.has(phraseKey(word))

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
  if (isVersion.test(word)) return false
  return /^\p{Ll}[\p{Ll}\d_.-]+$|^\p{Lu}\p{Ll}+\p{Lu}[\p{L}\d]*$|^[\p{L}\d]+_[\p{L}\d_]+$|^\p{L}+\d+$/u.test(
    word,
  )
}

/** "v1.4", "rev2" */
const isVersion = /^(?:v|ver|rev|rc|version|release|build)[.-]?\d/i

/** "www.example.org" */
const isDomain = /^www\.|\.\p{Ll}{2,}$/u

function author(name: string): Author {
  return { name, url: null, email: null, role: null }
}

/** How houses and offices are called in ideographs, and none of the persons who sign. */
const ideographicHouse =
  /(?:新聞|新闻|日報|日报|時報|时报|通信|通讯|報道|报道|編集部|编辑部|会社|公司|機関|机构|[社部局省庁網网台版])$/u

/** Two to four ideographs, or two short runs of them, which begin with a surname where nothing says that they are a name. A word in katakana is one where something says so only. */
function isIdeographicName(text: string, announced: boolean): boolean {
  if (/^[\p{sc=Katakana}ー・]{3,16}$/u.test(text)) return announced || /.・./u.test(text)
  if (!announced && (ideographicHouse.test(text) || /^\p{sc=Han}{2}$/u.test(text) || !hasSurname(text)))
    return false
  return (
    /^[\p{sc=Han}々]{2,4}(?:[\s　]?[\p{sc=Han}]{1,3})?$|^\p{sc=Hangul}{2,4}$/u.test(text) || hasSurname(text)
  )
}

/** A phrase: names have no more than four characters together. */
const longIdeographs = /[\p{sc=Han}\p{sc=Hiragana}]{6}/u

/** Places in two words or more: they stand beside names, and are none. */
const places = new Set(
  'new york|new delhi|new jersey|new zealand|los angeles|las vegas|san francisco|san diego|hong kong|tel aviv|abu dhabi|saudi arabia|south africa|south korea|north korea|sri lanka|united states|united kingdom|united nations|european union|middle east|buenos aires|rio de janeiro|sao paulo|mexico city|ciudad de mexico|cape town|costa rica|puerto rico|kuala lumpur|ho chi minh|baden baden|nordrhein westfalen|frankfurt am main|नई दिल्ली|उत्तर प्रदेश|मध्य प्रदेश'
    .split('|')
    .map(phraseKey),
)

/** "IT Finanzmagazin", "India Post News": what newspapers and broadcasters are called. */
function isHouse(key: string): boolean {
  const last = key.split(' ').at(-1) ?? ''
  return (
    houseWords.has(last) ||
    /\p{L}{3}(?:magazin|zeitung|anzeiger|blatt|verlag|portal|nachrichten)$/u.test(last)
  )
}

const articledNames = new Set(
  'الحسين الحسن السيد الهادي الياس الطيب العربي المهدي الصادق البشير الشيخ'.split(' '),
)

/** Two to five words, capitalised but for particles; letters of scripts without capitals count as such. */
export function isName(words: readonly string[], announced: boolean): boolean {
  if (words.length < 2 || words.length > 6) return false
  if (!announced && words.some(word => /\p{sc=Han}/u.test(word)) && !hasSurname(words.join(' '))) return false
  let capitals = 0
  for (const [index, word] of words.entries()) {
    const key = phraseKey(word)
    // "Jane Van Der Doe", "Mark Di Doe": particles with a capital, in the middle, count as little as those without.
    if (index > 0 && index < words.length - 1 && particles.has(key) && /^\p{Lu}\p{Ll}+$/u.test(word)) continue
    if (noNames.has(key) && !(announced && index > 0)) return false
    // "The Middle East": what begins with the article is a thing, and few given names do.
    if (!announced && index === 0 && /^ال\p{L}/u.test(word) && !articledNames.has(word)) return false
    if ((index > 0 && isDayName(word)) || longIdeographs.test(word)) return false
    if (/^[\p{Lu}\p{Lt}][\p{L}\p{M}'’.-]*$|^\p{Lo}[\p{L}\p{M}\u200c-]*$/u.test(word)) capitals++
    else if (
      !(particles.has(word.toLowerCase()) && index > 0 && index < words.length - 1) &&
      !(particles.has(word) && index === 0 && words.length > 2)
    )
      return false
  }
  const key = phraseKey(words.join(' '))
  if (places.has(key) || sortKeys.has(phraseKey(words[0] ?? '')) || (!announced && isHouse(key))) return false
  // "A A": buttons that change the size of letters.
  return capitals >= 2 && capitals <= 5 && words.some(word => word.length > 1)
}

export function isStaff(name: string): boolean {
  return phraseKey(name)
    .split(' ')
    .some(word => staffWords.has(word))
}
