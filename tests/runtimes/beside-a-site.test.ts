import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { installedVersion } from '../../scripts/oracles/installed-modules.ts'
import { installedTool } from '../support/installed-tool.ts'
import { broadsheet, datedArticle, temporaryFolder } from './command-line.ts'

/** What a site that keeps its own pages says to Broadsheet. */
const settings = (more = '') => `pages = "none"\nmedia = "site"\n${more}`

interface Item {
  id: string
  url: string
  content_html: string
}
const itemsOf = (file: string): Item[] => JSON.parse(readFileSync(file, 'utf8')).items
const guidsOf = (file: string) =>
  [...readFileSync(file, 'utf8').matchAll(/<guid[^>]*>([^<]+)</g)].map(([, guid]) => guid).sort()
const entryIdsOf = (file: string) =>
  [...readFileSync(file, 'utf8').matchAll(/<entry[\s\S]*?<id>([^<]+)</g)].map(([, id]) => id!)
const filesOf = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort()

/** Every address of the feed that is on the site is a file of its build. */
function expectEverythingThere(items: Item[], site: string, url: string) {
  const addresses = items.flatMap(item => [
    item.url,
    ...[...item.content_html.matchAll(/(?:src|href)="([^"]+)"/g)].map(match => match[1]!),
  ])
  expect(addresses.length).toBeGreaterThan(items.length)
  for (const address of addresses) {
    const path = address.replace(url, '').replace(/(^|\/)$/, '$1index.html')
    expect([address, existsSync(join(site, path))]).toEqual([address, true])
  }
}

function runTool(command: string, words: string[], cwd: string) {
  const { status, stdout, stderr } = spawnSync(command, words, { cwd, encoding: 'utf8' })
  expect([status, status === 0 ? '' : stdout + stderr]).toEqual([0, ''])
}

const hugo = installedTool('hugo')
test.skipIf(!hugo)(
  'Hugo keeps its pages; its old feed’s subscribers get ours, and nothing twice',
  async () => {
    using site = temporaryFolder({
      'hugo.toml': 'baseURL = "https://hugo.example.org/"\ntitle = "Hugo"\n',
      'layouts/_default/single.html': '<h1>{{ .Title }}</h1>{{ .Content }}',
      'layouts/_default/list.html': '{{ range .Pages }}{{ .Title }}{{ end }}',
      'layouts/index.html': 'home',
      'content/posts/bundle/index.md': datedArticle(
        'Bundle',
        undefined,
        '![A picture](p.png) and [one](../one.md)',
      ),
      'content/posts/bundle/p.png': 'not looked at',
      'content/posts/one.md': datedArticle('One', '2026-01-30T00:00:00Z', '![From static](/images/s.png)'),
      'static/images/s.png': 'not looked at',
      'broadsheet.toml': settings('replace = ["/index.xml"]\n'),
    })
    const out = site.at('public')
    runTool(hugo!, [], site.path)
    // Hugo's home feed lists pages of all kinds; those of articles are what is taken over.
    const old = guidsOf(join(out, 'index.xml'))
    expect((await broadsheet('adopt', join(out, 'index.xml'), site.path)).said).toContain(
      '2 articles take over',
    )
    const before = filesOf(out)
    const built = await broadsheet('build', site.path, '--into', out)
    expect([built.exitCode, built.said]).toEqual([0, expect.stringContaining('public:')])
    const added = filesOf(out).filter(path => !before.includes(path))
    expect(added).toContain('rss.xml')
    expect(added.filter(path => /\.html$|^media\/|sitemap|robots|style\.css/.test(path))).toEqual([])
    expect(old).toEqual(expect.arrayContaining(guidsOf(join(out, 'rss.xml'))))
    expect(guidsOf(join(out, 'rss.xml'))).toHaveLength(2)
    expect(readFileSync(join(out, 'index.xml'), 'utf8')).toBe(readFileSync(join(out, 'rss.xml'), 'utf8'))
    expectEverythingThere(itemsOf(join(out, 'feed.json')), out, 'https://hugo.example.org/')
    // The next build of the site writes its own feed again, and the next of ours takes its place again.
    runTool(hugo!, [], site.path)
    expect((await broadsheet('build', site.path, '--into', out)).exitCode).toBe(0)
    expect(readFileSync(join(out, 'index.xml'), 'utf8')).toBe(readFileSync(join(out, 'rss.xml'), 'utf8'))
  },
)

