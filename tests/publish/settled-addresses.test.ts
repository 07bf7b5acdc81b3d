import { rmSync } from 'node:fs'
import { expect, test } from 'vitest'
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
