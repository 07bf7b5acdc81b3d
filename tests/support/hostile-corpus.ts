import { ghostExport, wordpressExport } from './hostile-exports.ts'

/*
 * Articles that want to break a feed, as files: path → bytes. Made here rather than kept, so that every character that
 * matters is spelt out, and none of them has to survive an editor or a checkout.
 */

export const hostileSettings = String.raw`
title = "Hostile \u000C & <b>bold</b> ]]> \u202E title"
description = "Feeds & <i>more</i>\u0000\uFFFE, with ]]> and \u000B"
url = "https://hostile.example/sub%20folder/"
tag_authority = "hostile.example,2026"
language = "en"
timezone = "UTC"
copyright = "© <nobody> & \u0001 all ]]>"
icon = "https://hostile.example/ic on.png?a=1&b=<2>"
logo = "https://hostile.example/logo|{1}.png"
hubs = ["https://hub.example/a&b/|"]
tombstones = true
authors = [{ name = "Ed & <itor> \u0007", url = "https://hostile.example/ü|", email = "ed@hostile.example" }]

[[feeds]]
name = "Mixed & <own> \u000C ]]>"
title = "Mixed \u0000 & <title> ]]>"
description = "Of \u0001 all ]]> & <sorts>\uFFFE"
include = { tags = ["shared"] }
exclude = { tags = ["<b>tag</b>"] }

[[feeds]]
name = "Nothing ever"
include = { tags = ["nobody has this"] }

[podcast]
category = ["Arts > Books"]
email = "ed@hostile.example"
image = "https://hostile.example/cover.png"
locked = true

[feed_namespaces]
place = "https://hostile.example/place#"

[feed_fields]
"place:lat" = "place.lat"
"place:note" = "note"
"place:all" = { feed = "]]> & <x> \u000C" }

[sources."Wire & Co"]
match = "dates/**"
author = "Wi\u0000re & <Co> ]]>\u000B"
feed = "https://wire.example/rss?a=1&b=|"
`

/** Characters of file names that only some file systems know; none of them is `/` or NUL, which none knows. */
const oddNameCharacters = [
  '\u0001',
  '\u000b',
  '\f',
  '\r',
  '\u001f',
  '\u007f',
  '\u0085',
  '\ufeff',
  '\ufffe',
  '\uffff',
  '"',
  '\\',
]

const encoder = new TextEncoder()
export type Corpus = Map<string, Uint8Array>

/** Characters that XML 1.0 forbids (§2.2) and their neighbours that it allows and parsers stumble over. */
export const oddCharacters = [
  ...Array.from({ length: 32 }, (_, code) => code),
  ...[0x7f, 0x80, 0x85, 0x9f, 0xad, 0xd800, 0xdbff, 0xdc00, 0xdfff, 0xfdd0, 0xfeff, 0xfffd, 0xfffe, 0xffff],
  ...[0x200b, 0x200e, 0x2028, 0x2029, 0x202a, 0x202e, 0x2066, 0x2069],
]

const hex = (code: number) => code.toString(16).toUpperCase().padStart(4, '0')
/** An instant of its own for every article, so that the order says something. */
let minute = 0
const nextDate = () => new Date(Date.UTC(2020, 0, 1, 0, minute++)).toISOString()

/** At least 200 files, the same on every call. */
export function hostileCorpus(): Corpus {
  minute = 0
  const corpus: Corpus = new Map()
  const add = (path: string, content: string | Uint8Array) => {
    if (corpus.has(path)) throw new Error(`${path} twice`)
    corpus.set(path, typeof content === 'string' ? encoder.encode(content) : content)
  }
  addCharacters(add)
  addIds(add)
  addAddresses(add)
  addDates(add)
  addTexts(add)
  addMarkup(add)
  addNames(add)
  addEncodings(add)
  addDuplicates(add)
  addMedia(add)
  addSizes(add)
  add('exports/hostile.WordPress.xml', wordpressExport(oddTexts, oddIds, nextDate))
  add('exports/hostile.ghost.json', ghostExport(oddTexts, oddIds, nextDate))
  return corpus
}

type Add = (path: string, content: string | Uint8Array) => void

/** Front matter in JSON: every string can be said in it, lone surrogates too. */
const jsonArticle = (fields: Record<string, unknown>, body = 'Some words of a body.') =>
  `${JSON.stringify({ date: nextDate(), ...fields }).replaceAll('\u2028', '\\u2028')}\n\n${body}\n`

