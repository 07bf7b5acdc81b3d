import type { LineSignals } from './line-signals.ts'

/** What is seen of a line that may be a headline: by feature, how much of it. A feature that is not seen is absent. */
export type TitleFeatures = Record<string, number>

/** The names of the features that hold. */
export function indicators(features: Record<string, boolean>): TitleFeatures {
  const seen: TitleFeatures = {}
  for (const name in features) if (features[name]) seen[name] = 1
  return seen
}

/** What a line looks like by itself. */
export function shapeFeatures(line: LineSignals): TitleFeatures {
  const { text, words, byline } = line
  const [date] = line.dates
  const period = /[.。]$/.test(text) && !/(?:\.\.|…|\b\p{Lu}\.)$/u.test(text)
  const breaksOff = /[,;]$|[^\p{L}]\s?[–-]$/u.test(text)
  const seen = indicators({
    'bar inside': /\S\s?[|•]\s?\S/u.test(text),
    'breaks off': breaksOff,
    byline: byline !== null && !byline.slight && (byline.announced || date !== undefined),
    'closed prose': line.prose && line.closed,
    'colon at the end': !breaksOff && /[:–-]$/.test(text),
    'colon inside': /\p{L}: \S/u.test(text),
    credit: line.credit,
    crumbs: />|(?:^|\s)[»›](?:\s|$)|(?:\s\/\s.*){2}|(?:\|.*){2}|\\\\/.test(text),
    'dash inside': /\S\s[–—-]\s\S/u.test(text),
    'date and little else': date !== undefined && line.besideDates <= 30,
    'form field': isField(line),
    'glued words': /\p{Ll}{3}\p{Lu}\p{Ll}{2}/u.test(text),
    'known name': byline?.knownName ?? false,
    'list of so many': /^\d{1,3}\s\p{L}/u.test(text),
    'many digits': !date && (text.match(/\p{Nd}/gu)?.length ?? 0) >= 6,
    'number first': /^\d{1,2}[.)]\s/.test(text),
    'number last': !date && /\S \d{1,4}$/.test(text),
    'period, some words': period && words > 4 && words <= 9,
    'period, many words': period && words > 9,
    prose: line.prose,
    question: /[?？؟]["”»]?$/.test(text),
    sections: line.sections,
    'sentence inside': words > 12 && /[.!?]\s+\p{Lu}.*\.$/u.test(text),
    'small first letter': /^\p{Ll}/u.test(text),
    'title case': isTitleCase(text),
    call: /[!！]["”»]?$/u.test(text),
    capitals: /\p{Lu}{4}/u.test(text) && text === text.toUpperCase(),
    'dots at the end': /(?:…|\.\.\.)$/.test(text),
    money: /\p{Sc}/u.test(text),
    quote: /^["“„«»‘']/u.test(text),
    'closed, no prose': line.closed && !line.prose,
    'marks many': (text.match(/[|•·,;/]/g)?.length ?? 0) >= 3,
    'very long': line.weight > 160,
  })
  seen[`words ${wordClass(words)}`] = 1
  return seen
}

export function wordClass(words: number): string {
  if (words <= 5) return String(words)
  if (words <= 8) return '6-8'
  if (words <= 12) return '9-12'
  return words <= 16 ? '13-16' : words <= 22 ? '17-22' : '23+'
}

/** "Date: 31/08/2019", "Camera: …": an entry of a form or a table. */
function isField({ text }: LineSignals): boolean {
  return text.length < 80 && /^[\p{L}\p{N}\s./()-]{2,30}:(?:\s|$)/u.test(text) && /\p{Nd}|:$/u.test(text)
}

/** Every longer word begins with a capital, in a script that has them. */
export function isTitleCase(text: string): boolean {
  const long = text.split(/[\s-]+/).filter(word => /^\p{L}{4}/u.test(word))
  return long.length >= 3 && /\p{Ll}/u.test(text) && long.every(word => /^\p{Lu}/u.test(word))
}
