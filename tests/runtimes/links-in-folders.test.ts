import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { broadsheet, datedArticle, temporaryFolder } from './command-line.ts'

const settings =
  'title = "News"\nurl = "https://news.example.org/"\ntimezone = "UTC"\nauthors = ["Broadsheet"]\n'

interface Finding {
  code: string
  path: string
  message: string
  hint: string
}

async function findingsOf(folder: string): Promise<Finding[]> {
  const { out } = await broadsheet('check', folder, '--json')
  const { files, settings } = JSON.parse(out)
  return [
    ...settings,
    ...files.flatMap((file: { path: string; diagnostics: Finding[] }) =>
      file.diagnostics.map(finding => ({ ...finding, path: file.path })),
    ),
  ]
}

test('a link to a folder is named, outside and inside, with what becomes of the files in it', async () => {
  using place = temporaryFolder({
    'elsewhere/far.md': datedArticle('Far away'),
    'news/broadsheet.toml': settings,
    'news/2026/near.md': datedArticle('Near by'),
  })
  symlinkSync('../elsewhere', place.at('news/old'))
  symlinkSync('2026', place.at('news/latest'))
  const found = await findingsOf(place.at('news'))
  expect(found).toEqual([
    expect.objectContaining({
      code: 'folder-link',
      path: 'latest',
      message: 'This link leads to the folder 2026 and is not followed: the files are read there, once.',
    }),
    expect.objectContaining({
      code: 'file-outside',
      path: 'old',
      message: 'This link leads to a folder outside of this one: nothing in it is read.',
      hint: expect.stringContaining('Copy or mount the folder'),
    }),
  ])
  const { out, exitCode } = await broadsheet('check', place.at('news'))
  expect(exitCode).toBe(1)
  expect(out).toContain('news/latest warning folder-link')
  expect(out).toContain('news/old rejected: file-outside')
  writeFileSync(place.at('news/broadsheet.toml'), `${settings}ignore = ["latest", "old"]\n`)
  expect(await findingsOf(place.at('news'))).toEqual([])
})

test('a link to a folder in which nobody looks for articles: they are not read, or nothing is lost', async () => {
  using place = temporaryFolder({
    'broadsheet.toml': `${settings}preset = "jekyll"\n`,
    '_config.yml': 'title: News\n',
    '_posts/2026-01-01-a.md': datedArticle('A'),
    'kept/2026-01-02-b.md': datedArticle('B').replace('---\n\n', 'layout: post\n---\n\n'),
    'assets/css/a.css': '',
  })
  symlinkSync('../kept', place.at('_posts/kept'))
  symlinkSync('css', place.at('assets/style'))
  const links = (await findingsOf(place.path)).filter(({ code }) => code === 'folder-link')
  expect(links).toEqual([
    expect.objectContaining({
      path: '_posts/kept',
      message: expect.stringMatching(/^This link leads to the folder kept and is not followed: /),
    }),
  ])
})

test('pictures by a link out of the folder are said to lead outside', async () => {
  using place = temporaryFolder({
    'pictures/pier.png': 'bytes',
    'news/broadsheet.toml': `${settings}icon = "icon.png"\n`,
    'news/one.md': datedArticle(
      'One',
      undefined,
      '![A](pier.png) ![B](far/pier.png) ![C](none.png) <img srcset="pier.png 2x" src="https://example.org/a.png">',
    ).replace('---\n\n', 'image: lead.png\naudio: ep.mp3\n---\n\n'),
  })
  for (const name of ['pier.png', 'lead.png', 'ep.mp3', 'icon.png'])
    symlinkSync('../pictures/pier.png', place.at(`news/${name}`))
  symlinkSync('../pictures', place.at('news/far'))
  const found = await findingsOf(place.at('news'))
  const said = found.map(({ code, message }) => [code, message])
  const outside = (name: string) => [
    'media-outside',
    expect.stringMatching(
      new RegExp(
        `^"${name}"( \\(2 times\\))? leads out of the folder, by a symbolic link that is not followed`,
      ),
    ),
  ]
  for (const name of ['pier.png', 'far/pier.png', 'lead.png', 'ep.mp3'])
    expect(said, name).toContainEqual(outside(name))
  expect(said).toContainEqual(['media-missing', '"none.png" leads to no file in the folder.'])
  expect(said).toContainEqual([
    'setting-file-missing',
    '`icon` names icon.png; this link leads out of the folder, and is not followed.',
  ])
})

test('of what is no file, and of names that are not UTF-8, the true reason and its cure are given', async () => {
  using folder = temporaryFolder({ 'broadsheet.toml': settings })
  execFileSync('mkfifo', [folder.at('pipe.md')])
  const named = (...bytes: number[]) => Buffer.concat([Buffer.from(`${folder.path}/`), Buffer.from(bytes)])
  writeFileSync(named(0x63, 0xe9, 0x2e, 0x6d, 0x64), 'text')
  mkdirSync(named(0x64, 0xe9))
  const found = await findingsOf(folder.path)
  expect(found.map(({ path, code }) => [path, code])).toEqual([
    ['c\ufffd.md', 'file-name-encoding'],
    ['d\ufffd', 'file-name-encoding'],
    ['pipe.md', 'file-special'],
  ])
  for (const { hint } of found) expect(hint).not.toMatch(/readable|chmod/)
})

test('an article that a link leads to is published once, and what it keeps back nowhere', async () => {
  using folder = temporaryFolder({
    'broadsheet.toml': settings,
    'one.md': datedArticle(
      'One',
      undefined,
      'See [two](latest.md), [it](paper.pdf) and ![this](picture.png).',
    ),
    'two.md': datedArticle('Two'),
    'kept.md': datedArticle('Marmalade', undefined, 'Marmalade.').replace('date:', 'draft: true\ndate:'),
  })
  symlinkSync('two.md', folder.at('latest.md'))
  symlinkSync('kept.md', folder.at('paper.pdf'))
  symlinkSync('kept.md', folder.at('picture.png'))
  const { out } = await broadsheet('check', folder.path, '--json')
  const { files } = JSON.parse(out)
  expect(files.map(({ path, status }: { path: string; status: string }) => [path, status])).toEqual([
    ['kept.md', 'withheld'],
    ['one.md', 'published'],
    ['two.md', 'published'],
  ])
  expect(files[1].article.html).toContain(`href="${files[2].article.url}"`)
  expect((await findingsOf(folder.path)).filter(({ code }) => code === 'file-link')).toEqual(
    ['latest.md', 'paper.pdf', 'picture.png'].map(path => expect.objectContaining({ path })),
  )
  expect((await broadsheet('build', folder.path, '--out', folder.at('out'))).exitCode).toBe(0)
  const made = readdirSync(folder.at('out'), { recursive: true, withFileTypes: true })
  for (const entry of made.filter(entry => entry.isFile()))
    expect(readFileSync(join(entry.parentPath, entry.name), 'latin1')).not.toContain('Marmalade')
})
