import type { FileReport } from '../model/article.ts'
import { articleFormatOf } from '../model/article-paths.ts'
import { type Diagnostic, diagnose } from '../model/diagnostic.ts'
import type { DiagnosticCode } from '../model/diagnostic-codes.ts'
import { mediaTypeOf } from '../model/formats.ts'
import type { Site } from '../model/site.ts'
import type { RefusedPath, SourceFile, SourceListing } from '../model/source.ts'
import { isArticlePath } from '../parse/parse-file.ts'
import { mayBeExport } from '../systems/exports/export-kind.ts'
import { placeIn } from '../systems/preset-place.ts'
import { matchesGlob } from '../text/globs.ts'
import { lowerBound } from '../text/lower-bound.ts'
import { extensionOf, fileNameOf, folderOf, isAmong } from '../text/urls.ts'
import type { KeyedChanges } from './keyed-changes.ts'
import { findSounds } from './read-sounds.ts'

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
  /** Of articles, and of what they show, nothing came or went or is for something else than before: articles were edited. */
  onlyEdits: boolean
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
  /** Links that lead out of the folder, to files and to folders. */
  outside(): readonly string[]
  /** Links to folders inside, and to articles, that are not followed. */
  linked(): Diagnostic[]
  /** The article that a link of the folder leads to: it is read there, and nothing lies at the link's own place. */
  linkedArticle(path: string): string | undefined
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
  /** Links that lead out of the folder. */
  let outside: string[] = []
  const aliases = createAliases(rules)
  const isUnavailable = (path: string) => isAmong(hidden, path)

  return {
    apply(next, paths) {
      listing = next
      hidden = refusedFor(next, 'unreadable')
      outside = refusedFor(next, 'outside')
      if (paths === null) aliases.clear()
      const isAlias = (file: SourceFile) => aliases.take(file, next)
      const { changed, unavailable } = changedFiles(places.all, next, paths, isUnavailable, isAlias)
      const set = new Map<string, PlacedFile>()
      const removed = new Set<string>()
      let onlyEdits = true
      for (const [path, placed] of places.place(changed)) {
        const before = places.all.get(path)
        places.put(path, placed)
        // A file that was only looked at is the one that it was.
        if (placed && isSame(before, placed)) continue
        if (placed) set.set(path, placed)
        else removed.add(path)
        // Page text may be an export, or teach how other page text is read.
        const isEdit = before?.place === placed?.place && placed?.place === 'article'
        onlyEdits &&= isEdit || [before, placed].every(isNothing)
      }
      return { set, removed, unavailable, onlyEdits }
    },
    get: path => places.all.get(path),
    values: () => places.all.values(),
    isUnavailable,
    isIncomplete: () => hidden.length > 0,
    outside: () => outside,
    rejected() {
      const unread = places.count('unread') > 0 ? [...places.all.values()] : []
      return [
        ...unread
          .filter(({ place }) => place === 'unread')
          .map(({ file: { path } }) => unreadable(path, rules.unreadFormat(path) ?? '')),
        ...missedIn(listing, rules, places.all).map(refusal),
        ...Object.keys(site.preset.records)
          .filter(path => !places.all.has(path))
          .map(missing),
      ]
    },
    linked: () => [
      ...listing.refused.flatMap(refused => {
        const { path, reason, folder } = refused
        if (reason !== 'link' || !rules.mayHoldArticles(path)) return []
        return [linkedFolder(refused, rules.mayHoldArticles(String(folder)))]
      }),
      ...aliases.findings(),
    ],
    linkedArticle: aliases.articleAt,
    ignored: () => listing.ignored + places.count('other') + places.count('export'),
  }
}

/** Links to articles, and where they lead: what is read there is published once, and what is kept back there nowhere. */
function createAliases(rules: ReturnType<typeof placeRules>) {
  const all = new Map<string, string>()
  return {
    clear: () => all.clear(),
    /** Whether a file is such a link. */
    take({ path, linkTo }: SourceFile, listing: SourceListing): boolean {
      const isOne = linkTo !== undefined && rules.isArticle(linkTo) && fileIn(listing, linkTo) !== undefined
      if (isOne) all.set(path, linkTo)
      else all.delete(path)
      return isOne
    },
    articleAt: (path: string) => all.get(path),
    findings: () =>
      [...all]
        .filter(([path]) => !rules.isIgnored(path))
        .map(([path, article]) =>
          diagnose(
            'file-link',
            { path },
            `This link leads to the article ${article}, which is read there, once: nothing is published of the link.`,
          ),
        ),
  }
}

