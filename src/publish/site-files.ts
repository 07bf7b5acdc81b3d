import { type Diagnostic, diagnose } from '../model/diagnostic.ts'
import { mediaTypeOf } from '../model/formats.ts'
import { namedPictures, type Site } from '../model/site.ts'
import type { Source, SourceFile } from '../model/source.ts'
import { isAmong } from '../text/urls.ts'

/** What is wrong with a setting; `setting` is its key, dots between tables. Where that is written, only its reader knows. */
export interface SettingDiagnostic extends Diagnostic {
  setting: string
}

/** The files that settings name. */
export interface SiteFiles {
  /** The publication's own CSS; null where there is none. */
  stylesheet: string | null
  /** Icon, logo and the podcast's cover, by path, where they lie in the folder. */
  media: Map<string, SourceFile>
  /** One for each file that is not there; its path is that of the missing file. */
  diagnostics: SettingDiagnostic[]
}

/**
 * Reads what pages need besides articles. A file that is missing costs the page its look, never the publication.
 * @param outside links that lead out of the folder
 */
export async function readSiteFiles(
  source: Source,
  site: Site,
  fileAt: (path: string) => SourceFile | undefined,
  outside: readonly string[],
): Promise<SiteFiles> {
  const media = new Map<string, SourceFile>()
  const diagnostics: SettingDiagnostic[] = []
  const missing = (setting: string, path: string, why: string) => {
    const isOutside = isAmong(outside, insideFolder(path))
    const reason = isOutside ? 'this link leads out of the folder, and is not followed' : why
    const message = `\`${setting}\` names ${path}; ${reason}.`
    diagnostics.push({ ...diagnose('setting-file-missing', { path }, message), setting })
  }
  for (const [setting, path] of namedPictures(site)) {
    if (/^https?:\/\//i.test(path)) continue
    const file = fileAt(insideFolder(path))
    if (file && mediaTypeOf(file.path)?.startsWith('image/')) media.set(file.path, file)
    else missing(setting, path, file ? 'it is not a picture' : 'there is none in the folder')
  }
  let stylesheet: string | null = null
  if (site.stylesheet !== null) {
    try {
      stylesheet = new TextDecoder().decode(await source.read(insideFolder(site.stylesheet)))
    } catch {
      missing('stylesheet', site.stylesheet, 'it cannot be read')
    }
  }
  return { stylesheet, media, diagnostics }
}

function insideFolder(path: string): string {
  return path.replace(/^\.?\//, '')
}
