import { existsSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Ledger } from '../../src/model/ledger.ts'
import { inspect } from '../../src/publish/inspect.ts'
import { broadsheet, datedArticle, temporaryFolder } from '../runtimes/command-line.ts'
import { livingPublication } from '../support/archive-client.ts'
import { exampleSite } from '../support/articles.ts'
import { madeUpText, randomNumbers } from '../support/folders.ts'
import { memorySource } from '../support/memory-source.ts'

const claiming = (title: string, url: string, more = '') =>
  datedArticle(title).replace('---\n', `---\nurl: ${url}\n${more}`)

const settings = 'title = "T"\nurl = "https://example.org/"\n'

/** Paths on the publication, by file. */
async function addresses(folder: { path: string }): Promise<Record<string, string>> {
  const { out } = await broadsheet('check', folder.path, '--json')
  const { files } = JSON.parse(out) as { files: { path: string; article: { url: string } | null }[] }
  return Object.fromEntries(
    files.map(({ path, article }) => [path, article ? new URL(article.url).pathname : '']),
  )
}

test('an article that could not have its address stays where it was published, whoever leaves', async () => {
  using folder = temporaryFolder({ 'broadsheet.toml': settings })
  for (const name of ['a', 'b', 'c']) folder.write(`${name}.md`, claiming(`Title ${name}`, '/same/'))
  using out = temporaryFolder({})
  const publish = () => broadsheet('build', folder.path, '--out', out.path)
  await publish()
  rmSync(folder.at('a.md'))
  expect((await broadsheet('diff', folder.path)).out).not.toContain('address')
  expect(await addresses(folder)).toEqual({ 'b.md': '/same-2/', 'c.md': '/same-3/' })
  const { out: report } = await broadsheet('check', folder.path)
  expect(report).toContain(
    "https://example.org/same/ was another article's when this one was published; it stays at https://example.org/same-2/.",
  )
  await publish()
  // Its address is free for one that is new.
  folder.write('d.md', claiming('Title d', '/same/'))
  expect(await addresses(folder)).toEqual({ 'b.md': '/same-2/', 'c.md': '/same-3/', 'd.md': '/same/' })
})

test('a newcomer takes nobody’s address away, though its file comes first', async () => {
  using folder = temporaryFolder({ 'broadsheet.toml': settings, 'b.md': claiming('Title b', '/same/') })
  using out = temporaryFolder({})
  await broadsheet('build', folder.path, '--out', out.path)
  folder.write('a.md', claiming('Title a', '/same/'))
  expect(await addresses(folder)).toEqual({ 'a.md': '/same-2/', 'b.md': '/same/' })
})

test('an address that several articles had leads to the newest of them', async () => {
  const made = (day: number) =>
    `---\ntitle: Number ${day}\ndate: 2026-01-0${day}\n---\n${madeUpText(randomNumbers(day), 60)}\n`
  using folder = temporaryFolder({ 'broadsheet.toml': settings, 'other.md': made(9), 'more.md': made(8) })
  using out = temporaryFolder({})
  for (const day of [1, 2, 3]) {
    folder.write('latest.md', made(day))
    await broadsheet('build', folder.path, '--out', out.path)
    renameSync(folder.at('latest.md'), folder.at(`number-${day}.md`))
  }
  await broadsheet('build', folder.path, '--out', out.path)
  expect(readFileSync(out.at('articles/latest/index.html'), 'utf8')).toContain(
    'url=https://example.org/articles/number-3/',
  )
})

