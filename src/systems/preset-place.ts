import type { ContentRule, Preset } from '../model/preset.ts'
import { globRoot, matchesGlob } from '../text/globs.ts'
import { folderOf } from '../text/urls.ts'

/** Where a file stands in the folder of a system. */
export interface PresetPlace {
  rule: ContentRule
  /** The folders between the rule's root and the file. */
  folders: string[]
  /** Those of them that are sections: the first, and what the system calls so. */
  sections: string[]
  /** The categories that its folders are. */
  categories: string[]
}

/** The first rule that a path matches; null where none does: then the file is not an article, unless there are no rules at all. */
export function placeIn(
  { content, sectionFolders }: Pick<Preset, 'content' | 'sectionFolders'>,
  path: string,
): PresetPlace | null {
  const rule = content.find(({ match }) => matchesGlob(match, path))
  if (!rule) return null
  const all = folderOf(path).split('/').filter(Boolean)
  const depth = rootDepth(rule.root, all)
  const folders = [...rule.mounted, ...all.slice(depth)]
  const isSection = (_: string, index: number) =>
    index === 0 || sectionFolders.includes(all.slice(0, depth + index + 1 - rule.mounted.length).join('/'))
  const sections = sectionFolders.length > 0 ? folders.filter(isSection) : folders.slice(0, 1)
  if (rule.category !== null || rule.folderCategories === 'last') {
    const own = rule.folderCategories === 'last' ? folders.slice(-1) : []
    const categories = own.length > 0 || rule.category === null ? own : [rule.category]
    return { rule, folders, sections, categories }
  }
  if (rule.folderCategories === 'below') return { rule, folders, sections, categories: folders.slice(0, 1) }
  const above = all.slice(globRoot(rule.root).split('/').filter(Boolean).length, Math.max(0, depth - 1))
  return { rule, folders, sections, categories: rule.folderCategories === 'above' ? above : [] }
}

/** How many of the folders belong to the root, the shortest way to match its glob counting. */
function rootDepth(root: string, folders: string[]): number {
  if (root === '') return 0
  const depth = folders.findIndex((_, index) => matchesGlob(root, folders.slice(0, index + 1).join('/')))
  return depth + 1
}
