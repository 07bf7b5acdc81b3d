import type { StateStore } from '../../src/model/state-store.ts'
import { openStateFile } from '../../src/runtimes/node/state-file.ts'
import { temporaryFolder } from '../runtimes/command-line.ts'

/** A state of its own for one test. */
export async function stateInFile(run: (state: StateStore) => Promise<void>): Promise<void> {
  using folder = temporaryFolder()
  const { state } = openStateFile(folder.at('state.sqlite'), 'subscription')
  try {
    await run(state)
  } finally {
    state.close()
  }
}
