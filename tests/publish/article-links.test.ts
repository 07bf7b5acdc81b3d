import { expect, test } from 'vitest'
import { createPipeline, inspect } from '../../src/publish/inspect.ts'
import { renderPublication } from '../../src/publish/publication.ts'
import { readSettings } from '../../src/settings/settings.ts'
import { memorySource } from '../support/memory-source.ts'

const { site } = readSettings('url = "https://news.example.org/"\ntimezone = "UTC"\n')
const now = Date.parse('2026-02-01T00:00:00Z')
const article = (body: string, more = '') =>
  `---\ntitle: An article\ndate: 2026-01-31\n${more}---\n\n${body}\n`
/** The links of one file, and what is said of it. */
function linksOf({ files }: Awaited<ReturnType<typeof inspect>>, path: string) {
  const { article, diagnostics } = files.find(file => file.path === path)!
  return {
    links: [...article!.html.matchAll(/href="([^"]*)"/g)].map(match => match[1]),
    codes: diagnostics.map(({ code }) => code),
  }
}

test('a link to another file leads to that article’s address, wherever it lies', async () => {
  const files = new Map([
    ['one.md', article('[Two](deep/two%20b.md#part) [self](one.md)')],
    ['deep/two b.md', article('[One](../one.md?x=1) [three](three.html)', 'slug: second\n')],
    ['deep/three.html', '<title>Three</title><meta name="date" content="2026-01-30"><p>Words of three.</p>'],
  ])
  const found = await inspect(memorySource(files), site!, { now })
  expect(linksOf(found, 'one.md')).toEqual({
    links: ['https://news.example.org/articles/second/#part', 'https://news.example.org/articles/one/'],
    codes: [],
  })
  expect(linksOf(found, 'deep/two b.md').links).toEqual([
    'https://news.example.org/articles/one/?x=1',
    'https://news.example.org/articles/three/',
  ])
})

test('a link to a file that is not there, or is not an article that can be read, is told of', async () => {
  const files = new Map([
    ['one.md', article('[Gone](gone.md)')],
    ['two.md', article('[Empty](empty.md)')],
    ['empty.md', ''],
  ])
  const found = await inspect(memorySource(files), site!, { now })
  expect(linksOf(found, 'one.md').codes).toEqual(['link-unresolved'])
  expect(linksOf(found, 'two.md')).toEqual({
    links: ['https://news.example.org/empty.md'],
    codes: ['link-unresolved'],
  })
})

test('what is remembered follows: an address that changes, a file that comes and goes', async () => {
  const files = new Map([
    ['one.md', article('[Two](two.md)')],
    ['two.md', article('Words.')],
  ])
  const source = memorySource(files)
  const pipeline = createPipeline(source, site!)
  const look = async () => linksOf(await pipeline.look({ now }), 'one.md')
  expect((await look()).links).toEqual(['https://news.example.org/articles/two/'])
  files.set('two.md', article('Words.', 'slug: other\n'))
  expect((await look()).links).toEqual(['https://news.example.org/articles/other/'])
  files.delete('two.md')
  expect((await look()).codes).toEqual(['link-unresolved'])
  files.set('two.md', article('Words.'))
  expect(await look()).toEqual({ links: ['https://news.example.org/articles/two/'], codes: [] })
})

test('of a link to an article that is withheld the words stay, until it is not', async () => {
  const link = '[The **two**](two.md#part "A title > more") and [three](three.md).'
  const files = new Map([
    ['one.md', article(link)],
    ['two.md', article('Words.', 'slug: hidden\ndraft: true\n')],
    ['three.md', article('More words.')],
  ])
  const source = memorySource(files)
  const pipeline = createPipeline(source, site!)
  const look = async () => {
    const found = await pipeline.look({ now })
    return {
      ...linksOf(found, 'one.md'),
      html: found.files.find(({ path }) => path === 'one.md')!.article!.html,
    }
  }
  const three = 'https://news.example.org/articles/three/'
  const kept = await look()
  expect([kept.links, kept.codes]).toEqual([[three], ['link-withheld']])
  expect(kept.html).toBe(`<p>The <strong>two</strong> and <a href="${three}">three</a>.</p>`)
  files.set('two.md', article('Words.', 'slug: hidden\n'))
  expect(await look()).toMatchObject({
    links: ['https://news.example.org/articles/hidden/#part', three],
    codes: [],
  })
  files.set('two.md', article('Words.', 'slug: hidden\nprivate: true\n'))
  expect(await look()).toMatchObject({ links: [three], codes: ['link-withheld'] })
})

