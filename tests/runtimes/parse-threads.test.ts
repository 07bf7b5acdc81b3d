import { readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createPipeline, inspect } from '../../src/publish/inspect.ts'
import type { ReadingTask, StartParseWorkers } from '../../src/publish/parse-workers.ts'
import { nodeDigest } from '../../src/runtimes/node/codings.ts'
import { keptThread, readingThreads } from '../../src/runtimes/node/parse-threads.ts'
import { folderSource, presetFolder } from '../../src/source/folder.ts'
import { recognisePreset } from '../../src/systems/recognise-preset.ts'
import { exampleSite } from '../support/articles.ts'
import { recordingCache } from '../support/recording-cache.ts'
import { datedArticle, temporaryFolder } from './command-line.ts'

const root = join(import.meta.dirname, '../..')
const fixtures = readdirSync(join(root, 'tests/fixtures')).map(name => `tests/fixtures/${name}`)
const site = { ...exampleSite, maxFileBytes: 100_000 }

/** Everything that was found, down to each reading. */
async function look(folder: string, startWorkers?: StartParseWorkers) {
  const { cache, readings } = recordingCache()
  const { files, totals } = await inspect(folderSource(folder), site, {
    now: Date.parse('2026-11-01T00:00:00Z'),
    cache,
    digest: nodeDigest,
    ...(startWorkers && { startWorkers }),
  })
  return JSON.stringify(
    { files, totals, readings: [...readings].sort(([a], [b]) => (a < b ? -1 : 1)) },
    null,
    1,
  ).split('\n')
}

test.each(['seeds', 'docs', ...fixtures])('%s is read by threads as it is read alone', async name => {
  const folder = join(root, name)
  expect(await look(folder, readingThreads(folder, 2))).toEqual(await look(folder))
})

const task: ReadingTask = {
  site,
  articles: ['a.md', 'b.md'],
  media: [{ path: 'a.mp3', size: 7 }],
  boilerplate: new Map(),
  dateOrders: new Map(),
}

test('threads answer in the order they were asked, knowing of the other files', async () => {
  using folder = temporaryFolder({
    'a.md': datedArticle('A', undefined, '[To b](b.md), [to nothing](c.md) and ![a sound](a.mp3).'),
    'b.md': datedArticle('B'),
  })
  const { files } = await folderSource(folder.path).list()
  const help = readingThreads(folder.path, 1)(() => task, 0)
  try {
    const [read] = help.readers
    const answers = await Promise.all([read!(files), read!(files.toReversed()), read!([])])
    expect(answers.map(readings => readings.map(({ article }) => article?.title))).toEqual([
      ['A', 'B'],
      ['B', 'A'],
      [],
    ])
    const [{ article, asked, file }] = answers[0] as [(typeof answers)[0][0]]
    expect(file).toEqual(files[0])
    expect(article?.media).toEqual(['a.mp3'])
    expect(article?.html).toContain('.file/b.md"')
    expect(asked.filter(([, state]) => state !== null)).toEqual([
      ['b.md', 0],
      ['a.mp3', 7],
    ])
    // What is not there is looked for in every place that it could be meant in.
    expect(asked).toContainEqual(['c.md', null])
  } finally {
    help.end()
  }
})

test('what a thread fails at is read by whoever asked it', async () => {
  using folder = temporaryFolder(
    Object.fromEntries(Array.from({ length: 200 }, (_, n) => [`${n}.md`, datedArticle(`Number ${n}`)])),
  )
  const threads = readingThreads(folder.path, 1)
  let ended = 0
  const broken: StartParseWorkers = (taskOf, bytes) => {
    const help = threads(taskOf, bytes)
    // Ends in the middle of its first answer, at the latest.
    setTimeout(help.end, 20)
    const mute = async () => {
      throw new Error('out of memory')
    }
    return { readers: [...help.readers, mute], end: () => void ended++ }
  }
  expect(await look(folder.path, broken)).toEqual(await look(folder.path))
  expect(ended).toBe(1)
})