const jekyll = installedTool('jekyll')
test.skipIf(!jekyll)(
  'Jekyll keeps its pages; subscribers of its feed get ours, and nothing twice',
  async () => {
    using site = temporaryFolder({
      '_config.yml':
        'title: Jekyll\nurl: https://jekyll.example.org\nbaseurl: /blog\nplugins: [jekyll-feed]\nexclude: [broadsheet.toml, broadsheet.ledger]\n',
      '_layouts/default.html': '<h1>{{ page.title }}</h1>{{ content }}',
      '_posts/2026-01-30-one.md':
        '---\ntitle: One\nlayout: default\n---\n\n![A picture](/assets/p.png) and [two]({% post_url 2026-01-31-two %})\n',
      '_posts/2026-01-31-two.md': '---\ntitle: Two\nlayout: default\n---\n\nWords.\n',
      'assets/p.png': 'not looked at',
      'index.html': '---\n---\nhome',
      'broadsheet.toml': settings('replace = ["/feed.xml"]\n'),
    })
    runTool(jekyll!, ['build', '--quiet'], site.path)
    const out = site.at('_site')
    const old = entryIdsOf(join(out, 'feed.xml'))
    expect(old).toHaveLength(2)
    expect((await broadsheet('adopt', join(out, 'feed.xml'), site.path)).said).toContain(
      '2 articles take over',
    )
    const built = await broadsheet('build', site.path, '--into', out)
    expect([built.exitCode, built.said]).toEqual([0, expect.stringContaining('2 published')])
    expectEverythingThere(itemsOf(join(out, 'feed.json')), out, 'https://jekyll.example.org/blog/')
    expect(itemsOf(join(out, 'feed.json')).map(({ url }) => url)).toEqual([
      'https://jekyll.example.org/blog/2026/01/31/two.html',
      'https://jekyll.example.org/blog/2026/01/30/one.html',
    ])
    expect(entryIdsOf(join(out, 'atom.xml'))).toEqual(old)
    expect(entryIdsOf(join(out, 'feed.xml'))).toEqual(old)
  },
)

/** A site whose generator npm has brought, with five posts; its feed holds the newest three. */
const javascriptSites: Record<
  string,
  { files: Record<string, string>; program: string; out: string; feed: string }
> = {
  eleventy: {
    program: '@11ty/eleventy/cmd.cjs',
    out: '_site',
    feed: 'feed/feed.xml',
    files: {
      'package.json': '{ "type": "module" }',
      'eleventy.config.js': `import { feedPlugin } from '@11ty/eleventy-plugin-rss'
export default function (config) {
  config.addPassthroughCopy('images')
  config.addPlugin(feedPlugin, {
    type: 'atom',
    outputPath: '/feed/feed.xml',
    collection: { name: 'posts', limit: 3 },
    metadata: { language: 'en', title: 'Blog', base: 'https://js.example.org/', author: { name: 'Broadsheet' } },
  })
}
`,
      'index.html': 'home',
      'images/p.png': 'not looked at',
      ...fivePosts('posts', 'date', 'tags: posts\n'),
    },
  },
  astro: {
    program: 'astro/bin/astro.mjs',
    out: 'dist',
    feed: 'rss.xml',
    files: {
      'package.json': '{ "type": "module" }',
      'astro.config.mjs': "export default { site: 'https://js.example.org' }\n",
      'src/content.config.ts': `import { defineCollection } from 'astro:content'
import { glob } from 'astro/loaders'
import { z } from 'astro/zod'
const schema = z.object({ title: z.string(), pubDate: z.coerce.date() })
export const collections = { posts: defineCollection({ loader: glob({ base: './src/content/posts', pattern: '**/*.md' }), schema }) }
`,
      'src/pages/posts/[...slug].astro': `---
import { getCollection, render } from 'astro:content'
export async function getStaticPaths() {
  return (await getCollection('posts')).map(post => ({ params: { slug: post.id }, props: post }))
}
const { Content } = await render(Astro.props)
---
<Content />
`,
      'src/pages/rss.xml.js': `import rss from '@astrojs/rss'
import { getCollection } from 'astro:content'
export async function GET({ site }) {
  const posts = (await getCollection('posts')).sort((a, b) => b.data.pubDate - a.data.pubDate).slice(0, 3)
  const items = posts.map(({ id, data }) => ({ ...data, link: \`/posts/\${id}/\` }))
  return rss({ title: 'Blog', description: 'A blog.', site, items })
}
`,
      'public/images/p.png': 'not looked at',
      ...fivePosts('src/content/posts', 'pubDate', ''),
    },
  },
}

function fivePosts(folder: string, dateKey: string, more: string): Record<string, string> {
  const posts = [1, 2, 3, 4, 5].map(day => [
    `${folder}/post-${day}.md`,
    `---\ntitle: Post ${day}\n${dateKey}: 2026-01-0${day}\n${more}---\n\nThe ${day * 7919} words. ![A picture](/images/p.png)\n`,
  ])
  return Object.fromEntries(posts)
}

