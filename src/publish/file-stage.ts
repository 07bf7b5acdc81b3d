import type { FileReport } from '../model/article.ts'
import { articleFormatOf } from '../model/article-paths.ts'
import { type Diagnostic, diagnose } from '../model/diagnostic.ts'
import type { Site } from '../model/site.ts'
import type { SourceFile, SourceListing } from '../model/source.ts'
import { isArticlePath } from '../parse/parse-file.ts'
import { mayBeExport } from '../systems/exports/export-kind.ts'
import { placeIn } from '../systems/preset-place.ts'
import { matchesGlob } from '../text/globs.ts'
import { lowerBound } from '../text/lower-bound.ts'
import { extensionOf, fileNameOf, folderOf } from '../text/urls.ts'
import type { KeyedChanges } from './keyed-changes.ts'

/** What a file is by its path, and by the rules of the folder's preset. */
export type Place = 'article' | 'page-text' | 'unread' | 'export' | 'other'

export interface PlacedFile {
  file: SourceFile
  place: Place
}

/** What became of the files of a folder. */
export interface FileChanges extends KeyedChanges<PlacedFile> {
  /** Files that could not even be looked at, and are known: what is known of them stays. */
  unavailable: ReadonlySet<string>
}

/** The files of a folder, and what each is. */
export interface FileStage {
  /** @param paths where something happened; null: anywhere */
  apply(listing: SourceListing, paths: Iterable<string> | null): FileChanges
  get(path: string): PlacedFile | undefined
  values(): Iterable<PlacedFile>
  /** Articles that can't be read, whatever is in them. */
  rejected(): FileReport[]
  /** Whether a path could not even be looked at, by itself or with its folder. */
  isUnavailable(path: string): boolean
  /** Whether there is such a path. */
  isIncomplete(): boolean
  /** Hidden files, our own earlier output, files that are no articles. */
  ignored(): number
}

/** Parts the articles of a folder from its other files, by their paths and by the rules of its preset. */
export function createFileStage(site: Pick<Site, 'ignore' | 'preset'>): FileStage {
  const rules = placeRules(site)
  const places = createPlaces(site, rules)
  let listing: SourceListing = { files: [], refused: [], ignored: 0 }
  /** What could not be looked at, folders and all in them too. */
  let hidden: string[] = []
  const isUnavailable = (path: string) =>
    hidden.some(folder => path === folder || path.startsWith(`${folder}/`))

  return {
    apply(next, paths) {
      listing = next
      hidden = next.refused.flatMap(({ path, reason }) => (reason === 'unreadable' ? [path] : []))
      const { changed, unavailable } = changedFiles(places.all, next, paths, isUnavailable)
      const set = new Map<string, PlacedFile>()
      const removed = new Set<string>()
      for (const [path, placed] of places.place(changed)) {
        if (!placed) removed.add(path)
        // A file that was only looked at is the one that it was.
        else if (!isSame(places.all.get(path), placed)) set.set(path, placed)
        places.put(path, placed)
      }
      return { set, removed, unavailable }
    },
    get: path => places.all.get(path),
    values: () => places.all.values(),
    isUnavailable,
    isIncomplete: () => hidden.length > 0,
    rejected() {
      const unread = places.count('unread') > 0 ? [...places.all.values()] : []
      return [
        ...unread
          .filter(({ place }) => place === 'unread')
          .map(({ file: { path } }) => unreadable(path, rules.unreadFormat(path) ?? '')),
        ...listing.refused.filter(({ path }) => rules.isArticle(path) && !places.all.has(path)).map(refusal),
        ...Object.keys(site.preset.records)
          .filter(path => !places.all.has(path))
          .map(missing),
      ]
    },
    ignored: () => listing.ignored + places.count('other') + places.count('export'),
  }
}

/**
 * Files that came or went or were looked at again, undefined where they are gone.
 * @param paths where something happened; null: anywhere
 */
function changedFiles(
  files: ReadonlyMap<string, PlacedFile>,
  next: SourceListing,
  paths: Iterable<string> | null,
  isUnavailable: (path: string) => boolean,
): { changed: Map<string, SourceFile | undefined>; unavailable: Set<string> } {
  const found = new Map<string, SourceFile>()
  if (paths === null) for (const file of next.files) found.set(file.path, file)
  else
    for (const path of paths) {
      const file = fileIn(next, path)
      if (file) found.set(path, file)
    }
  const unavailable = new Set<string>()
  const changed = new Map<string, SourceFile | undefined>()
  for (const [path, file] of found) if (files.get(path)?.file !== file) changed.set(path, file)
  for (const path of paths ?? files.keys()) {
    if (found.has(path) || !files.has(path)) continue
    if (isUnavailable(path)) unavailable.add(path)
    else changed.set(path, undefined)
  }
  return { changed, unavailable }
}

function isSame(before: PlacedFile | undefined, { place, file }: PlacedFile): boolean {
  return (
    before?.place === place &&
    file.stamp !== null &&
    before.file.stamp === file.stamp &&
    before.file.size === file.size
  )
}

