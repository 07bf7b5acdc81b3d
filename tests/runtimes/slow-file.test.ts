import { execFileSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { datedArticle, spawnBroadsheet, temporaryFolder } from './command-line.ts'

const hold = join(import.meta.dirname, '../support/hold-reading.ts')

const exported = (text: string) =>
  `<rss version="2.0" xmlns:wp="http://wordpress.org/export/1.2/" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><item><title>Slow</title><pubDate>Sat, 31 Jan 2026 09:30:00 +0000</pubDate><content:encoded>${text}</content:encoded><wp:post_name>e</wp:post_name><wp:status>publish</wp:status><wp:post_type>post</wp:post_type></item></channel></rss>`

/** Where each kind of file lies, and what it holds. */
const kinds: [string, string, (text: string) => string][] = [
  ['an article', 'slow.md', text => datedArticle('Slow', undefined, text)],
  [
    'a page',
    'slow.html',
    text =>
      `<!doctype html><html><head><title>Slow</title><meta property="article:published_time" content="2026-01-31T09:30:00Z"></head><body><article><h1>Slow</h1><p>${text}</p></article></body></html>`,
  ],
  ['an export', 'slow.xml', exported],
  ['the settings of another system', '_config.yml', text => `title: Slow\ndescription: ${text}\n`],
]

test.skipIf(process.platform === 'win32').each(kinds)(
  'while a server reads %s that costs minutes, readers get their answers',
  async (_, path, content) => {
    using folder = temporaryFolder({
      'broadsheet.toml': 'title = "Open"\nurl = "https://news.example.org/"\n',
      'a.md': datedArticle('A'),
    })
    using pipes = temporaryFolder()
    const pipe = pipes.at('pipe')
    execFileSync('mkfifo', [pipe])
    await using server = spawnBroadsheet(['serve', folder.path, '--port', '0'], {
      env: { NODE_OPTIONS: `--import ${hold}`, BROADSHEET_CACHE: 'off' },
    })
    const [, url] = await server.until(/Serving at (\S+)/)
    await server.until(/JSON Feed 1\.1 +(\S+)/)
    folder.write(path, content(`held by ${pipe}`))
    // A pipe can be opened for writing when somebody reads from it: the file is being read now, and will be until it is closed.
    const held = await open(pipe, 'w')
    const answers = await Promise.all(
      ['rss.xml', 'atom.xml', 'feed.json', 'articles/a/'].map(
        async at => (await fetch(`${url}${at}`)).status,
      ),
    )
    expect(answers).toEqual([200, 200, 200, 200])
    rmSync(pipe)
    await held.close()
    await server.until(/Published again/)
  },
)
