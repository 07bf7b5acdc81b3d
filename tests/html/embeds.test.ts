import { expect, test } from 'vitest'
import { sanitiseBody } from '../../src/html/sanitise.ts'

const clean = (html: string) =>
  sanitiseBody(html, {
    resolve: href => ({
      url: URL.parse(href, 'https://news.example/a/')?.href ?? null,
      media: null,
      problem: null,
    }),
  })
const link = (url: string, words: string) => `<p><a href="${url}">${words}</a></p>`

test.each<[string, string, string, string]>([
  [
    'AMP, X',
    '<amp-twitter width="3" data-tweetid="885634330868850689"></amp-twitter>',
    'https://x.com/i/status/885634330868850689',
    'See: x.com/i/status/885634330868850689 (X)',
  ],
  [
    'AMP, Instagram',
    '<amp-instagram data-shortcode="fBwFP"></amp-instagram>',
    'https://www.instagram.com/p/fBwFP/',
    'Watch: instagram.com/p/fBwFP/ (Instagram)',
  ],
  [
    'AMP, Facebook',
    '<amp-facebook data-href="https://www.facebook.com/ann/posts/1"></amp-facebook>',
    'https://www.facebook.com/ann/posts/1',
    'https://www.facebook.com/ann/posts/1',
  ],
  [
    'AMP, a gist',
    '<amp-gist data-gistid="b9bb35bc68df"></amp-gist>',
    'https://gist.github.com/b9bb35bc68df',
    'See: gist.github.com/b9bb35bc68df (GitHub Gist)',
  ],
  [
    'a component',
    '<lite-youtube videoid="AbCdEfGhIjK" playlabel="Play: Crane"><a class="lty-playbtn"><span>Play</span></a></lite-youtube>',
    'https://www.youtube.com/watch?v=AbCdEfGhIjK',
    'Watch: Crane (YouTube)',
  ],
  [
    'a component, Vimeo',
    '<lite-vimeo videoid="123456"></lite-vimeo>',
    'https://vimeo.com/123456',
    'Watch: vimeo.com/123456 (Vimeo)',
  ],
  [
    'an editor’s element',
    '<oembed url="https://youtu.be/AbCdEfGhIjK"></oembed>',
    'https://www.youtube.com/watch?v=AbCdEfGhIjK',
    'Watch: youtube.com/watch?v=AbCdEfGhIjK (YouTube)',
  ],
  [
    'a plugin’s box',
    '<div class="youtube-player" data-id="AbCdEfGhIjK"></div>',
    'https://www.youtube.com/watch?v=AbCdEfGhIjK',
    'Watch: youtube.com/watch?v=AbCdEfGhIjK (YouTube)',
  ],
  [
    'a box beside its twin',
    '<div class="rll-youtube-player" data-id="AbCdEfGhIjK"></div><noscript><iframe src="https://www.youtube.com/embed/AbCdEfGhIjK"></iframe></noscript>',
    'https://www.youtube.com/watch?v=AbCdEfGhIjK',
    'Watch: youtube.com/watch?v=AbCdEfGhIjK (YouTube)',
  ],
  [
    'Facebook’s box',
    '<div class="fb-video" data-href="https://www.facebook.com/ann/videos/2"></div>',
    'https://www.facebook.com/ann/videos/2',
    'https://www.facebook.com/ann/videos/2',
  ],
  [
    'a script that writes a gist',
    '<script src="https://gist.github.com/ann/0123456789abcdef.js?file=a.py"></script>',
    'https://gist.github.com/ann/0123456789abcdef#file-a-py',
    'See: gist.github.com/ann/0123456789abcdef#file-a-py (GitHub Gist)',
  ],
  [
    'a script that writes a post',
    '<script async src="https://telegram.org/js/telegram-widget.js?22" data-telegram-post="durov/8"></script>',
    'https://t.me/durov/8',
    'https://t.me/durov/8',
  ],
  [
    'Mastodon’s frame',
    '<iframe src="https://social.example/@ann@other.example/115/embed"></iframe>',
    'https://social.example/@ann@other.example/115',
    'See: social.example/@ann@other.example/115 (Mastodon)',
  ],
  [
    'Bluesky’s frame',
    '<iframe src="https://embed.bsky.app/embed/did:plc:abc/app.bsky.feed.post/3k"></iframe>',
    'https://bsky.app/profile/did:plc:abc/post/3k',
    'See: bsky.app/profile/did:plc:abc/post/3k (Bluesky)',
  ],
  [
    // What SoundCloud's interface for programs answers is an error to people.
    'SoundCloud by its number',
    '<iframe src="https://w.soundcloud.com/player/?url=https%3A//api.soundcloud.com/tracks/123"></iframe>',
    'https://w.soundcloud.com/player/?url=https%3A//api.soundcloud.com/tracks/123',
    'Listen: w.soundcloud.com/player/?url=https%3A//api.soundcloud.com/tracks/123 (SoundCloud)',
  ],
  [
    'a list of films',
    '<iframe src="https://www.youtube.com/embed?listType=playlist&amp;list=PL123"></iframe>',
    'https://www.youtube.com/playlist?list=PL123',
    'Watch: youtube.com/playlist?list=PL123 (YouTube)',
  ],
  [
    'a player that says its page',
    '<iframe src="https://bandcamp.com/EmbeddedPlayer/album=1/"><a href="https://ann.bandcamp.com/album/x">X by Ann</a></iframe>',
    'https://ann.bandcamp.com/album/x',
    'Listen: X by Ann (Bandcamp)',
  ],
  [
    'a map of a long address',
    `<iframe src="https://www.google.com/maps/embed?pb=${'1m18'.repeat(30)}"></iframe>`,
    `https://www.google.com/maps/embed?pb=${'1m18'.repeat(30)}`,
    'See: Google Maps',
  ],
])('what others show is within reach: %s', (_, html, url, words) => {
  expect(clean(html).html).toBe(link(url, words.replaceAll('&', '&amp;')))
  expect(clean(html).findings.map(({ code }) => code)).toContain('embed-linked')
})

