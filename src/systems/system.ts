import type { Author } from '../model/article.ts'
import {
  type Preset,
  type PresetFolder,
  type PresetName,
  type PresetReading,
  type PresetSettings,
  plainPreset,
} from '../model/preset.ts'
import { isTimeZone } from '../text/dates.ts'
import { canonicalLanguage } from '../text/language.ts'
import { nameInMail } from '../text/mail-address.ts'
import { folderPath } from './preset-folder.ts'
import type { KnownSettings } from './system-settings.ts'

/** One system: how it is known, and how its folder is read. */
export interface System {
  name: PresetName
  /** The settings of its own that count here; docs/your-folder.md lists them, and findings say what they should be. */
  settings: KnownSettings
  /** What tells it, as the end of a sentence; null where the folder is not of this system. */
  recognise(folder: PresetFolder): Promise<string | null>
  /** Whatever the folder lacks has the system's defaults. */
  read(
    folder: PresetFolder,
  ): Promise<{ preset: Omit<Partial<Preset>, 'name' | 'why'>; settings: RawSettings }>
}

/** As written: each is checked before it counts. */
export interface RawSettings {
  title?: string | null
  description?: string | null
  /** The publication's address without a path below it. */
  url?: string | null
  /** A path below the address. */
  base?: string | null
  language?: string | null
  timezone?: string | null
  authors?: (string | null)[]
  copyright?: string | null
}

export async function readSystem(system: System, folder: PresetFolder, why: string): Promise<PresetReading> {
  const { preset, settings } = await system.read(folder)
  const base = folderPath(settings.base ?? URL.parse(settings.url ?? '')?.pathname ?? '')
  const bases = base === '' ? [] : [`/${base}/`]
  const read: Preset = { ...plainPreset, bases, ...preset, name: system.name, why }
  // Nobody knows what settings that can't be read would hide: all of it stays in until they can.
  if (read.findings.some(({ code }) => code === 'system-settings-invalid'))
    read.defaults = [...read.defaults, { match: '**', values: { draft: true }, over: true }]
  return { preset: read, settings: checkedSettings(settings) }
}

function checkedSettings(raw: RawSettings): PresetSettings {
  const authors = (raw.authors ?? []).filter(name => name !== null).map(name => person(name))
  const settings: PresetSettings = {
    title: raw.title ?? undefined,
    description: raw.description ?? undefined,
    url: siteAddress(raw.url, raw.base ?? '') ?? undefined,
    language: canonicalLanguage(raw.language ?? '') ?? undefined,
    timezone: raw.timezone && isTimeZone(raw.timezone) ? raw.timezone : undefined,
    authors: authors.length > 0 ? authors : undefined,
    copyright: raw.copyright ?? undefined,
  }
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined))
}

/** Addresses that systems write into new folders are nobody's own (RFC 2606, §3), and nothing is minted from them. */
const placeholder =
  /^(?:www\.|your-docusaurus-site\.)?example\.(?:com|net|org)$|^localhost$|^\d+(?:\.\d+){3}$/

function siteAddress(address: string | null | undefined, base: string): string | null {
  const url = address ? URL.parse(address.startsWith('//') ? `https:${address}` : address) : null
  if (!url || !/^https?:$/.test(url.protocol) || url.search || url.hash || placeholder.test(url.hostname))
    return null
  return `${url.href.replace(/\/+$/, '')}/${base.replace(/^\/+/, '')}`.replace(/\/*$/, '/')
}

export const person = (name: string, url: string | null = null): Author => ({
  name: nameInMail(name),
  url,
  email: null,
  role: null,
})

/** The authors of a data file: `key: {name, web, …}`, or a list of such entries with a key of their own. Addresses of mail stay there. */
export function peopleIn(data: unknown): Record<string, Author> {
  const entries: [string, unknown][] = Array.isArray(data)
    ? data.map(entry => [String(entry?.key ?? entry?.id ?? entry?.slug ?? entry?.username ?? ''), entry])
    : data !== null && typeof data === 'object'
      ? Object.entries(data)
      : []
  const people = entries.flatMap(([key, entry]): [string, Author][] => {
    if (key === '' || entry === null) return []
    if (typeof entry === 'string') return [[key, person(entry)]]
    if (typeof entry !== 'object') return []
    const table = entry as Record<string, unknown>
    const first = (...names: string[]) =>
      names.map(name => table[name]).find(value => typeof value === 'string' && value.trim() !== '') as
        | string
        | undefined
    const name = first('name', 'display_name', 'displayName', 'title')
    const url = first('web', 'website', 'url', 'uri', 'homepage', 'home')
    return name ? [[key, person(name.trim(), url && /^https?:/i.test(url) ? url : null)]] : []
  })
  return Object.fromEntries(people)
}
