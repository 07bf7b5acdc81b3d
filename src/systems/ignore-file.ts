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

/** A path as it is, for an expression over paths. */
export const escapedPath = (path: string): string => path.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

export function isPattern(source: string): boolean {
  try {
    return new RegExp(source, 'u') instanceof RegExp
  } catch {
    return false
  }
}
