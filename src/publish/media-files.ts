import { mediaTypeOf } from '../model/formats.ts'
import type { SourceFile } from '../model/source.ts'

/** What a parser is told of a file that articles may show or play; undefined for any other. */
export function mediaOf(
  file: Pick<SourceFile, 'path' | 'size'> | undefined,
): { size: number; type: string } | undefined {
  const type = file && mediaTypeOf(file.path)
  return type ? { size: file.size, type } : undefined
}
