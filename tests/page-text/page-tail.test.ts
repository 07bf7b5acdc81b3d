import { expect, test } from 'vitest'
import { readPageText } from '../../src/page-text/page-text.ts'
import { plainContext } from '../support/page-text-pages.ts'

const text = [
  'The council decided on Monday evening, after two hours, to have the old bridge repaired before the winter.',
  'Nobody spoke against the plan. The costs are given as forty thousand, and the work shall take six weeks, if the river stays as low as it has been since the spring.',
  'The bridge is a hundred years old, and has been closed to lorries since a crack was found in a pier. The ferry has been fuller than ever since then, and the baker has opened a second shop.',
  'Those who live on the other side have waited for this for two years, and will wait a little longer. On the day it opens there shall be music, and the school has the morning off.',
]
const headline = [
  'The old bridge is repaired before the winter comes',
  'By Wole Broadsheet',
  '12 November 2020',
]
const read = (...behind: string[]) => {
  const { html, dropped } = readPageText(
    [...headline, ...text, ...behind].join('\n\n'),
    'a.txt',
    plainContext,
  )
  return { html, dropped: dropped.map(line => line.text) }
}

const lists = ['Home', 'Politics', 'A choir for the valley', 'Contact', 'Culture', 'Login']
const teaser = 'Thirty people have come to sing in the town hall on Thursday.'

test('a gap of menus and share bars ends the text, where one teaser is all that stands behind it', () => {
  const { html, dropped } = read(...lists, teaser)
  for (const line of text) expect(html).toContain(line)
  expect(dropped).toEqual(expect.arrayContaining([...lists, teaser]))
})

test('a text that goes on behind such a gap is the author’s, to its end', () => {
  const more = [
    'The second bridge of the town was built of wood, and went with the ice in the long winter of that year.',
    'It was put up again within a month, which nobody in the town had thought could be done at all.',
  ]
  const { html } = read(...lists, ...more)
  for (const line of more) expect(html).toContain(line)
})

test.each([
  ['advertisements', Array.from({ length: 6 }, () => 'Advertisement')],
  ['days on which something is', ['1 May 2021', 'A concert', '2 May 2021', 'A fair', '3 May 2021', 'A talk']],
  ['names that say nothing', ['Anna', 'Ben', 'Chris', 'Dora', 'Emil', 'Fritz']],
])('a gap of %s is no end of the text', (_, gap) => {
  expect(read(...gap, teaser).html).toContain(teaser)
})

const portrait =
  'Wole Broadsheet lives by the river, and has told of what goes on in the town for many years.'

test.each([
  ['a paragraph that begins with the name', [portrait]],
  [
    'the name over a paragraph',
    ['Wole Broadsheet', 'Lives by the river, and has told of what goes on in the town.'],
  ],
  ['a heading', ['About Martin', 'Lives by the river, and has told of what goes on in the town for years.']],
])('%s tells of the author behind the text', (_, box) => {
  const { html, dropped } = read(...box)
  for (const line of text) expect(html).toContain(line)
  for (const line of box) expect(dropped).toContain(line)
})

test.each([
  [
    'what the author says in a talk',
    ['Wole Broadsheet: We lived by the river, and nobody told us what goes on in the town.'],
  ],
  [
    'what the author did for the text',
    ['Wole Broadsheet contributed reporting from the other side of the river to this text.'],
  ],
  [
    'a heading over no name',
    ['About the bridge', 'It stands by the mill, and has seen whatever went on in the town for years.'],
  ],
  [
    'a text about who bears the name',
    ['The bridge is named after Broadsheet, who built it, and nobody knows why he did.', portrait],
  ],
])('%s stays', (_, lines) => {
  for (const line of lines) expect(read(...lines).html).toContain(line)
})
