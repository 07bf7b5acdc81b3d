import type { ArticleDate, Field } from '../model/article.ts'
import { readArticlePath } from '../model/article-paths.ts'
import { type Diagnostic, diagnose } from '../model/diagnostic.ts'
import type { Preset } from '../model/preset.ts'
import type { Site } from '../model/site.ts'
import { localOf } from '../text/dates.ts'
import { isForeignPattern, permalinkDialects } from '../text/permalink-dialects.ts'
import { fillPermalink, type PermalinkFacts } from '../text/permalink-pattern.ts'
import { isHttpUrl } from '../text/urls.ts'
import { type PresetPlace, placeIn } from './preset-place.ts'

/** What the address of an article may be made of. */
export interface AddressGiven {
  path: string
  permalink: Field<string> | undefined
  title: string | null
  slug: string | null
  published: ArticleDate | null
  dateFrom: Field<unknown>['from'] | null
  /** The date that addresses name, where it is not the one above. */
  addressed: ArticleDate | null
  categories: string[]
  /** Front matter that patterns may name (`{@abbrlink}`), as text. */
  keys: Record<string, string>
  language: string | null
  author: string | null
}

/**
 * The address that the folder's own system gives an article: what front matter says, in that system's language, else
 * by the first pattern that the article can fill. Undefined where nothing is said: the article gets Broadsheet's own.
 */
export function presetAddress(
  given: AddressGiven,
  site: Pick<Site, 'preset' | 'timezone'>,
  diagnostics: Diagnostic[],
): Field<string> | undefined {
  const found = plainAddress(given, site, diagnostics)
  const folders = site.preset.languageFolders
  const folder = folders.find(code => code.toLowerCase() === given.language?.toLowerCase())
  if (!found || folder === undefined || isHttpUrl(found.value)) return found
  const path = found.value.replace(/^\/+/, '')
  return path.startsWith(`${folder}/`) ? found : { ...found, value: `/${folder}/${path}` }
}

function plainAddress(
  given: AddressGiven,
  site: Pick<Site, 'preset' | 'timezone'>,
  diagnostics: Diagnostic[],
): Field<string> | undefined {
  const { preset } = site
  const place = placeIn(preset, given.path)
  const { permalink } = given
  if (permalink && !(preset.dialect && isForeignPattern(permalink.value, preset.dialect)))
    return { ...permalink, value: ended(inLanguage(permalink.value, place), preset) }
  const facts = factsOf(given, place, site)
  const translated = permalink && preset.dialect ? permalinkDialects[preset.dialect](permalink.value) : null
  const filled = translated === null ? null : fillPermalink(translated, facts)
  if (permalink && filled !== null) return { ...permalink, value: filled }
  const patterns = patternsOf(place, given.language)
  for (const pattern of patterns) {
    const value = fillPermalink(pattern, facts)
    if (value !== null) {
      if (permalink) diagnostics.push(unfilled(permalink.value, given.path, permalink.line))
      return { value, from: 'settings', confidence: 1, line: null }
    }
  }
  // Without a date most patterns can't be filled, and the missing date is told already.
  const wanted = permalink?.value ?? patterns[0]
  if (wanted && given.published) diagnostics.push(unfilled(wanted, given.path, permalink?.line ?? null))
  return undefined
}

/** Where folders are categories beside what the file says, they come first; where they stand in for it, last. */
function categoriesOf(place: PresetPlace | null, given: string[]): string[] {
  const ofPlace = place?.categories ?? []
  return [
    ...new Set(place?.rule.folderCategories === 'above' ? [...ofPlace, ...given] : [...given, ...ofPlace]),
  ]
}

function patternsOf(place: PresetPlace | null, language: string | null): string[] {
  const { permalinks = [], inOtherLanguages: other = null } = place?.rule ?? {}
  if (other === null || language === null) return permalinks
  return language.toLowerCase() === other.language.toLowerCase() ? permalinks : other.permalinks
}

/** `url: about` of a French page is `/fr/about` to Hugo; `url: /about` is what it says. */
function inLanguage(address: string, place: PresetPlace | null): string {
  const before = place?.rule.relativeTo ?? ''
  return before === '' || address.startsWith('/') || isHttpUrl(address) ? address : `${before}/${address}`
}

function unfilled(pattern: string, path: string, line: number | null): Diagnostic {
  return diagnose(
    'permalink-unfilled',
    { path, line },
    `The address pattern "${pattern}" needs what is not known of this article; it got another.`,
  )
}

function factsOf(
  given: AddressGiven,
  place: PresetPlace | null,
  site: Pick<Site, 'preset' | 'timezone'>,
): PermalinkFacts {
  const { suffix = null, language = null } = place?.rule ?? {}
  const path = suffix === null ? given.path : withoutSuffix(given.path, suffix)
  const { name, date } = readArticlePath(path)
  const file = path.slice(path.lastIndexOf('/') + 1).replace(/\.[^.]+$/, '')
  const folders = place?.folders ?? path.split('/').slice(0, -1)
  // The folder of an `index.md` is its name.
  const bundle = /^index$/i.test(file) ? folders.at(-1) : undefined
  const dated = given.addressed ?? given.published
  const named =
    date !== null && (/^(?:first|never-slug)$/.test(site.preset.nameDates ?? '') || given.dateFrom === 'path')
  return {
    local: dated && localDate(dated, site),
    title: given.title,
    slug: given.slug ?? (site.preset.nameDates !== null && named ? name : null),
    name,
    filename: bundle ?? file,
    nameDate: date,
    folders: bundle !== undefined ? folders.slice(0, -1) : folders,
    sections:
      bundle !== undefined && place
        ? place.sections.filter(name => name !== bundle)
        : (place?.sections ?? folders.slice(0, 1)),
    categories: categoriesOf(place, given.categories),
    path: [...folders, file],
    keys: given.keys,
    language: given.language ?? language,
    author: given.author,
  }
}

function withoutSuffix(path: string, suffix: string): string {
  const extension = /\.[^./]+$/.exec(path)?.[0] ?? ''
  const stem = path.slice(0, path.length - extension.length)
  return stem.endsWith(suffix) ? stem.slice(0, -suffix.length) + extension : path
}

/** The day may be another one on another clock. */
function localDate(
  { local, epoch, precision }: ArticleDate,
  { preset, timezone }: Pick<Site, 'preset' | 'timezone'>,
): string {
  if (preset.addressClock === 'written' || precision === 'day') return local
  const zone = preset.addressClock === 'utc' ? 'UTC' : timezone
  return zone === null ? local : localOf(epoch, zone)
}

function ended(address: string, { addressEnd }: Pick<Preset, 'addressEnd'>): string {
  if (addressEnd === 'as-is' || isHttpUrl(address) || address.endsWith('/')) return address
  if (addressEnd === 'no-index') return address.replace(/(^|\/)index\.html$/, '$1')
  return addressEnd === 'slash-or-extension' && /\.[^/.]+$/.test(address) ? address : `${address}/`
}
