import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { delimiter, dirname, join, resolve } from 'node:path'
import { endOfService } from './end-of-service.ts'
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
  const { version } = JSON.parse(readFileSync(join(found, 'package.json'), 'utf8'))
  return { command: process.execPath, words: [programOf(found)], name: `wrangler ${version}` }
}

function programOf(found: string): string {
  const { bin } = JSON.parse(readFileSync(join(found, 'package.json'), 'utf8'))
  return join(found, typeof bin === 'string' ? bin : bin.wrangler)
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
 * Where npx has put it, fetched by now: between npx and what it starts is a shell, and of a signal only that would hear.
 * @throws CommandFailure where it can't be fetched
 */
async function fetched({ command, words, name }: Wrangler): Promise<Pick<Wrangler, 'command' | 'words'>> {
  const [yes, version] = words
  const asked = [yes, '--package', version, '--', 'node', '-p', 'process.env.PATH'].flatMap(
    word => word ?? [],
  )
  // npx is a script on Windows, and none of the words comes from a stranger.
  const shell = process.platform === 'win32'
  const child = spawn(command, asked, { stdio: ['ignore', 'pipe', 'inherit'], shell })
  let path = ''
  child.stdout.setEncoding('utf8').on('data', text => {
    path += text
  })
  await once(child, 'close').catch(() => {})
  const places = path
    .trim()
    .split(delimiter)
    .map(bin => join(dirname(bin), 'wrangler'))
  const found = places.find(place => existsSync(join(place, 'package.json')))
  if (!found)
    throw new CommandFailure(exitCodes.startUp, `${name}: npx could not fetch it.`, { hint: installIt })
  return { command: process.execPath, words: [programOf(found)] }
}

const installIt = 'Install it in this project: npm install --save-dev wrangler'

/**
 * Runs wrangler in this terminal until it ends; what ends a server of ours ends it too.
 * @returns its exit code
 * @throws CommandFailure where it can't be started
 */
export async function runWrangler(
  wrangler: Wrangler,
  words: string[],
  env: Record<string, string> = {},
): Promise<number> {
  const { command, words: first } = wrangler.command === 'npx' ? await fetched(wrangler) : wrangler
  const child = spawn(command, [...first, ...words], {
    stdio: 'inherit',
    env: { ...process.env, ...environment, ...env },
  })
  const ended = new AbortController()
  endOfService({ until: ended.signal }).then(
    cause => child.kill(cause === 'SIGINT' ? cause : 'SIGTERM'),
    () => {},
  )
  try {
    const [code, signal] = await once(child, 'exit')
    return code ?? (signal === 'SIGINT' ? exitCodes.interrupted : exitCodes.ok)
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new CommandFailure(exitCodes.startUp, `${wrangler.name} can't be started (${why}).`, {
      hint: installIt,
    })
  } finally {
    ended.abort()
  }
}
