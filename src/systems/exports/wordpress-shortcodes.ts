import { escapeHtmlAttribute } from '../../text/escape.ts'

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

const known = 'caption|wp_caption|gallery|embed|audio|video|playlist'
const shortcode = new RegExp(String.raw`(?<!\[)\[(\/?)(${known})\b((?:[^\]["']|"[^"]*"|'[^']*')*)\]`, 'gi')

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
  return html + content.slice(at)
}

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

function figureOf({ url, alt, caption }: Attachment): string {
  const words = caption ? `<figcaption>${caption}</figcaption>` : ''
  return `<figure><img src="${escapeHtmlAttribute(url)}" alt="${escapeHtmlAttribute(alt ?? '')}">${words}</figure>`
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
const single = new Set(known.split('|'))

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
