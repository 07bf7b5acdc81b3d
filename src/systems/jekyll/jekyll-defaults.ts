import type { PresetValues } from '../../model/preset.ts'
import { ownValue } from '../../text/own-value.ts'
import { below, folderPath, isTable, textAt, valueAt } from '../preset-folder.ts'

/**
 * https://jekyllrb.com/docs/configuration/front-matter-defaults/. The longer path counts more, then the one with a type, as in
 * Jekyll's `has_precedence?`.
 * @param inside the folder of all collections, posts among them, below the source: paths count from there
 * @param collections where the documents of each collection lie, by its name
 */
export function defaultsOf(
  entries: unknown[],
  source: string,
  inside: string,
  collections: Record<string, string>,
): PresetValues[] {
  const sets = entries.flatMap(entry => {
    const values = valueAt(entry, 'values')
    if (!isTable(values)) return []
    const written = textAt(entry, 'scope', 'path') ?? ''
    const path = folderPath(written)
    const isFolder = written.endsWith('/') && path !== ''
    return [{ values, path, isFolder, type: textAt(entry, 'scope', 'type') }]
  })
  sets.sort(
    (one, other) =>
      one.path.length - other.path.length || Number(one.type !== null) - Number(other.type !== null),
  )
  const root = below(source, inside)
  return sets.flatMap(({ values, type, ...scope }) => {
    const path =
      inside !== '' && scope.path.startsWith(`${inside}/`) ? scope.path.slice(inside.length + 1) : scope.path
    const matches = matchesOf(path === inside ? '' : path, scope.isFolder, type, root, collections)
    return matches.map(match => ({ match, values }))
  })
}

/** A path is meant by all that it begins, be it a part of a name: `wip` by `wip-old/_posts` too (`path_is_subpath?`). */
function matchesOf(
  path: string,
  isFolder: boolean,
  type: string | null,
  root: string,
  collections: Record<string, string>,
): string[] {
  const start = below(root, path)
  const all = path === '' ? [below(root, '**')] : isFolder ? [`${start}/**`] : [`${start}*`, `${start}*/**`]
  if (type === null) return all
  const inPosts = (name: string) => {
    if (new RegExp(`(?:^|/)${name}(?:/|$)`).test(path)) return all
    if (path === '' || (!isFolder && name.startsWith(path))) return [below(root, `**/${name}/**`)]
    return [`${start}${isFolder ? '' : '*'}/**/${name}/**`]
  }
  if (type === 'drafts' || type === 'draft') return inPosts('_drafts')
  if (type === 'posts' || type === 'post') return [...inPosts('_posts'), ...inPosts('_drafts')]
  const own = ownValue(collections, type)
  if (own === undefined) return []
  return own.startsWith(start) ? [`${own}/**`] : start.startsWith(`${own}/`) ? all : []
}
