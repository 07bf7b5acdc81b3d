import { nodeCompressors } from '../../src/runtimes/node/codings.ts'
import { axeViolations, launchChromium, layoutShift } from './chromium.ts'
import { pageKinds } from './page-kinds.ts'
import { servePages } from './page-server.ts'

/*
 * What Lighthouse would ask of every kind of page, in Debian's Chromium: node tests/browser/measure-pages.ts
 *
 * Requests and bytes are those a first visit costs, coded as the server sends them, without pictures and sound, which are
 * the publisher's. The times depend on the machine; the rest does not.
 */
await using server = await servePages({}, nodeCompressors)
const browser = await launchChromium()
const rows: Record<string, Record<string, number>> = {}
for (const [kind, path] of Object.entries(pageKinds)) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } })
  const page = await context.newPage()
  const sizes: Promise<number>[] = []
  page.on('requestfinished', request => {
    const counts = !['image', 'media'].includes(request.resourceType()) && !request.url().startsWith('data:')
    if (counts) sizes.push(request.sizes().then(({ responseBodySize }) => responseBodySize))
  })
  await page.goto(new URL(path, server.url).href, { waitUntil: 'load' })
  const shift = await layoutShift(page)
  const [firstPaint, elements] = await page.evaluate<[number, number]>(
    "[performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? NaN, document.querySelectorAll('*').length]",
  )
  rows[kind] = {
    requests: sizes.length,
    bytes: (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0),
    'layout shift': shift,
    'first paint (ms)': Math.round(firstPaint),
    elements,
    'axe violations': (await axeViolations(page)).length,
  }
  await context.close()
}
await browser.close()
console.table(rows)
