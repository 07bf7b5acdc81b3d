import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { createTestHarness } from 'wrangler'
import manifest from '../../package.json' with { type: 'json' }
import { workerName } from '../../src/runtimes/cli/worker-name.ts'
import { findWrangler, knownWrangler } from '../../src/runtimes/cli/wrangler.ts'
import { programFile } from '../support/program-file.ts'
import { datedArticle, temporaryFolder } from './command-line.ts'

const offline = {
  CLOUDFLARE_CF_FETCH_ENABLED: 'false',
  WRANGLER_SEND_METRICS: 'false',
  WRANGLER_WRITE_LOGS: 'false',
}

/** A project of somebody who has the package, and no repository of ours. */
function aProject() {
  return temporaryFolder({
    'package.json': '{ "name": "stranger", "private": true, "type": "module" }',
    'articles/one.md': datedArticle('One'),
    'articles/broadsheet.toml': 'title = "News"\nurl = "https://news.example.org/"\ntimezone = "UTC"\n',
  })
}

function broadsheetIn(project: { path: string }, ...words: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [programFile, ...words], {
    cwd: project.path,
    env: { ...process.env, ...offline },
    encoding: 'utf8',
  })
  return { exitCode: status, said: stdout + stderr }
}

async function askWorker(configPath: string, ...paths: string[]) {
  Object.assign(process.env, offline)
  const harness = createTestHarness({ workers: [{ configPath }] })
  await harness.listen()
  try {
    const answers = []
    for (const path of paths) {
      const answer = await harness.fetch(path)
      answers.push([answer.status, await answer.text()] as const)
    }
    return answers
  } finally {
    await harness.close()
  }
}

test('deploy, in a project of one\u2019s own: wrangler takes what it made, and workerd serves it', async () => {
  using project = aProject()
  const { exitCode, said } = broadsheetIn(project, 'deploy', 'articles', '--dry-run')
  expect([exitCode, said]).toEqual([0, expect.stringContaining('--dry-run: exiting now')])
  expect(said).toContain('Nothing was uploaded, and the ledger is as it was.')
  expect(() => readFileSync(project.at('articles/broadsheet.ledger'))).toThrow('ENOENT')
  const made = project.at('.broadsheet/worker/wrangler.json')
  expect(JSON.parse(readFileSync(made, 'utf8')).name).toBe('news-example-org')
  const [[status, feed]] = (await askWorker(made, '/rss.xml')) as [[number, string]]
  expect([status, feed]).toEqual([
    200,
    expect.stringContaining('<link>https://news.example.org/articles/one/</link>'),
  ])
})

test('--name and --url count before what the settings say', async () => {
  using project = aProject()
  const { exitCode, said } = broadsheetIn(
    project,
    ...['deploy', 'articles', '--name', 'mine', '--url', 'https://other.example.org/', '--dry-run'],
  )
  expect([exitCode, said]).toEqual([0, expect.stringContaining('for https://other.example.org/')])
  const made = JSON.parse(readFileSync(project.at('.broadsheet/worker/wrangler.json'), 'utf8'))
  expect(made.name).toBe('mine')
})

test.each([
  ['deploy', ['--plan', 'gratis'], 'Allowed choices are free, paid.'],
  ['dev:worker', ['--port', '70000'], 'A port is a whole number from 0 to 65535.'],
])('npm run %s in the clone is the same command', (script, words, sentence) => {
  const { status, stderr } = spawnSync('npm', ['run', '-s', script, '--', ...words], {
    cwd: join(import.meta.dirname, '../..'),
    encoding: 'utf8',
  })
  expect([status, stderr]).toEqual([2, expect.stringContaining(sentence)])
})

test('a Worker of one\u2019s own mounts the feeds, which are recorded first', async () => {
  using project = aProject()
  const { exitCode, said } = broadsheetIn(project, 'deploy', 'articles', '--no-upload')
  expect([exitCode, said]).toEqual([0, expect.stringContaining('.broadsheet/worker is ready')])
  expect(said).toContain('broadsheet.ledger was made')
  expect(readFileSync(project.at('articles/broadsheet.ledger'), 'utf8')).toContain('tag:news.example.org')
  // What an installed package would resolve to.
  const modules = join(import.meta.dirname, '../../node_modules')
  const source = (name: string) => JSON.stringify(join(import.meta.dirname, '../../src/runtimes', name))
  project.write(
    'worker.ts',
    `import { Hono } from ${JSON.stringify(join(modules, 'hono/dist/index.js'))}
import { createDeployedApp } from ${source('worker.ts')}
import publication from './.broadsheet/worker/publication.js'

let app: Hono | undefined
export default {
  fetch(request: Request, env: { ASSETS: Fetcher }) {
    app ??= new Hono().get('/hello', c => c.text('mine')).route('/', createDeployedApp(publication, env.ASSETS))
    return app.fetch(request)
  },
}
`,
  )
  project.write(
    'wrangler.toml',
    'name = "mine"\nmain = "worker.ts"\ncompatibility_date = "2026-10-01"\ncompatibility_flags = ["nodejs_compat"]\n[assets]\ndirectory = ".broadsheet/worker/assets"\nbinding = "ASSETS"\nrun_worker_first = true\n',
  )
  const [mine, feed] = await askWorker(project.at('wrangler.toml'), '/hello', '/feed.json')
  expect(mine).toEqual([200, 'mine'])
  expect(JSON.parse(feed![1]).items[0].title).toBe('One')
})

