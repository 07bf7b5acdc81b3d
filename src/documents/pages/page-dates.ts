import { html } from 'hono/html'
import { localOf } from '../../text/dates.ts'
import type { Html } from './layout.ts'

/** A date as a person of that language writes it, in the publication's zone; the element carries the exact instant. */
export function timeElement(epoch: number, language: string, zone: string): Html {
  const local = localOf(epoch, zone)
  return html`<time datetime="${new Date(epoch).toISOString()}">${formatDay(local.slice(0, 10), language)}</time>`
}

/** The wall-clock day is formatted as UTC, so that no other zone can shift it. */
function formatDay(day: string, language: string): string {
  const date = new Date(`${day}T00:00:00Z`)
  return new Intl.DateTimeFormat(knownLanguage(language), { dateStyle: 'long', timeZone: 'UTC' }).format(date)
}

function knownLanguage(language: string): string {
  try {
    return Intl.getCanonicalLocales(language)[0] ?? 'en'
  } catch {
    return 'en'
  }
}
