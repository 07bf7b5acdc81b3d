import {
  type BigIntStats,
  closeSync,
  constants,
  type Dirent,
  fstatSync,
  lstatSync,
  openSync,
  readFileSync,
  realpathSync,
} from 'node:fs'
import { type FileHandle, lstat, open, readdir, realpath, stat } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import type { PresetFolder } from '../model/preset.ts'
import type { ByteRange } from '../model/snapshot.ts'
import {
  type FilePart,
  type Source,
  SourceError,
  type SourceFile,
  type SourceListing,
} from '../model/source.ts'
import { hasHiddenPart, isHiddenName } from '../text/hidden-names.ts'
import { lowerBound } from '../text/lower-bound.ts'
import { folderOf } from '../text/urls.ts'

/** A folder that holds this file is our own output: never read as input. */
export const outputMarker = '.broadsheet-output'

/** Look-ups at once: enough to keep a disk busy, few enough for any limit on open files, and for whoever waits for an answer meanwhile. */
const maxParallel = 64
/**
 * Files open at once: more than there are threads that read them. Of two thousand readers whose next piece is wanted, the others wait and
 * hold nothing.
 */
const maxOpen = 16

/**
 * A folder of the file system. Links are followed as long as they stay inside; everything is addressed by path inside
 * the folder, and nothing outside it can be read, whatever the path says.
 * @throws SourceError from `list` where the folder itself can't be listed
 */
export function folderSource(folder: string): Source {
  const realPath = sharedRealPaths()
  const inTurn = turns(maxOpen)
  const read = fileReader(path => openInside(folder, realPath, path))
  return {
    name: folder,
    list: () => listFolder(folder),
    relist: (listing, paths) => relistFiles(folder, listing, paths),
    read: (path, part) => (part ? inTurn(() => read(path, part)) : readWhole(folder, realPath, path)),
    readSync: path => readInsideSync(folder, path),
  }
}

/** Milliseconds within which a file system may give two changes of a folder the same time. */
const minStep = 2_000
/** Milliseconds in which all presets ask their questions: what was seen then is one look. */
const oneLook = 50

/**
 * A folder as presets look at it: by name alone, hidden settings files too, and no further than its own files. Names are
 * remembered until something comes or goes; there may be a hundred thousand, and several presets ask for them.
 * @param clock epoch milliseconds
 */
export function presetFolder(folder: string, clock: () => number): PresetFolder {
  const read = fileReader(path => openInside(folder, realpath, path))
  const known = new Map<string, { changed: number; looked: number; names: string[]; folders: string[] }>()
  const look = async (path: string) => {
    const inside = await realpath(join(folder, path)).catch(() => null)
    if (inside === null || !isInside(await realpath(folder), inside)) return { names: [], folders: [] }
    const changed = (await stat(inside).catch(() => null))?.mtimeMs ?? Number.NaN
    const before = known.get(path)
    if (before?.changed === changed) {
      const isSettled = changed < before.looked - minStep
      if (isSettled || clock() - before.looked < oneLook) return before
    }
    const looked = clock()
    const entries = await readdir(inside, { withFileTypes: true }).catch(() => [])
    const seen = {
      changed,
      looked,
      names: entries.map(({ name }) => name).sort(),
      folders: entries.flatMap(entry => (entry.isDirectory() ? [entry.name] : [])).sort(),
    }
    known.set(path, seen)
    return seen
  }
  return {
    now: clock,
    async names(path) {
      return (await look(path)).names
    },
    async find(path, name) {
      const found: string[] = []
      const pending = [path]
      while (pending.length > 0) {
        const looked = await Promise.all(
          pending.splice(-maxParallel).map(async inside => ({ inside, seen: await look(inside) })),
        )
        for (const { inside, seen } of looked) {
          const at = (entry: string) => (inside === '' ? entry : `${inside}/${entry}`)
          found.push(...seen.names.filter(entry => name.test(entry)).map(at))
          for (const entry of seen.folders) if (!isHiddenName(entry)) pending.push(at(entry))
        }
      }
      return found.sort()
    },
    async text(path, most) {
      const range = most === undefined ? undefined : { start: 0, end: most - 1 }
      const bytes = await read(path, { range }).catch(() => null)
      return bytes && new TextDecoder().decode(bytes)
    },
  }
}

