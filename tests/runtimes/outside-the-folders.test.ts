import { execFileSync } from 'node:child_process'
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { describe, expect, test } from 'vitest'
import {
  broadsheet,
  datedArticle,
  eventually,
  serveFolder,
  spawnBroadsheet,
  temporaryFolder,
} from './command-line.ts'

const articles = {
  'broadsheet.toml':
    'title = "News"\nurl = "https://news.example.org/"\ntimezone = "UTC"\nauthors = ["Broadsheet"]\n',
  'one.md': datedArticle('One', undefined, 'Words. ![A picture](one.png)'),
  'one.png': 'no picture, but bytes',
}
const pipe = (path: string) => execFileSync('mkfifo', [path])

describe('nothing outside the output out', () => {
  const built = async (folder: string, out: string) => broadsheet('build', folder, '--out', out)

  test.each(['media', 'articles', 'articles/one', 'tags'])(
    '%s as a link that somebody committed',
    async name => {
      using folder = temporaryFolder({
        ...articles,
        'two.md': datedArticle('Two').replace('---\n\n', 'tags: [x]\n---\n\n'),
      })
      using out = temporaryFolder()
      using target = temporaryFolder({ 'theirs.txt': 'theirs' })
      await built(folder.path, out.path)
      const before = readdirSync(target.path)
      rmSync(out.at(name), { recursive: true })
      symlinkSync(target.path, out.at(name))
      for (const text of [datedArticle('One again', undefined, '![A picture](one.png)'), null]) {
        if (text) folder.write('one.md', text)
        else rmSync(folder.at('one.md'))
        const { exitCode, said } = await built(folder.path, out.path)
        expect([exitCode, said]).toEqual([
          2,
          expect.stringContaining(`${out.at(name)} is a symbolic link that Broadsheet did not make`),
        ])
        expect(readdirSync(target.path)).toEqual(before)
      }
    },
  )

  test('a marker that names files below a link has none of them removed', async () => {
    using folder = temporaryFolder(articles)
    using target = temporaryFolder({ 'theirs.txt': 'theirs' })
    using out = temporaryFolder({ '.broadsheet-output': 'Written by …\nlinked/theirs.txt\n' })
    symlinkSync(target.path, out.at('linked'))
    expect((await built(folder.path, out.path)).exitCode).toBe(2)
    expect(readdirSync(target.path)).toEqual(['theirs.txt'])
  })

  test.each(['.broadsheet-new', `.broadsheet-new.${process.pid}.0`])(
    'media/%s as a link: nothing is written through it',
    async name => {
      using folder = temporaryFolder(articles)
      using target = temporaryFolder({ 'theirs.txt': 'theirs' })
      using out = temporaryFolder({
        '.broadsheet-output': 'Written by …\nmedia/old.png\n',
        'media/old.png': 'old',
      })
      symlinkSync(target.at('theirs.txt'), out.at(`media/${name}`))
      const { exitCode } = await built(folder.path, out.path)
      expect([exitCode, readFileSync(target.at('theirs.txt'), 'utf8')]).toEqual([0, 'theirs'])
      expect(readFileSync(out.at('media/one.png'), 'utf8')).toBe(articles['one.png'])
    },
  )

  test('a file that is a link is replaced, not written through', async () => {
    using folder = temporaryFolder(articles)
    using target = temporaryFolder({ 'theirs.txt': 'theirs' })
    using out = temporaryFolder()
    await built(folder.path, out.path)
    rmSync(out.at('rss.xml'))
    symlinkSync(target.at('theirs.txt'), out.at('rss.xml'))
    expect((await built(folder.path, out.path)).exitCode).toBe(0)
    expect(readFileSync(target.at('theirs.txt'), 'utf8')).toBe('theirs')
    expect(lstatSync(out.at('rss.xml')).isFile()).toBe(true)
  })

  test.each(['link', 'pipe', 'folder'])('a marker that is a %s is none', async kind => {
    using folder = temporaryFolder(articles)
    using target = temporaryFolder({ marker: 'Written by …\nprecious.txt\n' })
    using out = temporaryFolder({ 'precious.txt': 'theirs' })
    const marker = out.at('.broadsheet-output')
    if (kind === 'link') symlinkSync(target.at('marker'), marker)
    else if (kind === 'pipe') pipe(marker)
    else mkdirSync(marker)
    const { exitCode, said } = await built(folder.path, out.path)
    expect([exitCode, said]).toEqual([
      2,
      expect.stringContaining('.broadsheet-output is not a file. Nothing was touched.'),
    ])
    expect(existsSync(out.at('precious.txt'))).toBe(true)
  })

  test('a picture that can not be read now stays as it was built', async () => {
    using folder = temporaryFolder(articles)
    using out = temporaryFolder()
    await built(folder.path, out.path)
    // Listed as a file, and none by the time it is read: the same error as a disk that fails.
    const lines = readFileSync(out.at('.broadsheet-output'), 'utf8')
    expect(lines).toContain('media/one.png')
    const { writeOutput } = await import('../../src/runtimes/node/output-folder.ts')
    const failing = {
      path: '/media/one.png',
      type: 'image/png',
      size: 21,
      stamp: 'other',
      read: () => Promise.reject(new Error('EIO')),
    }
    const publication = {
      documents: [],
      media: [failing],
      redirects: [],
      gone: [],
      url: 'https://news.example.org/',
    }
    const report = await writeOutput(out.path, publication as never)
    expect(report.unreadable).toEqual(['/media/one.png'])
    expect(readFileSync(out.at('media/one.png'), 'utf8')).toBe(articles['one.png'])
    expect(readFileSync(out.at('.broadsheet-output'), 'utf8')).toContain('media/one.png')
  })
})

