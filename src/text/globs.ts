/** Whether a path is meant by a glob: `*` stands within a part, `?` for one character, `**` across parts (with a slash behind, for no part at all, too). */
export function matchesGlob(glob: string, path: string): boolean {
  const pattern = glob.replace(/[.+^${}()|[\]\\]|\*\*\/|\*\*|[*?]/g, token => {
    if (token === '**/') return '(?:.*/)?'
    if (token === '**') return '.*'
    if (token === '*') return '[^/]*'
    return token === '?' ? '[^/]' : `\\${token}`
  })
  // Engines keep compiled expressions by their source: the same glob is compiled once.
  return new RegExp(`^${pattern}$`, 'u').test(path)
}

/** The folder that a glob's first wildcard lies in: `content/post/**` → `content/post`; empty where it is the root. */
export function globRoot(glob: string): string {
  const fixed = /^[^*?]*/.exec(glob)![0]
  return fixed.slice(0, Math.max(0, fixed.lastIndexOf('/')))
}