/** One odd string in every field there is. */
function everywhere(text: string): Record<string, unknown> {
  return {
    title: `Title ${text} end`,
    kicker: text,
    subtitle: `Stand${text}first`,
    description: `Sum${text}mary`,
    authors: [
      { name: `Au${text}thor`, url: `https://a.example/${text}`, email: `a${text}@a.example`, role: text },
    ],
    tags: ['shared', `tag${text}`, text],
    section: `Sec${text}tion`,
    source: `Sou${text}rce`,
    lang: `en${text}`,
    slug: `slug-${text}`,
    aliases: [`/old/${text}/`],
    image: { src: `https://a.example/${text}.png`, alt: `alt ${text}` },
    enclosures: [
      {
        url: `https://a.example/${text}.mp3`,
        type: `audio/mpeg${text}`,
        title: text,
        length: 5,
        duration: 7,
      },
    ],
    place: { lat: text },
    note: [text, { deeper: text }],
    [`key${text}`]: text,
  }
}

function addCharacters(add: Add) {
  for (const code of oddCharacters) {
    const character = String.fromCharCode(code)
    const name = hex(code)
    add(
      `characters/json-${name}.md`,
      jsonArticle(everywhere(character), `Body ${character} *${character}* end.`),
    )
    const yaml = `"a\\u${name}b"`
    add(
      `characters/yaml-${name}.md`,
      `---\ntitle: ${yaml}\ndate: ${nextDate()}\ntags: [shared, ${yaml}]\nauthor: ${yaml}\nid: "id-\\u${name}"\n---\nText &#x${name}; and &#${code}; end.\n`,
    )
    add(
      `characters/toml-${name}.md`,
      `+++\ntitle = ${yaml}\ndate = ${nextDate()}\ntags = ["shared", ${yaml}]\n[[enclosures]]\nurl = "https://a.example/x\\u${name}.mp3"\n+++\nText ${character} end.\n`,
    )
    add(
      `characters/html-${name}.html`,
      `<!doctype html><html lang="en"><head><title>T &#x${name}; t ${character}</title><meta name="author" content="A&#x${name};b"><meta name="keywords" content="shared, k&#${code};"><meta property="article:published_time" content="${nextDate()}"></head><body><article><h1>T &#x${name}; t</h1><p title="&#x${name};">Body &#x${name}; and ${character} <a href="https://a.example/&#x${name};">link</a> <img src="i&#x${name};.png" alt="&#x${name};"></p></article></body></html>`,
    )
    add(
      `characters/text-${name}.txt`,
      `${nextDate().slice(0, 10)}\n\nA headline with ${character} inside\n\nBy Some ${character} Body\n\nThe first paragraph has ${character} in it, and goes on for a while.\n\nThe second ${character}${character} too.\n`,
    )
  }
}

const oddIds = [
  '12345',
  '0',
  'https://example.org?p=1',
  'HTTP://EXAMPLE.org',
  'https://exämple.org/é?ü=ö',
  'https://example.org/a|b^c{d}[e]`f',
  'https://example.org/%zz',
  'https://example.org/#a#b',
  'http:',
  'urn:uuid:zzz',
  'urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6',
  'urn:isbn:0451450523',
  'urn:x',
  'tag:',
  'tag:example.org',
  'tag:hostile.example,2026:guid/12345',
  'tag:hostile.example,2026:file/ids/of-another.md',
  'TAG:example.org,2026:x',
  'javascript:alert(1)',
  'data:text/html,<script>alert(1)</script>',
  'mailto:a@example.org',
  'not a uri at all',
  '<id>&amp;"\'',
  ']]>',
  'broadsheet:0:',
  '$& $1 $`',
  'ü',
  '✓',
  '\u202eabc',
  'a'.repeat(5000),
  '//example.org/a',
  '/a',
  'x:y',
  'null',
  '__proto__',
  'https://example.org/a b',
  'https://example.org/same',
  'https://example.org/Same',
  'https://example.org/same/',
]

function addIds(add: Add) {
  oddIds.forEach((id, index) => {
    add(`ids/${String(index).padStart(2, '0')}.md`, jsonArticle({ title: `Id ${index}`, id }))
  })
  add('ids/of-another.md', jsonArticle({ title: 'An id that another file claims' }))
  add('ids/number.md', `---\ntitle: A number\ndate: ${nextDate()}\nid: 0x1F\n---\nWords.\n`)
}

