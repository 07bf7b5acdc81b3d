import type { ParseContext } from '../../model/reading.ts'
import { readBeehiivExport } from './beehiiv.ts'
import { readBloggerExport } from './blogger.ts'
import type { ExportContent, ExportKind } from './export-kind.ts'
import { readFeedSource } from './feed-source.ts'
import { readGhostExport } from './ghost.ts'
import { readMovableTypeExport } from './movable-type.ts'
import { readWordPressExport } from './wordpress.ts'

/** How each kind of export is read. Each throws an Error, whose message is for people, where the file is not such a thing. */
export const exportReaders: Record<
  ExportKind,
  (text: string, path: string, context: ParseContext) => ExportContent
> = {
  ghost: readGhostExport,
  wordpress: readWordPressExport,
  blogger: readBloggerExport,
  'movable-type': readMovableTypeExport,
  beehiiv: readBeehiivExport,
  feed: readFeedSource,
}
