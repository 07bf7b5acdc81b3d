import type { PresetFolder, PresetValues } from '../../model/preset.ts'
import { globRoot, literalPattern, matchesGlob } from '../../text/globs.ts'
import { splitSettings } from '../front-matter-block.ts'
import { below, isTable, type Settings, textAt, textsAt, valueAt } from '../preset-folder.ts'
import type { SystemSettings } from '../system-settings.ts'
import type { Edition } from './hugo-editions.ts'
import type { HugoSettings } from './hugo-settings.ts'

/** What `_index.md` and the settings hand down to pages. */
export interface HandedDown {
  defaults: PresetValues[]
  /** Folders with an `_index.md`: sections, wherever they lie. */
  sectionFolders: string[]
}

interface Section {
  folder: string
  edition: Edition
  values: Settings
}

/**
 * Front matter that pages get from the sections they lie in, and from the settings' `cascade`. Under a section that is a
 * draft everything is one, whatever it says itself.
 * https://gohugo.io/content-management/front-matter/#cascade-1
 */
export async function handedDown(
  folder: PresetFolder,
  editions: Edition[],
  config: SystemSettings<HugoSettings>,
): Promise<HandedDown> {
  const sections: Section[] = []
  for (const edition of editions) {
    const name =
      edition.suffix === null
        ? /^_index\.(?:md|markdown|mdown|html?|org|adoc|asciidoc|ad|rst|pandoc|pdc)$/i
        : new RegExp(`^_index\\.${literalPattern(edition.suffix)}\\.\\w+$`, 'i')
    for (const path of await folder.find(edition.folder, name)) {
      const values = sectionValues(path, (await folder.text(path)) ?? '')
      sections.push({ folder: path.slice(0, Math.max(0, path.lastIndexOf('/'))), edition, values })
    }
  }
  sections.sort((one, other) => one.folder.split('/').length - other.folder.split('/').length)
  const cascades = [
    ...editions.flatMap(edition => [
      ...cascadesOf(config.value('cascade'), edition.folder, edition),
      ...cascadesOf(
        valueAt(config.table('languages'), edition.code, 'cascade'),
        edition.folder,
        edition,
        true,
      ),
    ]),
    ...sections.flatMap(({ folder, edition, values }) =>
      cascadesOf(valueAt(values, 'cascade'), folder, edition),
    ),
  ]
  const drafts = sections.filter(section => isHidden(section, cascades, folder.now()))
  // What is mounted into a section of another folder has that section above it.
  const lent = editions.flatMap(edition =>
    sections
      .filter(section => section.edition !== edition && isAbove(section, edition))
      .map(section => ({ section, edition })),
  )
  cascades.push(
    ...lent.flatMap(({ section, edition }) =>
      cascadesOf(valueAt(section.values, 'cascade'), edition.folder, edition),
    ),
  )
  const hidden = [
    ...drafts,
    ...lent
      .filter(({ section }) => drafts.includes(section))
      .map(({ edition }) => ({ folder: edition.folder, edition })),
  ]
  return {
    defaults: [
      ...cascades.flatMap(({ matches, kind, values }) =>
        isFor(kind, 'page') ? matches.map(match => ({ match, values, caseless: true })) : [],
      ),
      ...hidden.map(({ folder, edition }) => ({
        match: inEdition(folder, edition),
        values: { draft: true },
        over: true,
      })),
    ],
    sectionFolders: [...new Set(sections.map(section => section.folder))],
  }
}

/** Org's front matter is lines of its own. */
function sectionValues(path: string, text: string): Settings {
  if (!/\.org$/i.test(path)) return splitSettings(path, text)
  return Object.fromEntries(
    [...text.matchAll(/^#\+(\w+)(?:\[\])?:[ \t]*(.*)$/gm)].map(([, key = '', value = '']) => [
      key,
      value.trim(),
    ]),
  )
}

function isAbove({ folder, edition }: Section, { code, mounted }: Edition): boolean {
  if (mounted.length === 0 || edition.code !== code) return false
  const place = [...edition.mounted, folder.slice(edition.folder.length).replace(/^\/+/, '')].filter(Boolean)
  return isInside(mounted.join('/'), place.join('/'))
}

const isFor = (kind: string | null, name: string) => kind === null || matchesGlob(kind.toLowerCase(), name)

