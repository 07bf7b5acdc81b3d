import type { SourceFile } from '../model/source.ts'
import { dependenciesUnchanged, type FileReading } from './file-reading.ts'
import type { ParseContextOfFolder } from './folder-context.ts'
import { createDependents } from './folder-context.ts'

/** What has to be known of a reading that was handed on. */
export interface KnownReading
  extends Pick<FileReading, 'file' | 'asked' | 'entries' | 'others' | 'terms' | 'sound' | 'cover'> {
  hasArticle: boolean
  hasDiagnostics: boolean
}

/** The readings of this process, and those of earlier ones until the first look is over. */
export type KnownReadings = ReturnType<typeof createKnownReadings>

export function createKnownReadings(kept: Iterable<FileReading>) {
  const remembered = new Map<string, FileReading>()
  for (const reading of kept) remembered.set(reading.file.path, reading)
  const known = new Map<string, KnownReading>()
  /** Those of files that are no article files. */
  const lone = new Map<string, KnownReading>()
  const dependents = createDependents()

  const before = (path: string): FileReading | KnownReading | undefined =>
    known.get(path) ?? remembered.get(path)

  /** What is remembered of a file, its entries too where it is an export. */
  function recall(path: string): FileReading[] {
    const reading = remembered.get(path)
    return reading ? [reading, ...(reading.entries ?? []).flatMap(recall)] : []
  }

  /** Returns the paths that are known no more: the entries' too where it is an export. */
  function forget(path: string): string[] {
    const reading = known.get(path)
    if (!reading) return []
    known.delete(path)
    lone.delete(path)
    dependents.remove(path, reading.asked)
    return [...(reading.entries ?? []).flatMap(forget), path]
  }

  return {
    /** By path: of this process alone. */
    all: known as ReadonlyMap<string, KnownReading>,
    /** Of them those of sounds and covers, which are no article files. */
    lone: lone as ReadonlyMap<string, KnownReading>,
    before,
    recall,
    remembered: remembered as ReadonlyMap<string, FileReading>,
    dependentsOf: dependents.of,
    /** Whether what is known of a file under its stamp is right, since all that it hangs on is as it was. */
    isUnchanged(file: SourceFile, now: ParseContextOfFolder): boolean {
      const reading = before(file.path)
      if (!reading || file.stamp === null || reading.file.stamp !== file.stamp) return false
      return dependenciesUnchanged(reading, now) && asksBeside(reading, now)
    },
    forget,
    accept(reading: FileReading): void {
      // One that can't be read has nothing to say of what it hangs on.
      if (reading.unavailable) return
      const { path } = reading.file
      dependents.remove(path, known.get(path)?.asked ?? [])
      const one = knownOf(reading)
      known.set(path, one)
      if (isByItself(one)) lone.set(path, one)
      else lone.delete(path)
      dependents.add(path, reading.asked)
    },
    /** All has been looked at: what was remembered is known now, or is there no more. */
    endFirstLook(): void {
      remembered.clear()
    },
  }
}

function knownOf(reading: FileReading): KnownReading {
  const { file, asked, entries, others, terms, sound, cover, article, diagnostics } = reading
  return {
    file,
    asked,
    ...(entries && { entries }),
    ...(others !== undefined && { others }),
    ...(terms && { terms }),
    ...(sound && { sound }),
    ...(cover && { cover }),
    hasArticle: article !== null,
    hasDiagnostics: diagnostics.length > 0,
  }
}

/** Sounds and covers: of a file that is no article file. */
export const isByItself = (reading: Pick<KnownReading, 'sound' | 'cover'> | undefined) =>
  reading?.sound !== undefined || reading?.cover !== undefined

/** Whether no sound has come to stand beside a file since it was read. */
function asksBeside(
  { file, asked }: Pick<KnownReading, 'file' | 'asked'>,
  { soundsBeside }: ParseContextOfFolder,
): boolean {
  const beside = soundsBeside?.(file.path) ?? []
  return beside.every(sound => asked.some(([path]) => path === sound))
}
