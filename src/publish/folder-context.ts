import type { SoundFile } from '../model/media-facts.ts'
import type { ParseContext } from '../model/reading.ts'
import type { Site } from '../model/site.ts'
import type { Source, SourceFile } from '../model/source.ts'
import type { ExportKind } from '../systems/exports/export-kind.ts'
import type { Digest } from '../text/digests.ts'
import { lookUpPaths } from '../text/path-spelling.ts'
import { fileNameOf, isAmong } from '../text/urls.ts'
import { type FileReading, linksAmong } from './file-reading.ts'
import type { FileChanges, FileStage } from './file-stage.ts'
import { mediaOf } from './media-files.ts'
import { findExportSigns, mayHaveExportSigns } from './read-exports.ts'
import { createPictures, type PictureSize } from './read-pictures.ts'
import { isSoundPath, readSounds, type Sounds, stemOf, wasUnreadable } from './read-sounds.ts'

/** Which files are exports. A feed is one where there is nothing else to publish. */
export function createExports(
  source: Source,
  site: Site,
  files: FileStage,
  isTranscript: (path: string) => boolean,
) {
  const kinds = new Map<string, ExportKind>()
  const unknown = new Map<string, string>()
  let isFeedAlone = false
  const isArticle = (path: string) => {
    const place = files.get(path)?.place
    return (place === 'article' || place === 'page-text') && !isExport(path) && !isTranscript(path)
  }
  const isExport = (path: string) => {
    const kind = kinds.get(path)
    return kind !== undefined && (kind !== 'feed' || isFeedAlone)
  }
  return {
    isArticle,
    isExport,
    kindOf: (path: string) => (isExport(path) ? kinds.get(path) : undefined),
    /** Files with articles in the form of no system known here, by path; and the form. */
    unknown: unknown as ReadonlyMap<string, string>,
    /** Looks into what came or is other. Returns feeds that became exports, or are none any more. */
    async apply({ set, removed }: FileChanges): Promise<string[]> {
      for (const path of removed) {
        kinds.delete(path)
        unknown.delete(path)
      }
      for (const [path, placed] of set) {
        const signs = mayHaveExportSigns(placed, site) ? await findExportSigns(source, placed) : null
        if (signs && 'kind' in signs) kinds.set(path, signs.kind)
        else kinds.delete(path)
        if (signs && 'form' in signs) unknown.set(path, signs.form)
        else unknown.delete(path)
      }
      const wasAlone = isFeedAlone
      isFeedAlone = false
      if (kinds.size === 0) return []
      const isAlone = [...kinds.values()].every(kind => kind === 'feed')
      isFeedAlone = isAlone && ![...files.values()].some(({ file }) => isArticle(file.path))
      return isFeedAlone === wasAlone
        ? []
        : [...kinds].flatMap(([path, kind]) => (kind === 'feed' ? [path] : []))
    },
  }
}

export interface ParseContextOfFolder extends Omit<ParseContext, 'boilerplate' | 'dateOrder'> {
  /** Paths of all articles there are. */
  articles(): string[]
}

/** What is known of a folder before any of its files is read; made anew for each look, since it remembers names. */
export function contextOf(
  site: Site,
  files: FileStage,
  sounds: () => Sounds,
  pictures: () => ReadonlyMap<string, PictureSize>,
  { isArticle, articles }: { isArticle(path: string): boolean; articles(): string[] },
): () => ParseContextOfFolder {
  return () => {
    const fileAt = lookUpFiles(files)
    const linkAt = linksAmong({ has: isArticle, all: articles }, site.url)
    const { byPath, captions, beside, named } = sounds()
    return {
      site,
      media(path) {
        const file = fileAt(path)
        return (
          file && mediaOf(file, byPath.get(file.path), pictures().get(file.path), captions.get(file.path))
        )
      },
      soundsBeside: beside,
      soundNamed: named,
      leadsOutside: path => isAmong(files.outside(), path),
      linkTo: path => linkAt(files.linkedArticle(path) ?? path),
      articles,
    }
  }
}

/** A folder as those who read its files see it, and its sounds, pictures and exports, which are looked into before. */
export type FolderContext = ReturnType<typeof createFolderContext>

