import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

/**
 * The path of a program that tests need, or null where they are to be skipped. Programs of the system are looked for
 * where a user's PATH may not lead.
 * @throws In CI, which installs them all: a skip would go unseen there
 */
export function installedTool(name: string): string | null {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin']
  const found = folders.map(folder => join(folder, name)).find(path => existsSync(path))
  if (!found && process.env.CI) throw new Error(`CI must install ${name}`)
  return found ?? null
}
