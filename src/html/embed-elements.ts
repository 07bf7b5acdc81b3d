import { hasWord } from './html-query.ts'
import type { Attributes } from './html-tokens.ts'
import type { HtmlElement } from './html-tree.ts'
import { madeElement, rawTextOf, solidNodes } from './plain-elements.ts'

type AddressOf = (attributes: Attributes) => string | null

/** An address that ends with what an attribute says; null where that is not plainly an id. */
const withId =
  (before: string, attribute: string, id = /^[\w-]{3,64}$/): AddressOf =>
  attributes => {
    const value = attributes.get(attribute)?.trim() ?? ''
    return id.test(value) ? before + value : null
  }
/** A text, where it is an address. */
export const embeddableUrl = (text: string): string | null =>
  /^(?:https?:)?\/\/\S+$/i.exec(text.trim())?.[0] ?? null
/** What an attribute says, where it is an address. */
const written =
  (attribute: string): AddressOf =>
  attributes =>
    embeddableUrl(attributes.get(attribute) ?? '')
const firstOf =
  (...ways: AddressOf[]): AddressOf =>
  attributes =>
    ways.reduce<string | null>((found, way) => found ?? way(attributes), null)

const soundCloud = (kind: string, attribute: string): AddressOf =>
  withId(`https://w.soundcloud.com/player/?url=https%3A//api.soundcloud.com/${kind}/`, attribute)
const youtube = (attribute: string) => withId('https://www.youtube.com/embed/', attribute)
const vimeo = (attribute: string) => withId('https://player.vimeo.com/video/', attribute)
const tiktok: AddressOf = attributes =>
  written('data-src')(attributes) ?? withId('https://www.tiktok.com/embed/v2/', 'data-src')(attributes)

/** Elements of AMP and of components in pages, which show what lies elsewhere once their script runs. */
const elements: ReadonlyMap<string, AddressOf> = new Map([
  [
    'amp-youtube',
    firstOf(youtube('data-videoid'), withId('https://www.youtube.com/channel/', 'data-live-channelid')),
  ],
  ['amp-vimeo', vimeo('data-videoid')],
  ['amp-dailymotion', withId('https://www.dailymotion.com/embed/video/', 'data-videoid')],
  ['amp-twitter', withId('https://x.com/i/status/', 'data-tweetid', /^\d{3,25}$/)],
  ['amp-instagram', withId('https://www.instagram.com/p/', 'data-shortcode')],
  ['amp-facebook', written('data-href')],
  ['amp-facebook-page', written('data-href')],
  [
    'amp-soundcloud',
    firstOf(soundCloud('tracks', 'data-trackid'), soundCloud('playlists', 'data-playlistid')),
  ],
  ['amp-gist', withId('https://gist.github.com/', 'data-gistid')],
  ['amp-tiktok', tiktok],
  ['amp-reddit', written('data-src')],
  ['amp-pinterest', written('data-url')],
  [
    'lite-youtube',
    firstOf(youtube('videoid'), withId('https://www.youtube.com/playlist?list=', 'playlistid')),
  ],
  ['lite-vimeo', vimeo('videoid')],
  ['youtube-video', written('src')],
  ['vimeo-video', written('src')],
  ['spotify-audio', written('src')],
  // CKEditor's, which leaves it to the page to show something there.
  ['oembed', written('url')],
])

/** Empty boxes that a script fills, by a class they have. */
const boxes: ReadonlyMap<string, AddressOf> = new Map([
  ['youtube-player', firstOf(youtube('data-id'), youtube('data-video-id'))],
  ['rll-youtube-player', firstOf(youtube('data-id'), written('data-src'))],
  ['lazy-youtube', youtube('data-id')],
  ['fb-video', written('data-href')],
  ['fb-post', written('data-href')],
  ['infogram-embed', withId('https://infogram.com/', 'data-id')],
  ['flourish-embed', withId('https://public.flourish.studio/', 'data-src', /^(?:visualisation|story)\/\d+$/)],
  ['strava-embed-placeholder', withId('https://www.strava.com/activities/', 'data-embed-id', /^\d+$/)],
])

/** What all those classes have, so that others are passed over at once. */
const boxWord = /player|youtube|fb-|embed/i

