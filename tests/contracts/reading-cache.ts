import { beforeEach, describe, expect, test } from 'vitest'
import type { Source } from '../../src/model/source.ts'
import { nothingLearnt } from '../../src/page-text/learn-boilerplate.ts'
import type { FileReading } from '../../src/publish/file-reading.ts'
import { createPipeline } from '../../src/publish/inspect.ts'
import type { ReadingCache } from '../../src/publish/reading-cache.ts'
import { exampleSite } from '../support/articles.ts'
import { memorySource } from '../support/memory-source.ts'

export interface CacheUnderTest {
  /** Another process's cache of the same place. */
  another(): ReadingCache
  /** Whether anything outlives a process. */
  remembers: boolean
}

const article = (n: number, words = `Words of ${n}.`) =>
  `---\ntitle: Title ${n}\ndate: 2026-01-0${n}\ntags: [a]\n---\n\n${words} [Another](${(n % 3) + 1}.md)\n`

/** What every place for readings keeps to: it decides nothing. */
export function runReadingCacheContract(name: string, make: () => CacheUnderTest): void {
  describe(`readings ${name}`, () => {
    let files: Map<string, string>
    let read: string[]
    let source: Source
    let under: CacheUnderTest
    beforeEach(() => {
      under = make()
      files = new Map([1, 2, 3].map(n => [`${n}.md`, article(n)]))
      const inner = memorySource(files)
      const encoder = new TextEncoder()
      read = []
      source = {
        ...inner,
        async read(path, part) {
          read.push(path)
          return inner.read(path, part)
        },
        readSync: path => encoder.encode(files.get(path)),
      }
    })
    const look = async (cache: ReadingCache) => {
      read = []
      const { files, articles, ledger } = await createPipeline(source, exampleSite, { cache }).look({
        now: 1.8e12,
      })
      return {
        read: [...new Set(read)].sort(),
        found: JSON.stringify([files, articles, [...ledger.entries.keys()].sort()]),
      }
    }

    test('another process finds what the first found, and reads only what changed', async () => {
      const first = await look(under.another())
      expect(first.read).toEqual(['1.md', '2.md', '3.md'])
      const again = await look(under.another())
      expect(again.found).toBe(first.found)
      if (under.remembers) expect(again.read).toEqual([])
      files.set('2.md', article(2, 'Other words.'))
      files.delete('3.md')
      const changed = await look(under.another())
      if (under.remembers) expect(changed.read).not.toContain('3.md')
      expect(changed.found).toContain('Other words.')
      expect(changed.found).toBe((await look(under.another())).found)
    })

    test('a body that one process reads is not taken away by others that publish other words', async () => {
      const serving = createPipeline(source, exampleSite, { cache: under.another() })
      const { articles } = await serving.look({ now: 1.8e12 })
      for (const words of ['One.', 'Two.', 'Three.']) {
        for (const n of [1, 2, 3]) files.set(`${n}.md`, article(n, words))
        await look(under.another())
      }
      for (const { html, text, path } of articles)
        expect([html, text].join(), path).toContain(`Words of ${path[0]}.`)
    })

    test('what is kept is given back as it was, text and all', () => {
      const memory = under.another().open('settings', () => null)
      const reading = aReading('a.md')
      const kept = memory.keep(reading)
      const given = reading.article!
      for (const name of Object.keys(given) as (keyof typeof given)[])
        expect(kept.article![name], name).toEqual(given[name])
      expect(JSON.parse(JSON.stringify(kept.article))).toMatchObject(JSON.parse(JSON.stringify(given)))
      memory.commit(new Map([['a.md', kept]]), new Set(), nothingLearnt)
      const [found] = [
        ...under
          .another()
          .open('settings', () => null)
          .readings(),
      ]
      if (under.remembers) expect(found!.article!.html).toBe(reading.article!.html)
      expect([
        ...under
          .another()
          .open('other settings', () => null)
          .readings(),
      ]).toEqual([])
    })
  })
}

function aReading(path: string): FileReading {
  const html = '<p>Words, é &amp; all.</p>'
  return {
    file: { path, size: 10, stamp: 's' },
    article: {
      path,
      title: 'T',
      html,
      text: 'Words',
      tags: [],
      authors: [],
      extra: {},
      fields: {},
      aliases: [],
      enclosures: [],
      media: [],
      dropped: [],
      published: null,
      updated: null,
      expires: null,
    } as never,
    diagnostics: [],
    digests: { words: 'w', sketch: 's', content: 'c' },
    links: [],
    asked: [],
  }
}
