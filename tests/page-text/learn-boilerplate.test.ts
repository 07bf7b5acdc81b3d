import { expect, test } from 'vitest'
import type { Source } from '../../src/model/source.ts'
import { boilerplateIn, learnBoilerplate, nothingLearnt } from '../../src/page-text/learn-boilerplate.ts'
import { createPipeline, inspect } from '../../src/publish/inspect.ts'
import { exampleSite } from '../support/articles.ts'
import { randomNumbers } from '../support/folders.ts'
import { memorySource } from '../support/memory-source.ts'
import { recordingCache } from '../support/recording-cache.ts'

/** A folder of page text, by path, and how often each file was read. */
function pagesOf(texts: Record<string, string | null>) {
  const files = Object.keys(texts).map(path => ({ path, stamp: JSON.stringify(texts[path]) }))
  const read: string[] = []
  const readText = async ({ path }: { path: string }) => {
    read.push(path)
    return texts[path]!
  }
  return { files, readText, read }
}

async function learnt(texts: Record<string, string | null>) {
  const { files, readText } = pagesOf(texts)
  return Object.fromEntries(
    [...(await learnBoilerplate(files, readText)).lines].map(([directory, lines]) => [directory, [...lines]]),
  )
}

const page = (...rows: string[]) => rows.join('\n\n')
const many = (count: number, path: (at: number) => string, text: (at: number) => string) =>
  Object.fromEntries(Array.from({ length: count }, (_, at) => [path(at), text(at)]))

test('a line of most files is boilerplate, an article its own words are not', async () => {
  const texts = many(
    4,
    at => `${at}.txt`,
    at => page(`Headline ${at}`, 'Support our work', `Words of article ${at}.`),
  )
  expect(await learnt(texts)).toEqual({ '': ['Support our work'] })
})

test('two files prove nothing', async () => {
  expect(await learnt({ '0.txt': 'The same', '1.txt': 'The same' })).toEqual({})
})

test('a line that a file repeats within itself counts once', async () => {
  const texts = { '0.txt': page('Again', 'Again', 'Again'), '1.txt': 'x', '2.txt': 'y', '3.txt': 'z' }
  expect(await learnt(texts)).toEqual({})
})

test('what is not a text is not counted among the files', async () => {
  const texts = many(
    3,
    at => `${at}.txt`,
    () => 'Footer',
  )
  const unread = many(
    40,
    at => `unread-${at}.txt`,
    () => null as unknown as string,
  )
  expect(await learnt({ ...texts, ...unread })).toEqual({ '': ['Footer'] })
})

test('white space at the ends does not matter, and lines of the length of paragraphs are never learnt', async () => {
  const long = 'word '.repeat(100).trim()
  const texts = many(
    3,
    at => `${at}.txt`,
    at => page(`${' '.repeat(at)}Footer `, long),
  )
  expect(await learnt(texts)).toEqual({ '': ['Footer'] })
})

/** A page of a site with a head and a tail. In one town three articles of eight have the same heading. */
const sitePage = (site: string, at: number) =>
  page(
    `The ${site} readers`,
    `Headline ${at} comes from ${site}`,
    `These are the first words of article ${at}, as the people of ${site} have written them down.`,
    ...(site === 'town0' && at % 3 === 0 ? ['Conclusion'] : []),
    `In the end article ${at} has said what ${site} had to say about it, and this is all there is.`,
    `Write to ${site}`,
    'All rights reserved',
  )

const sites = Array.from({ length: 12 }, (_, at) => `town${at}`)
const archive = Object.assign(
  {},
  ...sites.map(site =>
    many(
      8,
      at => `archive/${site}/${at}.txt`,
      at => sitePage(site, at),
    ),
  ),
  // Of a few files nothing can be learnt but what the directory around them teaches.
  many(
    3,
    at => `archive/town0/old/${at}.txt`,
    at => sitePage('town0', 100 + 3 * at),
  ),
) as Record<string, string>

test('each directory adds what its own files have in common', async () => {
  const lines = await learnt(archive)
  const own = Object.fromEntries(
    sites.map(site => [
      `archive/${site}`,
      ['All rights reserved', `The ${site} readers`, `Write to ${site}`],
    ]),
  )
  for (const list of Object.values(lines)) list.sort()
  expect(lines).toEqual({ '': ['All rights reserved'], ...own })
})

test('a file has what all directories around it have learnt', async () => {
  const { files, readText } = pagesOf(archive)
  const boilerplateOf = boilerplateIn((await learnBoilerplate(files, readText)).lines)
  const own = ['All rights reserved', 'The town0 readers', 'Write to town0']
  expect([...boilerplateOf('archive/town0/1.txt')].sort()).toEqual(own)
  expect(boilerplateOf('archive/town0/old/1.txt')).toBe(boilerplateOf('archive/town0/1.txt'))
  expect([...boilerplateOf('elsewhere/1.txt')]).toEqual(['All rights reserved'])
})

test('articles of many sites lose their heads and tails, and keep the heading that some of one site share', async () => {
  const { files } = await inspect(memorySource(new Map(Object.entries(archive))), exampleSite, { now: 0 })
  const article = files.find(({ path }) => path === 'archive/town0/3.txt')!.article!
  expect(article.title).toBe('Headline 3 comes from town0')
  expect(article.text).toContain('Conclusion')
  for (const line of ['The town0 readers', 'Write to town0', 'All rights reserved'])
    expect(article.text).not.toContain(line)
})

