import { execFileSync, spawnSync } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { programFile } from '../support/program-file.ts'
import { datedArticle, temporaryFolder } from './command-line.ts'

const root = join(import.meta.dirname, '../..')
interface Action {
  inputs: Record<string, { description: string; default: string }>
  runs: { using: string; steps: { name?: string; run?: string; env?: Record<string, string> }[] }
}
const npmOffline = { npm_config_offline: 'true', npm_config_update_notifier: 'false' }
const action = parse(readFileSync(join(root, 'action.yml'), 'utf8')) as Action

/** The action's own step, with the program of these sources where the installed one would be. */
function runPublishStep(place: ReturnType<typeof temporaryFolder>, inputs: Record<string, string>) {
  putProgram(place)
  return runStep('Publish', place, inputs, { folder: 'clone', home: 'home' })
}

function putProgram(place: ReturnType<typeof temporaryFolder>) {
  const bin = place.at('home/node_modules/.bin')
  mkdirSync(bin, { recursive: true })
  try {
    symlinkSync(process.execPath, join(bin, 'node'))
    writeFileSync(join(bin, 'broadsheet'), `#!/bin/sh\nexec '${process.execPath}' '${programFile}' "$@"\n`, {
      mode: 0o755,
    })
  } catch {}
}

/**
 * A step of the action as GitHub would run it.
 * @param where the runner's folders in `place`; `action` is where the action itself is checked out
 */
function runStep(
  name: string,
  place: ReturnType<typeof temporaryFolder>,
  inputs: Record<string, string>,
  where: { folder: string; home: string; action?: string },
) {
  const step = action.runs.steps.find(step => step.name === name)!
  const values: Record<string, string> = {
    'runner.temp': place.path,
    'github.action_path': where.action ? place.at(where.action) : root,
  }
  for (const [name, { default: usual }] of Object.entries(action.inputs))
    values[`inputs.${name}`] = inputs[name] ?? usual
  const filled = (text: string) => text.replace(/\$\{\{ ([\w.-]+) \}\}/g, (_, name: string) => values[name]!)
  const env = Object.fromEntries(Object.entries(step.env!).map(([key, value]) => [key, filled(value)]))
  const { status, stdout, stderr } = spawnSync('bash', ['-c', step.run!], {
    cwd: place.at(where.folder),
    env: {
      ...process.env,
      ...npmOffline,
      ...env,
      BROADSHEET_HOME: place.at(where.home),
      GIT_CONFIG_GLOBAL: '/dev/null',
    },
    encoding: 'utf8',
  })
  return { status, said: stdout + stderr }
}

/** A repository on a server, and the runner's clone of it. */
function aRepository(files: Record<string, string>) {
  const place = temporaryFolder()
  const git = (cwd: string, ...words: string[]) =>
    execFileSync('git', ['-c', 'user.name=T', '-c', 'user.email=t@example.org', ...words], {
      cwd: place.at(cwd),
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    })
  for (const name of ['server', 'writer']) mkdirSync(place.at(name))
  git('server', 'init', '--quiet', '--bare', '--initial-branch=main')
  git('writer', 'init', '--quiet', '--initial-branch=main')
  for (const [name, text] of Object.entries(files)) place.write(`writer/${name}`, text)
  git('writer', 'add', '.')
  git('writer', 'commit', '--quiet', '-m', 'Articles')
  git('writer', 'push', '--quiet', place.at('server'), 'main')
  mkdirSync(place.at('clone'))
  git('clone', 'clone', '--quiet', place.at('server'), '.')
  return Object.assign(place, { git })
}

