import { html } from 'hono/html'
import type { Article, ArticleDate } from '../../model/article.ts'
import { publicationDate } from '../../model/article.ts'
import { itemAt } from '../../text/item-at.ts'
import { lazily } from '../../text/lazily.ts'
import type { Html } from './html.ts'

/** A day as it was written (`2026-03-01`, in no zone), or an instant in epoch milliseconds. */
export type PageDate = string | number

/** How people of one language write dates, numbers and lists. */
export interface PageFormats {
  /** `<time>` with the day alone; the element carries the whole fact. */
  day(date: PageDate): Html
  /** `<time>` with day, hour and zone; the day alone where that is all that is known. */
  moment(date: PageDate): Html
  number(value: number): string
  /** `3.4 MB` */
  bytes(length: number): string
  /** `12 min` */
  duration(seconds: number): string
  /** The parts of a list with what stands between them: `A`, `, `, `B`, ` and `, `C`. */
  list<T>(items: T[], show: (item: T) => Html | string): (Html | string)[]
  /** The name of a language in that language: `fa` is `فارسی`. */
  languageName(language: string): string
}

/** Making an `Intl` format costs more than a thousand uses of it: each is made once it is used, and the caller keeps what this returns. */
export function createPageFormats(language: string, zone: string): PageFormats {
  const locale = knownLocale(language)
  const zoned = lazily(() => ({ timeZone: knownZone(zone) }))
  const written = lazily(() => new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' }))
  const day = lazily(() => new Intl.DateTimeFormat(locale, { dateStyle: 'long', ...zoned() }))
  const moment = lazily(
    () =>
      new Intl.DateTimeFormat(locale, {
        year: 'numeric',
        month: 'long',
        day: 'numeric',
        hour: 'numeric',
        minute: '2-digit',
        ...zoned(),
        timeZoneName: 'short',
      }),
  )
  const list = lazily(() => new Intl.ListFormat(locale))
  const number = lazily(() => new Intl.NumberFormat(locale))
  const megabytes = lazily(() => unit(locale, 'megabyte', 1))
  const kilobytes = lazily(() => unit(locale, 'kilobyte', 0))
  const minutes = lazily(() => unit(locale, 'minute', 0))
  const seconds = lazily(() => unit(locale, 'second', 0))

  const element = (date: PageDate, format: () => Intl.DateTimeFormat) =>
    typeof date === 'string'
      ? html`<time datetime="${date}">${written().format(Date.parse(date))}</time>`
      : html`<time datetime="${new Date(date).toISOString().replace('.000Z', 'Z')}">${format().format(date)}</time>`

  return {
    day: date => element(date, day),
    moment: date => element(date, moment),
    number: value => number().format(value),
    bytes: length =>
      length >= 1_000_000 ? megabytes().format(length / 1e6) : kilobytes().format(Math.ceil(length / 1000)),
    duration: length => (length >= 60 ? minutes().format(length / 60) : seconds().format(length)),
    list: (items, show) =>
      list()
        .formatToParts(items.map((_, index) => `${index}`))
        .map(({ type, value }) => (type === 'element' ? show(itemAt(items, Number(value))) : value)),
    languageName: language => languageName(language) ?? language,
  }
}

/** What `published` says to the reader: without a time it is a day wherever one reads it. */
export function publishedDate(article: Article): PageDate {
  return dateOf(publicationDate(article))
}

/** When the words were last changed, where that differs from when they appeared; else null. */
export function updatedDate(article: Article): PageDate | null {
  const { updated, revised } = article
  const published = publicationDate(article)
  if (revised <= published.epoch) return null
  const date = updated?.epoch === revised ? dateOf(updated) : revised
  if (published.precision !== 'day' && typeof date === 'number') return date
  // Where one of the two is only a day, another hour of that day says nothing.
  const day = typeof date === 'string' ? date : new Date(date).toISOString().slice(0, 10)
  return day === published.local.slice(0, 10) ? null : date
}

function dateOf(date: ArticleDate): PageDate {
  return date.precision === 'day' ? date.local.slice(0, 10) : date.epoch
}

function unit(locale: string, name: string, digits: number): Intl.NumberFormat {
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: name,
    unitDisplay: 'short',
    maximumFractionDigits: digits,
  })
}

function languageName(language: string): string | undefined {
  try {
    return new Intl.DisplayNames([language], { type: 'language' }).of(language)
  } catch {
    return undefined
  }
}

function knownLocale(language: string): string {
  try {
    return Intl.getCanonicalLocales(language)[0] ?? 'en'
  } catch {
    return 'en'
  }
}

/** Runtimes before Node 22 know names of zones only, no offsets. */
function knownZone(zone: string): string {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone
  } catch {
    return 'UTC'
  }
}
