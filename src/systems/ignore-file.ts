/**
 * The lines of a list in the way of `.gitignore`, as sources of regular expressions over paths in the folder. A line that takes something
 * back (`!`) is left alone: what it would show stays hidden.
 */
export function ignorePatternsOf(list: string): string[] {
  return list.split(/\r?\n/).flatMap(written => {
    const line = written.trim()
    if (line === '' || line.startsWith('#') || line.startsWith('!')) return []
    const path = line.replace(/\/$/, '').replace(/^\.?\//, '')
    if (path === '' || path === '*' || path === '**') return []
    const anchored = /^\.?\/./.test(line) || path.includes('/')
    return [`^${anchored ? '' : '(?:.*/)?'}${patternOf(path)}(?:/.*)?$`]
  })
}

const patternOf = (glob: string): string =>
  glob.replace(/[.+^${}()|[\]\\]|\*\*\/|\*\*|[*?]/g, token => {
    if (token === '**/') return '(?:.*/)?'
    if (token === '**') return '.*'
    if (token === '*') return '[^/]*'
    return token === '?' ? '[^/]' : `\\${token}`
  })

const group = /([@?+*!])\(([^()]*)\)/

/**
 * A glob with groups of alternatives as micromatch and picomatch have them (`@(a|b)`, `!(a)`), as the source of an expression over a whole path below a folder;
 * null where it has none, and is a plain glob. https://github.com/micromatch/picomatch#extglobs
 */
export function groupPattern(glob: string, root: string): string | null {
  if (!group.test(glob)) return null
  const read = (rest: string): string => {
    const found = group.exec(rest)
    if (!found) return patternOf(rest)
    const [whole, kind = '', inside = ''] = found
    const choices = inside.split('|').map(patternOf).join('|')
    const behind = read(rest.slice(found.index + whole.length))
    const before = patternOf(rest.slice(0, found.index))
    if (kind === '!') return `${before}(?!(?:${choices})${behind}$)[^/]*?${behind}`
    return `${before}(?:${choices})${kind === '@' ? '' : kind}${behind}`
  }
  return `^${root === '' ? '' : `${escapedPath(root)}/`}${read(glob)}$`
}

/** A path as it is, for an expression over paths. */
export const escapedPath = (path: string): string => path.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

export function isPattern(source: string): boolean {
  try {
    return new RegExp(source, 'u') instanceof RegExp
  } catch {
    return false
  }
}
