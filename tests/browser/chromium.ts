import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { type Browser, chromium, type Page } from 'playwright-core'
import { installedTool } from '../support/installed-tool.ts'

/** The system's Chromium, or null: playwright's own is never downloaded. */
export const chromiumPath = installedTool('chromium')

/** A browser with a fresh profile that talks to nobody but the page. */
export function launchChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath: chromiumPath!,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
}

export const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** What axe-core finds on a page, all its rules on: one line for each element. */
export async function axeViolations(page: Page): Promise<string[]> {
  // By the debugging protocol, which the page's policy does not bind.
  if (await page.evaluate<boolean>("typeof axe === 'undefined'")) await page.evaluate(axeSource)
  return page.evaluate(
    `axe.run().then(({ violations }) => violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => id + ': ' + target.join(' '))))`,
  )
}

/** Pixels by which the page is wider than the window. */
export function overflow(page: Page): Promise<number> {
  return page.evaluate(
    'Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth)',
  )
}

/** What moved while the page loaded (CLS); to be called once it has. */
export function layoutShift(page: Page): Promise<number> {
  return page.evaluate(`new Promise(resolve => {
    let sum = 0
    new PerformanceObserver(list => {
      for (const entry of list.getEntries()) sum += entry.value
    }).observe({ type: 'layout-shift', buffered: true })
    setTimeout(() => resolve(sum), 50)
  })`)
}

/** The element that has the keyboard: its name, and whether one can see that it has. */
export function focused(
  page: Page,
): Promise<{ tag: string; text: string; href: string | null; outlined: boolean }> {
  return page.evaluate(`(() => {
    const element = document.activeElement
    const style = getComputedStyle(element)
    return {
      tag: element.localName,
      text: (element.getAttribute('aria-label') ?? element.textContent ?? '').trim().slice(0, 60),
      href: element.getAttribute('href'),
      outlined: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
    }
  })()`)
}
