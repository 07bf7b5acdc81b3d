/**
 * Scripts in Chromium: `node tests/fuzz/scripts-in-browser.fuzz.ts [--inputs 20000] [--only articles|systems|settings|media]`. Texts that want to
 * run go through every door: bodies, front matter, file names, exports and feeds of other systems, settings, media. What comes
 * out is served (with our policies, whose reports count) and built for a host without any; every page and feed is opened, every feed's
 * HTML is shown by itself, as by a reader that trusts it. Prints what ran, what could have, and what was reported; exits 1 where there was any.
 */
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { parseArgs } from 'node:util'
import type { BrowserContext, Page } from 'playwright-core'
import { chromiumPath, launchChromium } from '../browser/chromium.ts'
import { broadsheet, serveFolder } from '../runtimes/command-line.ts'
import { ghostExport, wordpressExport } from '../support/hostile-exports.ts'
import { poisonFile } from '../support/poisoned-files.ts'
import { type ScriptInput, scriptInputs } from '../support/script-inputs.ts'

const { values } = parseArgs({
  options: { inputs: { type: 'string', default: '20000' }, only: { type: 'string', default: '' } },
})
if (!chromiumPath) throw new Error('Chromium is needed: apt-get install chromium')
const wanted = Number(values.inputs)
const root = mkdtempSync(join(tmpdir(), 'broadsheet-scripts-'))

interface Finding {
  what: 'ran' | 'could run' | 'reported' | 'fetched'
  where: string
  detail: string
}
const findings: Finding[] = []
const doors = new Map<string, number>()
const texts = new Map<number, string>()

async function listen(server: Server): Promise<string> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** Answers with what runs, in every form: a script, and a page for frames. */
const canaryServer = createServer(({ url = '' }, response) => {
  const number = /^\/active\/(\d+)/.exec(url)?.[1]
  if (number) findings.push({ what: 'fetched', where: 'canary', detail: number })
  response.writeHead(number ? 200 : 404, {
    'content-type': 'text/javascript',
    'access-control-allow-origin': '*',
  })
  response.end(number ? `ran(${number})` : '')
})
const canary = await listen(canaryServer)
const inputs = scriptInputs({ url: canary })

function taken(door: string, kind: 'markup' | 'markdown' | 'address'): ScriptInput {
  const input = inputs[kind]()
  doors.set(door, (doors.get(door) ?? 0) + 1)
  texts.set(input.number, `${door}: ${input.text}`)
  return input
}
const text = (door: string, kind: 'markup' | 'markdown' | 'address' = 'markup') => taken(door, kind).text

/* The doors */

let minute = 0
const instant = () => new Date(Date.UTC(2025, 0, 1, 0, minute++)).toISOString()
type Files = Map<string, string>

/** Up to forty in one article; what may swallow its neighbours has one of its own. */
function bodies(
  files: Files,
  door: string,
  count: number,
  kind: 'markup' | 'markdown',
  path: (n: number) => string,
  whole: (body: string, n: number) => string,
) {
  let together: string[] = []
  let number = 0
  const close = (list: string[]) => {
    if (list.length > 0) files.set(path(++number), whole(list.join('\n\n'), number))
  }
  for (let at = 0; at < count; at++) {
    const input = taken(door, kind)
    if (input.swallows) close([input.text])
    else together.push(input.text)
    if (together.length === 40) {
      close(together)
      together = []
    }
  }
  close(together)
}

const front = (title: string) => `---\ntitle: ${title}\ndate: ${instant()}\n---\n\n`

function frontMatter(): string {
  const door = 'front matter'
  const one = () => text(door)
  const address = () => text(door, 'address')
  const fields = {
    date: instant(),
    title: one(),
    subtitle: one(),
    kicker: one(),
    description: one(),
    authors: [{ name: one(), url: address(), email: `a@a.example${one()}` }],
    tags: [one()],
    section: one(),
    source: one(),
    slug: one(),
    aliases: [`/old/${one()}/`],
    canonical: address(),
    link: address(),
    image: { src: address(), alt: one(), caption: one() },
    enclosures: [{ url: `https://a.example/a.mp3?${one()}`, type: 'audio/mpeg', title: one(), length: 5 }],
    location: one(),
    episode: one(),
    license: address(),
    via: address(),
    lang: `en" onload="${one()}`,
  }
  return `${JSON.stringify(fields)}\n\nWords of a body.\n`
}

