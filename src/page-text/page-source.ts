import type { LineSignals } from './line-signals.ts'
import {
  agencyNames,
  idWords,
  type PhraseSet,
  phraseKey,
  sectionWords,
  sourceWords,
  tagWords,
} from './phrase-index.ts'

/** A value that a labelled line gives: "News ID: 737252". */
export interface Labelled {
  line: LineSignals
  value: string
}

const label = /^([^:：]{1,40})\s?[:：]\s*(\S.*)$/u
/** Labels that need no colon. */
const plainLabel =
  /^((?:filed|posted) (?:under|in)|tagged (?:with|as)|abgelegt unter|eingeordnet unter|getaggt mit)\s+([^.!?:]{1,80})$/iu

function labelled(line: LineSignals, set: PhraseSet, maxLength: number): Labelled | null {
  if (line.prose || line.text.length > maxLength) return null
  const match = label.exec(line.text) ?? plainLabel.exec(line.text)
  if (!match) return null
  const [, name = '', value = ''] = match
  const words = phraseKey(name).split(' ')
  return set.opening(words) === words.length ? { line, value: value.trim() } : null
}

/** The article's number in its source: "News ID: 737252", "کد خبر: ۱۲۳۴". */
export function sourceIdOf(line: LineSignals): Labelled | null {
  const found = labelled(line, idWords, 80)
  return found && /\p{Nd}/u.test(found.value) && /^[\p{L}\p{Nd}._/-]{1,40}$/u.test(found.value) ? found : null
}

/** "Source: Example Times" on a line of its own. */
export function sourceOf(line: LineSignals): Labelled | null {
  const found = labelled(line, sourceWords, 90)
  return found && !/https?:|[,;].*[,;]/.test(found.value) && found.value.split(/\s+/).length <= 6
    ? found
    : null
}

export function sectionOf(line: LineSignals): Labelled | null {
  const found = labelled(line, sectionWords, 90)
  return found && found.value.length <= 60 ? found : null
}

/** "Tags: one, two, three". */
export function tagsOf(line: LineSignals): { line: LineSignals; values: string[] } | null {
  const found = labelled(line, tagWords, 600)
  if (!found || found.value.length > 500) return null
  const values = found.value
    .split(/\s*[,،、|•·;#]\s*/)
    .map(value => value.trim())
    .filter(Boolean)
  return values.length > 0 && values.every(value => value.length <= 60) ? { line, values } : null
}

/** What the first words of the lead say of where it comes from; the words stay in the body. */
export interface LeadSource {
  source: string | null
  dateline: string | null
  agency: string | null
}

// A name in one word, with a capital inside or the look of a domain: "EghtesadOnline: …", "(Motorsport-Total.com) - …".
const brandLead =
  /^\(?(\p{Lu}[\p{Ll}\d-]+(?:\p{Lu}[\p{L}\d]*|\.(?:com|net|org|de|ir|co|info)))\)?\s?(?::|[–—-])\s/u
const cityLead =
  /^(\p{Lu}[\p{L}.'’ -]{1,40}(?:,\s\p{Lu}[\p{L}.]{1,20}){0,2})\s?\(([\p{L}./ -]{2,30})\)\s*(?:[–—:.-]{1,2})\s?/u
const capitalLead = /^(\p{Lu}[\p{Lu}.'’ -]{2,40}(?:,\s\p{Lu}[\p{L}.]{1,20}){0,2})\s+[–—]{1,2}-?\s/u
const notPlaces = new Set([
  'file',
  'update',
  'updated',
  'breaking',
  'exclusive',
  'watch',
  'video',
  'photos',
  'opinion',
  'analysis',
  'live',
  'eil',
  'exklusiv',
])

export function leadSource(text: string): LeadSource | null {
  const head = text.slice(0, 140)
  const brand = brandLead.exec(head)
  if (brand?.[1]) return { source: brand[1], dateline: null, agency: null }
  const city = cityLead.exec(head)
  if (city) {
    const [, name = '', said = ''] = city
    const agency = agencyNames.has(phraseKey(said.split('/').at(-1) ?? '')) ? said : null
    const place = name.trim()
    if (agency && !notPlaces.has(phraseKey(place)))
      return { source: null, dateline: `${place} (${agency})`, agency }
  }
  const capitals = capitalLead.exec(head)?.[1]
  if (capitals && !notPlaces.has(phraseKey(capitals)) && capitals.split(' ').length <= 4)
    return { source: null, dateline: capitals.trim(), agency: null }
  return null
}
