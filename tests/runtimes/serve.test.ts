import { renameSync, rmSync } from 'node:fs'
import { request } from 'node:http'
import { describe, expect, test } from 'vitest'
import { listeningUrl } from '../../src/runtimes/node/server.ts'
import {
  datedArticle,
  eventually,
  serveFolder,
  spawnBroadsheet,
  takenPort,
  temporaryFolder,
} from './command-line.ts'

const titles = async (url: string): Promise<string[]> => {
  const answer = await fetch(new URL('feed.json', url))
  return ((await answer.json()) as { items: { title: string }[] }).items.map(item => item.title)
}

test('says where to subscribe, and serves there', async () => {
  using folder = temporaryFolder({ 'one.md': datedArticle('One') })
  await using server = await serveFolder(folder.path)
  expect(server.url).toMatch(/^http:\/\/localhost:\d+\/$/)
  expect(server.out()).toBe(
    `  RSS 2.0        ${server.url}rss.xml\n  Atom 1.0       ${server.url}atom.xml\n  JSON Feed 1.1  ${server.url}feed.json\n`,
  )
  expect(server.said()).toMatch(/: 1 published, 0 withheld, 0 rejected\.\nServing at .* preview/)
  const answer = await fetch(`${server.url}atom.xml`, { headers: { 'accept-encoding': 'gzip' } })
  expect(answer.headers.get('content-encoding')).toBe('gzip')
  expect(await answer.text()).toContain(`href="${server.url}atom.xml"`)
})

test('every coding that a reader may name comes from the publication', async () => {
  using folder = temporaryFolder({ 'one.md': datedArticle('One', undefined, 'Many words. '.repeat(200)) })
  await using server = await serveFolder(folder.path)
  const lengths: Record<string, number> = {}
  for (const coding of ['gzip', 'br', 'zstd', 'identity']) {
    const answer = await fetch(`${server.url}rss.xml`, {
      headers: { 'accept-encoding': coding },
      method: 'HEAD',
    })
    expect(answer.headers.get('content-encoding') ?? 'identity').toBe(coding)
    lengths[coding] = Number(answer.headers.get('content-length'))
  }
  expect(Math.max(lengths.gzip!, lengths.br!, lengths.zstd!)).toBeLessThan(lengths.identity! / 4)
})

