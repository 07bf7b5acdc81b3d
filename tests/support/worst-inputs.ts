import type { PresetFolder } from '../../src/model/preset.ts'
import { inspect } from '../../src/publish/inspect.ts'
import { nodeDigest } from '../../src/runtimes/node/codings.ts'
import { readSettings } from '../../src/settings/settings.ts'
import { recognisePreset } from '../../src/systems/recognise-preset.ts'
import { hostileInputs } from '../parse/hostile-inputs.ts'
import { memorySource } from './memory-source.ts'

/** Files of a folder, by path. */
export type Files = Record<string, string | Uint8Array>

/** Folders whose one file is made to cost as much as it can, by about how many bytes that file is to have. */
export const worstInputs: Record<string, (size: number) => Files> = {}

/** A door for strangers' text: where the file lies, what lies beside it, and what it is made of. */
interface Door {
  path: string
  beside?: Files
  before?: string
  after?: string
  /** Of these the search puts its texts together. */
  tokens: string[]
}

const article = { 'a.md': '---\ntitle: A\ndate: 2026-01-01\n---\n\nText.\n' }
const toml = [
  'a = 1\n',
  '[a]\n',
  '[[a]]\n',
  'a.b = "',
  '"',
  "'",
  '"""',
  "'''",
  '{',
  '}',
  '[',
  ']',
  ',',
  '\n',
  ' ',
  '#',
  '=',
  '\\',
  'a',
  '1',
  '2020-01-01',
  '.',
]
const yaml = [
  'a: b\n',
  '- ',
  '{',
  '}',
  '[',
  ']',
  ',',
  ':',
  ': ',
  '&a ',
  '*a ',
  '"',
  "'",
  '|\n',
  '>\n',
  '\n',
  ' ',
  '  ',
  '#',
  '!',
  '!!a ',
  '?',
  '? ',
  '---\n',
  '...\n',
  '<<: ',
  'a',
  '%',
  '\\',
  '\t',
]
const json = [
  '{"a":',
  '{',
  '}',
  '[',
  ']',
  '"',
  ',',
  ':',
  '\\',
  '\\u0000',
  '1',
  'null',
  ' ',
  '\n',
  '"a"',
  '{"a":1},',
]
const javaScript = [
  '{',
  '}',
  '[',
  ']',
  '(',
  ')',
  '"',
  "'",
  '`',
  '${',
  '\\',
  '/*',
  '*/',
  '//',
  '/',
  '\n',
  ' ',
  ',',
  ':',
  ';',
  '...',
  'a',
  'const a = ',
  'export default ',
  'module.exports = ',
  'return ',
  '=> (',
  'as ',
  'satisfies ',
  '<',
  '>',
  '=',
  'defineConfig(',
  '1',
  '-',
  '?',
  '.',
  '\r\n',
  '\t',
]
const python = [
  '{',
  '}',
  '[',
  ']',
  '(',
  ')',
  '"',
  "'",
  '"""',
  "'''",
  '\\',
  '#',
  '\n',
  ' ',
  ',',
  ':',
  'A',
  'A = ',
  '=',
  'r"',
  'f"',
  'None',
  '1',
  'os.path.join(',
  '.',
  'if a:\n',
  'import ',
  '\t',
  '+',
  '%',
]
const html = [
  '<',
  '>',
  '</',
  '/>',
  '<p>',
  '</p>',
  '<div>',
  '</div>',
  '<a href="',
  '"',
  '<b>',
  '<i>',
  '</b>',
  '<table>',
  '<td>',
  '<tr>',
  '<!--',
  '-->',
  '<script',
  '</script>',
  '<title>',
  '<svg>',
  '&amp',
  ';',
  '&',
  '=',
  ' ',
  '\n',
  'a',
  '<li>',
  '<ul>',
  '<h1>',
  '<pre>',
  '<code>',
  '<img src="',
  '<article>',
  '<br>',
  'http://a.b/',
  '<template>',
  '<math>',
  '<![CDATA[',
  ']]>',
  '<figure>',
  '<span class="',
  'style="display:none"',
  '<dialog>',
  '<video>',
  '<iframe src="',
  '<details>',
  '<sup>',
  '\u00a0',
]
const markdown = [
  '[',
  ']',
  '(',
  ')',
  '![',
  '](',
  '*',
  '**',
  '_',
  '`',
  '```\n',
  '~~~',
  '> ',
  '- ',
  '1. ',
  '#',
  '\n',
  '\n\n',
  ' ',
  '    ',
  '|',
  '|-|\n',
  '<',
  '>',
  '<a ',
  '<!--',
  '-->',
  '&',
  '\\',
  '[^a]',
  '[^a]: ',
  '^[',
  '~~',
  'http://a.b',
  'a',
  '{%',
  '%}',
  '{{',
  '}}',
  '{{<',
  '>}}',
  '{:',
  '}',
  ':::',
  '$',
  '$$',
  '==',
  '%%',
  '[[',
  ']]',
  '---\n',
  '===\n',
  '+++\n',
  '<div>',
  '</div>',
  '<p>',
  ':',
  '"',
  '!!! a\n',
  '\t',
  '{/*',
  '*/}',
  '{',
  '\u00a0',
  '\r\n',
  '.',
  '!',
  '- [ ] ',
]
const xml = [
  '<item>',
  '</item>',
  '<entry>',
  '</entry>',
  '<',
  '>',
  '</',
  '/>',
  '<a>',
  '</a>',
  '<![CDATA[',
  ']]>',
  '<!--',
  '-->',
  '<?',
  '?>',
  '<!DOCTYPE a [',
  '<!ENTITY a "',
  '&a;',
  '&',
  '"',
  '=',
  ' ',
  '\n',
  'a',
  '<title>',
  '<content:encoded>',
  '<description>',
  '<link>',
  '<category domain="post_tag" nicename="a">',
  '<wp:postmeta>',
  '<wp:meta_key>',
  '[caption]',
  '[/caption]',
  '[gallery ids="',
  '<!-- wp:a ',
  '<!-- /wp:a -->',
  '[a ',
  ']',
  '<guid>',
  '<updated>',
]
const text = [
  '\n',
  '\n\n',
  ' ',
  '\t',
  'a',
  'A',
  'By ',
  'Jane Doe',
  ', ',
  '. ',
  '1',
  '2020',
  'May',
  ' 1 May 2020',
  '|',
  ' - ',
  ':',
  '/',
  '@',
  'http://a.b/',
  '•',
  '> ',
  '#',
  '*',
  '二',
  '年',
  'Home\n',
  'Share',
  '"',
  '”',
  '\r\n',
  '\u00a0',
  '-----\n',
  'TITLE: a\n',
  'title: a\n',
  '…',
  '—',
  '(',
  ')',
  'Updated: ',
  'Related\n',
]

