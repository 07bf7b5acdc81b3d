import { escapeHtmlAttribute } from '../../text/escape.ts'
import { ownValue } from '../../text/own-value.ts'

/** A picture or another file that a WordPress site holds, as its export tells of it. */
export interface Attachment {
  id: string
  url: string
  alt: string | null
  /** HTML. */
  caption: string | null
  /** The post it was uploaded to. */
  parent: string | null
  order: number
}

/** Files of a site, as galleries ask for them. */
export interface Attachments {
  byId(id: string): Attachment | undefined
  /** In the order that the writer gave them; of another post than the one that asks only where everybody may see that. */
  ofPost(id: string, asker: string | null): Attachment[]
}

interface Shortcode {
  name: string
  attributes: Record<string, string>
  /** What stands between it and its end; null where it has none. */
  content: string | null
}

const own = 'caption|wp_caption|gallery|embed|audio|video|playlist'
/** Those of Jetpack, which every site of WordPress.com has, and of plugins for formulae. */
const widespread =
  'youtube|vimeo|dailymotion|ted|soundcloud|spotify|instagram|tiktok|facebook|gist|tweet|twitter|latex|katex|tex|math|googlemaps|vc_single_image|et_pb_image'
const shortcode = new RegExp(
  String.raw`(?<!\[)\[(\/?)(${own}|${widespread})(?![\w-])((?:[^\]["']|"[^"]*"|'[^']*')*)\]`,
  'gi',
)
/** Boxes of page builders, which hold what is to be read: https://kb.wpbakery.com/docs/, Divi, Avada, Enfold. */
const layout =
  /(?<!\[)\[\/?(?:vc_(?:section|row|row_inner|column|column_inner|column_text|empty_space)|et_pb_(?:section|row|row_inner|column|column_inner|text)|fusion_builder_(?:container|row|row_inner|column|column_inner)|fusion_text|av_(?:section|layout_row|textblock|one_full|one_half|one_third|two_third|one_fourth|three_fourth))(?![\w-])(?:[^\]["'[]|"[^"]{0,2000}"|'[^']{0,2000}')*\]/g

/**
 * Puts in the place of WordPress's own shortcodes what they show: captions as figures, galleries as their pictures, sound
 * and film as players, embeds as links. Those of plugins stay. https://codex.wordpress.org/Shortcode
 */
export function resolveShortcodes(content: string, postId: string | null, files: Attachments): string {
  const tags = [...content.matchAll(shortcode)]
  let html = ''
  let at = 0
  tags.forEach((match, place) => {
    const { index: start } = match
    const [tag, slash, name = '', rest = ''] = match
    if (start < at || slash === '/') return
    const next = tags[place + 1]
    const isClosed = next?.[1] === '/' && next[2]?.toLowerCase() === name.toLowerCase()
    const inside = isClosed ? content.slice(start + tag.length, next.index) : null
    const code = { name: name.toLowerCase(), attributes: attributesOf(rest), content: inside }
    const shown = shownBy(code, postId, files)
    if (shown === null) return
    html += content.slice(at, start) + shown
    at = isClosed ? next.index + next[0].length : start + tag.length
  })
  return (html + content.slice(at)).replace(layout, '\n\n').replace(inlineFormula, formulaMarks)
}

/** `$latex x^2$`, as WordPress.com and Jetpack have it: https://wordpress.com/support/latex/ */
const inlineFormula = /\$latex\s((?:[^$\\]|\\[\s\S]){1,2000}?)\$/g
const formulaMarks = (_: string, tex: string) =>
  `\\(${tex.replace(/(?:&amp;|&)(?:bg|fg|s)=\S+$/g, '').trim()}\\)`

function attributesOf(written: string): Record<string, string> {
  const attributes: Record<string, string> = {}
  let position = 0
  for (const [, name, double, single, bare, word] of written.matchAll(
    /([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"']+))|["']?([^\s"']+)["']?/g,
  )) {
    if (name !== undefined) attributes[name.toLowerCase()] = double ?? single ?? bare ?? ''
    else attributes[position++] = word ?? ''
  }
  return attributes
}

/** Null where the shortcode says too little to show anything. */
function shownBy({ name, attributes, content }: Shortcode, postId: string | null, files: Attachments) {
  if (name === 'caption' || name === 'wp_caption') return captionOf(content ?? '', attributes.caption)
  if (name === 'gallery') return galleryOf(attributes, postId, files)
  if (name === 'embed') return embedOf(content?.trim() || attributes.src || null)
  if (name === 'playlist') return null
  if (/^(?:latex|katex|tex|math)$/.test(name)) return content?.trim() ? `\\(${content.trim()}\\)` : null
  if (name === 'vc_single_image' || name === 'et_pb_image') return imageOf(attributes, files)
  if (name !== 'audio' && name !== 'video') return embedOf(addressOfEmbed(name, attributes, content))
  const source = attributes.src ?? Object.values(attributes).find(value => /^https?:\/\/\S+$/.test(value))
  if (source === undefined) return null
  const poster = attributes.poster ? ` poster="${escapeHtmlAttribute(attributes.poster)}"` : ''
  return `\n\n<${name} controls src="${escapeHtmlAttribute(source)}"${poster}></${name}>\n\n`
}

function captionOf(content: string, attribute: string | undefined): string | null {
  const [image] = /^\s*(?:<a\b[^<>]*>\s*)?<img\b[^<>]*>(?:\s*<\/a>)?/i.exec(content) ?? []
  if (image === undefined) return null
  const words = attribute ?? content.slice(image.length).trim()
  return `\n\n<figure>${image.trim()}${words ? `<figcaption>${words}</figcaption>` : ''}</figure>\n\n`
}

/** https://wordpress.org/documentation/article/gallery-shortcode/: `ids`, else all that belong to the post or to the one that `id` names. */
function galleryOf(attributes: Record<string, string>, postId: string | null, files: Attachments) {
  const listed = (written: string | undefined) => (written ?? '').split(/[\s,]+/).filter(Boolean)
  const ids = listed(attributes.ids ?? attributes.include)
  const excluded = new Set(listed(attributes.exclude))
  const pictures =
    ids.length > 0
      ? ids.flatMap(id => files.byId(id) ?? [])
      : files.ofPost(attributes.id ?? postId ?? '', postId).filter(({ id }) => !excluded.has(id))
  const figures = pictures.filter(({ url }) => !/\.(?:mp[34]|m4a|pdf|zip|docx?)$/i.test(url)).map(figureOf)
  return figures.length > 0 ? `\n\n${figures.join('\n')}\n\n` : null
}

function figureOf({ url, alt, caption }: Pick<Attachment, 'url' | 'alt' | 'caption'>): string {
  const words = caption ? `<figcaption>${caption}</figcaption>` : ''
  return `<figure><img src="${escapeHtmlAttribute(url)}" alt="${escapeHtmlAttribute(alt ?? '')}">${words}</figure>`
}

/** A picture of a page builder, by its number or its address. */
function imageOf({ image, source, src, alt }: Record<string, string>, files: Attachments): string | null {
  const file = files.byId(image ?? '')
  const url = src ?? (source && isWebAddress(source) ? source : file?.url)
  if (url === undefined || !isWebAddress(url)) return null
  return `\n\n${figureOf({ url, alt: alt ?? file?.alt ?? null, caption: file?.caption ?? null })}\n\n`
}

/** What shows, of an id alone, where it is that people see it. */
const placesOfIds: Record<string, [before: string, id: RegExp]> = {
  youtube: ['https://www.youtube.com/watch?v=', /^[\w-]{11}$/],
  vimeo: ['https://vimeo.com/', /^\d{4,15}$/],
  dailymotion: ['https://www.dailymotion.com/video/', /^\w{5,12}$/],
  ted: ['https://www.ted.com/talks/', /^\w+$/],
  tweet: ['https://x.com/i/status/', /^\d{5,25}$/],
  twitter: ['https://x.com/i/status/', /^\d{5,25}$/],
  gist: ['https://gist.github.com/', /^[\da-f]{5,40}$/],
}

/** `[youtube https://…]`, `[youtube=https://…&w=640]`, `[vimeo 123]`, `[gist id="…"]`, `[tweet https://…]` */
function addressOfEmbed(
  name: string,
  attributes: Record<string, string>,
  content: string | null,
): string | null {
  const words = [
    attributes.url,
    attributes.src,
    attributes.id,
    attributes.tweet,
    ...Object.values(attributes),
    content?.trim(),
  ]
    .filter(value => value !== undefined && value !== null)
    .map(value => value.replace(/^=/, '').replaceAll('&#038;', '&').replaceAll('&amp;', '&'))
  const address = words.find(isWebAddress)
  // What SoundCloud's interface for programs answers is no page: its player is.
  if (address?.startsWith('https://api.soundcloud.com/'))
    return `https://w.soundcloud.com/player/?url=${encodeURIComponent(address)}`
  if (address !== undefined) {
    const of = /^(https?:\/\/(?:www\.)?youtube\.com\/watch\?)\S*?\b(v=[\w-]+)/.exec(address)
    return of ? `${of[1]}${of[2]}` : address
  }
  const [before, id] = ownValue(placesOfIds, name) ?? []
  const found = words.find(word => id?.test(word))
  return before !== undefined && found !== undefined ? before + found : null
}

const embedOf = (url: string | null) => (url && isWebAddress(url) ? linkTo(url) : null)

/** In a paragraph of its own. */
const linkTo = (url: string) => {
  const address = escapeHtmlAttribute(url.replaceAll('&amp;', '&'))
  return `\n\n<p><a href="${address}">${address}</a></p>\n\n`
}

const isWebAddress = (text: string) => /^https?:\/\/[^\s<>"]+$/.test(text)

/** A line that is nothing but an address, and a block that names one, are films and the like where WordPress shows them. */
export function embedsAsLinks(content: string): string {
  return content
    .replace(/<!-- wp:(?:core-)?embed(?:\/[\w-]+)? (\{.*?\}) \/-->/g, (whole, json: string) => {
      const url = /"url":"((?:[^"\\]|\\.)*)"/
        .exec(json)?.[1]
        ?.replace(/\\u0026/g, '&')
        .replaceAll('\\/', '/')
      return embedOf(url ?? null) ?? whole
    })
    .replace(/^[ \t]*(?:<p>)?(https?:\/\/[^\s<>"]+)(?:<\/p>)?[ \t]*\r?$/gm, (_, url: string) => linkTo(url))
}

/** Blocks that WordPress fills in when it shows a page: what they would show is in no export. */
export function dynamicBlocks(content: string): string[] {
  const found = [...content.matchAll(/<!-- wp:([a-z][\w/-]*)(?: \{.*?\})? \/-->/g)]
  const still = /^(?:more|nextpage|spacer|separator)$/
  return [...new Set(found.map(([, name = '']) => name))].filter(name => !still.test(name))
}

/** Shortcodes that WordPress itself runs without a closing one. */
const single = new Set(`${own}|${widespread}`.split('|'))

/** Shortcodes that still stand in a text: those that are closed, and WordPress's own. Words in brackets are none. */
export function shortcodesIn(content: string): string[] {
  const closed = new Set(
    [...content.matchAll(/\[\/([a-z][\w-]*)\]/gi)].map(([, name = '']) => name.toLowerCase()),
  )
  // `[[gallery]]` is how a text speaks of a shortcode.
  const found = [...content.matchAll(/(?<!\[)\[([a-z][\w-]*)(?:\s[^\][]*)?\]/gi)].filter(([, name = '']) =>
    [closed, single].some(names => names.has(name.toLowerCase())),
  )
  return [...new Set(found.map(([code]) => code))]
}
