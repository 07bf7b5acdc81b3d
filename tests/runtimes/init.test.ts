import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { type InitOptions, type InitSurroundings, init } from '../../src/runtimes/cli/init.ts'
import { ownCommand } from '../../src/runtimes/cli/own-command.ts'
import { readSettings } from '../../src/settings/settings.ts'
import { sourceProgram } from '../support/program-file.ts'
import { broadsheet, spawnBroadsheet, temporaryFolder } from './command-line.ts'

const silent = {
  out() {},
  say() {},
  style: (_: unknown, text: string) => text,
  outStyle: (_: unknown, text: string) => text,
}
const surroundings: InitSurroundings = {
  clock: () => Date.parse('2026-01-31T09:30:00Z'),
  timezone: 'Europe/Vienna',
  language: 'de-AT',
  ask: null,
  endAsking() {},
}
/** `init` with somebody at the terminal who gives these answers, one after the other. */
async function answering(folder: string, answers: string[], options: InitOptions = {}) {
  const asked: string[] = []
  const said: string[] = []
  let ended = 0
  await init(
    folder,
    options,
    { ...silent, say: talk => said.push(talk) },
    {
      ...surroundings,
      ask: async question => {
        asked.push(question)
        return answers.shift() ?? ''
      },
      endAsking: () => ended++,
    },
  )
  expect(ended).toBe(1)
  return { asked, said }
}
const toml = (folder: { at(name: string): string }) => readFileSync(folder.at('broadsheet.toml'), 'utf8')

test('without questions: settings and an article that check finds nothing wrong with', async () => {
  using parent = temporaryFolder()
  const folder = parent.at('my-notes')
  const made = await broadsheet(
    'init',
    folder,
    '--yes',
    '--url',
    'https://news.example.org/',
    '--timezone',
    'Asia/Tehran',
  )
  expect(made.exitCode).toBe(0)
  expect(made.out).toContain('broadsheet.toml\n')
  expect(made.said).toMatch(/Next: npm run -s broadsheet -- serve /)
  const { site, problems } = readSettings(readFileSync(`${folder}/broadsheet.toml`, 'utf8'))
  expect(problems).toEqual([])
  expect(site).toMatchObject({ title: 'My notes', url: 'https://news.example.org/', timezone: 'Asia/Tehran' })
  const checked = await broadsheet('check', folder)
  expect(checked).toMatchObject({
    exitCode: 0,
    out: expect.stringContaining('1 published, 0 withheld, 0 rejected.\nNothing to complain about.'),
  })
})

test('four questions; a suggestion is taken with Enter, a mistake is asked for again', async () => {
  using folder = temporaryFolder()
  const { asked, said } = await answering(folder.path, [
    'The "News"',
    'news.example.org',
    'https://news.example.org/',
    '',
    'Asia/Teheran',
    'Asia/Tehran',
  ])
  expect(asked).toHaveLength(6)
  expect(asked[3]).toContain('[de-AT]')
  expect(said.join('\n')).toMatch(/It must be an absolute address[\s\S]*Did you mean Asia\/Tehran\?/)
  expect(readSettings(toml(folder)).site).toMatchObject({
    title: 'The "News"',
    language: 'de-AT',
    timezone: 'Asia/Tehran',
  })
})

