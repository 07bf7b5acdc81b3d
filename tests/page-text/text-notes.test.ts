import { expect, test } from 'vitest'
import { readPageText } from '../../src/page-text/page-text.ts'
import { plainContext } from '../support/page-text-pages.ts'

const headline = 'Council agrees to mend the old bridge before winter'
const text = [
  'The town council met on Monday evening and agreed, after two hours of talk, to mend the old bridge before winter comes.',
  'Nobody spoke against the plan. The cost is put at forty thousand, and the work is to take six weeks if the river stays low.',
]
const notesOf = (...rows: string[]) =>
  readPageText(rows.join('\n\n'), 'page.txt', plainContext)
    .diagnostics.filter(({ code }) => code.startsWith('text-'))
    .map(({ code, line }) => `${line} ${code}`)

test.each([
  [
    'Markdown',
    [headline, `${text[0]} See [the plan](https://river.example/plan).`, '## What it costs', text[1]!],
    3,
  ],
  [
    'Markdown with pictures',
    [headline, text[0]!, '![The bridge](bridge.jpg)', '[The plan](plan.md)', text[1]!],
    5,
  ],
  ['HTML', [`<h1>${headline}</h1>`, `<p>${text[0]}</p>`, `<p>${text[1]}</p>`], 1],
  ['HTML in one line', [`<html><body><h1>${headline}</h1><p>${text[0]}</p></body></html>`], 1],
])('%s in a plain text is said', (_, rows, line) => {
  expect(notesOf(...rows)).toEqual([`${line} text-markup`])
})

test.each([
  ['a topic', [headline, '# bridges', '# winter', ...text]],
  ['a tag that is talked of', [headline, `${text[0]} He wrote <b> in his letter.`, text[1]!]],
  [
    'tags that are talked of',
    [headline, `${text[0]} A line ends with <br> here, a paragraph with </p>, a part with </div>.`, text[1]!],
  ],
  ['notes with pages', [headline, `${text[0]}[1](p.34)`, `${text[1]}[2](p.12)`]],
  ['brackets', [headline, `${text[0]} [sic] (so he said)`, text[1]!]],
])('%s is no markup', (_, rows) => {
  expect(notesOf(...rows)).toEqual([])
})

const second = ['The ferry runs again from Saturday on', 'By Broadsheet', '4 May 2021', ...text.toReversed()]

test.each([
  ['nothing', []],
  ['stars', ['* * *']],
])('a second article behind %s is said', (_, between) => {
  const rows = [headline, 'By Broadsheet', '3 May 2021', ...text, ...between]
  expect(notesOf(...rows, ...second)).toEqual([`${rows.length * 2 + 1} text-two-articles`])
})

test('a heading, a date and a reader that has a name are no second article', () => {
  const rows = [headline, 'By Broadsheet', '3 May 2021', ...text]
  expect(notesOf(...rows, 'What it costs us all', ...text)).toEqual([])
  expect(notesOf(...rows, 'What it costs us all', '4 May 2021', ...text)).toEqual([])
})
