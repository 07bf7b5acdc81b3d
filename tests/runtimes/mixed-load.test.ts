import { connect } from 'node:net'
import { expect, test } from 'vitest'
import { runMixedLoad } from '../support/mixed-load.ts'
import { createRestlessFolder } from '../support/restless-folder.ts'
import { serveFolder, temporaryFolder } from './command-line.ts'

/* What `npm run bench -- mixed-load` and `strange-clients` measure for a minute and more, for as long as a test may take. */

test('no reader ever gets a mixture, however the folder changes meanwhile', async () => {
  using folder = temporaryFolder()
  const restless = createRestlessFolder(folder.path, 120)
  await using server = await serveFolder(folder.path)
  const changing = setInterval(() => restless.step(), 100)
  const figures = await runMixedLoad(server.url, {
    seconds: 3,
    connections: 8,
    feeds: ['/rss.xml', '/atom.xml', '/feed.json', '/tags/tag1/rss.xml'],
    others: () => ['/', '/archive/1/rss.xml', '/opml.xml', ...restless.articles().slice(0, 20)],
  })
  clearInterval(changing)
  expect(figures.faults).toEqual([])
  expect(
    Object.keys(figures.statuses).filter(status => !['200', '304', '404', '410'].includes(status)),
  ).toEqual([])
  expect(figures.statuses[304]).toBeGreaterThan(0)
})

test('connections that never end their request keep nobody from being answered', async () => {
  using folder = temporaryFolder()
  createRestlessFolder(folder.path, 3)
  await using server = await serveFolder(folder.path)
  const { hostname, port } = new URL(server.url)
  const sockets = await Promise.all(
    Array.from(
      { length: 300 },
      () =>
        new Promise<ReturnType<typeof connect>>(resolve => {
          const socket = connect(Number(port), hostname, () => resolve(socket))
          socket.on('error', () => {})
          socket.write('GET /rss.xml HTTP/1.1\r\nHost: localhost\r\nX-S')
        }),
    ),
  )
  for (let time = 0; time < 20; time++) expect((await fetch(new URL('rss.xml', server.url))).status).toBe(200)
  for (const socket of sockets) socket.destroy()
})
