import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { datedArticle, temporaryFolder } from './command-line.ts'

const root = join(import.meta.dirname, '../..')
const modules = join(root, 'node_modules')
const npmEnvironment = {
  ...process.env,
  // npx takes the first Node there is, which may be an older one than that of the tests.
  PATH: [dirname(process.execPath), process.env.PATH].join(delimiter),
  npm_config_offline: 'true',
  npm_config_update_notifier: 'false',
}

/** The tarball of `npm pack` as a stranger's empty project has it; what it depends on is linked, not fetched. */
describe('the packed package, installed in an empty project', () => {
  const project = temporaryFolder({
    'package.json': '{ "name": "stranger", "private": true, "type": "module" }',
  })
  const own = project.at('node_modules/broadsheet')
  let manifest: {
    dependencies: Record<string, string>
    bin: { broadsheet: string }
    engines: { node: string }
    scripts: Record<string, string>
  }

  beforeAll(() => {
    const packed = execFileSync('npm', ['pack', '--pack-destination', project.path], {
      cwd: root,
      env: npmEnvironment,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const tarball = packed.trim().split('\n').at(-1)!
    mkdirSync(own, { recursive: true })
    execFileSync('tar', ['-xzf', project.at(tarball), '-C', own, '--strip-components=1'])
    manifest = JSON.parse(readFileSync(join(own, 'package.json'), 'utf8'))
    for (const name of Object.keys(manifest.dependencies)) {
      const link = project.at(`node_modules/${name}`)
      mkdirSync(dirname(link), { recursive: true })
      symlinkSync(join(modules, name), link)
    }
    mkdirSync(project.at('node_modules/.bin'))
    symlinkSync(`../broadsheet/${manifest.bin.broadsheet}`, project.at('node_modules/.bin/broadsheet'))
    execFileSync('chmod', ['+x', join(own, manifest.bin.broadsheet)])
    project.write('articles/one.md', datedArticle('One'))
    project.write('articles/two.md', datedArticle('Two', '2026-02-01T00:00:00Z'))
  })
  afterAll(() => project[Symbol.dispose]())

  test('brings no Node of its own, no sources and no tests', () => {
    expect(Object.keys(manifest)).not.toContain('optionalDependencies')
    expect(manifest.engines.node).toBe('>=22.18')
    const files = readdirSync(own)
    expect(files.sort()).toEqual(
      [
        ...['CHANGELOG.md', 'LICENSE', 'README.md', 'SECURITY.md'],
        ...['deploy', 'dist', 'docs', 'package.json', 'schema'],
      ].filter(name => files.includes(name)),
    )
    for (const name of ['dist', 'docs', 'schema']) expect(files).toContain(name)
    // Whoever installs from git gets sources, and builds them.
    expect(manifest.scripts).toMatchObject({ prepare: expect.stringContaining('npm run -s build') })
    const built = readdirSync(join(own, 'dist'), { recursive: true, encoding: 'utf8' })
    expect(built.filter(name => /(?<!\.d)\.ts$|\.test\./.test(name))).toEqual([])
  })

  test('what is started or bundled by its name has a file of that name', () => {
    const named = (file: string, pattern: RegExp) =>
      [...readFileSync(join(root, 'src/runtimes', file), 'utf8').matchAll(pattern)].map(match => match[1])
    const threads = readdirSync(join(root, 'src/runtimes/node')).flatMap(file =>
      named(`node/${file}`, /new URL\(`\.\/([\w-]+)\$\{extname/g),
    )
    const modules = named('cli/worker-folder.ts', /moduleName\('([\w-]+)'\)/g)
    expect(threads.length).toBeGreaterThan(2)
    expect(modules.length).toBeGreaterThan(1)
    for (const file of [...threads.map(name => `node/${name}`), ...modules.map(name => `worker/${name}`)])
      expect([file, existsSync(join(own, `dist/runtimes/${file}.js`))]).toEqual([file, true])
  })

  test('what it carries of other packages goes with their licences, and reads Markdown as they do', () => {
    const built = readdirSync(join(own, 'dist'), { recursive: true, encoding: 'utf8' })
    const code = built
      .filter(name => name.endsWith('.js'))
      .map(name => readFileSync(join(own, 'dist', name), 'utf8'))
    const carried = new Set(
      code.flatMap(text =>
        [...text.matchAll(/^\/\/ node_modules\/((?:@[^/\n]+\/)?[^/\n]+)\//gm)].map(([, name]) => name!),
      ),
    )
    for (const name of ['hono', '@hono/node-server', 'feed']) expect(carried).not.toContain(name)
    expect(carried).toContain('markdown-it')
    const licences = readFileSync(join(own, 'dist/THIRD-PARTY-LICENSES.txt'), 'utf8')
    for (const name of carried)
      expect(licences).toMatch(new RegExp(`^${name.replace('.', '\\.')}\n\n[^]*?[Cc]opyright`, 'm'))
    // The documentation has every kind of Markdown there is a rule for.
    cpSync(join(root, 'docs'), project.at('docs'), { recursive: true })
    const build = (cli: string, out: string) =>
      execFileSync(
        process.execPath,
        [cli, 'build', project.at('docs'), '--out', out, '--url', 'https://docs.example/'],
        {
          env: { ...process.env, BROADSHEET_CACHE: 'off' },
          stdio: 'pipe',
        },
      )
    build(join(own, manifest.bin.broadsheet), project.at('packed'))
    build(join(root, 'src/runtimes/cli.ts'), project.at('sources'))
    const pages = (folder: string) =>
      readdirSync(project.at(folder), { recursive: true, encoding: 'utf8' })
        .filter(name => /\.(?:html|xml|json)$/.test(name))
        .map(name => [name, readFileSync(project.at(`${folder}/${name}`), 'utf8')])
    expect(pages('packed').length).toBeGreaterThan(30)
    expect(pages('packed')).toEqual(pages('sources'))
  })

  test('the README, the documentation, the program and npm ask for one and the same Node', () => {
    const [, version] = />=(\d+\.\d+)$/.exec(manifest.engines.node)!
    for (const file of ['README.md', 'docs/start-here.md', 'dist/runtimes/cli.js'])
      expect([file, readFileSync(join(own, file), 'utf8')]).toEqual([
        file,
        expect.stringContaining(`Node ${version} or newer`),
      ])
  })

  test('it leads to where it comes from, or is not published', () => {
    const run = spawnSync(process.execPath, [join(root, 'scripts/before-publish.ts')], { encoding: 'utf8' })
    const missing = ['repository', 'homepage', 'bugs'].filter(key => !(key in manifest))
    expect(manifest.scripts).toMatchObject({ prepublishOnly: 'node scripts/before-publish.ts' })
    expect([run.status, run.stderr]).toEqual(
      missing.length === 0
        ? [0, '']
        : [1, expect.stringContaining(`npm pkg set ${missing.map(key => `${key}=https://…`).join(' ')}`)],
    )
  })

  test('init names the command that works where it was run, and documentation that is there', () => {
    const run = spawnSync('npx', ['--no-install', 'broadsheet', 'init', 'fresh', '--yes'], {
      cwd: project.path,
      env: npmEnvironment,
      encoding: 'utf8',
    })
    expect(run.stderr).toContain('Next: npx broadsheet serve fresh   shows it to you')
    expect(readFileSync(project.at('fresh/first-article.md'), 'utf8')).toContain('`npx broadsheet check`')
    const settings = readFileSync(project.at('fresh/broadsheet.toml'), 'utf8')
    const [, list] = /(\S+) lists them all/.exec(settings)!
    expect(readFileSync(join(project.path, 'fresh', list!), 'utf8')).toContain('title: Settings')
    expect(readFileSync(project.at('fresh/.gitattributes'), 'utf8')).toBe('broadsheet.ledger merge=union\n')
  })

  test('a Node that calls SQLite experimental says nothing of it in our output', () => {
    project.write(
      'warning.mjs',
      `const get = process.getBuiltinModule
       process.getBuiltinModule = name => {
         if (name === 'node:sqlite') process.emitWarning('SQLite is an experimental feature', 'ExperimentalWarning')
         return get(name)
       }\n`,
    )
    const cli = join(own, manifest.bin.broadsheet)
    const run = spawnSync(process.execPath, ['--import', './warning.mjs', cli, 'check', 'articles'], {
      cwd: project.path,
      encoding: 'utf8',
    })
    expect([run.status, run.stderr]).toEqual([0, ''])
  })

  test('npx broadsheet serve serves a folder of two Markdown files', async () => {
    const child = spawn('npx', ['--no-install', 'broadsheet', 'serve', 'articles', '--port', '0'], {
      cwd: project.path,
      env: npmEnvironment,
      stdio: ['ignore', 'pipe', 'ignore'],
      detached: true,
    })
    try {
      const url = await new Promise<string>((resolve, reject) => {
        let out = ''
        child.stdout.setEncoding('utf8').on('data', text => {
          out += text
          const found = /JSON Feed 1\.1 +(\S+)\n/.exec(out)
          if (found) resolve(found[1]!)
        })
        child.on('exit', code => reject(new Error(`ended with ${code}: ${out}`)))
      })
      const feed = (await (await fetch(url)).json()) as { items: { title: string }[] }
      expect(feed.items.map(({ title }) => title)).toEqual(['Two', 'One'])
    } finally {
      // npx and the shell it starts pass no signal on: the whole group ends.
      process.kill(-child.pid!, 'SIGTERM')
      await new Promise(resolve => child.on('close', resolve))
    }
  })

  test('the library mounts in a Hono app, and its types say so', () => {
    const consumer = `
      import { Hono } from 'hono'
      import { createApp, createPublisher, parseFile, resolveSite, type Article, type ParsedArticle } from 'broadsheet'
      import { folderSource, openLedger, readingThreads } from 'broadsheet/node'
      import { createDeployedApp, type DeployedPublication } from 'broadsheet/worker'

      const site = resolveSite({ title: 'Mine', url: 'https://example.org/', timezone: 'UTC' })
      const bytes = new TextEncoder().encode('---\\ntitle: One\\ndate: 2026-01-31\\n---\\n\\nWords.\\n')
      const { article } = parseFile({ path: 'one.md', bytes }, { site, media: () => undefined, boilerplate: () => new Map() })
      const articles: ParsedArticle[] = article ? [article] : []
      const app: Hono = new Hono().route('/', createApp({ articles, site }))
      const answer = await app.request('/feed.json')
      console.log(answer.status, (await answer.json()).items[0].title)

      const publisher = createPublisher({ source: folderSource('articles'), ledger: openLedger('articles'), clock: Date.now })
      const { inspection } = await publisher.prepare(site)
      const found: Article[] = inspection.articles
      console.log(found.map(({ title }) => title).join())

      const { files } = await folderSource('articles').list()
      const threads = readingThreads('articles', 1)(() => ({ site, articles: [], media: [], boilerplate: new Map(), dateOrders: new Map() }), 0)
      const readings = await threads.readers[0]!(files)
      console.log('in a thread:', readings.map(({ article }) => article?.title).join())
      threads.end()
      console.log('for Workers:', typeof createDeployedApp)
      export const mounted = (publication: DeployedPublication, assets: { fetch: typeof fetch }): Hono =>
        createDeployedApp(publication, assets)
      export const mistakes = [
        // @ts-expect-error no publication
        () => createDeployedApp({}, { fetch }),
        // @ts-expect-error neither a store nor articles
        () => createApp({}),
        // @ts-expect-error a setting that is none
        () => createApp({ articles, site: { titel: 'Mine' } }),
      ]
    `
    writeFileSync(project.at('consumer.ts'), consumer.replace(/^ {6}/gm, ''))
    const options = [
      '--noEmit',
      '--strict',
      '--module',
      'nodenext',
      '--target',
      'es2024',
      '--lib',
      'es2024,dom,dom.iterable',
    ]
    const tsc = spawnSync(join(modules, '.bin/tsc'), [...options, '--types', '', 'consumer.ts'], {
      cwd: project.path,
      encoding: 'utf8',
    })
    // `console` and `await answer.json()` come from the DOM's types; everything else is ours.
    expect(tsc.stdout).toBe('')
    const run = spawnSync(process.execPath, ['consumer.ts'], { cwd: project.path, encoding: 'utf8' })
    expect([run.stdout, run.stderr]).toEqual([
      '200 One\nTwo,One\nin a thread: One,Two\nfor Workers: function\n',
      '',
    ])
  })

  test('an older Node gets one clear line and exit code 3', () => {
    project.write('older.mjs', "Object.defineProperty(process, 'versions', { value: { node: '20.20.2' } })\n")
    const cli = join(own, manifest.bin.broadsheet)
    const run = spawnSync(process.execPath, ['--import', './older.mjs', cli, 'serve'], {
      cwd: project.path,
      encoding: 'utf8',
    })
    expect([run.status, run.stdout, run.stderr]).toEqual([
      3,
      '',
      'broadsheet needs Node 22.18 or newer; this is Node 20.20.2. https://nodejs.org has the newest.\n',
    ])
  })
})
