import type { DatabaseSync as Database } from 'node:sqlite'

/**
 * SQLite as Node brings it. Node 22 calls it experimental on stderr, in every command's output: the interface that is used here is the one
 * that Node 24 has as a release candidate, and tests hold it on both.
 */
export const { DatabaseSync, backup } = withoutExperimentalWarning(() =>
  process.getBuiltinModule('node:sqlite'),
)
export type DatabaseSync = Database

/** Node warns while the module is loaded, and of nothing else meanwhile. */
function withoutExperimentalWarning<T>(load: () => T): T {
  const { emitWarning } = process
  process.emitWarning = (warning: string | Error, ...more: unknown[]) => {
    if (more[0] !== 'ExperimentalWarning') Reflect.apply(emitWarning, process, [warning, ...more])
  }
  try {
    return load()
  } finally {
    process.emitWarning = emitWarning
  }
}
