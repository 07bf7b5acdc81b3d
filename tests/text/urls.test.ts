import { expect, test } from 'vitest'
import { encodePath, normalisePath, resolveUrl, schemeOf } from '../../src/text/urls.ts'

const base = 'https://news.example/articles/a/'

test.each([
  ['b.html', 'https://news.example/articles/a/b.html'],
  ['../b', 'https://news.example/articles/b'],
  ['//cdn.example/x', 'https://cdn.example/x'],
  ['#part', 'https://news.example/articles/a/#part'],
  ['?q=1', 'https://news.example/articles/a/?q=1'],
  [' \n https://elsewhere.example/a b ', 'https://elsewhere.example/a%20b'],
  ['https://elsewhere.example', 'https://elsewhere.example'],
  ['https://elsewhere.example/(x);y?a=b&c=%20#d', 'https://elsewhere.example/(x);y?a=b&c=%20#d'],
  ['https://elsewhere.example/a/../b', 'https://elsewhere.example/b'],
  ['HTTPS://Elsewhere.Example/', 'https://elsewhere.example/'],
  ['http://[', null],
])('%j is %j', (href, url) => expect(resolveUrl(href, base)).toBe(url))

test.each([
  ['javascript:alert(1)', 'javascript'],
  [' \x01JaVa\tscr\nipt:alert(1)', 'javascript'],
  ['a/b:c', null],
  ['#x:y', null],
  ['mailto:a@b.example', 'mailto'],
])('the scheme of %j is %j', (href, scheme) => expect(schemeOf(href)).toBe(scheme))

test.each([
  ['a/./b/../c.md', 'a/c.md'],
  ['/a//b', 'a/b'],
  ['../a', null],
  ['a/../../b', null],
])('%j is the path %j', (path, normal) => expect(normalisePath(path)).toBe(normal))

test('a path becomes a URL part by part', () => {
  expect(encodePath('فصل ۱/a?b#c%.png')).toBe('%D9%81%D8%B5%D9%84%20%DB%B1/a%3Fb%23c%25.png')
})
