import { homedir } from 'node:os'
import { join } from 'node:path'

/** Where this program keeps what it can do without; null where nothing is to be kept. `BROADSHEET_CACHE` names another place than the platform's own, or `off`. */
export function cacheFolder(env: Record<string, string | undefined>): string | null {
  const { BROADSHEET_CACHE: given, XDG_CACHE_HOME: xdg, LOCALAPPDATA: local } = env
  if (given === 'off') return null
  if (given) return given
  if (process.platform === 'win32') return local ? join(local, 'broadsheet', 'cache') : null
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Caches', 'broadsheet')
  return join(xdg || join(homedir(), '.cache'), 'broadsheet')
}
