import { expect, test } from 'vitest'
import { broadsheet, temporaryFolder } from '../runtimes/command-line.ts'

const text = (title: string, body: string) => `---\ntitle: ${title}\ndate: 2026-01-02\n---\n\n${body}\n`

interface CheckedFile {
  path: string
  article?: { html: string }
  diagnostics: { code: string; message: string }[]
}

async function checked(
  files: Record<string, string>,
  url = 'https://news.example.org/',
): Promise<CheckedFile[]> {
  using folder = temporaryFolder({
    ...files,
    'broadsheet.toml': `url = "${url}"\ntimezone = "UTC"\n`,
  })
  const { out } = await broadsheet('check', folder.path, '--json')
  return JSON.parse(out).files
}

/** Where the links of a file lead, on the publication. */
const links = (files: CheckedFile[], path: string) => {
  const html = files.find(file => file.path === path)?.article?.html ?? ''
  return [...html.matchAll(/href="https:\/\/news\.example\.org([^"]*)"/g)].map(([, place]) => place)
}

const config = (languages: string) => ({
  'hugo.toml': `title = "T"\nbaseURL = "https://news.example.org/"\ndefaultContentLanguage = "en"\n${languages}`,
})

// What Hugo 0.111 makes of the same tags; links to files it leads by language since 0.123.
test('Hugo: a link leads to the text in its own language, or in the one that it names', async () => {
  const body = [
    '[a](sun.md)',
    '[b](/posts/sun.md)',
    '[c]({{< ref "sun" >}})',
    '[d]({{< ref path="sun.md" lang="en" >}})',
    '[e]({{< ref path="sun.md" lang="fr" >}})',
    '[f]({{< relref path="/posts/sun#part" lang="fr" >}})',
    '[g]({{< ref path="posts/sun.md" lang="de" >}})',
    '[h]({{< ref path="sun" outputFormat="json" >}})',
    '[i]({{< ref "sun" "json" >}})',
  ].join('\n')
  const files = await checked({
    ...config(
      '[languages.en]\nweight = 1\n[languages.fr]\nweight = 2\n[languages.de]\nweight = 3\ncontentDir = "inhalt"\n',
    ),
    'content/posts/sun.md': text('Sun', 'Words.'),
    'content/posts/sun.fr.md': text('Soleil', 'Des mots.'),
    'inhalt/posts/sun.md': text('Sonne', 'Worte.'),
    'content/posts/links.md': text('Links', body),
    'content/posts/links.fr.md': text('Liens', body),
    'inhalt/posts/links.md': text('Verweise', body),
  })
  const named = ['/posts/sun/', '/fr/posts/sun/', '/fr/posts/sun/#part', '/de/posts/sun/']
  const all = (own: string) => [own, own, own, ...named, own, own]
  expect(links(files, 'content/posts/links.md')).toEqual(all('/posts/sun/'))
  expect(links(files, 'content/posts/links.fr.md')).toEqual(all('/fr/posts/sun/'))
  expect(links(files, 'inhalt/posts/links.md')).toEqual(all('/de/posts/sun/'))
})

test('Hugo: a text in no language of its own leads to one that is marked with it', async () => {
  const files = await checked({
    ...config('[languages.en]\n[languages.fr]\n'),
    'content/posts/sun.en.md': text('Sun', 'Words.'),
    'content/posts/links.md': text('Links', '[a](sun.md) [b]({{< ref "sun" >}})'),
  })
  expect(links(files, 'content/posts/links.md')).toEqual(['/posts/sun/', '/posts/sun/'])
})

test('Hugo: a language without the text has no link', async () => {
  const files = await checked({
    ...config('[languages.en]\n[languages.fr]\n'),
    'content/posts/sun.md': text('Sun', 'Words.'),
    'content/posts/links.md': text('Links', 'Words [a]({{< ref path="sun" lang="fr" >}}).'),
  })
  expect(links(files, 'content/posts/links.md')).toEqual([])
  const { diagnostics } = files.find(({ path }) => path === 'content/posts/links.md') ?? { diagnostics: [] }
  expect(diagnostics.map(({ message }) => message).join('\n')).toContain('"sun" leads to no address')
})

test.each([
  ['hugo.toml', 'content/posts', '{{< ref "sun" >}}'],
  ['_config.yml', '_posts', '{% post_url 2026-01-02-sun %}'],
])('an address among words is a link (%s)', async (settings, folder, tag) => {
  const name = folder === '_posts' ? '2026-01-02-' : ''
  const files = await checked({
    [settings]: settings === 'hugo.toml' ? 'title = "T"\n' : 'title: T\n',
    [`${folder}/${name}sun.md`]: text('Sun', 'Words.'),
    [`${folder}/${name}links.md`]: text('Links', `It is at ${tag} now.`),
  })
  const path = `${folder}/${name}links.md`
  expect(links(files, path)).toHaveLength(1)
  expect(files.find(file => file.path === path)?.article?.html).not.toContain('.article')
})

