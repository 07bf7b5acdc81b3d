import fc from 'fast-check'
import { Feed, type Item } from 'feed'
import { expect, test } from 'vitest'
import { atomEntrySkeleton, rssItemSkeleton } from '../../src/documents/feed-library.ts'

const held = fc.nat({ max: 1 }).map(place => `broadsheet:${place}:`)
/** The library asks objects for methods of theirs. */
const plain = { noNullPrototype: true } as const
const person = fc.record(
  { name: held, email: held, link: held },
  { requiredKeys: ['name'], noNullPrototype: true },
)
const extension = fc.record(
  {
    name: fc.constantFrom('dc:creator', 'dc:language', 'media:content'),
    objects: fc.record(
      {
        _text: held,
        _attributes: fc.record({ url: held, length: fc.nat(), width: fc.nat({ max: 3 }) }, plain),
      },
      { requiredKeys: [], noNullPrototype: true },
    ),
  },
  plain,
)
/** Years that an article may have, those that stand for a date in the layout among them. */
const date = fc
  .oneof(fc.constantFrom(Date.UTC(1, 0, 1), Date.UTC(2, 0, 1), 0), fc.integer({ min: -2e12, max: 4e12 }))
  .map(epoch => new Date(epoch))
const item = fc.record(
  {
    title: held,
    link: held,
    id: held,
    date,
    published: date,
    description: held,
    content: held,
    category: fc.array(fc.record({ name: held, term: held, scheme: held }, plain), { maxLength: 3 }),
    author: fc.array(person, { maxLength: 2 }),
    extensions: fc.array(extension, { maxLength: 3 }),
  },
  { requiredKeys: ['title', 'link', 'id', 'date'], noNullPrototype: true },
) as fc.Arbitrary<Item>

const cut = (document: string, tag: string) =>
  document.slice(
    document.lastIndexOf('\n', document.indexOf(`<${tag}>`)) + 1,
    document.lastIndexOf(`</${tag}>`) + `</${tag}>`.length,
  )

function anew(one: Item): Feed {
  const feed = new Feed({
    ...{ title: '', link: 'broadsheet:', id: 'broadsheet:' },
    ...{ generator: false, updated: new Date(0) },
  })
  feed.addItem(one)
  return feed
}

test('an item is laid out as the library does it, whatever of that shape was laid out before', () => {
  fc.assert(
    fc.property(fc.array(item, { minLength: 1, maxLength: 5 }), items => {
      for (const one of items) {
        expect(rssItemSkeleton(one)).toBe(cut(anew(one).rss2(), 'item'))
        expect(atomEntrySkeleton(one)).toBe(cut(anew(one).atom1(), 'entry'))
      }
    }),
    { numRuns: 300 },
  )
})