/** One directory and one folder too large to be counted as a whole. */
const large = {
  ...many(
    700,
    at => `${at}.txt`,
    at => page('Head of all', `Words of ${at}`),
  ),
  ...many(
    300,
    at => `site/${at}.txt`,
    at => page('Head of the site', `Words of ${at}, there`),
  ),
}

test('of many files a sample is read, which hardly changes when files come and go', async () => {
  const { files, readText, read } = pagesOf(large)
  const before = await learnBoilerplate(files, readText)
  expect(new Set(read).size).toBe(before.samples.size)
  expect(before.samples.size).toBeLessThanOrEqual(512 + 128)
  expect(before.lines.get('site')).toEqual(new Set(['Head of the site']))
  const fewer = await learnBoilerplate(files.slice(100), readText, before)
  const stayed = [...before.samples.keys()].filter(path => fewer.samples.has(path))
  expect(stayed.length).toBeGreaterThan(before.samples.size * 0.85)
})

test('an edit outside the sample reads nothing, one inside it the file itself', async () => {
  const { files, readText, read } = pagesOf(large)
  const before = await learnBoilerplate(files, readText)
  const edited = async (path: string) => {
    read.length = 0
    const now = files.map(file => (file.path === path ? { ...file, stamp: 'another' } : file))
    const after = await learnBoilerplate(now, readText, before)
    expect(after.lines).toEqual(before.lines)
    return [...read]
  }
  const inside = [...before.samples.keys()][3]!
  const outside = files.find(({ path }) => !before.samples.has(path))!.path
  expect(await edited(outside)).toEqual([])
  expect(await edited(inside)).toEqual([inside])
})

test('of a large folder one edited file is read, in the sample or not', async () => {
  const texts = new Map(
    Object.entries(
      many(
        540,
        at => `${at}.txt`,
        at => page('Head of all', `Words of ${at}`),
      ),
    ),
  )
  const inner = memorySource(texts)
  let read: string[] = []
  const source: Source = {
    ...inner,
    read(path) {
      read.push(path)
      return inner.read(path)
    },
  }
  const recording = recordingCache()
  const pipeline = createPipeline(source, exampleSite, { cache: recording.cache })
  await pipeline.look({ now: 0 })
  const { samples } = recording.learnt()
  const inside = [...samples.keys()][7]!
  const outside = [...texts.keys()].find(path => !samples.has(path))!
  for (const path of [inside, outside]) {
    read = []
    texts.set(path, page('Head of all', 'Other words'))
    await pipeline.look({ now: 0 })
    expect(new Set(read)).toEqual(new Set([path]))
  }
})

/** Page text of a few directories, in which files come, go, change, move and are touched at random. */
function randomPages(seed: number, count: number) {
  const random = randomNumbers(seed)
  const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)]!
  const files = new Map<string, { text: string | null; stamp: string | null }>()
  let number = 0
  const path = () => `${pick(['', '', '', 'a/', 'a/b/', 'a/c/', 'd/e/', 'f/'])}${number++}.txt`
  const made = () => {
    const lines = [1, 2, 3, 4, 5, 6]
      .filter(line => random() < line * 0.08)
      .map(line => `Line ${line} of ${pick('xyz'.split(''))}`)
    const text = random() < 0.03 ? null : page(...lines, `Words of ${number}`)
    return { text, stamp: random() < 0.02 ? null : `${number++}` }
  }
  const any = () => pick([...files.keys()])
  const steps = [
    () => files.set(path(), made()),
    () => files.set(any(), made()),
    () => files.set(any(), made()),
    () => files.delete(any()),
    () => {
      const from = any()
      files.set(path(), files.get(from)!)
      files.delete(from)
    },
    () => {
      const directory = pick(['a/b/', 'd/', 'f/'])
      for (const path of [...files.keys()])
        if (path.startsWith(directory) && random() < 0.7) files.delete(path)
    },
  ]
  for (let n = 0; n < count; n++) files.set(path(), made())
  return { files, step: () => pick(steps)() }
}

test('a file of which nobody knows whether it changed is read each time', async () => {
  const read = new Map([
    ['a.txt', 'Footer'],
    ['b.txt', 'Footer'],
    ['c.txt', 'Words'],
  ])
  const files = [...read.keys()].map(path => ({ path, stamp: path === 'c.txt' ? null : '1' }))
  const readText = async ({ path }: { path: string }) => read.get(path)!
  const before = await learnBoilerplate(files, readText)
  read.set('c.txt', 'Footer')
  const after = await learnBoilerplate(files, readText, before)
  expect([before.lines, after.lines]).toEqual([new Map(), new Map([['', new Set(['Footer'])]])])
})

test.each([8, 60, 1400])(
  'what is learnt of the changes in %i files is what is learnt of all',
  async count => {
    let known = 0
    for (let seed = 1; seed <= 6; seed++) {
      const { files, step } = randomPages(seed, count)
      const readText = async ({ path }: { path: string }) => files.get(path)!.text
      let before = nothingLearnt
      for (let round = 0; round < 25; round++) {
        if (round > 0) for (let n = 0; n < 3; n++) if (files.size > 3) step()
        const listed = [...files].map(([path, { stamp }]) => ({ path, stamp }))
        const after = await learnBoilerplate(listed, readText, before)
        expect(after, `seed ${seed}, round ${round}`).toEqual(await learnBoilerplate(listed, readText))
        for (const [path, sample] of after.samples) if (before.samples.get(path) === sample) known++
        before = after
      }
    }
    // Or this would compare nothing.
    expect(known).toBeGreaterThan(100)
  },
)
