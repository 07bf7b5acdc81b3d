import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { accountPageText, readPageText } from '../../src/page-text/page-text.ts'
import { lostCharacters, wordsOfHtml } from '../support/page-text-account.ts'
import { plainContext, randomFrom, recombine } from '../support/page-text-pages.ts'

/* The long run of the same properties: `tests/fuzz/page-text.fuzz.ts`. */
const folder = join(import.meta.dirname, '../fixtures/page-text')
const lines = readdirSync(folder)
  .filter(name => name.endsWith('.txt'))
  .flatMap(name => readFileSync(join(folder, name), 'utf8').split('\n'))
  .filter(line => line.trim() !== '')

const bare = (text: string) => text.replace(/\s/g, '')

test('pages put together from lines of others lose no character', () => {
  fc.assert(
    fc.property(fc.nat(), seed => {
      const text = recombine(lines, randomFrom(seed))
      const { reading, account } = accountPageText(text, 'page.txt', plainContext)
      expect(lostCharacters(text, reading)).toBe('')
      expect(bare(account.map(line => line.text).join(''))).toBe(bare(text))
    }),
    { numRuns: 400 },
  )
})

test('two lines that say the same do not lose it to one field', () => {
  const text =
    'Written by\n\nReuters\n\nReuters\n\nA town mends its bridge before winter comes, and nobody spoke against the plan.'
  expect(lostCharacters(text, readPageText(text, 'page.txt', plainContext))).toBe('')
})

test('a colon behind a headline is listed as dropped', () => {
  const paragraph =
    'A town mends its bridge before winter comes, and nobody spoke against the plan of the council.'
  const text = `What the council says:\n\nBy Jane Doe\n\n3 May 2021\n\n${paragraph}\n\n${paragraph}`
  const reading = readPageText(text, 'page.txt', plainContext)
  expect(reading.title).toMatchObject({ value: 'What the council says', from: 'text' })
  expect(lostCharacters(text, reading)).toBe('')
})

test('at least nine of ten such pages have a text', () => {
  const random = randomFrom(7)
  const pages = Array.from({ length: 300 }, () => recombine(lines, random))
  const read = pages.map(page => readPageText(page, 'page.txt', plainContext))
  expect(read.filter(({ html }) => /\p{L}/u.test(wordsOfHtml(html))).length).toBeGreaterThanOrEqual(270)
})

test('no string of characters is too odd', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 400 }), text => {
      expect(lostCharacters(text, readPageText(text, 'page.txt', plainContext))).toBe('')
    }),
    { numRuns: 400 },
  )
})

test('the same page is read the same way twice', () => {
  const text = recombine(lines, randomFrom(3))
  const first = readPageText(text, 'page.txt', plainContext)
  expect(readPageText(text, 'page.txt', plainContext)).toEqual(first)
})
