import type { PresetValues } from '../../model/preset.ts'
import { ownValue } from '../../text/own-value.ts'
import { below, folderPath, isTable, textAt, valueAt } from '../preset-folder.ts'

/**
 * https://jekyllrb.com/docs/configuration/front-matter-defaults/. The longer path counts more, then the one with a type, as in
 * Jekyll's `has_precedence?`.
 * @param collections where the documents of each collection lie, by its name
 */
export function defaultsOf(
  entries: unknown[],
  source: string,
  collections: Record<string, string>,
): PresetValues[] {
  const sets = entries.flatMap(entry => {
    const values = valueAt(entry, 'values')
    if (!isTable(values)) return []
    const path = folderPath(textAt(entry, 'scope', 'path') ?? '')
    return [{ values, path, type: textAt(entry, 'scope', 'type') }]
  })
  sets.sort(
    (one, other) =>
      one.path.length - other.path.length || Number(one.type !== null) - Number(other.type !== null),
  )
  return sets.flatMap(({ values, path, type }) =>
    matchesOf(path, type, source, collections).map(match => ({ match, values })),
  )
}

function matchesOf(
  path: string,
  type: string | null,
  source: string,
  collections: Record<string, string>,
): string[] {
  const inside = path === '' ? [below(source, '**')] : [below(source, path), `${below(source, path)}/**`]
  if (type === null) return inside
  if (type === 'drafts') return [`${below(below(source, path), '**/_drafts/**')}`]
  if (type === 'posts' || type === 'post')
    return /(?:^|\/)_posts(?:\/|$)/.test(path)
      ? inside
      : ['_posts', '_drafts'].map(name => below(below(source, path), `**/${name}/**`))
  const own = ownValue(collections, type)
  if (own === undefined) return []
  return below(source, path) === '' || own.startsWith(below(source, path)) ? [`${own}/**`] : inside
}
