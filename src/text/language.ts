import { lazily } from './lazily.ts'
import { endOfRun } from './runs.ts'

/** What a text looks to be written in. `confidence` runs from 0 to 1; `language` is null where nothing speaks for one. */
export interface LanguageGuess {
  language: string | null
  confidence: number
}

/** Short words that a text of some sentences can hardly avoid, and that few neighbours share. */
const stopwords: Record<string, string> = {
  en: 'the and of to in is that was for with it as on his her are have from this has they been which were not you',
  de: 'der die das und ist nicht ein eine zu mit von den dem auf sich auch für wie im des ich es wird sind bei nach war oder',
  fr: 'le la les et des est une un dans que qui pour pas sur du au plus par avec sont cette ce aux nous vous être',
  es: 'el la los las de que y en es por con para una un del se no más su como pero sus lo al fue está',
  pt: 'o a os as de que e em é por com para uma um do da dos das não mais como mas foi ao seu sua são na no',
  it: 'il la gli le di che e è per con una un della del non più sono come anche nel alla dei delle questo ha',
  nl: 'de het een en van is dat niet op te zijn voor met die aan ook als er maar bij naar door wordt heeft',
  pl: 'i w na z do się nie że jest to jak dla od po przez które który oraz są ale czy tym być',
  tr: 've bir bu için ile de da olarak daha çok olan gibi ne var sonra ama kadar değil olduğu ise',
  sv: 'och att det som en är på för av med den till inte om ett har jag de var från vi kan',
  da: 'og at det som en er på for af med den til ikke om et har jeg de var fra vi kan der blev efter',
  no: 'og at det som en er på for av med den til ikke om et har jeg de var fra vi kan ble etter',
  fi: 'ja on ei että se oli mutta joka hän kun niin myös ovat kuin tai ole jos nyt vain sen',
  cs: 'a v se na je že s z do to o k ve i za by pro jako jsou nebo ale podle který také',
  ru: 'и в не на что с по как это из для от но он она к у за его был так же то все',
  uk: 'і в не на що з по як це до для від але він вона та й у за його був так же про',
  ar: 'في من على إلى أن عن هذا هذه التي الذي مع كان لا ما قد بعد بين كما ذلك لم',
  fa: 'و در به از که این را با است برای آن می بر تا یک های خود شد شده هم',
}

const latinLanguages = ['en', 'de', 'fr', 'es', 'pt', 'it', 'nl', 'pl', 'tr', 'sv', 'da', 'no', 'fi', 'cs']

/** What is written in a script: one language, or several that their commonest words tell apart. */
const scripts = lazily((): [name: string, letters: RegExp, languages: string[]][] => [
  ['kana', /[\p{sc=Hiragana}\p{sc=Katakana}]/gu, ['ja']],
  ['hangul', /\p{sc=Hangul}/gu, ['ko']],
  ['han', /\p{sc=Han}/gu, ['zh']],
  ['hebrew', /\p{sc=Hebrew}/gu, ['he']],
  ['greek', /\p{sc=Greek}/gu, ['el']],
  ['thai', /\p{sc=Thai}/gu, ['th']],
  ['devanagari', /\p{sc=Devanagari}/gu, ['hi']],
  ['bengali', /\p{sc=Bengali}/gu, ['bn']],
  ['tamil', /\p{sc=Tamil}/gu, ['ta']],
  ['georgian', /\p{sc=Georgian}/gu, ['ka']],
  ['armenian', /\p{sc=Armenian}/gu, ['hy']],
  ['cyrillic', /\p{sc=Cyrillic}/gu, ['ru', 'uk']],
  ['arabic', /\p{sc=Arabic}/gu, ['ar', 'fa']],
  ['latin', /\p{sc=Latin}/gu, latinLanguages],
])

/** The languages of a word: one look-up a word, however many languages there are. */
const languagesOf = new Map<string, string[]>()
for (const [tag, words] of Object.entries(stopwords))
  for (const word of new Set(words.split(' '))) languagesOf.set(word, [...(languagesOf.get(word) ?? []), tag])
