import { lstatSync, type Stats } from 'node:fs'
import { readdir, readFile, rm, rmdir } from 'node:fs/promises'
import { basename, dirname, join, relative } from 'node:path'
import { BroadsheetError } from '../../model/errors.ts'
import { feedContentType, feedFormatNames, feedFormats } from '../../model/formats.ts'
import type { Publication } from '../../model/snapshot.ts'
import { outputMarker } from '../../source/folder.ts'
import { escapeXml } from '../../text/escape.ts'
import { fingerprintOf } from '../../text/fingerprint.ts'
import { createFileWriter, type FileWriter } from './file-writer.ts'
import { makeFolder } from './make-folder.ts'
import { type FileOutcome, replaceFile, temporaryFile } from './replace-file.ts'

export interface OutputReport {
  /** Files that were new or other than before. */
  written: number
  unchanged: number
  /** Files of an earlier output that this one no longer has. */
  removed: number
  /** Media that could not be read, by their path on the publication. */
  unreadable: string[]
  /** Addresses that no file can stand for: too long a name, or a folder and a file of one name. */
  unwritable: string[]
}

/** The folder holds files that are not ours, or leads out of itself: our own error, nothing was touched. */
export class ForeignFolderError extends BroadsheetError {
  override readonly name = 'ForeignFolderError'
  /** What of somebody else's is in the way; null: it is the folder itself. */
  readonly obstacle: string | null

  constructor(message: string, obstacle: string | null = null) {
    super(message)
    this.obstacle = obstacle
  }
}

/** @throws ForeignFolderError where the folder holds anything that an earlier output did not write */
export async function assertOwnOutput(folder: string): Promise<void> {
  const { files } = await readMarker(folder, false)
  assertRoom(folder, files, [])
}

/**
 * A folder for another program to write into, under the same rule: what it finds there is ours to replace.
 * @returns to be called when it is written: what is in the folder then is ours
 * @throws ForeignFolderError
 */
export async function claimOutput(folder: string): Promise<() => Promise<void>> {
  const { files } = await readMarker(folder, false)
  makeFolder(folder)
  const others = new Set((await filesIn(folder)).filter(path => !files.has(path)))
  await writeMarker(folder, files, true)
  return async () => {
    const written = (await filesIn(folder)).filter(path => !others.has(path) && path !== outputMarker)
    await writeMarker(folder, new Map(written.map(path => [path, null])), false)
  }
}

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries
    .filter(entry => !entry.isDirectory())
    .map(({ parentPath, name }) => relative(folder, join(parentPath, name)).replaceAll('\\', '/'))
}

/** Something of somebody else's build that stands where a file of ours would. */
export interface TakenPlace {
  /** In the folder: that file, or what is a file where a folder is needed, or a folder where a file is. */
  path: string
  /** Whose place it is. */
  of: 'feed' | 'page' | 'media'
  isFile: boolean
}

/** Files of somebody else's build that stand where ours would. */
export interface SharedFolder {
  /** Documents of ours that can't be written. */
  taken: TakenPlace[]
  /** Addresses of former feeds that stay the site's own. */
  left: string[]
}

/**
 * What of a publication has no room in a folder that somebody else's build fills: files that are there, were not written by an earlier output and
 * are not named as replaced.
 * @param replace paths on the publication
 */
export async function lookIntoShared(
  folder: string,
  publication: Publication,
  replace: readonly string[],
): Promise<SharedFolder> {
  const { files: ours } = await readMarker(folder, true)
  const mayReplace = new Set(replace.map(filePath))
  const places = new Map<string, TakenPlace>()
  const isTaken = (path: string, of: TakenPlace['of']) => {
    const obstacle = lies(folder, path, ours.get(path)) ? null : obstacleTo(folder, path)
    if (obstacle?.path === path && obstacle.isFile && mayReplace.has(path)) return false
    if (obstacle && !places.has(obstacle.path)) places.set(obstacle.path, { ...obstacle, of })
    return obstacle !== null
  }
  const fileOf = ({ path }: { path: string }) => filePath(path) ?? []
  const { documents, onDemand, media, redirects } = publication
  for (const path of [...documents, ...(onDemand?.values() ?? [])].flatMap(fileOf))
    isTaken(path, feedFiles.has(basename(path)) ? 'feed' : 'page')
  for (const path of media.flatMap(fileOf)) isTaken(path, 'media')
  const taken = [...places.values()]
  return { taken, left: redirects.flatMap(fileOf).filter(path => isTaken(path, 'feed')) }
}