export function createFolderContext(source: Source, site: Site, files: FileStage, digest: Digest) {
  const sounds = createSounds(source, site, files)
  const pictures = createPictures(source)
  const exports = createExports(source, site, files, sounds.isTranscript)
  const { isArticle } = exports
  /** For those who read files; null: to be worked out when somebody asks. */
  let known: { articles: string[]; media: SourceFile[] } | null = null
  const contentsOf = (all: SourceFile[]) => ({
    articles: all.flatMap(({ path }) => (isArticle(path) ? [path] : [])),
    media: all.filter(file => mediaOf(file)),
  })
  const contents = () => (known ??= contentsOf([...files.values()].map(({ file }) => file)))
  const articles = () => contents().articles
  const context = contextOf(site, files, sounds.now, pictures.now, { isArticle, articles })
  return {
    /** All articles there are, and the files that they may show or play: the same object until one comes or goes. */
    contents,
    source,
    site,
    files,
    digest,
    sounds,
    pictures,
    exports,
    context,
    /** Returns paths beside those of the changes whose readings may be other. @param soundOf what is remembered of a sound */
    async apply(changes: FileChanges, soundOf: (path: string) => SoundFile | undefined): Promise<string[]> {
      const before = sounds.now()
      await pictures.apply(changes)
      const others = await sounds.apply(changes, soundOf)
      const regrouped = [...others, ...(await exports.apply(changes))]
      if (!changes.onlyEdits || sounds.now() !== before || regrouped.length > 0) known = null
      return regrouped
    },
  }
}

/** Finds files however their paths are spelt. */
export function lookUpFiles(files: FileStage): (path: string) => SourceFile | undefined {
  return lookUpPaths(
    path => files.get(path)?.file,
    () => [...files.values()].map(({ file }): [string, SourceFile] => [file.path, file]),
  )
}

/** The folder's sound and film, and what stands beside it. Where any of it is other, all of it is looked at. */
export function createSounds(source: Source, site: Site, files: FileStage) {
  let sounds: Sounds = {
    files: [],
    byPath: new Map(),
    captions: new Map(),
    beside: () => [],
    named: () => undefined,
    isTranscript: () => false,
  }
  return {
    now: () => sounds,
    isTranscript: (path: string) => sounds.isTranscript(path),
    /** Returns paths of sounds that are other, of what stands beside them, and of what is a transcript now or was one. */
    async apply(
      { set, removed }: FileChanges,
      remembered: (path: string) => SoundFile | undefined,
    ): Promise<string[]> {
      const isConcerned = sounds.files.length > 0 || [...set.keys()].some(isSoundPath)
      const isTriedAgain = [...sounds.byPath.values()].some(wasUnreadable)
      if (!isConcerned || (set.size + removed.size === 0 && !isTriedAgain)) return []
      const before = sounds
      const all = [...files.values()].map(({ file }) => file).sort((a, b) => (a.path < b.path ? -1 : 1))
      sounds = await readSounds(
        source,
        site,
        all,
        path => before.byPath.get(path) ?? remembered(path),
        path => before.captions.get(path),
      )
      const now = sounds
      const changed = new Set(
        [...before.byPath.keys(), ...now.byPath.keys()].filter(
          path => before.byPath.get(path) !== now.byPath.get(path),
        ),
      )
      const stems = new Set([...changed].map(stemOf))
      const beside = all.filter(
        ({ path }) => stems.has(stemOf(path)) || before.isTranscript(path) !== now.isTranscript(path),
      )
      return [...changed, ...beside.map(({ path }) => path)]
    },
  }
}

/** Which readings hang on which files. */
export function createDependents() {
  const byFile = new Map<string, Set<string>>()
  // A link that may lead to any folder hangs on all files of its name, in whatever case; and paths are spelt in several ways.
  const keyOf = (asked: string) =>
    (asked.startsWith('**/') ? `**/${fileNameOf(asked)}`.toLowerCase() : asked).normalize('NFC')
  return {
    add(path: string, asked: FileReading['asked']): void {
      for (const [file] of asked) {
        const paths = byFile.get(keyOf(file)) ?? new Set()
        byFile.set(keyOf(file), paths.add(path))
      }
    },
    remove(path: string, asked: FileReading['asked']): void {
      for (const [file] of asked) {
        const paths = byFile.get(keyOf(file))
        paths?.delete(path)
        if (paths?.size === 0) byFile.delete(keyOf(file))
      }
    },
    of: (path: string) =>
      [path, `**/${fileNameOf(path)}`].flatMap(key => [...(byFile.get(keyOf(key)) ?? [])]),
  }
}