describe('a file that gets another name keeps the address of its article', () => {
  const names = ['b', 'c', 'd']
  const published = async (folder: ReturnType<typeof temporaryFolder>) => {
    using out = temporaryFolder({})
    for (const name of names) folder.write(`${name}.md`, claiming(`Title ${name}`, '/same/'))
    await broadsheet('build', folder.path, '--out', out.path)
  }
  test.each([
    ['the holder, and a newcomer', { b: 'e' }, { e: '/same/', c: '/same-2/', d: '/same-3/', a: '/same-4/' }],
    [
      'one that gave way, and a newcomer',
      { c: 'e' },
      { b: '/same/', e: '/same-2/', d: '/same-3/', a: '/same-4/' },
    ],
    ['two in another order', { c: 'y', d: 'x' }, { b: '/same/', y: '/same-2/', x: '/same-3/' }],
  ])('%s', async (what, renamed, wanted) => {
    using folder = temporaryFolder({ 'broadsheet.toml': settings })
    await published(folder)
    for (const [from, to] of Object.entries(renamed))
      renameSync(folder.at(`${from}.md`), folder.at(`${to}.md`))
    if (what.includes('newcomer')) folder.write('a.md', claiming('Title a', '/same/'))
    expect(await addresses(folder)).toEqual(
      Object.fromEntries(Object.entries(wanted).map(([name, address]) => [`${name}.md`, address])),
    )
    expect((await broadsheet('diff', folder.path)).out).not.toContain('another address')
  })
  test('when the one that it gave way to has gone before', async () => {
    using folder = temporaryFolder({ 'broadsheet.toml': settings })
    using out = temporaryFolder({})
    await published(folder)
    rmSync(folder.at('b.md'))
    await broadsheet('build', folder.path, '--out', out.path)
    renameSync(folder.at('c.md'), folder.at('z.md'))
    expect(await addresses(folder)).toEqual({ 'd.md': '/same-3/', 'z.md': '/same-2/' })
  })
})

describe('an article that moves keeps its address, though another takes its file’s name in the same step', () => {
  const [monday, tuesday] = ['Monday', 'Tuesday'].map(title =>
    datedArticle(title).replace('\n---\n', `\n---\n${madeUpText(randomNumbers(title.length), 60)}\n`),
  ) as [string, string]
  const renamed = { 'today.md': '/articles/today-2/', '2026/today.md': '/articles/today/' }
  test('by two builds', async () => {
    using folder = temporaryFolder({ 'broadsheet.toml': settings, 'today.md': monday })
    using out = temporaryFolder({})
    await broadsheet('build', folder.path, '--out', out.path)
    folder.write('2026/today.md', monday)
    folder.write('today.md', tuesday)
    expect(await addresses(folder)).toEqual(renamed)
    expect((await broadsheet('diff', folder.path)).out).not.toContain('another address')
  })
  test.each([
    ['at once', [{ 'today.md': tuesday, '2026/today.md': monday }]],
    ['one after the other', [{ 'today.md': null, '2026/today.md': monday }, { 'today.md': tuesday }]],
  ])('while it is watched, %s', async (_, steps) => {
    const files = new Map([['today.md', monday]])
    const publish = livingPublication(exampleSite, files)
    let now = Date.parse('2026-11-01T00:00:00Z')
    const before = await publish(now)
    let after = before
    for (const step of steps) {
      for (const [path, text] of Object.entries(step))
        if (text === null) files.delete(path)
        else files.set(path, text)
      now += 1000
      after = await publish(now)
    }
    const { articles } = after.inspection
    expect(Object.fromEntries(articles.map(({ path, url }) => [path, new URL(url).pathname]))).toEqual(
      renamed,
    )
    expect(articles.find(({ path }) => path === '2026/today.md')!.id).toBe(before.inspection.articles[0]!.id)
  })
})

test('two that claim one address keep theirs when their files change names', async () => {
  using folder = temporaryFolder({ 'broadsheet.toml': settings })
  using out = temporaryFolder({})
  const [b, c] = [claiming('Title b', '/same/'), claiming('Title c', '/same/')]
  folder.write('b.md', b)
  folder.write('c.md', c)
  await broadsheet('build', folder.path, '--out', out.path)
  folder.write('b.md', c)
  folder.write('c.md', b)
  expect(await addresses(folder)).toEqual({ 'c.md': '/same/', 'b.md': '/same-2/' })
})

