import { expect, test } from 'vitest'
import { globRoot, matchesGlob } from '../../src/text/globs.ts'

test.each([
  ['**', 'a/b.md', true],
  ['*.md', 'a.md', true],
  ['*.md', 'a/b.md', false],
  ['**/*.md', 'a.md', true],
  ['**/_posts/**', '_posts/a.md', true],
  ['**/_posts/**', 'en/news/_posts/a.md', true],
  ['**/_posts/**', 'my_posts/a.md', false],
  ['a/?.md', 'a/b.md', true],
  ['a/?.md', 'a/bc.md', false],
  ['a+(b)/[c].md', 'a+(b)/[c].md', true],
  ['a.md', 'a-md', false],
])('%s and %s: %s', (glob, path, matches) => {
  expect(matchesGlob(glob, path)).toBe(matches)
})

test.each([
  ['content/post/**', 'content/post'],
  ['**/x', ''],
  ['a/b*/c', 'a'],
  ['a/b.md', 'a'],
])('%s begins in %s', (glob, root) => {
  expect(globRoot(glob)).toBe(root)
})
