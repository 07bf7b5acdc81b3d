import { spawnSync } from 'node:child_process'

export interface ProcessFigures {
  /** Wall clock, milliseconds. */
  time: number
  /** Largest resident set, MiB; null where GNU time is not installed. */
  memory: number | null
}

/** One run of a command in a process of its own; throws where it fails otherwise than with an accepted exit code. */
export function runFresh(
  command: string,
  words: string[],
  options: { cwd?: string; env?: Record<string, string>; accept?: number[] } = {},
): ProcessFigures {
  const { accept = [0] } = options
  const start = performance.now()
  const { status, stderr } = spawnSync('/usr/bin/time', ['-f', 'maxrss=%M', command, ...words], {
    cwd: options.cwd,
    env: { ...process.env, ...options.env },
    encoding: 'utf8',
    stdio: ['ignore', 'ignore', 'pipe'],
    maxBuffer: 1 << 28,
  })
  const time = performance.now() - start
  if (status === null || !accept.includes(status))
    throw new Error(`${command} ${words.join(' ')} ended with ${status}:\n${stderr.slice(-2000)}`)
  const memory = /maxrss=(\d+)/.exec(stderr)?.[1]
  return { time, memory: memory ? Number(memory) / 1024 : null }
}

export function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return (sorted[Math.floor((sorted.length - 1) / 2)]! + sorted[Math.ceil((sorted.length - 1) / 2)]!) / 2
}

/** Whether a program is installed. */
export function isInstalled(command: string): boolean {
  return spawnSync('which', [command]).status === 0
}
