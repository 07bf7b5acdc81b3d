import type { FileReport } from '../model/article.ts'
import { articleFormatOf } from '../model/article-paths.ts'
import { type Diagnostic, diagnose } from '../model/diagnostic.ts'
import type { Site } from '../model/site.ts'
import type { SourceFile, SourceListing } from '../model/source.ts'
import { isArticlePath } from '../parse/parse-file.ts'
import { mayBeExport } from '../systems/exports/export-kind.ts'
import { placeIn } from '../systems/preset-place.ts'
import { matchesGlob } from '../text/globs.ts'
import { fileNameOf, folderOf } from '../text/urls.ts'

/** What each file of a folder is: every one is in one of these. */
export interface ChosenFiles {
  articles: SourceFile[]
  /** Those of them that are page text. */
  pageTexts: SourceFile[]
  /** Files that hold many articles, if they are what they are called. Counted among the ignored. */
  possibleExports: SourceFile[]
  /** Articles that can't be read, whatever is in them. */
  rejected: FileReport[]
  /** Hidden files, our own earlier output, files that are not articles. */
  ignored: number
}

/** What a path alone says of its file. */
export type Place = 'article' | 'page-text' | 'unread' | 'export' | 'other'

/** Files in the order of their paths, and what each is. */
export interface PlacedFiles {
  files: SourceFile[]
  places: Place[]
}

/**
 * Parts the articles of a folder from its other files, by their paths and by the rules of its preset.
 * @param before what was found of the files there were, by the same settings; brought up to date
 */
export function chooseFiles(
  listing: SourceListing,
  site: Pick<Site, 'ignore' | 'preset'>,
  before: PlacedFiles = { files: [], places: [] },
): ChosenFiles {
  const { preset } = site
  const ignored = [...site.ignore, ...preset.ignore]
  const patterns = preset.ignorePatterns.map(source => new RegExp(source, 'u'))
  const isIgnored = (path: string) =>
    ignored.some(glob => matchesGlob(glob, path)) || patterns.some(pattern => pattern.test(path))
  const inPlace = (path: string) =>
    !isIgnored(path) && (preset.content.length === 0 || placeIn(preset, path) !== null)
  const bundles = preset.bundles ? bundleFolders(listing.files) : new Set<string>()
  const unreadFormat = (path: string) => preset.unread[/\.([^./]+)$/.exec(path)?.[1]?.toLowerCase() ?? '']
  const look = (path: string): Place => {
    if (isArticlePath(path, preset.markdown) && inPlace(path))
      return articleFormatOf(path) === 'page-text' ? 'page-text' : 'article'
    if (unreadFormat(path) && inPlace(path) && !/^_index\./i.test(fileNameOf(path))) return 'unread'
    const canBeExport = preset.content.length === 0 && mayBeExport(path)
    return canBeExport && !isIgnored(path) ? 'export' : 'other'
  }
  const places = placesOf(listing.files, before, look)
  const articles: SourceFile[] = []
  const pageTexts: SourceFile[] = []
  const possibleExports: SourceFile[] = []
  const unread: FileReport[] = []
  listing.files.forEach((file, index) => {
    const place = places[index]!
    if ((place === 'article' || place === 'page-text') && !isBundled(file.path, bundles)) {
      articles.push(file)
      if (place === 'page-text') pageTexts.push(file)
    } else if (place === 'unread') unread.push(unreadable(file.path, unreadFormat(file.path)!))
    else if (place === 'export') possibleExports.push(file)
  })
  Object.assign(before, { files: listing.files, places })
  const refused = listing.refused
    .filter(({ path }) => isArticlePath(path, preset.markdown) && inPlace(path))
    .map(refusal)
  const named = Object.keys(preset.records)
  const present = new Set(named.length > 0 ? listing.files.map(({ path }) => path) : [])
  const missing = named
    .filter(path => !present.has(path))
    .map(path =>
      rejection(
        diagnose('file-missing', { path }, 'The export names this file, and it is not in the folder.'),
      ),
    )
  return {
    articles,
    pageTexts,
    possibleExports,
    rejected: [...unread, ...refused, ...missing],
    ignored: listing.ignored + listing.files.length - articles.length - unread.length,
  }
}

/** Both lists are in the order of paths: what stands in both is walked past. */
function placesOf(files: SourceFile[], before: PlacedFiles, look: (path: string) => Place): Place[] {
  let at = 0
  return files.map(file => {
    if (before.files[at] === file) return before.places[at++]!
    while (at < before.files.length && before.files[at]!.path < file.path) at++
    return before.files[at]?.path === file.path ? before.places[at++]! : look(file.path)
  })
}

/** Folders that are one article each, `index.md` being its text. */
function bundleFolders(files: SourceFile[]): Set<string> {
  return new Set(
    files.filter(({ path }) => isIndex(path) && folderOf(path) !== '').map(({ path }) => folderOf(path)),
  )
}

function isBundled(path: string, bundles: Set<string>): boolean {
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
          'This file cannot be read: it is a link to nothing, or its folder may not be looked into.',
        ),
  )
}

function rejection(diagnostic: Diagnostic): FileReport {
  const { path, code } = diagnostic
  return { path, status: 'rejected', reason: code, article: null, diagnostics: [diagnostic] }
}
