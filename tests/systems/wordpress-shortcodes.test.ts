import { expect, test } from 'vitest'
import { type Attachments, resolveShortcodes } from '../../src/systems/exports/wordpress-shortcodes.ts'
import { broadsheet, temporaryFolder } from '../runtimes/command-line.ts'

const files: Attachments = {
  byId: id =>
    id === '7'
      ? { id, url: 'https://old.example/7.jpg', alt: 'Seven', caption: null, parent: null, order: 0 }
      : undefined,
  ofPost: () => [],
}
const shown = (content: string) => resolveShortcodes(content, '1', files).trim()
const link = (url: string) => `<p><a href="${url}">${url}</a></p>`

test.each([
  ['[youtube https://www.youtube.com/watch?v=AbCdEfGhIjK]', 'https://www.youtube.com/watch?v=AbCdEfGhIjK'],
  [
    '[youtube=https://www.youtube.com/watch?v=AbCdEfGhIjK&w=640&h=385]',
    'https://www.youtube.com/watch?v=AbCdEfGhIjK',
  ],
  ['[youtube]AbCdEfGhIjK[/youtube]', 'https://www.youtube.com/watch?v=AbCdEfGhIjK'],
  ['[vimeo 123456]', 'https://vimeo.com/123456'],
  [
    '[soundcloud url="https://api.soundcloud.com/tracks/1" width="100%"]',
    'https://w.soundcloud.com/player/?url=https%3A%2F%2Fapi.soundcloud.com%2Ftracks%2F1',
  ],
  ['[gist id="abc123def"]', 'https://gist.github.com/abc123def'],
  ['[tweet https://twitter.com/ann/status/1234567]', 'https://twitter.com/ann/status/1234567'],
])('what Jetpack shows of others is a link: %s', (content, url) => {
  expect(shown(content)).toBe(link(url))
})

test.each([
  ['[latex]a_1 < b[/latex] and $latex x^2&bg=ffffff$', '\\(a_1 < b\\) and \\(x^2\\)'],
  [
    '[vc_row el_class="x"][vc_column width="1/2"][vc_column_text]Words.[/vc_column_text][/vc_column][/vc_row]',
    'Words.',
  ],
  ['[et_pb_section fb_built="1"][et_pb_text]Words.[/et_pb_text][/et_pb_section]', 'Words.'],
  [
    '[vc_single_image image="7" img_size="large"]',
    '<figure><img src="https://old.example/7.jpg" alt="Seven"></figure>',
  ],
  [
    '[et_pb_image src="https://old.example/8.jpg" alt="Eight"][/et_pb_image]',
    '<figure><img src="https://old.example/8.jpg" alt="Eight"></figure>',
  ],
])('formulae, boxes and pictures of plugins: %s', (content, html) => {
  expect(shown(content)).toBe(html)
})

test.each([
  '[[youtube]]',
  '[vimeo]',
  '[su_quote]Words.[/su_quote]',
  '[facebook], [math] and [latex] are words',
  '[tex-mode]',
])('what shows nothing that is known stays: %s', content => expect(shown(content)).toBe(content))

test('PowerPress writes how long a sound is behind its address', async () => {
  const enclosure =
    'https://old.example/a.mp3\n1234\naudio/mpeg\na:2:{s:8:"duration";s:8:"00:41:12";s:5:"image";s:0:"";}'
  using folder = temporaryFolder({
    'broadsheet.toml': 'timezone = "UTC"\n',
    'export.xml': `<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>T</title><wp:wxr_version>1.2</wp:wxr_version><wp:base_blog_url>https://old.example</wp:base_blog_url><item><title>A</title><link>https://old.example/a/</link><content:encoded><![CDATA[Words.]]></content:encoded><wp:post_id>1</wp:post_id><wp:post_date>2026-01-02 10:00:00</wp:post_date><wp:post_date_gmt>2026-01-02 10:00:00</wp:post_date_gmt><wp:post_name>a</wp:post_name><wp:status>publish</wp:status><wp:post_type>post</wp:post_type><wp:postmeta><wp:meta_key>enclosure</wp:meta_key><wp:meta_value><![CDATA[${enclosure}]]></wp:meta_value></wp:postmeta></item></channel></rss>`,
  })
  const { out } = await broadsheet('get', '/feed.json', folder.path)
  expect(JSON.parse(out).items[0].attachments).toEqual([
    {
      url: 'https://old.example/a.mp3',
      mime_type: 'audio/mpeg',
      size_in_bytes: 1234,
      duration_in_seconds: 2472,
    },
  ])
})
