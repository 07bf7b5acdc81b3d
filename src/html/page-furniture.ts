import { hasWord } from './html-query.ts'
import type { HtmlElement, HtmlNode } from './html-tree.ts'
import { madeElement, rawTextOf, solidNodes } from './plain-elements.ts'

/** The way back from a note to where it is referred to, as any program writes it. */
export function isBackReference({ tag, attributes, children }: HtmlElement): boolean {
  return (
    tag === 'a' &&
    /^#./.test(attributes.get('href') ?? '') &&
    /^[\s\u00a0]*(?:[↩↵⤴⏎]|↑)[\ufe0e\ufe0f\s\d]*$/u.test(rawTextOf(children))
  )
}

/** The character that a picture of one stands for: WordPress and others put pictures in their place when they show a page. */
export function emojiOf(element: HtmlElement): string | null {
  if (!hasWord(element, 'class', 'emoji', 'wp-smiley')) return null
  const alt = element.attributes.get('alt') ?? ''
  return /^(?:\p{Extended_Pictographic}|\p{Emoji_Component}){1,20}$/u.test(alt) && /\P{ASCII}/u.test(alt)
    ? alt
    : null
}

const anchorMark = /^(?:[\s#¶§🔗∞⚓❡\u200b\u00a0]|\ufe0f)*$/u
const anchorWords =
  /^\s*(?:#|¶|§|🔗)?\s*(?:(?:section|heading) titled|(?:direct |perma)?link to (?:this )?(?:heading|section|header|“|"|')|permalink|permanent link|anchor|copy link|link to)/iu
const anchorClasses = [
  'anchor',
  'headerlink',
  'header-anchor',
  'header-link',
  'hash-link',
  'heading-anchor',
  'heading-link',
  'heading-permalink',
  'anchor-link',
  'anchorjs-link',
  'sl-anchor-link',
  'direct-link',
  'zola-anchor',
  'permalink',
]

/** A link that a theme gives every heading to itself; nobody wrote it. @param inHeading it stands in one */
export function isHeadingAnchor(element: HtmlElement, inHeading: boolean): boolean {
  const { tag, attributes, children } = element
  if (tag !== 'a' || !attributes.get('href')?.includes('#')) return false
  if (!inHeading && !hasWord(element, 'class', ...anchorClasses)) return false
  const text = rawTextOf(children)
  if (holdsImage(children)) return false
  return anchorMark.test(text) || anchorWords.test(text)
}

function holdsImage(nodes: HtmlNode[]): boolean {
  return nodes.some(node => typeof node !== 'string' && (node.tag === 'img' || holdsImage(node.children)))
}

/** Parts that work on a system's own page alone, by its script as a rule, and say nothing elsewhere. */
export function isPagePart(element: HtmlElement): boolean {
  return hasWord(
    element,
    'class',
    // MediaWiki's links for whoever edits, the button below WordPress's link to a file, and Tufte's switch for notes.
    'mw-editsection',
    'wp-block-file__button',
    'wp-block-file__embed',
    'margin-toggle',
    // What Ghost asks its readers for, and parts of its players and cards.
    'kg-signup-card',
    'kg-audio-player',
    'kg-audio-thumbnail',
    'kg-video-player-container',
    'kg-video-overlay',
    'kg-bookmark-icon',
    'kg-toggle-card-icon',
    'kg-file-card-icon',
  )
}

/** Ghost's card for somebody else's page: a quote that names it, in place of blocks in a link. */
export function bookmarkQuote(card: HtmlElement): HtmlElement | null {
  const link = findByClass(card, 'kg-bookmark-container')
  const href = link?.attributes.get('href')
  const textOf = (name: string) => rawTextOf(findByClass(card, name)?.children ?? []).trim()
  const title = textOf('kg-bookmark-title')
  if (!href || title === '') return null
  const paragraph = (children: HtmlNode[]) => madeElement('p', {}, children, card)
  const description = textOf('kg-bookmark-description')
  const from = [textOf('kg-bookmark-author'), textOf('kg-bookmark-publisher')].filter(Boolean).join(' · ')
  const thumbnail = findByClass(card, 'kg-bookmark-thumbnail')?.children ?? []
  return madeElement(
    'blockquote',
    {},
    [
      paragraph([madeElement('a', { href }, [title], card)]),
      ...(description ? [paragraph([description])] : []),
      ...(from ? [paragraph([from])] : []),
      ...solidNodes(thumbnail),
    ],
    card,
  )
}

function findByClass(element: HtmlElement, name: string): HtmlElement | null {
  for (const child of element.children) {
    if (typeof child === 'string') continue
    if (hasWord(child, 'class', name)) return child
    const found = findByClass(child, name)
    if (found) return found
  }
  return null
}