test('a remark of Liquid’s in one tag is passed over', async () => {
  const files = await checked({
    '_config.yml': 'title: T\n',
    '_posts/2026-01-02-a.md': text('A', 'Words{% # a remark %} and more.'),
  })
  const [file] = files
  expect(file?.article?.html).toContain('Words and more.')
  expect(file?.diagnostics.filter(({ code }) => code === 'markup-unknown' || code === 'markup-lost')).toEqual(
    [],
  )
  expect(JSON.stringify(file?.diagnostics)).not.toContain('"severity":"warning"')
})

test.each([
  'https://news.example.org/pier.gif',
  'http://news.example.org/pier.gif',
  '//news.example.org/pier.gif',
  'https://news.example.org/media/pier.gif',
])('a picture with the publication’s whole address is the file of the folder: %s', async address => {
  const files = await checked({
    'a.md': text('A', `![The pier](${address})`),
    'pier.gif': 'GIF89a\u0002\0\u0001\0\0\0\0;',
  })
  expect(files.find(({ path }) => path === 'a.md')?.article?.html).toContain(
    '<img src="https://news.example.org/media/pier.gif" alt="The pier" width="2" height="1">',
  )
})

test('Hexo: a link to a post without words of its own has the post’s title', async () => {
  const files = await checked({
    '_config.yml': 'title: T\n',
    'source/_posts/sun.md': text('The "Sun" & more', 'Words.'),
    'source/_posts/kept.md': text('Marmalade\ndraft: true', 'Words.'),
    'source/_posts/later.md': text('Marmalade', 'Words.').replace('2026', '2126'),
    'source/_posts/links.md': text(
      'Links',
      '{% post_link sun %} {% post_link sun Other words %} {% post_link kept %} {% post_link later %} {% post_link none %}',
    ),
  })
  const { html } = files.find(({ path }) => path.endsWith('links.md'))?.article ?? { html: '' }
  expect(html).toMatch(
    /<a href="[^"]*\/sun\/">The "Sun" &amp; more<\/a> <a href="[^"]*\/sun\/">Other words<\/a>/,
  )
  expect(html).not.toMatch(/Marmalade|titled|\.file/)
})

// What Jekyll 4.3 makes of the same tags.
test('Jekyll: the base path before a path from the root is the publication’s', async () => {
  const body = [
    '[a]({{ site.baseurl }}/about/)',
    '[b]({{ "/about/" | relative_url }})',
    '[c]({{ "about" | absolute_url }})',
    '[d]({{ site.url }}{{ site.baseurl }}/about/)',
    '[e](/about/)',
    '[f]({% post_url 2026-01-02-b %})',
    '[g]({{ site.baseurl }}{% post_url 2026-01-02-b %})',
    '<a href="{{ site.baseurl }}/about/">h</a>',
    '[i]({{ "/sub/about/" | relative_url }})',
    '[j][r]',
    '\n[r]: {{ site.baseurl }}/about/',
  ].join('\n')
  const files = {
    '_config.yml': 'title: T\nurl: https://news.example.org\nbaseurl: /sub\npermalink: /:title/\n',
    '_posts/2026-01-01-a.md': text('A', body),
    '_posts/2026-01-02-b.md': text('B', 'Words.'),
  }
  const about = '/sub/about/'
  expect(links(await checked(files, 'https://news.example.org/sub/'), '_posts/2026-01-01-a.md')).toEqual([
    about,
    about,
    '/sub/about',
    about,
    '/about/',
    '/sub/b/',
    '/sub/b/',
    about,
    about,
    about,
  ])
  // A publication that lies elsewhere has a base path of its own.
  expect(links(await checked(files), '_posts/2026-01-01-a.md').slice(0, 4)).toEqual([
    '/about/',
    '/about/',
    '/about',
    '/about/',
  ])
})

test('Jekyll: what is shown raw is shown whole, whatever stands in it', async () => {
  const body = '{% raw %}{% if x %}{{ raw }}{% raw %}{% endraw %} and {% if true %}more{% endif %}.'
  const [file] = await checked({ '_config.yml': 'title: T\n', '_posts/2026-01-01-a.md': text('A', body) })
  expect(file?.article?.html).toBe('<p>{% if x %}{{ raw }}{% raw %} and more.</p>')
})

