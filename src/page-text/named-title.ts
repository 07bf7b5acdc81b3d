import type { LineSignals } from './line-signals.ts'
import { phraseKey } from './phrase-index.ts'

/** A headline that a page's own sentence names: "Der Artikel „…“ wurde am … veröffentlicht", "2 comments on “…”". */
export interface NamedTitle {
  line: LineSignals
  text: string
  key: string
}

const quoted = '["“”„«‹\']\\s?(?<title>\\S.{2,180}?\\S)\\s?["”“»›\']'
const counted = '(?:\\d{1,5}|[Oo]ne|[Ee]ine?|[Uu]ne?|[Uu]na|[Uu]m)'

/** The forms, by what the page says: counts of comments, invitations to comment, citations, and lines of feeds. */
const forms = [
  `${counted} (?:Antwort(?:en)?|Kommentare?|Gedanken?|Rückmeldung(?:en)?) (?:auf|zu|über) ${quoted}`,
  `${counted} (?:thoughts?|comments?|responses?|repl(?:y|ies)) (?:on|to) ${quoted}`,
  `${counted} (?:commentaires?|réflexions?|réponses?) (?:sur|à|au sujet de) ${quoted}`,
  `${counted} (?:comentarios?|comentários?|pensamientos?|respuestas?|respostas?|ideias?) (?:en|em|sobre|a) ${quoted}`,
  `${counted} (?:comment[oi]|pensier[oi]|rispost[ae]) (?:su|a) ${quoted}`,
  `(?:^|[–—|•·-] )${counted} (?:[Tt]houghts?|[Cc]omments?|[Rr]esponses?|[Rr]epl(?:y|ies)) (?:on|to) (?<title>\\p{Lu}.{10,180}[^.\\s])$`,
  `(?:Artikel|Beitrag|Blogbeitrag|Tipp|Text|Eintrag) ${quoted} (?:wurde|ist|erschien|kommentieren|bewerten)`,
  `(?:[Aa]rticle|[Pp]ost|[Ss]tory|[Ee]ntry) ${quoted} (?:was|is|appeared|first appeared)`,
  `(?:Kommentar|Kommentare|Trackbacks|Permalink|Comments) (?:zu|auf|to|on|for) ${quoted}`,
  '(?:^|[•|–—] )(?:Der|Dieser) Beitrag (?<title>\\S.{2,180}?\\S) erschien zuerst (?:auf|bei|im|in)\\b',
  '^(?:Share )?All sharing options for: (?<title>\\S.{2,180}?\\S)$',
  '^The post (?<title>\\S.{2,180}?\\S) (?:first appeared on|appeared first on)',
  "^L[’']article (?<title>\\S.{2,180}?\\S) est apparu en premier sur",
  '^La entrada (?<title>\\S.{2,180}?\\S) (?:se publicó primero|aparece primero|apareció primero) en',
  '^O post (?<title>\\S.{2,180}?\\S) (?:apareceu|aparece) primeiro em',
  "^L[’']articolo (?<title>\\S.{2,180}?\\S) (?:proviene da|sembra essere il primo su)",
  '^Citation: (?<title>\\S.{2,180}?\\S) \\(\\d{4}, \\p{L}+ \\d{1,2}\\) retrieved ',
  '^(?<title>\\S.{2,180}?\\S), \\d{1,2}(?:[.,]\\d)? out of \\d{1,2} based on \\d+ ratings?',
  `^(?:Suggested [Cc]itation|SUGGESTED CITATION|Zitiervorschlag|Empfohlene Zitierweise|Zitierweise|Pour citer cet article|Cómo citar|Como citar|Citation)\\s?:?\\s.{0,60}?${quoted},`,
  `^(?:Diese[ns]? \\p{Lu}\\p{Ll}{2,12} zitieren|(?:How to )?[Cc]ite this (?:article|post|page|episode)|Citer cet (?:article|épisode))\\s?:\\s.{0,90}?${quoted}[.,]`,
  '^(?:Suggested [Cc]itation|SUGGESTED CITATION|Zitiervorschlag|Empfohlene Zitierweise|Zitierweise)\\s?:?\\s\\p{Lu}[\\p{L}-]+, \\p{Lu}[\\p{L}. -]{1,30}: (?<title>\\S.{2,180}?\\S), ',
].map(form => new RegExp(form, 'u'))

/** Lines that announce how the article is to be cited, by their keys' first words. */
const citing =
  /^(?:pour citer|suggested citation|recommended citation|how to cite|cite this|to cite this|zitiervorschlag|zitierhinweis|empfohlene zitierweise|zitierweise|como citar|citar este|come citare|per citare)(?: |$)/

/** "Author: Title. In: …", "Author, “Title”, …": the line under such an announcement. */
const citations = [
  '^\\p{Lu}[\\p{L}. -]{3,60}: (?<title>\\S.{4,180}?)\\. In: ',
  `^\\p{Lu}[\\p{L}., &-]{3,90}?(?:\\(\\d{4}\\)|[,.:])\\s?${quoted}`,
].map(form => new RegExp(form, 'u'))

/** Longer lines are an article's own words. */
const maxLineLength = 400

/** The first headline that a sentence of the page names. */
export function namedTitle(lines: readonly LineSignals[]): NamedTitle | null {
  for (const line of lines) {
    if (line.text.length > maxLineLength || line.shape === 'code') continue
    const before = lines[line.index - 1]
    const announced = before !== undefined && before.text.length <= 120 && citing.test(before.key)
    for (const form of announced ? [...citations, ...forms] : forms) {
      const text = form.exec(line.text)?.groups?.title?.replace(/\s+/g, ' ')
      const key = text ? phraseKey(text) : ''
      if (text && key.length >= 4) return { line, text, key }
    }
  }
  return null
}
