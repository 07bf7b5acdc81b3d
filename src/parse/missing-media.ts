import type { ResolvedLink } from '../html/sanitise.ts'
import { type Diagnostic, diagnose, type Place } from '../model/diagnostic.ts'

/** Where what an article shows or plays is not found. */
export const whereItLeads = {
  'media-missing': 'leads to no file in the folder',
  'media-outside': 'leads out of the folder, by a symbolic link that is not followed',
}

/**
 * What is said of a file that an article names and that is not there.
 * @param hint in place of the usual one, where more is known of a file that is simply missing
 */
export function missingMedia(
  written: string,
  problem: ResolvedLink['problem'],
  place: Place,
  hint?: string | undefined,
): Diagnostic {
  const code = problem === 'media-outside' ? problem : 'media-missing'
  const message = `"${written}" ${whereItLeads[code]}; it was left out.`
  return diagnose(code, place, message, code === 'media-missing' ? hint : undefined)
}