async function listFolder(folder: string): Promise<SourceListing> {
  const listing: SourceListing = { files: [], refused: [], ignored: 0 }
  const root = await realpath(folder).catch(error => {
    throw new SourceError(folder, 'unreadable', { cause: error })
  })
  const pending: { path: string; entry: Dirent }[] = []
  const listDirectory = async (path: string) => {
    const entries = await readdir(join(root, path), { withFileTypes: true }).catch(error => {
      if (path === '') throw new SourceError(folder, 'unreadable', { cause: error })
      listing.refused.push({ path, reason: unseen(path), folder: true })
      return []
    })
    if (path !== '' && entries.some(entry => entry.name === outputMarker)) {
      listing.ignored++
      return
    }
    for (const entry of entries) {
      if (isHiddenName(entry.name)) listing.ignored++
      else pending.push({ path: path === '' ? entry.name : `${path}/${entry.name}`, entry })
    }
  }
  /** Files are nothing to wait for. */
  const look = ({ path, entry }: { path: string; entry: Dirent }): Promise<void> | null => {
    if (entry.isDirectory()) return listDirectory(path)
    if (entry.isSymbolicLink()) return lookThroughLink(root, path, listing)
    // A pipe, a socket, a device: nothing that could be an article, and reading one may never end.
    const file = entry.isFile() && describe(`${root}/${path}`, path)
    if (file) listing.files.push(file)
    else listing.refused.push({ path, reason: file === false ? 'special' : unseen(path) })
    return null
  }

  await listDirectory('')
  while (pending.length > 0) {
    await Promise.all(pending.splice(-maxParallel).map(look))
    await setImmediate()
  }
  listing.files.sort(byPath)
  listing.refused.sort(byPath)
  return listing
}

/** Plain files that came, went or changed, in folders that are known; anything else asks for a whole look. */
async function relistFiles(
  folder: string,
  listing: SourceListing,
  paths: Iterable<string>,
): Promise<SourceListing | null> {
  const files = listing.files.slice()
  for (const path of paths) {
    const parts = path.split('/')
    if (parts.includes('') || hasHiddenPart(path)) return null
    const at = lowerBound(files, file => file.path < path)
    const known = files[at]?.path === path
    const absolute = join(folder, ...parts)
    const stats = await lstat(absolute, { bigint: true }).catch(error => error)
    if (stats instanceof Error) {
      // What was no file before may have been a folder of many.
      if (!known || (stats as NodeJS.ErrnoException).code !== 'ENOENT') return null
      files.splice(at, 1)
      continue
    }
    const isInKnownFolder =
      known || (await realpath(absolute).catch(() => '')) === (await insidePath(folder, path))
    if (!stats.isFile() || !isInKnownFolder || !isBesideListed(files, at, path)) return null
    files.splice(at, known ? 1 : 0, { path, size: Number(stats.size), stamp: stampOf(stats) })
  }
  return { ...listing, files }
}

const insidePath = async (folder: string, path: string) => join(await realpath(folder), path)

/** Whether a neighbour in the listing lies in the same folder: then that folder is one whose files are listed. */
function isBesideListed(files: SourceFile[], at: number, path: string): boolean {
  const parent = folderOf(path)
  return [files[at - 1], files[at], files[at + 1]].some(file => file && folderOf(file.path) === parent)
}

/** A linked file counts as a file where it stays inside; a linked directory's files are listed at their real place already. */
async function lookThroughLink(root: string, path: string, listing: SourceListing): Promise<void> {
  try {
    const target = await realpath(join(root, path))
    if (!isInside(root, target)) {
      const isFolder = (await stat(target).catch(() => null))?.isDirectory() ?? false
      listing.refused.push({ path, reason: 'outside', ...(isFolder && { folder: true }) })
      return
    }
    const stats = await stat(target)
    const file = stats.isFile() ? describe(target, path) : null
    if (file) listing.files.push({ ...file, linkTo: relative(root, target).replaceAll(sep, '/') })
    else if (stats.isDirectory())
      listing.refused.push({ path, reason: 'link', folder: relative(root, target).replaceAll(sep, '/') })
    else listing.refused.push({ path, reason: 'special' })
  } catch {
    listing.refused.push({ path, reason: unseen(path) })
  }
}

