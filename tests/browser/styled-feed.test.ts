import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { RenderedDocument } from '../../src/model/snapshot.ts'
import { chromiumPath, launchChromium } from './chromium.ts'
import { firefoxPath, launchFirefox } from './firefox.ts'
import { servePages } from './page-server.ts'

/** What a person sees of a feed: the texts that are shown, in the order of the document. */
const shownTexts = `JSON.stringify([...document.querySelectorAll('*')]
  .filter(element => element.children.length === 0 && element.getClientRects().length > 0)
  .map(element => [element.localName, element.textContent.trim()]))`

/** A file host as there are many: it knows files by their extensions, and nobody by what he asks for. */
async function plainHost(documents: RenderedDocument[]) {
  const byPath = new Map(documents.map(document => [document.path, document]))
  const server = createServer(({ url = '/' }, response) => {
    const document = byPath.get(decodeURIComponent(url))
    if (!document) return response.writeHead(404).end()
    const mediaType = url.endsWith('.xml') ? 'text/xml' : document.mediaType
    response.writeHead(200, { 'content-type': mediaType }).end(document.body)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const close = () => new Promise(resolve => server.close(resolve))
  return { url: `http://127.0.0.1:${port}`, [Symbol.asyncDispose]: close }
}

describe('a styled feed on a plain file host', () => {
  let pages: Awaited<ReturnType<typeof servePages>>
  let host: Awaited<ReturnType<typeof plainHost>>
  beforeAll(async () => {
    pages = await servePages({ styleFeeds: true })
    host = await plainHost(pages.publication.documents)
  })
  afterAll(async () => {
    await host?.[Symbol.asyncDispose]()
    await pages?.[Symbol.asyncDispose]()
  })

  const feeds = ['/rss.xml', '/atom.xml', '/tags/feeds/rss.xml']

  /** One plain sentence, the address, the link; then titles, dates and summaries, and nothing of what is for programs. */
  function expectReadable(shown: [string, string][], path: string) {
    expect(shown.slice(0, 3)).toEqual([
      ['p', expect.stringContaining('paste its address into a feed reader')],
      ['code', new URL(path, pages.url).href],
      ['a', expect.stringContaining('Subscribe to ')],
    ])
    expect(shown.filter(([name]) => name === 'title').length).toBeGreaterThan(5)
    const names = new Set(shown.slice(3).map(([name]) => name))
    const [text, date] = path.includes('rss') ? ['description', 'pubDate'] : ['summary', 'published']
    for (const name of names) expect(['title', 'subtitle', 'description', text, date]).toContain(name)
  }

  const inChromium = `Chromium shows it, on a telephone too, and leads to the page for people${chromiumPath ? '' : ' (skipped: no chromium)'}`
  test.skipIf(!chromiumPath)(inChromium, async () => {
    const browser = await launchChromium()
    try {
      const telephone = { viewport: { width: 390, height: 844 }, isMobile: true }
      for (const path of feeds) {
        const page = await (await browser.newContext(telephone)).newPage()
        await page.goto(host.url + path)
        expectReadable(JSON.parse(await page.evaluate<string>(shownTexts)), path)
        expect(await page.evaluate('[innerWidth, document.documentElement.scrollWidth]')).toEqual([390, 390])
        await page.keyboard.press('Tab')
        await page.keyboard.press('Enter')
        await page.waitForURL(`${pages.url}**/subscribe/`)
      }
    } finally {
      await browser.close()
    }
  })

  const inFirefox = `Firefox shows it${firefoxPath ? '' : ' (skipped: no firefox-esr)'}`
  test.skipIf(!firefoxPath)(inFirefox, async () => {
    await using browser = await launchFirefox()
    for (const path of feeds) {
      const page = await browser.open(host.url + path)
      expectReadable(JSON.parse(await page.evaluate<string>(shownTexts)), path)
    }
  })
})
