import { expect, test } from 'vitest'
import { siteDefaults } from '../../src/model/site.ts'
import { parseFile } from '../../src/parse/parse-file.ts'

const context = {
  site: { ...siteDefaults, url: 'https://news.example/', timezone: 'Asia/Tehran' },
  media: () => undefined,
  boilerplate: () => new Map(),
}
const bytes = (text: string) => new TextEncoder().encode(text)

test('articles are parsed in workerd as on Node', () => {
  const markdown =
    '---\ntitle: "Feeds: one, two"\ndate: 2016-10-01 04:47\n---\n\n*Words* & <script>x</script>[link](b/).\n'
  const { article } = parseFile({ path: 'a.md', bytes: bytes(markdown) }, context)
  expect(article).toMatchObject({
    title: 'Feeds: one, two',
    html: '<p><em>Words</em> &amp; <a href="https://news.example/articles/a/b/">link</a>.</p>',
    published: { rfc3339: '2016-10-01T04:47:00+03:30' },
  })
  const html = '<meta charset="utf-8"><title>Page</title><article><h1>Page</h1><p>Text.'
  expect(parseFile({ path: 'b.html', bytes: bytes(html) }, context).article).toMatchObject({
    title: 'Page',
    text: 'Text.',
  })
})

test.each([
  [
    'windows-1252',
    [0x23, 0x20, 0x45, 0x74, 0xe9, 0x0a, 0x0a, 0x4c, 0xe0, 0x2d, 0x62, 0x61, 0x73],
    'Eté',
    'Là-bas',
  ],
  ['utf-16le', [0xff, 0xfe, 0x23, 0, 0x20, 0, 0x41, 0, 0x0a, 0, 0x0a, 0, 0x42, 0], 'A', 'B'],
])('%s is decoded there too', (_, file, title, text) => {
  const { article } = parseFile({ path: 'a.md', bytes: Uint8Array.from(file) }, context)
  expect(article).toMatchObject({ title, text })
})
