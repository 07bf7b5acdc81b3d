import type { ArticleFormat } from '../../model/article.ts'
import type { Preset } from '../../model/preset.ts'
import type { ParseContext, Reading } from '../../model/reading.ts'
import { readMediumPost } from './medium.ts'
import { type NotionPage, splitNotionPage } from './notion.ts'
import { readTumblrPost } from './tumblr.ts'

type ReadPage = (text: string, path: string, context: ParseContext) => Reading

/** Exports whose pages say in their own way what is what. */
const pageReaders: { [name in Preset['name']]?: ReadPage } = {
  medium: readMediumPost,
  tumblr: readTumblrPost,
}

/** How the HTML pages of an export are read; undefined: as any others are. */
export const pageReaderOf = ({ name }: Pick<Preset, 'name'>): ReadPage | undefined => pageReaders[name]

/** An exported page parted into what is said of the article and its text; null where it is written as any other. */
export function splitExportedPage(
  text: string,
  path: string,
  format: ArticleFormat,
  { name }: Pick<Preset, 'name'>,
): NotionPage | null {
  return name === 'notion' ? splitNotionPage(text, path, format) : null
}
