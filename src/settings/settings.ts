import { parse, TomlDate, TomlError } from 'smol-toml'
import * as v from 'valibot'
import type { Author } from '../model/article.ts'
import { type DiagnosticCode, diagnosticCodes } from '../model/diagnostic-codes.ts'
import type { PresetReading, PresetSettings } from '../model/preset.ts'
import { contentRule, type Preset, type PresetName } from '../model/preset.ts'
import { cloudAddress, hubAddress, type PushSettings } from '../model/push-settings.ts'
import type { ServingSettings } from '../model/serving.ts'
import { type Site, type SourceSettings, siteDefaults } from '../model/site.ts'
import { globRoot } from '../text/globs.ts'
import { nearestName } from '../text/nearest-name.ts'
import { ownValue } from '../text/own-value.ts'
import { undeclaredElements } from './feed-settings.ts'
import { podcastSettingsTable, settlePodcast, settleShow, showSettingsTable } from './podcast-settings.ts'
import { pushSettingsTable, settlePush } from './push-settings-table.ts'
import { resolveSite, type SiteOptions } from './resolved-site.ts'
import { serveSettingsTable, settleServing } from './serve-settings.ts'
import type { Given, Setting } from './setting.ts'
import {
  authorKeys,
  foreignSettings,
  frontMatterFields,
  frontMatterNames,
  settingsTable,
  sourceSettingsTable,
} from './settings-table.ts'
import { saidTwice, type TomlPath, type TomlPlace, type TomlPlaces, tomlPlaces } from './toml-places.ts'

/** The settings file's name inside a publication's folder. */
export const settingsFile = 'broadsheet.toml'

/** One thing that is wrong with the settings. All of them are reported at once; any of them stops the program. */
export interface SettingsProblem {
  code: Extract<DiagnosticCode, `settings-${string}`>
  /** `broadsheet.toml`, or the option or variable that was wrong: `--url`. */
  where: string
  /** 1-based; null where `where` is not a file. */
  line: number | null
  column: number | null
  message: string
  hint: string
}

export interface SettingsOptions {
  /** An address that overrides `url`, and the name of who gave it: `--url`, `BROADSHEET_URL`. */
  url?: { value: string; from: string } | null
  /** Stands in for `url` where nobody gives one. Ends in `/`. */
  previewUrl?: string
  /** It stands in for `url` in any case, nothing is minted or told to anybody but by a `hub` on this machine; `drafts` are shown too. */
  preview?: { drafts: boolean; hub?: boolean } | null
  /**
   * Who answers at the hub's address: a server that is begun with these settings, or, for a publication of files alone, nobody but whom `hub_url`
   * names. A hub at which nobody answers is not named. @default 'server'
   */
  hubBy?: 'server' | 'hub_url'
  /** How the folder of another system is read, and what that system's own settings say. */
  preset?: PresetReading | null
}

export interface SettingsReading {
  /** Null where there are problems. */
  site: Site | null
  /** The `[serve]` table, which is not part of the site: nothing that is published depends on it. */
  serving: ServingSettings | null
  /** The `[push]` table; of it only the hub's address shows in the site. */
  push: PushSettings | null
  problems: SettingsProblem[]
  /** Where the publication's address comes from. */
  urlFrom: 'override' | 'settings' | 'preview'
  /** The preset that the settings choose. */
  chosenPreset: PresetName | null
}

/**
 * Where the value of a setting stands, or the table it would be in; null where neither does.
 * @param toml settings that were read without a problem
 * @param setting with dots between tables: `podcast.image`
 */
export function settingPlace(toml: string, setting: string): TomlPlace | null {
  return tomlPlaces(toml).value(setting.split('.').map(part => (/^\d+$/.test(part) ? Number(part) : part)))
}

/**
 * Settings from the text of a `broadsheet.toml`, every default settled; null where the folder has none.
 * Never throws: what is wrong is in `problems`, with line and column.
 * @example
 * readSettings('title = "The News"').site?.title // 'The News'
 */
