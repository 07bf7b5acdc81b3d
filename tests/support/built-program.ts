import { join } from 'node:path'
import { bundleProgram } from '../../scripts/bundle.ts'

/**
 * Before the first test: the program in few files, as the package has it and made from these sources. Tests start it some two hundred times, and
 * from a file for each module that takes twice as long. `dist/` is another's: tests of the package make it anew meanwhile.
 */
export async function setup(): Promise<void> {
  const folder = join(import.meta.dirname, '../../dist-for-tests')
  await bundleProgram(folder)
  process.env.BROADSHEET_TESTED_PROGRAM = join(folder, 'runtimes/cli.js')
}
