import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { serveFolder } from '../runtimes/command-line.ts'
import { axeViolations, chromiumPath, launchChromium, layoutShift, overflow } from './chromium.ts'

const docs = join(import.meta.dirname, '../../docs')

/** The documentation as `npm run docs` serves it: what we say of pages and feeds holds for our own. */
describe.skipIf(!chromiumPath)(`docs/, served${chromiumPath ? '' : ' (skipped: no chromium)'}`, () => {
  let server: Awaited<ReturnType<typeof serveFolder>>
  let browser: Browser
  beforeAll(async () => {
    server = await serveFolder(docs)
    browser = await launchChromium()
  })
  afterAll(async () => {
    await browser?.close()
    await server?.[Symbol.asyncDispose]()
  })

  const ask = (path: string, headers: Record<string, string> = {}) =>
    fetch(`${server.url}${path}`, { headers })

  const articles = readdirSync(docs).filter(name => name.endsWith('.md'))
  test.each([
    '',
    'feeds/',
    'authors/broadsheet/',
    'subscribe/',
    'rss.xml',
    ...articles.map(name => `articles/${name.replace('.md', '')}/`),
  ])('/%s is for everybody', async path => {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 } })
    const page = await context.newPage()
    const complaints: string[] = []
    page.on('console', message => complaints.push(message.text()))
    expect((await page.goto(server.url + path))!.status()).toBe(200)
    expect([await axeViolations(page), await overflow(page)]).toEqual([[], 0])
    // The script adds the link to an app on this device where it can work.
    expect(await layoutShift(page)).toBeLessThan(0.02)
    // What holds of every look of such pages is asked in pages.test.ts.
    await page.setViewportSize({ width: 390, height: 844 })
    expect(await overflow(page)).toBe(0)
    expect(complaints).toEqual([])
    await context.close()
  })

  test.each([
    ['rss.xml', 'application/rss+xml; charset=utf-8'],
    ['atom.xml', 'application/atom+xml; charset=utf-8'],
    ['feed.json', 'application/feed+json; charset=utf-8'],
  ])('%s is a feed for readers and a page for people', async (path, mediaType) => {
    const reader = await ask(path, { accept: 'application/rss+xml, text/html;q=0.7, */*;q=0.1' })
    expect(reader.headers.get('content-type')).toBe(mediaType)
    // Chromium itself sends what only browsers send, and scripts may not.
    const page = await (await browser.newContext()).newPage()
    const answer = (await page.goto(`${server.url}${path}`))!
    expect(answer.headers()).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'private, no-cache',
    })
    expect(await page.getByLabel('Address of the feed').inputValue()).toBe(`${server.url}rss.xml`)
  })
})
