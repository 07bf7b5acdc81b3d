import type { Collection } from '../model/collection.ts'
import type { Site } from '../model/site.ts'
import { type Accent, accentOf, papers } from './pages/accent-colour.ts'
import { wordsFor } from './pages/page-words.ts'
import { encodeXml, type XmlElement } from './xml.ts'

/*
 * A plain file host can't tell people from readers, and shows a person the feed. Styled, an XML feed is readable in a
 * browser: a style sheet lays out its titles and summaries below a note that says what this is and leads to the page for
 * people. Readers see the same feed; XHTML in it is an extension that they pass over (RFC 4287 §6.4). It works where the
 * host calls the file XML, as nearly all do; what is called `application/rss+xml` browsers download or show as text. CSS
 * alone, since browsers give up XSLT.
 */

/** What a feed wears. */
export interface FeedStyling {
  /** Where the style sheet lies: a path without a host. */
  stylesheet: string
  language: string
  direction: 'ltr' | 'rtl'
  /** What this is, in one sentence. */
  note: string
  /** The page for people. */
  link: { text: string; url: string }
}

export const feedStylesheetPath = '/feed.css'

/** How the settings styling a feed; null where they don't. `address`: of a path on the publication. */
export function feedStyling(
  title: string,
  collection: Pick<Collection, 'kind' | 'name' | 'path'>,
  site: Pick<Site, 'styleFeeds' | 'language'>,
  address: (path: string) => string,
): FeedStyling | null {
  if (!site.styleFeeds) return null
  const own = collection.kind === 'language' ? collection.name : site.language
  const { words, language, direction } = wordsFor(own, site.language)
  return {
    stylesheet: new URL(address(feedStylesheetPath)).pathname,
    language,
    direction,
    note: words.subscription.what,
    link: { text: words.subscription.title(title), url: address(`${collection.path}subscribe/`) },
  }
}

/** Names the style sheet to browsers (xml-stylesheet 1.0 §3), right behind the XML declaration. */
export function withStylesheet(document: string, { stylesheet }: FeedStyling): string {
  const declarationEnd = document.indexOf('?>') + 2
  const href = stylesheet.replaceAll('&', '&amp;').replaceAll('"', '&quot;')
  const instruction = `<?xml-stylesheet type="text/css" href="${href}"?>`
  return `${document.slice(0, declarationEnd)}\n${instruction}${document.slice(declarationEnd)}`
}

/** The note to people at the top of a feed. A phone would show it as wide as a desk without a viewport. */
export function stylingNote(styling: FeedStyling, feedUrl: string, indent: string): string {
  const { language, direction, note, link } = styling
  const paragraph = (child: XmlElement | string) => ({ name: 'p', children: [child] })
  return encodeXml(
    {
      name: 'div',
      attributes: { xmlns: 'http://www.w3.org/1999/xhtml', 'xml:lang': language, dir: direction },
      children: [
        { name: 'meta', attributes: { name: 'viewport', content: 'width=device-width, initial-scale=1' } },
        paragraph(note),
        paragraph({ name: 'code', attributes: { dir: 'ltr' }, children: [feedUrl] }),
        paragraph({ name: 'a', attributes: { href: link.url }, children: [link.text] }),
      ],
    },
    indent,
  )
}

/** The style sheet of all styled feeds, RSS and Atom; in the colours of the pages. */
export function feedStylesheet(site: Pick<Site, 'accent'>): string {
  const accent = accentOf(site.accent)
  return `@namespace xhtml url(http://www.w3.org/1999/xhtml);
${colours(accent)}
:root {
  display: block; box-sizing: border-box; min-block-size: 100%; max-inline-size: 40rem; margin: 0 auto; padding: 2rem 1.25rem 4rem;
  background: var(--paper); color: var(--ink); font: 112.5%/1.55 Charter, 'Bitstream Charter', Cambria, 'Noto Serif', Georgia, serif;
  overflow-wrap: anywhere; -webkit-text-size-adjust: none; text-size-adjust: none;
}
/* Shown is what is named here. */
:where(:root) * { display: none; }
channel { display: block; }
:is(channel, feed) > xhtml|div {
  display: block; margin-block-end: 2.5rem; padding: 1.1rem 1.25rem; border: 2px solid var(--ink); font: 0.92rem/1.5 ui-sans-serif, system-ui, 'Segoe UI', Roboto, 'Noto Sans', sans-serif;
}
:is(channel, feed) > xhtml|div > xhtml|p { display: block; margin: 0 0 0.6em; }
:is(channel, feed) > xhtml|div > xhtml|p:last-child { margin: 0; }
xhtml|p > xhtml|code { display: inline; font: 0.95em ui-monospace, Menlo, Consolas, 'Liberation Mono', monospace; background: var(--sheet); padding: 0.15em 0.4em; user-select: all; }
xhtml|p > xhtml|a { display: inline; color: var(--accent); font-weight: 600; text-underline-offset: 0.16em; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 3px; }
:is(channel, feed) > title { display: block; margin-block-end: 0.3em; font-size: 2rem; font-weight: 700; line-height: 1.15; }
channel > description, feed > subtitle { display: block; color: var(--faint); }
item, entry { display: flex; flex-direction: column; margin-block-start: 1.4rem; padding-block-start: 1.4rem; border-block-start: 1px solid var(--rule); }
:is(item, entry) > title { display: block; order: 1; font-size: 1.3rem; font-weight: 700; line-height: 1.25; }
item > pubDate, entry > published { display: block; order: 2; margin-block: 0.25em 0.35em; color: var(--faint); font: 0.82rem/1.5 ui-sans-serif, system-ui, sans-serif; }
item > description, entry > summary { display: block; order: 3; }
/* Each text in the direction of its own first letters. */
title, description, subtitle, summary { unicode-bidi: plaintext; text-align: start; }
`
}

function colours({ light, dark }: Accent): string {
  return `:root { color-scheme: light dark; --paper: ${papers.light}; --sheet: #f3efe5; --ink: #1d1b18; --faint: #5f5a51; --rule: #d8d2c4; --accent: ${light}; }
@media (prefers-color-scheme: dark) {
  :root { --paper: ${papers.dark}; --sheet: #23211e; --ink: #e9e5dc; --faint: #aaa398; --rule: #3c3934; --accent: ${dark}; }
}`
}
