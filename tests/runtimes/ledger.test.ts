import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { parseLedger } from '../../src/catalog/ledger-text.ts'
import { createPublisher } from '../../src/publish/publisher.ts'
import { run } from '../../src/runtimes/cli/program.ts'
import { ledgerFile, openLedger } from '../../src/runtimes/node/ledger-file.ts'
import { folderSource } from '../../src/source/folder.ts'
import { exampleSite } from '../support/articles.ts'
import { killBuilds } from '../support/ledger-kills.ts'

let folder: string
let out: string
const article = (title: string, words: string, date = '2026-01-01') =>
  `---\ntitle: ${title}\ndate: ${date}\n---\n${words}\n`

beforeEach(async () => {
  const base = await mkdtemp(join(tmpdir(), 'broadsheet-ledger-'))
  ;[folder, out] = [join(base, 'articles'), join(base, 'out')]
  await mkdir(folder)
  await writeFile(
    join(folder, 'broadsheet.toml'),
    'title = "Test"\nurl = "https://example.org/"\ntimezone = "UTC"\n',
  )
  for (const n of [1, 2, 3, 4])
    await put(`${n}.md`, article(`Article ${n}`, `The ${n * 7919} words of this one are ${n} of a kind.`))
})
afterEach(() => rm(join(folder, '..'), { recursive: true, force: true }))

const put = (name: string, text: string) => writeFile(join(folder, name), text)
const ledger = () => readFile(join(folder, ledgerFile), 'utf8')

async function broadsheet(...words: string[]) {
  const said: string[] = []
  const printed: string[] = []
  const code = await run(words, {
    out: data => void printed.push(String(data)),
    say: talk => void said.push(talk),
    outStyle: (_, text) => text,
    style: (_, text) => text,
  })
  return { code, said: said.join('\n'), printed: printed.join('') }
}
const build = (...more: string[]) => broadsheet('build', folder, '--out', out, ...more)

