import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { build } from 'vite'

/** The binary that wrangler brings, found from where wrangler finds it. */
function workerdBinary(): string {
  const wrangler = createRequire(createRequire(import.meta.url).resolve('wrangler'))
  const miniflare = createRequire(wrangler.resolve('miniflare'))
  return miniflare('workerd').default
}

const settings = `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [(name = "main", worker = (
    modules = [(name = "worker.js", esModule = embed "worker.js")],
    compatibilityDate = "2026-10-01",
  ))],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")],
);
`

/**
 * workerd itself with a socket of its own. The development server that usually stands before it imitates the platform,
 * which codes bodies as it pleases; here every byte is the worker's.
 * @param entry The worker's module, bundled first
 */
export async function startWorkerd(entry: string): Promise<{ port: number; stop(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'broadsheet-workerd-'))
  await writeFile(join(folder, 'worker.js'), await bundle(entry))
  await writeFile(join(folder, 'config.capnp'), settings)
  const child = spawn(workerdBinary(), ['serve', 'config.capnp', '--control-fd=3'], {
    cwd: folder,
    stdio: ['ignore', 'inherit', 'inherit', 'pipe'],
  })
  const [line] = (await once(child.stdio[3] as Readable, 'data')) as [Buffer]
  const { port } = JSON.parse(line.toString().split('\n')[0]!) as { port: number }
  return {
    port,
    async stop() {
      const ended = once(child, 'exit')
      child.kill()
      await ended
      await rm(folder, { recursive: true })
    },
  }
}

async function bundle(entry: string): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'silent',
    build: {
      write: false,
      minify: false,
      target: 'esnext',
      lib: { entry, formats: ['es'], fileName: 'worker' },
    },
  })
  const [output] = Array.isArray(built) ? built : [built]
  if (!output || !('output' in output)) throw new Error('vite is watching instead of building')
  return output.output[0].code
}
