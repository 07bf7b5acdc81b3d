import type { Coding } from '../model/snapshot.ts'

/** Smallest first, as measured on feeds: what is sent where the client has no preference. */
const preferred: Coding[] = ['br', 'zstd', 'gzip', 'identity']

/**
 * The coding to answer in (RFC 9110 §12.5.3), of those a body is kept in: the client's most wanted, the smallest among
 * equals. Null where the client takes none of them, and not the plain bytes either.
 */
export function chooseCoding(header: string | null, kept: { [coding in Coding]?: unknown }): Coding | null {
  if (header === null) return 'identity'
  const qualities = qualitiesOf(header)
  let best: Coding | null = null
  let bestQuality = 0
  for (const coding of preferred) {
    if (!kept[coding]) continue
    const quality = qualityOf(coding, qualities)
    if (quality > bestQuality) [best, bestQuality] = [coding, quality]
  }
  return best
}

function qualityOf(coding: Coding, qualities: Map<string, number>): number {
  const named = qualities.get(coding) ?? (coding === 'gzip' ? qualities.get('x-gzip') : undefined)
  const quality = named ?? qualities.get('*')
  if (quality !== undefined) return quality
  // Plain bytes are always acceptable unless refused, and wanted less than anything that is named.
  return coding === 'identity' ? 0.0001 : 0
}

/** `gzip;q=0.8, *;q=0` as a map. What can't be read as a quality counts as 1, as if it were not there. */
function qualitiesOf(header: string): Map<string, number> {
  const qualities = new Map<string, number>()
  for (const member of header.toLowerCase().split(',')) {
    const [coding, ...parameters] = member.split(';').map(part => part.trim())
    if (!coding) continue
    const quality = parameters
      .map(parameter => /^q\s*=\s*([01](?:\.\d*)?)$/.exec(parameter)?.[1])
      .find(Boolean)
    qualities.set(coding, quality === undefined ? 1 : Math.min(Number(quality), 1))
  }
  return qualities
}
