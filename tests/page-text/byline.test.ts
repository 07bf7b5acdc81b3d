import { expect, test } from 'vitest'
import { readPageText } from '../../src/page-text/page-text.ts'
import { plainContext } from '../support/page-text-pages.ts'

/** A page whose third line is asked who signed it. */
function authorsOf(byline: string, before = '', behind = '12 November 2020'): string[] {
  const page = [
    'The old bridge is repaired before the winter comes',
    before,
    byline,
    behind,
    'The council decided on Monday evening, after two hours, to have the old bridge repaired before the winter.',
    'Nobody spoke against the plan. The costs are given as forty thousand, and the work shall take six weeks.',
  ]
  const { authors } = readPageText(page.filter(Boolean).join('\n\n'), 'a.txt', plainContext)
  return (authors?.value ?? []).map(({ name, role }) => (role ? `${name} (${role})` : name))
}

test.each([
  ['by martin broadsheet', 'martin broadsheet'],
  ['*12 November 2020, by Martin Broadsheet*', 'Martin Broadsheet'],
  ['Interview: Martin Broadsheet, 12 November 2020', 'Martin Broadsheet'],
  ['By Martin Broadsheet in London and Anna Broadsheet in Paris', 'Martin Broadsheet', 'Anna Broadsheet'],
  ['Martin Broadsheet, Staff Writer', 'Martin Broadsheet (Staff Writer)'],
  ['Martin Broadsheet is a writer in London.', 'Martin Broadsheet'],
  ['By The Editors', 'The Editors'],
  ['Text: Martin Broadsheet Photo: Anna Broadsheet', 'Martin Broadsheet'],
  ['Veröffentlicht vonMartin Broadsheet', 'Martin Broadsheet'],
  ['Martin BroadsheetContributor', 'Martin Broadsheet (Contributor)'],
  ['By Martin Broadsheet Example News', 'Martin Broadsheet'],
  ['Por Martin Broadsheet Publicado', 'Martin Broadsheet'],
  ['Example-Post Recueilli par Martin Broadsheet', 'Martin Broadsheet'],
  [
    'Redaktion: Martin Broadsheet (Pressesprecher des Vereins)',
    'Martin Broadsheet (Pressesprecher des Vereins)',
  ],
  ['文／張三', '張三'],
  ['来源：示例日报 作者：张三', '张三'],
  ['홍길동 기자', '홍길동 (기자)'],
  ['서울 홍길동 특파원', '홍길동 (특파원)'],
  ['القاهرة - محمد علي', 'محمد علي'],
  ['Martin Van Der Broadsheet', 'Martin Van Der Broadsheet'],
  ['Martin Di Broadsheet', 'Martin Di Broadsheet'],
  ['By Martin "Blue Pen" Broadsheet 12 November 2020', 'Martin "Blue Pen" Broadsheet'],
  ['Posted by Broadsheet in Diary', 'Broadsheet'],
  ['Analysis by Martin Broadsheet, Senior Analyst', 'Martin Broadsheet (Senior Analyst)'],
  ['投稿者 張三丰', '張三丰'],
  [
    'By Martin Broadsheet | broadsheet@example.org | Example News Group, Anna Broadsheet | anna@example.org | Example News Group, all of the town of Example and of the valley beside it, where nobody else writes of what goes on',
    'Martin Broadsheet',
  ],
  ['Das Interview führte Martin Broadsheet.', 'Martin Broadsheet'],
  ['Das Gespräch führten Martin Broadsheet und Anna Broadsheet.', 'Martin Broadsheet', 'Anna Broadsheet'],
  ['Die Fragen stellte Martin Broadsheet', 'Martin Broadsheet'],
  ['Aufgezeichnet von Martin Broadsheet', 'Martin Broadsheet'],
  ['Text Martin Broadsheet Fotos Anna Broadsheet', 'Martin Broadsheet'],
  ['Texto y fotos: Martin Broadsheet', 'Martin Broadsheet'],
  ['Testo di Martin Broadsheet, foto di Anna Broadsheet', 'Martin Broadsheet'],
  ['As told to Martin Broadsheet', 'Martin Broadsheet'],
  ['LONDON, Martin Broadsheet', 'Martin Broadsheet'],
  ['Martin Broadsheet and AP', 'Martin Broadsheet'],
  ['Interview by Martin Broadsheet, photo by Anna Broadsheet', 'Martin Broadsheet'],
  ['By Martin Broadsheet, in News, Politics, Property', 'Martin Broadsheet'],
  ['By Martin Broadsheet Tuesday, Aug. 17, 2020', 'Martin Broadsheet'],
  ['Friday Thoughts • Martin Broadsheet • 12 November 2020', 'Martin Broadsheet'],
  ['Written by Martin Broadsheet1', 'Martin Broadsheet'],
  ['Autor: Martin Broadsheet (Sponsored Post), Redner bei example.org', 'Martin Broadsheet'],
  ['Martin Broadsheet and Anna Broadsheet, The Daily Example Press', 'Martin Broadsheet', 'Anna Broadsheet'],
])('%s', (byline, ...names) => expect(authorsOf(byline)).toEqual(names))