const longestStopword = Math.max(...[...languagesOf.keys()].map(word => word.length))
const none: readonly string[] = []
const rightToLeft = new Set(['ar', 'fa', 'he', 'iw', 'ur', 'ps', 'yi', 'sd', 'ug', 'dv', 'ckb', 'arc', 'syr'])

/** As much of a text as a guess needs, in UTF-16 code units: time does not grow with a book. */
const maxSample = 3_000

const latinOnly = /^[\u0000-\u024f\u1e00-\u1eff\u2010-\u205f\u20a0-\u20bf]*$/

/** Guesses a text's language: from its script where that has one language, else from its commonest words. */
export function guessLanguage(text: string): LanguageGuess {
  const sample = text.slice(0, maxSample)
  // By far the commonest case: one look at the letters in place of fourteen.
  if (latinOnly.test(sample))
    return /\p{L}/u.test(sample) ? guessByWords(sample, latinLanguages) : { language: null, confidence: 0 }
  const counts = scripts().map(([name, pattern, languages]) => ({
    name,
    languages,
    count: sample.match(pattern)?.length ?? 0,
  }))
  const letters = counts.reduce((sum, { count }) => sum + count, 0)
  if (letters === 0) return { language: null, confidence: 0 }
  const countOf = (script: string) => counts.find(({ name }) => name === script)?.count ?? 0
  const eastAsian = guessEastAsian(sample, letters, countOf('kana'), countOf('han'), countOf('hangul'))
  if (eastAsian) return eastAsian
  const { languages, count } = counts.reduce((best, next) => (next.count > best.count ? next : best))
  const [only = null, ...others] = languages
  if (others.length === 0) return { language: only, confidence: round(0.95 * (count / letters)) }
  return guessByWords(sample, languages)
}

/**
 * A sign of these scripts is about a word, where Latin letters are a sixth of one: a text that is full of names of programs is still one
 * of theirs. The other way about a text that quotes some signs stays what it is.
 */
function guessEastAsian(
  sample: string,
  letters: number,
  kana: number,
  han: number,
  hangul: number,
): LanguageGuess | null {
  const signs = kana + han + hangul
  const words = signs === 0 ? 0 : (sample.match(otherWords())?.length ?? 0)
  const isText = signs > letters / 2 || (signs >= fewestSigns && signs > words / 2)
  if (!isText) return null
  // Japanese prints more ideographs than kana: a tenth of kana settles it.
  const language = kana > signs / 10 ? 'ja' : hangul > han ? 'ko' : 'zh'
  return { language, confidence: round(0.75 + 0.2 * (signs / (signs + words))) }
}

/** Fewer among Latin letters are a name: "Words of 日本語." is English. */
const fewestSigns = 12

const otherWords = lazily(
  () => /(?:(?![\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Han}\p{sc=Hangul}])[\p{L}\p{M}])+/gu,
)

const endOfLetters = endOfRun(/[\p{L}\p{M}]+/uy)

