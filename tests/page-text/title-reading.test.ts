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
])('%s is read as %s', (line, title) => {
  const lines = readSignals(pageLines(line), { order: 'dmy', language: 'en' }, new Map())
  expect(readChosenTitle(lines, { index: 0, last: 0, confidence: 1, sure: true }).title).toBe(title)
})
