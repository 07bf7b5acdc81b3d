import { expect, test } from 'vitest'
import { takeFeedApart } from '../../src/documents/feed-entries.ts'

const item = (id: string, html: string) =>
  `        <item>\n            <guid isPermaLink="false">${id}</guid>\n            <content:encoded><![CDATA[${html}]]></content:encoded>\n        </item>`
const feed = (...items: string[]) =>
  `<rss>\n    <channel>\n        <title>T</title>\n${items.map(text => `${text}\n`).join('')}    </channel>\n</rss>\n`

test('what looks like an entry inside of one is none', () => {
  const [one, two, three] = [
    item('1', '<p title="</item><item><guid>x</guid>">'),
    item('2', ']]]]><![CDATA[></item>'),
    item('3', ''),
  ] as const
  const parts = takeFeedApart('rss', feed(one, two, three))!
  expect(parts.entries.map(({ id }) => id)).toEqual(['1', '2', '3'])
  expect(parts.keep(parts.entries)).toBe(feed(one, two, three))
  expect(parts.keep([parts.entries[0]!, parts.entries[2]!])).toBe(feed(one, three))
  expect(parts.keep([parts.entries[1]!])).toBe(feed(two))
})

test.each([
  ['an entry that is not closed', '<rss><item><guid>1</guid>'],
  ['an end without a beginning', '<rss></item></rss>'],
  ['an entry in an entry', '<rss><item><guid>1</guid><item></item></item></rss>'],
  ['an entry without an id', '<rss><item><title>1</title></item></rss>'],
])('%s: the document is left alone', (_, document) => expect(takeFeedApart('rss', document)).toBeNull())

test('a feed without entries has none to keep', () => {
  expect(takeFeedApart('atom', '<feed/>')!.entries).toEqual([])
  expect(takeFeedApart('atom', '<feed/>')!.keep([])).toBe('<feed/>')
  expect(takeFeedApart('json', '{"items":[]}')!.entries).toEqual([])
})
