import { withheldReason } from '../catalog/withhold.ts'
import { articleWith, type ParsedArticle } from '../model/article.ts'
import { dateOfInstant } from '../model/article-date.ts'
import { fingerprintOf } from '../text/fingerprint.ts'
import type { FileReading } from './file-reading.ts'
import type { KeyedChanges } from './keyed-changes.ts'

/**
 * For a preview: drafts, and what waits for its time or has none, as if it were published now. The title says what each is; everything else
 * is as it will be.
 * @param now epoch milliseconds: the date that such an article is shown under
 */
export function showDrafts(changes: KeyedChanges<FileReading>, now: number): KeyedChanges<FileReading> {
  return { ...changes, set: new Map([...changes.set].map(([path, reading]) => [path, shown(reading, now)])) }
}

function shown(reading: FileReading, now: number): FileReading {
  const { article, digests } = reading
  const mark = article && markOf(article, now)
  if (!article || !digests || !mark) return reading
  const marked = articleWith(article, {
    title: `${mark}: ${article.title}`,
    status: 'published' as const,
    published: dateOfInstant(now),
  })
  return {
    ...reading,
    article: marked,
    digests: { ...digests, content: fingerprintOf([digests.content, marked.title, String(now)]) },
  }
}

/** Null where nothing is to be shown that is not shown anyway: what costs money or asks for a password stays away here, too. */
function markOf(article: ParsedArticle, now: number): string | null {
  const reason = withheldReason(article, now)
  if (reason === 'draft') return 'Draft'
  if (reason === 'undated') return 'Without a date'
  return reason === 'scheduled' ? `Scheduled for ${article.published?.rfc3339}` : null
}
