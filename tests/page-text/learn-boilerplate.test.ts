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
    [...(await learnBoilerplate(files, readText)).lines].map(([directory, sources]) => [
      directory,
      sources.map(source => Object.fromEntries(source)),
    ]),
  )
}

const page = (...rows: string[]) => rows.join('\n\n')
/** Words of one article only. */
const words = (of: string) =>
  `These are the words of ${of}, and nobody else has written such words of ${of} so far.`
/** The frame of a page: a menu, what stands behind the text, and who holds the rights. */
const framed = (site: string, ...rows: string[]) =>
  page(`News of ${site}`, 'Home', ...rows, 'Share on Facebook', `Write to ${site}`, 'All rights reserved')
const frameOf = (site: string) => ({
  [`News of ${site}`]: 'before',
  Home: 'before',
  'Share on Facebook': 'behind',
  [`Write to ${site}`]: 'behind',
  'All rights reserved': 'behind',
})
const many = (count: number, path: (at: number) => string, text: (at: number) => string) =>
  Object.fromEntries(Array.from({ length: count }, (_, at) => [path(at), text(at)]))

test('what frames the pages of a source is learnt, and where it stands; an article its own words are not', async () => {
  const texts = many(
    4,
    at => `${at}.txt`,
    at => framed('town', `Headline ${at}`, words(`article ${at}`)),
  )
  expect(await learnt(texts)).toEqual({ '': [frameOf('town')] })
})

test('two files prove nothing', async () => {
  const texts = many(
    2,
    at => `${at}.txt`,
    at => framed('town', words(`${at}`)),
  )
  expect(await learnt(texts)).toEqual({})
})

test('a line that a file repeats within itself counts once', async () => {
  const texts = { '0.txt': page('Home', 'Home', 'Home'), '1.txt': 'x', '2.txt': 'y', '3.txt': 'z' }
  expect(await learnt(texts)).toEqual({})
})

test('what is not a text is not counted among the files', async () => {
  const texts = many(
    3,
    at => `${at}.txt`,
    at => framed('town', words(`${at}`)),
  )
  const unread = many(
    40,
    at => `unread-${at}.txt`,
    () => null as unknown as string,
  )
  expect(await learnt({ ...texts, ...unread })).toEqual({ '': [frameOf('town')] })
})

test('white space at the ends does not matter, and lines of the length of paragraphs are never learnt', async () => {
  const long = `${'word '.repeat(100).trim()}.`
  const texts = many(
    3,
    at => `${at}.txt`,
    at => framed(`${' '.repeat(at)}town `, words(`${at}`), long).replace('News', '  News'),
  )
  expect(Object.keys((await learnt(texts))['']?.[0] ?? {})).not.toContain(long)
})

const towns = Array.from({ length: 20 }, (_, at) => `town${at}`)
/** Pages of twenty towns. In one of them three articles of eight have the same heading. */
const sitePage = (site: string, at: number) =>
  framed(
    site,
    `Headline ${at} comes from ${site}`,
    words(`the first part of article ${at} from ${site}`),
    ...(site === 'town0' && at % 3 === 0 ? ['Conclusion'] : []),
    words(`the last part of article ${at} from ${site}`),
  )
const archive = (path: (site: string, at: number) => string) =>
  Object.assign(
    {},
    ...towns.map(site =>
      many(
        8,
        at => path(site, at),
        at => sitePage(site, at),
      ),
    ),
  ) as Record<string, string>

test.each([
  ['one directory each', (site: string, at: number) => `archive/${site}/${at}.txt`],
  ['one heap', (site: string, at: number) => `${site}-${at}.txt`],
  ['one heap without any order', (site: string, at: number) => `${site.length * at}${at}${site}.txt`],
])(
  'the pages of many sites in %s lose their frames, and keep what some share in the text',
  async (_, path) => {
    const { files } = await inspect(memorySource(new Map(Object.entries(archive(path)))), exampleSite, {
      now: 0,
    })
    for (const site of towns) {
      const article = files.find(file => file.path === path(site, 3))!.article!
      expect(article.title).toBe(`Headline 3 comes from ${site}`)
      expect(article.text).toBe(
        [
          words(`the first part of article 3 from ${site}`),
          ...(site === 'town0' ? ['Conclusion'] : []),
          words(`the last part of article 3 from ${site}`),
        ].join('\n\n'),
      )
    }
  },
)

test('what one source has taught is nothing to the pages of another', async () => {
  const { files, readText } = pagesOf(archive((site, at) => `${site}-${at}.txt`))
  const { lines } = await learnBoilerplate(files, readText)
  const boilerplateOf = boilerplateIn(lines)('elsewhere.txt')
  expect(boilerplateOf(['News of town3', 'Headline', 'Write to town5', 'Home'])).toEqual(new Map())
  const frame = Object.keys(frameOf('town3'))
  expect([...boilerplateOf([...frame, 'Headline']).keys()]).toEqual(frame)
})

