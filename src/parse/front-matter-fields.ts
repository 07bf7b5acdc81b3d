import type { ArticleDate, Author, Enclosure, Field, LeadImage } from '../model/article.ts'
import { settleDate } from '../model/article-date.ts'
import { type Diagnostic, diagnose, type Place } from '../model/diagnostic.ts'
import { isPlayable, mediaTypeAt, mediaTypeOf } from '../model/formats.ts'
import type { FrontMatter } from '../model/front-matter.ts'
import { hasOwnKeys } from '../model/preset.ts'
import type { EpisodeReading, ParseContext, Reading } from '../model/reading.ts'
import { settingsFor } from '../model/source-settings.ts'
import { readWrittenDate } from '../model/written-date.ts'
import { awaitedByPrograms } from '../systems/programs/publish-rules.ts'
import { ownValue } from '../text/own-value.ts'
import { durationOf, readEpisodeFields } from './episode-fields.ts'
import { columnOfValue } from './front-matter.ts'
import {
  embargoKeys,
  expiryKeys,
  type FrontMatterField,
  foldKey,
  frontMatterKeys,
  publicationKeys,
} from './front-matter-keys.ts'
import { isFalse, isSaid, isStatusKey, isTrue, readInFeeds, readStatus } from './status-keys.ts'

export type FrontMatterReading = Omit<Reading, 'html' | 'dropped'>

/** One of a field's names: the lower its rank, the sooner it counts. */
interface KeyName {
  field: string
  rank: number
  /** Keys inside the table that the name's first part names. */
  below: string[]
}

/** The names of fields by their first part, folded: an article has few keys, and the fields have a hundred names. */
const knownNames = indexNames(frontMatterKeys, 0)

function indexNames(names: Record<string, readonly string[]>, rank: number): Map<string, KeyName[]> {
  const index = new Map<string, KeyName[]>()
  for (const [field, written] of Object.entries(names))
    for (const [at, name] of written.entries()) {
      const [first = '', ...below] = name.split('.').map(foldKey)
      index.set(first, [...(index.get(first) ?? []), { field, rank: rank + at, below }])
    }
  return index
}

/** Names that a publication's settings and its system give to the fields. */
interface SiteNames {
  own: ReadonlyMap<string, KeyName[]>
  first: ReadonlyMap<string, KeyName[]>
  last: ReadonlyMap<string, KeyName[]>
  /** Fields of which no other names count. */
  only: ReadonlyMap<string, string[]>
}

const namesOfSites = new WeakMap<ParseContext['site'], SiteNames>()

/** Made once for a publication, and not for each of its files. */
function namesOf(site: ParseContext['site']): SiteNames {
  const known = namesOfSites.get(site)
  if (known) return known
  const { firstKeys, lastKeys, onlyKeys } = site.preset
  const names = {
    own: indexNames(site.frontMatterKeys, -1_000),
    first: indexNames(firstKeys, -500),
    last: indexNames(lastKeys, 1_000),
    only: new Map(Object.entries(onlyKeys).map(([field, keys]) => [field, keys.map(foldKey)])),
  }
  namesOfSites.set(site, names)
  return names
}

const none: readonly KeyName[] = []

/** A value found under one of a field's names. */
interface Found {
  key: string
  value: unknown
  line: number | null
  rank: number
}

/**
 * Reads what front matter says into our fields. A key of the wrong type costs that key and is said; keys that mean
 * nothing here are kept in `extra`.
 */
export function readFrontMatterFields(
  frontMatter: FrontMatter,
  path: string,
  context: ParseContext,
): FrontMatterReading {
  const reader = new FieldReader(frontMatter, path, context)
  return reader.read()
}

class FieldReader {
  private readonly diagnostics: Diagnostic[] = []
  private readonly used = new Set<string>()
  private readonly byFoldedKey = new Map<string, string>()
  private readonly byField = new Map<string, Found[]>()
  private readonly frontMatter: FrontMatter
  private readonly path: string
  private readonly context: ParseContext