const wordpress =
  '<?xml version="1.0"?><rss version="2.0" xmlns:wp="http://wordpress.org/export/1.2/" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>A</title>'
const post =
  '<item><title>A</title><wp:post_name>a</wp:post_name><wp:post_date>2026-01-01 10:00:00</wp:post_date><wp:status>publish</wp:status><wp:post_type>post</wp:post_type><content:encoded><![CDATA['

export const doors: Record<string, Door> = {
  Markdown: { path: 'a.md', tokens: markdown },
  'Markdown of a system': {
    path: 'content/a.md',
    beside: { 'hugo.toml': 'title = "A"\n' },
    tokens: markdown,
  },
  'Markdown of Jekyll': {
    path: '_posts/2026-01-01-a.md',
    beside: { '_config.yml': 'title: A\n' },
    before: '---\ntitle: A\n---\n',
    tokens: markdown,
  },
  'Markdown of Docusaurus': {
    path: 'blog/a.mdx',
    beside: { 'docusaurus.config.js': 'export default {title: "A"}' },
    tokens: [...markdown, 'import a from "', 'export ', '<A ', '/>', '<A/>\n', '{a}\n'],
  },
  'Markdown of a vault': { path: 'a.md', beside: { '.obsidian/app.json': '{}' }, tokens: markdown },
  HTML: { path: 'a.html', tokens: html },
  'page text': { path: 'a.txt', tokens: text },
  'YAML front matter': { path: 'a.md', before: '---\n', after: '\n---\nText.', tokens: yaml },
  'YAML front matter without an end': { path: 'a.md', before: '---\n', tokens: yaml },
  'TOML front matter': { path: 'a.md', before: '+++\n', after: '\n+++\nText.', tokens: toml },
  'JSON front matter': { path: 'a.md', before: '{"a": ', after: '}\nText.', tokens: json },
  'JSON front matter without an end': { path: 'a.md', before: '{', tokens: json },
  'header lines': {
    path: 'a.md',
    before: 'title: a\n',
    tokens: ['a: b\n', ' ', '\t', '\n', ':', 'a', '  a\n', '\r\n', '-', ',', '"'],
  },
  'Jekyll settings': { path: '_config.yml', beside: article, tokens: yaml },
  'Hexo settings': { path: '_config.yml', beside: { 'source/_posts/a.md': 'Text.' }, tokens: yaml },
  'Hugo settings': { path: 'hugo.toml', beside: { 'content/a.md': 'Text.' }, tokens: toml },
  'Hugo settings, by content': { path: 'config.toml', beside: { 'content/a.md': 'Text.' }, tokens: toml },
  'Hugo settings in YAML': { path: 'hugo.yaml', beside: { 'content/a.md': 'Text.' }, tokens: yaml },
  'a section of Hugo': {
    path: 'content/_index.md',
    beside: { 'hugo.toml': '', 'content/a.md': 'Text.' },
    before: '---\n',
    after: '\n---\n',
    tokens: yaml,
  },
  'Zola settings': {
    path: 'config.toml',
    before: 'base_url = "https://a.example"\n',
    beside: { 'content/_index.md': '', 'content/a.md': 'Text.' },
    tokens: toml,
  },
  'Eleventy settings': { path: '.eleventy.js', beside: article, tokens: javaScript },
  'data of Eleventy': {
    path: 'posts/posts.json',
    beside: { '.eleventy.js': 'module.exports = {}', 'posts/a.md': 'Text.' },
    tokens: json,
  },
  'Astro settings': {
    path: 'astro.config.mjs',
    beside: { 'src/content/blog/a.md': 'Text.' },
    tokens: javaScript,
  },
  'Docusaurus settings': {
    path: 'docusaurus.config.js',
    beside: { 'blog/a.md': 'Text.' },
    tokens: javaScript,
  },
  'authors of Docusaurus': {
    path: 'blog/authors.yml',
    beside: { 'docusaurus.config.js': 'export default {title: "A"}', 'blog/a.md': 'Text.' },
    tokens: yaml,
  },
  'VitePress settings': { path: '.vitepress/config.ts', beside: article, tokens: javaScript },
  'Pelican settings': { path: 'pelicanconf.py', beside: { 'content/a.md': 'Text.' }, tokens: python },
  'MkDocs settings': { path: 'mkdocs.yml', beside: { 'docs/blog/posts/a.md': 'Text.' }, tokens: yaml },
  'Quartz settings': { path: 'quartz.config.ts', beside: { 'content/a.md': 'Text.' }, tokens: javaScript },
  'settings of Next.js': { path: 'next.config.js', beside: { 'posts/a.md': 'Text.' }, tokens: javaScript },
  'settings of Gatsby': { path: 'gatsby-config.js', beside: { 'content/a.md': 'Text.' }, tokens: javaScript },
  'our settings': { path: 'broadsheet.toml', beside: article, tokens: toml },
  'WordPress, items': { path: 'wordpress.xml', before: wordpress, tokens: xml },
  'WordPress, a text': {
    path: 'wordpress.xml',
    before: wordpress + post,
    after: ']]></content:encoded></item></channel></rss>',
    tokens: [
      ...html,
      ...xml,
      '[private]',
      '[/private]',
      '[x role="a"',
      '[x',
      '<!-- wp:a -->',
      '<!-- /wp:a -->',
    ],
  },
  Blogger: {
    path: 'blog.xml',
    before:
      '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xmlns:blogger="http://schemas.google.com/blogger/2018"><id>tag:blogger.com,1999:blog-1.archive</id>',
    tokens: xml,
  },
  'an RSS feed': {
    path: 'feed.xml',
    before: '<?xml version="1.0"?><rss version="2.0"><channel><title>A</title>',
    tokens: xml,
  },
  'an Atom feed': {
    path: 'feed.atom',
    before: '<feed xmlns="http://www.w3.org/2005/Atom"><title>A</title>',
    tokens: xml,
  },
  'a JSON Feed': {
    path: 'feed.json',
    before: '{"version": "https://jsonfeed.org/version/1.1", "items": [',
    after: ']}',
    tokens: json,
  },
  Ghost: {
    path: 'ghost.json',
    before: '{"db":[{"meta":{"exported_on":1},"data":{"posts":[',
    after: ']}}]}',
    tokens: [...json, '{"title":"A","html":"<p>a","slug":"a"},'],
  },
  'Movable Type': {
    path: 'export.txt',
    before: 'TITLE: A\nDATE: 01/01/2026 10:00:00\n-----\nBODY:\n',
    tokens: [
      ...text,
      '-----\nBODY:\n',
      '--------\n',
      'AUTHOR: a\n',
      'DATE: 01/01/2026 10:00:00\n',
      'COMMENT:\n',
      'EXTENDED BODY:\n',
      'TAGS: a,"b c"\n',
    ],
  },
  beehiiv: {
    path: 'posts.csv',
    before: 'id,web_title,status,content_html\n',
    tokens: ['a', ',', '"', '""', '\n', '\r\n', ' ', '1,A,confirmed,"<p>a"\n', '<p>'],
  },
  Substack: {
    path: 'posts.csv',
    beside: { 'posts/1.a.html': '<p>Text.' },
    before: 'post_id,post_date,is_published,title\n1.a,2026-01-01,true,A\n',
    tokens: ['a', ',', '"', '""', '\n', '\r\n', ' ', '2.b,2026-01-01,true,B\n'],
  },
  Buttondown: {
    path: 'emails.json',
    beside: { 'emails/a.md': 'Text.' },
    before: '[{"publish_date": 1},',
    after: ']',
    tokens: json,
  },
  Tumblr: { path: 'posts/html/1.html', tokens: html },
  Medium: {
    path: 'posts/2026-01-01_a-0123456789ab.html',
    before: '<article class="h-entry"><section data-field="body" class="e-content">',
    tokens: html,
  },
  Notion: {
    path: 'A 0123456789abcdef0123456789abcdef.md',
    before: '# A\n\nDate: 1 January 2026\n',
    tokens: markdown,
  },
  'a WebVTT transcript': {
    path: 'a.vtt',
    beside: { 'a.mp3': new Uint8Array(2000) },
    before: 'WEBVTT\n\n',
    tokens: [
      '00:01.000 --> 00:02.000\n',
      'a\n',
      '\n',
      '\n\n',
      ' ',
      '\t',
      '<v a>',
      '<',
      '>',
      '&amp;',
      'A: ',
      '-->',
      'A',
      '. ',
      '\r\n',
      "'",
      '-',
      'NOTE\n',
    ],
  },
  'an SRT transcript': {
    path: 'a.srt',
    beside: { 'a.mp3': new Uint8Array(2000) },
    tokens: [
      '1\n00:00:01,000 --> 00:00:02,000\n',
      'a\n',
      '\n',
      '\n\n',
      ' ',
      '\t',
      '<b>',
      '<',
      '>',
      'A: ',
      '-->',
      'A',
      '\r\n',
    ],
  },
  'a transcript in HTML': {
    path: 'a.transcript.html',
    beside: { 'a.mp3': new Uint8Array(2000) },
    tokens: html,
  },
  'a transcript in text': {
    path: 'a.transcript.txt',
    beside: { 'a.mp3': new Uint8Array(2000) },
    tokens: text,
  },
  chapters: {
    path: 'a.chapters.json',
    beside: { 'a.mp3': new Uint8Array(2000) },
    before: '{"version":"1.2.0","chapters":[',
    after: ']}',
    tokens: [...json, '{"startTime":1,"title":"a"},'],
  },
}

