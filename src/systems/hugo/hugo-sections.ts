import type { PresetFolder, PresetValues } from '../../model/preset.ts'
import { literalPattern } from '../../text/globs.ts'
import { splitSettings } from '../front-matter-block.ts'
import { below, isTable, type Settings, textAt, valueAt } from '../preset-folder.ts'
import type { Edition } from './hugo-editions.ts'

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
  siteCascade: unknown,
): Promise<HandedDown> {
  const sections: Section[] = []
  for (const edition of editions) {
    const name =
      edition.suffix === null
        ? /^_index\.(?:md|markdown|html?)$/i
        : new RegExp(`^_index\\.${literalPattern(edition.suffix)}\\.\\w+$`, 'i')
    for (const path of await folder.find(edition.folder, name)) {
      const values = splitSettings(path, (await folder.text(path)) ?? '')
      sections.push({ folder: path.slice(0, Math.max(0, path.lastIndexOf('/'))), edition, values })
    }
  }
  sections.sort((one, other) => one.folder.split('/').length - other.folder.split('/').length)
  const cascades = [
    ...editions.flatMap(edition => cascadesOf(siteCascade, edition.folder, edition)),
    ...sections.flatMap(({ folder, edition, values }) =>
      cascadesOf(valueAt(values, 'cascade'), folder, edition),
    ),
  ]
  const drafts = sections.filter(section => isHidden(section, cascades, folder.now()))
  return {
    defaults: [
      ...cascades.flatMap(({ matches, kind, values }) =>
        kind === null || kind === 'page' ? matches.map(match => ({ match, values, caseless: true })) : [],
      ),
      ...drafts.map(({ folder, edition }) => ({
        match: inEdition(folder, edition),
        values: { draft: true },
        over: true,
      })),
    ],
    sectionFolders: [...new Set(sections.map(section => section.folder))],
  }
}

interface Cascade {
  /** The section it is written in. */
  folder: string
  matches: string[]
  /** The pages' kind it is for; null: all. */
  kind: string | null
  /** What sections it is for must begin with. */
  reaches(folder: string): boolean
  values: Settings
}

function cascadesOf(written: unknown, folder: string, edition: Edition): Cascade[] {
  return [written ?? []].flat().flatMap(entry => {
    if (!isTable(entry)) return []
    const target = valueAt(entry, '_target') ?? valueAt(entry, 'target')
    const language = textAt(target, 'lang')
    const environment = textAt(target, 'environment')
    if (language !== null && language !== edition.code) return []
    if (environment !== null && environment !== 'production') return []
    const wanted = textAt(target, 'path')
    const { _target: _, target: __, params, ...rest } = entry
    const values = { ...(isTable(params) ? params : {}), ...rest }
    const kind = textAt(target, 'kind')?.replace(/^\{?|\}?$/g, '') ?? null
    const around = inEdition(folder, edition)
    if (wanted === null)
      return { folder, matches: [around], kind, reaches: inside => isInside(inside, folder), values }
    return choicesOf(wanted).map((path): Cascade => {
      const pattern = below(edition.folder, path.replace(/^\/+/, ''))
      const fixed = pattern.replace(/[*?{[].*$/s, '').replace(/\/$/, '')
      return {
        folder,
        // A page's path there has neither extension nor `index`.
        matches: [pattern, `${pattern}.*`, `${pattern}/index.*`],
        kind,
        reaches: inside =>
          isInside(inside, folder) &&
          (inside === fixed || `${inside}/`.startsWith(`${fixed}/`) || inside.startsWith(fixed)),
        values,
      }
    })
  })
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
  const given = cascades.filter(
    ({ kind, reaches }) => (kind === null || kind === 'section') && reaches(folder),
  )
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
