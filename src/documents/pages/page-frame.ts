import { html } from 'hono/html'
import { feedFormatNames, feedFormats } from '../../model/formats.ts'
import type { Site } from '../../model/site.ts'
import { absoluteUrl, assetAddress } from '../feed-channel.ts'
import { accentOf } from './accent-colour.ts'
import { escaped, type Html } from './html.ts'
import { createPageFormats, type PageFormats } from './page-formats.ts'
import type { SiteMenu } from './page-views.ts'
import { type PageWords, wordsFor } from './page-words.ts'

/** What all pages of a publication share; made once, so that a page costs only what is its own. */
export interface PageFrame {
  site: Site
  /** The absolute address of a path on the publication. */
  address(path: string): string
  /** Where a page loads a file of the publication from: its address without the host. */
  asset(path: string): string
  /** How a page in a language speaks. */
  speak(language: string): PageLanguage
  /** The publication's own language. */
  own: PageLanguage
  /** A whole page around its main part. */
  render(page: PageContent): string
}

/** The words and formats of a page, and whose language they are. */
export interface PageLanguage extends PageFormats {
  words: PageWords
  /** BCP 47: of the words, which may not be the page's where we have none in its language. */
  language: string
  direction: 'ltr' | 'rtl'
}

export interface PageContent {
  /** Plain text; the publication's title is added. Null for the publication's own page. */
  title: string | null
  description: string
  /** Absolute. Null where the page has no address of its own (an error page). */
  canonical: string | null
  /** Of what the page shows. */
  language: string
  direction: 'ltr' | 'rtl'
  /** Folders on the publication whose feeds the page announces; the first of them in all formats. */
  feeds: { path: string; title: string }[]
  /** More elements for the head. */
  head?: Html | undefined
  /** Where the page is one's way to subscribe. @default the publication's */
  subscribePath?: string
  /** The publication's own page has its nameplate in full. */
  home?: boolean
  /** Path of the section whose page it is. @default none's */
  section?: string
  main: Html
}

/** The main part's id: the target of the skip link. Unlike what a heading in an article would be given. */
const mainId = 'page-main'

const emptyMenu: SiteMenu = { sections: [], pages: [] }

export function createPageFrame(site: Site, menu = emptyMenu): PageFrame {
  const languages = new Map<string, PageLanguage>()
  const surrounds = new Map<string, Surrounds>()
  const address = (path: string) => absoluteUrl(path, site)
  const fixedHead = `${fixedHeadOf(site)}`
  const announced = new Map<string, string>()

  function speak(language: string): PageLanguage {
    let spoken = languages.get(language)
    if (!spoken) {
      const chosen = wordsFor(language, site.language)
      spoken = { ...createPageFormats(chosen.language, site.timezone ?? 'UTC'), ...chosen }
      languages.set(language, spoken)
    }
    return spoken
  }

  function surroundsFor(page: PageContent): Surrounds {
    const key = `${page.language} ${page.direction} ${page.subscribePath ?? ''} ${page.home ?? false} ${page.section ?? ''}`
    let made = surrounds.get(key)
    if (!made) {
      made = renderSurrounds(page, speak(page.language), site, menu)
      surrounds.set(key, made)
    }
    return made
  }

  function announce(path: string, title: string, all: boolean): string {
    const key = `${path} ${all} ${title}`
    let made = announced.get(key)
    if (made === undefined) {
      made = autodiscovery(path, title, all, site)
      announced.set(key, made)
    }
    return made
  }

  function render(page: PageContent): string {
    const { title, description, canonical, language, direction } = page
    const { top, bottom } = surroundsFor(page)
    return `${html`<!doctype html>
<html lang="${language}" dir="${direction}">
<head>
<meta charset="utf-8">
<title>${title === null ? site.title : `${title} · ${site.title}`}</title>
${escaped(fixedHead)}${description ? html`<meta name="description" content="${description}">\n` : ''}${
  canonical ? html`<link rel="canonical" href="${canonical}">\n` : ''
}${page.feeds.map((feed, index) => escaped(announce(feed.path, feed.title, index === 0)))}${page.head ?? ''}</head>
<body${page.home ? html` class="home"` : ''}>
${escaped(top)}<main id="${mainId}">
${page.main}
</main>
${escaped(bottom)}</body>
</html>
`}`
  }

  const asset = (path: string) => loadedFrom(address(path), site)
  return { site, address, asset, speak, own: speak(site.language), render }
}

/**
 * Links are for copying and are absolute; what a page loads is named by its path alone. A preview is opened as
 * `127.0.0.1` and as `localhost`, and under the other name the page's policy would keep its style and script out.
 */
function loadedFrom(address: string, site: Pick<Site, 'url'>): string {
  if (!address.startsWith(site.url)) return address
  const { pathname, search } = new URL(address)
  return pathname + search
}

interface Surrounds {
  top: string
  bottom: string
}