export function readSettings(toml: string | null, options: SettingsOptions = {}): SettingsReading {
  const problems: SettingsProblem[] = []
  const table = parsedTable(toml ?? '', problems)
  const reader = new TableReader(problems.length > 0 ? null : tomlPlaces(toml ?? ''), problems)
  const given = reader.read<typeof settingsTable>(table, settingsTable, [], foreignSettings)
  const authors = reader.authors(given.authors, table.authors)
  const sources = reader.sources(given.sources)
  const serving = settleServing(
    reader.read<typeof serveSettingsTable>(given.serve ?? {}, serveSettingsTable, ['serve']),
  )
  const podcast = settlePodcast(
    given.podcast
      ? reader.read<typeof podcastSettingsTable>(given.podcast, podcastSettingsTable, ['podcast'])
      : null,
  )
  const feeds = given.feeds?.map(({ podcast, ...rule }, index) => {
    const at = ['feeds', index, 'podcast']
    const show = podcast && settleShow(reader.read<typeof showSettingsTable>(podcast, showSettingsTable, at))
    return show ? { ...rule, podcast: show } : rule
  })
  const givenPush = reader.read<typeof pushSettingsTable>(given.push ?? {}, pushSettingsTable, ['push'])
  reader.leases(givenPush)
  const push = settlePush(options.preview && !options.preview.hub ? {} : givenPush, options.hubBy)
  const frontMatterKeys = reader.frontMatterKeys(given.front_matter_keys)
  reader.feedFields(given)
  reader.lifetimes(given)
  const override = readOverride(options.url ?? null, problems)
  const { preset = null, settings: own = {} } = options.preset ?? {}
  const url = given.url ?? own.url
  const urlFrom = override ? 'override' : url ? 'settings' : 'preview'
  const chosenPreset = given.preset ?? null
  if (problems.length > 0)
    return { site: null, serving: null, push: null, problems: problems.sort(byPlace), urlFrom, chosenPreset }

  const site = resolveSite({
    ...siteOptionsOf(given, own),
    // A preview's address is not a public one: nothing is minted from it.
    url: override ?? url,
    // Ids outlive hosts: an address given for one run does not change what the settings' own address has minted.
    home: url,
    authors: authors.length > 0 ? authors : own.authors,
    sources,
    frontMatterKeys,
    podcast,
    feeds,
    preset: adjusted(preset ?? siteDefaults.preset, given),
  })
  if (urlFrom === 'preview') site.url = options.previewUrl ?? siteDefaults.url
  if (options.preview) showLocally(site, options.previewUrl ?? siteDefaults.url, options.preview)
  if (push.hub) nameHub(site, hubAddress(push, site.url))
  return { site, serving, push, problems, urlFrom: options.preview ? 'preview' : urlFrom, chosenPreset }
}

/** Other addresses on the same path, so that everything leads to this machine; ids are those that a publication would have. */
function showLocally(site: Site, previewUrl: string, { drafts }: { drafts: boolean }): void {
  site.url = new URL(new URL(site.url).pathname, previewUrl).href
  site.preview = true
  if (drafts) site.previewsDrafts = true
}

function parsedTable(toml: string, problems: SettingsProblem[]): Record<string, unknown> {
  try {
    return parse(toml)
  } catch (error) {
    if (!(error instanceof TomlError)) throw error
    problems.push(syntaxProblem(error, toml))
    return {}
  }
}