interface Cascade {
  /** The section it is written in. */
  folder: string
  matches: string[]
  /** A glob of the pages' kinds it is for; null: all. */
  kind: string | null
  /** Whether it is for a section, by its folder. */
  reaches(folder: string): boolean
  values: Settings
}

/** @param isOfLanguage whether it is for pages of the edition's language alone */
function cascadesOf(written: unknown, folder: string, edition: Edition, isOfLanguage = false): Cascade[] {
  return [written ?? []].flat().flatMap(entry => {
    if (!isTable(entry)) return []
    const target = valueAt(entry, '_target') ?? valueAt(entry, 'target')
    const languages = [textAt(target, 'lang') ?? [], textsAt(target, 'sites', 'matrix', 'languages')].flat()
    const environment = textAt(target, 'environment')
    const isMeant = (glob: string, name: string) => matchesGlob(glob.toLowerCase(), name.toLowerCase())
    if (languages.length > 0 && !languages.some(glob => isMeant(glob, edition.code))) return []
    if (environment !== null && !isMeant(environment, 'production')) return []
    const wanted = textAt(target, 'path')
    const { _target: _, target: __, params, ...rest } = entry
    const values = { ...(isTable(params) ? params : {}), ...rest }
    const kind = textAt(target, 'kind')?.replace(/^\{([^,]*)\}$/, '$1') ?? null
    const around = inEdition(folder, edition)
    if (wanted === null)
      return { folder, matches: [around], kind, reaches: inside => isInside(inside, folder), values }
    return choicesOf(wanted).map((path): Cascade => {
      const pattern = insideOf(folder, inPlace(path.replace(/^\/+/, ''), edition))
      return {
        folder,
        matches: pagesOf(pattern, isOfLanguage || languages.length > 0 ? edition.suffix : null),
        kind,
        reaches: inside =>
          isInside(inside, folder) && matchesGlob(pattern.toLowerCase(), inside.toLowerCase()),
        values,
      }
    })
  })
}

/** A glob over paths on the site as one over those in the folder, which may be mounted somewhere. */
function inPlace(path: string, { folder, mounted }: Edition): string {
  const place = mounted.join('/')
  if (place === '' || path.startsWith('**')) return below(folder, path)
  if (path.startsWith(`${place}/`)) return below(folder, path.slice(place.length + 1))
  return matchesGlob(path, `${place}/a`) ? below(folder, '**') : below(folder, path)
}

/** What a section hands down stays below it, however wide the glob is. */
function insideOf(folder: string, pattern: string): string {
  if (isInside(globRoot(pattern), folder)) return pattern
  return matchesGlob(pattern, `${folder}/a`)
    ? below(folder, '**')
    : below(folder, pattern.replace(/^.*?(?=\*\*)/, ''))
}

/** A page's path there has neither extension nor `index`. */
function pagesOf(pattern: string, suffix: string | null): string[] {
  if (suffix === null) return [pattern, `${pattern}.*`, `${pattern}/index.*`]
  return [`${pattern}.${suffix}.*`, `${pattern}/index.${suffix}.*`]
}

/** `{/posts/plans/**,/posts/wip/**}`: each begins at the root. */
function choicesOf(path: string): string[] {
  const [, choices, rest = ''] = /^\{([^{}]*)\}(.*)$/s.exec(path) ?? []
  return choices === undefined ? [path] : choices.split(',').map(choice => choice + rest)
}

const isInside = (folder: string, around: string) =>
  around === '' || folder === around || folder.startsWith(`${around}/`)

/** Everything below a folder that is in the edition's language. */
const inEdition = (folder: string, { suffix }: Edition) =>
  below(folder, suffix === null ? '**' : `**/*.${suffix}.*`)

/** What a section hands down it has itself, too. */
function isHidden({ folder, values }: Section, cascades: Cascade[], now: number): boolean {
  const given = cascades.filter(({ kind, reaches }) => isFor(kind, 'section') && reaches(folder))
  const own = Object.assign({}, ...given.map(cascade => cascade.values), values)
  if (/^(?:true|yes|1)$/i.test(String(valueAt(own, 'draft') ?? ''))) return true
  const time = (keys: string[]) => {
    const value = keys
      .map(key => valueAt(own, key))
      .find(written => written !== undefined && written !== null)
    return value === undefined ? Number.NaN : new Date(String(value)).getTime()
  }
  return (
    time(['publishDate', 'pubDate', 'published', 'date']) > now ||
    time(['expiryDate', 'unpublishDate']) <= now
  )
}