test('GitHub Pages under a path: files with that path, and the ledger pushed back', () => {
  using place = aRepository({
    'news/one.md': datedArticle('One'),
    'news/broadsheet.toml': 'title = "News"\ntimezone = "UTC"\ntag_authority = "example.org,2026"\n',
    '.gitattributes': 'broadsheet.ledger merge=union\n',
  })
  // Somebody pushes while the runner builds.
  place.write('writer/news/two.md', datedArticle('Two', '2026-02-01T00:00:00Z'))
  place.git('writer', 'add', '.')
  place.git('writer', 'commit', '--quiet', '-m', 'One more')
  place.git('writer', 'push', '--quiet', place.at('server'), 'main')
  const inputs = { folder: 'news', url: 'https://me.github.io/project', out: 'public' }
  const { status, said } = runPublishStep(place, inputs)
  expect([status, said]).toEqual([0, expect.stringContaining('broadsheet.ledger was made')])
  const feed = JSON.parse(readFileSync(place.at('clone/public/feed.json'), 'utf8'))
  expect(feed.items[0]).toMatchObject({
    url: 'https://me.github.io/project/articles/one/',
    id: 'tag:example.org,2026:file/one.md',
  })
  expect(place.git('server', 'log', '--format=%s', 'main').split('\n').slice(0, 2)).toEqual([
    'Keep the ledger [skip ci]',
    'One more',
  ])
  expect(place.git('server', 'show', 'main:news/broadsheet.ledger')).toContain(
    'tag:example.org,2026:file/one.md',
  )
  // Nothing new: nothing to commit.
  const again = runPublishStep(place, inputs)
  expect(again.status).toBe(0)
  expect(place.git('server', 'log', '--format=%s', 'main').match(/Keep the ledger/g)).toHaveLength(2)
  expect(runPublishStep(place, inputs).status).toBe(0)
  expect(place.git('server', 'log', '--format=%s', 'main').match(/Keep the ledger/g)).toHaveLength(2)
})

test('with a store the ledger rests there, and nothing is committed; wrong settings fail the run', () => {
  using place = aRepository({
    'one.md': datedArticle('One'),
    'broadsheet.toml': 'url = "https://example.org/"\ntimezone = "UTC"\n',
  })
  const published = runPublishStep(place, { store: `dir:${place.at('store')}` })
  expect([published.status, published.said]).toEqual([0, expect.stringContaining('Generation')])
  expect(place.git('server', 'log', '--format=%s', 'main').trim()).toBe('Articles')
  place.write('clone/broadsheet.toml', 'titel = "x"\n')
  expect(runPublishStep(place, { out: 'public' })).toMatchObject({
    status: 2,
    said: expect.stringContaining('Did you mean `title`?'),
  })
})

test('a mass change: the run fails, and says which input accepts it', () => {
  using place = aRepository({
    'broadsheet.toml': 'url = "https://example.org/"\ntimezone = "UTC"\n',
    ...Object.fromEntries(
      ['one', 'two', 'three', 'four'].map((name, at) => [
        `${name}.md`,
        datedArticle(name, `2026-01-0${at + 1}T00:00:00Z`),
      ]),
    ),
  })
  expect(runPublishStep(place, {}).status).toBe(0)
  for (const name of ['one', 'two', 'three']) rmSync(place.at(`clone/${name}.md`))
  const refused = runPublishStep(place, {})
  expect(refused).toMatchObject({ status: 2, said: expect.stringContaining('add --accept 3') })
  expect(refused.said).toContain(
    '::error::Nothing was published. What is called --accept N above is the input accept: N',
  )
  expect(runPublishStep(place, { accept: '3' }).status).toBe(0)
  expect(JSON.parse(readFileSync(place.at('clone/public/feed.json'), 'utf8')).items).toHaveLength(1)
})

test("deploy: 'true' takes the project's wrangler, and the ledger is pushed once it has deployed", () => {
  using place = aRepository({
    'one.md': datedArticle('One'),
    'broadsheet.toml': 'url = "https://news.example.org/"\ntimezone = "UTC"\n',
    '.gitignore': 'node_modules\n.broadsheet\n',
  })
  place.write(
    'clone/node_modules/wrangler/package.json',
    '{ "version": "4.0.0", "bin": { "wrangler": "w.js" } }',
  )
  place.write('clone/node_modules/wrangler/w.js', 'process.exit(7)')
  const failed = runPublishStep(place, { deploy: 'true' })
  expect(failed).toMatchObject({
    status: 7,
    said: expect.stringContaining('::error::Nothing was published.'),
  })
  expect(place.git('server', 'log', '--format=%s', 'main').trim()).toBe('Articles')
  place.write(
    'clone/node_modules/wrangler/w.js',
    'console.log("wrangler was asked to", process.argv[2]); require("node:fs").accessSync(".broadsheet/worker/wrangler.json")',
  )
  const { status, said } = runPublishStep(place, { deploy: 'true' })
  expect([status, said]).toEqual([0, expect.stringContaining('wrangler was asked to deploy')])
  expect(place.git('server', 'log', '--format=%s', 'main').split('\n')[0]).toBe('Keep the ledger [skip ci]')
  expect(existsSync(place.at('clone/public'))).toBe(false)
})