test('deploy --from: a Worker with the bucket bound to it, and no folder at all', () => {
  using project = temporaryFolder()
  const { exitCode, said } = broadsheetIn(project, 'deploy', '--from', 'r2://0123abcd/news/site', '--dry-run')
  expect([exitCode, said]).toEqual([0, expect.stringContaining('env.BUCKET (news)')])
  expect(said).toContain('env.PREFIX ("site/")')
})

describe('mistakes', () => {
  test.each([
    [
      ['deploy', 'articles', '--url', 'http://localhost/', '--plan', 'gratis'],
      'Allowed choices are free, paid.',
    ],
    [['deploy', '--from', 's3://news'], '"s3://news" names no bucket.\nWrite r2://ACCOUNT/BUCKET/PREFIX'],
    [
      ['deploy', 'articles', '--url', 'https://example.org/news/', '--domain'],
      'Leave --domain out, and add the route example.org/news/*',
    ],
  ])('%j', (words, sentence) => {
    using project = aProject()
    expect(broadsheetIn(project, ...words)).toEqual({ exitCode: 2, said: expect.stringContaining(sentence) })
  })

  test('what wrangler says of its own is its exit code', () => {
    using project = aProject()
    project.write(
      'node_modules/wrangler/package.json',
      '{ "version": "4.0.0", "bin": { "wrangler": "w.js" } }',
    )
    project.write('node_modules/wrangler/w.js', 'process.exit(process.argv.includes("deploy") ? 7 : 0)')
    const { exitCode, said } = broadsheetIn(project, 'deploy', 'articles')
    expect([exitCode, said]).toEqual([7, expect.stringContaining('With wrangler 4.0.0:')])
  })
})

test('--outdir takes what build --out takes: an empty folder, a new one, or one that is ours', () => {
  using project = aProject()
  project.write('node_modules/wrangler/package.json', '{ "version": "4.0.0", "bin": { "wrangler": "w.js" } }')
  project.write(
    'node_modules/wrangler/w.js',
    'const folder = process.argv.at(-1); require("node:fs").writeFileSync(folder + "/worker.js", "made")',
  )
  project.write('theirs/worker.js', 'theirs')
  project.write('file', 'theirs')
  const dryRun = (out: string) => broadsheetIn(project, 'deploy', 'articles', '--dry-run', '--outdir', out)
  const { exitCode, said } = dryRun('theirs')
  expect([exitCode, said]).toEqual([
    2,
    expect.stringMatching(
      /theirs holds files that Broadsheet did not write\. Nothing was touched\.\nName an empty folder, a new one, or/,
    ),
  ])
  expect(readFileSync(project.at('theirs/worker.js'), 'utf8')).toBe('theirs')
  expect(dryRun('file').said).toContain('file is not a folder.')
  expect([dryRun('new').exitCode, dryRun('new').exitCode]).toEqual([0, 0])
  // What somebody has added is not ours, and what wrangler has made goes with the next output.
  project.write('new/CNAME', 'theirs')
  expect(dryRun('new').exitCode).toBe(0)
  expect(broadsheetIn(project, 'build', 'articles', '--out', 'new').exitCode).toBe(0)
  expect(readdirSync(project.at('new'))).toContain('CNAME')
  expect(readdirSync(project.at('new'))).not.toContain('worker.js')
})

test('without a wrangler, npx fetches the version that these tests run with', () => {
  using nowhere = temporaryFolder()
  expect(findWrangler(nowhere.path, nowhere.path)).toMatchObject({
    command: 'npx',
    words: ['--yes', `wrangler@${manifest.devDependencies.wrangler}`],
  })
  expect(knownWrangler).toBe(manifest.devDependencies.wrangler)
})

test.each([
  ['https://news.example.org/', 'news-example-org'],
  ['https://news.me.workers.dev/', 'news'],
  ['https://example.org/news/', 'example-org-news'],
  [`https://${'a'.repeat(62)}.b.example/`, 'a'.repeat(62)],
])('%s is published by the Worker %s', (url, name) => {
  expect(workerName(url)).toBe(name)
})
