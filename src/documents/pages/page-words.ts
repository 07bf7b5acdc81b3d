import { directionOfLanguage, primaryLanguage } from '../../text/language.ts'
import { ownValue } from '../../text/own-value.ts'
import { german } from './words-de.ts'
import { english } from './words-en.ts'
import { spanish } from './words-es.ts'
import { persian } from './words-fa.ts'
import { french } from './words-fr.ts'

/** Everything that pages say in words of their own. Numbers arrive formatted. */
export interface PageWords {
  skip: string
  subscribe: string
  allFeeds: string
  /** Label of the navigation beside the publication's name. */
  publication: string
  /** Before the names of authors. */
  by: string
  updated: string
  topics: string
  previousArticle: string
  nextArticle: string
  newest: string
  newer: string
  older: string
  paging: string
  /** One of the further pages of a collection. */
  part(number: string): string
  articles(count: number, written: string): string
  nothingYet: string
  kinds: Record<'all' | 'tag' | 'author' | 'section' | 'language' | 'custom', string>
  groups: Record<'all' | 'tag' | 'author' | 'section' | 'language' | 'custom', string>
  download: string
  attachments: string
  /** Headings on an episode's page. */
  chapters: string
  transcript: string
  /** What a chapter leads to. */
  link: string
  latest: string
  more: string
  articlesOf(collection: string, publication: string): string
  notFound: { title: string; text: string }
  gone: { title: string; text: string }
  /** What the box of a task says to those who do not see it. */
  task: { done: string; open: string }
  frontPage: string
  feeds: { intro: string; opml: string; opmlNote: string }
  subscription: SubscriptionWords
}

/** What the page says that a person sees at a feed's address. */
export interface SubscriptionWords {
  title(name: string): string
  /** One plain sentence: what this is, and what to do with it. */
  what: string
  address: string
  copy: string
  copied: string
  services: string
  servicesNote: string
  device: string
  deviceNote: string
  own: string
  ownNote: string
  ownPattern: string
  reader: string
  readerAddress: string
  readerAddressWrong: string
  open: string
  formats: string
  formatsNote: string
  raw: string
  code: string
  codeNote: string
  now: string
}

const known: Record<string, PageWords> = {
  en: english,
  de: german,
  fr: french,
  es: spanish,
  fa: persian,
}

/** The words of a language, or null where there are none: the publication's own stand in, and English for those. */
export function wordsOf(language: string): PageWords | null {
  return ownValue(known, primaryLanguage(language)) ?? null
}

/** The words for a page in a language, and the language they are in. */
export function wordsFor(
  language: string,
  publicationLanguage: string,
): { words: PageWords; language: string; direction: 'ltr' | 'rtl' } {
  for (const candidate of [language, publicationLanguage]) {
    const words = wordsOf(candidate)
    if (words) return { words, language: candidate, direction: directionOfLanguage(candidate) }
  }
  return { words: english, language: 'en', direction: 'ltr' }
}