const oddAddresses = [
  'https://elsewhere.example/ä/ö?q=ü#ß',
  'https://exämple.example/',
  'https://user:pass@elsewhere.example/',
  'https://[::1]/a',
  'http://a{b}.example/',
  'https://elsewhere.example/a|b^c`d{e}[f]\\g',
  'https://elsewhere.example/%zz%',
  'https://elsewhere.example/?a=1&b=2&amp;c=<3>"\'',
  'https://elsewhere.example/#a#b',
  'HTTPS://ELSEWHERE.EXAMPLE:443/x',
  'javascript:alert(1)',
  'java\tscript:alert(1)',
  'data:text/html,x',
  'ftp://elsewhere.example/',
  '//elsewhere.example/',
  '../../outside',
  '/',
  '/rss.xml',
  '/tags/x/',
  '/feeds/x/',
  '/media/x',
  '/a b/c"d/<e>/',
  '/%zz/%00/',
  '/%2e%2e/x/',
  '/ä/ö/',
  '/\u202e/\ufeff/',
  '/broadsheet:0:/',
  '?x=1',
  '#x',
  '.',
  'https://',
  'https://hostile.example/sub%20folder/inside/',
  'https://hostile.example/outside/',
]

function addAddresses(add: Add) {
  oddAddresses.forEach((address, index) => {
    const number = String(index).padStart(2, '0')
    add(
      `addresses/permalink-${number}.md`,
      jsonArticle({ title: `Address ${index}`, permalink: address, aliases: [address] }),
    )
    add(
      `addresses/everywhere-${number}.md`,
      jsonArticle(
        {
          title: `Addresses ${index}`,
          tags: ['shared'],
          image: { src: address, alt: 'x' },
          enclosures: [
            { url: address, type: 'audio/mpeg', length: '12', duration: '1:02:03' },
            { url: address, type: 'no type', length: -1 },
            { url: 'https://a.example/b.mp3', type: 'audio/mpeg; a="b"', length: 1.5, title: '<t> & "q"' },
          ],
          author: { name: 'A', url: address, email: 'no mail' },
        },
        `[a](${address}) ![b](${address}) <a href="${address}">c</a> <img src='${address}' srcset='${address} 2x'>`,
      ),
    )
  })
}

const oddDates = [
  '0000-01-01',
  '0001-01-01',
  '0001-01-01T00:00:00+14:00',
  '0033-04-03',
  '0999-12-31T23:59:59Z',
  '1582-10-10',
  '1899-12-31',
  '1900-01-01',
  '1969-12-31T23:59:59.999Z',
  '1970-01-01T00:00:00Z',
  '2016-12-31T23:59:60Z',
  '2024-02-30',
  '2038-01-19T03:14:08Z',
  '9999-12-31',
  '9999-12-31T23:59:59Z',
  '9999-12-31T23:59:59-12:00',
  '10000-01-01',
  '+010000-01-01T00:00:00Z',
  '-000001-01-01T00:00:00Z',
  '275760-09-13',
  '2026-01-01T00:00:00.123456789Z',
  '2026-01-01T24:00:00Z',
  '1e9',
  '1735689600',
  'yesterday',
  '\u0000',
]

function addDates(add: Add) {
  oddDates.forEach((date, index) => {
    const number = String(index).padStart(2, '0')
    add(`dates/published-${number}.md`, jsonArticle({ title: `Date ${index}`, date, updated: '0001-01-01' }))
    add(
      `dates/updated-${number}.md`,
      jsonArticle({
        title: `Updated ${index}`,
        updated: date,
        expires: date === 'yesterday' ? date : undefined,
      }),
    )
  })
}

