import { mediaTypeOf } from '../model/formats.ts'
import type { SoundFile } from '../model/media-facts.ts'
import type { FolderMedia } from '../model/reading.ts'
import type { SourceFile } from '../model/source.ts'

/**
 * What a parser is told of a file that articles may show or play; undefined for any other.
 * @param sound what was read of it, where it is sound
 * @param picture what was read of it, where it is a picture
 * @param captions what was read of it, where it is captions beside no sound, or kept back
 */
export function mediaOf(
  file: Pick<SourceFile, 'path' | 'size'> | undefined,
  sound?: SoundFile,
  picture?: FolderMedia['picture'],
  captions?: FolderMedia['captions'],
): FolderMedia | undefined {
  const type = file && mediaTypeOf(file.path)
  return type && !captions?.keptBack
    ? {
        size: file.size,
        type,
        ...(sound && { sound }),
        ...(picture && { picture }),
        ...(captions && { captions }),
      }
    : undefined
}
