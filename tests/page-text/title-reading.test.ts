import { expect, test } from 'vitest'
import { readSignals } from '../../src/page-text/line-signals.ts'
import { pageLines } from '../../src/page-text/page-lines.ts'
import { readChosenTitle } from '../../src/page-text/title-reading.ts'

test.each([
  ['Neue Brücke über den Fluss (PDF, 298KB)', 'Neue Brücke über den Fluss'],
  ['A new bridge over the river [DOCX 1.2 MB]', 'A new bridge over the river'],
  ['A new bridge over the river (PDF)', 'A new bridge over the river (PDF)'],
  ['A new bridge in 298 KB', 'A new bridge in 298 KB'],
  ['» A new bridge over the river ›', 'A new bridge over the river'],
  ['A new bridge over the river:', 'A new bridge over the river'],
  ['Startseite » Orte » Emden', 'Emden'],
  ['Home » A new bridge is built over the river', 'A new bridge is built over the river'],
])('%s is read as %s', (line, title) => {
  const lines = readSignals(pageLines(line), { order: 'dmy', language: 'en' }, new Map())
  expect(readChosenTitle(lines, { index: 0, last: 0, confidence: 1, sure: true }).title).toBe(title)
})

/** How a page's first line is read as its headline. */
function readFirst(...page: string[]): string {
  const lines = readSignals(pageLines(page.join('\n\n')), { order: 'dmy', language: 'en' }, new Map())
  return readChosenTitle(lines, { index: 0, last: 0, confidence: 1, sure: true }).title
}

test('a kicker that stands on the line of the headline is parted from it as the page’s own lists part them', () => {
  const apart = 'Works on the river: New bridge is opened'
  expect(readFirst('Works on the river New bridge is opened', 'A sentence.', apart)).toBe(apart)
  expect(readFirst('Works on the river – New bridge is opened', 'A sentence.', apart)).toBe(apart)
  expect(readFirst('Works on the river: new bridge is opened', 'A sentence.', apart)).toBe(
    'Works on the river: new bridge is opened',
  )
})

test('a name behind a dash is no part of the headline where the page’s copyright is its', () => {
  expect(
    readFirst('New bridge – The Courier', 'A sentence.', '© 2024 The Courier. All rights reserved.'),
  ).toBe('New bridge')
  expect(readFirst('New bridge – The Courier', 'A sentence.', 'The Courier')).toBe('New bridge – The Courier')
})
