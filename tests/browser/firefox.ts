import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { installedToolIfAny } from '../support/installed-tool.ts'

/** The system's Firefox, or null. */
export const firefoxPath = installedToolIfAny('firefox-esr')

/** A page in Firefox: what playwright, which drives a Firefox of its own making only, can't give. */
export interface FirefoxPage {
  /** Loads an address; returns when it has loaded. */
  goto(url: string): Promise<void>
  /** What an expression comes to, a promise awaited: text, a number, a boolean or null. JSON carries more. */
  evaluate<T extends string | number | boolean | null>(expression: string): Promise<T>
  /** A PNG of the window, or of the whole document. */
  screenshot(what?: 'window' | 'document'): Promise<Uint8Array>
  resize(width: number, height: number): Promise<void>
  /** A key, by its character; the Tab key is U+E004 (WebDriver, Keyboard Actions). */
  press(key: string): Promise<void>
}

/** WebDriver BiDi's keys that have no character. */
export const keys = { tab: '\uE004', enter: '\uE007' }

/** Starts Firefox without a window, in a profile that asks nobody for anything, and speaks WebDriver BiDi with it. */
export async function launchFirefox({ dark = false } = {}) {
  const profile = mkdtempSync(join(tmpdir(), 'broadsheet-firefox-'))
  writeFileSync(
    join(profile, 'user.js'),
    preferences({ 'layout.css.prefers-color-scheme.content-override': dark ? 0 : 1 }),
  )
  const browser = spawn(
    firefoxPath!,
    ['--headless', '--no-remote', '--profile', profile, '--remote-debugging-port', '0'],
    {
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  )
  const exited = once(browser, 'exit')
  let address = ''
  for await (const line of createInterface(browser.stderr)) {
    address = /WebDriver BiDi listening on (ws:\S+)/.exec(line)?.[1] ?? ''
    if (address) break
  }
  browser.stderr.resume()
  const send = await connect(`${address}/session`)
  await send('session.new', { capabilities: {} })

  async function open(url: string): Promise<FirefoxPage> {
    const { context } = await send('browsingContext.create', { type: 'tab' })
    const page: FirefoxPage = {
      async goto(address) {
        await send('browsingContext.navigate', { context, url: address, wait: 'complete' })
      },
      async evaluate(expression) {
        const { result, exceptionDetails } = await send('script.evaluate', {
          expression,
          target: { context },
          awaitPromise: true,
        })
        if (exceptionDetails) throw new Error(exceptionDetails.text)
        return result.value ?? null
      },
      async screenshot(origin = 'window') {
        const shown = { context, origin: origin === 'window' ? 'viewport' : 'document' }
        return Buffer.from((await send('browsingContext.captureScreenshot', shown)).data, 'base64')
      },
      async resize(width, height) {
        await send('browsingContext.setViewport', { context, viewport: { width, height } })
      },
      async press(value) {
        const actions = [
          { type: 'keyDown', value },
          { type: 'keyUp', value },
        ]
        await send('input.performActions', { context, actions: [{ type: 'key', id: 'keyboard', actions }] })
      },
    }
    await page.goto(url)
    return page
  }

  async function close() {
    browser.kill()
    await exited
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 })
  }

  return { open, [Symbol.asyncDispose]: close }
}

/** The commands of WebDriver BiDi, by number and answer. What they answer is as various as they are. */
// biome-ignore lint/suspicious/noExplicitAny: answers of a protocol whose types fill a book; each use knows its own
type Send = (method: string, params: object) => Promise<any>

async function connect(url: string): Promise<Send> {
  const socket = new WebSocket(url)
  await once(socket, 'open')
  const waiting = new Map<number, { resolve(result: unknown): void; reject(error: Error): void }>()
  let last = 0
  socket.addEventListener('message', ({ data }) => {
    const { id, type, result, error, message } = JSON.parse(data)
    const asked = waiting.get(id)
    waiting.delete(id)
    if (type === 'error') asked?.reject(new Error(`${error}: ${message}`))
    else asked?.resolve(result)
  })
  return (method, params) => {
    const id = ++last
    const answer = new Promise((resolve, reject) => waiting.set(id, { resolve, reject }))
    socket.send(JSON.stringify({ id, method, params }))
    return answer
  }
}

function preferences(more: Record<string, unknown>): string {
  const all = {
    'app.normandy.enabled': false,
    'app.update.enabled': false,
    'browser.safebrowsing.malware.enabled': false,
    'browser.safebrowsing.phishing.enabled': false,
    'browser.search.update': false,
    'browser.shell.checkDefaultBrowser': false,
    'datareporting.policy.dataSubmissionEnabled': false,
    'extensions.update.enabled': false,
    'network.captive-portal-service.enabled': false,
    'network.connectivity-service.enabled': false,
    'services.settings.server': 'data:,',
    'toolkit.telemetry.enabled': false,
    ...more,
  }
  return Object.entries(all)
    .map(([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`)
    .join('')
}
