import type { Author } from '../model/article.ts'
import { diagnose } from '../model/diagnostic.ts'
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
import { fileNameOf, folderOf } from '../text/urls.ts'
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
  const noted = noting(folder)
  const { preset, settings } = await system.read(noted.folder)
  const base = folderPath(settings.base ?? URL.parse(settings.url ?? '')?.pathname ?? '')
  const bases = base === '' ? [] : [`/${base}/`]
  const read: Preset = { ...plainPreset, bases, ...preset, name: system.name, why }
  return { preset: closedWhereUnread(read, noted.unread()), settings: checkedSettings(settings) }
}

/** Nobody knows what settings that can't be read would hide: all of it stays in until they can. */
export function closedWhereUnread(preset: Preset, unread: readonly string[]): Preset {
  const findings = [...preset.findings, ...unread.map(unreadSettings)]
  if (!findings.some(({ code }) => code === 'system-settings-invalid')) return preset
  return {
    ...preset,
    findings,
    defaults: [...preset.defaults, { match: '**', values: { draft: true }, over: true }],
  }
}

const unreadSettings = (path: string) =>
  diagnose(
    'system-settings-invalid',
    { path },
    `The settings in ${path} can't be read: that is no file, leads out of the folder, or may not be read.`,
    'Put the file in its place, make it readable for the user that runs Broadsheet, or remove it; until then nothing of the folder is published. `--preset none` reads the folder without them.',
  )

/** The folder, and of the files in it that were asked for as a whole those that are there and could not be read. */
export function noting(folder: PresetFolder): { folder: PresetFolder; unread(): string[] } {
  const unread = new Set<string>()
  return {
    folder: {
      ...folder,
      async text(path, most) {
        const text = await folder.text(path, most)
        const isThere = async () => (await folder.names(folderOf(path))).includes(fileNameOf(path))
        if (text === null && most === undefined && (await isThere())) unread.add(path)
        return text
      },
    },
    unread: () => [...unread].sort(),
  }
}

function checkedSettings(raw: RawSettings): PresetSettings {
  const authors = (raw.authors ?? []).filter(name => name !== null).map(name => person(name))
  const settings: PresetSettings = {
    title: raw.title ?? undefined,
    description: raw.description ?? undefined,
    url: siteAddress(raw.url, baseBehind(raw)) ?? undefined,
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

/** The path below the address, unless that is written with it: VitePress's manual and many others' sites have it so. */
function baseBehind({ url, base }: RawSettings): string {
  const path = folderPath(base ?? '')
  return path !== '' && `/${folderPath(URL.parse(url ?? '')?.pathname ?? '')}`.endsWith(`/${path}`)
    ? ''
    : (base ?? '')
}

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
