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
  else {
    terminal.out(`${count(waiting, 'message')} to be sent.\n`)
    if (options.retry)
      terminal.out(
        `${count(retried, 'message is', 'messages are')} tried as soon as a server looks: within ten seconds where one runs.\n`,
      )
    else if (waiting > 0) terminal.say('broadsheet push --retry tries them without waiting any longer.')
  }
  return exitCodes.ok
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
