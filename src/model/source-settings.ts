import type { SourceSettings } from './site.ts'

/** The settings of the source that a file belongs to: by its path, else by the source's name in the file's first lines. */
export function settingsFor(
  sources: Record<string, SourceSettings>,
  path: string,
  text: string,
): SourceSettings | null {
  const entries = Object.entries(sources)
  const byPath = entries.find(([, { match }]) => match !== null && matchesGlob(path, match))
  if (byPath) return byPath[1]
  const head = text.slice(0, 2000)
  return (
    entries.find(([name, { match }]) => match === null && name !== '' && head.includes(name))?.[1] ?? null
  )
}

/** `*` within a part of the path, `**` over parts, `?` one character. */
function matchesGlob(path: string, glob: string): boolean {
  const pattern = glob
    .split(/(\*\*\/?|\*|\?)/)
    .map(piece =>
      piece.startsWith('**')
        ? '.*'
        : piece === '*'
          ? '[^/]*'
          : piece === '?'
            ? '[^/]'
            : piece.replace(/[.+^${}()|[\]\\]/g, '\\$&'),
    )
    .join('')
  return new RegExp(`^${pattern}$`, 'u').test(path)
}