describe('watching', () => {
  test('new, changed, renamed and removed files arrive; mistakes take nothing away', async () => {
    using folder = temporaryFolder({ 'one.md': datedArticle('One') })
    await using server = await serveFolder(folder.path)
    const see = (wanted: string[]) =>
      eventually(
        () => titles(server.url),
        found => found.join() === wanted.join(),
      )
    folder.write('deep/down/two.md', datedArticle('Two', '2026-02-01T00:00:00Z'))
    expect(await see(['Two', 'One'])).toEqual(['Two', 'One'])
    folder.write('deep/down/two.md', datedArticle('Second', '2026-02-01T00:00:00Z'))
    expect(await see(['Second', 'One'])).toEqual(['Second', 'One'])
    renameSync(folder.at('deep'), folder.at('other'))
    await server.until(/Published again/)
    folder.write('broadsheet.toml', 'titel = "mistake"\n')
    await server.until(/Did you mean `title`\?\n[\s\S]*Readers still get what was published last\./)
    expect(await titles(server.url)).toEqual(['Second', 'One'])
    folder.write('broadsheet.toml', 'title = "Mended"\n')
    await server.until(/All is well again\./)
    rmSync(folder.at('other'), { recursive: true })
    expect(await see(['One'])).toEqual(['One'])
  })

  test('a folder that vanishes is missed once, served from memory, and watched again when it returns', async () => {
    using parent = temporaryFolder({ 'articles/one.md': datedArticle('One') })
    await using server = await serveFolder(parent.at('articles'))
    renameSync(parent.at('articles'), parent.at('away'))
    await server.until(/can't be read\. Readers still get what was published last\./)
    expect(await titles(server.url)).toEqual(['One'])
    renameSync(parent.at('away'), parent.at('articles'))
    await server.until(/All is well again\./)
    parent.write('articles/two.md', datedArticle('Two', '2026-02-01T00:00:00Z'))
    const found = await eventually(
      () => titles(server.url),
      list => list.length === 2,
    )
    expect(found).toEqual(['Two', 'One'])
    expect(server.said().match(/can't be read/g)).toHaveLength(1)
  })

  test('an article appears when its time comes, without a rebuild', async () => {
    using folder = temporaryFolder({ 'one.md': datedArticle('One') })
    await using server = await serveFolder(folder.path)
    const soon = new Date(Date.now() + 4000).toISOString()
    folder.write('soon.md', datedArticle('Soon', soon))
    await server.until(/Published again/)
    const before = await titles(server.url)
    // On a machine that is busy the time may have come already.
    if (Date.now() < Date.parse(soon)) expect(before).toEqual(['One'])
    const found = await eventually(
      () => titles(server.url),
      list => list.length === 2,
    )
    expect(found).toEqual(['Soon', 'One'])
    expect(Date.now()).toBeGreaterThanOrEqual(Date.parse(soon))
  })
})

describe('ending', () => {
  test.each([
    ['SIGTERM', 0],
    ['SIGINT', 130],
  ] as const)('%s ends it with exit code %i', async (signal, exitCode) => {
    using folder = temporaryFolder({ 'one.md': datedArticle('One') })
    await using server = await serveFolder(folder.path)
    await titles(server.url)
    server.child.kill(signal)
    expect(await server.exited).toBe(exitCode)
  })

  test('an answer under way is finished first', async () => {
    const body = 'Long words. '.repeat(1_000_000)
    using folder = temporaryFolder({
      'broadsheet.toml': 'max_file_bytes = 100_000_000\n',
      'audio/long.mp3': body,
      'one.md': datedArticle('One', undefined, '[A recording](audio/long.mp3)'),
    })
    await using server = await serveFolder(folder.path)
    const received = await new Promise<number>((resolve, reject) => {
      const asked = request(new URL('media/audio/long.mp3', server.url), answer => {
        expect(answer.statusCode).toBe(200)
        let length = 0
        let signalled = false
        answer.on('data', (chunk: Buffer) => {
          length += chunk.length
          if (signalled) return
          signalled = true
          server.child.kill('SIGTERM')
          answer.pause()
          // Until the server takes no new connection: the end has begun, and this answer holds it up.
          void eventually(
            () =>
              fetch(server.url).then(
                () => false,
                () => true,
              ),
            Boolean,
          ).then(() => answer.resume())
        })
        answer.on('end', () => resolve(length))
        answer.on('error', reject)
      })
      asked.on('error', reject).end()
    })
    expect(received).toBe(body.length)
    expect(await server.exited).toBe(0)
  })
})

test('a taken port: one clear line, exit code 3', async () => {
  using folder = temporaryFolder({ 'one.md': datedArticle('One') })
  await using taken = await takenPort()
  await using server = spawnBroadsheet(['serve', folder.path, '--port', String(taken.port)])
  expect(await server.exited).toBe(3)
  expect(server.said()).toBe(
    `broadsheet: Port ${taken.port} is taken: something else listens on 127.0.0.1:${taken.port}. Choose another with --port, or --port 0 for any free one.\n`,
  )
  expect(server.out()).toBe('')
})

test('an empty folder is served, and says how to begin', async () => {
  using folder = temporaryFolder()
  await using server = await serveFolder(folder.path)
  await server.until(/the folder holds no .txt, .md or .html file/)
  folder.write('one.md', datedArticle('One'))
  const found = await eventually(
    () => titles(server.url),
    list => list.length === 1,
  )
  expect(found).toEqual(['One'])
})

test('a publication below a path is served there', async () => {
  using folder = temporaryFolder({ 'one.md': datedArticle('One') })
  await using server = await serveFolder(folder.path, '--url', 'https://news.example.org/paper/')
  expect(server.url).toMatch(/^http:\/\/localhost:\d+\/paper\/$/)
  expect(server.out()).toContain('https://news.example.org/paper/rss.xml\n')
  expect(await titles(server.url)).toEqual(['One'])
})

test.each([
  ['127.0.0.1', 'http://localhost:80/'],
  ['0.0.0.0', 'http://localhost:80/'],
  ['::', 'http://localhost:80/'],
  ['192.0.2.1', 'http://192.0.2.1:80/'],
  ['2001:db8::1', 'http://[2001:db8::1]:80/'],
])('%s is opened as %s', (host, url) => {
  expect(listeningUrl(host, 80)).toBe(url)
})
