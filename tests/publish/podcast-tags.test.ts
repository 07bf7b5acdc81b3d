import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { expect, test } from 'vitest'
import { createPublisher } from '../../src/publish/publisher.ts'
import { readSettings } from '../../src/settings/settings.ts'
import { memorySource } from '../support/memory-source.ts'

/**
 * One pair for each element of a podcast, and one for a wrong value of it: an episode's front matter (`.md`) or a show's
 * settings (`.toml`), and what comes of it in RSS and in the report. A new case is a new file;
 * `UPDATE_FIXTURES=1 npx vitest run tests/publish/podcast-tags.test.ts` writes what is missing, to be read by eye.
 */
const folder = join(import.meta.dirname, '../fixtures/podcast')
const media = join(import.meta.dirname, '../fixtures/media')
const head = 'title = "Tides"\nurl = "https://tides.example/"\ntimezone = "UTC"\n'
const now = Date.parse('2026-06-01T00:00:00Z')

const bytes = (name: string) => Uint8Array.from(readFileSync(join(media, name)))
const cases = readdirSync(folder).filter(name => !name.endsWith('.expected.txt'))

test.each(cases)('%s comes out as its pair says', async name => {
  const text = readFileSync(join(folder, name), 'utf8')
  const found = `${(await told(name, text)).join('\n')}\n`
  const expected = join(folder, `${basename(name)}.expected.txt`)
  if (process.env.UPDATE_FIXTURES && !existsSync(expected)) writeFileSync(expected, found)
  expect(found).toBe(readFileSync(expected, 'utf8'))
})

test.each(cases.filter(name => name.includes('-wrong.')))(
  '%s is told of, and costs no more than itself',
  async name => {
    const lines = await told(name, readFileSync(join(folder, name), 'utf8'))
    expect(lines.filter(line => /^\d*:?\d* ?[a-z-]+: /.test(line))).not.toEqual([])
    if (name.endsWith('.md')) expect(lines.join()).toContain('<enclosure ')
  },
)

/** The show's elements, or the episode's, and what is found wanting. */
async function told(name: string, text: string): Promise<string[]> {
  const isShow = name.endsWith('.toml')
  const { site, problems } = readSettings(head + (isShow ? text : '[podcast]\n'))
  const wrong = problems.map(({ code, message, hint }) => `${code}: ${message} ${hint}`)
  if (!site) return wrong
  const notes = '---\ntitle: Tide\ndate: 2026-03-04\naudio: tide.mp3\nseason: 1\n---\n\nWords.\n'
  const source = memorySource(
    new Map<string, string | Uint8Array>([
      ['tide.md', isShow ? notes : text],
      ['tide.mp3', bytes('sound/bare.mp3')],
      ...(text.includes('other.ogg') ? [['other.ogg', bytes('sound/vorbis.ogg')] as const] : []),
      ['own.png', bytes('cover.png')],
    ]),
  )
  const { inspection, publication } = await createPublisher({ source, clock: () => now }).prepare(site)
  const rss = publication.documents.find(({ path }) => path === '/rss.xml')
  const lines = String(rss?.body)
    .split('\n')
    .map(line => line.trim())
  const start = lines.indexOf('<item>')
  const part = isShow
    ? [...lines.slice(0, start), ...lines.slice(start).filter(isCarried)]
    : lines.slice(start)
  const diagnostics = inspection.files.find(({ path }) => path === 'tide.md')?.diagnostics ?? []
  // Of the show, what this setting has to do with.
  const findings = inspection.settings.filter(({ setting }) => isShow && setting !== 'podcast')
  return [
    ...part.filter(line => /^<\/?(?:itunes|podcast|enclosure)\b/.test(line)),
    ...diagnostics.map(
      ({ line, column, code, message }) => `${line ?? ''}:${column ?? ''} ${code}: ${message}`,
    ),
    ...findings.map(({ setting, code, message }) => `${code}: ${setting}: ${message}`),
  ]
}

/** What an episode says because its show says it. */
const isCarried = (line: string) => /^<(?:enclosure|podcast:season|itunes:explicit)\b/.test(line)
