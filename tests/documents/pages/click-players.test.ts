import { expect, test } from 'vitest'
import { playerAt } from '../../../src/documents/pages/click-players.ts'
import { embedOf } from '../../../src/html/embeds.ts'
import { inspect } from '../../../src/publish/inspect.ts'
import { renderPublication } from '../../../src/publish/publication.ts'
import { byPath } from '../../support/archive-client.ts'
import { exampleSite } from '../../support/articles.ts'
import { memorySource } from '../../support/memory-source.ts'

const now = Date.UTC(2026, 5, 1)
const film = '<iframe src="https://www.youtube.com/embed/AbCdEfGhIjK?start=30" title="Tide"></iframe>'
const article = (body: string, more = '') =>
  `---\ntitle: The crane\ndate: 2026-05-01T10:00:00Z\n${more}---\n\nWatch it.\n\n${body}\n\nDone.\n`

async function publish(text: string, settings: Partial<typeof exampleSite> = { embeds: 'click' }) {
  const site = { ...exampleSite, ...settings }
  const source = memorySource(
    new Map<string, string | Uint8Array>([
      ['a.md', text],
      ['p.png', new Uint8Array(9)],
    ]),
  )
  const inspection = await inspect(source, site, { now })
  const documents = byPath(renderPublication(site, inspection, { now, source }).documents)
  return {
    page: documents.get('/articles/a/')!,
    feed: documents.get('/rss.xml')!,
    script: documents.get('/embeds.js'),
  }
}

test('a film is a link that becomes a player when it is clicked; its host may be asked by this page alone', async () => {
  const { page, feed, script } = await publish(article(film))
  expect(page.body).toContain(
    '<p class="embed film" data-player="https://www.youtube-nocookie.com/embed/AbCdEfGhIjK?autoplay=1&amp;start=30"><a href="https://www.youtube.com/watch?v=AbCdEfGhIjK&amp;t=30s"><span>Watch: Tide (YouTube)</span></a></p>',
  )
  expect(page.body).not.toMatch(/<iframe|ytimg|src="https?:\/\/(?!example\.org)/)
  expect(page.headers['content-security-policy']).toContain('frame-src https://www.youtube-nocookie.com;')
  expect(script?.body).toContain('iframe')
  expect(feed.body).not.toContain('data-player')
})

test('a link in a sentence, to another page of the host or on a page without films stays what it is', async () => {
  const plain =
    '[a film](https://www.youtube.com/watch?v=AbCdEfGhIjK) of it\n\n[the host](https://www.youtube.com/)'
  const { page } = await publish(article(plain))
  expect(page.body).not.toMatch(/data-player|embeds\.js/)
  expect(page.headers).not.toHaveProperty('content-security-policy')
})

test('without the setting nothing is other than before', async () => {
  const { page, script } = await publish(article(film), {})
  expect(page.body).not.toMatch(/data-player|embeds\.js/)
  expect(script).toBeUndefined()
})

test('the picture of an article is its first film’s still, once, where it is the publication’s own', async () => {
  const { page } = await publish(article(film, 'image: p.png\n'))
  expect(page.body.match(/<img[^>]*p\.png/g)).toHaveLength(1)
  expect(page.body).toMatch(
    /class="embed film".{0,300}<img src="https:\/\/example\.org\/media\/p\.png" alt=""/s,
  )
  const elsewhere = await publish(article(film, 'image: https://i.example/still.png\n'))
  expect(elsewhere.page.body).toMatch(/class="embed film"[^>]*><a [^>]*><span>/)
})

test.each([
  ['https://player.vimeo.com/video/123?h=abc', 'https://player.vimeo.com/video/123?autoplay=1&dnt=1&h=abc'],
  ['https://open.spotify.com/embed/episode/1', 'https://open.spotify.com/embed/episode/1'],
  [
    'https://www.youtube.com/embed/videoseries?list=PL1',
    'https://www.youtube-nocookie.com/embed/videoseries?list=PL1',
  ],
  ['https://embed.ted.com/talks/a_talk', 'https://embed.ted.com/talks/a_talk'],
  ['https://archive.org/embed/thing', 'https://archive.org/embed/thing'],
  ['https://player.bilibili.com/player.html?bvid=BV1x', 'https://player.bilibili.com/player.html?bvid=BV1x'],
  [
    'https://w.soundcloud.com/player/?url=https%3A//soundcloud.com/a/b',
    'https://w.soundcloud.com/player/?url=https%3A%2F%2Fsoundcloud.com%2Fa%2Fb&auto_play=true',
  ],
  ['https://vk.com/video_ext.php?oid=-1&id=2', 'https://vkvideo.ru/video_ext.php?oid=-1&id=2'],
])('what a player at %s is made a link of is played again', (embedded, player) => {
  expect(playerAt(embedOf(embedded)!.url)?.url).toBe(player)
})