/** What is taken over from the settings as it is, or, where they say nothing, from those of the system. */
function siteOptionsOf(given: Given<typeof settingsTable>, own: PresetSettings): SiteOptions {
  return {
    title: given.title ?? own.title,
    description: given.description ?? own.description,
    tagAuthority: given.tag_authority,
    founded: given.founded,
    language: given.language ?? own.language,
    timezone: given.timezone ?? own.timezone,
    copyright: given.copyright ?? own.copyright,
    icon: given.icon,
    logo: given.logo,
    accent: given.accent,
    footer: given.footer,
    links: given.links,
    stylesheet: given.stylesheet,
    limit: given.limit,
    content: given.content,
    undated: given.undated,
    maxFileBytes: given.max_file_bytes,
    hubs: given.hubs,
    maxAge: given.max_age,
    maxAgeFloor: given.max_age_floor,
    maxAgeCeiling: given.max_age_ceiling,
    styleFeeds: given.style_feeds,
    pages: given.pages,
    media: given.media,
    replace: given.replace,
    tombstones: given.tombstones,
    untitled: given.untitled,
    embeds: given.embeds,
    maxFeedBytes: given.max_feed_bytes,
    me: given.me,
    fediverseCreator: given.fediverse_creator,
    feedNamespaces: given.feed_namespaces,
    feedFields: given.feed_fields,
    ignore: given.ignore,
  }
}

/** The server's own hub comes first: it knows of a publication before any other. */
function nameHub(site: Site, hub: string): void {
  site.hubs = [hub, ...site.hubs.filter(other => other !== hub)]
  site.rssCloud = cloudAddress(hub, 'pleaseNotify')
}

/** The publisher's own word on which files are articles and where they are read counts before the system's. */
function adjusted(
  preset: Preset,
  { include, permalink }: { include?: string[]; permalink?: string },
): Preset {
  if (!include && !permalink) return preset
  const usual = preset.content[0] ?? contentRule({ match: '**' })
  const content = include
    ? include.map(match => ({
        ...usual,
        match,
        root: preset.content.length > 0 ? usual.root : globRoot(match),
      }))
    : preset.content.length > 0
      ? preset.content
      : [usual]
  return {
    ...preset,
    content: permalink ? content.map(rule => ({ ...rule, permalinks: [permalink] })) : content,
  }
}

type Table = Record<string, Setting>

/** Reads one table after another into values and problems. */
class TableReader {
  readonly #places: TomlPlaces | null
  readonly #problems: SettingsProblem[]

  constructor(places: TomlPlaces | null, problems: SettingsProblem[]) {
    this.#places = places
    this.#problems = problems
  }

  /** The valid values of a table; a problem for every other one and for every key that nobody knows. */
  read<T extends Table>(
    table: Record<string, unknown>,
    settings: T,
    at: TomlPath,
    foreign: Record<string, string> = {},
  ): Given<T> {
    const given: Record<string, unknown> = {}
    for (const [key, value] of Object.entries(table)) {
      const setting = Object.hasOwn(settings, key) ? settings[key] : undefined
      if (!setting) this.unknown([...at, key], Object.keys(settings), foreign)
      else given[key] = this.value([...at, key], setting, value)
    }
    return given as Given<T>
  }

