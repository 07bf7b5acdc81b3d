import { expect, test } from 'vitest'
import { readPageText } from '../../src/page-text/page-text.ts'
import { plainContext } from '../support/page-text-pages.ts'

const text = [
  'The council decided on Monday evening, after two hours, to have the old bridge repaired before the winter.',
  'Nobody spoke against the plan. The costs are given as forty thousand, and the work shall take six weeks.',
  'The bridge is a hundred years old, and has been closed to lorries since a crack was found in a pier.',
]
const menu =
  'Home\nPolitics\nSports\nWeather\nTraffic\nStreets\nRivers\nContact\nTerms of use, imprint\nNewsletter\nLogin'.split(
    '\n',
  )
const read = (lines: readonly string[]) => readPageText(lines.join('\n\n'), 'a.txt', plainContext)

test('a menu over a headline that is not sure is left out, and nothing else over it', () => {
  const { title, html, dropped } = read([...menu, 'An old bridge', 'Over the river', ...text])
  expect(title?.from).toBe('derived')
  expect(dropped.map(line => line.text)).toEqual(menu)
  expect(html).toContain('Over the river')
})

test('as many short lines that no page has are somebody’s own', () => {
  const verse =
    'Over the dark water\nunder the grey stone\nthe very old bridge\nstands here quite alone\nit is cold there\nthere are rain clouds\nthey bend and fall\nso let it go\nover the cold river'
  const { html } = read([...verse.split('\n'), 'An old bridge', 'Bridge over the river repaired', ...text])
  for (const line of verse.split('\n')) expect(html).toContain(line)
})

test('who wrote it and when may stand over the text, far below the headline', () => {
  const links = Array.from(
    { length: 30 },
    (_, at) => `Something else that is told of in town ${'abcdefghijklmnopqrstuvwxyzäöüß'[at]}`,
  )
  const page = [
    'The old bridge is repaired before the winter comes',
    ...links,
    'By Martin Broadsheet',
    '12 November 2020',
    ...text,
  ]
  const { authors, published } = read(page)
  expect(authors?.value.map(({ name }) => name)).toEqual(['Martin Broadsheet'])
  expect(published?.value.local).toBe('2020-11-12T00:00:00')
})

test.each([
  'Concert: 12 November 2020, 10:00-11:30',
  '— Somebody (@somebody) November 12, 2020',
  'Release: 12 November 2020',
  'Open from 12 November 2020 to 15 November 2020',
  'Verreist vom 12.11.2020 bis 15.11.2020 als Familie',
  'Early birds 28.01. - 05.02. 10% off',
])('%s dates no article', line => {
  expect(
    read(['The old bridge is repaired before the winter comes', line, ...text]).published,
  ).toBeUndefined()
})

test.each([
  'Sonntag, 02.11.2014 | Tags: Weihnachtsmarkt |',
  '(02.11.2014) The bridge is closed to lorries since a crack was found in one of the piers that stand in it.',
])('%s: a date with its weekday or in brackets opens the line', line => {
  const { published } = read([
    'The old bridge is repaired before the winter comes',
    'Over the river',
    line,
    ...text,
  ])
  expect(published?.value.local).toBe('2014-11-02T00:00:00')
})

test('a date that is said to be the publication’s may stand anywhere, if the page says no other', () => {
  const links = Array.from({ length: 40 }, (_, at) => `What else is told of in town ${'abcdefghij'[at % 10]}`)
  const dated = (first: string, second = 'Over the river') =>
    read([first, ...links, second, ...links, 'The old bridge is repaired before the winter comes', ...text])
      .published?.value.local
  expect(dated('Published: 12 November 2020')).toBe('2020-11-12T00:00:00')
  expect(dated('By Martin Broadsheet, 12 November 2020')).toBe('2020-11-12T00:00:00')
  expect(dated('Published: 12 November 2020', 'Published: 11 November 2020')).toBeUndefined()
})

const namesOf = (lines: readonly string[]) => read(lines).authors?.value.map(({ name }) => name)
const headline = 'The old bridge is repaired before the winter comes'

test.each([
  [
    'a caption over its credit',
    ['Martin Example', 'Photo: Somebody Else / Agency'],
    '',
    'Nobody spoke against it, but for Example, who has lived beside the bridge for years.',
  ],
  [
    'words of the text',
    ['Local Bridges'],
    '12 November 2020',
    'It is one of the local bridges of the county, and of those the oldest that is left.',
  ],
  ['buttons', ['A A'], '12 November 2020', ''],
  ['an address', ['www.example.org'], '12 November 2020', ''],
])('%s sign nothing', (_, over, date, last) => {
  expect(namesOf([headline, ...over, date, ...text, last].filter(Boolean))).toBeUndefined()
})

