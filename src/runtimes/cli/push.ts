import type { PushSettings } from '../../model/push-settings.ts'
import type { Site } from '../../model/site.ts'
import { createJobQueue } from '../../push/job-queue.ts'
import { safeJson } from '../../text/escape.ts'
import { stateFileFor, writeStateBeside } from '../node/state-file.ts'
import { CommandFailure, exitCodes } from './exit.ts'
import { findFolder, loadSettings, noAddress, type UrlOption } from './publication-folder.ts'
import { count, type Terminal } from './terminal.ts'
import { pingAllHubs } from './told-hubs.ts'

export interface PushOptions {
  json?: boolean
  retry?: boolean
  /** Tell the hubs that the feeds name. */
  ping?: boolean
  url: UrlOption | null
}

/** What waits to be sent; with `retry`, it is tried without waiting any longer. A running server takes it up by itself. */
export async function push(
  named: string | undefined,
  options: PushOptions,
  terminal: Terminal,
): Promise<number> {
  const folder = findFolder(named)
  const { site, push: settings, serving, urlFrom } = await loadSettings(folder, options, terminal)
  if (options.ping) {
    if (urlFrom === 'preview') throw noAddress(folder)
    return pingNow(site, settings, options, terminal)
  }
  const { waiting, retried } = queueOf(stateFileFor(folder.path, serving.state), options.retry ?? false)
  if (options.json) terminal.out(`${JSON.stringify({ waiting, retried })}\n`)
  else terminal.out(`${wordsOf(waiting, options.retry ? retried : null)}\n`)
  if (!options.json && !options.retry && waiting > 0)
    terminal.say('broadsheet push --retry tries them without waiting any longer.')
  return exitCodes.ok
}

/** @param retried with the confirmations of subscriptions among them; null: nobody asked for it */
function wordsOf(waiting: number, retried: number | null): string {
  const sent =
    waiting === 0 ? 'No message is waiting to be sent.' : `${count(waiting, 'message')} to be sent.`
  if (retried === null) return sent
  if (retried > 0)
    return `${sent}\n${waiting === 0 ? count(retried, 'confirmation of a subscription is', 'confirmations of subscriptions are') : count(retried, 'message is', 'messages are')} tried as soon as a server looks: within ten seconds where one runs.`
  return waiting === 0
    ? sent
    : `${sent}\nNone of them waits for a later time: a server tries them as soon as it looks.`
}

/** For what was uploaded by hand: files tell nobody that they are new. */
async function pingNow(
  site: Site,
  settings: PushSettings,
  { json }: PushOptions,
  terminal: Terminal,
): Promise<number> {
  const results = await pingAllHubs(site, settings, terminal)
  if (json) terminal.out(`${safeJson(results)}\n`)
  if (results.length === 0) terminal.say('The feeds name no hub.')
  return results.some(({ fault }) => fault !== null) ? exitCodes.findings : exitCodes.ok
}

function queueOf(path: string, retry: boolean): { waiting: number; retried: number } {
  try {
    const state = writeStateBeside(path)
    if (!state) return { waiting: 0, retried: 0 }
    try {
      const queue = createJobQueue(state)
      const { waiting } = queue.messages()
      return { waiting, retried: retry ? state.transaction(() => queue.retryNow(Date.now())) : 0 }
    } finally {
      state.close()
    }
  } catch (error) {
    throw new CommandFailure(
      exitCodes.startUp,
      `The hub’s state ${path} can’t be used (${(error as Error).message}).`,
    )
  }
}