test('of a frame without an address no link is told', () => {
  const { html, findings } = clean('<p>A</p><iframe title="B"></iframe>')
  expect(html).toBe('<p>A</p>')
  expect(findings).toMatchObject([{ code: 'html-sanitised', what: '<iframe>' }])
})

test.each([
  ['https://www.youtube.com/watch?v=AbCdEfGhIjK&t=90', 'https://www.youtube.com/watch?v=AbCdEfGhIjK&t=90'],
  [
    'https://www.youtube.com/watch?v=AbCdEfGhIjK&list=PL1',
    'https://www.youtube.com/watch?v=AbCdEfGhIjK&list=PL1',
  ],
  ['https://youtu.be/AbCdEfGhIjK?t=1m30s', 'https://www.youtube.com/watch?v=AbCdEfGhIjK&t=90s'],
])('a film begins where it is to begin: %s', (written, url) => {
  expect(clean(`<p>${written.replaceAll('&', '&amp;')}</p>`).html).toContain(
    `<a href="${url.replaceAll('&', '&amp;')}">`,
  )
})

test('players of AMP are players', () => {
  const film = '<amp-video src="/v.mp4" poster="/v.jpg"><div fallback>No film.</div></amp-video>'
  expect(clean(film).html).toBe(
    '<video src="https://news.example/v.mp4" poster="https://news.example/v.jpg" controls=""></video>',
  )
  expect(clean('<amp-audio src="/a.mp3"></amp-audio>').html).toBe(
    '<audio src="https://news.example/a.mp3" controls=""></audio>',
  )
  expect(clean('<audio data-lazy-src="/a.mp3"></audio>').html).toContain('src="https://news.example/a.mp3"')
})

test('what a box shows already stays, and a script that shows nothing is left out', () => {
  const post = '<div class="fb-post" data-href="https://www.facebook.com/ann/posts/1"><p>Words.</p></div>'
  expect(clean(post).html).toBe('<div><p>Words.</p></div>')
  expect(clean('<script src="https://cdn.example/embed.js"></script>').html).toBe('')
})