/** What can't be decoded in a name stands as U+FFFD, under which nothing can be opened (WHATWG Encoding §4.1). */
const unseen = (path: string) => (path.includes('\ufffd') ? 'name' : 'unreadable')

/** Null where the file vanished or can't be looked at. There may be a hundred thousand: through Node's pool of threads it takes half as long again. */
function describe(absolute: string, path: string): SourceFile | null {
  try {
    const stats = lstatSync(absolute, { bigint: true })
    return { path, size: Number(stats.size), stamp: stampOf(stats) }
  } catch {
    return null
  }
}

/** ctime sees what mtime can be made to hide: a restored backup, `touch -d`, a file moved over another. */
function stampOf({ mtimeNs, ctimeNs, size, ino }: BigIntStats): string {
  return [mtimeNs, ctimeNs, size, ino].map(number => number.toString(36)).join('-')
}

/** Lets so many work at a time; whoever comes then waits for his turn. */
function turns(most: number) {
  let working = 0
  const waiting: (() => void)[] = []
  return async <Value>(work: () => Promise<Value>): Promise<Value> => {
    if (working < most) working++
    else await new Promise<void>(resolve => waiting.push(resolve))
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      if (next) next()
      else working--
    }
  }
}

/** Where a path really is. Many who ask for the same at once get one answer. */
type RealPath = (absolute: string) => Promise<string>

function sharedRealPaths(): RealPath {
  const pending = new Map<string, Promise<string>>()
  return absolute => {
    const asked = pending.get(absolute) ?? realpath(absolute).finally(() => pending.delete(absolute))
    pending.set(absolute, asked)
    return asked
  }
}

/** A pipe does not make us wait. */
const forReading = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)
/** 0 where the system knows no such flag. */
const noFollow = constants.O_NOFOLLOW ?? 0
/** What is said of a link by those who do not follow it; the second on FreeBSD. */
const linkCodes: ReadonlySet<unknown> = new Set(['ELOOP', 'EMLINK'])

/**
 * Opens a file that lies inside, and is one.
 * @param folder as it is named
 */
async function openInside(folder: string, realPath: RealPath, path: string): Promise<FileHandle> {
  const { root, file } = await placeInside(folder, realPath, path)
  // Most files are no links: of many in one directory, that alone is looked up.
  if (noFollow !== 0)
    try {
      return await open(file, forReading | noFollow)
    } catch (error) {
      if (!isOfLink(error)) throw error
    }
  const target = await realpath(file)
  if (!isInside(root, target)) throw new SourceError(path, 'outside')
  // The path is real by now: a link put in its place since is not followed.
  return open(target, forReading | noFollow)
}

/** Where a file lies: but for itself, no link is left in its path. */
interface PlaceInside {
  root: string
  file: string
}

async function placeInside(folder: string, realPath: RealPath, path: string): Promise<PlaceInside> {
  const parts = partsInside(path)
  const root = await realPath(folder)
  const beside = await realPath(join(root, ...parts.slice(0, -1)))
  return placeBeside(root, beside, path)
}

function placeBeside(root: string, beside: string, path: string): PlaceInside {
  if (!isInside(root, beside)) throw new SourceError(path, 'outside')
  return { root, file: join(beside, path.slice(path.lastIndexOf('/') + 1)) }
}

/** @throws SourceError where a path is none inside a folder */
function partsInside(path: string): string[] {
  const parts = path.split('/')
  if (parts.some(part => part === '' || part === '.' || part === '..' || /[\0\\]/.test(part)))
    throw new SourceError(path, 'outside')
  return parts
}

const isOfLink = (error: unknown) => error instanceof Error && 'code' in error && linkCodes.has(error.code)

async function readFrom(file: FileHandle, path: string, part: FilePart): Promise<Uint8Array> {
  const stats = await file.stat({ bigint: true })
  if (!stats.isFile()) throw new SourceError(path, 'unreadable')
  if (part.stamp && stampOf(stats) !== part.stamp) throw new SourceError(path, 'changed')
  if (part.range) return readRange(file, part.range, part.room)
  // Where no size is known, as far as it goes.
  const size = Number(stats.size)
  return size > 0 ? readRange(file, { start: 0, end: size - 1 }) : new Uint8Array(await file.readFile())
}

