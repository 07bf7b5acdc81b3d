import { imageHeaderBytes, imageSize } from '../media/image-size.ts'
import { mediaTypeOf } from '../model/formats.ts'
import { isSourceError, type Source, type SourceFile } from '../model/source.ts'
import { inTurns } from '../text/in-turns.ts'
import type { FileChanges } from './file-stage.ts'

/** Pixels, as a picture is shown. */
export interface PictureSize {
  width: number
  height: number
}

/** Files read at once. */
const atOnce = 8
/** Most formats say it in their first bytes; photographs may have notes before. */
const firstBytes = 4_096

/** The sizes of a folder's pictures, from the first bytes of each that came or is other. */
export function createPictures(source: Source) {
  const sizes = new Map<string, PictureSize>()
  return {
    /** By path. */
    now: (): ReadonlyMap<string, PictureSize> => sizes,
    async apply({ set, removed }: FileChanges): Promise<void> {
      for (const path of removed) sizes.delete(path)
      const pending = [...set.values()].flatMap(({ file }) => (isPicture(file) ? [file] : []))
      await inTurns(pending, atOnce, async file => {
        const size = await sizeOf(source, file)
        if (size) sizes.set(file.path, size)
        else sizes.delete(file.path)
      })
    },
  }
}

function isPicture({ path, size }: SourceFile): boolean {
  return size > 0 && mediaTypeOf(path)?.startsWith('image/') === true
}

async function sizeOf(source: Source, { path, size, stamp }: SourceFile): Promise<PictureSize | null> {
  const lengths = [firstBytes, imageHeaderBytes].map(length => Math.min(size, length))
  for (const length of new Set(lengths)) {
    try {
      const found = imageSize(await source.read(path, { range: { start: 0, end: length - 1 }, stamp }))
      if (found) return { width: Math.round(found.width), height: Math.round(found.height) }
    } catch (error) {
      if (isSourceError(error)) return null
      throw error
    }
  }
  return null
}