test.each([
  [
    'figure.liquid path="a.png" alt="A bridge" caption="It *stands*"',
    '<figure><img src="https://news.example.org/a.png" alt="A bridge"><figcaption>It <em>stands</em></figcaption></figure>',
  ],
  [
    'figure image_path="/a.png" alt="A"',
    '<figure><img src="https://news.example.org/a.png" alt="A"></figure>',
  ],
  [
    'video id="AbCdEfGhIjK" provider="youtube"',
    '<p><a href="https://www.youtube.com/watch?v=AbCdEfGhIjK">Watch: youtube.com/watch?v=AbCdEfGhIjK (YouTube)</a></p>',
  ],
  [
    'vimeo.html id=page.film',
    '<p><a href="https://vimeo.com/123456">Watch: vimeo.com/123456 (Vimeo)</a></p>',
  ],
])('Jekyll: what a theme’s included file shows is known by what it is given: %s', async (tag, html) => {
  const [file] = await checked({
    '_config.yml': 'title: T\npermalink: /:title\n',
    '_posts/2026-01-01-a.md': `---\ntitle: A\nfilm: 123456\n---\n\n{% include ${tag} %}\n`,
  })
  expect(file?.article?.html).toBe(html)
  expect(file?.diagnostics.map(({ code }) => code)).not.toContain('markup-unresolved')
})

test('films that have a paragraph for themselves have one each', async () => {
  const id = (last: string) => `AbCdEfGhIj${last}`
  const [file] = await checked({
    'hugo.toml': 'title = "T"\n',
    'content/posts/a.md': text(
      'A',
      `{{< youtube ${id('K')} >}}\n{{< youtube ${id('L')} >}}\n\nSee https://youtu.be/${id('M')} there.`,
    ),
  })
  const film = (last: string) =>
    `<p><a href="https://www.youtube.com/watch?v=${id(last)}">Watch: youtube.com/watch?v=${id(last)} (YouTube)</a></p>`
  expect(file?.article?.html).toContain(film('K') + film('L'))
  expect(file?.article?.html).toContain('<p>See <a href="https://youtu.be/')
})

// Hugo 0.111 makes each of these feeds.
test.each([
  ['/en/posts/index.xml', '/languages/en/rss.xml'],
  ['/de/posts/index.xml', '/languages/de/rss.xml'],
  ['/de/essays/index.xml', '/languages/de/rss.xml'],
])('Hugo: the old feed of a section in a language, %s, leads to that language', async (from, to) => {
  const languages =
    'defaultContentLanguageInSubdir = true\n[languages.en]\nweight = 1\ncontentDir = "content/en"\n[languages.de]\nweight = 2\ncontentDir = "content/de"\n[params]\nmainSections = ["essays", "posts"]\n'
  using folder = temporaryFolder({
    ...config(languages),
    'content/en/posts/a.md': text('A', 'Words.'),
    'content/de/posts/a.md': text('A', 'Worte.'),
    'broadsheet.toml': 'url = "https://news.example.org/"\ntimezone = "UTC"\n',
  })
  const { out } = await broadsheet('get', from, folder.path, '-i')
  expect(out).toContain(`location: https://news.example.org${to}\n`)
})

// jekyll-polyglot makes a site below each language's name.
test('Jekyll: articles in other languages lie below those, and so do their old feeds', async () => {
  const post = (title: string, head: string) => `---\ntitle: ${title}\n${head}---\n\nWords of ${title}.\n`
  using folder = temporaryFolder({
    '_config.yml':
      'title: T\nurl: https://news.example.org\nlanguages: ["en", "sv"]\ndefault_lang: "en"\npermalink: /:title/\n',
    '_posts/2026-01-01-hello.md': post('Hello', 'lang: en\npermalink: /hello/\n'),
    '_posts/2026-01-01-hej.md': post('Hej', 'lang: sv\npermalink: /hello/\n'),
    '_posts/2026-01-02-tva.md': post('Tva', 'lang: sv\n'),
    '_posts/2026-01-03-tre.md': post('Tre', 'lang: sv\npermalink: /sv/tre/\n'),
    'broadsheet.toml': 'timezone = "UTC"\n',
  })
  const { out } = await broadsheet('get', '/feed.json', folder.path)
  const urls = JSON.parse(out).items.map(({ url }: { url: string }) => new URL(url).pathname)
  expect(urls.sort()).toEqual(['/hello/', '/sv/hello/', '/sv/tre/', '/sv/tva/'])
  expect((await broadsheet('get', '/sv/feed.xml', folder.path, '-i')).out).toContain(
    'location: https://news.example.org/languages/sv/atom.xml\n',
  )
})
