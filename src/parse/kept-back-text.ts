import { isArticlePath } from '../model/article-paths.ts'
import { type Site, siteDefaults } from '../model/site.ts'
import { decodeText } from './decode.ts'
import { findDraftSign } from './draft-signs.ts'
import { mergeConflictIn } from './merge-conflict.ts'
import { parseFile } from './parse-file.ts'

/** Statuses of a text that say nothing of whether it may be read: a transcript needs neither title nor date. */
const open = new Set(['published', 'untitled'])

/**
 * Why a text that would be published with something else (a transcript with its sound) is not to be read yet, in words; null where
 * nothing says so. What keeps an article back keeps it back.
 */
export function findKeptBackText(file: { path: string; bytes: Uint8Array }, site: Site): string | null {
  if (isArticlePath(file.path, site.preset.markdown)) {
    const alone = { ...siteDefaults, url: site.url, maxFileBytes: site.maxFileBytes }
    const { article } = parseFile(file, { site: alone, media: () => undefined, boilerplate: () => new Map() })
    if (article && !open.has(article.status))
      return `it says that it is not to be read yet (${article.status})`
    return null
  }
  const { text } = decodeText(file.bytes, file.path)
  if (text === null) return null
  // WebVTT §4.1: comments are blocks that begin so, and words may stand behind the first line's.
  const said = text.replace(/^(?:WEBVTT|NOTE)\b[ \t]*[-–—:]?[ \t]*/gm, '').trimStart()
  const sign = findDraftSign(said, said, null, false)
  if (sign) return `"${sign.text.slice(0, 60)}" says that it is not to be read yet`
  return mergeConflictIn(text) === null ? null : 'both sides of a merge that nobody has settled are in it'
}
