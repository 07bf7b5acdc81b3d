import { execFileSync } from 'node:child_process'
import { readdirSync, rmSync } from 'node:fs'
import { build } from 'esbuild'

/*
 * Makes dist/: a declaration for each module by tsc, and what runs in few files, since Node takes as long to find and load a module as to run most
 * of them. Whatever is imported, started as a thread or bundled by its name stays a file of that name; packages stay packages.
 */
const entries = [
  ...['index', 'runtimes/node', 'runtimes/worker', 'runtimes/cli'],
  ...readdirSync('src/runtimes/node')
    .filter(name => name.endsWith('-thread.ts'))
    .map(name => `runtimes/node/${name.slice(0, -3)}`),
  ...['deployed-worker', 'live-worker'].map(name => `runtimes/worker/${name}`),
]

rmSync('dist', { recursive: true, force: true })
execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json'], {
  stdio: 'inherit',
})
await build({
  entryPoints: entries.map(name => `src/${name}.ts`),
  outdir: 'dist',
  outbase: 'src',
  // As deep as the modules that look for files beside themselves and for the package above.
  chunkNames: 'runtimes/node/[name]-[hash]',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'esnext',
  packages: 'external',
  logLevel: 'warning',
})
