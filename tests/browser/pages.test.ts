import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { axeViolations, chromiumPath, focused, launchChromium, layoutShift, overflow } from './chromium.ts'
import { pageKinds } from './page-kinds.ts'
import { servePages } from './page-server.ts'

const light: BrowserContextOptions = { colorScheme: 'light', viewport: { width: 1280, height: 900 } }
const telephone = { width: 390, height: 844 }

describe.skipIf(!chromiumPath)(`pages in Chromium${chromiumPath ? '' : ' (skipped: no chromium)'}`, () => {
  let browser: Browser
  let server: Awaited<ReturnType<typeof servePages>>

  beforeAll(async () => {
    server = await servePages()
    browser = await launchChromium()
  })
  afterAll(async () => {
    await browser?.close()
    await server?.[Symbol.asyncDispose]()
  })

  const at = (path: string) => new URL(path, server.url).href

  /** A page in a window of its own; what it complained of and asked for comes along. */
  async function open(path: string, options: BrowserContextOptions = light) {
    const context = await browser.newContext(options)
    const page = await context.newPage()
    const complaints: string[] = []
    const requests: { url: string; type: string; bytes: Promise<number> }[] = []
    page.on('console', message => {
      // A browser says of every 404 that it is one.
      if (!/status of 4\d\d/.test(message.text())) complaints.push(message.text())
    })
    page.on('pageerror', error => complaints.push(error.message))
    page.on('requestfinished', request => {
      const bytes = request.sizes().then(({ responseBodySize }) => responseBodySize)
      // A window may be closed before anybody asks.
      bytes.catch(() => {})
      requests.push({ url: request.url(), type: request.resourceType(), bytes })
    })
    await page.goto(at(path), { waitUntil: 'load' })
    return { page, complaints, requests, [Symbol.asyncDispose]: () => context.close() }
  }

  test.each(Object.entries(pageKinds))('%s: for everybody, in every look', async (_, path) => {
    await using opened = await open(path)
    const { page, requests, complaints } = opened
    // Of a picture whose size only the browser knows a line or two may move; readers notice from 0.1 on.
    expect(await layoutShift(page)).toBeLessThan(0.02)
    expect(await axeViolations(page)).toEqual([])
    await page.emulateMedia({ colorScheme: 'dark' })
    await page.setViewportSize(telephone)
    expect(await axeViolations(page)).toEqual([])
    // WCAG 2.2 §1.4.10: 1280 pixels at 400 %.
    for (const width of [1280, 640, telephone.width, 320]) {
      await page.setViewportSize({ width, height: 600 })
      expect([width, await overflow(page)]).toEqual([width, 0])
    }
    expect(complaints).toEqual([])
    const fetched = requests.filter(({ url }) => !url.startsWith('data:'))
    expect(fetched.filter(({ url }) => !url.startsWith(server.url))).toEqual([])
    const own = fetched.filter(({ type }) => type !== 'image' && type !== 'media')
    const bytes = (await Promise.all(own.map(request => request.bytes))).reduce((sum, size) => sum + size, 0)
    if (process.env.PAGE_FIGURES) console.log(path, own.length, 'requests,', bytes, 'bytes')
    expect(own.length).toBeLessThanOrEqual(3)
    // Neither coded nor minified.
    expect(bytes).toBeLessThan(48_000)
  })

  describe('an article', () => {
    test('is set in lines of 55 to 80 characters', async () => {
      await using opened = await open(pageKinds.article)
      const perLine = await opened.page.evaluate<number>(`(() => {
        const paragraph = document.querySelector('.body > p')
        const lines = paragraph.getBoundingClientRect().height / parseFloat(getComputedStyle(paragraph).lineHeight)
        return paragraph.textContent.length / lines
      })()`)
      expect(perLine).toBeGreaterThan(55)
      expect(perLine).toBeLessThan(80)
    })

    test('its dates stay whole, each with the word that stands for it', async () => {
      await using opened = await open(pageKinds.article)
      const lines = await opened.page.evaluate<number[]>(`(() => {
        const spans = [...document.querySelectorAll('.opening .meta > span:not(.by)')]
        return spans.map(span => new Set([...span.childNodes].map(node => {
          const range = document.createRange()
          range.selectNodeContents(node)
          return Math.round(range.getBoundingClientRect().bottom)
        })).size)
      })()`)
      expect(lines).toEqual([1, 1])
    })

    test('what is wider than the column scrolls by itself, by keyboard too', async () => {
      await using opened = await open(pageKinds.article, { viewport: telephone })
      await opened.page.locator('.body pre').focus()
      await opened.page.keyboard.press('ArrowRight')
      const scrolled = () => opened.page.evaluate<number>("document.querySelector('.body pre').scrollLeft")
      await expect.poll(scrolled).toBeGreaterThan(0)
    })

    test('is printed without what cannot be used on paper, and with its address', async () => {
      await using opened = await open(pageKinds.article)
      const { page } = opened
      await page.emulateMedia({ media: 'print' })
      const visible = (selector: string) => page.locator(selector).first().isVisible()
      expect(await visible('.body')).toBe(true)
      expect(await visible('.printed')).toBe(true)
      for (const selector of ['.masthead nav', '.topics', '.neighbours', 'audio'])
        expect([selector, await visible(selector)]).toEqual([selector, false])
      await page.goto(at('/subscribe/'))
      expect(await page.getByLabel('Address of the feed').isVisible()).toBe(true)
      expect(await page.getByText('Feedly').isVisible()).toBe(false)
    })
  })

  describe('an episode, without script', () => {
    const path = pageKinds['episode with chapters and transcripts']
    const unscripted = { ...light, javaScriptEnabled: false }

    test('has its picture, one player with captions, and what is said to be read', async () => {
      await using opened = await open(path, unscripted)
      const { page } = opened
      expect(await page.evaluate("document.querySelector('.cover img').naturalWidth")).toBe(64)
      expect(await page.locator('audio[controls]').count()).toBe(1)
      expect(await page.locator('track[kind=captions]').count()).toBe(2)
      expect(await page.getByText('A bell, twice.').isVisible()).toBe(true)
      expect(await page.locator('[lang=de]').getByText('Eine Glocke, zweimal.').isVisible()).toBe(true)
    })

    test('its chapters lead into the sound', async () => {
      await using opened = await open(path, unscripted)
      const { page } = opened
      await page.locator('.chapters a').last().click()
      await page.waitForURL('**/media/episode.mp3#t=1')
      const at = () => page.evaluate<number>("document.querySelector('video, audio').currentTime")
      // Ends when the player is there; the limit is for a machine that does much else.
      await expect.poll(at, { timeout: 120_000 }).toBeGreaterThanOrEqual(1)
    })

    test('a passage of its transcript has an address that leads to it', async () => {
      await using opened = await open(path, unscripted)
      const { page } = opened
      await page.locator('.transcript a[href="#t1"]').click()
      expect(new URL(page.url()).hash).toBe('#t1')
      expect(await page.locator(':target').textContent()).toContain('A bell, twice.')
      await page.goto(`${page.url().replace(/#.*/, '')}#t0`)
      expect(await page.locator(':target').textContent()).toContain('low water')
    })
  })

  describe('keyboard alone', () => {
    test('the skip link comes first, is seen, and leads to the text', async () => {
      await using opened = await open('/')
      const { page } = opened
      await page.keyboard.press('Tab')
      expect(await focused(page)).toMatchObject({ href: '#page-main', outlined: true })
      expect(await page.locator('.skip').boundingBox()).toMatchObject({ x: expect.any(Number) })
      expect((await page.locator('.skip').boundingBox())!.x).toBeGreaterThanOrEqual(0)
      await page.keyboard.press('Enter')
      await page.keyboard.press('Tab')
      // The newest article, past the publication's own links.
      expect((await focused(page)).href).toContain('/articles/')
    })

    test.each(['/', '/articles/everything/', '/subscribe/', '/feeds/'])(
      'every stop on %s is seen, and the way ends',
      async path => {
        await using opened = await open(path)
        const stops = await walk(opened.page)
        expect(stops.length).toBeGreaterThan(5)
        // Parts of a player are the browser's own.
        expect(stops.filter(({ outlined, tag }) => !outlined && tag !== 'audio' && tag !== 'video')).toEqual(
          [],
        )
      },
    )

    test('to one’s own reader', async () => {
      await using opened = await open('/subscribe/')
      const { page } = opened
      await page.route(/reader\.example/, route => route.fulfill({ body: 'reader' }))
      await tabTo(page, stop => stop.tag === 'summary')
      await page.keyboard.press('Enter')
      await tabTo(page, stop => stop.tag === 'select')
      await page.keyboard.type('Fresh')
      await tabTo(page, stop => stop.tag === 'input')
      await page.keyboard.type('reader.example')
      await page.keyboard.press('Enter')
      await page.waitForURL(/^https:\/\/reader\.example\/i\/\?c=feed/)
    })

    test('from the front page to a copied address', async () => {
      await using opened = await open('/')
      const { page } = opened
      await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
      await tabTo(page, stop => stop.text === 'Subscribe')
      await page.keyboard.press('Enter')
      await page.waitForURL('**/subscribe/')
      await tabTo(page, stop => stop.tag === 'input')
      // Whoever gets to the field by keyboard has its text selected already.
      const selected = 'document.activeElement.selectionEnd - document.activeElement.selectionStart'
      expect(await page.evaluate<number>(selected)).toBe(at('/rss.xml').length)
      await tabTo(page, stop => stop.text === 'Copy')
      await page.keyboard.press('Enter')
      await expect.poll(() => page.evaluate('navigator.clipboard.readText()')).toBe(at('/rss.xml'))
      expect(await page.getByRole('button', { name: 'Copied' }).isVisible()).toBe(true)
    })
  })

  describe('one’s own reader', () => {
    async function ask(page: Page, address: string) {
      await page.getByText('A reader on your own server').click()
      await page.getByLabel('Reader', { exact: true }).selectOption('FreshRSS')
      await page.getByLabel('Its address').fill(address)
      await page.getByRole('button', { name: 'Subscribe there' }).click()
    }

    test.each([
      ' https://reader.example/rss/ ',
      'reader.example/rss',
      'https://user:word@reader.example/rss?a#b',
    ])('is led to, with the feed’s address: %s', async address => {
      await using opened = await open('/subscribe/')
      const { page } = opened
      const asked = page.waitForRequest(/reader\.example/)
      await page.route(/reader\.example/, route => route.fulfill({ body: 'reader' }))
      await ask(page, address)
      expect((await asked).url()).toBe(
        `https://reader.example/rss/i/?c=feed&a=add&url_rss=${encodeURIComponent(at('/rss.xml'))}`,
      )
    })

    test.each([
      'javascript:alert(1)//',
      'javascript://x/%0aalert(1)',
      'data:text/html,x',
      'file:///etc/passwd',
      '',
    ])('%s is not an address', async address => {
      await using opened = await open('/subscribe/')
      await ask(opened.page, address)
      expect(opened.page.url()).toBe(at('/subscribe/'))
      expect(opened.complaints).toEqual([])
    })
  })

  describe('without script', () => {
    const noScript: BrowserContextOptions = { javaScriptEnabled: false }

    test.each(['/subscribe/', '/rss.xml'])('%s says everything', async path => {
      await using opened = await open(path, noScript)
      const { page } = opened
      expect(await page.getByLabel('Address of the feed').inputValue()).toBe(at('/rss.xml'))
      expect(await page.getByRole('button').count()).toBe(0)
      for (const name of ['Feedly', 'Inoreader', 'NewsBlur', 'Feedbin', 'The Old Reader', 'BazQux'])
        expect(await page.getByRole('link', { name, exact: true }).getAttribute('href')).toContain(
          encodeURIComponent(at('/rss.xml')),
        )
      await page.getByText('A reader on your own server').click()
      expect(await page.getByText('https://reader.example/bookmarklet?uri=').isVisible()).toBe(true)
      await page.getByText('A code for your phone').click()
      expect(await page.getByRole('img', { name: 'A code for your phone' }).isVisible()).toBe(true)
    })
  })

  test('another name of the host shows the same page, with its style and its script', async () => {
    await using opened = await open('/subscribe/', { viewport: telephone })
    await opened.page.goto(at('/subscribe/').replace('127.0.0.1', 'localhost'))
    expect(opened.complaints).toEqual([])
    expect(await opened.page.getByRole('button', { name: 'Copy' }).isVisible()).toBe(true)
    expect(await overflow(opened.page)).toBe(0)
  })

  test('a long name fits into every window', async () => {
    const name = 'The Extraordinarily Long Name of Donaudampfschifffahrtsgesellschaftskapitäne'
    await using long = await servePages({ title: name })
    await using opened = await open('/')
    for (const path of ['/', '/subscribe/', '/articles/everything/'])
      for (const width of [1280, 320]) {
        await opened.page.setViewportSize({ width, height: 600 })
        await opened.page.goto(new URL(path, long.url).href)
        expect([path, width, await overflow(opened.page)]).toEqual([path, width, 0])
      }
  })

  test('on a phone the masthead takes a fifth of the first screen', async () => {
    await using pictured = await servePages({ logo: 'images/data-flow.png' })
    await using opened = await open('/', { viewport: telephone })
    for (const path of ['/', '/articles/everything/']) {
      await opened.page.goto(new URL(path, pictured.url).href)
      const bottom = "document.querySelector('.masthead').getBoundingClientRect().bottom"
      expect(await opened.page.evaluate<number>(bottom)).toBeLessThan(telephone.height / 5)
    }
  })

  test('a note that leads the front page is set in lines that can be read', async () => {
    await using opened = await open('/')
    const perLine = await opened.page.evaluate<number>(`(() => {
      const heading = document.querySelector('.lead h2')
      heading.className = 'words'
      heading.textContent = 'A seal on the pier, and it did not see me. '.repeat(12)
      const lines = heading.getBoundingClientRect().height / parseFloat(getComputedStyle(heading).lineHeight)
      return heading.textContent.length / lines
    })()`)
    expect(perLine).toBeLessThan(90)
  })

  test('a tint that could not be read is made readable', async () => {
    await using pale = await servePages({ accent: '#ffe680' })
    await using opened = await open('/')
    await opened.page.goto(pale.url)
    expect(await axeViolations(opened.page)).toEqual([])
  })
})

type Stop = Awaited<ReturnType<typeof focused>>

/** Every stop of the Tab key, until it leaves the page. */
async function walk(page: Page): Promise<Stop[]> {
  const stops: Stop[] = []
  for (let count = 0; count < 300; count++) {
    await page.keyboard.press('Tab')
    const stop = await focused(page)
    if (stop.tag === 'body') return stops
    stops.push(stop)
  }
  throw new Error('The Tab key never leaves the page.')
}

async function tabTo(page: Page, wanted: (stop: Stop) => boolean): Promise<void> {
  for (let count = 0; count < 60; count++) {
    await page.keyboard.press('Tab')
    if (wanted(await focused(page))) return
  }
  throw new Error('The Tab key never gets there.')
}
