import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { sourceProgram } from '../support/program-file.ts'
import { broadsheet, datedArticle, spawnBroadsheet, temporaryFolder } from './command-line.ts'

const publication = {
  'broadsheet.toml': 'title = "A publication"\nurl = "https://news.example.org/"\ntimezone = "UTC"\n',
  'one.md': datedArticle('One'),
  'two.md': datedArticle('Two', '2026-02-01T09:30:00Z'),
}
const filesBelow = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort()

describe('usage', () => {
  test.each([
    [['serve', '--prot', '1'], "error: unknown option '--prot'\n(Did you mean --port?)"],
    [['biuld'], "error: unknown command 'biuld'\n(Did you mean build?)"],
    [['build', '.'], 'It is not said where to write'],
    [['serve', '--port', '70000'], 'A port is a whole number from 0 to 65535.'],
    [['check', 'no-such-folder'], 'broadsheet: There is no folder no-such-folder.'],
    [['check', 'package.json'], 'broadsheet: package.json is not a folder.'],
    [['get', 'rss.xml'], 'Did you mean /rss.xml?'],
    [['get', '/rss.xml', '-H', 'nonsense'], '"nonsense" is not a header.'],
    [['check', '--url', 'news.example.org'], '--url must be an absolute address'],
  ])('%j ends with exit code 2 and says what was meant', async (words, sentence) => {
    const { exitCode, out, said } = await broadsheet(...words)
    expect(said).toContain(sentence)
    expect(out).toBe('')
    expect(exitCode).toBe(2)
  })

  test.each([['--help'], ['doctor', '--help'], ['get', '-h']])(
    'the help that is laid out beforehand is the one that would be: %j',
    async (...words) => {
      await using quick = spawnBroadsheet(words, { env: { COLUMNS: '80' } })
      expect(await quick.exited).toBe(0)
      expect(quick.out()).toBe((await broadsheet(...words)).out)
    },
  )

  test('help is data, comes with examples, and exits 0', async () => {
    const { exitCode, out, said } = await broadsheet('serve', '--help')
    expect(out).toContain('Examples:\n  broadsheet serve')
    expect(out).toContain('env: BROADSHEET_PORT')
    expect([exitCode, said]).toEqual([0, ''])
    expect(await broadsheet('--version')).toMatchObject({
      exitCode: 0,
      out: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
    })
  })

  test('mistakes in the settings end every command, all shown at once with their lines', async () => {
    using folder = temporaryFolder({ 'broadsheet.toml': 'titel = "x"\n\nlimit = "many"\n' })
    for (const words of [
      ['check', folder.path],
      ['get', '/', folder.path],
      ['build', folder.path, '--out', folder.at('out')],
      ['serve', folder.path],
    ]) {
      const { exitCode, said } = await broadsheet(...words)
      expect(exitCode).toBe(2)
      expect(said).toMatch(
        /broadsheet\.toml:1:1 error settings-unknown\n.*\n {2}1 \| titel = "x"\n {4}\| \^\n.*`title`/,
      )
      expect(said).toMatch(/broadsheet\.toml:3:9 error settings-value/)
    }
  })
})

