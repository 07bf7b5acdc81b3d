import fc from 'fast-check'
import { expect, test } from 'vitest'
import { slugOf } from '../../src/text/slugs.ts'

test.each([
  ['Données ouvertes', 'données-ouvertes'],
  ['Donne\u0301es', 'données'],
  ['خوراک چیست؟', 'خوراک-چیست'],
  ['می\u200cخواهم', 'می\u200cخواهم'],
  ['日本語の見出し', '日本語の見出し'],
  ['हिन्दी में', 'हिन्दी-में'],
  ["Don't — stop!", 'dont-stop'],
  ['C++', 'c++'],
  ['Node.js 20.3.0', 'node-js-20-3-0'],
  ['👩‍🚀 in space', '👩‍🚀-in-space'],
  ['../../etc/passwd', 'etc-passwd'],
  ['ÜBER', 'über'],
  ['!?', 'u21-u3f'],
  ['?!', 'u3f-u21'],
  ['', 'untitled'],
])('%j → %j', (text, slug) => expect(slugOf(text)).toBe(slug))

test('a slug is one segment of a path: never empty, never long, the same when made again', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 400 }), text => {
      const slug = slugOf(text)
      expect(slug).not.toMatch(/^$|^\.{1,2}$|[/\\?#%\s]/)
      expect(new TextEncoder().encode(slug).length).toBeLessThanOrEqual(200)
      expect(slugOf(slug)).toBe(slug)
    }),
    { numRuns: 500 },
  )
})
