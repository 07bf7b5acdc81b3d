import { expect, test } from 'vitest'
import { readSignals } from '../../src/page-text/line-signals.ts'
import { namedTitle } from '../../src/page-text/named-title.ts'
import { pageLines } from '../../src/page-text/page-lines.ts'

function named(text: string): string | undefined {
  return namedTitle(readSignals(pageLines(text), { order: 'dmy', language: 'en' }, new Map()))?.text
}

test.each([
  [
    'Der Artikel "Neue Brücke am Fluss" wurde am 05.11.2021 in der Kategorie Bau veröffentlicht.',
    'Neue Brücke am Fluss',
  ],
  ['2 Antworten auf „Neue Brücke am Fluss“', 'Neue Brücke am Fluss'],
  ['3 thoughts on “A new bridge over the river”', 'A new bridge over the river'],
  ['The post A new bridge over the river appeared first on Broadsheet.', 'A new bridge over the river'],
  ['Share All sharing options for: A new bridge over the river', 'A new bridge over the river'],
  ['La entrada Un puente nuevo se publicó primero en Broadsheet.', 'Un puente nuevo'],
  ['Posted by Broadsheet - 5 Comments on Do you need a new bridge?', 'Do you need a new bridge?'],
  ['Broadsheet • Dieser Beitrag Neue Brücke am Fluss erschien zuerst im Blog.', 'Neue Brücke am Fluss'],
  [
    'Citation: A new bridge over the river (2019, October 22) retrieved 20 January 2020 from here',
    'A new bridge over the river',
  ],
  ['A new bridge over the river, 6.0 out of 6 based on 1 rating', 'A new bridge over the river'],
  ['Diese Folge zitieren: B. Sheet: Rundfunk: "BR12 Neue Brücke". 16.08.2019', 'BR12 Neue Brücke'],
  ['Cite this article: B. Sheet, “A new bridge over the river”, 2019', 'A new bridge over the river'],
])('%s names the article', (line, title) => {
  expect(named(`Some text of the article stands here, and it is long enough.\n${line}`)).toBe(title)
})

test.each([
  [
    'Pour citer cet article :',
    'B. Sheet, « Un nouveau pont », La Gazette, 15 septembre 2009.',
    'Un nouveau pont',
  ],
  [
    'Empfohlene Zitierweise (die Absätze sind nummeriert):',
    'B. Sheet: „Neue Brücke“ – am Fluss. In: Blätter, 2019.',
    '„Neue Brücke“ – am Fluss',
  ],
  ['How to cite', 'Sheet, B. (2019) “A new bridge over the river”, Papers.', 'A new bridge over the river'],
])('under "%s" a citation names the article', (label, line, title) => {
  expect(named(`Some text of the article stands here, and it is long enough.\n${label}\n${line}`)).toBe(title)
  expect(named(`Some text of the article stands here, and it is long enough.\n${line}`)).toBeUndefined()
})

test('quoted words of the text name nothing', () => {
  expect(named('She answered “a new bridge” and went on, as she had done before.')).toBeUndefined()
})
