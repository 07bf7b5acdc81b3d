import { fileURLToPath } from 'node:url'
import type { PresetName } from '../../model/preset.ts'
import type { UrlOption } from './publication-folder.ts'
import type { Terminal } from './terminal.ts'
import { fillWorkerFolder, wranglerSettings } from './worker-folder.ts'
import { findWrangler, runWrangler } from './wrangler.ts'

export interface DevWorkerOptions {
  port: number
  url: UrlOption | null
  preset?: PresetName
}

const home = fileURLToPath(new URL('../../../', import.meta.url))

/** Serves a folder from the Worker in workerd on this machine, without any network, until a signal ends it. */
export async function devWorker(
  named: string | undefined,
  { port, ...options }: DevWorkerOptions,
  terminal: Terminal,
): Promise<number> {
  const previewUrl = `http://localhost:${port}/`
  const preview = { drafts: false, hub: true }
  const { isHub } = await fillWorkerFolder(named, { ...options, previewUrl, preview }, terminal)
  const settings = await wranglerSettings({ name: 'broadsheet-dev', isHub })
  const wrangler = findWrangler(process.cwd(), home)
  terminal.say(`In workerd, with ${wrangler.name}, at ${previewUrl}. After an edit, begin anew.`)
  const words = [
    '--local',
    '--ip',
    '127.0.0.1',
    '--port',
    String(port),
    '--show-interactive-dev-session=false',
    // Not beside its settings, in a folder that is filled anew each time: a hub keeps its subscribers.
    '--persist-to',
    '.wrangler/state',
  ]
  return runWrangler(wrangler, ['dev', '--config', settings, ...words], {
    CLOUDFLARE_CF_FETCH_ENABLED: 'false',
  })
}
