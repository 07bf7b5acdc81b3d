import { expect, test } from 'vitest'
import { learnBoilerplate } from '../../../src/parse/page-text/boilerplate.ts'

const page = (at: number, ...rows: string[]) => ({ path: `${at}.txt`, text: rows.join('\n\n') })

test('a line of most files is boilerplate, an article its own words are not', () => {
  const files = [0, 1, 2, 3].map(at =>
    page(at, `Headline ${at}`, 'Support our work', `Words of article ${at}.`),
  )
  expect([...learnBoilerplate(files)]).toEqual(['Support our work'])
})

test('two files prove nothing', () => {
  expect(learnBoilerplate([page(0, 'The same'), page(1, 'The same')]).size).toBe(0)
})

test('a line that a file repeats within itself counts once', () => {
  const files = [page(0, 'Again', 'Again', 'Again'), page(1, 'x'), page(2, 'y'), page(3, 'z')]
  expect(learnBoilerplate(files).size).toBe(0)
})

test('white space at the ends does not matter, and lines of the length of paragraphs are never learnt', () => {
  const long = 'word '.repeat(100).trim()
  const files = [0, 1, 2].map(at => page(at, `${' '.repeat(at)}Footer `, long))
  expect([...learnBoilerplate(files)]).toEqual(['Footer'])
})
