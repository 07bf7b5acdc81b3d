import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { build, type Metafile, type Plugin } from 'esbuild'
import manifest from '../package.json' with { type: 'json' }

/*
 * Makes dist/: a declaration for each module by tsc, and what runs in few files, since Node takes as long to find and load a module as to run most
 * of them. Whatever is imported, started as a thread or bundled by its name stays a file of that name. What packages it stands on go into these
 * files as well, but for those that whoever mounts the app has, too, and `feed`, which is no module (docs/decisions/program-in-few-files.md).
 */
const entries = [
  ...['index', 'runtimes/node', 'runtimes/worker', 'runtimes/cli'],
  ...readdirSync('src/runtimes/node')
    .filter(name => name.endsWith('-thread.ts'))
    .map(name => `runtimes/node/${name.slice(0, -3)}`),
  ...['deployed-worker', 'live-worker'].map(name => `runtimes/worker/${name}`),
]
const external = [
  'hono',
  '@hono/node-server',
  'feed',
  'feedsmith',
] satisfies (keyof typeof manifest.dependencies)[]

/**
 * markdown-it is compiled for engines that have no class fields: each of a token's eight is set by a function that Babel wrote, which takes a
 * twentieth of all the time in which a folder is read. Here a field is set.
 */
const plainFields: Plugin = {
  name: 'plain-fields',
  setup({ onLoad }) {
    onLoad({ filter: /\/markdown-it\/dist\/markdown-it\.mjs$/ }, ({ path }) => {
      const source = readFileSync(path, 'utf8')
      const helper = /function _defineProperty\(e, r, t\) \{\n[\s\S]*?\n\}/
      if (!helper.test(source))
        throw new Error(`${path} sets its fields in another way: look whether it is slow.`)
      return { contents: source.replace(helper, 'function _defineProperty(e, r, t) {\n\te[r] = t\n}') }
    })
  },
}

rmSync('dist', { recursive: true, force: true })
execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json'], {
  stdio: 'inherit',
})
const { metafile } = await build({
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
  external: external.flatMap(name => [name, `${name}/*`]),
  // Its modules; what it has for Node asks for others as it runs, which is no way into a bundle.
  alias: { yaml: './node_modules/yaml/browser/index.js' },
  plugins: [plainFields],
  metafile: true,
  logLevel: 'warning',
})
writeFileSync('dist/THIRD-PARTY-LICENSES.txt', licencesOf(metafile))

/** What the licences of the packages whose code is in the files ask for: that they go with it. */
function licencesOf({ inputs }: Metafile): string {
  const packages = new Set(
    Object.keys(inputs).flatMap(path => /^node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1] ?? []),
  )
  return [...packages]
    .sort()
    .map(name => `${name}\n\n${licenceOf(`node_modules/${name}`)}`)
    .join(`\n${'-'.repeat(80)}\n\n`)
}

function licenceOf(folder: string): string {
  const file = readdirSync(folder).find(name => /^licen[cs]e/i.test(name))
  if (!file) throw new Error(`${folder} has no licence: it can't go with the package.`)
  return `${readFileSync(`${folder}/${file}`, 'utf8').trim()}\n`
}