describe('nothing outside the folder in', () => {
  test('settings that are a link out of the folder: neither followed nor shown', async () => {
    using folder = temporaryFolder({ 'one.md': articles['one.md'] })
    using secret = temporaryFolder({ passwd: 'root:x:0:0:secret\n' })
    symlinkSync(secret.at('passwd'), folder.at('broadsheet.toml'))
    for (const command of ['check', 'build', 'diff']) {
      const { exitCode, out, said } = await broadsheet(
        command,
        folder.path,
        ...(command === 'build' ? ['--out', folder.at('../x')] : []),
      )
      expect([exitCode, out, said]).toEqual([
        2,
        '',
        expect.stringContaining('it is a link that leads out of the folder'),
      ])
      expect(said).not.toContain('secret')
    }
  })

  test('a ledger that is a link is neither read nor written through, and serve says so', async () => {
    using folder = temporaryFolder(articles)
    using theirs = temporaryFolder({ 'broadsheet.ledger': 'theirs' })
    await using server = await serveFolder(folder.path)
    const before = await (await fetch(new URL('rss.xml', server.url))).text()
    rmSync(folder.at('broadsheet.ledger'))
    symlinkSync(theirs.at('broadsheet.ledger'), folder.at('broadsheet.ledger'))
    folder.write('two.md', datedArticle('Two'))
    await eventually(server.said, said => said.includes('This is a symbolic link, and so no ledger.'))
    expect(await (await fetch(new URL('rss.xml', server.url))).text()).toBe(before)
    expect(readFileSync(theirs.at('broadsheet.ledger'), 'utf8')).toBe('theirs')
    const { exitCode, said } = await broadsheet('build', folder.path, '--out', folder.at('out'))
    expect([exitCode, said]).toEqual([expect.any(Number), expect.stringContaining('symbolic link')])
    expect([
      existsSync(folder.at('out/rss.xml')),
      readFileSync(theirs.at('broadsheet.ledger'), 'utf8'),
    ]).toEqual([false, 'theirs'])
  })

  test('settings that are a link inside the folder are read', async () => {
    using folder = temporaryFolder(articles)
    renameSync(folder.at('broadsheet.toml'), folder.at('settings.toml'))
    symlinkSync('settings.toml', folder.at('broadsheet.toml'))
    expect((await broadsheet('check', folder.path, '--json')).exitCode).toBe(0)
  })

  test.each(['broadsheet.toml', 'broadsheet.ledger', '_config.yml', 'config.toml'])(
    '%s that is a pipe or a folder ends no command in waiting',
    async name => {
      for (const make of [pipe, (path: string) => void mkdirSync(path)]) {
        using folder = temporaryFolder(articles)
        rmSync(folder.at(name), { force: true })
        make(folder.at(name))
        await using command = spawnBroadsheet(['check', folder.path])
        expect([0, 1, 2]).toContain(await command.exited)
        expect(command.said()).not.toMatch(/\n {4}at /)
      }
    },
  )

  test('pipes and sockets among articles and media are named and passed over', async () => {
    using folder = temporaryFolder(articles)
    pipe(folder.at('pipe.md'))
    rmSync(folder.at('one.png'))
    pipe(folder.at('one.png'))
    const socket = createServer().listen(folder.at('socket.txt'))
    symlinkSync('pipe.md', folder.at('link.md'))
    symlinkSync('/dev/zero', folder.at('zero.md'))
    try {
      const { out } = await broadsheet('check', folder.path, '--json')
      const { files } = JSON.parse(out)
      const said = files.map((file: { path: string; status: string; diagnostics: { code: string }[] }) => [
        file.path,
        file.status,
        file.diagnostics.map(({ code }) => code).join(),
      ])
      expect(said).toEqual([
        ['link.md', 'rejected', 'file-special'],
        ['one.md', 'published', expect.stringContaining('media-missing')],
        ['pipe.md', 'rejected', 'file-special'],
        ['socket.txt', 'rejected', 'file-special'],
        ['zero.md', 'rejected', 'file-outside'],
      ])
    } finally {
      socket.close()
    }
  })

  test('a pipe in place of the settings of a running server: answers go on', async () => {
    using folder = temporaryFolder(articles)
    await using server = await serveFolder(folder.path)
    rmSync(folder.at('broadsheet.toml'))
    pipe(folder.at('broadsheet.toml'))
    await eventually(
      () => server.said(),
      said => said.includes('is not a file'),
    )
    expect((await fetch(`${server.url}rss.xml`)).status).toBe(200)
  })
})

describe('what is printed', () => {
  const evil = 'a\u001b[2Jb\u009b31mc\u202ed\u0007'

  test.each([
    [[evil]],
    [['check', evil]],
    [['build', 'x', '--out', evil]],
    [['get', evil, 'x']],
    [['doctor', evil]],
    [['diff', '--against', evil, '.']],
    [['check', '--preset', evil]],
  ])('arguments never reach a terminal raw: %j', async words => {
    const { out, said } = await broadsheet(...words)
    expect(out + said).not.toMatch(/[\0-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/)
  })

  test('names, titles and text of articles neither, in --json as escapes', async () => {
    using folder = temporaryFolder({
      ...articles,
      [`${evil}.md`]: `---\ntitle: "x\u202ey\u0085z"\ndate: ${evil}\n---\n\n\u009b2J and ![](${evil}.png)\n`,
    })
    const raw = /[\0-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/
    const json = await broadsheet('check', folder.path, '--json')
    expect(json.out + json.said).not.toMatch(raw)
    expect(JSON.parse(json.out).files.map(({ path }: { path: string }) => path)).toContain(`${evil}.md`)
    const text = await broadsheet('check', folder.path)
    expect(text.out + text.said).not.toMatch(raw)
  })
})
