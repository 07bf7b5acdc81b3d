import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { build, type Plugin } from 'esbuild'
import manifest from '../package.json' with { type: 'json' }

const root = join(import.meta.dirname, '..')

/*
 * What runs, in few files, since Node takes as long to find and load a module as to run most of them. Whatever is imported, started as a thread
 * or bundled by its name stays a file of that name. What packages it stands on go into these files as well, but for those that whoever mounts
 * the app has, too, and `feed`, which is no module (docs/decisions/program-in-few-files.md).
 */
const entries = [
  ...['index', 'runtimes/node', 'runtimes/worker', 'runtimes/cli'],
  ...readdirSync(join(root, 'src/runtimes/node'))
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

/**
 * Makes the program's files in a folder beside `src`; what was made from. A file that is there already stays as it is, so that who runs the
 * program meanwhile meets it whole.
 */
export async function bundleProgram(folder: string) {
  const { metafile, outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: entries.map(name => `src/${name}.ts`),
    outdir: folder,
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
    write: false,
    logLevel: 'warning',
  })
  for (const { path, contents } of outputFiles) if (!holds(path, contents)) putInPlace(path, contents)
  return metafile
}

function holds(path: string, contents: Uint8Array): boolean {
  try {
    return readFileSync(path).equals(contents)
  } catch {
    return false
  }
}

function putInPlace(path: string, contents: Uint8Array): void {
  mkdirSync(dirname(path), { recursive: true })
  const isCommand = contents[0] === 0x23 && contents[1] === 0x21
  writeFileSync(`${path}.${process.pid}`, contents, { mode: isCommand ? 0o755 : 0o644 })
  renameSync(`${path}.${process.pid}`, path)
}
