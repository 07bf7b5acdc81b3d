import { expect, test } from 'vitest'
import { readPageText } from '../../src/page-text/page-text.ts'
import { plainContext } from '../support/page-text-pages.ts'

const headline = 'The old bridge is repaired before the winter comes'
const text = [
  'The council decided on Monday evening, after two hours, to have the old bridge repaired before the winter, and nobody spoke against the plan.',
  'The costs are given as forty thousand, and the work shall take six weeks. The bridge will be closed to lorries until the work is done.',
  'The bridge is a hundred years old, and has been closed to lorries since a crack was found in a pier two years ago by divers of the town.',
]
const dayOf = (lines: readonly string[]) =>
  readPageText(lines.join('\n\n'), 'a.txt', plainContext).published?.value.local.slice(0, 10)

const chinese = [
  '市议会周一晚间经过两个小时的讨论，决定在冬季到来之前对老桥进行修缮，工程预计需要六周的时间才能完成。',
  '没有人反对这项计划。据介绍，这项工程的费用约为四万元，施工期间桥梁将对所有车辆关闭，行人仍可通行。',
]

test.each([
  '1998年7月3日的大水',
  '2008年5月9日以后的日子',
  '2011年3月12日を忘れない',
  '2014년 4월 17일의 기억',
])('a headline that begins with a day is dated by another: %s', line => {
  expect(dayOf([line, ...chinese])).toBeUndefined()
  expect(dayOf([line, '2020年11月12日', ...chinese])).toBe('2020-11-12')
})

test.each([
  'Boarding pass 20101203T0900',
  'Order 20101203T0900 of the harbour office',
  'Tickets 2.50 pm 3 May 2021',
  'Doors open 2.50 pm, 3 May 2021',
  'Kick-off: 3 May 2021, 15:00',
  'Flight 3 May 2021',
  'Tickets 2.50 pm 3 May 2021. The council decided on Monday evening to have the bridge repaired before the winter comes.',
  '2023-01-10 10:30:00 2023-01-10 11:00:00 The council meets in the town hall and talks of the bridge, which all may hear.',
])('%s dates no article', line => expect(dayOf([headline, line, ...text])).toBeUndefined())

test.each([
  ['20101203T0900', '2010-12-03'],
  ['Date: 20101203T0900', '2010-12-03'],
])('a basic form dates an article where it is said to be a date, or stands alone: %s', (line, day) =>
  expect(dayOf([headline, line, ...text])).toBe(day),
)

test('a day below "Read also" is another article’s', () => {
  const page = [headline, 'Lesen Sie auch', '12.11.2019', 'Another bridge', ...text]
  expect(dayOf(page)).toBeUndefined()
  expect(dayOf([headline, '12.11.2020', 'Lesen Sie auch', '12.11.2019', 'Another bridge', ...text])).toBe(
    '2020-11-12',
  )
})

test('a press release is no release whose day is told', () => {
  expect(dayOf(['Press Release', '12 November 2020', headline, ...text])).toBe('2020-11-12')
})

test('what is said behind the day to be the first publication’s is', () => {
  const page = [
    headline,
    'Last updated 12 January 2021',
    ...text,
    ...text,
    'Peer reviewed by',
    '3 Sept 2020 | Originally published',
    ...Array.from({ length: 12 }, (_, at) => `Source ${at + 1}: what else was said of the bridge`),
    ...text,
  ]
  expect(dayOf(page)).toBe('2020-09-03')
})

test('the day of what is shown of another site is not the article’s', () => {
  const shown = 'Posted by The Old Town on Monday, February 7, 2022'
  expect(
    dayOf(['Town and country: 4 February 2022', 'Streets', headline, ...text.slice(0, 2), shown, ...text]),
  ).toBe('2022-02-04')
  expect(dayOf([headline, ...text, 'Posted by Jane Doe on Monday, February 7, 2022'])).toBe('2022-02-07')
})

test('several bylines with days behind the text are other articles’', () => {
  const others = [
    'Related',
    'Another bridge',
    'By Jane Doe • Feb 18, 2020',
    'A third bridge',
    'By Mary Doe • Jun 4, 2020',
  ]
  expect(dayOf([headline, ...text, ...others])).toBeUndefined()
})

