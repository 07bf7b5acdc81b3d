import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { axeSource } from './chromium.ts'
import { type FirefoxPage, firefoxPath, keys, launchFirefox } from './firefox.ts'
import { pageKinds } from './page-kinds.ts'
import { servePages } from './page-server.ts'

/** The other engine: what a standard leaves to browsers, it may decide otherwise. */
describe.skipIf(!firefoxPath)(`pages in Firefox${firefoxPath ? '' : ' (skipped: no firefox-esr)'}`, () => {
  let server: Awaited<ReturnType<typeof servePages>>
  let browser: Awaited<ReturnType<typeof launchFirefox>>
  let page: FirefoxPage
  beforeAll(async () => {
    server = await servePages()
    browser = await launchFirefox()
    page = await browser.open(server.url)
  })
  afterAll(async () => {
    await browser?.[Symbol.asyncDispose]()
    await server?.[Symbol.asyncDispose]()
  })

  const open = (path: string) => page.goto(new URL(path, server.url).href)
  const overflow = 'Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth)'

  test.each(Object.entries(pageKinds))('%s', async (_, path) => {
    await open(path)
    for (const width of [1280, 500]) {
      await page.resize(width, 900)
      expect([width, await page.evaluate(overflow)]).toEqual([width, 0])
    }
    // A page's policy binds what is evaluated in it, and axe's text is no more than that.
    await page.evaluate(`${axeSource}; null`)
    const violations = await page.evaluate<string>(
      `axe.run().then(({ violations }) => JSON.stringify(violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => id + ': ' + target.join(' ')))))`,
    )
    expect(JSON.parse(violations)).toEqual([])
  })

  test('an article of another direction among others is aligned as it is read', async () => {
    await open('/subscribe/')
    const gap = await page.evaluate<number>(`(() => {
      const item = document.querySelector('.headlines > li[dir=rtl]')
      const range = document.createRange()
      range.selectNodeContents(item.querySelector('a'))
      return Math.abs(item.getBoundingClientRect().right - range.getBoundingClientRect().right)
    })()`)
    expect(gap).toBeLessThan(2)
  })

  test('keyboard alone: from the front page to the way to subscribe', async () => {
    await open('/')
    const focused =
      "(({ textContent, href }) => JSON.stringify([textContent.trim(), href ?? '', getComputedStyle(document.activeElement).outlineStyle]))(document.activeElement)"
    await page.press(keys.tab)
    expect(JSON.parse(await page.evaluate<string>(focused))).toEqual([
      'Skip to the text',
      `${server.url}#page-main`,
      'solid',
    ])
    for (let stops = 0; stops < 5; stops++) {
      await page.press(keys.tab)
      const [text] = JSON.parse(await page.evaluate<string>(focused))
      if (text === 'Subscribe') break
    }
    await page.press(keys.enter)
    await expect.poll(() => page.evaluate<string>('location.pathname')).toBe('/subscribe/')
  })
})
