import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { datedArticle, temporaryFolder } from './command-line.ts'

const root = join(import.meta.dirname, '../..')
interface Action {
  inputs: Record<string, { description: string; default: string }>
  runs: { using: string; steps: { run?: string; env?: Record<string, string> }[] }
}
const action = parse(readFileSync(join(root, 'action.yml'), 'utf8')) as Action

/** The action's own step, with the program of these sources where the installed one would be. */
function runPublishStep(place: ReturnType<typeof temporaryFolder>, inputs: Record<string, string>) {
  const bin = place.at('home/node_modules/.bin')
  mkdirSync(bin, { recursive: true })
  try {
    symlinkSync(process.execPath, join(bin, 'node'))
    writeFileSync(
      join(bin, 'broadsheet'),
      `#!/bin/sh\nexec '${process.execPath}' '${join(root, 'src/runtimes/cli.ts')}' "$@"\n`,
      { mode: 0o755 },
    )
  } catch {}
  const step = action.runs.steps.at(-1)!
  const values: Record<string, string> = {
    'runner.temp': place.path,
    'github.action_path': root,
  }
  for (const [name, { default: usual }] of Object.entries(action.inputs))
    values[`inputs.${name}`] = inputs[name] ?? usual
  const filled = (text: string) => text.replace(/\$\{\{ ([\w.-]+) \}\}/g, (_, name: string) => values[name]!)
  const env = Object.fromEntries(Object.entries(step.env!).map(([key, value]) => [key, filled(value)]))
  const { status, stdout, stderr } = spawnSync('bash', ['-c', step.run!], {
    cwd: place.at('clone'),
    env: { ...process.env, ...env, BROADSHEET_HOME: place.at('home'), GIT_CONFIG_GLOBAL: '/dev/null' },
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
