import { matchesGlob } from '../../text/globs.ts'
import { folderPath, isTable, type Settings, textAt, textsAt, valueAt } from '../preset-folder.ts'
import type { SystemSettings } from '../system-settings.ts'
import type { HugoSettings } from './hugo-settings.ts'

/** The content of one language in one folder. */
export interface Edition {
  folder: string
  /** The folder that it is put in: where content of the site comes from several. */
  mounted: string[]
  /** The mark of its files' names, `fr`; null where the folder is the language's own. */
  suffix: string | null
  /** What its addresses begin with: `/fr`, or nothing. */
  base: string
  /** BCP 47; null where the site has one language. */
  language: string | null
  code: string
  /** Globs below the folder that are left out. */
  excluded: string[]
  /** Globs below the folder that all of its files match; empty: whatever there is. */
  included: string[]
  isMain: boolean
}

/** https://gohugo.io/content-management/multilingual/ and /configuration/module/#mounts */
export function editionsOf(config: SystemSettings<HugoSettings>): Edition[] {
  const languages = config.table('languages')
  const codes = activeLanguages(config)
  const main = mainLanguage(config)
  const ofLanguage = (
    code: string,
  ): Omit<Edition, 'folder' | 'mounted' | 'suffix' | 'excluded' | 'included'> => ({
    base: baseOf(config, code),
    language: codes.length > 0 ? languageOf(languages, code) : null,
    code,
    isMain: code === main,
  })
  const places = contentPlaces(config)
  const own = codes.flatMap(code => {
    const folder = textAt(languages, code, 'contentDir')
    const mounts = places.filter(({ language }) => language === code)
    const dirs = folder === null ? mounts : [{ ...plainPlace, folder: folderPath(folder) }, ...mounts]
    return dirs.map((place): Edition => ({ ...place, ...ofLanguage(code), suffix: null }))
  })
  const hasFolder = new Set(own.map(({ code }) => code))
  const shared = places.filter(({ language }) => language === null)
  const bySuffix = shared.flatMap(place =>
    codes
      .filter(code => !hasFolder.has(code))
      .map((code): Edition => ({ ...place, ...ofLanguage(code), suffix: code })),
  )
  const rest = hasFolder.has(main)
    ? []
    : shared.map((place): Edition => ({ ...place, ...ofLanguage(main), suffix: null }))
  // A folder of its own counts before the common one, which may hold it; the main language has what several share.
  const byDepth = (one: Edition, other: Edition) =>
    other.folder.length - one.folder.length || Number(other.isMain) - Number(one.isMain)
  const mains = [...own, ...rest].filter(({ isMain }) => isMain)
  const all = [...own.sort(byDepth), ...bySuffix.sort(byDepth), ...rest.sort(byDepth)]
  return all.filter(edition => edition.isMain || !mains.some(main => isLent(edition, main)))
}

/** What another language shows of the main one's folder, for want of its own, has its address in the main one. */
function isLent(edition: Edition, main: Edition): boolean {
  if (edition.suffix !== null || !edition.folder.startsWith(`${main.folder}/`)) return false
  const below = edition.folder.slice(main.folder.length + 1)
  return [...main.mounted, below].filter(Boolean).join('/') === edition.mounted.join('/')
}

export const mainLanguage = (config: SystemSettings<HugoSettings>): string =>
  config.text('defaultContentLanguage') ?? Object.keys(config.table('languages'))[0] ?? 'en'

/** Languages that are written about and not switched off. https://gohugo.io/configuration/languages/ */
export function activeLanguages(config: SystemSettings<HugoSettings>): string[] {
  const languages = config.table('languages')
  const disabled = new Set(config.texts('disableLanguages'))
  return Object.keys(languages).filter(
    code =>
      isTable(languages[code]) &&
      !disabled.has(code) &&
      !/^(?:true|1)$/i.test(String(valueAt(languages, code, 'disabled'))),
  )
}

/** Of languages that are switched off nothing is published. */
export function disabledLanguages(
  config: SystemSettings<HugoSettings>,
): { code: string; folder: string | null }[] {
  const languages = config.table('languages')
  const active = new Set(activeLanguages(config))
  return Object.keys(languages)
    .filter(code => !active.has(code))
    .map(code => ({ code, folder: textAt(languages, code, 'contentDir') }))
}

export function baseOf(config: SystemSettings<HugoSettings>, code: string): string {
  const inFolder = config.flag('defaultContentLanguageInSubdir') === true
  return code === mainLanguage(config) && !inFolder ? '' : `/${code.toLowerCase()}`
}

const languageOf = (languages: Settings, code: string): string =>
  textAt(languages, code, 'languageCode') ?? textAt(languages, code, 'locale') ?? code

interface ContentPlace {
  folder: string
  mounted: string[]
  excluded: string[]
  included: string[]
  language: string | null
}

const plainPlace = { mounted: [], excluded: [], included: [], language: null }

/** Where content lies. A mount to `content` takes the place of the usual folder. */
function contentPlaces(config: SystemSettings<HugoSettings>): ContentPlace[] {
  const mounts = config.list('module.mounts').filter(isTable)
  const places = mounts.flatMap(mount => {
    const source = textAt(mount, 'source')
    const [, below] = /^\.?\/?content(?:\/(.*))?$/.exec(folderPath(textAt(mount, 'target') ?? '')) ?? []
    if (source === null || !/^content(?:\/|$)/.test(folderPath(textAt(mount, 'target') ?? ''))) return []
    // What `excludeFiles` and `lang` said is written so since Hugo 0.153.
    const files = textsAt(mount, 'files')
    const kept = files.filter(glob => glob.startsWith('!'))
    const place = {
      folder: folderPath(source),
      mounted: (below ?? '').split('/').filter(Boolean),
      excluded: [...textsAt(mount, 'excludeFiles'), ...kept.map(glob => glob.slice(1).trim())],
      included: [...textsAt(mount, 'includeFiles'), ...files.filter(glob => !glob.startsWith('!'))],
    }
    const globs = textsAt(mount, 'sites', 'matrix', 'languages')
    if (globs.length === 0) return { ...place, language: textAt(mount, 'lang') }
    return activeLanguages(config)
      .filter(code => globs.some(glob => matchesGlob(glob.toLowerCase(), code.toLowerCase())))
      .map(language => ({ ...place, language }))
  })
  const usual = { ...plainPlace, folder: folderPath(config.text('contentDir') ?? 'content') }
  return places.length > 0 ? places : [usual]
}