const oddTexts = {
  cdata: ']]>',
  'cdata-many': ']]>'.repeat(50),
  'cdata-item': ']]></description><item><title>injected</title></item><![CDATA[',
  'cdata-nested': '<![CDATA[ ]]]]><![CDATA[> ]]>',
  'cdata-split': '<p>]<b></b>]<i></i>&gt; ]]&gt; ]]&#62;</p>',
  entities: '&amp; &amp;amp; &lt;b&gt; &nbsp; &nosuch; &#38; &#x26;lt; & < > " \'',
  doctype: '<!DOCTYPE x [<!ENTITY a "b">]>&a;',
  instruction: '<?xml version="1.0"?><?php echo 1 ?>',
  comment: '<!-- -- --> <!--> <!---> -->',
  markup: '<b></b><i> </i>',
  script: '<script>alert(1)</script>',
  attribute: '<a href="<&quot;>" title="<b>&quot;]]>">x</a>',
  placeholders: 'broadsheet:0: broadsheet:1: <![CDATA[broadsheet:2:]]>',
  dollars: "$& $1 $` $' $$ $<x>",
  blank: ' \t\n ',
  invisible: '\u200b\u200c\u200d\u2060\ufeff',
  joiners: 'می\u200cخواهم \u200d \u200e \u200f',
  'bidi-open': '\u202e\u2066\u202bopen',
  'bidi-close': '\u202c\u2069\u202c close',
  emoji: '👩‍👩‍👧‍👦 🇩🇪 1️⃣ 👍🏽 🏴󠁧󠁢󠁥󠁮󠁧󠁿',
  'half-emoji': '\ud83d half',
  astral: '𝒳 \u{10ffff} \u{1fffe} \u{f0000}',
  combining: `e${'\u0301'.repeat(200)}`,
  zalgo: 'Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢',
  decomposed: 'Donne\u0301es',
  scripts: '数据 データ 데이터 данные بيانات डेटा ข้อมูล',
  prototype: '__proto__',
  constructor: 'constructor',
  dots: '..',
  slashes: '../../a/b\\c',
  query: 'a?b#c%zz%00',
  json: '"}],"items":[{"id":"x"}]}',
  commas: 'a, b; c',
  numbers: '007',
  newlines: 'one\ntwo\r\nthree\rfour\u2028five\u2029six\u0085seven',
  tab: 'a\tb',
  long: 'long '.repeat(2_000),
  unbroken: 'x'.repeat(10_000),
}

function addTexts(add: Add) {
  for (const [name, text] of Object.entries(oddTexts)) {
    add(`texts/every-field-${name}.md`, jsonArticle(everywhere(text), text))
    add(
      `texts/bare-${name}.md`,
      jsonArticle({ title: text, author: text, tags: text, section: text, description: text }),
    )
    add(
      `texts/${name}.html`,
      `<html><head><title>${text}</title><meta name=date content="${nextDate()}"></head><body><h1>${text}</h1><p>${text}</p></body></html>`,
    )
    add(
      `texts/${name}.txt`,
      `${nextDate().slice(0, 10)}\n\nHeadline ${text}\n\n${text}\n\nAnd a sentence to read.\n`,
    )
  }
}

const oddMarkup = {
  unclosed: '<p>one <b>two <i>three <table><tr><td>four <ul><li>five',
  misnested: '<b><p>x</b></p></div></div></article><td>y',
  'attribute-lt': '<p title="<script>" data-x=\'"\'>x</p><img alt="a<b>c" src="https://a.example/?<>">',
  'attribute-soup': '<a href=x onclick=alert(1) =y "z" a/b c\u0000d href=https://b.example/>x</a>',
  schemes:
    '<a href="javascript:alert(1)">a</a><a href=" \u0001java\nscript:alert(1)">b</a><a href="data:text/html,x">c</a><img src="data:image/svg+xml,<svg/onload=alert(1)>"><img src="data:image/png;base64,AAAA">',
  svg: '<svg><script>alert(1)</script><foreignObject><p>x</p></foreignObject></svg>',
  math: '<math><mtext><img src=x onerror=alert(1)></mtext><mi>x</mi></math>',
  template: '<template><script>1</script></template><noscript><p>x</p></noscript><plaintext>rest',
  textarea: '<textarea></textarea><script>1</script></textarea><title>t</title><style>a{}</style>',
  iframe:
    '<iframe src="https://v.example/?a=1&b=2" title="<t>"></iframe><object data=x></object><embed src=x>',
  namespaces: '<o:p xmlns:o="x">y</o:p><a:b:c>d</a:b:c><x xml:lang="de">e</x>',
  comment: '<!-- <p>no</p> --><p>yes</p><!-- open',
  'many-cdata': '<p>]]></p>'.repeat(2000),
  deep: `${'<div>'.repeat(3000)}deep${'</div>'.repeat(3000)}`,
  'deep-quotes': `${'> '.repeat(500)}deep`,
  'empty-elements': '<p></p><p> </p><br><hr><ul></ul>',
  forms: '<form action="javascript:1"><input name=a><button formaction=x>b</button></form>x',
  only: '<p>.</p>',
}