test.each([
  'Martin Broadsheet 7 hours ago',
  'Martin Broadsheet vor 2 Stunden',
  'Martin Broadsheet3 min read',
  'Wole Broadsheet7 days ago',
  'Wole Broadsheet @wolebroadsheet',
  'Wole Broadsheet wole@example.org',
])('%s: how long ago, and how long to read, stands beside names as dates do, as an address does', line =>
  expect(authorsOf(line, '', '')).toEqual([line.startsWith('W') ? 'Wole Broadsheet' : 'Martin Broadsheet']),
)

test('a name, when it was, and the text: nothing else is needed', () => {
  expect(authorsOf('Wole Broadsheet', 'A lead in a few words\n\nOver the river', '3h ago')).toEqual([
    'Wole Broadsheet',
  ])
})

test('the name stands under a date that ends in "by"', () => {
  expect(authorsOf('10.12.2022 18:27 von', '', 'Wole Broadsheet')).toEqual(['Wole Broadsheet'])
})

test.each([
  'Jane Doe is dead.',
  'Jane Doe is the mayor of Leeds.',
  'Jane Doe was a good neighbour.',
  'Jane Doe ist nicht mehr Bürgermeisterin.',
])('what happened to somebody is no byline: %s', sentence => {
  const page = `The town mourns\n\n12 November 2020\n\n${sentence}\n\nThe boats lay quiet in the harbour until the evening, and nobody went out before the morning had come.\n`
  const { authors, html } = readPageText(page, 'a.txt', plainContext)
  expect(authors?.value ?? []).toEqual([])
  expect(html).toContain(sentence)
})

test('a name behind "by" far from headline and text is the author’s where the page has no other', () => {
  const menu = Array.from({ length: 40 }, (_, at) => `What else is told of in town ${'abcdefghij'[at % 10]}`)
  const behind = ['Related', ...menu].join('\n\n')
  const text = (byline: string) => authorsOf('', '', `${behind}\n\n${byline}\n\n${menu.join('\n\n')}`)
  expect(text('By Martin Broadsheet')).toEqual(['Martin Broadsheet'])
  expect(text('By Martin Broadsheet\n\nAnother bridge\n\nBy Anna Broadsheet')).toEqual([])
})

test.each([
  'Photo: Anna Broadsheet',
  'Text here.',
  'Übersetzung: Anna Broadsheet, Redaktion: Martin Broadsheet',
  'Anna Broadsheet/AP Photo',
  '7 von 8',
  'mardi 5 juin 2018',
  'понедельник, 21 сентября 2020, 00:03',
  'Published Tue, Nov 19 2019 7:05 AM ESTUpdated Tue, Nov 19 2019 7:16 AM EST',
  'ツイート',
  '経済',
  '示例日報',
  '国際的な橋の工事 国内 12 November 2020',
  'torsdag 12 november 2020',
  'von Donnerstag',
  'Im Gespräch, 12. November 2020',
  'IT Beispielmagazin 12. November 2020',
  'Author information',
  'By Company Size',
  'By Industry Sector',
  'Entrevista de trabajo',
  'Av. Alm. Santos 139, 1150-015',
  'Texte de loi',
  'As told to friends',
  'Guide by region',
  'Haber: deprem',
  'NEW DELHI',
  'A photo posted by Anna Broadsheet (@anna) on Nov 11, 2020 at 2:50pm PST',
  '12 November 2020: Added Anna Broadsheet',
  'Paul VI., Letters 5, 12 November 2020:',
  '“The Old Bridge” – Anna Broadsheet',
  'See Updates 12 November 2020',
  'Martin Broadsheet mit Wirkung zum 1.9.2015 in den Vorstand bestellt',
])('nobody signs: %s', line => expect(authorsOf(line)).toEqual([]))