describe('check', () => {
  test('a good folder has a short report and exit code 0', async () => {
    using folder = temporaryFolder(publication)
    expect(await broadsheet('check', folder.path)).toEqual({
      exitCode: 0,
      out: '2 files: 2 published, 0 withheld, 0 rejected.\nNothing to complain about. 1 other file ignored.\n',
      said: '',
    })
  })

  test('what is withheld or rejected is listed with its reason, and an error means exit code 1', async () => {
    using folder = temporaryFolder({
      ...publication,
      'empty.md': '',
      'undated.md': '---\ntitle: Undated\n---\n\nWords.\n',
      'draft.md': datedArticle('Draft').replace('title', 'draft: true\ntitle'),
      'later.md': datedArticle('Later', '2999-01-01T00:00:00Z'),
    })
    const { exitCode, out } = await broadsheet('check', folder.path)
    expect(exitCode).toBe(1)
    for (const line of [
      /draft\.md withheld: draft$/m,
      /empty\.md rejected: file-empty$/m,
      /later\.md withheld: scheduled for 2999-01-01T00:00:00Z$/m,
      /undated\.md withheld: undated$/m,
      /^6 files: 2 published, 3 withheld, 1 rejected\.$/m,
    ])
      expect(out).toMatch(line)
  })

  test('tells why a file is withheld by what it or its folder is called, and the cure', async () => {
    using folder = temporaryFolder({
      ...publication,
      'drafts/a.md': datedArticle('A'),
      'b.bak.md': datedArticle('B'),
    })
    const { out } = await broadsheet('check', folder.path)
    // How a place is shown hangs on where the folder lies.
    expect(out.replace(/\S*drafts\/a\.md info/, 'drafts/a.md info')).toContain(`drafts/a.md withheld: draft
  drafts/a.md info draft-by-name
    It is withheld as a draft: it is in the folder "drafts".
    If it is to be read, write \`draft: false\` into its front matter, or move or rename it.
`)
    expect(out).toContain('remove it, if it is not needed.')
  })

  test('the report can not be used to write on the terminal', async () => {
    using folder = temporaryFolder({
      'a\x1b[31m.md': '',
      'b.md': '---\ntitle: "\x1b]0;x\x07"\ndate: \x1b[2Jsoon\n---\n\nx\n',
    })
    const { out } = await broadsheet('check', folder.path)
    expect(out).not.toMatch(/[\0-\x08\x0b-\x1f\x7f-\x9f]/)
  })

  test('a setting that names a file which is not there is shown where it stands', async () => {
    using folder = temporaryFolder({
      'broadsheet.toml':
        'url = "https://example.org/"\n\n[podcast]\nimage = "covers/none.jpg"\ncategory = "News"\n',
      'one.md': datedArticle('One'),
    })
    const { exitCode, out } = await broadsheet('check', folder.path)
    expect(exitCode).toBe(0)
    expect(out).toContain(`broadsheet.toml:4:9 warning setting-file-missing
    \`podcast.image\` names covers/none.jpg; there is none in the folder.
    4 | image = "covers/none.jpg"
      |         ^
`)
    const { settings } = JSON.parse((await broadsheet('check', folder.path, '--json')).out)
    expect(settings).toEqual([
      {
        path: 'broadsheet.toml',
        code: 'setting-file-missing',
        severity: 'warning',
        line: 4,
        column: 9,
        message: expect.stringContaining('covers/none.jpg'),
        hint: expect.any(String),
      },
      expect.objectContaining({ code: 'episode-silent', line: 3 }),
    ])
  })

  test('--json is the contract', async () => {
    using folder = temporaryFolder({ ...publication, 'empty.md': '', '.hidden': '' })
    const { exitCode, out, said } = await broadsheet('check', folder.path, '--json')
    expect([exitCode, said]).toEqual([1, ''])
    const document = JSON.parse(out)
    expect(Object.keys(document)).toEqual(['folder', 'preset', 'totals', 'settings', 'files', 'unread'])
    expect(document.totals).toEqual({
      files: 3,
      published: 2,
      withheld: 0,
      rejected: 1,
      errors: 1,
      warnings: 0,
      ignored: 2,
    })
    const [empty, one] = document.files
    expect(empty).toEqual({
      path: 'empty.md',
      status: 'rejected',
      reason: 'file-empty',
      diagnostics: [
        expect.objectContaining({ code: 'file-empty', severity: 'error', line: null, column: null }),
      ],
    })
    expect(one).toMatchObject({ path: 'one.md', status: 'published' })
    expect(Object.keys(one.article)).toEqual([
      'id',
      'url',
      'title',
      'published',
      'updated',
      'authors',
      'language',
      'direction',
      'tags',
      'section',
      'summary',
      'text',
      'html',
      'fields',
      'dropped',
    ])
    expect(one.article).toMatchObject({ title: 'One', published: '2026-01-31T09:30:00Z', updated: null })
  })

  test('a folder where nothing is published says which setting would change that', async () => {
    using folder = temporaryFolder({ 'undated.md': '---\ntitle: Undated\n---\n\nWords.\n' })
    const { out } = await broadsheet('check', folder.path)
    expect(out).toContain(
      'Nothing is published.\n1 article has no date: write one (`date: 2026-01-31`), or set `undated = "first-seen"`',
    )
  })

  test('nor is it where all wait: their reasons are counted', async () => {
    using folder = temporaryFolder({
      'broadsheet.toml': 'timezone = "UTC"\n',
      'draft.md': datedArticle('Draft').replace('title', 'draft: true\ntitle'),
      'later.md': datedArticle('Later', '2999-01-01T00:00:00Z'),
    })
    const { out } = await broadsheet('check', folder.path)
    expect(out).toMatch(/Nothing is published\.\n2 articles are withheld: 1 draft, 1 scheduled\.\n$/)
    await using server = spawnBroadsheet(['serve', folder.path, '--port', '0'], { program: sourceProgram })
    await server.until(/lists each file/)
    expect(server.said()).toContain(
      '\nwarning Nothing is published.\n  2 articles are withheld: 1 draft, 1 scheduled.\n  npm run -s broadsheet -- check ',
    )
  })

  test('nothing is written into the folder, and no colour into a pipe', async () => {
    using folder = temporaryFolder({ ...publication, 'empty.md': '' })
    const before = filesBelow(folder.path)
    await using command = spawnBroadsheet(['check'], { cwd: folder.path })
    expect(await command.exited).toBe(1)
    expect(command.out()).toContain('empty.md rejected: file-empty')
    expect(command.out() + command.said()).not.toContain('\x1b')
    expect(filesBelow(folder.path)).toEqual(before)
  })
})

