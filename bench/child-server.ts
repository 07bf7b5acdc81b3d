import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { type Agent, request } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'

/** A server in a process of its own. */
export interface ChildServer {
  /** Ends in `/`. */
  url: string
  process: ChildProcess
  stop(): Promise<void>
}

/** Starts a command and waits until it has named its address on stdout, as JSON: `{"url": …}`. */
export async function startChild(
  command: string,
  words: string[],
  environment: Record<string, string> = {},
): Promise<ChildServer> {
  const child = spawn(command, words, {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  endWithBench(child)
  let complaints = ''
  child.stderr.on('data', chunk => {
    complaints = (complaints + chunk).slice(-2000)
  })
  const url = await new Promise<string>((resolve, reject) => {
    let said = ''
    child.stdout.on('data', chunk => {
      said += chunk
      if (/\}\s*$/.test(said)) resolve((JSON.parse(said) as { url: string }).url)
    })
    child.once('exit', code =>
      reject(new Error(`${command} ${words.join(' ')} ended with ${code}:\n${complaints}`)),
    )
  })
  return { url, process: child, stop: () => stopChild(child) }
}

/** Whatever becomes of the bench, no server outlives it. */
export function endWithBench(child: ChildProcess): void {
  const kill = () => child.kill()
  process.once('exit', kill)
  child.once('exit', () => process.off('exit', kill))
}

export async function stopChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return
  const ended = once(child, 'exit')
  child.kill('SIGTERM')
  await ended
}

/** `broadsheet serve` of a folder, from the source, with a cache of its own. */
export function startBroadsheet(folder: string): Promise<ChildServer> {
  const program = new URL('../src/runtimes/cli.ts', import.meta.url).pathname
  return startChild(process.execPath, [program, 'serve', folder, '--port', '0', '--json'], {
    BROADSHEET_CACHE: 'off',
  })
}

/**
 * Microseconds of processor time that a process and its children have used, counted in hundredths of a second; null
 * where the system does not say.
 */
export function processorTime(pid: number): number | null {
  if (!existsSync(`/proc/${pid}/task/${pid}/children`)) return null
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean)
  return [pid, ...children.map(Number)].reduce((sum, each) => sum + ownProcessorTime(each), 0)
}

function ownProcessorTime(pid: number): number {
  const [user, system] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ').slice(11, 13)
  return (Number(user) + Number(system)) * 10_000
}

/** Resident memory in MiB and open descriptors; null where the system does not say. */
export function holdings(pid: number): { memory: number; descriptors: number } | null {
  if (!existsSync(`/proc/${pid}/status`)) return null
  const memory = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
  return { memory: Number(memory) / 1024, descriptors: readdirSync(`/proc/${pid}/fd`).length }
}

export interface Answer {
  status: number
  /** As they came: name, value, name, value. */
  rawHeaders: string[]
  headers: Record<string, string | string[] | undefined>
  body: Buffer
}

/** One request on a connection of its own. */
export function ask(
  url: string,
  headers: Record<string, string> = {},
  options: { method?: string; agent?: Agent; path?: string } = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { headers, agent: false, ...options }, answer => {
      const chunks: Buffer[] = []
      answer.on('data', chunk => chunks.push(chunk))
      answer.on('error', reject)
      answer.on('end', () =>
        resolve({
          status: answer.statusCode!,
          rawHeaders: answer.rawHeaders,
          headers: answer.headers,
          body: Buffer.concat(chunks),
        }),
      )
    })
    sent.on('error', reject)
    sent.end()
  })
}

/** Asks until there is an answer, ten seconds at most. */
export async function untilUp(url: string): Promise<void> {
  for (let tries = 0; ; tries++) {
    try {
      await ask(url)
      return
    } catch (error) {
      if (tries === 200) throw error
      await sleep(50)
    }
  }
}