test('what merely stands in a list of links is a topic, and a name in it signs nothing', () => {
  const menu =
    'Home\nWeather\nTraffic\nStreets\nBridges\nMartin Broadsheet\nRivers\nMartin Broadsheet\nLocks\nFerries'
  expect(authorsOf('', menu, '')).toEqual([])
})

test('a name among names over the headline is one of a menu', () => {
  const page = (names: string) =>
    `${names}\n\nThe old bridge is repaired before the winter comes\n\n12 November 2020\n\nBy Wole Broadsheet\n\nThe council decided on Monday evening, after two hours, to have the old bridge repaired before the winter.`
  const { authors } = readPageText(
    page('Martin Broadsheet\n\nAnna Broadsheet\n\nPaul Broadsheet'),
    'a.txt',
    plainContext,
  )
  expect(authors?.value.map(({ name }) => name)).toEqual(['Wole Broadsheet'])
})

test('a programme signs nothing', () => {
  const days = [
    'Martin Broadsheet - Arena',
    'Paul Broadsheet - Flex',
    'Anna Broadsheet - Town Hall',
    'Mary Broadsheet - Flex',
  ]
  expect(authorsOf('', '', days.map((what, at) => `0${at + 1}.11.2022 - ${what}`).join('\n\n'))).toEqual([])
})

test('a programme signs nothing, though few of its lines name somebody', () => {
  const days = ['Placebo - Arena', 'Wole - Blue Flex', 'Disarstar - Flex', 'Muff - Flex', 'Arena']
  expect(authorsOf('', '', days.map((what, at) => `0${at + 1}.11.2022 - ${what}`).join('\n\n'))).toEqual([])
})

test('who is told of under the headline has not signed', () => {
  expect(
    authorsOf('', 'A certificate for Martin Broadsheet: he is ready to grow\n\nMartin Broadsheet', ''),
  ).toEqual([])
})

test('a name under "By" alone comes before another behind "by" far from the text', () => {
  const menu = Array.from({ length: 40 }, (_, at) => `What else is told of in town ${'abcdefghij'[at % 10]}`)
  const behind = ['Related', ...menu, 'By Anna Broadsheet', ...menu].join('\n\n')
  expect(authorsOf('Kommentar von', '', `Martin Broadsheet\n\n${behind}`)).toEqual(['Martin Broadsheet'])
})

test('under "By" a name stands once, and the titles below it are no names', () => {
  expect(authorsOf('By', '', 'Martin Broadsheet\n\nMartin Broadsheet\n\nResearch Associate')).toEqual([
    'Martin Broadsheet',
  ])
})

test.each(['Dnes 9:44', 'Monday 6:30PM', 'Publicerad 14.14', 'Today, 7:30 am'])(
  'a time of day below a name is when it was: %s',
  when => expect(authorsOf('Wole Broadsheet', '', when)).toEqual(['Wole Broadsheet']),
)