test('what can’t be read just now keeps its address, and its page', async () => {
  using folder = temporaryFolder({ 'broadsheet.toml': settings, 'b.md': claiming('Title b', '/same/') })
  using out = temporaryFolder({})
  const publish = () => broadsheet('build', folder.path, '--out', out.path)
  await publish()
  const text = readFileSync(folder.at('b.md'), 'utf8')
  rmSync(folder.at('b.md'))
  symlinkSync('nowhere.md', folder.at('b.md'))
  folder.write('a.md', claiming('Title a', '/same/'))
  expect(await addresses(folder)).toMatchObject({ 'a.md': '/same-2/' })
  expect((await publish()).said).toContain("1 of the published articles can't be read now")
  expect(readFileSync(join(out.path, 'same/index.html'), 'utf8')).toContain('Title b')
  rmSync(folder.at('b.md'))
  folder.write('b.md', text)
  expect(await addresses(folder)).toEqual({ 'a.md': '/same-2/', 'b.md': '/same/' })
})

describe('a file that holds no text withdraws no article that was published', () => {
  const textless: [string, string][] = [
    ['nothing', ''],
    ['white space', ' \n\n'],
    ['NUL bytes', '\0'.repeat(4096)],
    ['front matter that is cut', datedArticle('Title b').slice(0, 20)],
    ['the half that was written, and NUL bytes', `${datedArticle('Title b')}${'\0'.repeat(4096)}`],
  ]
  test.each(textless)('%s: build publishes nothing, and says what to do', async (_, text) => {
    using folder = temporaryFolder({ 'broadsheet.toml': settings, 'b.md': datedArticle('Title b') })
    using out = temporaryFolder({})
    const publish = () => broadsheet('build', folder.path, '--out', out.path)
    await publish()
    const page = join(out.path, 'articles/b/index.html')
    folder.write('b.md', text)
    folder.write('never-published.md', text)
    const { said } = await publish()
    expect(said).toContain("1 of the published articles can't be read now")
    expect(said).toContain('restore one that holds no text')
    expect(readFileSync(page, 'utf8')).toContain('Title b')
    // Who removes it withdraws it; the other one was never more than rejected.
    rmSync(folder.at('b.md'))
    expect((await publish()).said).not.toContain("can't be read now")
    expect(existsSync(page)).toBe(false)
  })
  test.each(textless)('%s: a server goes on with what it has, until there is text again', async (_, text) => {
    const files = new Map([
      ['a.md', datedArticle('Title a')],
      ['b.md', datedArticle('Title b')],
    ])
    const publish = livingPublication(exampleSite, files)
    const now = Date.parse('2026-11-01T00:00:00Z')
    const before = await publish(now)
    files.set('b.md', text)
    files.set('never-published.md', text)
    const during = await publish(now + 1000)
    expect(during.inspection.ledger).toBe(before.inspection.ledger)
    expect(during.documents.get('articles/b/index.html')).toEqual(
      before.documents.get('articles/b/index.html'),
    )
    expect([...during.inspection.unavailable]).toEqual(['b.md'])
    expect(during.inspection.files.find(({ path }) => path === 'b.md')!.diagnostics).toMatchObject([
      { code: expect.stringMatching(/^(?:file-(?:empty|binary)|front-matter-cut)$/) },
    ])
    files.set('b.md', datedArticle('Title b, again'))
    const { inspection } = await publish(now + 2000)
    expect([...inspection.unavailable]).toEqual([])
    expect(inspection.articles.map(({ title, id }) => [title, id]).sort()).toEqual([
      ['Title a', before.inspection.articles.find(({ title }) => title === 'Title a')!.id],
      ['Title b, again', before.inspection.articles.find(({ title }) => title === 'Title b')!.id],
    ])
  })
  test('an empty file in the place of an article that was moved is no article', async () => {
    const files = new Map([['today.md', datedArticle('Monday')]])
    const publish = livingPublication(exampleSite, files)
    const now = Date.parse('2026-11-01T00:00:00Z')
    const before = await publish(now)
    files.set('2026/today.md', datedArticle('Monday'))
    files.set('today.md', '')
    const { inspection } = await publish(now + 1000)
    expect(inspection.articles.map(({ path, id }) => [path, id])).toEqual([
      ['2026/today.md', before.inspection.articles[0]!.id],
    ])
  })
})