function addMarkup(add: Add) {
  for (const [name, markup] of Object.entries(oddMarkup)) {
    add(`markup/${name}.md`, jsonArticle({ title: `Markup ${name}` }, markup))
    add(
      `markup/${name}.html`,
      `<html><head><title>Markup ${name}</title><meta name=date content="${nextDate()}"></head><body>${markup}</body></html>`,
    )
  }
  add(
    'markup/yaml-aliases.md',
    `---\na: &a [x, x, x]\nb: &b [*a, *a, *a]\nc: &c [*b, *b, *b]\nd: [*c, *c, *c]\ntitle: Aliases\ndate: ${nextDate()}\n---\nWords.\n`,
  )
  add(
    'markup/yaml-proto.md',
    `---\n__proto__: {title: x}\nconstructor: y\ntitle: Proto\ndate: ${nextDate()}\n---\nWords.\n`,
  )
  add('markup/unclosed-front-matter.md', '---\ntitle: x\n\nWords without an end to the front matter.\n')
}

function addNames(add: Add) {
  const names = [
    'with space',
    '%zz%00',
    'a?b#c',
    'q\'u"ote',
    '<script>',
    'amp&ersand;',
    'ünï-cödé',
    'de\u0301compose\u0301',
    'خوراک چیست',
    '数据',
    '👩‍👩‍👧',
    '!?',
    'CON',
    '-rf',
    '...',
    'new\nline',
    'tab\tname',
    '\u202eevil',
    '\ufffd',
    'x'.repeat(200),
    ']]>',
    'broadsheet:0:',
  ]
  for (const name of names) add(`names/${name}.md`, jsonArticle({ title: 'A name' }))
  oddNameCharacters.forEach((character, index) => {
    add(`names/character-${index}-${character}.md`, jsonArticle({ title: `A name with character ${index}` }))
  })
  for (const name of ['index', 'Index'])
    add(`names/folder ${name}/${name}.md`, jsonArticle({ title: 'A bundle' }))
  for (const lang of [
    'en_US.UTF-8',
    'zz-ZZ',
    'x-klingon',
    'i-default',
    'art-lojban',
    'english',
    '',
    'de-1996',
    'zh-Hant-TW-u-ca-roc',
    '-',
    'EN-us',
  ])
    add(`names/language ${lang}.md`, jsonArticle({ title: `Language ${lang}`, lang }))
}

function addEncodings(add: Add) {
  const text = `---\ntitle: Ünïcode ]]> ﷽\ndate: ${nextDate()}\n---\nGrüße 数据.\n`
  const utf16 = (little: boolean) => {
    const bytes = new Uint8Array(2 + text.length * 2)
    const view = new DataView(bytes.buffer)
    for (const [index, unit] of [
      0xfeff,
      ...Array.from({ length: text.length }, (_, n) => text.charCodeAt(n)),
    ].entries())
      view.setUint16(index * 2, unit, little)
    return bytes
  }
  add('encodings/utf-16le.md', utf16(true))
  add('encodings/utf-16be.md', utf16(false))
  add('encodings/utf-8-bom.md', `\ufeff${text}`)
  add('encodings/bom-inside.md', text.replaceAll('e', 'e\ufeff'))
  add(
    'encodings/latin-1.md',
    Uint8Array.from(`---\ntitle: Gr\u00fc\u00dfe\ndate: ${nextDate()}\n---\nCaf\u00e9.\n`, character =>
      character.charCodeAt(0),
    ),
  )
  add(
    'encodings/every-byte.txt',
    Uint8Array.from([
      ...encoder.encode(`${nextDate().slice(0, 10)}\n\nEvery byte\n\nText. `),
      ...Array.from({ length: 256 }, (_, byte) => byte),
    ]),
  )
  add(
    'encodings/broken-utf-8.md',
    Uint8Array.from([
      ...encoder.encode(text),
      0xc3,
      0x28,
      0xed,
      0xa0,
      0x80,
      0xf8,
      0x88,
      0xff,
      0xfe,
      0xc0,
      0x80,
    ]),
  )
  add(
    'encodings/surrogate-pairs-as-utf-8.md',
    Uint8Array.from([...encoder.encode(text), 0xed, 0xa0, 0xbd, 0xed, 0xb8, 0x80]),
  )
}

