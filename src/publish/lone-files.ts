import { declaresPodcast } from '../model/site.ts'
import { dependenciesUnchanged, type FileReading } from './file-reading.ts'
import { type FolderContext, lookUpFiles } from './folder-context.ts'
import { isByItself, type KnownReadings } from './known-readings.ts'
import { readCovers } from './podcast-checks.ts'
import { loneSounds, readLoneSound } from './read-sounds.ts'

/** What is no article file and has a reading all the same: each sound, by which it is remembered, and a show's cover. */
export async function readLoneFiles(
  folder: FolderContext,
  known: KnownReadings,
  keep: (reading: FileReading) => FileReading,
): Promise<{ gone: string[]; readings: FileReading[] }> {
  const { source, site, files, sounds } = folder
  const { byPath } = sounds.now()
  const covers = await readCovers(source, site, lookUpFiles(files), file => {
    const before = known.before(file.path)
    return file.stamp !== null && before?.file.stamp === file.stamp ? before.cover : undefined
  })
  const covered = new Set(covers.map(({ file }) => file.path))
  const gone = [...known.lone].flatMap(([path, { sound, cover }]) =>
    (sound && !byPath.has(path)) || (cover && !covered.has(path)) ? [path] : [],
  )
  return {
    gone,
    readings: [
      ...covers.filter(({ file, cover }) => known.all.get(file.path)?.cover !== cover),
      ...(await readSoundsAlone(folder, known, keep)),
    ],
  }
}

async function readSoundsAlone(
  { site, sounds, context, digest }: FolderContext,
  known: KnownReadings,
  keep: (reading: FileReading) => FileReading,
): Promise<FileReading[]> {
  const now = sounds.now()
  if (now.files.length === 0) return []
  const others = [...known.all.values()].filter(one => !isByItself(one))
  const isPodcast = declaresPodcast(site) || others.every(({ hasArticle }) => !hasArticle)
  const asked = others.flatMap(({ asked }) => asked.map(([path]) => path))
  const lone = isPodcast ? loneSounds(now, site, asked) : new Set<string>()
  const parsing = context()
  const readings: FileReading[] = []
  for (const file of now.files) {
    const { path } = file
    const sound = now.byPath.get(path)
    const before = known.before(path)
    const isSame =
      before?.sound === sound &&
      before !== undefined &&
      before.asked.length > 0 === lone.has(path) &&
      dependenciesUnchanged(before, parsing)
    if (!sound || (isSame && known.all.has(path))) continue
    const kept = isSame ? known.remembered.get(path) : undefined
    readings.push(kept ?? keep(await readLoneSound(file, sound, lone.has(path), parsing, digest)))
  }
  return readings
}