function fixedHeadOf(site: Site): Html {
  const accent = accentOf(site.accent)
  return html`<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<link rel="stylesheet" href="${loadedFrom(absoluteUrl('/style.css', site), site)}">
<link rel="icon" href="${site.icon ? loadedFrom(assetAddress(site.icon, site), site) : drawnIcon(accent.light)}">
${site.icon ? html`<link rel="apple-touch-icon" href="${loadedFrom(assetAddress(site.icon, site), site)}">\n` : ''}${site.me.map(
  address => html`<link rel="me" href="${address}">\n`,
)}${site.fediverseCreator ? html`<meta name="fediverse:creator" content="${site.fediverseCreator}">\n` : ''}`
}

/** A sheet with a headline, for publications without an icon: browsers then do not ask for one that is not there. */
function drawnIcon(colour: string): string {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><path fill="${colour}" d="M2 1h12v14H2z"/><path stroke="#fff" stroke-width="1.5" d="M4 4.5h8M4 8h3.5M4 11h3.5M9 8h3M9 11h3"/></svg>`
  return `data:image/svg+xml,${svg.replace(/[<>"#%\s]/g, encodeURIComponent)}`
}

/** Everything around the main part: the same for all pages of a language. */
function renderSurrounds(
  page: PageContent,
  spoken: PageLanguage,
  site: Site,
  { sections, pages }: SiteMenu,
): Surrounds {
  const { words } = spoken
  const attributes = languageAttributes(page, spoken)
  const subscribe = absoluteUrl(`${page.subscribePath ?? '/'}subscribe/`, site)
  const logo = site.logo
    ? html`<img class="logo" src="${loadedFrom(assetAddress(site.logo, site), site)}" alt="">`
    : ''
  const name = html`<span lang="${site.language}" dir="auto">${site.title}</span>`
  const top = html`<a class="skip" href="#${mainId}"${attributes}>${words.skip}</a>
<header class="masthead${page.home ? ' nameplate' : ''}"${attributes}>
${
  page.home
    ? html`<h1${lengthClass(site.title, 28)}>${logo}${name}</h1>\n`
    : html`<p class="name"><a href="${site.url}" rel="home">${logo}${name}</a></p>\n`
}${page.home && site.description ? html`<p class="motto" lang="${site.language}" dir="auto">${site.description}</p>\n` : ''}<nav aria-label="${words.publication}"><a href="${absoluteUrl('/feeds/', site)}">${words.allFeeds}</a> <a class="button" href="${subscribe}">${words.subscribe}</a></nav>
${sections.length > 0 ? sectionLinks(sections, page, spoken, site) : ''}</header>
`
  const links = site.links.map(({ title, url }) => ({ title, url: absoluteUrl(url, site) }))
  // A page that the publisher names is there once, by the name that was given to it.
  const unnamed = pages.filter(({ url }) => !links.some(link => link.url === url))
  const bottom = html`<footer class="colophon"${attributes}>
${site.footer ? html`<p lang="${site.language}" dir="auto">${site.footer}</p>\n` : ''}${
  site.copyright ? html`<p lang="${site.language}" dir="auto">${site.copyright}</p>\n` : ''
}<ul>
<li><a href="${site.url}">${words.frontPage}</a></li>
<li><a href="${absoluteUrl('/feeds/', site)}">${words.allFeeds}</a></li>
${unnamed.map(
  ({
    title,
    url,
    language,
    direction,
  }) => html`<li><a href="${url}"${language ? html` lang="${language}"` : ''} dir="${direction}">${title}</a></li>
`,
)}${links.map(({ title, url }) => html`<li><a href="${url}" lang="${site.language}" dir="auto">${title}</a></li>\n`)}</ul>
</footer>
`
  return { top: `${top}`, bottom: `${bottom}` }
}

/** In one line, which is moved sideways where it is too long. */
function sectionLinks(
  sections: SiteMenu['sections'],
  page: PageContent,
  { words }: PageLanguage,
  site: Site,
): Html {
  return html`<nav class="sections" aria-label="${words.groups.section}"><ul>
${sections.map(
  ({ name, path }) =>
    html`<li><a href="${absoluteUrl(path, site)}"${path === page.section ? html` aria-current="page"` : ''} lang="${site.language}" dir="auto">${name}</a></li>
`,
)}</ul></nav>
`
}

/** A headline that would fill a screen is set smaller. `most`: characters that still look well in the usual size. */
export function lengthClass(title: string, maxLength = 90): Html | string {
  return title.length > maxLength ? html` class="long"` : ''
}

/** For elements that hold our words on a page in another language; nothing where they agree. */
export function languageAttributes(
  page: { language: string; direction: 'ltr' | 'rtl' },
  inner: { language: string; direction: 'ltr' | 'rtl' },
): Html | string {
  if (page.language === inner.language && page.direction === inner.direction) return ''
  return html` lang="${inner.language}" dir="${inner.direction}"`
}

/**
 * `<link rel="alternate">`: how browsers and readers find feeds. What the page is about is announced in all three
 * formats; what else concerns it in the one that every reader takes, or programs that ask people to choose would show
 * the same name three times over.
 */
function autodiscovery(path: string, title: string, all: boolean, site: Site): string {
  return feedFormatNames
    .filter(format => all || format === 'rss')
    .map(format => {
      const { file, mediaType, name } = feedFormats[format]
      return `${html`<link rel="alternate" type="${mediaType}" title="${all ? `${title} (${name})` : title}" href="${absoluteUrl(`${path}${file}`, site)}">\n`}`
    })
    .join('')
}