/** A monthly letter of a site: its standing headings and farewell stand between the text and the frame, and not each time. */
const letter = (at: number) =>
  framed(
    'the letter',
    `What was done for the bridge in month ${at}`,
    '3 March 2021',
    ...(at % 4 ? ['Highlights'] : []),
    words(`the first part of letter ${at}`),
    words(`the second part of letter ${at}`),
    words(`the third part of letter ${at}`),
    ...(at % 4 ? ['Goals for next month', `Mend bridge ${at}`, 'Keep reading, my friends. 📚'] : []),
  )
const letters = (path: (at: number) => string) => many(20, path, letter)

test('what an author repeats between text and frame is none of the frame', async () => {
  const [source] = (await learnt(letters(at => `${at}.txt`)))[''] ?? []
  expect(source).toMatchObject({
    Highlights: 'amid',
    'Goals for next month': 'amid',
    'Keep reading, my friends. 📚': 'amid',
    ...frameOf('the letter'),
  })
})

test.each([
  ['one directory', (at: number) => `${at}.txt`],
  ['one heap with twenty towns', (at: number) => `${at % 2 ? 'a' : 'z'}${at}.txt`],
])('letters in %s keep their standing headings and farewells', async (name, path) => {
  const others = name === 'one directory' ? {} : archive((site, at) => `${site}-${at}.txt`)
  const texts = new Map(Object.entries({ ...others, ...letters(path) }))
  const { files } = await inspect(memorySource(texts), exampleSite, { now: 0 })
  const article = files.find(file => file.path === path(7))!.article!
  const headline = 'What was done for the bridge in month 7'
  expect(article.title).toBe(headline)
  // Where it is not sure, it stays in the text.
  expect(article.text.split('\n\n').filter(text => text !== headline)).toEqual([
    'Highlights',
    words('the first part of letter 7'),
    words('the second part of letter 7'),
    words('the third part of letter 7'),
    'Goals for next month',
    'Mend bridge 7',
    'Keep reading, my friends. 📚',
  ])
})

test('sites that print the same releases are sources of their own', async () => {
  const release = (number: number) => [1, 2, 3].map(at => `Download ${at} of release ${number}`)
  const menu = (site: string) => [1, 2, 3, 4].map(at => `Part ${at} of ${site}`)
  const texts = Object.fromEntries(
    towns.flatMap(site =>
      [1, 2, 3, 4, 5, 6, 7, 8].map(number => [
        `${number}${site}.txt`,
        framed(
          site,
          ...menu(site),
          `Release ${number} in ${site}`,
          words(`release ${number} in ${site}`),
          ...release(number),
        ),
      ]),
    ),
  )
  const found = (await learnt(texts))[''] ?? []
  for (const site of towns) expect(found).toContainEqual(expect.objectContaining(frameOf(site)))
})

test('a label that says itself to be of a page is of the frame, though few pages have it first', async () => {
  const texts = many(
    20,
    at => `${at}.txt`,
    at =>
      framed(
        'town',
        `Headline ${at}`,
        words(`${at}`),
        ...(at % 2 ? ['Related posts', `The headline of another, ${at + 1}`] : []),
      ),
  )
  expect((await learnt(texts))['']?.[0]).toMatchObject({ 'Related posts': 'behind' })
})

/** One directory and one folder too large to be counted as a whole. */
const large = {
  ...many(
    2700,
    at => `${at}.txt`,
    at => framed('all', words(`${at}`)),
  ),
  ...many(
    300,
    at => `site/${at}.txt`,
    at => framed('the site', words(`${at} there`)),
  ),
}

test('of many files a sample is read, which hardly changes when files come and go', async () => {
  const { files, readText, read } = pagesOf(large)
  const before = await learnBoilerplate(files, readText)
  expect(new Set(read).size).toBe(before.samples.size)
  expect(before.samples.size).toBeLessThanOrEqual(2048 + 128)
  expect(before.lines.get('site')?.[0]?.get('News of the site')).toBe('before')
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
        2140,
        at => `${at}.txt`,
        at => framed('all', words(`${at}`)),
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
    texts.set(path, framed('all', words('others')))
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
    const text =
      random() < 0.03
        ? null
        : page(...lines, words(`${number}`), ...['Home', 'Share on Facebook'].filter(() => random() < 0.5))
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
  const read = new Map(['a', 'b', 'c'].map(name => [`${name}.txt`, framed('town', words(name))]))
  read.set('c.txt', 'Words')
  const files = [...read.keys()].map(path => ({ path, stamp: path === 'c.txt' ? null : '1' }))
  const readText = async ({ path }: { path: string }) => read.get(path)!
  const before = await learnBoilerplate(files, readText)
  read.set('c.txt', framed('town', words('c')))
  const after = await learnBoilerplate(files, readText, before)
  expect([before.lines.size, after.lines.get('')?.length]).toEqual([0, 1])
})

test.each([8, 60, 2500])(
  'what is learnt of the changes in %i files is what is learnt of all',
  async count => {
    let known = 0
    for (let seed = 1; seed <= (count > 1000 ? 1 : 6); seed++) {
      const { files, step } = randomPages(seed, count)
      const readText = async ({ path }: { path: string }) => files.get(path)!.text
      let before = nothingLearnt
      for (let round = 0; round < (count > 1000 ? 8 : 25); round++) {
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
