import { expect, test } from 'vitest'
import { readSignals } from '../../src/page-text/line-signals.ts'
import { pageLines } from '../../src/page-text/page-lines.ts'
import { overlineOf } from '../../src/page-text/title-overline.ts'

/** The cut of a page's last line. */
function cut(...page: string[]) {
  const lines = readSignals(pageLines(page.join('\n\n')), { order: 'dmy', language: 'en' }, new Map())
  return overlineOf(lines, lines.length - 1, lines.at(-1)!.text)
}

test.each([
  [['Bau : Eine Brücke wird gebaut'], 'Bau', 'Eine Brücke wird gebaut'],
  [['Tipps Brücke Brücke und Wege im Winter'], 'Tipps Brücke', 'Brücke und Wege im Winter'],
  [['Patch Notes Patchnotes 4.2 for the town'], 'Patch Notes', 'Patchnotes 4.2 for the town'],
  [['Home / Works / Bridges on the river'], 'Home / Works /', 'Bridges on the river'],
  [['Im Garten Wie man Igeln über den Winter hilft'], 'Im Garten', 'Wie man Igeln über den Winter hilft'],
  [['Start > Bau > Brücke über den Fluss', 'Bau Brücke über den Fluss'], 'Bau', 'Brücke über den Fluss'],
  [
    ['Start » Wege und Brücken', 'Wege und Brücken Neue Pläne werden beraten'],
    'Wege und Brücken',
    'Neue Pläne werden beraten',
  ],
  [
    ['Brücken am Fluss - Pläne für den Winter', 'Brücken am Fluss Pläne für den Winter im Rat'],
    'Brücken am Fluss',
    'Pläne für den Winter im Rat',
  ],
])('%j: what stands before the headline on its line is set aside', (page, over, own) => {
  expect(cut(...page)).toEqual([over, own])
})

test.each([
  [['Warum Wie und Was einander brauchen']],
  [['Why It Was So and How We Knew']],
  [['Das Was und das Wie']],
  [['Alte Brücken Was und Wie im Rat']],
  [['Home » Green River', 'The Green River Valley is dry.', 'Green River Valley Gets Rain']],
  [['Home » Green River', 'The Green River Valley is dry.', 'Green River Valley gets rain again']],
  [['Home » Climate Change', 'Climate Change Threatens Bridges Everywhere']],
  [['Home » Works', 'Works Council meets on Monday']],
  [['Bridges - old', 'Bridges Older than the town itself']],
])('%j: a headline that only looks as if something stood before it stays whole', page => {
  expect(cut(...page)).toEqual([null, page.at(-1)])
})
