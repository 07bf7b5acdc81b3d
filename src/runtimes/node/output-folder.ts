import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, rename, rm, rmdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Publication } from '../../model/snapshot.ts'
import { outputMarker } from '../../source/folder.ts'
import { escapeXml } from '../../text/escape.ts'

export interface OutputReport {
  /** Files that were new or other than before. */
  written: number
  unchanged: number
  /** Files of an earlier output that this one no longer has. */
  removed: number
  /** Media that could not be read, by their path on the publication. */
  unreadable: string[]
}

/** The folder holds files that are not ours: our own error, nothing was touched. */
export class ForeignFolderError extends Error {
  override readonly name = 'ForeignFolderError'
}

/** @throws ForeignFolderError where the folder holds anything that an earlier output did not write */
export async function assertOwnOutput(folder: string): Promise<void> {
  await readMarker(folder)
}

/** A file to be, and where its bytes come from. */
type Contents = () => Promise<Uint8Array>

/**
 * Writes a publication as files at its very paths: `/tags/x/` is `tags/x/index.html`. Each file is replaced in one step,
 * and only where its bytes differ; then what an earlier output left behind is removed. The marker lists every file that
 * is ours, and is written before them, so that an output that was broken off is cleared by the next.
 * @throws ForeignFolderError where the folder holds anything that an earlier output did not write
 */
export async function writeOutput(folder: string, publication: Publication): Promise<OutputReport> {
  const before = await readMarker(folder)
  const files = outputFiles(publication)
  await mkdir(folder, { recursive: true })
  await writeMarker(folder, new Set([...before, ...files.keys()]))
  const report: OutputReport = { written: 0, unchanged: 0, removed: 0, unreadable: [] }
  const kept = new Set<string>()
  for (const [path, contents] of files) {
    let bytes: Uint8Array
    try {
      bytes = await contents()
    } catch {
      report.unreadable.push(`/${path}`)
      continue
    }
    kept.add(path)
    if (await replaceFile(join(folder, path), bytes)) report.written++
    else report.unchanged++
  }
  for (const path of before) {
    if (kept.has(path)) continue
    await rm(join(folder, path), { force: true })
    await removeEmptyFolders(folder, dirname(path))
    report.removed++
  }
  await writeMarker(folder, kept)
  return report
}

/** Every file of the publication, by its path in the folder. */
function outputFiles({ documents, media, redirects, url }: Publication): Map<string, Contents> {
  const files = new Map<string, Contents>()
  const byPath = new Map(documents.map(document => [document.path, document]))
  const encode = (text: string) => async () => new TextEncoder().encode(text)
  for (const { path, location } of redirects) {
    const target = location.startsWith(url) ? byPath.get(`/${location.slice(url.length)}`) : undefined
    // A feed reader follows no page that redirects: it gets the feed itself, whose own link names its address.
    files.set(filePath(path), encode(target?.page ? target.body : redirectPage(location)))
  }
  for (const file of media) files.set(filePath(file.path), () => file.read())
  for (const { path, body } of documents) files.set(filePath(path), encode(body))
  return files
}

/** Where a path of the publication rests. Paths come from authors' slugs, so none may climb out of the folder. */
function filePath(path: string): string {
  const parts = path.split('/').slice(1)
  if (parts.at(-1) === '') parts[parts.length - 1] = 'index.html'
  else if (!parts.at(-1)!.includes('.')) parts.push('index.html')
  if (parts.some(part => part === '' || part === '.' || part === '..' || /[\0\\]/.test(part)))
    throw new Error(`${path} is no path for a file`)
  return parts.join('/')
}

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

/** False where the file has these bytes already: its date stays, and whoever copies the folder copies less. */
async function replaceFile(path: string, bytes: Uint8Array): Promise<boolean> {
  const old = await readFile(path).catch(() => null)
  if (old?.equals(bytes)) return false
  await mkdir(dirname(path), { recursive: true })
  const temporary = `${path}.broadsheet-new`
  await writeFile(temporary, bytes)
  await rename(temporary, path)
  return true
}

async function readMarker(folder: string): Promise<Set<string>> {
  const marker = join(folder, outputMarker)
  if (existsSync(marker)) {
    const lines = (await readFile(marker, 'utf8')).split('\n').slice(1)
    return new Set(lines.filter(line => line !== '' && !line.split('/').includes('..')))
  }
  const entries = await readdir(folder).catch(error => {
    if (error.code === 'ENOENT') return []
    throw error
  })
  if (entries.length > 0) throw new ForeignFolderError(`${folder} holds files that Broadsheet did not write`)
  return new Set()
}

async function writeMarker(folder: string, paths: Set<string>): Promise<void> {
  const lines = [
    'Written by broadsheet build: these files are replaced and removed by the next one.',
    ...[...paths].sort(),
  ]
  await replaceFile(join(folder, outputMarker), new TextEncoder().encode(`${lines.join('\n')}\n`))
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
