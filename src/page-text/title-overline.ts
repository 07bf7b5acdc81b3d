import type { LineSignals } from './line-signals.ts'
import { isTitleCase } from './title-shape.ts'

/** What a line of a page holds before the headline, and the headline itself. */
type Cut = [over: string, own: string]

/** Lines over the headline that are asked where its topic ends. */
const linesAsked = 6

/**
 * What some pages print on the headline's own line before it, without a mark between them: a topic, a breadcrumb, or
 * what a line above says already. The first is null where the headline has its line for itself.
 */
export function overlineOf(
  lines: readonly LineSignals[],
  index: number,
  title: string,
): Cut | [over: null, own: string] {
  const marked = writesSpacedColons(lines) ? forms : [spacedColon, ...forms]
  const cut = marked.map(form => form.exec(title)?.groups).find(Boolean)
  if (cut) return [cut.over!, cut.own!]
  for (let at = Math.max(0, index - linesAsked); at < index; at++) {
    const { text } = lines[at]!
    const cut = cutByCrumbs(text, title) ?? cutByMark(text, title)
    if (cut) return cut
  }
  const topic = topicOver(lines, index, title)
  return topic ? [topic, behind(topic, title)] : [null, title]
}

/** "23.01.2022 : A report": a colon with white space on both sides parts topic and headline. */
const spacedColon = /^(?<over>\S.{2,60}?) : (?<own>\p{Lu}.{11,})$/u
/** "Tips for winter Winter tyres: …", "New car: Car …": a topic ends in the word that the headline begins with. */
const doubledWord =
  /^(?<over>(?:\S+ ){0,5}(?<word>\p{Lu}\p{L}{5,40}|\p{Lu}\p{L}{2,40}(?=:)):?) (?<own>\k<word>\s.{11,})$/u
/** "Patch Notes Patchnotes 4.2 …": the same word in two spellings. */
const doubledTopic =
  /^(?<over>(?<one>\p{Lu}\p{L}{2,20}) (?<two>\p{L}{3,20})) (?<own>\k<one>\k<two>(?!\p{L}).{6,})$/iu
/** "Home / Garden / The headline": two marks at least, and what stands before the last is short. */
const breadcrumb =
  /^(?<over>(?:[^/»›>]{1,30} (?:\/|»|›|>) ){1,5}[^/»›>]{1,30} (?:\/|»|›|>)) (?<own>[^/»›>]{12,})$/u
/** "You are here: Home » Places » Emden": from the site's start on, however short what it ends in is. */
const fromStart =
  /^(?<over>(?:[^/»›>:]{4,20}: ?)?(?:Home|Start|Startseite|Accueil|Inicio|Início) (?:(?:\/|»|›|>) [^/»›>]{1,60} ){0,6}(?:\/|»|›|>)) (?<own>[^/»›>]{3,})$/u
const germanWords =
  '(?:der|die|das|und|über|von|den|dem|ist|sind|nicht|ein|eine|für|mit|zu|im|am|Sie|sich|man|wir|ich)'
const asks = '(?:Was|Wie|Warum|Wieso|Weshalb|Wann|Wer|Wo|Welche[rsnm]?)'
/**
 * "Wildtiere im Garten Wie man Igeln hilft": German writes such a word with a capital only where a sentence begins, or
 * as a noun ("das Wie", "das Was und Warum").
 */
const asking = new RegExp(
  `^(?<over>(?!${asks} )(?:[\\p{L}\\p{N}-]+ ){0,3}[\\p{L}\\p{N}-]+)(?<!\\b(?:[Dd](?:er|ie|as|em|en|es)|[Ee]in|[Vv]om|[Zz]um|[Ii]m|[Bb]eim)) (?<own>${asks} (?!und|oder)(?=.*\\b${germanWords}\\b).{11,})$`,
  'u',
)
const forms = [doubledWord, doubledTopic, breadcrumb, fromStart, asking]

/** French puts white space before every colon. */
function writesSpacedColons(lines: readonly LineSignals[]): boolean {
  return lines.some(({ prose, text }) => prose && /\p{L} : /u.test(text))
}

/** "Home / Garden / A longer headline" over "Garden A longer headline". */
function cutByCrumbs(line: string, title: string): Cut | null {
  const crumb = lastCrumb(line)
  const ends = crumb !== line && crumb.length >= 15 && title.endsWith(` ${crumb}`)
  return ends ? [title.slice(0, -crumb.length).trim(), crumb] : null
}

/** "Home / Garden / Lawns" → "Lawns"; a line without crumbs is its own. */
function lastCrumb(line: string): string {
  return line.split(/\s(?:\/|»|›|>)\s/).at(-1)!
}

/** "Camping in Sweden - A journey by caravan" over "Camping in Sweden A journey by caravan with the family". */
function cutByMark(line: string, title: string): Cut | null {
  const cut = /^(?<over>\S.{2,60}?)(?:\s[-–—|]|\s?:)\s(?<own>\S.{7,})$/u.exec(line)?.groups
  const own = cut ? behind(cut.over!, title) : ''
  return own.startsWith(cut?.own ?? ' ') ? [cut!.over!, own] : null
}

/**
 * A topic in a few words, a line or the last crumb of one, that stands right over the headline and comes again in it. Where
 * every word has a capital, or the text says those words in a row too ("New York Times"), nothing parts the two.
 */
function topicOver(lines: readonly LineSignals[], index: number, title: string): string | null {
  const topic = lastCrumb(lines[index - 1]?.text ?? '')
  const own = behind(topic, title)
  if (!/\S \S/.test(topic) || topic.split(' ').length > 4 || own.length < 12 || isTitleCase(own)) return null
  const joint = `${topic} ${own.split(' ', 1)[0]}`
  const { key } = lines[index]!
  return lines.some(line => line.key !== key && line.text.includes(joint)) ? null : topic
}

/** What a line says behind the words it begins with, if that may be a headline; else nothing. */
function behind(words: string, title: string): string {
  const own = title.startsWith(`${words} `) ? title.slice(words.length).trim() : ''
  return /^[\p{Lu}\p{Lo}"“„«]/u.test(own) ? own : ''
}