/** What stands in formulae, code and addresses, and in hardly a word: \frac{a}{k}, x_k, s=1, example.com/o/que. */
const codeSigns = /[\\_/=@{}<>^|~+`]/g
const spaceAhead = /\s|$/g
const isSpace = (text: string, at: number) => at < 0 || /\s/.test(text.charAt(at))

/** Of a text with formulae, code and addresses its words: whatever has such a sign goes, from space to space. */
function withoutCode(text: string): string {
  let words = ''
  let from = 0
  codeSigns.lastIndex = 0
  for (let sign = codeSigns.exec(text); sign !== null; sign = codeSigns.exec(text)) {
    let start = sign.index
    while (start > from && !isSpace(text, start - 1)) start--
    words += text.slice(from, start)
    spaceAhead.lastIndex = sign.index
    from = spaceAhead.exec(text)?.index ?? text.length
    codeSigns.lastIndex = from
  }
  return from === 0 ? text : words + text.slice(from)
}

function guessByWords(sample: string, tags: string[]): LanguageGuess {
  const hits = new Map(tags.map(tag => [tag, 0]))
  const add = (tag: string, count: number) => {
    const before = hits.get(tag)
    if (before !== undefined) hits.set(tag, before + count)
  }
  const lower = withoutCode(sample.toLowerCase())
  const letters = new Map<string, number>()
  let words = 0
  for (let at = 0; at < lower.length; ) {
    const end = endOfLetters(lower, at)
    if (end === at) {
      at++
      continue
    }
    words++
    if (end - at <= longestStopword)
      for (const tag of languagesOf.get(lower.slice(at, end)) ?? none)
        if (end - at > 1) add(tag, 1)
        else letters.set(tag, (letters.get(tag) ?? 0) + 1)
    at = end
  }
  if (anyOwn.test(sample))
    for (const [tag, ownLetters] of own) {
      const present = hits.has(tag) ? (sample.match(ownLetters)?.length ?? 0) : 0
      add(tag, present / 2)
    }
  // "a", "k", "v" are words of some languages and variables in all: they bear out what longer words say, and say nothing alone.
  for (const [tag, count] of letters) add(tag, Math.min(count, 2 * (hits.get(tag) ?? 0)))
  const [first, second] = [...hits].sort((one, two) => two[1] - one[1])
  if (!first || first[1] < 1) return { language: null, confidence: 0 }
  const [language, most] = first
  const lead = (most - (second?.[1] ?? 0)) / most
  const amount = Math.min(1, most / 12)
  const share = Math.min(1, most / words / 0.12)
  return { language, confidence: round(amount * share * (0.4 + 0.6 * Math.min(1, lead * 2))) }
}

/** Letters that one of several languages of a script alone writes. */
const own: [string, RegExp][] = [
  ['uk', /[іїєґ]/g],
  ['ru', /[ыэъё]/g],
  ['fa', /[پچژگ]/g],
  ['ar', /[ةىيك]/g],
  ['de', /ß/g],
  ['es', /[ñ¿¡]/g],
  ['pt', /[ãõ]/g],
  ['pl', /[łżąę]/g],
  ['tr', /[ışğ]/g],
  ['da', /[æ]/g],
  ['cs', /[řůě]/g],
]
const anyOwn = new RegExp(own.map(([, letters]) => letters.source).join('|'))

function round(value: number): number {
  return Math.round(value * 100) / 100
}

/** The direction of a BCP 47 language: by its script subtag where it has one. */
export function directionOfLanguage(language: string): 'ltr' | 'rtl' {
  const [primary = '', ...rest] = language.toLowerCase().split(/[-_]/)
  const script = rest.find(part => part.length === 4)
  if (script) return ['arab', 'hebr', 'thaa', 'syrc', 'nkoo'].includes(script) ? 'rtl' : 'ltr'
  return rightToLeft.has(primary) ? 'rtl' : 'ltr'
}

/** The direction in which most letters of a text run. */
export function directionOfText(text: string): 'ltr' | 'rtl' {
  const sample = text.slice(0, maxSample)
  if (latinOnly.test(sample)) return 'ltr'
  const right = sample.match(/[\p{sc=Arabic}\p{sc=Hebrew}\p{sc=Thaana}\p{sc=Syriac}]/gu)?.length ?? 0
  const letters = sample.match(/\p{L}/gu)?.length ?? 0
  return right * 2 > letters ? 'rtl' : 'ltr'
}

/**
 * The canonical form of a language tag (BCP 47), `en_US.UTF-8` → `en-US`; null where it is none. Names of languages have two
 * or three letters (RFC 5646 §2.2.1; four and more are reserved): `english` is well-formed, and means nothing.
 */
export function canonicalLanguage(written: string): string | null {
  const tag = written
    .trim()
    .replace(/[.@].*$/s, '')
    .replaceAll('_', '-')
  try {
    const [canonical = ''] = Intl.getCanonicalLocales(tag)
    const language = /^([a-z]{2,3})(?:-|$)/.exec(canonical)?.[1]
    return language && isNamed(language) ? canonical : null
  } catch {
    return null
  }
}

const languageNames = lazily(() => new Intl.DisplayNames(['en'], { type: 'language', fallback: 'none' }))

/** Two letters are few enough for every runtime to know them all; of three, there are languages that none knows. */
function isNamed(language: string): boolean {
  return language.length === 3 || languageNames().of(language) !== undefined
}

/** `pt-BR`, `pt_BR`: `pt`. */
export const primaryLanguage = (tag: string): string => tag.toLowerCase().replace(/[-_].*$/s, '')