test('no address yet: the setting stands there as a comment, and is spoken of', async () => {
  using folder = temporaryFolder()
  const { said } = await answering(folder.path, [])
  expect(toml(folder)).toMatch(/^# url = "https:\/\//m)
  expect(said.join('\n')).toContain('Before others subscribe, set `url`')
})

test('every commented example in the file is a valid setting', async () => {
  using folder = temporaryFolder()
  await answering(folder.path, [])
  const uncommented = toml(folder).replaceAll(/^# (?=[\w[]+ ?=|\[\[|(?:name|url|email) = )/gm, '')
  expect(uncommented).not.toBe(toml(folder))
  expect(readSettings(uncommented).problems).toEqual([])
})

describe('what is there is never touched', () => {
  test('settings: refused, exit code 2, nothing written', async () => {
    using folder = temporaryFolder({ 'broadsheet.toml': 'title = "Mine"\n' })
    const { exitCode, said } = await broadsheet('init', folder.path, '--yes')
    expect([exitCode, said]).toEqual([2, expect.stringContaining('broadsheet.toml is there already.')])
    expect(readdirSync(folder.path)).toEqual(['broadsheet.toml'])
    expect(toml(folder)).toBe('title = "Mine"\n')
  })

  test('articles: no first one is added', async () => {
    using folder = temporaryFolder({ 'deep/mine.md': 'Mine.\n' })
    await broadsheet('init', folder.path, '--yes')
    expect(existsSync(folder.at('first-article.md'))).toBe(false)
  })

  test('the first one names no folder of this machine', async () => {
    using folder = temporaryFolder({})
    const command = spawnBroadsheet(['init', '.', '--yes'], { cwd: folder.path, program: sourceProgram })
    expect(await command.exited).toBe(0)
    const text = readFileSync(folder.at('first-article.md'), 'utf8')
    expect(text).toContain('`broadsheet serve`')
    expect(text).not.toContain('..')
  })

  test('what packages explain in Markdown is not an article of the folder', async () => {
    using folder = temporaryFolder({ 'node_modules/x/README.md': 'X.\n', '.notes/a.md': 'A.\n' })
    await broadsheet('init', folder.path, '--yes')
    expect(existsSync(folder.at('first-article.md'))).toBe(true)
  })

  test('a file in the folder’s place', async () => {
    using folder = temporaryFolder({ here: '' })
    expect(await broadsheet('init', folder.at('here'))).toMatchObject({
      exitCode: 2,
      said: expect.stringContaining('is not a folder.'),
    })
  })
})

test.each([
  ['--timezone', 'Asia/Teheran', 'Did you mean Asia/Tehran?'],
  ['--url', 'news.example.org', 'must be an absolute address'],
  ['--language', 'the english', 'must be a language tag'],
])('%s %s: exit code 2, nothing written', async (flag, value, sentence) => {
  using folder = temporaryFolder()
  const { exitCode, said } = await broadsheet('init', folder.path, flag, value)
  expect([exitCode, said]).toEqual([2, expect.stringContaining(sentence)])
  expect(readdirSync(folder.path)).toEqual([])
})

test('a .gitattributes that is there is left alone, and its missing line is named', async () => {
  using folder = temporaryFolder({ '.gitattributes': '*.png binary\n' })
  const { said } = await broadsheet('init', folder.path, '--yes')
  expect(said).toMatch(
    /Add this line to \S+\.gitattributes, for merges in git: broadsheet\.ledger merge=union/,
  )
  expect(readFileSync(folder.at('.gitattributes'), 'utf8')).toBe('*.png binary\n')
})

test.each([
  ['/repo', '/repo', false, {}, 'npm run -s broadsheet --'],
  ['/repo', '/repo/news', false, {}, 'node ../src/runtimes/cli.ts'],
  ['/p/node_modules/broadsheet/', '/p/news', true, {}, 'npx broadsheet'],
  ['/home/me/.npm/_npx/1a/node_modules/broadsheet/', '/p', true, { npm_command: 'exec' }, 'npx broadsheet'],
  ['/usr/lib/node_modules/broadsheet/', '/p', true, {}, 'broadsheet'],
])('%s, run in %s, is called by %s', (home, cwd, isPackage, env, command) => {
  expect(ownCommand({ home, cwd, isPackage, env })).toBe(command)
})

test('where nobody can answer nothing is asked, and --json is one document', async () => {
  using folder = temporaryFolder()
  await using command = spawnBroadsheet(['init', '--json'], { cwd: folder.path })
  expect(await command.exited).toBe(0)
  expect(JSON.parse(command.out()).files.slice(0, 2)).toEqual(['broadsheet.toml', 'first-article.md'])
  expect(command.said()).toBe('')
})

test('the schema is found from the file, in a project as in a passing place', async () => {
  using far = temporaryFolder()
  await answering(far.path, [])
  const place = /^#:schema (.+)$/m.exec(toml(far))![1]!
  expect(JSON.parse(readFileSync(resolve(far.path, place), 'utf8')).title).toBe(
    'Settings of a Broadsheet publication',
  )
})