test('build remembers ids; a renamed and edited file keeps its own, and its former address leads to the new one', async () => {
  expect((await build()).code).toBe(0)
  await rm(join(folder, '1.md'))
  await put('renamed.md', article('Article 1', 'The 7919 words of this one are 1 of a kind. And more.'))
  expect((await build()).code).toBe(0)
  expect(await readFile(join(out, 'rss.xml'), 'utf8')).toContain('>tag:example.org,2026:file/1.md<')
  const answer = await broadsheet('get', '/articles/1/', folder, '-i')
  expect(answer.printed).toMatch(/^301\n[\s\S]*location: https:\/\/example\.org\/articles\/renamed\//)
})

test('a new host changes no id, of an article or of a feed', async () => {
  await build()
  const before = await readFile(join(out, 'atom.xml'), 'utf8')
  await build('--url', 'https://moved.example/blog/', '--accept', '4')
  const after = await readFile(join(out, 'atom.xml'), 'utf8')
  const ids = (text: string) => [...text.matchAll(/<id>(.*?)<\/id>/g)].map(([, id]) => id)
  expect(ids(before)).toHaveLength(5)
  expect(ids(after)).toEqual(ids(before))
  expect(after).toContain('https://moved.example/blog/articles/1/')
})

test('diff says that a new url changes every address, and publishing asks once', async () => {
  await build()
  expect(await ledger()).toContain('\n# url https://example.org/\n')
  const moved = ['--url', 'https://moved.example/blog/']
  const said =
    'Every address changes, of articles, pages and feeds:\n  https://example.org/ → https://moved.example/blog/\n  Ids stay, so nothing turns unread.'
  expect((await broadsheet('diff', folder, ...moved)).printed).toContain(said)
  expect(JSON.parse((await broadsheet('diff', folder, ...moved, '--json')).printed)).toMatchObject({
    url: { from: 'https://example.org/', to: 'https://moved.example/blog/' },
    renotified: [],
    readdressed: [],
  })
  const refused = await build(...moved)
  expect(refused.code).toBe(2)
  expect(refused.said).toContain(
    'Nothing is published: 4 of 4 known articles would have another address: the publication was at https://example.org/, and `url` says https://moved.example/blog/.',
  )
  expect(refused.said).toContain('add --accept 4')
  expect(refused.said).toContain(said)
  expect(await readFile(join(out, 'rss.xml'), 'utf8')).not.toContain('moved.example')
  expect((await broadsheet('accept', '4', folder, ...moved)).code).toBe(0)
  expect((await broadsheet('diff', folder, ...moved)).printed).toBe('Subscribers will see no change.\n')
  expect((await build(...moved)).code).toBe(0)
  expect((await broadsheet('diff', folder)).printed).toContain(
    'https://moved.example/blog/ → https://example.org/',
  )
})

test('a ledger of an older version learns the url without a word, and not from a preview or where it can’t be kept', async () => {
  await build()
  const older = (await ledger()).replace(/^# url .*\n/m, '')
  await put(ledgerFile, older)
  expect((await broadsheet('diff', folder, '--url', 'https://moved.example/')).printed).toBe(
    'Subscribers will see no change.\n',
  )
  const source = { ledger: openLedger(folder), clock: Date.now, source: folderSource(folder) }
  const plan = await createPublisher({
    ...source,
    ledger: { ...source.ledger, writable: async () => false },
  }).plan({ ...exampleSite, preview: false })
  expect(plan.inspection.ledger).toBe(plan.before.ledger)
  expect((await build()).code).toBe(0)
  expect(await ledger()).toContain('\n# url https://example.org/\n')
  await put('broadsheet.toml', 'title = "Test"\n')
  expect((await broadsheet('diff', folder)).printed).toBe('Subscribers will see no change.\n')
})

test('a withdrawn article answers 410, and check, diff and get write nothing', async () => {
  await build()
  await rm(join(folder, '2.md'))
  const before = await ledger()
  expect((await broadsheet('get', '/articles/2/', folder, '-i')).printed).toMatch(/^410/)
  expect((await broadsheet('diff', folder)).printed).toContain('1 article withdrawn:\n  Article 2')
  await broadsheet('check', folder)
  expect(await ledger()).toBe(before)
  await build()
  expect(parseLedger(await ledger()).entries.get('tag:example.org,2026:file/2.md')!.withdrawn).not.toBeNull()
})

test('a preview writes no ledger', async () => {
  await put('broadsheet.toml', 'title = "Test"\n')
  await broadsheet('get', '/', folder)
  await expect(ledger()).rejects.toThrow('ENOENT')
})

test('a damaged ledger stops the publication with its line', async () => {
  await build()
  const whole = await ledger()
  const line = whole.slice(0, whole.indexOf('{"id"')).split('\n').length
  await put(ledgerFile, whole.replace('{"id"', '{id'))
  const { code, said } = await build()
  expect(code).toBe(2)
  expect(said).toContain(`broadsheet.ledger:${line}: This line is damaged`)
  await put(ledgerFile, '')
  expect((await build()).code).toBe(2)
})

test('the first build says that there is a ledger and that it must be kept; the next one does not', async () => {
  expect((await build()).said).toContain(
    'broadsheet.ledger was made: it remembers which article has which id. Keep it',
  )
  expect((await build()).said).not.toContain('was made')
})

test('a merge that was left unfinished says how to finish it, and nothing of a backup', async () => {
  await build()
  const text = await ledger()
  await put(ledgerFile, text.replace('{', '<<<<<<< HEAD\n{'))
  const { code, said } = await build()
  expect(code).toBe(2)
  expect(said).toContain('A merge was left unfinished here. Nothing is published')
  expect(said).toContain('Keep the lines of both sides, and remove the three kinds of markers')
  expect(said).not.toContain('backup')
})

test('a folder that is suddenly empty is not published, unless the very number is accepted', async () => {
  await build()
  for (const n of [1, 2, 3, 4]) await rename(join(folder, `${n}.md`), join(folder, '..', `${n}.md`))
  const refused = await build()
  expect([refused.code, refused.said]).toEqual([2, expect.stringContaining('--accept 4')])
  expect(await readFile(join(out, 'rss.xml'), 'utf8')).toContain('Article 1')
  expect((await build('--accept', '3')).code).toBe(2)
  expect((await build('--accept', '4')).code).toBe(0)
})

test("adopt takes over another program's ids and dates", async () => {
  await put('broadsheet.toml', 'title = "Test"\nurl = "https://example.org/"\ntimezone = "UTC"\nlimit = 50\n')
  await put(
    'old-feed.xml',
    `<rss version="2.0"><channel><title>x</title><link>https://x.example/</link><description/><item><title>Article 3</title><guid>12345</guid><link>https://x.example/3</link><pubDate>Thu, 01 Jan 2026 09:00:00 GMT</pubDate></item></channel></rss>`,
  )
  const adopted = await broadsheet('adopt', join(folder, 'old-feed.xml'), folder)
  expect([adopted.code, adopted.printed]).toEqual([0, '3.md  12345\n'])
  await build()
  expect(await readFile(join(out, 'rss.xml'), 'utf8')).toContain('<guid isPermaLink="false">12345</guid>')
  expect(await readFile(join(out, 'atom.xml'), 'utf8')).toContain('<id>tag:example.org,2026:guid/12345</id>')
  // The file says the day alone; subscribers know the hour.
  expect(await readFile(join(out, 'rss.xml'), 'utf8')).toContain('<pubDate>Thu, 01 Jan 2026 09:00:00 GMT<')
  const again = await broadsheet('diff', folder, '--against', join(folder, 'old-feed.xml'))
  expect(again.printed).not.toContain('another date')
  await put('3.md', article('Article 3', 'The 23757 words of this one are 3 of a kind.', '2026-01-05'))
  await build()
  expect(await readFile(join(out, 'rss.xml'), 'utf8')).toContain('<pubDate>Mon, 05 Jan 2026 00:00:00 GMT<')
})

test('a build after an adoption changes no date that subscribers know, so no alarm is raised', async () => {
  const numbers = Array.from({ length: 12 }, (_, n) => n + 1)
  for (const n of numbers)
    await put(`${n}.md`, article(`Article ${n}`, `The ${n * 7919} words are ${n} of a kind.`))
  const items = numbers.map(
    n =>
      `<item><title>Article ${n}</title><guid>old-${n}</guid><pubDate>Thu, 01 Jan 2026 ${String(n).padStart(2, '0')}:00:00 GMT</pubDate></item>`,
  )
  await put('old-feed.xml', `<rss version="2.0"><channel><title>x</title>${items.join('')}</channel></rss>`)
  expect((await broadsheet('adopt', join(folder, 'old-feed.xml'), folder)).code).toBe(0)
  expect((await broadsheet('diff', folder)).printed).toBe('Subscribers will see no change.\n')
  // Twice: what was taken over is not lost when the ledger is written again.
  for (const _ of ['first', 'second']) {
    expect((await build()).code).toBe(0)
    expect(await readFile(join(out, 'rss.xml'), 'utf8')).toContain('<pubDate>Thu, 01 Jan 2026 12:00:00 GMT<')
  }
  // A file that is moved and edited at once is still recognised by the date that it gives itself.
  await rm(join(folder, '7.md'))
  await put('moved.md', article('Article 7', 'Entirely other words, for once.'))
  await build()
  expect(await readFile(join(out, 'rss.xml'), 'utf8')).toContain('>old-7<')
})

test('an undated article gets the instant of its first publication, once', async () => {
  await put('broadsheet.toml', 'title = "Test"\nurl = "https://example.org/"\nundated = "first-seen"\n')
  await put('undated.md', '---\ntitle: Undated\n---\nWords.\n')
  const seen = async () =>
    /<title>Undated<\/title>[\s\S]*?<pubDate>(.*?)<\/pubDate>/.exec(
      await readFile(join(out, 'rss.xml'), 'utf8'),
    )?.[1]
  await build()
  const first = await seen()
  expect(Date.parse(first!)).toBeGreaterThan(Date.now() - 60_000)
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 86_400_000 })
  await put('another.md', article('Another', 'Other words.'))
  try {
    await build()
  } finally {
    vi.useRealTimers()
  }
  expect(await seen()).toBe(first)
})

// `tests/fuzz/ledger.fuzz.ts` does the same a hundred times.
test('killed while it publishes, again and again, the ledger is always whole', async () => {
  const { failures, killed } = await killBuilds({ count: 6, articles: 300, seed: 1 })
  expect(failures).toEqual([])
  expect(killed).toBe(6)
})
