import fc from 'fast-check'
import { expect, test } from 'vitest'
import { globRoot, matchesGlob } from '../../src/text/globs.ts'

/** A backslash before each sign of the grammar: only the path itself is meant. */
const escapeGlob = (path: string): string => path.replace(/[\\*?[\]{},]/g, '\\$&')

test.each([
  ['**', 'a/b.md', true],
  ['*.md', 'a.md', true],
  ['/a.md', 'a.md', true],
  ['./a/*.md', 'a/b.md', true],
  ['/a.md', 'b/a.md', false],
  ['*.md', 'a/b.md', false],
  ['**/*.md', 'a.md', true],
  ['**/_posts/**', '_posts/a.md', true],
  ['**/_posts/**', 'en/news/_posts/a.md', true],
  ['**/_posts/**', 'my_posts/a.md', false],
  ['a/?.md', 'a/b.md', true],
  ['a/?.md', 'a/bc.md', false],
  ['**/c.md', 'wire/c.md', true],
  ['**/c.md', 'c.md', true],
  ['**/c.md', 'abc.md', false],
  ['a**/c.md', 'ab/c.md', true],
  ['a**/c.md', 'a/b/c.md', false],
  ['notes/*.{md,txt}', 'notes/n.md', true],
  ['notes/*.{md,txt}', 'notes/n.html', false],
  ['{news,**/wire}/*.md', 'en/wire/a.md', true],
  ['{a,b{c,d}}.md', 'bd.md', true],
  ['{a}.md', '{a}.md', true],
  ['{a,b.md', '{a,b.md', true],
  ['a}.md', 'a}.md', true],
  ['a,b.md', 'a,b.md', true],
  ['202[4-6]/*', '2025/a.md', true],
  ['202[4-6]/*', '2027/a.md', false],
  ['[!a]b.md', 'cb.md', true],
  ['[!a]b.md', 'ab.md', false],
  ['a[!b]c', 'a/c', false],
  ['[z-a].md', '[z-a].md', true],
  ['[a', '[a', true],
  ['a+(b)/$^|.md', 'a+(b)/$^|.md', true],
  ['\\*.md', '*.md', true],
  ['\\*.md', 'a.md', false],
  ['\\{a,b\\}', '{a,b}', true],
  ['a.md', 'a-md', false],
])('%s and %s: %s', (glob, path, matches) => {
  expect(matchesGlob(glob, path)).toBe(matches)
})

test.each([
  ['content/post/**', 'content/post'],
  ['**/x', ''],
  ['a/b*/c', 'a'],
  ['a/b.md', 'a'],
  ['a/{b,c}/**', 'a'],
  ['\\[a\\]/b*', '[a]'],
])('%s begins in %s', (glob, root) => {
  expect(globRoot(glob)).toBe(root)
})

test('any text is a glob, and any path can be written as one', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (glob, path) => {
      expect(typeof matchesGlob(glob, path)).toBe('boolean')
      expect(matchesGlob(escapeGlob(path), path)).toBe(true)
    }),
  )
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'ab/*?[]!^-{},\\.(') }), glob => {
      expect(typeof matchesGlob(glob, 'a/b')).toBe('boolean')
    }),
  )
})