/** As npm brings them into a folder of their own, which BROADSHEET_ORACLES names (CONTRIBUTING.md). */
const isThere: Record<string, boolean> = {
  eleventy: Boolean(installedVersion('@11ty/eleventy') && installedVersion('@11ty/eleventy-plugin-rss')),
  astro: Boolean(installedVersion('astro') && installedVersion('@astrojs/rss')),
}
describe.each(Object.entries(javascriptSites))('%s', (name, { files, program, out, feed }) => {
  test.skipIf(!isThere[name])(
    'keeps its pages; subscribers of its feed get ours, and nothing twice',
    async () => {
      using site = temporaryFolder({
        ...files,
        'broadsheet.toml': settings(`url = "https://js.example.org/"\nreplace = ["/${feed}"]\n`),
      })
      const modules = join(process.env.BROADSHEET_ORACLES!, 'node_modules')
      symlinkSync(modules, site.at('node_modules'))
      const generate = () =>
        runTool(
          process.execPath,
          [join(modules, program), ...(name === 'astro' ? ['build'] : ['--quiet'])],
          site.path,
        )
      generate()
      const before = filesOf(site.at(out))
      const old = readFileSync(site.at(`${out}/${feed}`), 'utf8')
      site.write('old.xml', old)
      expect((await broadsheet('adopt', site.at('old.xml'), site.path)).said).toContain(
        '5 articles take over',
      )
      expect((await broadsheet('diff', site.path, '--against', site.at('old.xml'))).out).toBe(
        'Subscribers will see no change.\n',
      )
      expect((await broadsheet('build', site.path, '--into', site.at(out))).exitCode).toBe(0)
      const idsIn = (text: string) =>
        [...text.matchAll(/<(?:guid[^>]*|id)>([^<]+)<\/(?:guid|id)>/g)]
          .map(([, id]) => id!)
          .filter(id => id.includes('/post-'))
      expect(idsIn(old)).toHaveLength(3)
      expect(idsIn(readFileSync(site.at(`${out}/${feed}`), 'utf8'))).toEqual(idsIn(old))
      expect(readFileSync(site.at(`${out}/${feed}`), 'utf8')).toContain('<title>Blog</title>')
      expectEverythingThere(itemsOf(site.at(`${out}/feed.json`)), site.at(out), 'https://js.example.org/')
      const added = filesOf(site.at(out)).filter(path => !before.includes(path))
      expect(added.filter(path => !/\.(?:xml|json)$|^\.broadsheet-output$/.test(path))).toEqual([])
    },
    120_000,
  )
})

