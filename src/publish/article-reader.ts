import type { ParsedArticle } from '../model/article.ts'
import type { SoundFile } from '../model/media-facts.ts'
import type { Source } from '../model/source.ts'
import { parseFile } from '../parse/parse-file.ts'
import { readExport } from '../parse/read-export.ts'
import { parseSound } from '../parse/sound.ts'
import { exportHead, exportKindOf } from '../systems/exports/export-kind.ts'
import { contentDigest, type FilesContext } from './file-reading.ts'
import type { ReadAgain } from './reading-cache.ts'

/**
 * Reads an article from its file once more, where nobody has kept what it says.
 * @returns null where the file can't be read, or says something else by now
 */
export function createArticleReader(
  source: Source,
  context: () => FilesContext,
  soundAt: (path: string) => SoundFile | undefined,
): ReadAgain {
  function articleAt(path: string): ParsedArticle | null {
    const sound = soundAt(path)
    if (sound) {
      const { boilerplateOf: _, dateOrderOf: __, soundsBeside = () => [], ...parsing } = context()
      return parseSound(path, sound, { ...parsing, soundsBeside, boilerplate: () => new Map() }).article
    }
    const [file = path, entry] = path.split('#')
    const bytes = source.readSync?.(entry === undefined ? path : file)
    if (!bytes) return null
    const { boilerplateOf, dateOrderOf, ...parsing } = context()
    const taught = { boilerplate: boilerplateOf(path), dateOrder: dateOrderOf(path) }
    if (entry === undefined) return parseFile({ path, bytes }, { ...parsing, ...taught }).article
    const kind = exportKindOf(file, bytes.subarray(0, exportHead))
    if (!kind) return null
    const { articles } = readExport({ path: file, bytes, kind }, { ...parsing, boilerplate: () => new Map() })
    return articles.find(one => one.path === path)?.article ?? null
  }

  return (path, content) => {
    try {
      const article = articleAt(path)
      return article && contentDigest(article) === content ? article : null
    } catch {
      return null
    }
  }
}
