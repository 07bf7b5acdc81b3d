import { type FSWatcher, lstatSync, readdirSync, watch } from 'node:fs'
import { join } from 'node:path'
import { isHiddenName } from '../../text/hidden-names.ts'
import { fileNameOf } from '../../text/urls.ts'

/**
 * Watches a folder with a watch for each folder in it, and none for files.
 * @param onEvent told the path inside the folder where something happened; null: a folder came or went, and anything in it
 * @throws what `fs.watch` throws, ENOSPC where the system has no more watches
 */
export function watchTree(
  root: string,
  onEvent: (path: string | null) => void,
  onError: () => void,
): { close(): void } {
  const watchers = new Map<string, FSWatcher>()

  /** @param folder inside the root, `` for the root itself */
  function add(folder: string): void {
    if (watchers.has(folder)) return
    const watcher = watch(join(root, folder), (_, name) => {
      if (name === null) onEvent(null)
      else happened(folder === '' ? name : `${folder}/${name}`)
    })
    watchers.set(folder, watcher)
    watcher.on('error', () => (folder === '' ? onError() : drop(folder)))
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true }))
      if (entry.isDirectory() && !isHiddenName(entry.name))
        add(folder === '' ? entry.name : `${folder}/${entry.name}`)
  }

  function happened(path: string): void {
    const isFolder = lstatSync(join(root, path), { throwIfNoEntry: false })?.isDirectory() === true
    const wasFolder = watchers.has(path)
    if (!isFolder && !wasFolder) {
      onEvent(path)
      return
    }
    if (isHiddenName(fileNameOf(path))) return
    // One of the same name may have taken its place.
    drop(path)
    if (isFolder)
      try {
        add(path)
      } catch {
        onError()
      }
    onEvent(null)
  }

  function drop(folder: string): void {
    for (const [path, watcher] of watchers)
      if (path === folder || path.startsWith(`${folder}/`)) {
        watcher.close()
        watchers.delete(path)
      }
  }

  function close(): void {
    for (const watcher of watchers.values()) watcher.close()
    watchers.clear()
  }
  try {
    add('')
  } catch (error) {
    close()
    throw error
  }
  return { close }
}
