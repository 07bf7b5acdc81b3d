import { type FSWatcher, statSync, watch } from 'node:fs'
import { hasHiddenPart } from '../../text/hidden-names.ts'
import { watchTree } from './tree-watch.ts'

export interface FolderWatch {
  stop(): void
}

export interface FolderWatchOptions {
  /**
   * Something in the folder may have changed: at these paths inside it, or null, anywhere. Called again only when the
   * promise before has settled; false says that the folder could not be read: it is looked for again in a while, and
   * watched anew.
   */
  onChange(paths: ReadonlySet<string> | null): Promise<boolean>
  /** Milliseconds without a further event before a burst counts as over. @default 60 */
  debounce?: number
  /** Milliseconds after which a scan is due though the burst goes on: something that never rests must not stop all else. @default 10,000 */
  maxWait?: number
  /** Milliseconds between two looks at whether the folder is still the one that is watched. @default 2000 */
  recheckInterval?: number
  /** Milliseconds after a change before the whole folder is looked at, for platforms lose events. @default 30,000 */
  fullScanDelay?: number
}

/** Paths whose changes never matter: what the folder source ignores, and what editors write beside a file. */
const isIrrelevant = (path: string) => hasHiddenPart(path) || path.endsWith('~')

/**
 * Watches a folder and everything in it. The events only say that a scan is due, and where: what changed is found by
 * looking. A folder that vanishes and returns, or is put in another's place, is watched again.
 */
export function watchFolder(folder: string, options: FolderWatchOptions): FolderWatch {
  const {
    onChange,
    debounce = 60,
    maxWait = 10_000,
    recheckInterval = 2000,
    fullScanDelay = 30_000,
  } = options
  let watcher: Pick<FSWatcher, 'close'> | null = null
  let watched: string | null = null
  let whole: NodeJS.Timeout | undefined
  let changed: Set<string> | null = new Set()
  let seen = true
  const scan = createScan(async () => {
    const paths = changed
    changed = new Set()
    if (paths !== null) whole ??= setTimeout(() => schedule(null, 0), fullScanDelay)
    seen = await onChange(paths)
  })
  const burst = createBurst(maxWait, scan)

  /** @param path where something may have changed; null: anywhere */
  function schedule(path: string | null, delay: number): void {
    if (path === null) {
      changed = null
      clearTimeout(whole)
      whole = undefined
    } else changed?.add(path)
    burst.wait(delay)
  }
  function start(): void {
    watched = identityOf(folder)
    if (watched === null) return
    try {
      watcher = watchWhole(
        folder,
        path => {
          if (path === null || !isIrrelevant(path)) schedule(path, debounce)
        },
        restart,
      )
    } catch {
      // Too many watches for this system, or none at all on this kind of disk: then looking now and then has to do.
      watcher = null
    }
  }
  function restart(): void {
    watcher?.close()
    watcher = null
    start()
    schedule(null, debounce)
  }

  start()
  const timer = setInterval(() => {
    // The events of a folder that was away do not all come back with it.
    if (!seen || identityOf(folder) !== watched) restart()
    else if (!watcher) schedule(null, 0)
  }, recheckInterval)
  return {
    stop() {
      clearInterval(timer)
      burst.end()
      clearTimeout(whole)
      watcher?.close()
    },
  }
}

/** Work that is never done twice at once: what is asked for meanwhile is done once more, after it. */
function createScan(work: () => Promise<void>): () => Promise<void> {
  let running = false
  let again = false
  return async () => {
    if (running) {
      again = true
      return
    }
    running = true
    do {
      again = false
      await work()
    } while (again)
    running = false
  }
}

/** Acts when nothing has asked for it any more for a while, but never later than `maxWait` milliseconds after the first who did. */
function createBurst(maxWait: number, act: () => Promise<void>) {
  let timer: NodeJS.Timeout | undefined
  let since: number | null = null
  return {
    wait(delay: number): void {
      clearTimeout(timer)
      const now = performance.now()
      since ??= now
      timer = setTimeout(
        () => {
          since = null
          void act()
        },
        Math.min(delay, Math.max(since + maxWait - now, 0)),
      )
    },
    end: () => clearTimeout(timer),
  }
}

/** @param onEvent told the path inside the folder, `/` between parts; null where the platform does not say */
function watchWhole(
  folder: string,
  onEvent: (path: string | null) => void,
  onError: () => void,
): Pick<FSWatcher, 'close'> {
  // On Linux, Node's own recursive watch takes a watch for every file: 100,000 of them took 6 s and 290 MB.
  if (process.platform === 'linux') return watchTree(folder, onEvent, onError)
  const watcher = watch(folder, { recursive: true }, (_, path) =>
    onEvent(path?.replaceAll('\\', '/') ?? null),
  )
  return watcher.on('error', onError)
}

function identityOf(folder: string): string | null {
  const stats = statSync(folder, { throwIfNoEntry: false, bigint: true })
  return stats ? `${stats.dev}:${stats.ino}` : null
}
