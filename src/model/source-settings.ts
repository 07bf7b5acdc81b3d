import { matchesGlob } from '../text/globs.ts'
import type { SourceSettings } from './site.ts'

/** The settings of the source that a file belongs to: by its path, else by the source's name in the file's first lines. */
export function settingsFor(
  sources: Record<string, SourceSettings>,
  path: string,
  text: string,
): SourceSettings | null {
  const entries = Object.entries(sources)
  const byPath = entries.find(([, { match }]) => match !== null && matchesGlob(match, path))
  if (byPath) return byPath[1]
  const head = text.slice(0, 2000)
  return (
    entries.find(([name, { match }]) => match === null && name !== '' && head.includes(name))?.[1] ?? null
  )
}