test.each([
  ['Guest author Wole Broadsheet', 'Wole Broadsheet'],
  ['Guide by Wole Broadsheet Former Deputy Editor', 'Wole Broadsheet'],
  ['Contributors: Wole Broadsheet', 'Wole Broadsheet'],
  ['Broadsheet Staff', 'Broadsheet Staff'],
  ['AUTOR/IN\n\nWole Broadsheet', 'Wole Broadsheet'],
  ['Author: Wole Broadsheet\n\nEdited By: Martin Broadsheet', 'Wole Broadsheet'],
  ['Wole Broadsheet\n\nMarketing Manager', 'Wole Broadsheet'],
])('%s', (byline, ...names) =>
  expect(authorsOf(byline, '', '').map(name => name.replace(/ \(.*/, ''))).toEqual(names),
)

test('the headline again signs nothing', () => {
  const text =
    'Der Rat beschloss am Montagabend nach zwei Stunden, die alte Brücke vor dem Winter erneuern zu lassen.'
  const headline = 'Große Aufgaben für die neue Brücke'
  const page = [
    'Kloster am Berg',
    'Konferenzzentrum',
    'example.org',
    'News',
    headline,
    'Am Fluss',
    headline,
    '03.11.2021',
    text,
    text,
  ]
  expect(readPageText(page.join('\n\n'), 'a.txt', plainContext).authors).toBeUndefined()
})

test('a reporter far from headline and text is the author where the page has no other', () => {
  const menu = Array.from({ length: 40 }, (_, at) => `What else is told of in town ${'abcdefghij'[at % 10]}`)
  expect(authorsOf('', '', ['Related', ...menu, '记者 王海燕', ...menu].join('\n\n'))).toEqual(['王海燕'])
})

test('a list of links behind the text signs nothing', () => {
  expect(authorsOf('Martin Broadsheet', 'Recent posts', '')).toEqual([])
})

test.each(['JANE BROADSHEET', 'Jane Broadsheet, Staff Writer', 'القاهرة - محمد علي'])(
  'a first line with a byline and a date below it is the headline, and no part of the text: %s',
  byline => {
    const { title, html } = readPageText(
      [
        'Counter number 71271 stands still since the flood of year 9',
        byline,
        '12 November 2020',
        'The meter in house 279 was read by hand 12 times, and each of the 20 readings differed from the one before by 117 litres.',
        'Nobody in street 153 knows why, said the owner of flat 28, who has lived there for 11 years.',
      ].join('\n\n'),
      'a.txt',
      plainContext,
    )
    expect(title).toMatchObject({ from: 'text', line: 1 })
    expect(html).not.toContain('Counter number')
  },
)

test('the name below a quotation is of whom it quotes, and stays there', () => {
  const quotation = '"All happy families are alike."'
  expect(authorsOf('Martin Broadsheet', quotation, '')).toEqual([])
  expect(authorsOf('By Martin Broadsheet', quotation, '')).toEqual(['Martin Broadsheet'])
  const page = [
    '"The old bridge is repaired before the winter comes"',
    'Martin Broadsheet',
    '12 November 2020',
  ]
  const text =
    'The council decided on Monday evening, after two hours, to have it repaired before the winter.'
  const { authors } = readPageText([...page, text].join('\n\n'), 'a.txt', plainContext)
  expect(authors?.value[0]?.name).toBe('Martin Broadsheet')
})

test('letters of several people in one file have no one author', () => {
  const letters = [
    'Dear Editor',
    'What you say of the bridge is wrong in three points. It was built in 1904, has five piers, and was never closed.',
    'Martin Broadsheet, Leeds',
    'Dear Editor',
    'The article on the bridge was a joy to read, and the grandchildren have heard it twice since it came out.',
    'Anna Broadsheet, York',
  ]
  const { authors, html } = readPageText(letters.join('\n\n'), 'a.txt', plainContext)
  expect(authors).toBeUndefined()
  expect(html).toContain('Martin Broadsheet, Leeds')
})

test.each([
  ['Автор: Они думали, что пройдёт.', 'Автор: В одиннадцать лет, и никому это не было нужно.'],
  ['Author: They Thought it would pass.', 'Author: In the attic, when nobody was at home.'],
])('turns of an interview sign nothing: %s', (turn, other) => {
  expect(authorsOf(turn, '', `Reporter: And then?\n\n${other}`)).toEqual([])
})

test('a verse that begins with a word for texts signs nothing', () => {
  expect(authorsOf('Текст мой — вода и ветер,', '', 'Автор молчит на рассвете,')).toEqual([])
})

test('the first of many names below each other is nobody who signed', () => {
  const names = ['Martin', 'Anna', 'Peter', 'Mary', 'John'].map(name => `${name} Broadsheet`)
  expect(authorsOf(names[0]!, '', names.slice(1).join('\n\n'))).toEqual([])
})
