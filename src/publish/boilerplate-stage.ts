import { articleFormatOf } from '../model/article-paths.ts'
import type { Site } from '../model/site.ts'
import type { Source, SourceFile } from '../model/source.ts'
import {
  type BoilerplateOf,
  boilerplateIn,
  changedIn,
  type LearntBoilerplate,
  learnBoilerplate,
} from '../page-text/learn-boilerplate.ts'
import { type DayOrder, dateOrderIn } from '../page-text/learn-date-order.ts'
import { createFileReader, textReader } from './file-reading.ts'
import type { FileChanges, FileStage } from './file-stage.ts'

/** What the page text of each source has in common: the frame around its articles, and the order in its dates. */
export interface BoilerplateStage {
  /**
   * Learns anew where page text came or went.
   * @param stale paths of files that are to be read again
   * @returns page text that is read otherwise by what is learnt now
   */
  apply(changes: FileChanges, stale: ReadonlySet<string>): Promise<SourceFile[]>
  learnt(): LearntBoilerplate
  boilerplateOf(path: string): BoilerplateOf
  dateOrderOf(path: string): DayOrder | null
}

/** @param remembered what was learnt when the files at these paths were read */
export function createBoilerplateStage(
  { source, site, files }: { source: Source; site: Site; files: FileStage },
  isArticle: (path: string) => boolean,
  remembered: { learnt: LearntBoilerplate; paths: Iterable<string> },
): BoilerplateStage {
  let { learnt } = remembered
  let boilerplateOf = boilerplateIn(learnt.lines)
  let dateOrderOf = dateOrderIn(learnt.orders)
  let isFirst = true
  const rememberedTexts = [...remembered.paths].filter(path => articleFormatOf(path) === 'page-text').length
  const pageTextFiles = new Map<string, SourceFile>()
  const textOf = textReader(createFileReader(source, site.maxFileBytes))

  /** Page text that came, went or is other. */
  function takeIn({ set, removed }: FileChanges): string[] {
    return [...set.keys(), ...removed].filter(path => {
      const file = files.get(path)
      const isOne = file?.place === 'page-text' && isArticle(path)
      if (file && isOne) pageTextFiles.set(path, file.file)
      return pageTextFiles.has(path) && (isOne || pageTextFiles.delete(path))
    })
  }

  return {
    async apply(changes, stale) {
      const touched = takeIn(changes)
      const asRemembered =
        isFirst && rememberedTexts === pageTextFiles.size && touched.every(path => !stale.has(path))
      isFirst = false
      if (touched.length === 0 || asRemembered) return []
      const before = learnt
      const inOrder = [...pageTextFiles.values()].sort((a, b) => (a.path < b.path ? -1 : 1))
      learnt = await learnBoilerplate(inOrder, textOf, learnt)
      boilerplateOf = boilerplateIn(learnt.lines)
      dateOrderOf = dateOrderIn(learnt.orders)
      const isOther = changedIn(before, learnt)
      return inOrder.filter(({ path }) => isOther(path))
    },
    learnt: () => learnt,
    boilerplateOf: path => boilerplateOf(path),
    dateOrderOf: path => dateOrderOf(path),
  }
}