/** What stands at a path, or is a file above it where a folder would have to be; null where there is room. */
function obstacleTo(folder: string, path: string): { path: string; isFile: boolean } | null {
  for (let at = path; at !== '.'; at = dirname(at)) {
    const stats = statsOf(join(folder, at))
    if (stats) return at !== path && stats.isDirectory() ? null : { path: at, isFile: !stats.isDirectory() }
  }
  return null
}

/** Undefined also where a file stands in the place of a folder above. */
function statsOf(path: string): Stats | undefined {
  try {
    return lstatSync(path, { throwIfNoEntry: false })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOTDIR') return undefined
    throw error
  }
}

/** Whether a file is the one that an earlier output wrote there. */
const lies = (folder: string, path: string, written: WrittenFile | null | undefined) =>
  written !== undefined && (written === null || isAsWritten(statsOf(join(folder, path)), written))

/** A file to be. */
interface OutputFile {
  /** While it is the same, so are the bytes. Null: they have to be looked at. */
  fingerprint: string | null
  contents(): Promise<string | Uint8Array>
}

/** What the marker says of a file that an earlier output wrote. */
interface WrittenFile {
  fingerprint: string
  size: number
  /** Milliseconds, with their fraction. */
  modified: number
}

/** Files by their path in the folder; null where only the name is known. */
type WrittenFiles = Map<string, WrittenFile | null>

/**
 * Writes a publication as files at its very paths: `/tags/x/` is `tags/x/index.html`. Each file is replaced in one step,
 * and only where its bytes differ; what is made of the same as last time, and lies there as it was written, is not even
 * made. Then what an earlier output left behind is removed. The marker lists every file that is ours, and is written
 * before them, so that an output that was broken off is cleared by the next. A file whose contents can't be had now stays as it is.
 * @param program what made the documents: another program may make other ones of the same. Absent: all are made
 * @param writer for this one output
 * @param shared for a folder that somebody else's build fills: their files stay, and so do those of ours that they have written over
 * @throws ForeignFolderError where the folder holds anything that an earlier output did not write
 */
export async function writeOutput(
  folder: string,
  publication: Publication,
  program: string | null = null,
  writer: FileWriter = createFileWriter(),
  shared: Pick<SharedFolder, 'left'> | null = null,
): Promise<OutputReport> {
  const { files: before, brokenOff } = await readMarker(folder, shared !== null)
  const { files, unwritable } = outputFiles(publication, program)
  for (const path of shared?.left ?? []) files.delete(path)
  makeFolder(folder)
  const untouched = assertRoom(folder, before, files.keys())
  if (brokenOff) await clearTemporaries(folder, [...before.keys(), ...files.keys()])
  if ([...files.keys()].some(path => !before.has(path)))
    await writeMarker(
      folder,
      new Map([...[...files.keys()].map(path => [path, null] as const), ...before]),
      true,
    )
  const report: OutputReport = { written: 0, unchanged: 0, removed: 0, unreadable: [], unwritable }
  const kept: WrittenFiles = new Map()
  const failures: { error: unknown; code: string | undefined }[] = []
  /** What can't be made or written now is no withdrawal: an earlier one stays. */
  const leave = (path: string, list: string[]) => {
    list.push(`/${path}`)
    const earlier = before.get(path)
    if (earlier) kept.set(path, earlier)
  }
  const note = (path: string, file: OutputFile, outcome: FileOutcome) => {
    if ('error' in outcome) {
      // One address that this file system has no name for costs no other.
      if (nameless.has(outcome.code ?? '')) leave(path, report.unwritable)
      else failures.push(outcome)
      return
    }
    const { written, size, modified } = outcome
    if (written) report.written++
    else report.unchanged++
    const fingerprint = file.fingerprint ?? (shared ? unknownFingerprint : null)
    kept.set(path, fingerprint === null ? null : { fingerprint, size, modified })
  }
  try {
    for (const [path, file] of files) {
      const written = before.get(path) ?? null
      if (written && written.fingerprint === file.fingerprint && untouched.has(path)) {
        kept.set(path, written)
        report.unchanged++
        continue
      }
      let contents: string | Uint8Array
      try {
        contents = await file.contents()
      } catch {
        leave(path, report.unreadable)
        continue
      }
      await writer.put(join(folder, path), contents, outcome => note(path, file, outcome))
      if (failures.length > 0) break
    }
    await writer.finish()
  } finally {
    writer.end()
  }
  for (const { error, code } of failures) throw Object.assign(error as Error, { code })
  for (const [path, written] of before) {
    if (kept.has(path)) continue
    if (shared && !lies(folder, path, written)) continue
    await rm(join(folder, path), { force: true })
    // A build may have been killed while it wrote this very file.
    await clearTemporaries(folder, [path])
    await removeEmptyFolders(folder, dirname(path))
    report.removed++
  }
  await writeMarker(folder, kept, false)
  return report
}

