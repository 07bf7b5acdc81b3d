import { describe, expect, test } from 'vitest'
import { wordsFor, wordsOf } from '../../../src/documents/pages/page-words.ts'
import { english } from '../../../src/documents/pages/words-en.ts'

/** Every word of a table by its path; functions are asked. */
function flatten(words: object, at = ''): [string, string][] {
  return Object.entries(words).flatMap(([key, value]): [string, string][] => {
    if (typeof value === 'string') return [[`${at}${key}`, value]]
    if (typeof value === 'function')
      return [[`${at}${key}`, key === 'articles' ? value(7, '«7»') : value('«7»', '«8»')]]
    return flatten(value, `${at}${key}.`)
  })
}

describe.each(['en', 'de', 'fr', 'es', 'fa'])('%s', language => {
  const words = Object.fromEntries(flatten(wordsOf(language)!))

  test('says everything', () => {
    expect(Object.keys(words)).toEqual(flatten(english).map(([key]) => key))
    for (const word of Object.values(words)) expect(word.trim()).not.toBe('')
  })

  test('carries over what it is given', () => {
    for (const key of ['part', 'articles', 'articlesOf', 'subscription.title'])
      expect(words[key]).toContain('«7»')
  })
})

test.each([
  ['de-AT', 'en', 'de-AT'],
  ['ja', 'fr', 'fr'],
  ['ja', 'ko', 'en'],
  ['FA-ir', 'en', 'FA-ir'],
  ['constructor', '__proto__', 'en'],
])('a page in %s of a publication in %s speaks %s', (language, publication, spoken) => {
  expect(wordsFor(language, publication).language).toBe(spoken)
})