/** Milliseconds for which a file stays open after a part of it was read: whoever takes it piece by piece asks again within them. */
const staysOpen = 2_000
/** So many files stay open at once: of any other each part is read from a file opened for it. */
const maxKept = 16

/**
 * Reads files; those that are read part by part stay open meanwhile, for to find one, open and close it costs more than to read from it.
 * A part is still compared with the stamp: a file that another took the place of has changed.
 */
function fileReader(openFile: (path: string) => Promise<FileHandle>) {
  const kept = new Map<string, { file: Promise<FileHandle>; readers: number; closing?: NodeJS.Timeout }>()

  async function readKept(key: string, path: string, part: FilePart): Promise<Uint8Array> {
    const entry = kept.get(key) ?? { file: openFile(path), readers: 0 }
    kept.set(key, entry)
    clearTimeout(entry.closing)
    entry.readers++
    const close = () => {
      if (kept.get(key) === entry) kept.delete(key)
      entry.file.then(file => file.close()).catch(() => {})
    }
    try {
      return await readFrom(await entry.file, path, part)
    } catch (error) {
      // It is opened anew by whoever asks next.
      if (kept.get(key) === entry) kept.delete(key)
      throw error
    } finally {
      entry.readers--
      if (entry.readers === 0 && kept.get(key) === entry) entry.closing = setTimeout(close, staysOpen).unref()
      else if (entry.readers === 0) close()
    }
  }

  async function readOnce(path: string, part: FilePart): Promise<Uint8Array> {
    const file = await openFile(path)
    try {
      return await readFrom(file, path, part)
    } finally {
      await file.close()
    }
  }

  return async (path: string, part: FilePart = {}): Promise<Uint8Array> => {
    const key = `${path}\0${part.stamp}`
    const stays = part.range && part.stamp && (kept.has(key) || kept.size < maxKept)
    return (stays ? readKept(key, path, part) : readOnce(path, part)).catch(error => {
      throw sourceError(path, error)
    })
  }
}

/**
 * A whole file, which an article is: through the threads that Node keeps for it, it takes three times as long to read as at once.
 * Where it lies is asked of them, once for many: meanwhile whatever else has happened has its turn.
 */
async function readWhole(folder: string, realPath: RealPath, path: string): Promise<Uint8Array> {
  try {
    return readAt(await placeInside(folder, realPath, path), path)
  } catch (error) {
    throw sourceError(path, error)
  }
}

/** A whole file, at once. */
function readInsideSync(folder: string, path: string): Uint8Array {
  try {
    const parts = partsInside(path)
    const root = realpathSync.native(folder)
    const beside = realpathSync.native(join(root, ...parts.slice(0, -1)))
    return readAt(placeBeside(root, beside, path), path)
  } catch (error) {
    throw sourceError(path, error)
  }
}

function readAt(place: PlaceInside, path: string): Uint8Array {
  const file = openAt(place, path)
  try {
    if (!fstatSync(file).isFile()) throw new SourceError(path, 'unreadable')
    return readFileSync(file)
  } finally {
    closeSync(file)
  }
}

/** As `openInside` opens it. */
function openAt({ root, file }: PlaceInside, path: string): number {
  if (noFollow !== 0)
    try {
      return openSync(file, forReading | noFollow)
    } catch (error) {
      if (!isOfLink(error)) throw error
    }
  const target = realpathSync.native(file)
  if (!isInside(root, target)) throw new SourceError(path, 'outside')
  return openSync(target, forReading | noFollow)
}

const sourceError = (path: string, error: unknown) =>
  error instanceof SourceError ? error : new SourceError(path, 'unreadable', { cause: error })

/** Fewer bytes than asked for only where the file ends. */
async function readRange(
  file: FileHandle,
  { start, end }: ByteRange,
  bytes: Uint8Array = new Uint8Array(end - start + 1),
): Promise<Uint8Array> {
  let filled = 0
  while (filled < bytes.length) {
    const { bytesRead } = await file.read(bytes, filled, bytes.length - filled, start + filled)
    if (bytesRead === 0) break
    filled += bytesRead
  }
  return bytes.subarray(0, filled)
}

const isInside = (root: string, target: string) =>
  target === root || target.startsWith(root.endsWith(sep) ? root : root + sep)

/** By UTF-16 code units: the same order on every platform and in every locale. */
const byPath = (a: { path: string }, b: { path: string }) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0)
