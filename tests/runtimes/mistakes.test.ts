import { existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { relative } from 'node:path'
import { describe, expect, test } from 'vitest'
import { createProgram } from '../../src/runtimes/cli/program.ts'
import { processTerminal } from '../../src/runtimes/cli/terminal.ts'
import { broadsheet, datedArticle, spawnBroadsheet, takenPort, temporaryFolder } from './command-line.ts'

/** Mistakes that everybody makes once: what is typed, and every word of the answer that helps. */
const settings = 'title = "News"\nurl = "https://news.example.org/"\ntimezone = "UTC"\n'
const right = { 'broadsheet.toml': settings, 'one.md': datedArticle('One') }

/** What `check` says of a folder, the folder's own name taken away. */
async function checked(files: Record<string, string>) {
  using folder = temporaryFolder({ ...right, ...files })
  const { exitCode, out, said } = await broadsheet('check', folder.path)
  const text = `${out}${said}`.split(/\S*broadsheet-test-\w+\//).join('')
  return { exitCode, text }
}

describe('ten mistakes', () => {
  test('1. a misspelt option', async () => {
    const { exitCode, said } = await broadsheet('serve', '--prot', '80')
    expect(exitCode).toBe(2)
    expect(said).toContain("error: unknown option '--prot'\n(Did you mean --port?)\n")
  })

  test.each([
    ['31st of Smarch', '"date: 31st of Smarch" is not a date that can be read with certainty.'],
    ['2026-02-30', '"2026-02-30" is not a date in the calendar.'],
  ])('2. a bad date: %s', async (date, sentence) => {
    const { exitCode, text } = await checked({ 'two.md': datedArticle('Two', date) })
    expect(exitCode).toBe(0)
    expect(text).toMatch(/^two\.md withheld: undated\n {2}two\.md:3:7 warning date-invalid\n/)
    expect(text).toContain(`    ${sentence}\n    3 | date: ${date}\n      |       ^\n`)
    expect(text).toContain('    Write the date as 2026-01-31 or 2026-01-31T09:30:00+01:00.\n')
    expect(text).not.toContain('No date was found')
  })

  test.each([
    [
      'title = "News\n',
      '1:14',
      'the text on this line is not closed, a quotation mark is missing at its end',
    ],
    ['title = News\n', '1:9', 'the text News stands without quotation marks'],
  ])('3. bad TOML: %s', async (toml, place, sentence) => {
    const { exitCode, text } = await checked({ 'broadsheet.toml': toml })
    expect(exitCode).toBe(2)
    expect(text).toMatch(
      new RegExp(`^broadsheet\\.toml:${place} error settings-syntax\n {2}This is not TOML: .*${sentence}`),
    )
    expect(text).toContain('broadsheet: Nothing was done: the settings have a mistake.\n')
  })

  test('4. a taken port', async () => {
    using folder = temporaryFolder(right)
    await using taken = await takenPort()
    await using command = spawnBroadsheet(['serve', folder.path, '--port', String(taken.port)])
    expect(await command.exited).toBe(3)
    expect(command.said()).toMatch(
      /^broadsheet: Port \d+ is taken: .* Choose another with --port, or --port 0 for any free one\.\n$/,
    )
  })

  test('5. a missing folder, with one beside it that was probably meant', async () => {
    using folder = temporaryFolder({ 'articles/one.md': datedArticle('One') })
    const { exitCode, said } = await broadsheet('check', folder.at('artcles'))
    expect(exitCode).toBe(2)
    expect(said).toMatch(/^broadsheet: There is no folder .*artcles\.\nDid you mean .*\/articles\?\n$/)
    expect((await broadsheet('check', folder.at('elsewhere'))).said).toContain(
      'Name the folder that holds your articles.',
    )
  })

  test('6. an unreadable file costs itself only', async () => {
    using folder = temporaryFolder(right)
    symlinkSync('nowhere.md', folder.at('gone.md'))
    mkdirSync(folder.at('a-folder.md'))
    const { exitCode, out } = await broadsheet('check', folder.path)
    expect(exitCode).toBe(1)
    expect(out).toMatch(
      /gone\.md rejected: file-unreadable\n.*error file-unreadable\n {4}This file cannot be read: it is a link to nothing/,
    )
    expect(out).toContain('2 files: 1 published, 0 withheld, 1 rejected.')
  })

  // File systems of macOS and Windows take no such name.
  test.skipIf(process.platform !== 'linux')('6. a name in another encoding is told of', async () => {
    using folder = temporaryFolder(right)
    writeFileSync(
      Buffer.concat([Buffer.from(`${folder.path}/caf`), Buffer.from([0xe9]), Buffer.from('.md')]),
      '',
    )
    expect((await broadsheet('check', folder.path)).out).toContain(
      'The name of this file is not UTF-8, so the file cannot be opened.',
    )
  })

  test.skipIf(process.getuid?.() === 0)('6. the same by its permissions', async () => {
    using folder = temporaryFolder(right)
    folder.write('locked.md', datedArticle('Locked'))
    const { chmodSync } = await import('node:fs')
    chmodSync(folder.at('locked.md'), 0)
    expect((await broadsheet('check', folder.path)).out).toContain(
      'This file cannot be read: its permissions forbid it (EACCES).',
    )
  })

  test('7. a wrong zone', async () => {
    const { exitCode, text } = await checked({ 'broadsheet.toml': 'timezone = "Europe/Berln"\n' })
    expect(exitCode).toBe(2)
    expect(text).toMatch(/^broadsheet\.toml:1:12 error settings-value\n/)
    expect(text).toContain(
      '  1 | timezone = "Europe/Berln"\n    |            ^\n  Did you mean "Europe/Berlin"?\n',
    )
  })

  test('8. a slug that is taken', async () => {
    const same = (title: string) => datedArticle(title).replace('title', 'slug: same\ntitle')
    const { exitCode, text } = await checked({ 'x.md': same('X'), 'y.md': same('Y') })
    expect(exitCode).toBe(0)
    expect(text).toContain(
      'https://news.example.org/articles/same/ belongs to x.md already; this article is published at https://news.example.org/articles/same-2/.',
    )
    expect(text).toMatch(/y\.md:2 warning slug-taken\n/)
    expect(text).toContain('Give one of the two articles another `slug`.')
  })

  test('9. front matter that is not closed', async () => {
    const { exitCode, text } = await checked({ 'x.md': '---\ntitle: X\ndate: 2026-01-01\n\nWords.\n' })
    expect(exitCode).toBe(0)
    expect(text).toMatch(
      /x\.md:4:1 warning front-matter-unclosed\n {4}The front matter that "---" opens on line 1 is never closed/,
    )
    expect(text).toContain('Write "---" on a line of its own below the last key.')
  })

  test('10. a huge file', async () => {
    const { exitCode, text } = await checked({ 'huge.md': 'x'.repeat(5_000_000) })
    expect(exitCode).toBe(1)
    expect(text).toContain(
      'The file has 5,000,000 bytes; the limit is 4,000,000.\n    Split the article, or raise `max_file_bytes` in broadsheet.toml.',
    )
  })
})

describe('words in the wrong place', () => {
  test.each([
    ['get FOLDER /rss.xml', 'The path comes first, then the folder.\nDid you mean: ', 'get /rss.xml FOLDER'],
    ['get FOLDER https://news.example.org/rss.xml', 'The path comes first', 'rss.xml FOLDER'],
    ['get missing /rss.xml', 'The path comes first', 'get /rss.xml missing'],
    ['adopt FOLDER FOLDER/one.md', 'The feed comes first, then the folder.', 'adopt FOLDER/one.md FOLDER'],
    [
      'accept FOLDER 3',
      "'FOLDER' is invalid for argument 'number'.",
      'The number comes first, then the folder.',
    ],
    ['doctor FOLDER', 'The doctor asks what is served', 'check FOLDER'],
    ['check FOLDER/one.md', 'one.md is not a folder.\nName the folder that the file lies in: ', 'FOLDER'],
    ['publish FOLDER --to FOLDER', '"FOLDER" names no store.', 'write dir:FOLDER'],
    ['deploy FOLDER --name My-Worker!', 'small letters of a to z, digits', 'Did you mean my-worker?'],
    [`deploy FOLDER --name ${'a'.repeat(64)}`, '63 at most', `Did you mean ${'a'.repeat(63)}?`],
  ])('%s', async (line, ...sentences) => {
    using folder = temporaryFolder(right)
    const words = line.replaceAll('FOLDER', folder.path).split(' ')
    const { exitCode, said } = await broadsheet(...words)
    expect(exitCode).toBe(2)
    // It is named from where the tests run: as a whole path, or by the way there.
    const named = said.replaceAll(folder.path, 'FOLDER').replaceAll(relative('', folder.path), 'FOLDER')
    for (const sentence of sentences) expect(named).toContain(sentence)
  })

  test('a folder that is called like a path is one', async () => {
    using folder = temporaryFolder(right)
    expect((await broadsheet('get', '/rss.xml', folder.path)).exitCode).toBe(0)
    expect((await broadsheet('get', 'rss.xml', folder.path)).said).toContain('Did you mean /rss.xml?')
  })

  test('to compare with a feed, the publication needs an address', async () => {
    using folder = temporaryFolder({ 'one.md': datedArticle('One'), 'old.xml': '<rss version="2.0"/>' })
    const { exitCode, said } = await broadsheet('diff', folder.path, '--against', folder.at('old.xml'))
    expect([exitCode, said]).toEqual([2, expect.stringContaining('The publication has no address yet')])
  })
})

describe('a place that takes no folder', () => {
  test.each([
    ['a file', (own: string) => `${own}/file`, ' is not a folder.\nName another folder to write.'],
    ['below a file', (own: string) => `${own}/file/deep/er`, 'There can be no folder '],
    // Node's own mkdir asks such a system for ever.
    ['/proc', () => '/proc/broadsheet/deep', 'There can be no folder /proc/broadsheet/deep (ENOENT).'],
  ])('%s', async (what, place, sentence) => {
    if (what === '/proc' && !existsSync('/proc/self')) return
    using folder = temporaryFolder(right)
    using elsewhere = temporaryFolder({ file: '' })
    const named = place(elsewhere.path)
    const built = await broadsheet('build', folder.path, '--out', named)
    expect([built.exitCode, built.said]).toEqual([2, expect.stringContaining(sentence)])
    for (const words of [
      ['publish', folder.path, '--to', `dir:${named}`],
      ['serve', folder.path, '--port', '0', '--to', `dir:${named}`],
    ]) {
      const { exitCode, said } = await broadsheet(...words)
      expect([exitCode, said]).toEqual([
        3,
        expect.stringContaining(`The folder ${named} does not take it: E`),
      ])
      expect(said).toContain('Are the store’s name and')
    }
    expect((await broadsheet('init', `${named}/new`, '--yes')).said).toMatch(/can't be written to \(E\w+\)\./)
  })
})

describe('an option that takes a value, and gets none', () => {
  const program = createProgram({ ...processTerminal, out: () => {}, say: () => {} }, () => {})
  const commands = program.commands.flatMap(command =>
    command.options
      .filter(({ required }) => required)
      .flatMap(({ short, long, flags }) =>
        [short, long].flatMap(flag => (flag ? [[command.name(), flag, flags]] : [])),
      ),
  ) as [string, string, string][]

  test.each(commands)('%s %s', async (command, flag, flags) => {
    const { exitCode, said } = await broadsheet(command, flag, '--json', 'nowhere')
    expect([exitCode, said]).toEqual([
      2,
      expect.stringContaining(
        `error: option '${flags}' has no value: --json looks like an option\n(If it is meant, write --`,
      ),
    ])
    expect((await broadsheet(command, flag, '')).said).toContain(
      `error: option '${flags}' has an empty value`,
    )
  })

  test('a value that begins with - is one behind =; a number below zero is the option’s own affair', async () => {
    using folder = temporaryFolder(right)
    await using command = spawnBroadsheet(['build', folder.path, '--out=-x'], { cwd: folder.path })
    expect(await command.exited).toBe(0)
    expect(existsSync(folder.at('-x/rss.xml'))).toBe(true)
    expect((await broadsheet('serve', '--port', '-1')).said).toContain('A port is a whole number from 0')
  })

  test.each([
    ['init', ''],
    ['check', ''],
    ['build', '', '--out', 'x'],
    ['adopt', '', 'x'],
    ['adopt', 'x', ''],
  ])('an argument that is empty is not the current folder: %j %j', async (...words) => {
    using folder = temporaryFolder(right)
    await using command = spawnBroadsheet(words, { cwd: folder.path })
    expect([await command.exited, command.said()]).toEqual([
      2,
      expect.stringContaining('error: an argument is empty'),
    ])
    expect(readdirSync(folder.path)).toEqual(Object.keys(right))
  })

  test('an empty variable of the environment is none', async () => {
    using folder = temporaryFolder(right)
    await using command = spawnBroadsheet(['build', folder.path], {
      cwd: folder.path,
      env: { BROADSHEET_OUT: '', BROADSHEET_PORT: '' },
    })
    expect([await command.exited, command.said()]).toEqual([
      2,
      expect.stringContaining('It is not said where to write'),
    ])
  })
})

describe('a word that would have been passed over', () => {
  test.each([
    [
      'build FOLDER --out OUT --url https://news.example.org/rss.xml',
      'of the whole publication and not of one of its files',
    ],
    [
      'serve FOLDER --from dir:OUT',
      'With --from no folder is read',
      'Leave FOLDER out; or --from, to serve the folder.',
    ],
    [
      'deploy FOLDER --from r2://0123abcd/news',
      'With --from no folder is read',
      'or --from, to deploy the folder.',
    ],
    [
      'dev FOLDER --worker --drafts',
      '--worker shows what would be deployed, and drafts are not deployed.',
      'serve FOLDER --drafts',
    ],
    ['deploy FOLDER --outdir OUT', '--outdir goes with --dry-run', 'say --no-upload'],
    ['store copy dir:OUT dir:OUT', 'dir:OUT is the store itself.', 'Name the other store: '],
  ])('%s', async (line, ...sentences) => {
    using folder = temporaryFolder(right)
    const words = line.replaceAll('FOLDER', folder.path).replaceAll('OUT', folder.at('out')).split(' ')
    const { exitCode, said } = await broadsheet(...words)
    expect(exitCode).toBe(2)
    const text = said.replaceAll(folder.at('out'), 'OUT').replaceAll(folder.path, 'FOLDER')
    for (const sentence of sentences) expect(text).toContain(sentence)
    expect(existsSync(folder.at('out'))).toBe(false)
  })

  test('a folder of files is no store, and stays as it is', async () => {
    using folder = temporaryFolder(right)
    using site = temporaryFolder({ 'index.html': 'theirs' })
    const { exitCode, said } = await broadsheet('publish', folder.path, '--to', `dir:${site.path}`)
    expect([exitCode, said]).toEqual([
      2,
      expect.stringContaining(
        `${site.path} holds files that belong to no store, like index.html. Nothing was published.`,
      ),
    ])
    expect(readdirSync(site.path)).toEqual(['index.html'])
  })
})
