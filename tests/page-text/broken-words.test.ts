import { expect, test } from 'vitest'
import { accountPageText, readPageText } from '../../src/page-text/page-text.ts'
import { lostCharacters } from '../support/page-text-account.ts'
import { plainContext } from '../support/page-text-pages.ts'

const page = (...rows: string[]) =>
  `The old bridge is mended before winter\n\n3 May 2021\n\n${rows.join('\n')}\n\nThe ferry is fuller than ever, and those on the other side have waited for two years.\n`
const htmlOf = (...rows: string[]) => readPageText(page(...rows), 'a.txt', plainContext).html

const broken = [
  'The council met on Monday evening and agreed, after two hours of dis-',
  'cussion, to mend the bridge before winter comes. Nobody spoke against the pro-',
  'posal. The well-',
  'known builder takes six weeks, if the river stays low and the wea-',
  'ther holds, and two-',
  'and three-day breaks are few.',
]

test('words that a width broke are put together again, compounds keep their hyphen', () => {
  const html = htmlOf(...broken)
  for (const word of ['discussion', 'proposal', 'weather', 'well-known builder']) expect(html).toContain(word)
  expect(html).toContain('two-\nand three-day')
})

test('the hyphens are listed as dropped, and nothing else changes', () => {
  const text = page(...broken)
  const { reading, account } = accountPageText(text, 'a.txt', plainContext)
  expect(reading.dropped.filter(({ reason }) => reason.startsWith('hyphens'))).toMatchObject([
    { text: '- - -' },
  ])
  expect(lostCharacters(text, reading)).toBe('')
  expect(account.map(line => line.text).join('')).toContain('dis-\ncussion')
})

test('one hyphen at the end of a row stays, unless the text has the whole word', () => {
  const rows = (word: string) => [
    `The council met on Monday evening and agreed with the ${word}-`,
    'line of the government, to mend the old bridge before winter comes to it.',
  ]
  expect(htmlOf(...rows('party'))).toContain('party-\nline')
  expect(htmlOf(...rows('party'), 'The partyline was drawn in the spring of last year.')).toContain(
    'with the partyline of',
  )
  expect(htmlOf(...rows('party'), 'The party-line was drawn in the spring of last year.')).toContain(
    'with the party-line of',
  )
})

test('what two parts that are words have between them stays', () => {
  const html = htmlOf(
    'The north side of the old town is an hour by foot from here, and the blue-',
    'green river is between them. A blue boat and a green boat lie at the quay-',
    'side. The ferry runs every hour, the side streets are closed, the quay is new.',
  )
  expect(html).toContain('blue-\ngreen')
  expect(html).toContain('quay-\nside')
})

test('compounds of a text that is wrapped, and breaks no words, keep their hyphens', () => {
  const row = 'of the council that met on Monday evening and agreed to mend the old bridge,'
  const html = htmlOf(
    ...Array.from({ length: 12 }, () => row),
    'and in the evening of the same day the ferry took all of the wind-',
    'swept passengers over to the other side of it, where a mother-',
    'in-law and her daughter had waited for three hours in a tree-',
    'lined street for the last of the guests to come across the river that evening.',
    ...Array.from({ length: 30 }, () => row),
  )
  for (const word of ['wind-\nswept', 'mother-\nin-law', 'tree-\nlined']) expect(html).toContain(word)
})

test('German compounds and what goes on with "und" keep theirs', () => {
  const html = htmlOf(
    'Der Rat hat am Montagabend nach zweistündiger Aus-',
    'sprache beschlossen, die Brücke vor dem Winter auszu-',
    'bessern, und zwar auf der Nord-',
    'Seite, samt Ein-',
    'und Ausfahrt, wie seit Jahren geplant und gefordert.',
  )
  for (const words of ['Aussprache', 'auszubessern', 'Nord-\nSeite', 'Ein-\nund Ausfahrt'])
    expect(html).toContain(words)
})

test('hyphens that are dashes at the ends of verses stay, and so do the verses', () => {
  const verses = [
    'The night was cold-',
    'the fire was low-',
    'the dog had gone-',
    'and we must go-',
    'the bread was old-',
    'the moon was young, and the river went by under the bridge',
  ]
  const html = htmlOf(...verses)
  for (const verse of verses) expect(html).toContain(verse)
  expect(html).not.toMatch(/-the|coldthe/)
})

test('a compound of three that a width broke keeps its hyphens', () => {
  expect(
    htmlOf(...broken, 'The council said so, and the mother-', 'in-law of the mayor said it too.'),
  ).toContain('mother-in-law')
})
