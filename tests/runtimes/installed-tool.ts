import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

/** The path of a program, or null. System programs are looked for where a user's PATH may not lead. */
export function installedTool(name: string): string | null {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin']
  return folders.map(folder => join(folder, name)).find(path => existsSync(path)) ?? null
}

/** Whether tests with a program that is not there may be skipped: anywhere but in CI, which installs them all. */
export const maySkip = !process.env.CI