test('one file, one address: what would be the same file of a static host is given to one article', async () => {
  using folder = temporaryFolder({
    'broadsheet.toml': settings,
    'a.md': claiming('Title a', '/same/'),
    'b.md': claiming('Title b', '/same'),
    'c.md': claiming('Title c', '/same/index.html'),
    'd.md': claiming('Title d', '/index.html'),
    'e.md': claiming('Title e', '/style.css/'),
  })
  expect(await addresses(folder)).toEqual({
    'a.md': '/same/',
    'b.md': '/same-2/',
    'c.md': '/same-3/',
    'd.md': '/index-2/',
    'e.md': '/style.css-2/',
  })
})

test('a draft takes no address of what is published beside it', async () => {
  using folder = temporaryFolder({
    'broadsheet.toml': settings,
    'a.md': claiming('Title a', '/same/', 'draft: true\n'),
    'b.md': claiming('Title b', '/same/'),
  })
  expect(await addresses(folder)).toMatchObject({ 'b.md': '/same/' })
})

test('an author gives another address by writing one, and diff says so', async () => {
  using folder = temporaryFolder({ 'broadsheet.toml': settings, 'a.md': claiming('Title a', '/one/') })
  using out = temporaryFolder({})
  await broadsheet('build', folder.path, '--out', out.path)
  folder.write('a.md', claiming('Title a', '/two/'))
  expect((await broadsheet('diff', folder.path)).out).toBe(
    '1 article with another address:\n  Title a  tag:example.org,2026:file/a.md  (before: /one/)\n',
  )
})

test('a number that an author wrote is no number behind an address', async () => {
  using folder = temporaryFolder({ 'broadsheet.toml': settings, 'a.md': claiming('Title a', '/part-2/') })
  using out = temporaryFolder({})
  await broadsheet('build', folder.path, '--out', out.path)
  folder.write('a.md', claiming('Title a', '/part/'))
  expect(await addresses(folder)).toEqual({ 'a.md': '/part/' })
})

test('while files come, go and change their words, no address changes but by its author', async () => {
  const random = randomNumbers(11)
  const files = new Map<string, string>()
  const publish = livingPublication(exampleSite, files)
  let now = Date.parse('2026-11-01T00:00:00Z')
  let known: Ledger['entries'] = new Map()
  const claims = new Map<string, string>()
  let claimed = new Map<string, string>()
  for (let step = 0; step < 60; step++) {
    const path = `${Math.floor(random() * 12)}.md`
    if (random() < 0.35) files.delete(path)
    else {
      const isNew = !files.has(path)
      const claim =
        isNew || random() < 0.1 ? `/${'xyz'.charAt(Math.floor(random() * 3))}/` : claims.get(path)!
      claims.set(path, claim)
      files.set(
        path,
        claiming(`Title ${path}`, claim).replace(/\n---\n.*$/s, `\n---\n${madeUpText(random, 60)}\n`),
      )
    }
    now += 3_600_000
    const { inspection } = await publish(now)
    const { entries } = inspection.ledger
    const places = [...entries.values()].filter(({ withdrawn }) => withdrawn === null)
    expect(new Set(places.map(({ address }) => address)).size, `step ${step}`).toBe(places.length)
    for (const { id, address, path: file } of places) {
      const before = known.get(id)
      const isSame =
        before?.withdrawn === null && before.path === file && claimed.get(file) === claims.get(file)
      if (isSame) expect(address, `step ${step}, ${file}`).toBe(before.address)
    }
    known = entries
    claimed = new Map(claims)
    // Who begins anew with what is remembered comes to the same.
    const anew = await inspect(memorySource(files), exampleSite, { now, ledger: inspection.ledger })
    expect([...anew.ledger.entries.values()].map(({ id, address }) => [id, address])).toEqual(
      [...entries.values()].map(({ id, address }) => [id, address]),
    )
  }
})
