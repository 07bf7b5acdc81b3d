import { expect, test } from 'vitest'
import { dateOrderIn, orderAmong, type ShownOrder, shownOrder } from '../../src/page-text/learn-date-order.ts'
import { inspect } from '../../src/publish/inspect.ts'
import { exampleSite } from '../support/articles.ts'
import { memorySource } from '../support/memory-source.ts'

test.each<[text: string, shown: ShownOrder | null]>([
  ['25/11/2023', 'dmy'],
  ['11-25-2023', 'mdy'],
  ['05/11/2023', 'open'],
  ['05/11/2023, then 25/11/2023', 'dmy'],
  ['25/11/2023, then 11/25/2023', 'both'],
  // Full stops are everybody's way to write the day first, and other things besides.
  ['25.11.2023', null],
  ['/2023/11/25/', null],
  ['40/11/2023 and 1/25/2023/4', null],
])('%s shows %s', (text, shown) => expect(shownOrder(text)).toBe(shown))

test('files that prove an order speak with one voice, or nobody knows', () => {
  expect(orderAmong(['open', 'dmy', null, 'dmy'])).toBe('dmy')
  expect(orderAmong(['dmy', 'mdy'])).toBeNull()
  expect(orderAmong(['dmy', 'both'])).toBeNull()
  expect(orderAmong(['open', null])).toBeNull()
})

test('the nearest directory that proves an order decides', () => {
  const orderOf = dateOrderIn(new Map([['', 'dmy'] as const, ['us', 'mdy'] as const]))
  expect([orderOf('us/old/a.txt'), orderOf('uk/a.txt'), orderOf('a.txt')]).toEqual(['mdy', 'dmy', 'dmy'])
})

const page = (date: string) =>
  `The old bridge is repaired before the winter comes\n\n${date}\n\nThe council decided on Monday evening, after two hours, to have the old bridge repaired.\n\nNobody spoke against the plan, and the work shall take six weeks.`

async function datesOf(files: Record<string, string>, site = exampleSite) {
  const source = memorySource(new Map(Object.entries(files).map(([path, date]) => [path, page(date)])))
  const found = await inspect(source, site, { now: Date.parse('2026-11-01T00:00:00Z') })
  return Object.fromEntries(
    found.files.map(({ path, article, diagnostics }) => [
      path,
      article?.published?.local.slice(0, 10) ??
        diagnostics.find(({ code }) => code === 'date-ambiguous')?.message ??
        'none',
    ]),
  )
}

test('of a folder the files that prove the order decide for those that do not', async () => {
  const british = { 'a.txt': '05/11/2023', 'b.txt': '25/11/2023', 'c.txt': '28/11/2023' }
  expect(await datesOf(british)).toMatchObject({ 'a.txt': '2023-11-05' })
  const american = { 'a.txt': '05/11/2023', 'b.txt': '11/25/2023' }
  expect(await datesOf(american)).toMatchObject({ 'a.txt': '2023-05-11' })
})

test('where they contradict each other, or nothing proves it, no date is invented, and both readings are told', async () => {
  const mixed = await datesOf({ 'a.txt': '05/11/2023', 'b.txt': '25/11/2023', 'c.txt': '11/25/2023' })
  expect(mixed).toMatchObject({
    'a.txt': expect.stringMatching(/2023-11-05 or 2023-05-11/),
    'b.txt': '2023-11-25',
  })
  expect(await datesOf({ 'a.txt': '05/11/2023' })).toEqual({ 'a.txt': expect.stringContaining(' or ') })
})

test('else the zone that the settings name decides, where it has one custom', async () => {
  const at = async (timezone: string) =>
    (await datesOf({ 'a.txt': '05/11/2023' }, { ...exampleSite, timezone }))['a.txt']
  expect(await at('America/New_York')).toBe('2023-05-11')
  expect(await at('Europe/London')).toBe('2023-11-05')
  expect(await at('America/Toronto')).toMatch(/ or /)
})