describe('a folder of somebody else’s', () => {
  const articles = {
    'articles/one.md': datedArticle('One'),
    'articles/broadsheet.toml': `url = "https://example.org/"\ntimezone = "UTC"\n${settings()}`,
  }

  test('files of ours come and go, files of theirs stay, whatever their names', async () => {
    using place = temporaryFolder({ ...articles, 'site/index.html': 'theirs', 'site/feed.xml': 'theirs' })
    const build = () => broadsheet('build', place.at('articles'), '--into', place.at('site'))
    expect((await build()).exitCode).toBe(0)
    expect(filesOf(place.at('site'))).toEqual(
      ['.broadsheet-output', 'atom.xml', 'feed.json', 'feed.xml', 'index.html', 'opml.xml', 'rss.xml'].sort(),
    )
    place.write('articles/two.md', '---\ntitle: Two\ndate: 2026-02-01T00:00:00Z\ntags: [t]\n---\n\nTwo.\n')
    await build()
    expect(filesOf(place.at('site'))).toContain('tags/t/rss.xml')
    // They have written over one of ours, which goes: theirs stays.
    place.write('site/tags/t/rss.xml', 'theirs now')
    place.write('articles/two.md', datedArticle('Two', '2026-02-01T00:00:00Z'))
    await build()
    expect(readFileSync(place.at('site/tags/t/rss.xml'), 'utf8')).toBe('theirs now')
    expect(filesOf(place.at('site'))).not.toContain('tags/t/atom.xml')
    expect(readFileSync(place.at('site/feed.xml'), 'utf8')).toBe('theirs')
  })

  test('nothing but feeds, their style sheet and the list of them comes into it, whatever system it is', async () => {
    using site = temporaryFolder({
      'eleventy.config.js': 'export default () => {}\n',
      'posts/one.md': datedArticle('One').replace('---\n', '---\ntags: [posts, t]\nauthor: Broadsheet\n'),
      'broadsheet.toml': `url = "https://example.org/"\nstyle_feeds = true\n${settings()}`,
      '_site/posts/one/index.html': 'theirs',
    })
    await broadsheet('build', site.path, '--into', site.at('_site'))
    const added = filesOf(site.at('_site')).filter(path => path !== 'posts/one/index.html')
    expect(added).toContain('feed.css')
    expect(added).toContain('opml.xml')
    expect(added.filter(path => !/(?:rss|atom|feed)\.(?:xml|json)$|^feed\/feed\.xml$/.test(path))).toEqual([
      '.broadsheet-output',
      'feed.css',
      'opml.xml',
    ])
    // An address that pages have is the feed's where the settings say so.
    site.write('broadsheet.toml', `url = "https://example.org/"\n${settings('replace = ["/feed/"]\n')}`)
    await broadsheet('build', site.path, '--into', site.at('_site'))
    expect(readFileSync(site.at('_site/feed/index.html'), 'utf8')).toContain('>One</title>')
  })

  test('a file of theirs in the place of ours: nothing is touched, and the cure is named', async () => {
    using place = temporaryFolder({ ...articles, 'site/rss.xml': 'theirs' })
    const { exitCode, said } = await broadsheet('build', place.at('articles'), '--into', place.at('site'))
    expect([exitCode, said]).toEqual([2, expect.stringContaining('rss.xml in')])
    expect(said).toContain('set `replace = ["/rss.xml"]` in broadsheet.toml')
    expect(filesOf(place.at('site'))).toEqual(['rss.xml'])
    expect(existsSync(place.at('articles/broadsheet.ledger'))).toBe(false)
    place.write('articles/broadsheet.toml', `${articles['articles/broadsheet.toml']}replace = ["/rss.xml"]\n`)
    expect((await broadsheet('build', place.at('articles'), '--into', place.at('site'))).exitCode).toBe(0)
    expect(readFileSync(place.at('site/rss.xml'), 'utf8')).toContain('<title>One</title>')
  })

  const ownPages = 'url = "https://example.org/"\ntimezone = "UTC"\n'
  test.each([
    ['a page', ownPages, 'articles/one/index.html', 'articles/one/index.html', 'set `pages = "none"`'],
    ['a file where a folder has to be', ownPages, 'articles', 'articles', 'set `pages = "none"`'],
    ['a picture', `${ownPages}pages = "none"\n`, 'media/p.png', 'media/p.png', 'set `media = "site"`'],
    [
      'a list that is no feed',
      `${ownPages}${settings()}`,
      'opml.xml',
      'opml.xml',
      'Give opml.xml another name',
    ],
    [
      'a folder where a feed has to be',
      `${ownPages}${settings()}`,
      'rss.xml/a',
      'rss.xml',
      'Give rss.xml another name',
    ],
    [
      'the same, though replaced',
      `${ownPages}${settings('replace = ["/rss.xml"]\n')}`,
      'rss.xml/a',
      'rss.xml',
      'Give rss.xml another name',
    ],
  ])('%s of theirs in the way: what helps with that', async (_, toml, file, named, cure) => {
    using place = temporaryFolder({
      'articles/one.md': datedArticle('One', undefined, '![A picture](p.png)'),
      'articles/p.png': 'not looked at',
      'articles/broadsheet.toml': toml,
      [`site/${file}`]: 'theirs',
    })
    const { exitCode, said } = await broadsheet('build', place.at('articles'), '--into', place.at('site'))
    expect([exitCode, said]).toEqual([
      2,
      expect.stringContaining(
        `${named} in ${place.at('site')} is there already, and not Broadsheet's. Nothing was touched.`,
      ),
    ])
    expect(said).toContain(cure)
    expect(said.includes('`replace')).toBe(false)
    expect(filesOf(place.at('site'))).toEqual([file])
  })

  test('pages that meet theirs, a site that is not built yet, both places at once', async () => {
    using place = temporaryFolder({
      'articles/one.md': datedArticle('One'),
      'articles/broadsheet.toml': 'url = "https://example.org/"\ntimezone = "UTC"\n',
      'site/index.html': 'theirs',
    })
    const build = (...words: string[]) => broadsheet('build', place.at('articles'), ...words)
    expect((await build('--into', place.at('site'))).said).toContain(
      'set `pages = "none"` in broadsheet.toml',
    )
    expect((await build('--into', place.at('public'))).said).toContain('Build the site first')
    expect((await build()).said).toContain('Give --out DIR for a folder of its own, or --into DIR')
    expect((await build('--into', 'a', '--out', 'b')).exitCode).toBe(2)
  })
})
