import { join } from 'node:path'

/** The program as it is in this repository. It calls itself by other words than the package does. */
export const sourceProgram = join(import.meta.dirname, '../../src/runtimes/cli.ts')

/** The file that Node is to run: as it was built before the tests, or the source, for programs that are no tests. */
export const programFile = process.env.BROADSHEET_TESTED_PROGRAM ?? sourceProgram