/** Which place each file has, and the folders that are one article each. */
function createPlaces({ preset }: Pick<Site, 'preset'>, rules: ReturnType<typeof placeRules>) {
  const files = new Map<string, PlacedFile>()
  const counts = new Map<Place, number>()
  /** Folders that are one article each, with the number of files that make them so. */
  const bundles = new Map<string, number>()
  const add = (place: Place, number: 1 | -1) => counts.set(place, (counts.get(place) ?? 0) + number)

  /** Whether a folder became one article, or ceased to be one. */
  function countBundle(path: string, number: 1 | -1): boolean {
    if (!preset.bundles || !isIndex(path) || folderOf(path) === '') return false
    const count = (bundles.get(folderOf(path)) ?? 0) + number
    if (count > 0) bundles.set(folderOf(path), count)
    else bundles.delete(folderOf(path))
    return count === 0 || (count === 1 && number === 1)
  }

  const placeOf = (path: string): Place => {
    const place = rules.placeOf(path)
    return (place === 'article' || place === 'page-text') && isBundled(path, bundles) ? 'other' : place
  }

  return {
    all: files as ReadonlyMap<string, PlacedFile>,
    count: (place: Place) => counts.get(place) ?? 0,
    put(path: string, placed: PlacedFile | undefined): void {
      const before = files.get(path)
      if (before) add(before.place, -1)
      if (placed) {
        files.set(path, placed)
        add(placed.place, 1)
      } else files.delete(path)
    },
    /** The places of files that came or went, and of others that have another place for it. */
    place(changed: ReadonlyMap<string, SourceFile | undefined>): Map<string, PlacedFile | undefined> {
      let isRegrouped = false
      for (const [path, file] of changed)
        if (files.has(path) !== (file !== undefined))
          isRegrouped = countBundle(path, file ? 1 : -1) || isRegrouped
      const placed = new Map<string, PlacedFile | undefined>()
      for (const [path, file] of changed)
        placed.set(path, file && { file, place: files.get(path)?.place ?? placeOf(path) })
      if (!isRegrouped) return placed
      for (const [path, known] of [...files, ...placed]) {
        const { file } = placed.has(path) ? (placed.get(path) ?? {}) : (known ?? {})
        const place = placeOf(path)
        if (file && place !== known?.place) placed.set(path, { file, place })
      }
      return placed
    },
  }
}

/** The files are in the order of their paths. */
export function fileIn({ files }: SourceListing, path: string): SourceFile | undefined {
  const file = files[lowerBound(files, file => file.path < path)]
  return file?.path === path ? file : undefined
}

function placeRules({ preset, ignore }: Pick<Site, 'ignore' | 'preset'>) {
  const ignored = [...ignore, ...preset.ignore]
  const patterns = preset.ignorePatterns.map(source => new RegExp(source, 'u'))
  const isIgnored = (path: string) =>
    ignored.some(glob => matchesGlob(glob, path)) || patterns.some(pattern => pattern.test(path))
  const inPlace = (path: string) =>
    !isIgnored(path) && (preset.content.length === 0 || placeIn(preset, path) !== null)
  const unreadFormat = (path: string) => preset.unread[extensionOf(path)]
  const isArticle = (path: string) =>
    isArticlePath(path, preset.markdown) &&
    (preset.formats?.includes(extensionOf(path)) ?? true) &&
    inPlace(path)
  return {
    unreadFormat,
    isArticle,
    placeOf(path: string): Place {
      if (isArticle(path)) return articleFormatOf(path) === 'page-text' ? 'page-text' : 'article'
      if (unreadFormat(path) && inPlace(path) && !/^_index\./i.test(fileNameOf(path))) return 'unread'
      const canBeExport = preset.content.length === 0 && mayBeExport(path)
      return canBeExport && !isIgnored(path) ? 'export' : 'other'
    },
  }
}

function missing(path: string): FileReport {
  return rejection(
    diagnose('file-missing', { path }, 'The export names this file, and it is not in the folder.'),
  )
}

function isBundled(path: string, bundles: ReadonlyMap<string, unknown>): boolean {
  if (bundles.size === 0) return false
  let folder = folderOf(path)
  if (isIndex(path)) folder = folderOf(folder)
  for (; folder !== ''; folder = folderOf(folder)) if (bundles.has(folder)) return true
  return false
}

const isIndex = (path: string) =>
  /^index(?:\.[a-z-]{2,7})?\.(?:md|markdown|mdx|html)$/i.test(fileNameOf(path))

function unreadable(path: string, format: string): FileReport {
  return rejection(diagnose('format-unread', { path }, `This is an article in ${format}, which is not read.`))
}

function refusal({ path, reason }: SourceListing['refused'][number]): FileReport {
  if (reason === 'special')
    return rejection(
      diagnose(
        'file-unreadable',
        { path },
        'This is a pipe, a socket or a device, and no file: it was passed over.',
      ),
    )
  return rejection(
    reason === 'outside'
      ? diagnose('file-outside', { path }, 'This link leads out of the folder.')
      : diagnose(
          'file-unreadable',
          { path },
          // What can't be decoded in a name stands as U+FFFD, under which no file can be opened (WHATWG Encoding §4.1).
          path.includes('\ufffd')
            ? 'The name of this file is not UTF-8, so the file cannot be opened: give it another name.'
            : 'This file cannot be read: it is a link to nothing, or its folder may not be looked into.',
        ),
  )
}

function rejection(diagnostic: Diagnostic): FileReport {
  const { path, code } = diagnostic
  return { path, status: 'rejected', reason: code, article: null, diagnostics: [diagnostic] }
}
