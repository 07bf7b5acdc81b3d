import { expect, test } from 'vitest'
import { readPageText } from '../../src/page-text/page-text.ts'
import { plainContext } from '../support/page-text-pages.ts'

const text = [
  'The council decided on Monday evening, after two hours, to have the old bridge repaired before the winter.',
  'Nobody spoke against the plan. The costs are given as forty thousand, and the work shall take six weeks, if the river stays as low as it has been since the spring.',
  'The bridge is a hundred years old, and has been closed to lorries since a crack was found in a pier. The ferry has been fuller than ever since then.',
  'Those who live on the other side have waited for this for two years, and will wait a little longer. On the day it opens there shall be music.',
]
const menu =
  'Home\nOur valley\nMills and looms\nThe great fair\nContact\nWho we are\nHelp us\nLogin\nAll that is new'.split(
    '\n',
  )
const foot =
  'Share\nFacebook\nThe choir of the valley\nA tale of two mills\nWhat the fair brought\nNewsletter\nWrite to us\nAll rights reserved'.split(
    '\n',
  )
const headline = [
  'The old bridge is repaired before the winter comes',
  'By Wole Broadsheet',
  '12 November 2020',
]
const read = (lines: readonly string[]) => {
  const { html, dropped } = readPageText(lines.join('\n\n'), 'a.txt', plainContext)
  return { html, dropped: dropped.map(line => line.text) }
}

test('what stands amid menus goes with them, before and behind the text', () => {
  const { html, dropped } = read([...menu, ...headline, ...text, ...foot])
  for (const line of text) expect(html).toContain(line)
  expect(dropped).toEqual(expect.arrayContaining([...menu.slice(0, -1), ...foot]))
})

const teasers =
  'Home\nLogin\nSomething else that is told in town\nNewsletter\nThe mill at the weir has a new wheel\nA choir for all who live by the river\nContact\nWhat was brought to the fair this year'.split(
    '\n',
  )

test('links between headline and text go, whatever they say', () => {
  const { html, dropped } = read([
    ...menu,
    ...headline,
    'Share',
    ...teasers,
    'Facebook',
    'Print',
    ...text,
    ...foot,
  ])
  for (const line of text) expect(html).toContain(line)
  expect(dropped).toEqual(expect.arrayContaining(teasers))
})

test('links over a text without a headline go, whatever they say', () => {
  const { html, dropped } = read([...teasers, ...menu, ...text, ...foot])
  for (const line of text) expect(html).toContain(line)
  expect(dropped).toEqual(expect.arrayContaining([...teasers, ...menu.slice(0, -2)]))
})

test('short lines that no page has are the author’s, wherever they stand', () => {
  const verse =
    'Over the dark water\nunder the grey stone\nthe very old bridge\nstands here quite alone'.split('\n')
  const { html } = read([...headline, ...verse, ...text, ...verse])
  for (const line of [...verse, ...text]) expect(html).toContain(line)
})

test('a list and a last sentence go on to their end', () => {
  const items = [
    '1. Close the road.',
    '2. Take up the planks.',
    '3. Look at the piers.',
    '4. Lay new planks.',
  ]
  const last =
    'The work begins on the first Monday of next month, when the harvest is in and the road is dry.'
  const { html } = read([...menu, ...headline, ...text, ...items, last, ...foot])
  for (const line of [...items, last]) expect(html).toContain(line.replace(/^\d\. /, ''))
})

test('a sentence between headline and share bar is the article’s', () => {
  const lead =
    'Six weeks, forty thousand and a lot of planks: what the council wants to do, and why it took two years.'
  const { html } = read([...menu, ...headline, lead, 'Share', 'Facebook', 'Print', ...text, ...foot])
  expect(html).toContain(lead)
})

test('a list behind the text goes that says nowhere to be one, where much speaks against it', () => {
  const rubrics = ['Town hall', '2 May 2021', 'Weather', '1 May 2021', 'Culture', '30 April 2021']
  const days = ['Town hall', '29 April 2021', 'Weather', '28 April 2021', 'Town hall', '27 April 2021']
  const { html, dropped } = read([...headline, ...text, ...rubrics, ...days])
  for (const line of text) expect(html).toContain(line)
  expect(dropped).toEqual(expect.arrayContaining([...rubrics, ...days]))
})

test('downloads with their check sums between two paragraphs are the author’s, though they look like no text', () => {
  const sum = 'SHA256: 0f1a3c9b8d7e6f5a4b3c2d1e0f9a8b7c6d5e4f3a2b1c0d9e8f7a6b5c4d3e2f1a'
  const download = ['Download', 'https://files.example.org/mill-2.4.1.tar.gz', 'SIZE: 14174035 bytes', sum]
  const all = [...download, ...download, 'Release notes']
  const last = 'Many people sent in reports and helped to make this release; they are thanked for it.'
  const { html } = read([...headline, ...text, ...all, last])
  for (const line of [...all, last]) expect(html).toContain(line)
})

test('a heading that pages have ends no text that goes on behind it in short lines', () => {
  const console = Array.from({ length: 12 }, (_, at) => [
    `Way ${at}`,
    `mill.grind("oats", ${at});`,
    `It grinds ${at} sacks`,
  ]).flat()
  const { html } = read([...headline, ...text, 'Share', ...console])
  for (const line of console.slice(0, -3)) expect(html).toContain(line)
})

test('many short lines between headline and first paragraph are a text in short lines', () => {
  const steps = Array.from({ length: 15 }, (_, at) => [`Step ${at}`, `oil wheel ${at}`]).flat()
  const { html } = read([...headline, ...steps, ...text])
  for (const line of steps) expect(html).toContain(line)
})