test('a comment by an author is no remark of a reader, where it stands over the text', () => {
  expect(namesOf([headline, '12. November 2020', 'Kommentar von Martin Example', ...text])).toEqual([
    'Martin Example',
  ])
})

test('the photographer on the author’s line is no author', () => {
  expect(namesOf([headline, 'by Martin Example Photo: Somebody Else', ...text])).toEqual(['Martin Example'])
})

const dayOf = (lines: readonly string[]) => read(lines).published?.value.local.slice(0, 10)

test.each([
  ['an embed', ['A photo posted by Somebody (@somebody) on Nov 14, 2020 at 2:50pm']],
  ['a teaser that is signed', ['What else there was', 'By Anna Example 14 November 2020']],
  [
    'a remark',
    ['1 reply on “The old bridge”', 'NCTownsays:', 'November 14, 2020 at 2:58 pm', 'It was high time.'],
  ],
  ['the site', ['Last published Nov 14, 2020']],
])('the date of %s in or behind the text is not the article’s', (_, lines) => {
  expect(dayOf([headline, '12 November 2020', ...text, ...lines, ...text])).toBe('2020-11-12')
})

test.each([
  '3 thoughts on “The old bridge is repaired”',
  'Ein Gedanke zu „Die alte Brücke“',
  '11 Antworten zu “Die alte Brücke”',
  '4 commentaires sur « Le vieux pont »',
])('readers speak behind "%s"', head => {
  const { html } = read([
    headline,
    '12 November 2020',
    ...text,
    ...text,
    head,
    'A reader',
    'It was high time that it was done.',
  ])
  expect(html).not.toContain('high time')
})

const site = ['Home', 'Contact', 'Subscribe', 'Search']
const foot = ['Share this:', 'Leave a Reply', 'Privacy Policy', '© 2024 The Broadsheet. All rights reserved.']

test('a text without a paragraph is not lost behind the menu over it', () => {
  const recipe = 'A cake\n200 g butter\n4 eggs\n1 lemon, zest and juice\nBake for 45 minutes.'.split('\n')
  const { html, dropped } = read([...site, ...recipe, ...foot])
  for (const line of recipe) expect(html).toContain(line)
  expect(dropped.map(line => line.text)).toEqual([...site, ...foot])
})

const verses = [
  'By the river, by the mill,',
  'By the church upon the hill,',
  'Walks the reaper, stooped and slow,',
  'Where the yellow barley grow.',
]

test('a few words over a headline that is not sure stay, though others over them are a menu', () => {
  expect(read(['Harvest Song', ...verses]).html).toContain('Harvest Song')
  const { html, dropped } = read([...menu, 'Harvest Song', ...verses, ...text])
  expect(html).toContain('Harvest Song')
  expect(dropped.map(line => line.text)).toEqual(menu)
})

test('what somebody does at a time of day is no menu', () => {
  const day = ['8:00 Coffee', '9:00 Mail', '10:00 Search', '17:00 Home', 'Email', 'Share']
  const { html, dropped } = read(['A day in the office of the town', ...text, ...day, text[0]!])
  for (const line of day.slice(0, 4)) expect(html).toContain(line)
  expect(dropped.map(line => line.text)).not.toContain('9:00 Mail')
})

test('what a numbered list says is its own, though menus say it too', () => {
  const tips = [
    'Go to bed',
    'Read more.',
    'Share this',
    'Subscribe to our newsletter',
    'Log in',
    'Good night!',
  ]
  const list = tips.map((tip, at) => `${at + 1}. ${tip}`)
  const { html } = read(['Tips for better sleep at home', ...text, ...list])
  for (const tip of tips) expect(html).toContain(tip)
})

test('what was in a year is no menu', () => {
  const years = ['1904 Founded', '1921 Home', '1950 Newsletter', '1989 100 members', '2004 Website']
  const { html } = read(['A short history of the club of the town', ...text, ...years, text[0]!])
  for (const year of years) expect(html).toContain(year)
})

test('a verse that goes on in the next line is not taken out of its poem', () => {
  const poem = [
    'Abend',
    'Von Anna kam kein Brief,',
    'Von Peter kam kein Wort.',
    'Text und Lied sind still,',
    'Der Wind trägt alles fort.',
  ]
  const { html, title } = read(poem)
  expect(title?.from).not.toBe('text')
  for (const line of poem) expect(html).toContain(line)
})

test.each([
  'The first window looks on the sea. Photo: my own hand shook when I took it, and so the horizon is not straight.',
  'Photo by my sister. Words by my mother. Music by my neighbour, who does not know it.',
])('sentences that tell of a picture are no caption: %s', line => {
  expect(read(['Six windows of the old house', ...text, line, text[0]!]).html).toContain(line)
})