  value(
    path: TomlPath,
    setting: Pick<Setting, 'schema' | 'expected' | 'example' | 'names'>,
    value: unknown,
  ): unknown {
    const result = v.safeParse(setting.schema, value)
    if (result.success) return result.output
    const inside = v.getDotPath(result.issues[0])?.split('.') ?? []
    const found = inside.reduce<unknown>((outer, key) => (outer as Record<string, unknown>)?.[key], value)
    const place = [...path, ...inside.map(key => (/^\d+$/.test(key) ? Number(key) : key))]
    this.#problem(
      'settings-value',
      this.#places?.value(place) ?? null,
      `\`${path.join('.')}\` must be ${setting.expected}; this is ${describe(found)}.`,
      suggestValue(found, setting.names) ?? `Write it like this: ${setting.example.replaceAll('\n', ' ⏎ ')}`,
    )
    return undefined
  }

  unknown(path: TomlPath, known: readonly string[], foreign: Record<string, string> = {}): void {
    const key = String(path.at(-1))
    const meant = ownValue(foreign, key) ?? nearestName(key, known)
    const table = path
      .slice(0, -1)
      .filter(part => typeof part === 'string')
      .join('.')
    this.#problem(
      'settings-unknown',
      this.#places?.key(path) ?? null,
      `There is no setting \`${key}\`${table ? ` in [${table}]` : ''}.`,
      meant ? `Did you mean \`${meant}\`?` : `There are: ${known.join(', ')}.`,
    )
  }

  authors(given: Given<typeof settingsTable>['authors'], written: unknown): Author[] {
    if (Array.isArray(written))
      for (const [index, author] of written.entries())
        if (isTable(author))
          for (const key of Object.keys(author))
            if (!authorKeys.some(known => known === key)) this.unknown(['authors', index, key], authorKeys)
    return (given ?? []).map(author => {
      const { name, url = null, email = null } = typeof author === 'string' ? { name: author } : author
      return { name, url, email, role: null }
    })
  }

  sources(given: Record<string, unknown> = {}): Record<string, SourceSettings> {
    const sources = Object.entries(given).flatMap(([name, table]) => {
      if (!isTable(table)) {
        this.value(['sources', name], sourceTable, table)
        return []
      }
      const settings = this.read<typeof sourceSettingsTable>(table, sourceSettingsTable, ['sources', name])
      const {
        match = null,
        timezone = null,
        language = null,
        date_order: dateOrder = null,
        author = null,
        feed = null,
      } = settings
      return [[name, { match, timezone, language, dateOrder, author, feed }] as const]
    })
    return Object.fromEntries(sources)
  }

  frontMatterKeys(given: Record<string, unknown> = {}): Record<string, string[]> {
    const names = Object.entries(given).flatMap(([field, value]) => {
      const path = ['front_matter_keys', field]
      if (!frontMatterFields.some(known => known === field)) {
        this.unknown(path, frontMatterFields)
        return []
      }
      const list = this.value(path, frontMatterList, value) as string[] | undefined
      return list ? [[camelCase(field), list] as const] : []
    })
    return Object.fromEntries(names)
  }

  /** An element without a namespace would make every feed ill-formed. */
  feedFields({
    feed_fields: fields = [],
    feed_namespaces: namespaces = {},
  }: Given<typeof settingsTable>): void {
    for (const element of undeclaredElements(fields, namespaces)) {
      const prefix = element.slice(0, element.indexOf(':'))
      this.#problem(
        'settings-value',
        this.#places?.key(['feed_fields', element]) ?? null,
        `\`${element}\` has a prefix that no namespace is declared for.`,
        `Declare it: [feed_namespaces] ⏎ ${prefix} = "https://…"`,
      )
    }
  }

  /** A default outside of its bounds is a slip too. */
  leases(given: Given<typeof pushSettingsTable>): void {
    const { leaseDefault, leaseMin, leaseMax } = settlePush(given)
    if (leaseMin <= leaseDefault && leaseDefault <= leaseMax) return
    const names = ['lease_default', 'lease_max', 'lease_min'] as const
    const key = names.find(name => given[name] !== undefined) ?? names[0]
    this.#problem(
      'settings-value',
      this.#places?.value(['push', key]) ?? null,
      `\`push.lease_default\` (${leaseDefault}) must lie between \`lease_min\` (${leaseMin}) and \`lease_max\` (${leaseMax}).`,
      'Change one of the three.',
    )
  }

  /** Bounds that leave nothing between them are a slip, whichever of the two is meant. */
  lifetimes(given: Given<typeof settingsTable>): void {
    const floor = given.max_age_floor ?? siteDefaults.maxAgeFloor
    const ceiling = given.max_age_ceiling ?? siteDefaults.maxAgeCeiling
    if (floor <= ceiling) return
    const [key, other] =
      given.max_age_ceiling === undefined
        ? (['max_age_floor', 'max_age_ceiling'] as const)
        : (['max_age_ceiling', 'max_age_floor'] as const)
    this.#problem(
      'settings-value',
      this.#places?.value([key]) ?? null,
      `\`max_age_floor\` (${floor}) is more than \`max_age_ceiling\` (${ceiling}): nothing lies between them.`,
      `Change one of them, or set \`${other}\` too.`,
    )
  }

  #problem(
    code: SettingsProblem['code'],
    place: { line: number; column: number } | null,
    message: string,
    hint: string,
  ) {
    this.#problems.push({
      code,
      where: settingsFile,
      line: place?.line ?? null,
      column: place?.column ?? null,
      message,
      hint,
    })
  }
}