test('the day of a change is no first day where a comment is older', () => {
  const page = (remark: string) => [
    headline,
    'Last updated: March 11, 2019',
    ...text,
    '2 Comments',
    'Jane Doe',
    remark,
    'How good to hear of this!',
  ]
  expect(dayOf(page('July 14, 2015 at 3:53 pm'))).toBeUndefined()
  expect(dayOf(page('March 12, 2019 at 3:53 pm'))).toBe('2019-03-11')
})

test('a day that opens the text is read below a headline that is not sure', () => {
  const menu =
    'Home Rivers Streets Weather Traffic Contact Newsletter Login Imprint Bridges Roads Harbours'.split(' ')
  const page = [
    ...menu,
    'Bridge repaired',
    '27.1.2022 – The council decided on Monday evening to have the old bridge repaired before the winter comes.',
    ...text,
  ]
  expect(dayOf(page)).toBe('2022-01-27')
})

test('the sentence under a text may tell its sections first', () => {
  const told =
    'Dieser Eintrag wurde veröffentlicht in Inland, Politik und getaggt mit Brücke, Rat am 11. Dezember 2012 von Jane.'
  expect(dayOf([headline, ...text, told])).toBe('2012-12-11')
})

test.each([
  'The party will be held at the old bridge on 17 February 2023 at 11 am.',
  'The next meeting will be on 5 May 2024.',
  'Der nächste Lauf ist am 5. Mai 2024.',
])('a sentence that says when something happens dates no article, and stays: %s', line => {
  for (const page of [
    [headline, text[0]!, text[1]!, line],
    [headline, line, ...text],
  ]) {
    expect(dayOf(page)).toBeUndefined()
    expect(readPageText(page.join('\n\n'), 'a.txt', plainContext).html).toContain(line)
  }
})

test('a phrase that ends in the day keeps its words in the text', () => {
  const line = 'Minutes of the meeting of 3 March 2022'
  const page = [line, 'Present: Jane, John', 'Apologies: Mary', ...text]
  const { html, published, title } = readPageText(page.join('\n\n'), 'a.txt', plainContext)
  expect(published?.value.local).toBe('2022-03-03T00:00:00')
  expect(`${title?.value} ${html}`).toContain('Minutes of the meeting')
})

test('days that head entries of a log or a programme date nothing, and stay', () => {
  const log = ['Friday 3 May 2019', text[0]!, 'Saturday 4 May 2019', text[1]!, 'Sunday 5 May 2019', text[2]!]
  const { html, published } = readPageText(
    ['Log of the old bridge', ...log].join('\n\n'),
    'a.txt',
    plainContext,
  )
  expect(published).toBeUndefined()
  for (const line of log) expect(html).toContain(line)
  expect(dayOf(['Log of the old bridge', 'By Martin Broadsheet', '12 November 2020', ...log])).toBe(
    '2020-11-12',
  )
})

test('when somebody died dates no article, and stays', () => {
  const line = '* 3. Mai 1931 † 5. Februar 2023'
  const { html, published } = readPageText(
    ['Karl Broadsheet', line, ...text].join('\n\n'),
    'a.txt',
    plainContext,
  )
  expect(published).toBeUndefined()
  expect(html).toContain(line)
})

test.each(['2.0.0 (2024-03-12)', 'v1.4 - 2024-03-12'])(
  'the number of a version stays over its text: %s',
  line => {
    const { html, title } = readPageText(['Changes', line, ...text].join('\n\n'), 'a.txt', plainContext)
    expect(`${title?.value} ${html}`).toContain(line)
  },
)

test('a day over what is at a time of day dates no article', () => {
  const day = ['Friday 3 May 2019', '18:00 Doors', '19:00 Concert']
  const { html, published } = readPageText(
    ['Programme of the fair', ...day, ...text].join('\n\n'),
    'a.txt',
    plainContext,
  )
  expect(published).toBeUndefined()
  for (const line of day) expect(html).toContain(line)
  expect(dayOf([headline, '12 November 2020', '18:00 Uhr', ...text])).toBe('2020-11-12')
})