test('what has expired is led to no more, what is to come already is, and what has no date never', async () => {
  const files = new Map([
    ['one.md', article('[Two](two.md) [three](three.md) [four](four.md)')],
    ['two.md', article('Words.', 'expires: 2026-02-10\n')],
    ['three.md', article('More words.', 'publishDate: 2026-03-01\n')],
    ['four.md', '---\ntitle: Four\n---\n\nWords without a day.\n'],
  ])
  const pipeline = createPipeline(memorySource(files), site!)
  const leadsTo = async (time: string) =>
    linksOf(await pipeline.look({ now: Date.parse(time) }), 'one.md').links.map(link =>
      link?.split('/').at(-2),
    )
  expect(await leadsTo('2026-02-01')).toEqual(['two', 'three'])
  expect(await leadsTo('2026-02-11')).toEqual(['three'])
  expect(await leadsTo('2026-02-01')).toEqual(['two', 'three'])
})

test.each([
  ['<q cite="secret.md">words</q>', '<p><q>words</q></p>'],
  [
    '<blockquote cite="secret.md#part">\n\nwords\n\n</blockquote>',
    '<blockquote>\n<p>words</p>\n</blockquote>',
  ],
  ['![words](secret.md)', '<p>words</p>'],
  ['<img src="secret.md" srcset="secret.md 2x" alt="words">', 'words'],
  ['[words](/articles/secret/)', '<p>words</p>'],
  ['[words](/articles/secret/?a=1#part)', '<p>words</p>'],
  ['[words](https://news.example.org/articles/secret/)', '<p>words</p>'],
  ['[words](../secret/)', '<p>words</p>'],
  ['[words](secret.html)', '<p>words</p>'],
  ['<q cite="/articles/secret/">words</q>', '<p><q>words</q></p>'],
  ['<q cite="http://news.example.org/articles/secret">words</q>', '<p><q>words</q></p>'],
  ['[words](https://NEWS.example.org:443/articles/secret/index.html?a#b)', '<p>words</p>'],
  ['[words](//news.example.org/articles/%73ecret)', '<p>words</p>'],
  ['<ins cite="/articles/secret/">words</ins>', '<p><ins>words</ins></p>'],
  ['![words](/articles/secret/)', '<p>words</p>'],
  ['<img src="secret.png" srcset="/articles/secret/ 2x" alt="words">', 'words'],
  ['<video src="/articles/secret/" controls>words</video>', '<p><video controls="">words</video></p>'],
  ['<iframe src="/articles/secret/" title="words"></iframe>', '<p>words</p>'],
  ['words <https://news.example.org/articles/secret/>', '<p>words </p>'],
])('what leads to a withheld article in another way leaves the words alone: %s', async (body, html) => {
  const files = new Map([
    ['one.md', article(body)],
    ['secret.md', article('Words.', 'draft: true\n')],
  ])
  const pipeline = createPipeline(memorySource(files), site!)
  const look = async () => (await pipeline.look({ now })).files.find(({ path }) => path === 'one.md')!
  const kept = await look()
  expect(kept.article!.html).toBe(html)
  const isPicture = /img|!\[/.test(body)
  expect(kept.diagnostics.map(({ code }) => code)).toContain(
    isPicture && body.includes('secret.md') ? 'media-missing' : 'link-withheld',
  )
  // The link is there as soon as the article is, without another look at the file that leads to it.
  files.set('secret.md', article('Words.'))
  const open = (await look()).article!.html
  if (!isPicture) expect(open).toMatch(/"https?:\/\/news\.example\.org\/articles\/(?:s|%73)ecret/)
  files.set('secret.md', article('Words.', 'draft: true\n'))
  expect((await look()).article!.html).toBe(html)
})

test('an address that a withheld article claims to have had is none of a link’s, until the article is there', async () => {
  const link = '[Words](/old/se%20cret) and [more](https://news.example.org/old/se%20cret/?a#b).'
  const secret = (more: string) => article('Words.', `aliases: [/old/se cret/]\n${more}`)
  const files = new Map([
    ['one.md', article(link)],
    ['secret.md', secret('draft: true\n')],
  ])
  const pipeline = createPipeline(memorySource(files), site!)
  const look = async () => linksOf(await pipeline.look({ now }), 'one.md')
  const open = ['https://news.example.org/old/se%20cret', 'https://news.example.org/old/se%20cret/?a#b']
  expect(await look()).toEqual({ links: [], codes: ['link-withheld'] })
  files.set('secret.md', secret(''))
  expect(await look()).toEqual({ links: open, codes: [] })
  files.set('secret.md', secret('draft: true\n'))
  expect((await look()).links).toEqual([])
  // It claims nothing any more, and then somebody else has it whom all may see.
  files.set('secret.md', article('Words.', 'draft: true\n'))
  expect((await look()).links).toEqual(open)
  files.set('secret.md', secret('draft: true\n'))
  files.set('two.md', article('Words of two.', 'aliases: [/old/se cret/]\n'))
  expect((await look()).links).toEqual(open)
  files.delete('two.md')
  expect((await look()).links).toEqual([])
})

test('an address that another article has, or none, is nobody’s that is withheld; and words are never links', async () => {
  const body =
    '[A](/articles/secret-2/) [b](/articles/secrets/) [c](/media/) `<q cite="https://news.example.org/articles/secret/">`'
  const files = new Map([
    ['one.md', article(body)],
    ['secret.md', article('Words.', 'draft: true\n')],
    ['secrets.md', article('Words of another.')],
  ])
  const found = await inspect(memorySource(files), site!, { now })
  expect(linksOf(found, 'one.md').codes).toEqual([])
  expect(linksOf(found, 'one.md').links).toHaveLength(3)
})

test('what an article names beside its text leads to no withheld article either', async () => {
  const beside = [
    'authors: [{ name: A Name, url: "https://news.example.org/articles/secret/" }]',
    'image: /articles/secret/',
    'audio: { url: "https://news.example.org/articles/secret", type: audio/mpeg }',
    'transcript: { url: /articles/secret/, type: text/html }',
    'persons: [{ name: Another, url: "https://news.example.org/articles/secret/" }]',
  ]
  const area =
    '<map name="m"><area href="/articles/secret/" alt="part"></map><img src="https://cdn.example/a.png" usemap="#m" longdesc="/articles/secret/" alt="words">'
  const files = new Map([
    ['one.md', article(`Words of one. ${area}`, `${beside.join('\n')}\n`)],
    ['secret.md', article('Words.', 'draft: true\n')],
  ])
  const pipeline = createPipeline(memorySource(files), site!)
  const look = async () =>
    JSON.stringify((await pipeline.look({ now })).files.find(({ path }) => path === 'one.md')!.article)
  const named = (article: string) => article.split('articles/secret').length - 1
  expect(named(await look())).toBe(0)
  files.set('secret.md', article('Words.'))
  expect(named(await look())).toBeGreaterThanOrEqual(3)
  files.set('secret.md', article('Words.', 'draft: true\n'))
  expect(named(await look())).toBe(0)
  expect(await look()).toContain('A Name')
})

/** Every attribute of HTML, SVG and MathML that holds an address, or did in an older edition, and the elements that have them. */
const attributes =
  `href src srcset poster cite action formaction data background longdesc usemap manifest ping icon code codebase archive classid profile
  dynsrc lowsrc xlink:href imagesrcset content itemid itemtype resource about data-src data-srcset data-original data-href`.split(
    /\s+/,
  )
const elements =
  `a area audio base blockquote body button del div embed figure form frame iframe image img input ins link math meta object q script
  source span svg table td track use video`.split(/\s+/)
const keys =
  `image images cover audio video enclosures file transcript chapters episode_image author authors link external_url persons license
  social related thumbnail attachments media podcast`.split(/\s+/)
/** What stands there as a text is a name. */
const named = /^(?:authors?|persons|license)$/

test('no document names the place that a link had before addresses were settled, nor one that is withheld', async () => {
  const files = new Map<string, string>()
  const targets = [
    'open.md',
    'open.html',
    '/articles/open/',
    'MARKSECRET.md',
    'MARKSECRET.html',
    'MARKSECRET.txt',
  ]
  for (const [number, target] of [...targets, './MARKSECRET.md#a', '/articles/marksecret/'].entries()) {
    const tags = elements.flatMap(element =>
      attributes.map(name => `<${element} ${name}="${target}">w</${element}>`),
    )
    const nested = [
      `<picture><source srcset="${target} 2x"><img src="https://cdn.example/a.png"></picture>`,
      `<video><source src="${target}"><track src="${target}"></video>`,
      `[words](${target}) ![w](${target}) [w][ref] [![w](${target})](${target})`,
      `[ref]: ${target}`,
    ]
    files.set(`body-${number}.md`, article([...tags, ...nested].join('\n\n')))
    files.set(
      `page-${number}.html`,
      `<title>Page</title><meta name="date" content="2026-01-31"><meta property="og:image" content="${target}"><link rel="author" href="${target}"><body>${tags.join('')}`,
    )
    for (const key of keys)
      for (const [form, value] of [
        target,
        `{ url: "${target}", src: "${target}", name: w, img: "${target}" }`,
      ].entries())
        if (form > 0 || !named.test(key))
          files.set(`key-${key}-${form}-${number}.md`, article('Words.', `${key}: ${value}\n`))
  }
  files.set('open.md', article('Words of one.'))
  files.set('MARKSECRET.md', article('Words of two.', 'draft: true\n'))
  files.set('MARKSECRET.txt', 'DRAFT\n\nNobody is to read this.\n')
  const source = memorySource(files)
  const found = await inspect(source, site!, { now })
  const { documents } = renderPublication(site!, found, { now, source })
  const leaks = documents.flatMap(({ path, body }) =>
    [...`${path}\n${body}`.matchAll(/.{0,60}(?:\/\.file\/|marksecret(?:\.(?:md|html|txt)|\/)).{0,20}/gi)].map(
      ([leak]) => `${path}: ${leak}`,
    ),
  )
  expect(leaks).toEqual([])
  expect(documents.some(({ path }) => path === '/articles/body-0/')).toBe(true)
  expect(documents.some(({ path }) => path === '/articles/key-image-1-3/')).toBe(true)
})
