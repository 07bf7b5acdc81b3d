import { describe, expect, test } from 'vitest'
import { siteDefaults } from '../../src/model/site.ts'
import { inspect } from '../../src/publish/inspect.ts'
import { recognisePreset } from '../../src/systems/recognise-preset.ts'
import { mostMarks } from '../../src/text/markup-marks.ts'
import { memorySource } from '../support/memory-source.ts'
import { folderOfFiles, lookAtFolder, rewrittenAndGone, worstInputs } from '../support/worst-inputs.ts'

/*
 * What once took minutes or never ended, at the size that is read. How long each takes is measured by `npm run fuzz -- linear-time`, which also
 * searches for others; here each has to end before the runner's own limit.
 */
const site = { ...siteDefaults, url: 'https://news.example.org/' }
const now = Date.parse('2026-06-01T00:00:00Z')

/** Settings are read up to this length. */
const ofSettings = 99_000
const formerly: [name: string, size: number][] = [
  ['Markdown: hashes', 4_000_000],
  ['Markdown: lines', 4_000_000],
  ['Markdown: items', 4_000_000],
  ['HTML: links inside a frame', 2_000_000],
  ['HTML: dashes in the name of a player', 2_000_000],
  ['HTML: blurs', 2_000_000],
  ['HTML: names of sounds', 2_000_000],
  ['HTML: names of pictures', 2_000_000],
  ['HTML: forms of a picture', 2_000_000],
  ['HTML: backgrounds', 2_000_000],
  ['HTML: spaces in the address of a background', 2_000_000],
  ['HTML: spaces in a formula', 2_000_000],
  ['page text: "TITLE: a\\n"', 4_000_000],
  ['JSON front matter without an end: "\\\\"', 4_000_000],
  ['JSON front matter: "{\\"a\\":"', 4_000_000],
  ['WordPress, items: "<item>"', 4_000_000],
  ['Jekyll settings: "{"', ofSettings],
  ['Jekyll settings: "? "', ofSettings],
  ['Jekyll settings: "}"', ofSettings],
  ['Hugo settings, by content: "\\n"', ofSettings],
  ['Hugo settings: "a = 1\\n"', ofSettings],
  ['Eleventy settings: "\\n"', ofSettings],
  ['Eleventy settings: "export default "', ofSettings],
  ['Eleventy settings: "`"', ofSettings],
  ['Pelican settings: "\\"\\"\\""', ofSettings],
]

describe('the worst of a parser ends', () => {
  test.each(formerly)('%s', async (name, size) => {
    await lookAtFolder(worstInputs[name]!(size))
  })

  test('as many articles rewritten as there are gone', async () => {
    const { before, after } = rewrittenAndGone(1_000)
    const look = (files: typeof before, ledger: Awaited<ReturnType<typeof inspect>>['ledger'] | null) =>
      inspect(memorySource(new Map(Object.entries(files))), site, { now, ledger, ledgerKept: true })
    const { ledger } = await look(before, null)
    const { totals } = await look(after, ledger)
    expect(totals.published).toBe(1_000)
  })
})

describe('what would take its parser seconds is refused by name', () => {
  const longest = 'word\n'.repeat(mostMarks - 3)

  test.each([
    ['a.md', `# A\n\n${longest}`],
    ['a.txt', `A title\n\n${longest}`],
    ['a.html', `<p>${longest.replaceAll('\n', ' <')}`],
  ])('%s with one mark too many', async (path, text) => {
    const look = async (text: string) =>
      (await inspect(memorySource(new Map([[path, text]])), site, { now })).files[0]!
    expect(await look(`${text}\n\n\n\n\n`)).toMatchObject({
      status: 'rejected',
      diagnostics: [{ code: 'file-too-complex', severity: 'error', path }],
    })
  })

  test('an article of just as many lines as may be is published', async () => {
    const text = `---\ndate: 2026-01-01\n---\n${longest.slice(5 * 5)}`
    const { files } = await inspect(memorySource(new Map([['a.md', text]])), site, { now })
    expect(files[0]).toMatchObject({ status: 'published' })
  })

  test.each([
    ['_config.yml', 'title: A\n', 'a: b\n'],
    ['hugo.toml', 'title = "A"\n', '# a\n'],
    ['docusaurus.config.js', 'export default {title: "A"}\n', '// a\n'],
    ['pelicanconf.py', 'SITENAME = "A"\n', '# a\n'],
  ])(
    '%s of more than 100,000 characters is a finding, and withholds what it may hide',
    async (path, head, line) => {
      const files = { [path]: head + line.repeat(30_000), 'content/a.md': 'Text.', 'blog/a.md': 'Text.' }
      const { preset } = await recognisePreset(folderOfFiles(files), null)
      expect(preset.findings).toMatchObject([{ code: 'system-settings-invalid', path }])
      expect(preset.defaults.at(-1)).toMatchObject({ match: '**', values: { draft: true }, over: true })
    },
  )

  test('elements nested without an end make no export', async () => {
    const files = worstInputs['WordPress, items: "<item>"']!(100_000)
    const preset = await recognisePreset(folderOfFiles(files), null)
    const { files: reports, settings } = await inspect(
      memorySource(new Map(Object.entries(files))),
      { ...site, preset: preset.preset },
      { now },
    )
    expect([...reports.flatMap(({ diagnostics }) => diagnostics), ...settings]).toMatchObject([
      { code: 'export-invalid', path: 'wordpress.xml' },
    ])
  })
})

test.each([
  [1_000, 100],
  [250_000, 39],
  [1_100_000, 10],
])(
  'of an article of %i characters with 120 tags and authors the feeds stay within bounds',
  async (length, taken) => {
    const names = Array.from({ length: 120 }, (_, number) => `n${number}`).join(', ')
    const text = `---\ndate: 2026-01-01\ntitle: A\ntags: [${names}]\nauthors: [${names}]\n---\n\n${'word '.repeat(length / 5)}`
    const { files } = await inspect(memorySource(new Map([['a.md', text]])), site, { now })
    const { article, diagnostics } = files[0]!
    expect([article?.tags.length, article?.authors.length]).toEqual([taken, taken])
    expect(diagnostics.filter(({ code }) => code === 'list-too-long')).toHaveLength(2)
  },
)
