import { html, raw } from 'hono/html'
import type { HtmlEscapedString } from 'hono/utils/html'
import { feedFormatNames, feedFormats } from '../../model/formats.ts'
import type { Site } from '../../model/site.ts'
import { addressOf } from '../feed-channel.ts'

/** What `hono/html` makes: text that is escaped already. Our templates hold no promises, so it is never one. */
export type Html = HtmlEscapedString | Promise<HtmlEscapedString>

export interface PageFrame {
  site: Site
  /** Plain text; the publication's title is added. Null for the publication's own page. */
  title: string | null
  description: string
  /** Absolute. Null where the page has no address of its own (an error page). */
  canonical: string | null
  language: string
  direction: 'ltr' | 'rtl'
  /** Folder on the publication whose three feeds the page announces, the nearest first. */
  feeds: { path: string; title: string }[]
  /** More elements for the head. */
  head?: Html
  main: Html
}

/** A whole page as text. */
export function renderPage(frame: PageFrame): string {
  const { site } = frame
  const title = frame.title === null ? site.title : `${frame.title} · ${site.title}`
  return `${html`<!doctype html>
<html lang="${frame.language}" dir="${frame.direction}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
${frame.description ? html`<meta name="description" content="${frame.description}">` : ''}
${frame.canonical ? html`<link rel="canonical" href="${frame.canonical}">` : ''}
<link rel="stylesheet" href="${addressOf('/style.css', site)}">
${site.icon ? html`<link rel="icon" href="${addressOf(site.icon, site)}">` : ''}
${frame.feeds.map(feed => autodiscovery(feed, site))}
${frame.head ?? ''}
</head>
<body>
<a class="skip" href="#main">Skip to the text</a>
<header class="masthead"><a href="${site.url}">${site.title}</a></header>
<main id="main">
${frame.main}
</main>
<footer class="colophon">
<p>${site.copyright ?? ''}</p>
<p><a href="${addressOf('/opml.xml', site)}">All feeds (OPML)</a></p>
</footer>
</body>
</html>
`}`
}

/** `<link rel="alternate">` for each of the three feeds: how browsers and readers find them. */
function autodiscovery({ path, title }: PageFrame['feeds'][number], site: Site): Html[] {
  return feedFormatNames.map(format => {
    const { file, mediaType, name } = feedFormats[format]
    return html`<link rel="alternate" type="${mediaType}" title="${`${title} (${name})`}" href="${addressOf(`${path}${file}`, site)}">
`
  })
}

/** HTML that the sanitiser has passed: the only raw text in any page. */
export function sanitised(text: string): Html {
  return raw(text)
}