/** What could not be looked at and may be an article, or a sound with what lies beside it. */
function missedIn(
  { files, refused }: SourceListing,
  rules: ReturnType<typeof placeRules>,
  known: ReadonlyMap<string, unknown>,
): MissedPath[] {
  const missed = refused.filter(({ reason }) => reason !== 'link') as MissedPath[]
  const [folders, others] = [missed.filter(({ folder }) => folder), missed.filter(({ folder }) => !folder)]
  const isArticle = ({ path, reason }: MissedPath) =>
    rules.isArticle(path) || (reason !== 'outside' && rules.placeOf(path) !== 'other')
  const lost = others.filter(({ path }) => !known.has(path))
  const found = new Set(lost.filter(isArticle).map(({ path }) => path))
  const beside = lost.filter(({ path }) => !found.has(path) && !rules.isIgnored(path))
  if (beside.length > 0) {
    const all = [...files, ...beside.map(({ path }) => ({ path, size: 0, stamp: null }))]
    const { sounds, companions } = findSounds(all)
    for (const { path } of [...sounds, ...[...companions.values()].flat()]) found.add(path)
  }
  return [
    ...folders.filter(({ path }) => rules.mayHoldArticles(path)),
    ...lost.filter(({ path }) => found.has(path)),
  ]
}

const refusedFor = ({ refused }: SourceListing, reason: RefusedPath['reason']) =>
  refused.flatMap(({ path, reason: why }) => (why === reason ? [path] : []))

/**
 * Files that came or went or were looked at again, undefined where they are gone.
 * @param paths where something happened; null: anywhere
 */
function changedFiles(
  files: ReadonlyMap<string, PlacedFile>,
  next: SourceListing,
  paths: Iterable<string> | null,
  isUnavailable: (path: string) => boolean,
  isAlias: (file: SourceFile) => boolean,
): { changed: Map<string, SourceFile | undefined>; unavailable: Set<string> } {
  const found = new Map<string, SourceFile>()
  const find = (file: SourceFile) => {
    if (!isAlias(file)) found.set(file.path, file)
  }
  if (paths === null) next.files.forEach(find)
  else
    for (const path of paths) {
      const file = fileIn(next, path)
      if (file) find(file)
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

/** Whether a file is no article's, as the ledger, which is written at each publication. */
const isNothing = (placed: PlacedFile | undefined) =>
  placed === undefined || (placed.place === 'other' && !mediaTypeOf(placed.file.path))

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
    isIgnored,
    /** Going by what articles are called: nobody knows what lies in it. */
    mayHoldArticles: (folder: string) =>
      !ignore.some(glob => matchesGlob(glob, folder)) &&
      ['index.md', 'index.html', 'a.txt', '2026-01-31-a.md', '2026-01-31-a.html'].some(name =>
        isArticle(folder === '' ? name : `${folder}/${name}`),
      ),
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

function refusal({ path, reason, folder }: MissedPath): FileReport {
  const what = folder ? 'folder' : 'file'
  const [code, message, hint] = refusals[reason](what)
  return rejection(diagnose(code, { path }, message, hint))
}

/** What is refused, and no link to a folder inside: the files of that one are read where they lie. */
type MissedPath = RefusedPath & { reason: Exclude<RefusedPath['reason'], 'link'> }
type Refusal = [code: DiagnosticCode, message: string, hint?: string]
const refusals: Record<MissedPath['reason'], (what: 'file' | 'folder') => Refusal> = {
  special: () => ['file-special', 'This is a pipe, a socket or a device, and no file: it was passed over.'],
  name: what => [
    'file-name-encoding',
    `The name of this ${what} is not UTF-8, so the ${what} cannot be opened${what === 'folder' ? ', and nothing in it is read' : ''}.`,
  ],
  outside: what =>
    what === 'folder'
      ? [
          'file-outside',
          'This link leads to a folder outside of this one: nothing in it is read.',
          'Symbolic links that leave the folder are not followed. Copy or mount the folder in the place of the link, or name the link in `ignore`.',
        ]
      : ['file-outside', 'This link leads out of the folder.'],
  unreadable: what =>
    what === 'folder'
      ? [
          'file-unreadable',
          'This folder may not be looked into: nothing in it is read.',
          'Make the folder readable for the user that runs Broadsheet, or remove it.',
        ]
      : [
          'file-unreadable',
          'This file cannot be read: it is a link to nothing, or its folder may not be looked into.',
          'Mend or remove the link, or make the folder readable for the user that runs Broadsheet.',
        ],
}

/** A link to a folder inside: named, for whoever made it may look for its files there. */
function linkedFolder({ path, folder }: RefusedPath, isRead: boolean): Diagnostic {
  const where = folder === '' ? 'the whole folder' : `the folder ${folder}`
  return diagnose(
    'folder-link',
    { path },
    isRead
      ? `This link leads to ${where} and is not followed: the files are read there, once.`
      : `This link leads to ${where} and is not followed: no article is read there.`,
    isRead
      ? undefined
      : 'Symbolic links to folders are not followed. Put the folder in the place of the link, or name the link in `ignore`.',
  )
}

function rejection(diagnostic: Diagnostic): FileReport {
  const { path, code } = diagnostic
  return { path, status: 'rejected', reason: code, article: null, diagnostics: [diagnostic] }
}
