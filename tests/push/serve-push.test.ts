import { expect, test } from 'vitest'
import { datedArticle, spawnBroadsheet, temporaryFolder } from '../runtimes/command-line.ts'
import { startSubscriber, subscribeTo } from './real-subscriber.ts'

/** Milliseconds: each of these starts servers, on machines that may be busy. */
const patience = { timeout: 120_000 }
const settings = '[push]\nhub = true\nallow_private = true\n'

async function broadsheetIn(state: string, ...words: string[]) {
  const command = spawnBroadsheet(words, { env: { BROADSHEET_STATE: state } })
  expect(await command.exited).toBe(0)
  return { out: command.out() }
}

async function serveHub(folder: string, state: string, ...words: string[]) {
  const command = spawnBroadsheet(['serve', folder, '--port', '0', ...words], {
    env: { BROADSHEET_STATE: state },
  })
  const [, url] = await command.until(/Serving at (\S+)/)
  await command.until(/JSON Feed 1\.1 +(\S+)/)
  return Object.assign(command, { url: url! })
}

test(
  'an article is saved, and whoever is subscribed has the feed: signed, whole, with its type',
  patience,
  async () => {
    using folder = temporaryFolder({ 'one.md': datedArticle('One'), 'broadsheet.toml': settings })
    using state = temporaryFolder()
    await using server = await serveHub(folder.path, state.path)
    await using reader = await startSubscriber('a secret')
    await using cloud = await startSubscriber()
    const asked = await subscribeTo(`${server.url}atom.xml`, `${reader.url}callback?id=7`, {
      'hub.secret': 'a secret',
    })
    expect(asked.status).toBe(202)
    const rss = await (await fetch(`${server.url}rss.xml`)).text()
    const element =
      /<cloud domain="([^"]+)" port="([^"]+)" path="([^"]+)" registerProcedure="" protocol="http-post"\/>/.exec(
        rss,
      )!
    const registered = await fetch(`http://${element[1]}:${element[2]}${element[3]}`, {
      method: 'POST',
      body: new URLSearchParams({
        notifyProcedure: '',
        port: new URL(cloud.url).port,
        path: '/notify',
        protocol: 'http-post',
        url1: `${server.url}rss.xml`,
      }),
    })
    expect(await registered.text()).toContain('<notifyResult success="true"')
    await server.until(/Subscribed: 127\.0\.0\.1:\d+ to \/atom\.xml\./)
    await server.until(/Subscribed: 127\.0\.0\.1:\d+ to \/rss\.xml\./)
    cloud.received.length = 0
    folder.write('two.md', datedArticle('Two', '2026-02-01T00:00:00Z'))
    await server.until(/Told: 2 /)
    const [message] = reader.received
    const now = await fetch(`${server.url}atom.xml`)
    expect(message).toMatchObject({
      path: '/callback',
      type: now.headers.get('content-type'),
      signedWell: true,
    })
    expect(message!.body).toBe(await now.text())
    expect(message!.body).toContain('<title type="text">Two</title>')
    expect(cloud.received.map(({ body }) => body)).toEqual([
      new URLSearchParams({ url: `${server.url}rss.xml` }).toString(),
    ])
    await server.until(/Published again: .* To be told: 2 subscribers\./)
    await server.until(/Told: 2 \(\d+ ms\)\./)
    const listed = JSON.parse((await broadsheetIn(state.path, 'subscribers', folder.path, '--json')).out)
    expect(listed).toMatchObject([
      { door: 'rsscloud', topic: '/rss.xml', state: 'active', lastOutcome: 'answered 204' },
      { door: 'websub', topic: '/atom.xml', state: 'active', lastOutcome: 'answered 204' },
    ])
    const { out } = await broadsheetIn(state.path, 'subscribers', folder.path)
    expect(out).toMatch(
      /^2 subscriptions\n\n127\.0\.0\.1:\d+ {2}\/rss\.xml {2}rsscloud {2}active\n {2}since /,
    )
    // What a subscriber is known by is nobody else's to see.
    expect(out).not.toContain('callback')
    expect((await broadsheetIn(state.path, 'push', folder.path, '--retry')).out).toMatch(
      /^No message is waiting to be sent\.\n$/,
    )
  },
)

test('what was published while the server was away is told when it comes back, once', patience, async () => {
  using folder = temporaryFolder({
    'one.md': datedArticle('One'),
    'broadsheet.toml': `url = "http://127.0.0.1/"\n${settings}`,
  })
  using state = temporaryFolder()
  await using reader = await startSubscriber()
  const first = await serveHub(folder.path, state.path)
  const topic = 'http://127.0.0.1/rss.xml'
  const body = new URLSearchParams({
    'hub.mode': 'subscribe',
    'hub.callback': reader.url,
    'hub.topic': topic,
  })
  const port = new URL(first.url).port
  expect((await fetch(`http://127.0.0.1:${port}/hub`, { method: 'POST', body })).status).toBe(202)
  await first.until(/Subscribed: /)
  first.child.kill('SIGKILL')
  await first.exited
  const toBeTold = async () =>
    JSON.parse((await broadsheetIn(state.path, 'diff', folder.path, '--json')).out).toBeTold
  expect(await toBeTold()).toBe(0)
  folder.write('two.md', datedArticle('Two', '2026-02-01T00:00:00Z'))
  expect(await toBeTold()).toBe(1)
  expect((await broadsheetIn(state.path, 'diff', folder.path)).out).toMatch(
    /\n1 subscriber is told at once\.\n$/,
  )
  await using second = await serveHub(folder.path, state.path)
  await second.until(/Told: 1 /)
  expect(reader.received[0]!.body).toContain('Two')
  second.child.kill('SIGTERM')
  await second.exited
  await using third = await serveHub(folder.path, state.path)
  folder.write('three.md', datedArticle('Three', '2026-02-02T00:00:00Z'))
  await third.until(/Told: 1/)
  expect(reader.received.map(({ body }) => ['Two', 'Three'].filter(title => body.includes(title)))).toEqual([
    ['Two'],
    ['Two', 'Three'],
  ])
})
