import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { CommandFailure, exitCodes } from './exit.ts'

/** The version that Broadsheet is tested with, and that npx fetches where there is none. */
export const knownWrangler = '4.155.0'

/** Cloudflare's own tool, and how it is started here. */
export interface Wrangler {
  command: string
  words: string[]
  /** As a person would say it: `wrangler 4.155.0 of this project`. */
  name: string
}

/** The one of the project that a folder belongs to, or of this program's own home; else npx fetches the known version. */
export function findWrangler(cwd: string, home: string): Wrangler {
  const found = installedAt(cwd) ?? installedAt(home)
  if (!found)
    return {
      command: 'npx',
      words: ['--yes', `wrangler@${knownWrangler}`],
      name: `wrangler ${knownWrangler}, by npx`,
    }
  const { version, bin } = JSON.parse(readFileSync(join(found, 'package.json'), 'utf8'))
  return {
    command: process.execPath,
    words: [join(found, typeof bin === 'string' ? bin : bin.wrangler)],
    name: `wrangler ${version}`,
  }
}

function installedAt(folder: string): string | null {
  for (let place = resolve(folder); ; place = dirname(place)) {
    const candidate = join(place, 'node_modules/wrangler')
    if (existsSync(join(candidate, 'package.json'))) return candidate
    if (dirname(place) === place) return null
  }
}

/** Nothing is sent anywhere but the deployment itself, and no log is left behind. */
const environment = {
  WRANGLER_SEND_METRICS: 'false',
  WRANGLER_WRITE_LOGS: 'false',
  DO_NOT_TRACK: '1',
}

/**
 * Runs wrangler in this terminal until it ends; signals go to it.
 * @returns its exit code
 * @throws CommandFailure where it can't be started
 */
export function runWrangler(
  { command, words: first, name }: Wrangler,
  words: string[],
  env: Record<string, string> = {},
): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, [...first, ...words], {
      stdio: 'inherit',
      env: { ...process.env, ...environment, ...env },
      // npx is a script on Windows, and none of the words comes from a stranger.
      shell: process.platform === 'win32' && command === 'npx',
    })
    const pass = (signal: NodeJS.Signals) => child.kill(signal)
    process.on('SIGINT', pass).on('SIGTERM', pass)
    const end = () => process.off('SIGINT', pass).off('SIGTERM', pass)
    child.on('error', error => {
      end()
      reject(
        new CommandFailure(exitCodes.startUp, `${name} can't be started (${error.message}).`, {
          hint: 'Install it in this project: npm install --save-dev wrangler',
        }),
      )
    })
    child.on('exit', (code, signal) => {
      end()
      resolve(code ?? (signal === 'SIGINT' ? exitCodes.interrupted : exitCodes.ok))
    })
  })
}