const repeat = (unit: string, size: number) => unit.repeat(Math.ceil(size / unit.length))

/** The door's file, made of one text again and again, after one and before another. */
export function throughDoor(
  { path, beside = {}, before = '', after = '' }: Door,
  unit: string,
  head = '',
  tail = '',
) {
  return (size: number): Files => ({ ...beside, [path]: before + head + repeat(unit, size) + tail + after })
}

for (const [name, { path, text }] of Object.entries(hostileInputs))
  worstInputs[name] = size => ({ [path]: text(size) })
for (const [name, door] of Object.entries(doors))
  for (const token of door.tokens) worstInputs[`${name}: ${JSON.stringify(token)}`] = throughDoor(door, token)

const bytesOf = (...parts: (number[] | string)[]) =>
  new Uint8Array(
    parts.flatMap(part =>
      typeof part === 'string' ? [...part].map(character => character.charCodeAt(0)) : part,
    ),
  )
const bytes = (name: string, path: string, head: Uint8Array, unit: Uint8Array) => {
  worstInputs[name] = size => {
    const made = new Uint8Array(size)
    made.set(head)
    for (let at = head.length; at + unit.length <= size; at += unit.length) made.set(unit, at)
    return { ...article, [path]: made }
  }
}
const frame = bytesOf('TXXX', [0, 0, 0, 2, 0, 0, 0, 97])
bytes('MP3: small frames of ID3', 'a.mp3', bytesOf('ID3', [4, 0, 0, 0x01, 0x7f, 0x7f, 0x7f]), frame)
bytes(
  'MP3: empty frames of ID3',
  'a.mp3',
  bytesOf('ID3', [3, 0, 0, 0x01, 0x7f, 0x7f, 0x7f]),
  bytesOf('TIT2', [0, 0, 0, 0, 0, 0]),
)
bytes(
  'MP3: chapters',
  'a.mp3',
  bytesOf('ID3', [4, 0, 0, 0x01, 0x7f, 0x7f, 0x7f]),
  bytesOf(
    'CHAP',
    [0, 0, 0, 18, 0, 0, 97, 0],
    [0, 0, 0, 1, 0, 0, 0, 2, 255, 255, 255, 255, 255, 255, 255, 255],
  ),
)
bytes(
  'MP3: unsynchronised',
  'a.mp3',
  bytesOf('ID3', [4, 0, 0x80, 0x01, 0x7f, 0x7f, 0x7f]),
  new Uint8Array([255, 0]),
)
bytes('MP3: sync words', 'a.mp3', new Uint8Array(0), new Uint8Array([255]))
bytes('MP3: headers', 'a.mp3', new Uint8Array(0), new Uint8Array([255, 0xfb, 0x90, 0]))
bytes('MP4: empty boxes', 'a.m4a', bytesOf([0, 0, 0, 12], 'ftypM4A '), bytesOf([0, 0, 0, 8], 'free'))
bytes('MP4: boxes in boxes', 'a.m4a', bytesOf([0, 0, 0, 12], 'ftypM4A '), bytesOf([0, 60, 0, 0], 'moov'))
bytes(
  'MP4: moov of small boxes',
  'a.m4a',
  bytesOf([0, 0, 0, 12], 'ftypM4A ', [0, 60, 0, 0], 'moov', [0, 59, 0, 0], 'udta'),
  bytesOf([0, 0, 0, 8], 'meta'),
)
bytes(
  'MP4: tracks',
  'a.m4a',
  bytesOf([0, 0, 0, 12], 'ftypM4A ', [0, 60, 0, 0], 'moov'),
  bytesOf([0, 0, 0, 8], 'trak'),
)
bytes('Ogg: pages', 'a.ogg', new Uint8Array(0), bytesOf('OggS', new Array(22).fill(0), [0]))
bytes('Ogg: page beginnings', 'a.ogg', new Uint8Array(0), bytesOf('OggS'))
bytes('FLAC: empty blocks', 'a.flac', bytesOf('fLaC'), new Uint8Array([4, 0, 0, 0]))
bytes(
  'FLAC: comments',
  'a.flac',
  bytesOf('fLaC', [4, 255, 255, 255, 0, 0, 0, 0, 255, 255, 255, 0]),
  new Uint8Array([0, 0, 0, 0]),
)
bytes(
  'WebM: empty elements',
  'a.webm',
  new Uint8Array([0x1a, 0x45, 0xdf, 0xa3, 0x80]),
  new Uint8Array([0xec, 0x80]),
)
bytes(
  'WebM: nested',
  'a.webm',
  new Uint8Array([0x1a, 0x45, 0xdf, 0xa3, 0x80]),
  new Uint8Array([0x18, 0x53, 0x80, 0x67, 0x01, 255, 255, 255, 255, 255, 255, 255]),
)
bytes('WAV: empty chunks', 'a.wav', bytesOf('RIFF', [0, 0, 60, 0], 'WAVE'), bytesOf('LIST', [0, 0, 0, 0]))
bytes(
  'PNG: empty chunks',
  'a.png',
  new Uint8Array([137, 80, 78, 71, 13, 10, 26, 10]),
  bytesOf([0, 0, 0, 0], 'tEXt', [0, 0, 0, 0]),
)
bytes('JPEG: empty segments', 'a.jpg', new Uint8Array([255, 0xd8]), new Uint8Array([255, 0xe0, 0, 2]))
bytes('JPEG: fill bytes', 'a.jpg', new Uint8Array([255, 0xd8]), new Uint8Array([255]))
bytes('WebP: chunks', 'a.webp', bytesOf('RIFF', [0, 0, 60, 0], 'WEBP'), bytesOf('EXIF', [0, 0, 0, 0]))
bytes(
  'AVIF: boxes',
  'a.avif',
  bytesOf([0, 0, 0, 16], 'ftypavif', [0, 0, 0, 0], [0, 60, 0, 0], 'meta'),
  bytesOf([0, 0, 0, 8], 'iprp'),
)
bytes('GIF', 'a.gif', bytesOf('GIF89a', [1, 0, 1, 0, 0, 0, 0]), new Uint8Array([0x21, 0xfe, 0]))
bytes('SVG', 'a.svg', bytesOf('<svg '), bytesOf('width="'))
bytes('ICO', 'a.ico', new Uint8Array([0, 0, 1, 0, 255, 255]), new Uint8Array([0]))

