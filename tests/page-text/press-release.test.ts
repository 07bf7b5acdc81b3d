import { expect, test } from 'vitest'
import { accountPageText, readPageText } from '../../src/page-text/page-text.ts'
import { lostCharacters } from '../support/page-text-account.ts'
import { plainContext } from '../support/page-text-pages.ts'

const text = [
  'The town council met on Monday evening and agreed, after two hours of talk, to mend the old bridge before winter comes.',
  'Nobody spoke against the plan. The cost is put at forty thousand, and the work is to take six weeks if the river stays low.',
  'The bridge was built a hundred years ago. It has been closed to lorries since spring, when a crack was found in one of its piers.',
]
const headline = 'Council agrees to mend the old bridge before winter'
const about = [
  'About Riverside',
  'Riverside is a town by the river with four thousand people and one old bridge.',
]
const read = (...lines: readonly string[]) => readPageText(lines.join('\n\n'), 'a.txt', plainContext)

test.each(['###', '# # #', '-30-', '– 30 –', '- ENDS -', '– Ende –', '***ENDS***'])(
  'a release ends with its own mark: %s',
  mark => {
    const { html, dropped } = read(
      'FOR IMMEDIATE RELEASE',
      headline,
      'May 3, 2021',
      ...text,
      mark,
      ...about,
      'Jane Roe, jane@example.org',
    )
    for (const line of text) expect(html).toContain(line)
    for (const line of [mark, ...about]) expect(dropped.map(one => one.text)).toContain(line)
  },
)

test('whom journalists may ask is not of the text', () => {
  const block = ['Pressekontakt:', 'Erika Muster', 'Telefon 0123 456789', 'presse@example.org']
  const { html, dropped } = read('PRESSEMITTEILUNG', headline, '3. Mai 2021', ...text, ...block)
  for (const line of text) expect(html).toContain(line)
  expect(dropped.map(one => one.text)).toEqual(expect.arrayContaining(block))
})

test('in other texts "Contact:" is an author’s line', () => {
  const { html } = read(headline, 'May 3, 2021', ...text, 'Contact:', 'The harbour office', '+1 555 0100 200')
  expect(html).toContain('The harbour office')
})

test('marks between scenes, and one with a text behind it, end nothing', () => {
  const scenes = read(headline, 'May 3, 2021', text[0] ?? '', '###', text[1] ?? '', '###', text[2] ?? '')
  for (const line of text) expect(scenes.html).toContain(line)
  const one = read(headline, 'May 3, 2021', text[0] ?? '', text[2] ?? '', '###', text[1] ?? '')
  expect(one.html).toContain(text[1])
})

test.each([
  'About noon the ferry came back from the other side, and nobody on board had heard of what the council had agreed on.',
  'Write to jane@example.org about what you have seen by the bridge, and we shall print it here as we did in the spring.',
])('a story goes on behind one mark: %s', next => {
  const { html } = read(headline, 'May 3, 2021', ...text, '###', next)
  expect(html).toContain(next.slice(0, 20))
})

test('a poem is no letter', () => {
  const { html, title } = read('From: a village', 'To: a city', 'Date: unknown', 'Subject: longing', ...text)
  expect(html).toContain('From: a village')
  expect(title?.value).not.toBe('longing')
})

const letter = (...head: readonly string[]) =>
  `${head.join('\n')}\n\nDear readers,\n\n${text.join('\n\n')}\n\nYours,\nJane Roe\n`

test.each([
  [
    'English',
    [
      'From: Jane Roe <jane@example.org>',
      'To: readers@example.org',
      'Date: Mon, 3 May 2021 14:30:00 +0200',
      `Subject: ${headline}`,
    ],
  ],
  [
    'passed on',
    [
      '-------- Forwarded Message --------',
      `Subject: Re: Fwd: ${headline}`,
      'Date: Mon, 3 May 2021 14:30:00 +0200',
      'From: Jane Roe <jane@example.org>',
      'To: readers@example.org',
    ],
  ],
  [
    'German',
    [
      'Von: Jane Roe <jane@example.org>',
      'Gesendet: Montag, 3. Mai 2021 14:30',
      'An: readers@example.org',
      `Betreff: AW: ${headline}`,
    ],
  ],
  [
    'French',
    [
      'De : Jane Roe <jane@example.org>',
      'Envoyé : lundi 3 mai 2021 14:30',
      'À : readers@example.org',
      `Objet : ${headline}`,
    ],
  ],
])('a letter’s head says what it is about, who wrote it and when: %s', (_, head) => {
  const page = letter(...head)
  const { reading } = accountPageText(page, 'a.txt', plainContext)
  expect(reading.title).toMatchObject({ value: headline, from: 'text' })
  expect(reading.authors?.value).toMatchObject([{ name: 'Jane Roe', email: 'jane@example.org' }])
  expect(reading.published?.value.local).toMatch(/^2021-05-03/)
  expect(reading.html).not.toContain('readers@example.org')
  for (const line of ['Dear readers,', ...text, 'Yours,']) expect(reading.html).toContain(line)
  expect(lostCharacters(page, reading)).toBe('')
})

test('a list of labels alone is no letter’s head', () => {
  const { reading } = accountPageText(
    `${headline}\n\nFrom: the old pier\nTo: the new pier\nDate: 3 May 2021\n\n${text.join('\n\n')}\n`,
    'a.txt',
    plainContext,
  )
  expect(reading.html).toContain('To: the new pier')
})
