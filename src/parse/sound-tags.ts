import type { Field } from '../model/article.ts'
import { settleDate } from '../model/article-date.ts'
import type { Diagnostic } from '../model/diagnostic.ts'
import type { MediaTags, SoundFile } from '../model/media-facts.ts'
import type { ParseContext, Reading } from '../model/reading.ts'
import { readWrittenDate } from '../model/written-date.ts'

export const tagsInSound = ({ reading }: SoundFile): MediaTags | null =>
  'facts' in reading ? reading.facts.tags : null

/** What a sound says of itself has no line. */
export const saidBySound = <T>(value: T): Field<T> => ({
  value,
  from: 'markup',
  confidence: 1,
  line: null,
})

/** When a sound says that it was published. A year alone is no date of publication. */
export function dateInTags(
  tags: MediaTags | null,
  path: string,
  { site }: Pick<ParseContext, 'site'>,
  diagnostics: Diagnostic[],
) {
  const date = tags?.date ?? ''
  const written = /^\d{4}-\d{2}-\d{2}/.test(date) ? readWrittenDate(date) : null
  if (!written) return null
  const settled = settleDate(written, site, { given: 'text', source: null }, { path })
  diagnostics.push(...settled.diagnostics)
  return settled.date
}

/**
 * Notes with what they leave open and the sound of their name says: its title and its date, as where there are no notes. A date that
 * was given and can't be read is not left open.
 */
export function withTagsOfSound(notes: Reading, path: string, context: ParseContext): Reading {
  if (notes.enclosures || (notes.title && notes.published)) return notes
  const [beside] = context.soundsBeside?.(path) ?? []
  const sound = beside === undefined ? undefined : context.media(beside)?.sound
  if (!sound) return notes
  const tags = tagsInSound(sound)
  const diagnostics = [...notes.diagnostics]
  const isOpen = !notes.published && diagnostics.every(({ code }) => code !== 'date-invalid')
  const published = isOpen ? dateInTags(tags, path, context, diagnostics) : null
  return {
    ...notes,
    diagnostics,
    ...(!notes.title && tags?.title && { title: saidBySound(tags.title) }),
    ...(published && { published: saidBySound(published) }),
  }
}