  constructor(frontMatter: FrontMatter, path: string, context: ParseContext) {
    this.frontMatter = frontMatter
    this.path = path
    this.context = context
    for (const key of Object.keys(frontMatter.values)) this.byFoldedKey.set(foldKey(key), key)
    const { own, first, last, only } = namesOf(context.site)
    const counts = ({ field }: KeyName, folded: string) => only.get(field)?.includes(folded) ?? true
    for (const [folded, key] of this.byFoldedKey) {
      for (const name of own.get(folded) ?? none) this.find(key, name)
      for (const names of [first, knownNames, last])
        for (const name of names.get(folded) ?? none) if (counts(name, folded)) this.find(key, name)
    }
  }

  private find(key: string, { field, rank, below }: KeyName) {
    let value = this.frontMatter.values[key]
    for (const part of below) value = entryOf(value, part)
    if (value === null || value === undefined || value === '') {
      if (below.length === 0) this.used.add(key)
      return
    }
    const found = { key, value, line: this.frontMatter.lines[key] ?? null, rank }
    this.byField.set(field, [...(this.byField.get(field) ?? []), found])
  }

  read(): FrontMatterReading {
    const timezone = this.text('timezone')?.value ?? null
    const reading: FrontMatterReading = {
      title: this.text('title'),
      kicker: this.text('kicker'),
      standfirst: this.text('standfirst'),
      summary: this.text('summary'),
      authors: this.authors(),
      published: this.publicationDate(timezone),
      updated: this.date('updated', timezone),
      expires: this.date('expires', timezone) ?? this.programsEnd(timezone),
      addressed: this.date('addressed', timezone),
      ...this.terms(),
      source: this.text('source'),
      language: this.text('language'),
      direction: this.direction(),
      guid: this.text('guid'),
      slug: this.text('slug'),
      permalink: this.permalink(),
      externalUrl: this.text('externalUrl'),
      aliases: this.list('aliases'),
      image: this.image(),
      enclosures: this.enclosures(),
      status: this.status(),
      inFeeds: this.inFeeds(),
      diagnostics: this.diagnostics,
    }
    if (this.hasSound(reading.enclosures)) reading.episode = this.episode()
    reading.published ??= this.dateInPath(reading.permalink, timezone)
    this.accountForSounds(reading.enclosures?.value ?? [])
    const extra = Object.entries(this.frontMatter.values).filter(([key]) => !this.used.has(key))
    if (extra.length > 0) reading.extra = Object.fromEntries(extra)
    // What is deleted from makes V8 look every field of it up in a table.
    const given = Object.entries(reading).filter(([, value]) => value !== undefined)
    return Object.fromEntries(given) as unknown as FrontMatterReading
  }

  /** Every value found under a field's names, in the order of the table. Blank ones are none. */
  private found(field: FrontMatterField | 'addressed'): Found[] {
    return this.byField.get(field)?.sort((one, other) => one.rank - other.rank) ?? []
  }

  private take<T>(found: Found, value: T): Field<T> {
    this.used.add(found.key)
    return { value, from: 'front-matter', confidence: 1, line: found.line }
  }

  private wrongType(found: Found, expected: string) {
    this.used.add(found.key)
    const shown = JSON.stringify(found.value)?.slice(0, 60)
    this.diagnostics.push(
      diagnose(
        'front-matter-type',
        this.place(found),
        `"${found.key}" should be ${expected}; found ${shown}.`,
      ),
    )
  }

  private place(found: Found): Place {
    return { path: this.path, line: found.line, column: columnOfValue(this.frontMatter, found.line) }
  }

  private text(field: FrontMatterField): Field<string> | undefined {
    for (const found of this.found(field)) {
      const text = asText(found.value)
      if (text !== null && text.trim() !== '') return this.take(found, text)
      if (!isListOfBlanks(found.value)) this.wrongType(found, 'a text')
    }
    return undefined
  }