/**
 * That nothing of somebody else's stands where a folder or a file of ours is to be. A link inside the output would have files written, and others
 * removed, where it leads: we make none, so somebody else did.
 * @param before files of an earlier output: what they were is replaced where it can be
 * @returns those of the wanted files that lie as that output has written them: each is looked at once
 * @throws ForeignFolderError
 */
function assertRoom(folder: string, before: WrittenFiles, wanted: Iterable<string>): Set<string> {
  const looked = new Set(['.'])
  /** Folders that are not there yet: nothing can stand in them. */
  const missing = new Set<string>()
  const foreign = (path: string, fault: string) =>
    new ForeignFolderError(`${join(folder, path)} is ${fault}`, join(folder, path))
  const look = (path: string): void => {
    if (looked.has(path)) return
    looked.add(path)
    look(dirname(path))
    const stats = missing.has(dirname(path)) ? undefined : lookAt(path)
    if (!stats) missing.add(path)
    if (stats?.isSymbolicLink()) throw foreign(path, 'a symbolic link that Broadsheet did not make')
    if (stats && !stats.isDirectory() && !before.has(path))
      throw foreign(path, 'a file that Broadsheet did not write, and a folder has to be there')
  }
  // A name that this file system can't have is said where it is written.
  const lookAt = (path: string) => {
    try {
      return statsOf(`${folder}/${path}`)
    } catch {
      return undefined
    }
  }
  for (const path of before.keys()) look(dirname(path))
  const ownFolders = new Set(looked)
  const untouched = new Set<string>()
  for (const path of wanted) {
    const parent = dirname(path)
    look(parent)
    if (ownFolders.has(path) || missing.has(parent)) continue
    const stats = lookAt(path)
    if (stats?.isDirectory())
      throw foreign(path, 'a folder that Broadsheet did not make, and a file has to be there')
    const written = before.get(path)
    if (written && isAsWritten(stats, written)) untouched.add(path)
  }
  return untouched
}

/** Removes what a killed build left half written beside these files. */
async function clearTemporaries(folder: string, paths: Iterable<string>): Promise<void> {
  for (const parent of new Set(['.', ...[...paths].map(path => dirname(path))])) {
    const names = await readdir(join(folder, parent)).catch(() => [])
    for (const name of names)
      if (name.startsWith(temporaryFile))
        await rm(join(folder, parent, name), { recursive: true, force: true })
  }
}

function isAsWritten(stats: Stats | undefined, { size, modified }: WrittenFile): boolean {
  return stats?.isFile() === true && stats.size === size && stats.mtimeMs === modified
}

const feedFiles: ReadonlySet<string> = new Set(feedFormatNames.map(name => feedFormats[name].file))
const feedTypes: ReadonlySet<string> = new Set(feedFormatNames.map(feedContentType))

/** What file systems say to a name they cannot have, and to a file where a folder is (Windows says ENOENT). */
const nameless = new Set(['ENAMETOOLONG', 'ENOTDIR', 'EISDIR', 'EEXIST', 'EINVAL', 'EILSEQ', 'ENOENT'])

