import { createLineSink, logLine } from '../node/log-lines.ts'
import type { Terminal } from './terminal.ts'

type Level = 'info' | 'warning' | 'error'

/** How a running server speaks: sentences for people, or lines of JSON for programs. */
export interface ServeLog {
  /** For what speaks in sentences anyway; in a JSON log each of them is the message of an entry. */
  terminal: Terminal
  /** @param facts more of the entry, in a JSON log */
  say(event: string, message: string, facts?: Record<string, unknown>): void
  warn(event: string, message: string, facts?: Record<string, unknown>): void
  /** Something that was to be done is not. */
  fail(event: string, message: string, facts?: Record<string, unknown>): void
  /** Whether anybody is to read it who wants more said than happened. */
  forPeople: boolean
  /** Null where requests are not logged. */
  request: ((entry: Record<string, unknown>) => void) | null
  flush(): Promise<void>
}

const stderr = 2

/** @param clock epoch milliseconds */
export function createServeLog(
  kind: 'text' | 'json' | 'requests',
  terminal: Terminal,
  clock: () => number,
): ServeLog {
  if (kind === 'text')
    return {
      terminal,
      forPeople: true,
      say: (_, message) => terminal.say(message),
      warn: (_, message) => terminal.say(`${terminal.style('yellow', 'warning')} ${message}`),
      fail: (_, message) => terminal.say(`${terminal.style('red', 'error')} ${message}`),
      request: null,
      flush: async () => {},
    }
  const sink = createLineSink(stderr)
  const log = (level: Level, entry: Record<string, unknown>) =>
    sink.write(logLine({ time: new Date(clock()).toISOString(), level, ...entry }))
  return {
    terminal: {
      ...terminal,
      say: message => log('info', { event: 'said', message: message.trim() }),
      style: (_, text) => text,
    },
    forPeople: false,
    say: (event, message, facts) => log('info', { event, message, ...facts }),
    warn: (event, message, facts) => log('warning', { event, message, ...facts }),
    fail: (event, message, facts) => log('error', { event, message, ...facts }),
    request: kind === 'requests' ? entry => log('info', entry) : null,
    flush: () => sink.flush(),
  }
}

/** What an app tells of answers that failed. */
export const answerFailures = (log: ServeLog) => (error: unknown) =>
  log.warn('answer-failed', `An answer failed: ${String(error)}`)