  private list(field: FrontMatterField): Field<string[]> | undefined {
    for (const found of this.found(field)) {
      const list =
        this.spaced(found) ?? asList(found.value, this.frontMatter.kind === 'headers' || field === 'tags')
      if (list.length > 0) return this.take(found, list)
      this.used.add(found.key)
    }
    return undefined
  }

  /** Jekyll parts `tags: one two` at white space; https://jekyllrb.com/docs/posts/#tags-and-categories */
  private spaced({ key, value }: Found): string[] | null {
    if (this.context.site.preset.dialect !== 'jekyll' || typeof value !== 'string') return null
    return /^(?:tags|categories)$/i.test(key) && !/[,;]/.test(value)
      ? value.split(/\s+/).filter(Boolean)
      : null
  }

  private date(
    field: 'published' | 'updated' | 'expires' | 'addressed',
    timezone: string | null,
  ): Field<ArticleDate> | undefined {
    return this.firstDate(this.found(field), timezone)
  }

  /**
   * When it may be seen: its date, or a later one that a key gives as that. Where a system of its own reads the folder, that system's
   * order of keys is the rule, and what the site's own programs wait for.
   */
  private publicationDate(timezone: string | null): Field<ArticleDate> | undefined {
    const date = this.date('published', timezone)
    const { preset } = this.context.site
    const awaited = this.awaited().from
    const hasOwn = hasOwnKeys(preset)
    if (!date || (hasOwn && awaited.length === 0)) return date
    const later = [...this.byFoldedKey].flatMap(([folded, key]): Found[] => {
      const value = this.frontMatter.values[key]
      const isAwaited = hasOwn ? awaited.includes(key) : embargoKeys.has(folded)
      return isAwaited && value !== null && value !== undefined && value !== ''
        ? [{ key, value, line: this.frontMatter.lines[key] ?? null, rank: 0 }]
        : []
    })
    return later.reduce((last, found) => {
      if (found.line === date.line) return last
      const until = this.firstDate([found], timezone)
      return until && until.value.epoch > last.value.epoch ? until : last
    }, date)
  }

  /** What the site's own programs wait for. */
  private awaited(): ReturnType<typeof awaitedByPrograms> {
    this.waits ??= awaitedByPrograms(this.context.site.preset.programs, this.path, this.frontMatter.values)
    return this.waits
  }

  private waits: ReturnType<typeof awaitedByPrograms> | null = null

  /** Until when the site's own programs show it. */
  private programsEnd(timezone: string | null): Field<ArticleDate> | undefined {
    const { until } = this.awaited()
    const found = until.flatMap((key): Found[] => {
      const value = this.frontMatter.values[key]
      return value === null || value === undefined || value === ''
        ? []
        : [{ key, value, line: this.frontMatter.lines[key] ?? null, rank: 0 }]
    })
    return this.firstDate(found, timezone)
  }

  private firstDate(candidates: Found[], timezone: string | null): Field<ArticleDate> | undefined {
    for (const found of candidates) {
      // `published: true` is a status, "Last Modified" asks for a date of the file's, which is none of the article's.
      if (typeof found.value === 'boolean' || isTrue(found.value) || isFalse(found.value)) continue
      if (readStatus(found.key, found.value) !== null) continue
      const raw = asText(found.value)
      if (raw !== null && /^(?:git )?(?:last modified|created)$/i.test(raw)) continue
      const source = settingsFor(this.context.site.sources, this.path, '')
      const written = raw === null ? null : readWrittenDate(raw, source?.dateOrder)
      if (raw === null || !written) {
        this.used.add(found.key)
        const shown = raw ?? JSON.stringify(found.value)
        this.diagnostics.push(
          diagnose(
            'date-invalid',
            this.place(found),
            `"${found.key}: ${shown}" is not a date that can be read with certainty.`,
          ),
        )
        continue
      }
      const candidates = {
        given: 'front-matter' as const,
        frontMatter: timezone ?? (this.isUtcTime(found, raw) ? 'UTC' : null),
        source: source?.timezone ?? null,
      }
      const settled = settleDate(written, this.context.site, candidates, this.place(found))
      this.diagnostics.push(...settled.diagnostics)
      this.used.add(found.key)
      if (settled.date) return this.take(found, settled.date)
    }
    return undefined
  }