/** Every file of the publication, by its path in the folder: documents first, since they are what the rest leads to. */
function outputFiles({ documents, onDemand, media, redirects, url }: Publication, program: string | null) {
  const files = new Map<string, OutputFile>()
  const unwritable: string[] = []
  const byPath = new Map(documents.map(document => [document.path, document]))
  const rendered = (path: string) => byPath.get(path) ?? onDemand?.get(path)?.render()
  const add = (path: string, output: OutputFile) => {
    const file = filePath(path)
    if (file === null) unwritable.push(path)
    else if (!files.has(file)) files.set(file, output)
  }
  for (const { path, body } of documents) add(path, { fingerprint: null, contents: async () => body })
  for (const document of onDemand?.values() ?? [])
    add(document.path, {
      fingerprint: program === null ? null : fingerprintOf([program, document.fingerprint]),
      contents: async () => document.render().body,
    })
  for (const file of media) {
    const fingerprint = file.stamp === null ? null : fingerprintOf(['file', file.size, file.stamp])
    add(file.path, { fingerprint, contents: () => file.read() })
  }
  for (const { path, location } of redirects)
    add(path, {
      fingerprint: null,
      // A feed reader follows no page that redirects: it gets the feed itself, whose own link names its address.
      contents: async () => {
        const target = location.startsWith(url) ? rendered(`/${location.slice(url.length)}`) : undefined
        return target && feedTypes.has(target.mediaType) ? target.body : redirectPage(location)
      },
    })
  return { files, unwritable }
}

/**
 * Where a path of the publication rests; null where no file can stand for it. Paths come from authors' slugs and
 * aliases, so none may climb out of the folder, and each is a line of the marker, which parts its columns by tabs.
 */
function filePath(path: string): string | null {
  const parts = path.split('/').slice(1)
  const name = parts.at(-1) ?? ''
  if (name === '') parts[parts.length - 1] = 'index.html'
  else if (!name.includes('.')) parts.push('index.html')
  return parts.every(isName) ? parts.join('/') : null
}

const isName = (part: string) => !/^\.{0,2}$|[\0\\\t\n\r]/.test(part)

function redirectPage(location: string): string {
  const url = escapeXml(location)
  return `<!doctype html>
<meta charset="utf-8">
<title>Moved</title>
<link rel="canonical" href="${url}">
<meta http-equiv="refresh" content="0; url=${url}">
<p>This moved to <a href="${url}">${url}</a>.</p>
`
}

/** Of a file whose size and time are to be known, and not what it was made of. */
const unknownFingerprint = '-'

/**
 * `brokenOff`: whoever wrote it did not come to its end.
 * @param isShared whether the folder may hold files of others
 */
async function readMarker(
  folder: string,
  isShared: boolean,
): Promise<{ files: WrittenFiles; brokenOff: boolean }> {
  const marker = join(folder, outputMarker)
  const stats = lstatSync(marker, { throwIfNoEntry: false })
  // Through a link, another file would say what is ours to remove; a pipe would never be read to its end.
  if (stats && !stats.isFile()) throw new ForeignFolderError(`${marker} is not a file`)
  if (stats) {
    const lines = (await readFile(marker, 'utf8')).split('\n').slice(1)
    const files = lines.flatMap(line => {
      const [path = '', fingerprint, size, modified] = line.split('\t')
      if (!path.split('/').every(isName)) return []
      const known = fingerprint && { fingerprint, size: Number(size), modified: Number(modified) }
      return [[path, known || null] as const]
    })
    return { files: new Map(files), brokenOff: lines[0] === begun }
  }
  const entries = await readdir(folder).catch(error => {
    if (error.code === 'ENOENT') return []
    throw error
  })
  // One that was killed before it had written its marker has left only this.
  if (!isShared && entries.some(name => !name.startsWith(temporaryFile)))
    throw new ForeignFolderError(`${folder} holds files that Broadsheet did not write`)
  return { files: new Map(), brokenOff: entries.length > 0 }
}

/** The marker's second line until the output is whole. Not a path: none begins with a tab. */
const begun = '\tbegun'

/** A line a file: its path and, parted by tabs, what it was made of, its size and its time. */
async function writeMarker(folder: string, files: WrittenFiles, isBegun: boolean): Promise<void> {
  const lines = [...files.keys()].sort().map(path => {
    const file = files.get(path)
    return file ? `${path}\t${file.fingerprint}\t${file.size}\t${file.modified}` : path
  })
  const opening = 'Written by broadsheet build: these files are replaced and removed by the next one.'
  const outcome = replaceFile(
    join(folder, outputMarker),
    `${[opening, ...(isBegun ? [begun] : []), ...lines].join('\n')}\n`,
  )
  if ('error' in outcome) throw outcome.error
}

async function removeEmptyFolders(folder: string, path: string): Promise<void> {
  for (let parent = path; parent !== '.'; parent = dirname(parent)) {
    try {
      await rmdir(join(folder, parent))
    } catch {
      return
    }
  }
}
