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
])('%s', (byline, ...names) => expect(authorsOf(byline)).toEqual(names))

test.each([
  'Photo: Anna Broadsheet',
  'Text here.',
  'Übersetzung: Anna Broadsheet, Redaktion: Martin Broadsheet',
  'Anna Broadsheet/AP Photo',
  '7 von 8',
  'mardi 5 juin 2018',
  'понедельник, 21 сентября 2020, 00:03',
  'Published Tue, Nov 19 2019 7:05 AM ESTUpdated Tue, Nov 19 2019 7:16 AM EST',
  'Martin Broadsheet mit Wirkung zum 1.9.2015 in den Vorstand bestellt',
])('nobody signs: %s', line => expect(authorsOf(line)).toEqual([]))

test('what merely stands in a list of links is a topic, and a name in it signs nothing', () => {
  const menu =
    'Home\nWeather\nTraffic\nStreets\nBridges\nMartin Broadsheet\nRivers\nMartin Broadsheet\nLocks\nFerries'
  expect(authorsOf('', menu, '')).toEqual([])
})

test('a list of links behind the text signs nothing', () => {
  expect(authorsOf('Martin Broadsheet', 'Recent posts', '')).toEqual([])
})