function articleFolder(share: number): Files {
  const files: Files = new Map([
    ['broadsheet.toml', 'title = "Scripts"\ntimezone = "UTC"\nlimit = 1000\nstyle_feeds = true\n'],
  ])
  bodies(
    files,
    'Markdown',
    share * 0.3,
    'markup',
    n => `md/${n}.md`,
    (body, n) => `${front(`M${n}`)}${body}\n`,
  )
  bodies(
    files,
    'Markdown',
    share * 0.1,
    'markdown',
    n => `dialect/${n}.md`,
    (body, n) => `${front(`D${n}`)}${body}\n`,
  )
  bodies(
    files,
    'HTML',
    share * 0.3,
    'markup',
    n => `html/${n}.html`,
    (body, n) =>
      `<!doctype html><html lang="en"><head><title>H${n}</title><meta name="date" content="${instant()}"></head><body><article><h1>H${n}</h1><p>Words.</p>${body}</article></body></html>`,
  )
  bodies(
    files,
    'text',
    share * 0.1,
    'markup',
    n => `text/${n}.txt`,
    (body, n) =>
      `T${n} a headline\n2 January 2026\nBy Broadsheet\n\nThe first paragraph goes on for a while, as they do.\n\n${body}\n\nThe last one.\n`,
  )
  for (let n = 0; n < (share * 0.15) / 22; n++) files.set(`front/${n}.md`, frontMatter())
  for (let n = 0; n < share * 0.03; n++) {
    const name = text('file name')
      .replaceAll('/', n % 2 ? '∕' : ' ')
      .replaceAll('\0', '')
      .slice(0, 120)
    files.set(`names/${n}${name}.md`, `---\ndate: ${instant()}\n---\n\nA name.\n`)
    files.set(`pictures/${n}${name}.png`, 'no picture')
    files.set(
      `pictures/of-${n}.md`,
      `${front(`P${n}`)}![${text('alternative text')}](<${n}${name.replace(/[<>\\\n]/g, it => `\\${it}`)}.png>)\n`,
    )
  }
  for (let n = 0; n < share * 0.01; n++) {
    const said = (kind: string) => text(kind).replaceAll('\n', ' ')
    files.set(
      `sound/${n}.vtt`,
      `WEBVTT\n\n00:00.000 --> 00:05.000\n<v ${said('transcript')}>${said('transcript')}\n`,
    )
    files.set(
      `sound/${n}.chapters.json`,
      JSON.stringify({
        version: '1.2.0',
        chapters: [
          {
            startTime: 0,
            title: text('chapters'),
            url: text('chapters', 'address'),
            img: text('chapters', 'address'),
          },
        ],
      }),
    )
    files.set(`sound/${n}.mp3`, 'no sound')
    files.set(
      `sound/${n}.md`,
      `---\ntitle: S${n}\ndate: ${instant()}\nenclosures: [{ url: ${n}.mp3, type: audio/mpeg, transcript: ${n}.vtt, chapters: ${n}.chapters.json }]\n---\n\n[Listen](${n}.mp3)\n`,
    )
  }
  const named = (door: string, count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, n) => [`w${n}`, text(door)]))
  files.set(
    'exports/all.WordPress.xml',
    wordpressExport(named('WordPress', share * 0.03), ['1', '2'], instant),
  )
  files.set('exports/all.ghost.json', ghostExport(named('Ghost', share * 0.03), ['a', 'b'], instant))
  return files
}

const presets = join(import.meta.dirname, '../fixtures/presets')

/** The fixtures of every system, poisoned. */
function systemFolders(share: number): Files[] {
  const folders: Files[] = []
  const end = inputs.count() + share
  const systems = readdirSync(presets, { withFileTypes: true }).filter(entry => entry.isDirectory())
  while (inputs.count() < end)
    for (const { name } of systems) {
      const files: Files = new Map()
      for (const path of filesBelow(join(presets, name)))
        files.set(
          path,
          poisonFile(path, readFileSync(join(presets, name, path), 'utf8'), () => text(name)),
        )
      folders.push(files)
      if (inputs.count() >= end) break
    }
  return folders
}

