import { expect, test } from 'vitest'
import { sanitiseBody } from '../../src/html/sanitise.ts'

const read = (html: string) =>
  sanitiseBody(html, {
    resolve: href => ({
      url: URL.parse(href, 'https://news.example/a/')?.href ?? null,
      media: null,
      problem: null,
    }),
  })
const clean = (html: string) => read(html).html
/** Addresses and texts of the pictures that are shown. */
const pictures = (html: string) =>
  [...clean(html).matchAll(/<img\b[^>]*>/g)].map(([image]) => [
    /\bsrc="https:\/\/news\.example\/([^"]*)"/.exec(image)?.[1] ?? /\bsrc="([^"]*)"/.exec(image)?.[1],
    /\balt="([^"]*)"/.exec(image)?.[1],
  ])

const dot = 'data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP8='

test.each<[string, string, string[][]]>([
  ['bLazy', `<img class="b-lazy" src="${dot}" data-src="/a.jpg|/a@2x.jpg" alt="A">`, [['a.jpg', 'A']]],
  ['a bar in a name', '<img data-src="/a|b.jpg" alt="A">', [['a%7Cb.jpg', 'A']]],
  ['a word for a script', '<img src="/a.jpg" data-lazy="true" alt="A">', [['a.jpg', 'A']]],
  ['a size for a script', '<img src="/a.jpg" data-original="1200x800" alt="A">', [['a.jpg', 'A']]],
  ['a page that belongs to it', '<img src="/a.jpg" data-url="/posts/a" alt="A">', [['a.jpg', 'A']]],
  ['its full form', '<img src="/a-s.jpg" data-url="/a.jpg" alt="A">', [['a.jpg', 'A']]],
  ['a full form behind a dot', `<img src="${dot}" data-full-src="/a.jpg" alt="A">`, [['a.jpg', 'A']]],
  [
    'Lozad’s picture',
    '<picture data-iesrc="/a.jpg" data-alt="A"><source srcset="/a.webp" type="image/webp"></picture>',
    [['a.jpg', 'A']],
  ],
  ['a picture without its element', '<picture><source srcset="/a.webp"></picture>', [['a.webp', '']]],
  [
    'a picture behind a box',
    '<div class="lozad" data-background-image="/a.jpg" title="A"></div>',
    [['a.jpg', 'A']],
  ],
  ['sizes of one', '<div class="lazyload" data-bgset="/a.jpg 400w, /b.jpg 800w"></div>', [['b.jpg', '']]],
  [
    'a box that says to be one',
    '<div role="img" aria-label="A" style="background-image: url(\'/a.jpg\')"></div>',
    [['a.jpg', 'A']],
  ],
  ['a box with words on it', '<div data-bg="/a.jpg"><p>Words.</p></div>', []],
  [
    'Medium’s two forms',
    '<figure><img class="progressiveMedia-thumbnail" src="/60/a.jpg"><img class="progressiveMedia-image" data-src="/800/a.jpg"></figure>',
    [['800/a.jpg', '']],
  ],
  [
    'Next’s, with its twin',
    `<span><img src="${dot}" alt="A"><noscript><img src="/_next/image?url=%2Fa.jpg&amp;w=640&amp;q=75" srcset="/_next/image?url=%2Fa.jpg&amp;w=640 1x" alt="A"></noscript></span>`,
    [['a.jpg', 'A']],
  ],
  [
    'Next’s, of another host',
    '<img src="/docs/_next/image?url=https%3A%2F%2Fcdn.example%2Fa.jpg&amp;w=640" alt="A">',
    [['https://cdn.example/a.jpg', 'A']],
  ],
  [
    'Wix’s blur',
    '<img src="https://static.wixstatic.com/media/a.jpg/v1/fill/w_49,h_33,al_c,q_80,blur_2,enc_auto/a.jpg" alt="A">',
    [['https://static.wixstatic.com/media/a.jpg', 'A']],
  ],
  [
    'a twin in another spelling',
    '<img src="/a%20b.jpg" alt="A"><noscript><img src="/a b.jpg" alt="A"></noscript>',
    [['a%20b.jpg', 'A']],
  ],
  [
    'a twin in another form of letters',
    '<img data-src="/u\u0308.jpg" alt="A"><noscript><img src="/%C3%BC.jpg" alt="A"></noscript>',
    [['u%CC%88.jpg', 'A']],
  ],
  ['AMP’s that moves', '<amp-anim src="/a.gif" alt="A"></amp-anim>', [['a.gif', 'A']]],
  ['a picture as an object', '<object data="/a.jpg" type="image/jpeg">A</object>', [['a.jpg', 'A']]],
])('each picture once: %s', (_, html, expected) => {
  expect(pictures(html)).toEqual(expected)
})

test('a sound or a film as Markdown names pictures is a player', () => {
  expect(clean('<p><img src="/a.mp3" alt="A talk"></p>')).toBe(
    '<p><audio src="https://news.example/a.mp3" controls="" title="A talk"></audio></p>',
  )
  expect(clean('<img src="/a.mp4?x=1" alt="">')).toContain('<video src="https://news.example/a.mp4?x=1"')
})

test('what a player says where it can’t play is in no summary', () => {
  const { prose, text, html } = read('<video src="/a.mp4">Your browser plays no films.</video><p>Words.</p>')
  expect([prose.trim(), text]).toEqual(['Words.', 'Words.'])
  expect(html).toContain('plays no films')
})
