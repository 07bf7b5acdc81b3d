import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
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
test.skipIf(!jekyll)('Jekyll keeps its pages; the pictures are where it puts them', async () => {
  using site = temporaryFolder({
    '_config.yml':
      'title: Jekyll\nurl: https://jekyll.example.org\nbaseurl: /blog\nexclude: [broadsheet.toml, broadsheet.ledger]\n',
    '_layouts/default.html': '<h1>{{ page.title }}</h1>{{ content }}',
    '_posts/2026-01-30-one.md':
      '---\ntitle: One\nlayout: default\n---\n\n![A picture](/assets/p.png) and [two]({% post_url 2026-01-31-two %})\n',
    '_posts/2026-01-31-two.md': '---\ntitle: Two\nlayout: default\n---\n\nWords.\n',
    'assets/p.png': 'not looked at',
    'index.html': '---\n---\nhome',
    'broadsheet.toml': settings(),
  })
  runTool(jekyll!, ['build', '--quiet'], site.path)
  const out = site.at('_site')
  const built = await broadsheet('build', site.path, '--into', out)
  expect([built.exitCode, built.said]).toEqual([0, expect.stringContaining('2 published')])
  expectEverythingThere(itemsOf(join(out, 'feed.json')), out, 'https://jekyll.example.org/blog/')
  expect(itemsOf(join(out, 'feed.json')).map(({ url }) => url)).toEqual([
    'https://jekyll.example.org/blog/2026/01/31/two.html',
    'https://jekyll.example.org/blog/2026/01/30/one.html',
  ])
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