function settingsFolder(): Files {
  const door = 'settings'
  const quoted = (value: string) => JSON.stringify(value).replaceAll('\u007f', '\\u007f')
  const one = () => quoted(text(door))
  const address = () => quoted(text(door, 'address'))
  // What is refused is said and left out; what must be an address goes where it may, and where it may not.
  const settings = `title = ${one()}
description = ${one()}
copyright = ${one()}
footer = ${one()}
icon = ${quoted(`https://a.example/${text(door)}`)}
logo = ${quoted(`https://a.example/${text(door)}`)}
authors = [{ name = ${one()}, url = ${quoted(`https://a.example/${text(door)}`)} }]
links = [{ title = ${one()}, url = ${quoted(`https://a.example/${text(door)}`)} }, { title = ${one()}, url = ${quoted(`/${text(door, 'address')}`)} }]
me = [${quoted(`https://a.example/${text(door)}`)}]
hubs = [${quoted(`https://a.example/${text(door)}`)}]
style_feeds = true
timezone = "UTC"
accent = ${address()}
stylesheet = ${address()}
fediverse_creator = ${address()}
permalink = ${address()}
[[feeds]]
name = ${one()}
title = ${one()}
description = ${one()}
include = { tags = ["a"] }
[podcast]
author = ${one()}
category = ["Arts > Books"]
image = ${quoted(`https://a.example/${text(door)}.png`)}
funding = [{ url = ${quoted(`https://a.example/${text(door)}`)}, text = ${one()} }]
txt = [${one()}]
location = ${one()}
[sources."W"]
feed = ${quoted(`https://a.example/${text(door)}`)}
[feed_namespaces]
x = ${quoted(`https://a.example/${text(door)}#`)}
[feed_fields]
"x:a" = { feed = ${one()} }
`
  return new Map([
    ['broadsheet.toml', settings],
    [
      'a.md',
      `---\ntitle: A\ndate: ${instant()}\ntags: [a]\nenclosures: [{ url: "https://a.example/a.mp3", type: audio/mpeg, length: 5 }]\n---\n\nWords.\n`,
    ],
  ])
}

/** Files that browsers run, linked to as media. */
function mediaFolder(share: number): Files {
  const files: Files = new Map([['broadsheet.toml', 'title = "Media"\ntimezone = "UTC"\nlimit = 1000\n']])
  const svg = (inner: string) =>
    `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="9" height="9">${inner}</svg>`
  const xhtml = (inner: string) => `<html xmlns="http://www.w3.org/1999/xhtml"><body>${inner}</body></html>`
  const kinds: [string, (inner: string) => string][] = [
    ...['svg', 'svg', 'svg', 'svgz'].map((extension): [string, typeof svg] => [extension, svg]),
    ...['html', 'htm', 'shtml', 'xht', 'xhtml', 'xml', 'xsl', 'mht', 'hta'].map(
      (extension): [string, typeof svg] => [extension, xhtml],
    ),
    ...[
      'png',
      'jpg',
      'gif',
      'webp',
      'mp3',
      'mp4',
      'ogg',
      'pdf',
      'txt',
      'css',
      'js',
      'json',
      'bin',
      'vtt',
      'swf',
      'wasm',
      'zip',
    ].map((extension): [string, typeof svg] => [extension, inner => inner]),
  ]
  for (let n = 0; n < share; n++) {
    const { text: inner, number } = taken('media', 'markup')
    const [extension, whole] = kinds[n % kinds.length]!
    files.set(
      `m/${n}.${extension}`,
      whole(n % 2 ? `<script>ran(${number})</script>` : inner.replaceAll('\0', '')),
    )
    files.set(
      `m${n}.md`,
      `${front(`F${n}`)}[A file](m/${n}.${extension}) ![A picture](m/${n}.${extension}) <audio src="m/${n}.${extension}"></audio>\n`,
    )
  }
  return files
}

/* What opens them */

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => relative(folder, join(entry.parentPath, entry.name)))
}

function writeFiles(name: string, files: Files): string {
  const folder = join(root, name)
  for (const [path, content] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), content)
  }
  return folder
}

/** The page's own policy but for who may frame it, as a report: what it would stop runs, and is told. */
const policy =
  "default-src 'none'; img-src * data:; media-src *; script-src 'self'; style-src 'self' 'unsafe-inline'; form-action 'self'; base-uri 'none'"
const types: Record<string, string> = {
  html: 'text/html; charset=utf-8',
  xml: 'text/xml',
  css: 'text/css',
  js: 'text/javascript',
  svg: 'image/svg+xml',
}

/** A host that knows nothing of policies. */
const builtRoot = join(root, 'built')
const plainHost = createServer(({ url = '/' }, response) => {
  const path = decodeURIComponent(new URL(url, 'http://x').pathname)
  if (path === '/blank')
    return response
      .writeHead(200, { 'content-type': types.html! })
      .end('<!doctype html><title>.</title><body>')
  let body: Buffer
  try {
    body = readFileSync(join(builtRoot, path.endsWith('/') ? `${path}index.html` : path))
  } catch {
    return response.writeHead(404).end()
  }
  const extension = path.endsWith('/') ? 'html' : (/\.(\w+)$/.exec(path)?.[1] ?? '')
  return response
    .writeHead(200, {
      'content-type': types[extension] ?? 'application/octet-stream',
      'content-security-policy-report-only': policy,
    })
    .end(body)
})
const plain = await listen(plainHost)

/** Everything a visitor may do to an element, and what an element may still hold that would run: by the browser's own reading. */
const provoke = `(() => {
  const could = []
  for (const name of ['click', 'submit']) document.addEventListener(name, event => event.preventDefault(), true)
  const events = ['click','mouseover','mouseenter','pointerover','focus','focusin','blur','error','load','toggle','beforetoggle','animationstart','begin','pageshow','submit','input','change','start','close','canplay']
  const visit = root => {
    for (const element of root.querySelectorAll('*')) {
      for (const { name, value } of element.attributes) {
        if (/^on/i.test(name)) could.push(name + ' on ' + element.localName + ': ' + value)
        if (/^(?:href|src|action|formaction|data|xlink:href|poster|background|ping|cite)$/i.test(name)) {
          let scheme = ''
          try { scheme = new URL(value, document.baseURI).protocol } catch {}
          if (/^(?:javascript|vbscript|livescript):$/.test(scheme) || (scheme === 'data:' && !/^(?:img|source)$/.test(element.localName) && !element.matches('link[rel~=icon]'))) {
            could.push(name + ' of ' + element.localName + ': ' + value)
            if (scheme !== 'data:') element.ownerDocument.defaultView.location.href = value
          }
        }
      }
      if (/^(?:iframe|object|embed|applet|portal|frame|base)$/.test(element.localName) && !element.dataset.naive) could.push('<' + element.localName + '>')
      for (const name of events) element.dispatchEvent(new Event(name))
      if (element.shadowRoot) visit(element.shadowRoot)
    }
  }
  visit(document)
  return could
})()`

const browser = await launchChromium()
let loads = 0
let shown = 0
let refused = 0
let rejected = 0

async function newContext(): Promise<BrowserContext> {
  const context = await browser.newContext({ serviceWorkers: 'block' })
  // A machine may be busy: a page that never loads is found, but late.
  context.setDefaultTimeout(600_000)
  await context.exposeBinding('ran', ({ frame }, number: number) => {
    findings.push({ what: 'ran', where: frame.url(), detail: String(number) })
  })
  await context.exposeBinding('reported', ({ frame }, detail: string) => {
    findings.push({ what: 'reported', where: frame.url(), detail })
  })
  await context.addInitScript(`document.addEventListener('securitypolicyviolation', event =>
    reported(event.effectiveDirective + ' ' + event.blockedURI + ' ' + event.sample + ' ' + event.sourceFile + ':' + event.lineNumber))`)
  // The world outside: what a page of ours loads from there runs; where a link or a former address leads to is another's page.
  // Chromium's own viewer of PDF is a page with a protocol of its own, and loads its own scripts.
  await context.route(
    url => /^https?:$/.test(url.protocol) && url.hostname !== '127.0.0.1' && url.hostname !== 'localhost',
    route =>
      ['image', 'media'].includes(route.request().resourceType())
        ? route.abort()
        : route.fulfill({
            status: 200,
            contentType: route.request().resourceType() === 'document' ? 'text/html' : 'text/javascript',
            body: route.request().resourceType() === 'document' ? '<p>Elsewhere</p>' : 'ran(0)',
          }),
  )
  return context
}

async function open(page: Page, url: string): Promise<void> {
  loads++
  try {
    await page.goto(url, { waitUntil: 'load', timeout: 600_000 })
  } catch (error) {
    // A download is no page.
    if (!/Download is starting|ERR_ABORTED/.test(String(error)))
      findings.push({ what: 'could run', where: url, detail: `did not load: ${String(error).slice(0, 200)}` })
    return
  }
  // A former address leads on to the new one.
  const could = await page.evaluate<string[]>(provoke).catch(async () => {
    await page.waitForLoadState('load')
    return page.evaluate<string[]>(provoke)
  })
  for (const detail of could) findings.push({ what: 'could run', where: url, detail })
}

/** Opens many at once, in frames of a page that has no policy. */
async function openFramed(urls: string[]): Promise<void> {
  const groups = Array.from({ length: Math.ceil(urls.length / 12) }, (_, at) =>
    urls.slice(at * 12, at * 12 + 12),
  )
  await each(groups, async (page, group) => {
    await page.goto(`${plain}/blank`)
    await page.evaluate(framed(group))
    loads += group.length
    for (const frame of page.frames().slice(1)) {
      // A former address leads on to the new one.
      const could = await frame.evaluate<string[]>(provoke).catch(async () => {
        await frame.waitForLoadState('load')
        return frame.evaluate<string[]>(provoke)
      })
      for (const detail of could) findings.push({ what: 'could run', where: frame.url(), detail })
    }
  })
}
const framed = (
  urls: string[],
) => `Promise.all(${JSON.stringify(urls)}.map(url => new Promise((resolve, reject) => {
  const frame = document.createElement('iframe')
  frame.onload = resolve
  setTimeout(() => reject(new Error('never loaded: ' + url)), 600_000)
  frame.src = url
  document.body.append(frame)
})))`

/** The HTML of a feed, each piece in a document of its own and in one that is there already. */
const naive = (feed: string) => `(async () => {
  const text = await (await fetch(${JSON.stringify(feed)})).text()
  const pieces = []
  if (${JSON.stringify(feed)}.endsWith('.json')) {
    for (const item of JSON.parse(text).items) pieces.push(item.content_html ?? '')
  } else {
    const xml = new DOMParser().parseFromString(text, 'text/xml')
    if (xml.querySelector('parsererror')) throw new Error('not XML: ' + ${JSON.stringify(feed)})
    // RSS says of its descriptions that they are HTML; Atom says what each text is, and means text where it says nothing (RFC 4287 §3.1.1).
    for (const element of xml.querySelectorAll('item > description, item > encoded'))
      if (!element.prefix || element.localName === 'encoded') pieces.push(element.textContent)
    for (const element of xml.querySelectorAll('[type=html], [type=xhtml]')) pieces.push(element.getAttribute('type') === 'html' ? element.textContent : element.innerHTML)
  }
  const could = []
  const provoke = () => could.push(...${provoke})
  for (let at = 0; at < pieces.length; at += 40) {
    const frames = pieces.slice(at, at + 40).map(piece => {
      const frame = document.createElement('iframe')
      frame.dataset.naive = 'x'
      frame.srcdoc = '<!doctype html><body>' + piece
      return frame
    })
    const loaded = Promise.all(frames.map(frame => new Promise(resolve => { frame.onload = resolve; setTimeout(resolve, 10000) })))
    document.body.replaceChildren(...frames)
    await loaded
    for (const frame of frames) { frame.removeAttribute('onload'); could.push(...frame.contentWindow.eval(${JSON.stringify(provoke)})) }
    const box = document.createElement('div')
    document.body.replaceChildren(box)
    for (const piece of pieces.slice(at, at + 40)) { box.innerHTML = piece; provoke() }
  }
  return { could, count: pieces.length }
})()`

async function each<T>(list: T[], work: (page: Page, item: T) => Promise<void>): Promise<void> {
  const queue = [...list]
  const context = await newContext()
  await Promise.all(
    Array.from({ length: 4 }, async () => {
      let page = await context.newPage()
      page.on('dialog', dialog => void dialog.dismiss())
      for (let item = queue.shift(), count = 1; item !== undefined; item = queue.shift(), count++) {
        await work(page, item)
        if (count % 200 === 0) {
          await page.close()
          page = await context.newPage()
        }
      }
    }),
  )
  await context.close()
}

const addressOf = (path: string) =>
  path
    .replace(/(^|\/)index\.html$/, '$1')
    .split('/')
    .map(encodeURIComponent)
    .join('/')

/** Builds into the host without policies; opens every page and feed there. */
async function openBuilt(name: string, folder: string): Promise<string[]> {
  const out = join(builtRoot, name)
  const build = () => broadsheet('build', folder, '--out', out, '--url', `${plain}/${name}/`)
  let { exitCode, said } = await build()
  // A setting that is refused stops everything: its publisher takes the line out.
  for (let times = 0; exitCode !== 0 && times < 20; times++) {
    const lines = new Set([...said.matchAll(/broadsheet\.toml:(\d+)/g)].map(([, line]) => Number(line)))
    if (lines.size === 0) break
    const settings = join(folder, 'broadsheet.toml')
    const left = readFileSync(settings, 'utf8')
      .split('\n')
      .map((line, at) => (lines.has(at + 1) ? '#' : line))
    writeFileSync(settings, left.join('\n'))
    refused += lines.size
    ;({ exitCode, said } = await build())
  }
  // An article that is rejected is said by the exit code; the others are there.
  if (!existsSync(join(out, 'rss.xml')) && !existsSync(join(out, 'atom.xml')))
    throw new Error(`${name}: ${said.slice(-2000)}`)
  rejected += Number(/(\d+) rejected/.exec(said)?.[1] ?? 0)
  return filesBelow(out)
}
/**
 * Pages and feeds, but for the feeds of single tags and the like, which are those of the whole with fewer items; of the many pages with
 * one text each, one in four: all of them are shown as the feeds have them.
 */
const isOpened = (path: string) =>
  /(?:\.html|\.xml|\/)$/.test(path) &&
  !/(?:^|\/)media\/|(?:^|\/)(?:tags|authors|sections)\/.*\.xml$/.test(path) &&
  (path.split('/').length < 3 || hash(path) % 4 === 0)
const hash = (text: string) =>
  [...text].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 1_000_003, 7)
const isFeed = (path: string) => /(?:^|\/)(?:rss\.xml|atom\.xml|feed\.json)$/.test(path)

async function showNaively(feeds: string[]) {
  await each(feeds, async (page, feed) => {
    await page.goto(`${plain}/blank`)
    const { could, count } = await page.evaluate<{ could: string[]; count: number }>(naive(feed))
    shown += count
    for (const detail of could)
      findings.push({ what: 'could run', where: `${feed}, shown by itself`, detail })
  })
}

const began = performance.now()
let told = 0
const said = (what: string) => {
  console.log(
    `${((performance.now() - began) / 1000).toFixed(0)} s: ${what}; ${loads} pages opened, ${shown} pieces of feeds shown, ${findings.length} findings`,
  )
  for (const { what, where, detail } of findings.slice(told, told + 20))
    console.log(`  ${what} ${where}: ${detail.slice(0, 300)} ${texts.get(Number(detail)) ?? ''}`)
  told = findings.length
}
const does = (what: string) => what.startsWith(values.only)
try {
  if (does('articles')) {
    const folder = writeFiles('articles', articleFolder(wanted * 0.6))
    const built = await openBuilt('articles', folder)
    said(`articles: ${inputs.count()} inputs, ${built.length} documents built, ${rejected} articles rejected`)
    await openFramed(built.filter(isOpened).map(path => `${plain}/articles/${addressOf(path)}`))
    said('opened as built')
    await showNaively(
      built
        .filter(path => /^(?:[^/]+|archive\/\d+\/feed\.json)$/.test(path) && isFeed(path))
        .map(path => `${plain}/articles/${path}`),
    )
    said('feeds shown by themselves')
    const server = await serveFolder(folder)
    // The policy that the reports above are of; one in fifteen is enough to see that it is sent, and feeds are pages here.
    const some = built.filter(isOpened).filter((path, at) => at % 15 === 0 || !path.includes('/'))
    await each(some, (page, path) => open(page, server.url + addressOf(path)))
    await server[Symbol.asyncDispose]()
    said('opened as served')
  }
  if (does('systems')) {
    const urls: string[] = []
    const before = inputs.count()
    for (const [number, files] of systemFolders(wanted * 0.3).entries()) {
      const name = `systems-${number}`
      for (const path of await openBuilt(name, writeFiles(name, files)))
        if (isOpened(path) || isFeed(path)) urls.push(`${plain}/${name}/${addressOf(path)}`)
    }
    said(`other systems: ${inputs.count() - before} inputs, ${urls.length} documents built`)
    await openFramed(urls.filter(isOpened))
    await showNaively(urls.filter(url => /^\/[^/]+\/(?:rss\.xml|feed\.json)$/.test(new URL(url).pathname)))
    said('other systems opened')
  }
  if (does('settings')) {
    const urls: string[] = []
    const before = inputs.count()
    let folder = ''
    for (let number = 0; inputs.count() < before + wanted * 0.1; number++) {
      const name = `settings-${number}`
      folder = writeFiles(name, settingsFolder())
      for (const path of await openBuilt(name, folder))
        if (
          /^(?:index\.html|rss\.xml|feeds\/index\.html|subscribe\/index\.html|articles\/a\/index\.html|opml\.xml)$/.test(
            path,
          )
        )
          urls.push(`${plain}/${name}/${addressOf(path)}`)
    }
    said(
      `settings: ${inputs.count() - before} inputs, ${refused} settings refused, ${urls.length} documents built`,
    )
    await openFramed(urls)
    const server = await serveFolder(folder)
    await each(
      ['', 'rss.xml', 'atom.xml', 'feeds/', 'subscribe/', 'articles/a/', 'opml.xml', 'nothing/'],
      (page, path) => open(page, server.url + path),
    )
    await server[Symbol.asyncDispose]()
    said('settings opened')
  }
  if (does('media')) {
    const before = inputs.count()
    const server = await serveFolder(writeFiles('media', mediaFolder(Math.max(60, wanted * 0.01))))
    const feed = await (await fetch(`${server.url}feed.json`)).text()
    const media = [
      ...new Set([...feed.matchAll(/"?(https?:[^"\\<>\s]*\/media\/[^"\\<>\s)]+)/g)].map(([, url]) => url!)),
    ]
    const kept = findings.length
    await each(media, open)
    // Here the texts are the files themselves, which no one alters: the policy is what stops them, and may say so.
    const stopped = findings.splice(kept).filter(({ what }) => what === 'ran' || what === 'fetched')
    findings.push(...stopped)
    await server[Symbol.asyncDispose]()
    said(`media, ${inputs.count() - before} inputs, ${media.length} files opened`)
  }
} finally {
  await browser.close()
  canaryServer.close()
  plainHost.close()
  rmSync(root, { recursive: true })
}
console.log([...doors].map(([door, count]) => `${door} ${count}`).join(', '))
for (const what of ['ran', 'fetched', 'could run', 'reported'] as const) {
  const these = findings.filter(it => it.what === what)
  console.log(`${what}: ${these.length}`)
  for (const { where, detail } of these.slice(0, 20))
    console.log(`  ${where}: ${detail.slice(0, 300)} ${texts.get(Number(detail)) ?? ''}`)
}
console.log(
  `${inputs.count()} inputs (${inputs.kinds} kinds), ${loads} pages opened, ${shown} pieces of feeds shown by themselves`,
)
process.exitCode = findings.length > 0 || loads === 0 ? 1 : 0
