import { diagnose } from '../model/diagnostic.ts'
import { mediaTypeOf } from '../model/formats.ts'
import type { SoundFile } from '../model/media-facts.ts'
import type { ParseContext, Reading } from '../model/reading.ts'
import { escapeHtmlText } from '../text/escape.ts'
import { fileNameOf } from '../text/urls.ts'
import { assembleArticle } from './assemble.ts'
import { findDraftName } from './draft-names.ts'
import { faultOf } from './enclosures.ts'
import type { ParseResult } from './parse-file.ts'
import { dateInTags, saidBySound, tagsInSound } from './sound-tags.ts'

/**
 * An episode of a file of sound that has no notes: what its tags say. Without a title in them it is withheld, and so it is
 * without a whole date (or one in the file's name), unless the settings date it: nothing is guessed.
 */
export function parseSound(path: string, sound: SoundFile, context: ParseContext): ParseResult {
  const type = typeOf(path)
  const fault = faultOf(path, sound, type)
  if (fault?.lost) return { article: null, diagnostics: [diagnose(fault.code, { path }, fault.message)] }
  const tags = tagsInSound(sound)
  const field = saidBySound
  const beside = context.soundsBeside?.(path) ?? []
  const reading: Reading = {
    html: htmlOf(tags?.description ?? null),
    dropped: [],
    diagnostics: [],
    enclosures: field(
      [path, ...beside].map(name => ({
        url: fileNameOf(name),
        type: typeOf(name),
        length: null,
        title: null,
        duration: null,
      })),
    ),
  }
  if (tags?.title) reading.title = field(tags.title)
  else {
    reading.status = field('untitled' as const)
    reading.diagnostics.push(diagnose('episode-untitled', { path }, 'The tags of this sound give no title.'))
  }
  if (tags?.artist) reading.authors = field([{ name: tags.artist, url: null, email: null, role: null }])
  const kept = keptBack(path, tags?.title ?? null)
  if (kept !== null && !reading.status) {
    reading.status = field('draft' as const)
    reading.diagnostics.push(
      diagnose('draft-by-name', { path }, `It is withheld as a draft: ${kept}.`, renameHint),
    )
  }
  const published = dateInTags(tags, path, context, reading.diagnostics)
  if (published) reading.published = field(published)
  return assembleArticle(reading, { path, format: 'sound', text: '' }, context)
}

/** Only files that can be listened to get here, and what belongs to one. */
const typeOf = (path: string) => mediaTypeOf(path) ?? 'application/octet-stream'

const renameHint = 'Move or rename the file, or change its title, if it is to be heard.'

/** Why a sound without notes is none to be heard yet, in words: nothing but what it is called can tell. */
function keptBack(path: string, title: string | null): string | null {
  if (fileNameOf(path).startsWith('_')) return 'its name begins with "_"'
  const name = findDraftName({ path, title, tags: [], isBare: true })
  return name && (name.what === 'title' ? `by its title ("${name.text}") it is one` : 'by its name it is one')
}

function htmlOf(description: string | null): string {
  const paragraphs = description?.split(/\s*\n\s*\n\s*/).filter(Boolean) ?? []
  return paragraphs.map(text => `<p>${escapeHtmlText(text).replaceAll('\n', '<br>')}</p>`).join('\n')
}
