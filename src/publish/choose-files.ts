import type { FileReport } from '../model/article.ts'
import { type Diagnostic, diagnose } from '../model/diagnostic.ts'
import type { Site } from '../model/site.ts'
import type { SourceFile, SourceListing } from '../model/source.ts'
import { mayBeExport } from '../parse/exports/export-kind.ts'
import { isArticlePath } from '../parse/parse-file.ts'
import { placeIn } from '../parse/preset-place.ts'
import { matchesGlob } from '../text/globs.ts'
import { fileNameOf, folderOf } from '../text/urls.ts'

/** What each file of a folder is: every one is in one of these. */
export interface ChosenFiles {
  articles: SourceFile[]
  /** Files that hold many articles, if they are what they are called. Counted among the ignored. */
  possibleExports: SourceFile[]
  /** Articles that can't be read, whatever is in them. */
  rejected: FileReport[]
  /** Hidden files, our own earlier output, files that are no articles. */
  ignored: number
}

/** Parts the articles of a folder from its other files, by their paths and by the rules of its preset. */
export function chooseFiles(listing: SourceListing, site: Pick<Site, 'ignore' | 'preset'>): ChosenFiles {
  const { preset } = site
  const ignored = [...site.ignore, ...preset.ignore]
  const inPlace = (path: string) =>
    !ignored.some(glob => matchesGlob(glob, path)) &&
    (preset.content.length === 0 || placeIn(preset, path) !== null)
  const bundles = preset.bundles ? bundleFolders(listing.files) : new Set<string>()
  const articles = listing.files.filter(
    ({ path }) => isArticlePath(path, preset.markdown) && inPlace(path) && !isBundled(path, bundles),
  )
  const unread = listing.files.flatMap(({ path }) => {
    const format = preset.unread[/\.([^./]+)$/.exec(path)?.[1]?.toLowerCase() ?? '']
    return format && inPlace(path) && !/^_index\./i.test(fileNameOf(path)) ? [unreadable(path, format)] : []
  })
  const refused = listing.refused
    .filter(({ path }) => isArticlePath(path, preset.markdown) && inPlace(path))
    .map(refusal)
  const present = new Set(listing.files.map(({ path }) => path))
  const missing = Object.keys(preset.records)
    .filter(path => !present.has(path))
    .map(path =>
      rejection(
        diagnose('file-missing', { path }, 'The export names this file, and it is not in the folder.'),
      ),
    )
  const possibleExports =
    preset.content.length === 0
      ? listing.files.filter(
          ({ path }) => mayBeExport(path) && !ignored.some(glob => matchesGlob(glob, path)),
        )
      : []
  return {
    articles,
    possibleExports,
    rejected: [...unread, ...refused, ...missing],
    ignored: listing.ignored + listing.files.length - articles.length - unread.length,
  }
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