/** Articles that were rewritten while as many others went: each may be any of those. */
export function rewrittenAndGone(count: number): { before: Files; after: Files } {
  const named = (name: string, words: string) =>
    `---\ntitle: ${name} ${words}\ndate: 2026-01-01\n---\n\n${`${words} ${name} `.repeat(30)}\n`
  const numbers = Array.from({ length: count }, (_, number) => number)
  return {
    before: Object.fromEntries(numbers.map(number => [`old-${number}.md`, named(`w${number}`, 'former')])),
    after: Object.fromEntries(numbers.map(number => [`new-${number}.md`, named(`v${number}`, 'later')])),
  }
}

/** What looks at a folder when it is published: its system's settings, its own, and every file. */
export async function lookAtFolder(files: Files): Promise<void> {
  const { 'broadsheet.toml': own = 'url = "https://news.example.org/"\n', ...rest } = files
  const settings = typeof own === 'string' ? own : ''
  const preset = await recognisePreset(folderOfFiles(files), null)
  const { site } = readSettings(settings, { preset })
  const { site: plain } = readSettings('url = "https://news.example.org/"\n', { preset })
  await inspect(memorySource(new Map(Object.entries(rest))), site ?? plain!, {
    now: 1_780_000_000_000,
    digest: nodeDigest,
  })
}

/** As presets look at a folder. */
export function folderOfFiles(files: Files): PresetFolder {
  const paths = Object.keys(files)
  const below = (folder: string) => paths.filter(path => folder === '' || path.startsWith(`${folder}/`))
  const textOf = (content: string | Uint8Array) =>
    typeof content === 'string' ? content : new TextDecoder().decode(content)
  return {
    now: () => 0,
    names: async folder => [
      ...new Set(below(folder).map(path => path.slice(folder === '' ? 0 : folder.length + 1).split('/')[0]!)),
    ],
    find: async (folder, name) =>
      below(folder).filter(path => name.test(path.slice(path.lastIndexOf('/') + 1))),
    text: async (path, bytes) => (path in files ? textOf(files[path]!).slice(0, bytes) : null),
  }
}