describe('get', () => {
  test('prints the bytes of one answer, headers on request', async () => {
    using folder = temporaryFolder(publication)
    const plain = await broadsheet('get', '/feed.json', folder.path)
    expect(JSON.parse(plain.out)).toMatchObject({
      title: 'A publication',
      items: [{ title: 'Two' }, { title: 'One' }],
    })
    const full = await broadsheet('get', '/feed.json', folder.path, '-i')
    expect(full.out).toMatch(/^200\n(?:[\w-]+: .*\n)+\n\{/)
    expect(full.out).toContain('content-type: application/feed+json; charset=utf-8\n')
    const etag = /^etag: (.*)$/m.exec(full.out)![1]
    const again = await broadsheet('get', '/feed.json', folder.path, '-i', '-H', `If-None-Match: ${etag}`)
    expect(again.out).toMatch(/^304\n/)
  })

  test('an error answer is printed and means exit code 1', async () => {
    using folder = temporaryFolder(publication)
    expect(await broadsheet('get', '/nowhere', folder.path, '-I')).toMatchObject({
      exitCode: 1,
      out: expect.stringMatching(/^404\n/),
    })
  })
})

describe('build', () => {
  test('writes every path as a file, the same bytes as an answer has', async () => {
    using folder = temporaryFolder(publication)
    using out = temporaryFolder()
    expect((await broadsheet('build', folder.path, '--out', out.at('public'))).exitCode).toBe(0)
    const files = filesBelow(out.at('public'))
    for (const file of [
      'rss.xml',
      'atom.xml',
      'feed.json',
      'index.html',
      'opml.xml',
      'sitemap.xml',
      '404.html',
    ])
      expect(files).toContain(file)
    for (const path of ['/rss.xml', '/atom.xml', '/feed.json'])
      expect(readFileSync(out.at(`public${path}`), 'utf8')).toBe(
        (await broadsheet('get', path, folder.path)).out,
      )
  })

  test('again: nothing is touched; less: what was ours goes, and nothing else', async () => {
    using folder = temporaryFolder(publication)
    const out = folder.at('public')
    const build = () => broadsheet('build', folder.path, '--out', out)
    await build()
    const stamp = statSync(join(out, 'rss.xml')).mtimeMs
    expect((await build()).said).toMatch(/: 0 files written, \d+ unchanged, 0 removed\./)
    expect(statSync(join(out, 'rss.xml')).mtimeMs).toBe(stamp)
    const before = filesBelow(out)
    writeFileSync(join(out, 'CNAME'), 'news.example.org')
    rmSync(folder.at('one.md'))
    expect((await build()).exitCode).toBe(0)
    const gone = before.filter(file => !filesBelow(out).includes(file))
    expect(gone).toEqual(before.filter(file => /(?:^|\/)one\//.test(file)))
    expect(gone).not.toEqual([])
    expect(filesBelow(out)).toContain('CNAME')
  })

  test('an output inside the folder is never read as articles', async () => {
    using folder = temporaryFolder(publication)
    await broadsheet('build', folder.path, '--out', folder.at('public'))
    const { out } = await broadsheet('check', folder.path, '--json')
    expect(JSON.parse(out).totals).toMatchObject({ files: 2, published: 2, ignored: 3 })
  })

  test('without an address, into a foreign folder, or over the articles: refused, nothing written', async () => {
    using folder = temporaryFolder({ ...publication, 'broadsheet.toml': '' })
    using foreign = temporaryFolder({ 'theirs.txt': 'theirs' })
    const before = filesBelow(folder.path)
    const url = ['--url', 'https://news.example.org/']
    const cases: [string[], string][] = [
      [['--out', folder.at('public')], 'The publication has no address yet'],
      [['--out', foreign.path, ...url], 'holds files that Broadsheet did not write'],
      [['--out', folder.path, ...url], 'holds the articles themselves'],
      [['--out', '/', ...url], 'holds the articles themselves'],
    ]
    for (const [words, sentence] of cases) {
      const { exitCode, said } = await broadsheet('build', folder.path, ...words)
      expect([exitCode, said]).toEqual([2, expect.stringContaining(sentence)])
    }
    expect(filesBelow(folder.path)).toEqual(before)
    expect(filesBelow(foreign.path)).toEqual(['theirs.txt'])
  })

  test.each([
    ['articles', 'articles', 'a file that Broadsheet did not write, and a folder has to be there'],
    ['rss.xml/theirs', 'rss.xml', 'a folder that Broadsheet did not make, and a file has to be there'],
  ])(
    '%s of somebody else in an output of ours: it is named, and nothing touched',
    async (file, named, sentence) => {
      using folder = temporaryFolder(publication)
      using out = temporaryFolder()
      await broadsheet('build', folder.path, '--out', out.path)
      rmSync(out.at(named), { recursive: true })
      out.write(file, 'theirs')
      const before = filesBelow(out.path)
      const { exitCode, said } = await broadsheet('build', folder.path, '--out', out.path)
      expect([exitCode, said]).toEqual([
        2,
        expect.stringContaining(
          `${out.at(named)} is ${sentence}. Nothing was touched.\nMove it away, or name another folder to write.`,
        ),
      ])
      expect(filesBelow(out.path)).toEqual(before)
      rmSync(out.at(named), { recursive: true })
      expect((await broadsheet('build', folder.path, '--out', out.path)).exitCode).toBe(0)
    },
  )

  test('a build that was broken off is cleared by the next', async () => {
    using folder = temporaryFolder(publication)
    using out = temporaryFolder({ '.broadsheet-output': 'Written by …\nleft/behind.html\n../outside\n' })
    out.write('left/behind.html', 'old')
    out.write('left/.broadsheet-new', 'half of')
    mkdirSync(out.at('left'), { recursive: true })
    await broadsheet('build', folder.path, '--out', out.path)
    expect(filesBelow(out.path).filter(file => file.startsWith('left'))).toEqual([])
  })

  test('a build that was killed while it wrote its marker leaves a folder that is its own', async () => {
    using folder = temporaryFolder(publication)
    using out = temporaryFolder({ '.broadsheet-new': 'Written by …' })
    const { exitCode } = await broadsheet('build', folder.path, '--out', out.path)
    expect(exitCode).toBe(0)
    expect(filesBelow(out.path)).not.toContain('.broadsheet-new')
  })

  test('articles that come by date are warned of, for files can not', async () => {
    using folder = temporaryFolder({
      ...publication,
      'later.md': datedArticle('Later', '2999-01-01T00:00:00Z'),
    })
    using out = temporaryFolder()
    const { exitCode, said } = await broadsheet('build', folder.path, '--out', out.path)
    expect(said).toContain(
      "1 article comes or goes by date; files can't: build again at 2999-01-01T00:00:00Z.",
    )
    expect(exitCode).toBe(0)
  })
})

test('BROADSHEET_URL gives an address as --url does', async () => {
  using folder = temporaryFolder({ 'one.md': datedArticle('One') })
  await using command = spawnBroadsheet(['get', '/atom.xml'], {
    cwd: folder.path,
    env: { BROADSHEET_URL: 'https://env.example.org/' },
  })
  expect(await command.exited).toBe(0)
  expect(command.out()).toContain('https://env.example.org/atom.xml')
})

describe('--json', () => {
  test('what ended a command is a document too, its findings as those of check', async () => {
    using folder = temporaryFolder({ 'broadsheet.toml': 'titel = "x"\n' })
    const { exitCode, out, said } = await broadsheet('check', folder.path, '--json')
    expect([exitCode, JSON.parse(out)]).toEqual([
      2,
      {
        error: {
          message: 'Nothing was done: the settings have a mistake.',
          hint: null,
          exitCode: 2,
          findings: [
            {
              code: 'settings-unknown',
              severity: 'error',
              path: 'broadsheet.toml',
              line: 1,
              column: 1,
              message: 'There is no setting `titel`.',
              hint: 'Did you mean `title`?',
            },
          ],
        },
      },
    ])
    expect(said).toContain('the settings have a mistake')
    const missing = await broadsheet('serve', folder.at('none'), '--json')
    expect(JSON.parse(missing.out).error).toMatchObject({ exitCode: 2, findings: [] })
  })

  test.each([
    [['check', '--jsn', '--json'], /^unknown option '--jsn'/],
    [['check', '--json', '--preset', 'nothing'], /nothing/],
    [['get', '--json'], /missing required argument 'path'/],
    [['chek', '--json'], /^unknown command 'chek'/],
  ])('a command line that is not understood is one too: %j', async (words, message) => {
    const { exitCode, out, said } = await broadsheet(...words)
    expect([exitCode, JSON.parse(out)]).toEqual([
      2,
      { error: { message: expect.stringMatching(message), hint: null, exitCode: 2, findings: [] } },
    ])
    expect(said).not.toBe('')
  })

  test('help with it is help, and behind -- it is a folder', async () => {
    expect((await broadsheet('check', '--json', '--help')).out).toMatch(/^Usage: /)
    expect((await broadsheet('check', '--wrong', '--', '--json')).out).toBe('')
  })

  test('get: status, headers and body, base 64 where it is not a text', async () => {
    using folder = temporaryFolder(publication)
    const plain = JSON.parse((await broadsheet('get', '/feed.json', folder.path, '--json')).out)
    expect(plain).toMatchObject({
      status: 200,
      headers: { 'content-type': 'application/feed+json; charset=utf-8' },
    })
    expect(JSON.parse(plain.body).title).toBe('A publication')
    const packed = await broadsheet('get', '/rss.xml', folder.path, '--json', '-H', 'Accept-Encoding: gzip')
    expect(JSON.parse(packed.out)).toMatchObject({ status: 200, bodyBase64: expect.stringMatching(/^H4sI/) })
  })

  test('build: what was written', async () => {
    using folder = temporaryFolder(publication)
    using out = temporaryFolder()
    const { out: text } = await broadsheet('build', folder.path, '--out', out.path, '--json')
    expect(JSON.parse(text)).toMatchObject({
      unchanged: 0,
      removed: 0,
      unreadable: [],
      totals: { published: 2 },
    })
  })

  test('serve: one line, once it serves', async () => {
    using folder = temporaryFolder(publication)
    await using command = spawnBroadsheet(['serve', folder.path, '--port', '0', '--json'])
    const [line] = await command.until(/^\{.*\}$/m)
    expect(JSON.parse(line)).toMatchObject({
      url: expect.stringMatching(/^http:\/\/localhost:\d+\/$/),
      feeds: { rss: 'https://news.example.org/rss.xml' },
      totals: { published: 2 },
    })
  })
})

test.each(['--help', '-h'])('%s is answered at once, with the words of the program', async flag => {
  await using fast = spawnBroadsheet([flag])
  await using slow = spawnBroadsheet(['help'])
  expect([await fast.exited, await slow.exited]).toEqual([0, 0])
  expect(fast.out()).toBe(slow.out())
})

test('every command has examples in its help', async () => {
  const { out } = await broadsheet('--help')
  const commands = [...out.matchAll(/^ {2}([a-z]+) /gm)]
    .map(match => match[1]!)
    .filter(name => name !== 'help')
  expect(commands.length).toBeGreaterThanOrEqual(9)
  for (const command of commands)
    expect((await broadsheet(command, '--help')).out).toMatch(/\nExamples:\n {2}(?:source <\()?broadsheet /)
})
