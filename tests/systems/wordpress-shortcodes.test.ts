import { expect, test } from 'vitest'
import { type Attachments, resolveShortcodes } from '../../src/systems/exports/wordpress-shortcodes.ts'

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