  /** What YAML itself takes for a time has no zone but UTC; in quotation marks it is a text, and the site's zone counts. */
  private isUtcTime({ line }: Found, raw: string): boolean {
    const { kind, file = '' } = this.frontMatter
    if (this.context.site.preset.yamlTimes !== 'utc' || kind !== 'yaml' || line === null) return false
    const isTime = /^\d{4}-\d\d?-\d\d?(?:[Tt]|[ \t]+)\d\d?:\d\d:\d\d(?:\.\d*)?$/.test(raw.trim())
    return isTime && !/:\s*["']/.test(file.split('\n', line)[line - 1] ?? '')
  }

  /** Sites that write the date nowhere but in the article's path: `path = "2026/01/31/winter"`. */
  private dateInPath(
    permalink: Field<string> | undefined,
    timezone: string | null,
  ): Field<ArticleDate> | undefined {
    const [, year, month, day] =
      /(?:^|\/)(\d{4})\/(\d{1,2})\/(\d{1,2})(?:\/|$)/.exec(permalink?.value ?? '') ?? []
    const written = permalink && readWrittenDate(`${year}-${month}-${day}`)
    if (!written) return undefined
    const source = settingsFor(this.context.site.sources, this.path, '')?.timezone ?? null
    const place = { path: this.path, line: permalink.line }
    const settled = settleDate(
      written,
      this.context.site,
      { given: 'front-matter', frontMatter: timezone, source },
      place,
    )
    this.diagnostics.push(...settled.diagnostics)
    return settled.date ? { ...permalink, value: settled.date, confidence: 0.9 } : undefined
  }

  private authors(): Field<Author[]> | undefined {
    for (const found of this.found('authors')) {
      const values = Array.isArray(found.value) ? found.value : this.apart(found)
      const authors = values.map(value => this.author(value)).filter(author => author !== null)
      if (authors.length > 0) return this.take(found, authors)
      if (!isListOfBlanks(found.value))
        this.wrongType(found, 'a name, a list of names or of {name, url, email}')
    }
    return undefined
  }

  /** Pelican's lists of names, parted by `;`, else by commas; elsewhere those whose every part the site's data know. */
  private apart({ key, value }: Found): unknown[] {
    if (typeof value !== 'string') return [value]
    const { linkMarks, authors } = this.context.site.preset
    if (foldKey(key) === 'authors' && linkMarks === 'pelican')
      return value.split(value.includes(';') ? ';' : ',').filter(name => name.trim() !== '')
    const parts = value.split(',').map(name => name.trim())
    const areKnown =
      ownValue(authors, value.trim()) === undefined && parts.every(name => ownValue(authors, name))
    return areKnown ? parts : [value]
  }

  /** One author: a name, kept whole ("Smith, John" and "A and B" are not taken apart), `Name <mail>`, or a table. */
  private author(value: unknown): Author | null {
    if (isTable(value)) {
      const name = asText(entryOf(value, 'name') ?? entryOf(value, 'title') ?? entryOf(value, 'displayname'))
      if (!name?.trim()) return null
      const url = asText(
        entryOf(value, 'url') ?? entryOf(value, 'uri') ?? entryOf(value, 'link') ?? entryOf(value, 'website'),
      )
      const email = asText(entryOf(value, 'email') ?? entryOf(value, 'mail'))
      return { name: name.trim(), url, email, role: asText(entryOf(value, 'role')) }
    }
    const text = asText(value)?.trim()
    if (!text) return null
    const known = ownValue(this.context.site.preset.authors, text)
    if (known) return known
    const [, name = text, email = null] = /^(.*\S)\s*<([^<>\s]+@[^<>\s]+)>$/.exec(text) ?? []
    return { name, url: null, email, role: null }
  }

  /** Tags and the section. Of several categories the first is the section, and the others are tags. */
  private terms(): Pick<FrontMatterReading, 'tags' | 'section'> {
    const tags = this.list('tags')
    const section = this.list('section')
    const [name, ...others] = section?.value ?? []
    const names = (tags?.value ?? []).map(tag => ownValue(this.context.site.preset.tagNames, tag) ?? tag)
    const unique = [...new Set([...names, ...others])]
    const field = tags ?? section
    return {
      tags: field && unique.length > 0 ? { ...field, value: unique } : undefined,
      section: section && name !== undefined ? { ...section, value: name } : undefined,
    }
  }

  private direction(): Field<'ltr' | 'rtl'> | undefined {
    const found = this.found('direction')[0]
    if (!found) return undefined
    const value = asText(found.value)?.toLowerCase()
    if (value === 'ltr' || value === 'rtl') return this.take(found, value)
    this.wrongType(found, '"ltr" or "rtl"')
    return undefined
  }

  private permalink(): Field<string> | undefined {
    for (const found of this.found('permalink')) {
      const value = asText(found.value)?.trim()
      // Eleventy's `permalink: false` is a status, and no address.
      if (typeof found.value === 'boolean') this.used.add(found.key)
      else if (!value) this.wrongType(found, 'a path or an address')
      else if (!this.context.site.preset.dialect && /\{\{|\{%|\/:|^:/.test(value))
        this.wrongType(found, 'a path; patterns are not filled in')
      else return this.take(found, value)
    }
    return undefined
  }

  private image(): Field<LeadImage> | undefined {
    const alt = this.text('imageAlt')?.value
    for (const found of this.found('image')) {
      const value = Array.isArray(found.value) ? found.value[0] : found.value
      const url = asText(isTable(value) ? firstOf(value, 'src url path image relative file') : value)?.trim()
      if (!url || typeof value === 'boolean' || typeof value === 'number') {
        if (typeof value !== 'boolean') this.wrongType(found, 'an address or {src, alt}')
        continue
      }
      const described = isTable(value) ? asText(firstOf(value, 'alt caption title')) : null
      const image: LeadImage = {
        url,
        alt: described ?? alt ?? '',
        type: mediaTypeAt(url),
        length: null,
        width: isTable(value) ? asCount(entryOf(value, 'width')) : null,
        height: isTable(value) ? asCount(entryOf(value, 'height')) : null,
      }
      return this.take(found, image)
    }
    return undefined
  }

  private enclosures(): Field<Enclosure[]> | undefined {
    const all: Enclosure[] = []
    let first: Found | undefined
    for (const found of this.found('enclosures')) {
      const key = foldKey(found.key)
      const values = (Array.isArray(found.value) ? found.value : [found.value]).filter(isGiven)
      const read = values.map(value => this.assumed(found, enclosureOf(value)))
      const enclosures = read.filter(enclosure => enclosure !== null)
      // `video: https://…/watch?v=1` is a page; only a key that means files makes a file of it.
      const meansFiles = /^(?:enclosure|attachment)/.test(key)
      if (!meansFiles && !meansSound.test(key) && enclosures.every(isPage)) {
        if (key === 'video' && enclosures.length > 0)
          this.tell(
            'video-elsewhere',
            found,
            `"${found.key}" leads to a page, not to a file: nothing was attached.`,
          )
        continue
      }
      if (enclosures.length < values.length)
        this.wrongType(found, 'a file, an address, or {url, type, length}')
      if (enclosures.length === 0) continue
      this.used.add(found.key)
      first ??= found
      for (const enclosure of enclosures)
        if (!all.some(({ url }) => url === enclosure.url)) all.push(enclosure)
    }
    return first && this.take(first, all)
  }

  /** An address under `audio` is of sound, whatever it looks like: hosts that count downloads give no extension. */
  private assumed(found: Found, enclosure: Enclosure | null): Enclosure | null {
    if (enclosure === null || !isPage(enclosure) || !meansSound.test(foldKey(found.key))) return enclosure
    if (!/^https?:\/\//i.test(enclosure.url)) return null
    const type = this.byField.has('enclosures') && this.givenType()
    if (!type)
      this.tell(
        'sound-type-assumed',
        found,
        `The address under "${found.key}" does not show what it leads to: it is taken for audio/mpeg.`,
      )
    return { ...enclosure, type: type || 'audio/mpeg' }
  }

  private givenType(): string | null {
    return readEpisodeFields(this.frontMatter, () => {}).episode.type
  }

  private tell(
    code: 'sound-unread' | 'sound-type-assumed' | 'video-elsewhere',
    found: Found,
    message: string,
  ) {
    this.diagnostics.push(diagnose(code, this.place(found), message))
  }

  private hasSound(enclosures: Field<Enclosure[]> | undefined): boolean {
    const beside = this.context.soundsBeside?.(this.path) ?? []
    return beside.length > 0 || (enclosures?.value.some(isPlayable) ?? false)
  }

  private episode(): EpisodeReading {
    const { lines } = this.frontMatter
    const { episode, keys } = readEpisodeFields(this.frontMatter, (key, value, expected) =>
      this.wrongType({ key, value, line: lines[key] ?? null, rank: 0 }, expected),
    )
    // Fields of the publisher's own may be made of the same keys.
    const fed = new Set(
      this.context.site.feedFields.flatMap(({ from }) => ('key' in from ? [from.key.split('.')[0]] : [])),
    )
    for (const key of keys) if (!fed.has(key)) this.used.add(key)
    return episode
  }

  /** No name of a sound is passed over in silence, whatever key it stands under. */
  private accountForSounds(enclosures: Enclosure[]) {
    const known = new Set(enclosures.map(({ url }) => url))
    for (const [key, value] of Object.entries(this.frontMatter.values)) {
      if (textFields.has(foldKey(key))) continue
      for (const name of soundNamesIn(value)) {
        if (known.has(name)) continue
        const found = { key, value, line: this.frontMatter.lines[key] ?? null, rank: 0 }
        this.tell('sound-unread', found, `"${key}" names ${name}, and no sound is read from there.`)
      }
    }
  }

  private status(): Reading['status'] {
    let kept = this.statusByName() ?? this.statusByPlugin()
    for (const [key, value] of Object.entries(this.frontMatter.values)) {
      if (!isStatusKey(key)) {
        kept ??= this.statusInside(key, value)
        continue
      }
      if (typeof value !== 'object') this.used.add(key)
      const status = readStatus(key, value)
      if (status) kept ??= this.take(this.foundAt(key, value), status)
    }
    return kept ?? this.statusByDates()
  }

  /** From when on, or until when, it may be seen is said, and nobody can tell when that is. */
  private statusByDates(): Reading['status'] {
    if (hasOwnKeys(this.context.site.preset)) return undefined
    const order = settingsFor(this.context.site.sources, this.path, '')?.dateOrder
    for (const [folded, key] of this.byFoldedKey) {
      const value = this.frontMatter.values[key]
      const isLimit = embargoKeys.has(folded) || expiryKeys.has(folded)
      if (!isLimit || !isSaid(value) || isTrue(value)) continue
      const raw = asText(value)
      const found = this.foundAt(key, value)
      const written = raw === null ? null : readWrittenDate(raw, order)
      const zones = { given: 'front-matter' as const, frontMatter: null, source: null }
      // Of an article's own date that may be either of two, the next that is certain is taken.
      if (publicationKeys.has(folded) && raw !== null && /\d/.test(raw)) continue
      if (written && settleDate(written, this.context.site, zones, this.place(found)).date) continue
      const shown = `"${key}: ${raw ?? JSON.stringify(value)}"`
      const message = `${shown} says when it may be seen, and names no day that can be read: it is withheld.`
      this.diagnostics.push(diagnose('draft-uncertain', this.place(found), message))
      return this.take(found, 'draft' as const)
    }
    return undefined
  }

  /** One key that keeps it out of feeds is enough; one that says neither yes nor no does: what a feed has shown nobody takes back. */
  private inFeeds(): Reading['inFeeds'] {
    for (const [key, value] of Object.entries(this.frontMatter.values)) {
      const inside = isTable(value) && isOfTheme(key) ? Object.entries(value) : []
      const said = inside.some(([inner, given]) => readInFeeds(inner, given) === false)
        ? false
        : readInFeeds(key, value)
      const found = this.foundAt(key, value)
      if (said === 'unclear') this.wrongType(found, 'true or false (until then it is in no feed)')
      if (said === false || said === 'unclear') return this.take(found, false)
    }
    return undefined
  }

  /** Some systems show nothing but what they know the status of. */
  private statusByName(): Reading['status'] {
    const { shownStatuses } = this.context.site.preset
    const key = this.byFoldedKey.get('status')
    if (shownStatuses === null || key === undefined) return undefined
    const value = asText(this.frontMatter.values[key])?.trim().toLowerCase() ?? ''
    return value === '' || shownStatuses.includes(value) || readStatus(key, value) !== null
      ? undefined
      : this.take(this.foundAt(key, value), 'draft' as const)
  }

  /** What plugins of the site are told to hide. */
  private statusByPlugin(): Reading['status'] {
    const { hidingKeys, hidingTerms } = this.context.site.preset
    const { values } = this.frontMatter
    for (const key of hidingKeys.map(name => this.byFoldedKey.get(foldKey(name))))
      if (key !== undefined && isSaid(values[key]))
        return this.take(this.foundAt(key, values[key]), 'unlisted' as const)
    if (hidingTerms.length === 0 || values.password === '') return undefined
    for (const found of [...this.found('tags'), ...this.found('section')])
      if ([found.value].flat(3).some(term => isAmong(term, hidingTerms)))
        return this.take(found, 'password' as const)
    return undefined
  }

  /** `params: { draft: true }`: whichever system the table is for, somebody meant it. */
  private statusInside(key: string, value: unknown): Reading['status'] {
    if (!isTable(value)) return undefined
    for (const [inner, said] of Object.entries(value)) {
      const isDraft = /^(?:is)?draft$/.test(foldKey(inner))
      const status = isDraft || isOfTheme(key) ? readStatus(inner, said) : null
      if (status !== null) return this.take(this.foundAt(key, value), isDraft ? ('draft' as const) : status)
    }
    return undefined
  }

  private foundAt(key: string, value: unknown): Found {
    return { key, value, line: this.frontMatter.lines[key] ?? null, rank: 0 }
  }
}

/** A term, or several in one text. */
const isAmong = (written: unknown, terms: readonly string[]): boolean => {
  const said = [String(written), ...String(written).split(',')].map(term => term.trim().toLowerCase())
  return terms.some(term => said.includes(term.toLowerCase()))
}

/** Hugo's and Zola's tables of what themes ask for: keys mean there what they mean outside. */
const isOfTheme = (key: string) => /^(?:params|extra)$/.test(foldKey(key))

const isTable = (value: unknown): value is Record<string, unknown> =>
  value !== null && typeof value === 'object' && !Array.isArray(value)

function entryOf(value: unknown, name: string): unknown {
  if (!isTable(value)) return undefined
  const key = Object.keys(value).find(candidate => foldKey(candidate) === foldKey(name))
  return key === undefined ? undefined : value[key]
}

function firstOf(value: unknown, names: string): unknown {
  return names
    .split(' ')
    .map(name => entryOf(value, name))
    .find(entry => entry !== undefined && entry !== null && entry !== '')
}

function asText(value: unknown): string | null {
  if (typeof value === 'string') return value
  return typeof value === 'number' ? String(value) : null
}

/** Strings of a list; `categories: [null]` is empty. A text is one entry, or several where the writer's system parts it at commas. */
function asList(value: unknown, commas: boolean): string[] {
  if (Array.isArray(value))
    // Lists in a list are places in a tree of Hexo's.
    return [
      ...new Set(
        value
          .flat()
          .flatMap(
            entry =>
              asText(entry)?.trim() ||
              asText(entryOf(entry, 'name')) ||
              asText(entryOf(entry, 'label')) ||
              [],
          ),
      ),
    ]
  const text = asText(value)?.trim()
  if (!text) return []
  return (commas ? text.split(/[,;]/) : [text]).map(entry => entry.trim()).filter(Boolean)
}

const isListOfBlanks = (value: unknown) =>
  Array.isArray(value) && value.every(entry => entry === null || entry === '' || entry === undefined)

function asCount(value: unknown): number | null {
  const count = Number(asText(value) ?? Number.NaN)
  return Number.isSafeInteger(count) && count > 0 ? count : null
}

const isPage = ({ type }: Enclosure) => type === unknownType
const unknownType = 'application/octet-stream'

/** Keys that mean sound and nothing else. */
const meansSound = /^(?:audio|mp3|podcastfile|podcasturl|episodeurl|sound|recording)/

/** What stands under these is words, whatever it looks like. */
const textFields = new Set(
  ['title', 'kicker', 'standfirst', 'summary', 'authors', 'tags', 'section', 'source', 'imageAlt'].flatMap(
    field => frontMatterKeys[field as FrontMatterField].map(foldKey),
  ),
)

const isGiven = (value: unknown) =>
  value !== null && value !== undefined && value !== '' && typeof value !== 'boolean'

const soundName = /^[^\n]{1,500}\.(?:mp3|m4[abv]|aac|og[gav]|opus|flac|wav|weba|webm|mp4|mov)(?:[?#].*)?$/i

/** Every name of a sound in a value, however deep. */
function soundNamesIn(value: unknown, depth = 0): string[] {
  if (typeof value === 'string') return soundName.test(value.trim()) ? [value.trim()] : []
  if (value === null || typeof value !== 'object' || depth > 8) return []
  return Object.values(value).flatMap(inner => soundNamesIn(inner, depth + 1))
}

function enclosureOf(value: unknown): Enclosure | null {
  const written = asText(isTable(value) ? firstOf(value, 'url src file href path link mp3') : value)?.trim()
  // WordPress keeps address, length and type in one text, a line for each; others keep all in one line.
  const [, ...inLine] = /^(https?:\/\/\S+)\s+(\d+)\s+([\w.+-]+\/[\w.+-]+)$/.exec(written ?? '') ?? []
  const [url = '', length, type] = inLine.length > 0 ? inLine : (written?.split(/\s*\n\s*/) ?? [])
  const known = mediaTypeAt(url) ?? mediaTypeOf(url)
  if (!url || (!isTable(value) && /\s/.test(url) && known === null)) return null
  const given = isTable(value) ? asText(firstOf(value, 'type mime mimetype')) : (type ?? null)
  return {
    url,
    type: given ?? known ?? unknownType,
    length: asCount(isTable(value) ? firstOf(value, 'length size bytes') : length),
    title: isTable(value) ? asText(entryOf(value, 'title')) : null,
    duration: isTable(value) ? durationOf(entryOf(value, 'duration')) : null,
  }
}