/** Scripts that write what they show where they stand, and where people see the same. */
const scripts: [match: RegExp, AddressOf: (parts: string[], attributes: Attributes) => string | null][] = [
  [
    /^(?:https?:)?\/\/gist\.github\.com\/([\w-]+\/[\da-f]{5,64})(?:\/[\da-f]+)?\.js(?:\?file=([^&#]+))?/i,
    ([, gist, file]) =>
      `https://gist.github.com/${gist}${file ? `#file-${file.toLowerCase().replace(/[^\w]+/g, '-')}` : ''}`,
  ],
  [/^(?:https?:)?\/\/(gitlab\.com\/[\w./-]*snippets\/\d+)\.js/i, ([, place]) => `https://${place}`],
  [/^(?:https?:)?\/\/asciinema\.org\/a\/(\w+)\.js/i, ([, id]) => `https://asciinema.org/a/${id}`],
  [
    /^(?:https?:)?\/\/(?:www\.)?buzzsprout\.com\/(\d+\/[\w-]+)\.js/i,
    ([, place]) => `https://www.buzzsprout.com/${place}`,
  ],
  [
    /^(?:https?:)?\/\/jsfiddle\.net\/((?:[\w-]+\/)?\w+)\/embed\//i,
    ([, place]) => `https://jsfiddle.net/${place}/`,
  ],
  [
    /^(?:https?:)?\/\/telegram\.org\/js\/telegram-widget\.js/i,
    (_, attributes) => withId('https://t.me/', 'data-telegram-post', /^[\w-]+\/\d+$/)(attributes),
  ],
  [
    /^(?:https?:)?\/\/speakerdeck\.com\/assets\/embed\.js/i,
    (_, attributes) => withId('https://speakerdeck.com/player/', 'data-id')(attributes),
  ],
]

const frames = new Set(['iframe', 'amp-iframe', 'object', 'embed'])

/**
 * Where that lies which an element shows of somebody else's; null where it shows nothing of that kind. What a box of a script's
 * holds already is what it shows.
 */
export function embeddedAddress(element: HtmlElement): string | null {
  const { tag, attributes } = element
  if (attributes.size === 0) return null
  const known = elements.get(tag)
  if (known) return known(attributes)
  if (tag === 'script') {
    const source = attributes.get('src')?.trim() ?? ''
    for (const [match, address] of scripts) {
      const parts = match.exec(source)
      if (parts) return address([...parts], attributes)
    }
    return null
  }
  if (!frames.has(tag)) {
    const name =
      (tag === 'div' || tag === 'p') && boxWord.test(attributes.get('class') ?? '')
        ? [...boxes.keys()].find(name => hasWord(element, 'class', name))
        : undefined
    return name !== undefined && isEmpty(element) ? (boxes.get(name)?.(attributes) ?? null) : null
  }
  const names =
    tag === 'object'
      ? ['data']
      : ['data-src', 'data-lazy-src', 'data-litespeed-src', 'data-cookieblock-src', 'src']
  return (
    names.map(name => attributes.get(name)?.trim()).find(value => value && !/^about:/i.test(value)) ?? null
  )
}

/** Whether an element is one that shows what lies elsewhere, known or not. */
export const isEmbed = (element: HtmlElement): boolean =>
  frames.has(element.tag) || embeddedAddress(element) !== null

/** Elements that are much else too: what makes an embed of them. */
const madeEmbedBy: ReadonlyMap<string, string> = new Map([
  ['script', 'script src'],
  ['div', 'div class'],
  ['p', 'p class'],
])

/** What whoever wrote an embed is told was left out. */
export const embedName = ({ tag }: HtmlElement): string => `<${madeEmbedBy.get(tag) ?? tag}>`

const isEmpty = ({ children }: HtmlElement): boolean =>
  solidNodes(children).every(
    node => typeof node !== 'string' && (node.tag === 'script' || (node.tag === 'div' && isEmpty(node))),
  )

/** A link inside a frame, by which Bandcamp and others say what it plays, and where that is. */
export function linkInside({ tag, children }: HtmlElement): { words: string; address: string | null } {
  const [, attributes, words = ''] =
    /<a\b([^<>]*)>([^<]*)<\/a>/i.exec(frames.has(tag) ? rawTextOf(children) : '') ?? []
  const address = /\bhref\s*=\s*["']?(https?:\/\/[^\s"'<>]+)/i.exec(attributes ?? '')?.[1]
  return { words, address: address?.replaceAll('&amp;', '&') ?? null }
}

const amp: ReadonlyMap<string, string> = new Map([
  ['amp-img', 'img'],
  ['amp-anim', 'img'],
  ['amp-video', 'video'],
  ['amp-audio', 'audio'],
])

/** AMP's element for a picture, a film or a sound, as HTML has it, without what stands there until it is loaded, or if it can't be. */
export function ofPlainHtml(element: HtmlElement): HtmlElement {
  const tag = amp.get(element.tag)
  if (tag === undefined) return element
  const isBeside = (node: HtmlElement['children'][number]) =>
    typeof node !== 'string' && (node.attributes.has('fallback') || node.attributes.has('placeholder'))
  return { ...element, tag, children: element.children.filter(node => !isBeside(node)) }
}

/** A picture that stands in an `object`. */
export function pictureOfObject(element: HtmlElement): HtmlElement | null {
  const { tag, attributes, children } = element
  const address = attributes.get('data')?.trim()
  if (tag !== 'object' || !address || !/^image\//i.test(attributes.get('type') ?? '')) return null
  if (solidNodes(children).some(node => typeof node !== 'string')) return null
  const alt = attributes.get('aria-label') ?? attributes.get('title') ?? rawTextOf(children).trim()
  const size = (['width', 'height'] as const).flatMap(name => {
    const value = attributes.get(name)
    return value ? [[name, value]] : []
  })
  return madeElement('img', { src: address, alt, ...Object.fromEntries(size) }, [], element)
}