function addDuplicates(add: Add) {
  const date = nextDate()
  for (let number = 0; number < 12; number++) {
    const fields = {
      date,
      title: 'The same',
      tags: ['shared', 'Shared', 'SHARED', 'shared'],
      slug: 'same',
      permalink: '/same/',
      id: 'same id',
    }
    add(
      `duplicates/${number}.md`,
      jsonArticle(
        {
          ...fields,
          authors: ['A', 'A', 'a'],
          enclosures: [{ url: 'https://a.example/a.mp3' }, { url: 'https://a.example/a.mp3' }],
        },
        'The very same words.',
      ),
    )
  }
  // One name for everything that has a name, and an address that another article has.
  add(
    'duplicates/names.md',
    jsonArticle({ title: 'shared', tags: ['shared'], author: 'shared', section: 'shared', lang: 'shared' }),
  )
  add(
    'duplicates/aliases.md',
    jsonArticle({ title: 'Aliases', aliases: ['/same/', '/same', '/', '/rss.xml'] }),
  )
  for (const tag of [
    'C',
    'C+',
    'C++',
    'c',
    'c#',
    'C-',
    'ﬁ',
    'fi',
    'İ',
    'i',
    'ß',
    'SS',
    'é',
    'e\u0301',
    '!',
    '?',
    '!?',
    '1',
    '１',
  ])
    add(
      `duplicates/tag ${encodeURIComponent(tag)}.md`,
      jsonArticle({ title: `Tag ${tag}`, tags: [tag, '<b>tag</b>'] }),
    )
}

/** Files beside the articles, whose names and sizes the documents give. */
function addMedia(add: Add) {
  const names = [
    'plain',
    'sp ace',
    'ü',
    'u\u0308',
    '%zz',
    'a&b',
    'q\'"q',
    '<x>',
    ']]>',
    '#1',
    'a?b',
    'a|b',
    'x\u0001',
    'x\ufffe',
    'خوراک',
  ]
  names.forEach((name, index) => {
    add(`media/${name}.mp3`, new Uint8Array(index * 100))
    add(`media/${name}.png`, new Uint8Array([0x89, 0x50, 0x4e, 0x47, index]))
    add(
      `media/article-${index}.md`,
      jsonArticle(
        {
          title: `Media ${name}`,
          image: { src: `${name}.png`, alt: name },
          enclosures: [
            { url: `${name}.mp3`, type: 'audio/mpeg', length: 7 },
            { url: encodeURI(`${name}.png`) },
          ],
        },
        `![${name}](<${name}.png>) <img src="./${encodeURIComponent(name)}.png">`,
      ),
    )
  })
}

function addSizes(add: Add) {
  const sentence = 'A sentence with ]]> and & and <b>bold</b> and a \u000c form feed. '
  add('sizes/two-megabytes.md', jsonArticle({ title: 'Two megabytes' }, sentence.repeat(31_000)))
  add(
    'sizes/two-megabytes.html',
    `<html><head><title>Two megabytes</title><meta name=date content="${nextDate()}"></head><body>${`<p>${sentence}</p>`.repeat(28_000)}</body></html>`,
  )
  add(
    'sizes/two-megabytes.txt',
    `${nextDate().slice(0, 10)}\n\nTwo megabytes\n\n${`${sentence}\n\n`.repeat(30_000)}`,
  )
  add('sizes/one-line.txt', `${nextDate().slice(0, 10)}\n\nOne line\n\n${'x'.repeat(2_000_000)}`)
  add(
    'sizes/ten-thousand-tags.md',
    jsonArticle({ title: 'Tags', tags: Array.from({ length: 10_000 }, (_, number) => `tag ${number}`) }),
  )
  add(
    'sizes/ten-thousand-authors.md',
    jsonArticle({
      title: 'Authors',
      authors: Array.from({ length: 10_000 }, (_, number) => `Author ${number}`),
    }),
  )
  add(
    'sizes/ten-thousand-enclosures.md',
    jsonArticle({
      title: 'Enclosures',
      enclosures: Array.from({ length: 10_000 }, (_, number) => ({ url: `https://a.example/${number}.mp3` })),
    }),
  )
  add(
    'sizes/ten-thousand-aliases.md',
    jsonArticle({
      title: 'Aliases',
      aliases: Array.from({ length: 10_000 }, (_, number) => `/old/${number}/`),
    }),
  )
  add(
    'sizes/huge-title.md',
    jsonArticle({ title: 'A & b '.repeat(50_000), description: '<x> '.repeat(50_000) }),
  )
  add('sizes/empty.md', '')
  add('sizes/one-letter.txt', 'x')
}
