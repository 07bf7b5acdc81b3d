import { expect, test } from 'vitest'
import { readSignals } from '../../src/page-text/line-signals.ts'
import { pageLines } from '../../src/page-text/page-lines.ts'
import { rankFeatures } from '../../src/page-text/title-rank.ts'

const sentence =
  'The town council has decided that the old bridge over the river is to be closed for the winter and built anew.'
const page = [
  'Menu',
  'Weather for the week in town',
  sentence,
  'A new bridge for the old town',
  'How the town council came to its plan after all these years',
  '12 May 2024',
  sentence,
  sentence,
  sentence,
  'Much more about bridges elsewhere',
  '14 May 2024',
]

/** What is seen of one line of the page. */
function seen(text: string): string[] {
  const lines = readSignals(pageLines(page.join('\n\n')), { order: 'dmy', language: 'en' }, new Map())
  return Object.keys(rankFeatures(lines, 6)(page.indexOf(text)))
}

test('a teaser heads a sentence and a headline the text', () => {
  expect(seen('Weather for the week in town')).toContain('heads 1 paragraphs')
  expect(seen('A new bridge for the old town')).toContain('heads 3 paragraphs')
})

test('lines that look like headlines are counted over and under each, and those with a date below over it', () => {
  expect(seen('A new bridge for the old town')).toEqual(
    expect.arrayContaining([
      'headline under 1 headlines',
      'headline over 1 headlines',
      'signed under 0 signed',
    ]),
  )
  expect(seen('Much more about bridges elsewhere')).toContain('signed under 2 signed')
  expect(seen('Menu')).toContain('other over 3 headlines')
})

test('phrases have the small words of the text, entries of menus none', () => {
  expect(seen('Menu')).toContain('small words: none')
  expect(seen('Weather for the week in town')).not.toContain('small words: none')
})
