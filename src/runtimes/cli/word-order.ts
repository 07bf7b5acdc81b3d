import { statSync } from 'node:fs'
import { CommandFailure, exitCodes } from './exit.ts'
import { ownCommand } from './own-command.ts'
import { printable } from './terminal.ts'

/**
 * Tells two words in the wrong order from a folder that is missing.
 * @param command as it is typed, `get`, and what its first word names
 * @param isFirst whether a word can be such a one
 * @throws CommandFailure with the words in the right order
 */
export function assertWordOrder(
  [command, what]: [string, string],
  [first, folder]: [string, string | undefined],
  isFirst: (word: string) => boolean,
): void {
  if (folder === undefined || isFolder(folder) || !isFirst(folder)) return
  if (isFirst(first) && !isFolder(first)) return
  throw new CommandFailure(exitCodes.usage, `The ${what} comes first, then the folder.`, {
    hint: `Did you mean: ${ownCommand()} ${command} ${printable(folder)} ${printable(first)}`,
  })
}

const isFolder = (path: string) => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true