describe('the step that installs', () => {
  const words = (version: string) => `#!/bin/sh\necho 'broadsheet ${version}'\n`
  const manifest = (version: string, more = {}) =>
    JSON.stringify({ name: 'broadsheet', version, bin: 'made/cli.sh', files: ['made'], ...more })
  const installed = (place: ReturnType<typeof temporaryFolder>) =>
    execFileSync(place.at('home/node_modules/.bin/broadsheet'), { encoding: 'utf8' })

  test('builds the action’s own commit where no package is named, and touches nothing of the runner’s clone', () => {
    const inPackage = { name: 'broadsheet', version: '1.0.0' }
    using place = temporaryFolder({
      'clone/package.json': '{ "private": true }',
      // A checkout of a package that is made when it is packed, by what its lock names; without either.
      'action/package.json': manifest('1.0.0', {
        devDependencies: { maker: 'file:maker' },
        scripts: { prepare: 'sh node_modules/maker/maker.sh' },
      }),
      'action/package-lock.json': JSON.stringify({
        ...inPackage,
        lockfileVersion: 3,
        requires: true,
        packages: {
          '': { ...inPackage, bin: { broadsheet: 'made/cli.sh' }, devDependencies: { maker: 'file:maker' } },
          maker: { version: '1.0.0', dev: true },
          'node_modules/maker': { resolved: 'maker', link: true },
        },
      }),
      'action/maker/package.json': '{ "name": "maker", "version": "1.0.0" }',
      'action/maker/maker.sh': 'mkdir -p made && cp source.sh made/cli.sh && chmod +x made/cli.sh\n',
      'action/source.sh': words('of this commit'),
    })
    mkdirSync(place.at('action/deploy'))
    cpSync(join(root, 'deploy/action'), place.at('action/deploy/action'), { recursive: true })
    const step = { folder: 'clone', home: 'home', action: 'action' }
    const { status, said } = runStep('Install Broadsheet', place, {}, step)
    expect([status, said]).toEqual([0, expect.stringContaining('added 1 package')])
    expect(installed(place)).toBe('broadsheet of this commit\n')
    expect(readdirSync(place.at('clone'))).toEqual(['package.json'])
    // A runner that is kept: once more into the same folder.
    place.write('action/source.sh', words('of the next one'))
    expect(runStep('Install Broadsheet', place, {}, step).status).toBe(0)
    expect(installed(place)).toBe('broadsheet of the next one\n')
  })

  test('takes the package that is named, and fails where there is none', () => {
    using place = temporaryFolder({
      'clone/one.md': datedArticle('One'),
      'named/package.json': manifest('2.0.0'),
      'named/made/cli.sh': words('that was named'),
    })
    // No checkout to build from: only what is named can be taken.
    mkdirSync(place.at('action/deploy'), { recursive: true })
    cpSync(join(root, 'deploy/action'), place.at('action/deploy/action'), { recursive: true })
    const step = { folder: 'clone', home: 'home', action: 'action' }
    execFileSync('npm', ['pack', '--silent', '--pack-destination', place.path], {
      cwd: place.at('named'),
      env: { ...process.env, ...npmOffline },
    })
    const named = { package: place.at('broadsheet-2.0.0.tgz') }
    expect(runStep('Install Broadsheet', place, named, step).status).toBe(0)
    expect(installed(place)).toBe('broadsheet that was named\n')
    const missing = runStep('Install Broadsheet', place, { package: place.at('nowhere.tgz') }, step)
    expect(missing.said).toContain('nowhere.tgz')
    expect(missing.status).not.toBe(0)
  })
})
