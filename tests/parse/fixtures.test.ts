import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { ParsedArticle } from '../../src/model/article.ts'
import type { ParseContext } from '../../src/model/reading.ts'
import { type Site, siteDefaults } from '../../src/model/site.ts'
import { parseFile } from '../../src/parse/parse-file.ts'

/**
 * Every file below these folders is an article, and the `.expected.json` beside it is what it must be read as. A new case is
 * a new file; `UPDATE_FIXTURES=1 npx vitest run tests/parse/fixtures.test.ts` writes what is missing, to be read by eye.
 */
const rooms = ['front-matter', 'markdown', 'html', 'encoding']
const root = join(import.meta.dirname, '../fixtures')

const site: Site = {
  ...siteDefaults,
  title: 'Fixture News',
  url: 'https://news.example/',
  preview: false,
  timezone: 'Europe/Berlin',
  frontMatterKeys: { title: ['titel'], published: ['veröffentlicht'] },
}
const media: Record<string, { size: number; type: string }> = {
  'media/photo.png': { size: 1234, type: 'image/png' },
  'media/photo-wide.png': { size: 5678, type: 'image/png' },
  'media/talk.mp3': { size: 98765, type: 'audio/mpeg' },
  'static/film.mp4': { size: 4321, type: 'video/mp4' },
}
const context: ParseContext = {
  site,
  media: path => media[path],
  linkTo: path => (path === 'posts/other.md' ? 'https://news.example/articles/other/' : undefined),
  boilerplate: () => new Map(),
}

for (const room of rooms)
  describe(room, () => {
    const folder = join(root, room)
    const files = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter(
        entry => entry.isFile() && !entry.name.startsWith('.') && !entry.name.endsWith('.expected.json'),
      )
      .map(entry => join(entry.parentPath, entry.name))
    test('the folder holds cases', () => expect(files.length).toBeGreaterThan(5))
    test.each(files.map(file => [relative(folder, file), file]))('%s', (path, file) => {
      const result = parseFile({ path: path.split('\\').join('/'), bytes: readFileSync(file) }, context)
      const read = {
        article: result.article && withoutBlanks(result.article),
        diagnostics: result.diagnostics.map(
          ({ code, line, column, message }) => `${line ?? '-'}:${column ?? '-'} ${code}: ${message}`,
        ),
      }
      const expected = `${file}.expected.json`
      if (process.env.UPDATE_FIXTURES && !existsSync(expected))
        writeFileSync(expected, `${JSON.stringify(read, null, 2)}\n`)
      expect(read).toEqual(JSON.parse(readFileSync(expected, 'utf8')))
    })
  })

/** An article as a person would check it: what is absent is left out, and a field's origin is one line. */
function withoutBlanks({ fields, html, ...article }: ParsedArticle): Record<string, unknown> {
  const origins = Object.entries(fields)
    .filter(([, origin]) => origin.from !== 'absent')
    .map(
      ([name, { from, confidence, line }]) =>
        `${name}: ${from}${line ? ` line ${line}` : ''}${confidence < 1 ? ` (${confidence})` : ''}`,
    )
  const told = Object.entries(article).filter(
    ([, value]) =>
      value !== null && !(Array.isArray(value) && value.length === 0) && JSON.stringify(value) !== '{}',
  )
  return { ...Object.fromEntries(told), html: html.split('\n'), fields: origins }
}