test('a small folder is read alone', () => {
  expect(readingThreads(root)(() => task, 100_000).readers).toEqual([])
})

test('a thread that is kept reads all but the first look, also one file, an export, and whose folder it is', async () => {
  using folder = temporaryFolder({
    '_config.yml': 'title: Kept\n',
    'a.md': datedArticle('A'),
    'b.xml':
      '<rss version="2.0" xmlns:wp="http://wordpress.org/export/1.2/" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><item><title>Exported</title><content:encoded>Words.</content:encoded><wp:post_name>e</wp:post_name></item></channel></rss>',
  })
  const source = folderSource(folder.path)
  const { files } = await source.list()
  const thread = keptThread(folder.path)
  const first = thread.startWorkers(() => task, 100)
  expect(first).toMatchObject({ readers: [] })
  expect(first.apart).toBeUndefined()
  first.end()
  const { readers, readExport, apart, end } = thread.startWorkers(() => task, 0)
  expect(apart).toBe(true)
  const [[article], [whole, entry], recognised] = await Promise.all([
    readers[0]!(files.filter(({ path }) => path === 'a.md')),
    readExport!(files.find(({ path }) => path === 'b.xml')!, 'wordpress'),
    thread.recognise(null),
  ])
  expect([article?.article?.title, whole?.entries, entry?.article?.title]).toEqual([
    'A',
    ['b.xml#e'],
    'Exported',
  ])
  expect(recognised).toEqual(await recognisePreset(presetFolder(folder.path, Date.now), null))
  end()
})

test('a thread that stays is told of the folder anew where a file came or went, and not for an edit', async () => {
  const linking = (words: string) =>
    datedArticle('A', undefined, `${words}: [to b](b.md), ![a picture](c.png).`)
  using folder = temporaryFolder({ 'a.md': linking('one'), 'd.md': datedArticle('D') })
  const { startWorkers } = keptThread(folder.path)
  const tasks: ReadingTask[] = []
  const pipeline = createPipeline(folderSource(folder.path), site, {
    digest: nodeDigest,
    startWorkers: (taskOf, bytes) => startWorkers(() => tasks[tasks.push(taskOf()) - 1]!, bytes),
  })
  const write = (name: string, text: string) => writeFileSync(join(folder.path, name), text)
  const htmlOfA = async () => {
    const { articles } = await pipeline.look({ now: Date.parse('2026-11-01T00:00:00Z') })
    return articles.find(({ path }) => path === 'a.md')?.html
  }
  await htmlOfA()
  write('a.md', linking('two'))
  expect(await htmlOfA()).toContain('two: <a href="https://example.org/articles/a/b.md">')
  write('a.md', linking('three'))
  expect(await htmlOfA()).toContain('three: <a href="https://example.org/articles/a/b.md">')
  write('b.md', datedArticle('B'))
  write('c.png', 'no picture')
  const html = await htmlOfA()
  expect(html).toContain('three: <a href="https://example.org/articles/b/">')
  expect(html).toContain('src="https://example.org/media/c.png"')
  rmSync(join(folder.path, 'b.md'))
  expect(await htmlOfA()).toContain('three: <a href="https://example.org/articles/a/b.md">')
  expect(tasks.map(one => tasks.indexOf(one))).toEqual([0, 0, 2, 3])
})

test('where a reader stands apart, the one who asks parses nothing', async () => {
  using folder = temporaryFolder({ 'a.md': datedArticle('A'), 'b.md': datedArticle('B') })
  const asked: string[] = []
  const threads = readingThreads(folder.path, 1)
  const found = await look(folder.path, (taskOf, bytes) => {
    const { readers, end } = threads(taskOf, bytes)
    const reader = readers[0]!
    return {
      apart: true,
      readers: [
        files => {
          asked.push(...files.map(({ path }) => path))
          return reader(files)
        },
      ],
      end,
    }
  })
  expect(asked).toEqual(['a.md', 'b.md'])
  expect(found).toEqual(await look(folder.path))
})
