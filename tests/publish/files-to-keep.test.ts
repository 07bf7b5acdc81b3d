import { expect, test } from 'vitest'
import { inspect } from '../../src/publish/inspect.ts'
import { renderPublication } from '../../src/publish/publication.ts'
import { exampleSite } from '../support/articles.ts'
import { memorySource } from '../support/memory-source.ts'

async function publish(text: string, files: string[]) {
  const source = memorySource(
    new Map([
      ['a.md', `---\ntitle: A\ndate: 2026-01-01\n---\n${text}\n`],
      ...files.map(name => [name, 'bytes'] as const),
    ]),
  )
  const inspection = await inspect(source, exampleSite, { now: Date.UTC(2026, 5, 1) })
  const { media } = renderPublication(exampleSite, inspection, { now: Date.UTC(2026, 5, 1), source })
  const [file] = inspection.files.filter(({ path }) => path === 'a.md')
  return {
    media: media.map(({ path, mediaType }) => [path, mediaType]).sort(),
    codes: file!.diagnostics.map(({ code }) => code),
    html: file!.article!.html,
  }
}

test('files that an article leads to are there, whatever they are for', async () => {
  const names = ['book.epub', 'code.tar.gz', 'data.csv', 'dates.ics', 'IMG_1.HEIC', 'route.gpx', 'paper.docx']
  const { media, codes } = await publish(names.map(name => `[x](${name})`).join(' '), [
    ...names,
    'other.xlsx',
  ])
  expect(media).toEqual([
    ['/media/IMG_1.HEIC', 'image/heic'],
    ['/media/book.epub', 'application/epub+zip'],
    ['/media/code.tar.gz', 'application/gzip'],
    ['/media/data.csv', 'text/csv; charset=utf-8'],
    ['/media/dates.ics', 'text/calendar; charset=utf-8'],
    ['/media/paper.docx', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
    // What a browser would take for XML, and run what is in it, is bytes.
    ['/media/route.gpx', 'application/octet-stream'],
  ])
  expect(codes).toEqual([])
})

test('one that is not there is told of', async () => {
  expect((await publish('[x](book.epub)', [])).codes).toEqual(['media-missing'])
})

test('what runs, and what settings are, is not given away', async () => {
  const names = ['page.htm.xml', 'run.js', 'secret.yaml', 'data.json', 'private.db']
  expect((await publish(names.map(name => `[x](${name})`).join(' '), names)).media).toEqual([])
})

test.each(['why?.png', 'figure #1.png', 'a?b#c.png'])('a name with signs of addresses: %s', async name => {
  const { media, codes, html } = await publish(`![x](<${name}>)`, [name])
  const place = `/media/${encodeURIComponent(name)}`
  expect(media.map(([path]) => path)).toEqual([`/media/${name}`])
  expect(html).toContain(`src="https://example.org${place}"`)
  expect(codes).toEqual([])
})

test('a query behind a name is none of it', async () => {
  const { media } = await publish('![x](a.png?v=2.png)', ['a.png'])
  expect(media.map(([path]) => path)).toEqual(['/media/a.png'])
})
