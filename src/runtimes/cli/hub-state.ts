import type { StateStore } from '../../model/state-store.ts'
import { readStateFile, stateFileFor } from '../node/state-file.ts'
import { CommandFailure, exitCodes } from './exit.ts'
import type { PublicationFolder } from './publication-folder.ts'

/**
 * What a server's hub has written down of a folder, read beside it; nothing is written. Null where no server with a hub has looked after
 * the folder yet.
 * @param setting `[serve] state`
 * @throws CommandFailure where the state can't be read
 */
export function readHubState<Value>(
  folder: PublicationFolder,
  setting: Parameters<typeof stateFileFor>[1],
  read: (state: StateStore) => Value,
): Value | null {
  const state = readStateFile(stateFileFor(folder.path, setting))
  if (!state) return null
  try {
    return read({ query: state.query, transaction: run => run() })
  } catch (error) {
    throw new CommandFailure(
      exitCodes.startUp,
      `The hub’s state can’t be read (${(error as Error).message}).`,
    )
  } finally {
    state.close()
  }
}
