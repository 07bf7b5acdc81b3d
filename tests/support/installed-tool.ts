import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

/**
 * The path of a program that tests need, or null where they are to be skipped. Programs of the system are looked for
 * where a user's PATH may not lead.
 * @throws In CI, which installs them all: a skip would go unseen there
 */
export function installedTool(name: string): string | null {
  const found = installedToolIfAny(name)
  if (!found && process.env.CI) throw new Error(`CI must install ${name}`)
  return found
}

/** The same for programs that CI does without: their tests are a gift where they are there. */
export function installedToolIfAny(name: string): string | null {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin']
  return folders.map(folder => join(folder, name)).find(path => existsSync(path)) ?? null
}