const sourceTable = {
  schema: v.record(v.string(), v.unknown()),
  expected: 'a table',
  example: settingsTable.sources.example,
}
const frontMatterList = {
  schema: frontMatterNames,
  expected: 'a list of names',
  example: settingsTable.front_matter_keys.example,
}

function syntaxProblem(error: TomlError, toml: string): SettingsProblem {
  const [given = ''] = error.message.replace(/^Invalid TOML document: /, '').split('\n')
  const line = toml.split('\n')[error.line - 1]?.trimEnd() ?? ''
  // A text that ends with its line: the parser speaks of the line break as of a character that may not be in it.
  const unclosed = line.length < error.column && /in strings/.test(given)
  // A bare word where a value stands: text without its quotation marks.
  const bare =
    given === 'invalid value' ? /^([^\d"'#[{\s][^"'#]*)/.exec(line.slice(error.column - 1))?.[1] : undefined
  const twice = /redefine/.test(given) ? saidTwice(toml, error.line) : null
  if (twice)
    return {
      code: 'settings-syntax',
      where: settingsFile,
      line: error.line,
      column: error.column,
      message: `\`${twice.key}\` stands twice: first on line ${twice.first.line}, and here again.`,
      hint: 'Remove one of the two.',
    }
  const reason = unclosed
    ? 'the text on this line is not closed, a quotation mark is missing at its end'
    : bare
      ? `the text ${bare.trimEnd()} stands without quotation marks`
      : given
  return {
    code: 'settings-syntax',
    where: settingsFile,
    line: error.line,
    column: error.column,
    message: `This is not TOML: ${reason}.`,
    hint: bare
      ? `Write it like this: ${line.slice(0, error.column - 1)}${JSON.stringify(bare.trimEnd())}`
      : diagnosticCodes['settings-syntax'][1],
  }
}

function readOverride(given: SettingsOptions['url'] | null, problems: SettingsProblem[]): string | null {
  if (!given) return null
  const { schema, expected, example } = settingsTable.url
  const result = v.safeParse(schema, given.value)
  if (result.success) return result.output
  const message = `${given.from} must be ${expected}; this is ${describe(given.value)}.`
  const hint = `Write it like this: ${given.from}${given.from.startsWith('-') ? ' ' : '='}${/"(.+)"/.exec(example)?.[1] ?? example}`
  problems.push({ code: 'settings-value', where: given.from, line: null, column: null, message, hint })
  return null
}

/** `Asia/Teheran` → `Asia/Tehran`. */
function suggestValue(found: unknown, names: Setting['names']): string | null {
  const meant = typeof found === 'string' && names ? nearestName(found, names()) : null
  return meant && `Did you mean "${meant}"?`
}

function describe(value: unknown): string {
  if (typeof value === 'string') return value === '' ? 'empty text' : `the text "${value}"`
  if (typeof value === 'number' || typeof value === 'bigint') return `the number ${value}`
  if (typeof value === 'boolean') return String(value)
  if (value instanceof TomlDate) return `the date ${value.toISOString()}`
  if (Array.isArray(value)) return 'a list'
  return value === undefined ? 'missing' : 'a table'
}

const isTable = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof TomlDate)
const camelCase = (key: string) => key.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())
const byPlace = (a: SettingsProblem, b: SettingsProblem) =>
  (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0)
