import { statSync } from 'node:fs'
import { ForeignFolderError } from '../node/output-folder.ts'
import { CommandFailure, exitCodes } from './exit.ts'

/** What the system says when it does not let us write, in words. */
const writingFaults: Record<string, string> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the quota is used up',
  EROFS: 'it can only be read',
  EACCES: 'this user may not write there',
  EPERM: 'this user may not write there',
  EIO: 'the disk is failing',
  EMFILE: 'too many files are open',
  ENFILE: 'too many files are open',
}

/** Nothing that could be mended keeps the folder from being made: a file, or a system of another kind, is above it. */
const impossible: ReadonlySet<string> = new Set(['ENOENT', 'ENOTDIR', 'EEXIST'])

/** Why a folder was not written: our own errors as one sentence each; what is none of these is a fault of ours. */
export function outputFailure(error: unknown, out: string): unknown {
  if (error instanceof ForeignFolderError)
    return new CommandFailure(exitCodes.usage, `${error.message}. Nothing was touched.`, {
      hint:
        error.obstacle === null
          ? 'Name an empty folder, a new one, or one that an earlier build wrote.'
          : 'Move it away, or name another folder to write.',
    })
  const { code, message } = error as NodeJS.ErrnoException
  if (code === undefined) return error
  const stats = statSync(out, { throwIfNoEntry: false })
  if (!stats?.isDirectory() && (stats || impossible.has(code)))
    return new CommandFailure(
      exitCodes.usage,
      stats ? `${out} is not a folder.` : `There can be no folder ${out} (${code}).`,
      { hint: 'Name another folder to write.' },
    )
  return new CommandFailure(
    exitCodes.startUp,
    `${out} can't be written: ${writingFaults[code] ?? message} (${code}). Each file there is a whole one, of this build or of the former.`,
    { hint: 'Mend that, and build again: what is written already stays.' },
  )
}
