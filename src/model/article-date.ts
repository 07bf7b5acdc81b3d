import { formatRfc3339, instantOf } from '../text/dates.ts'
import type { ArticleDate } from './article.ts'
import { type Diagnostic, diagnose, type Place } from './diagnostic.ts'
import type { Site } from './site.ts'

/** A date as a parser read it: the wall clock, and the offset or zone where the text itself names one. */
export interface WrittenDate {
  raw: string
  /** `2016-10-01T04:47:00`; midnight where only the day is known. */
  local: string
  precision: ArticleDate['precision']
  /** `+03:30`, `Z` or an IANA name; null where the text names none. */
  zone: string | null
}

export interface ZoneCandidates {
  /** What the zone of the text itself counts as. */
  given: 'text' | 'front-matter'
  /** The zone that front matter names apart from the date. */
  frontMatter?: string | null
  /** The zone that settings give the article's source. */
  source?: string | null
}

/**
 * Settles the zone of a written date: its own offset, front matter's zone, the source's, the site's, else UTC, which is
 * an assumption and is said. A time that clocks skipped or showed twice is said too, and read as Temporal's
 * `compatible` reads it (the earlier instant of two, the later side of a gap).
 * Returns null, with a diagnostic, where there is no such date.
 */
export function settleDate(
  written: WrittenDate,
  site: Pick<Site, 'timezone'>,
  candidates: ZoneCandidates,
  place: Place,
): { date: ArticleDate | null; diagnostics: Diagnostic[] } {
  const diagnostics: Diagnostic[] = []
  const [zone, zoneFrom] = pickZone(written, site, candidates)
  try {
    const { epoch, rfc3339, irregular } = instantOf(written.local, zone)
    if (irregular && written.precision !== 'day')
      diagnostics.push(
        diagnose(
          'date-gap-or-overlap',
          place,
          `"${written.raw}" ${irregular === 'gap' ? 'never was' : 'was twice'} in ${zone}: read as ${rfc3339}.`,
        ),
      )
    if (zoneFrom === 'assumed')
      diagnostics.push(
        diagnose('date-zone-assumed', place, `"${written.raw}" names no time zone: read as UTC.`),
      )
    const { raw, local, precision } = written
    return { date: { raw, local, precision, zone, zoneFrom, epoch, rfc3339 }, diagnostics }
  } catch {
    diagnostics.push(diagnose('date-invalid', place, `"${written.raw}" is not a date in the calendar.`))
    return { date: null, diagnostics }
  }
}

function pickZone(
  written: WrittenDate,
  site: Pick<Site, 'timezone'>,
  candidates: ZoneCandidates,
): [string, ArticleDate['zoneFrom']] {
  if (written.zone) return [written.zone === 'Z' ? 'UTC' : written.zone, candidates.given]
  if (candidates.frontMatter) return [candidates.frontMatter, 'front-matter']
  if (candidates.source) return [candidates.source, 'source']
  if (site.timezone) return [site.timezone, 'site']
  return ['UTC', 'assumed']
}

/** An instant that no text gives, as a date: that of the first publication of an article without one, say. */
export function dateOfInstant(epoch: number): ArticleDate {
  const rfc3339 = formatRfc3339(epoch)
  return {
    raw: '',
    local: rfc3339.slice(0, 19),
    precision: 'second',
    zone: 'UTC',
    zoneFrom: 'assumed',
    epoch,
    rfc3339,
  }
}
