import { speaksOfSecrecy } from '../../html/members-only.ts'
import { shownAs } from '../../model/formats.ts'
import { escapeHtmlAttribute, escapeHtmlText } from '../../text/escape.ts'
import { ownValue } from '../../text/own-value.ts'
import type { TemplateTag } from './template-tags.ts'

type Arguments = Pick<TemplateTag, 'named' | 'words'> & { inside?: string }
type Embed = (given: Arguments) => string | null

const idOf = ({ named, words }: Arguments) => named.id ?? words[0] ?? ''
const embedUrl =
  (before: string, id: RegExp): Embed =>
  tag => {
    const given = idOf(tag)
    return id.test(given) ? link(before + given) : null
  }

const tweet: Embed = tag => {
  const id = idOf(tag)
  if (/^https:\/\/(?:twitter|x)\.com\/\w+\/status\/\d+$/.test(id)) return link(id)
  if (!/^\d{5,25}$/.test(id)) return null
  return link(`https://twitter.com/${/^\w+$/.test(tag.named.user ?? '') ? tag.named.user : 'i'}/status/${id}`)
}

const youtube = embedUrl('https://www.youtube.com/watch?v=', /^[\w-]{6,20}$/)
const vimeo = embedUrl('https://vimeo.com/', /^\d{4,15}$/)
const instagram = embedUrl('https://www.instagram.com/p/', /^[\w-]{5,40}$/)

/** Shortcodes that every system has: what they would show, as a link or a figure. */
const embeds: Record<string, Embed> = {
  youtube,
  vimeo,
  instagram,
  gist: ({ words }) =>
    words.length >= 1 && words.slice(0, 2).every(word => /^[\w/.-]+$/.test(word))
      ? link(`https://gist.github.com/${words.slice(0, 2).join('/')}`)
      : null,
  tweet,
  x: tweet,
  twitter: tweet,
  figure: figureOf,
  img: figureOf,
}

type Component = (named: Record<string, string>) => string | null

/** What has an address or an id in one of its attributes. @param embed its tag, which knows where ids lie; null: an address alone tells */
const ofId =
  (embed: Embed | null): Component =>
  named => {
    const { id, videoId, youTubeId, vimeoId, tweetLink, videoid, url } = named
    const given = id ?? videoId ?? youTubeId ?? vimeoId ?? tweetLink ?? videoid ?? url ?? ''
    return /^https:\/\/[^\s"<>]+$/.test(given)
      ? link(given)
      : (embed?.({ named: { ...named, id: given }, words: [] }) ?? null)
  }

/** Components of MDX (astro-embed, mdx-embed, react-lite-youtube-embed, Starlight, VitePress). */
const components: Record<string, Component> = {
  YouTube: ofId(youtube),
  Youtube: ofId(youtube),
  LiteYouTube: ofId(youtube),
  LiteYouTubeEmbed: ofId(youtube),
  Vimeo: ofId(vimeo),
  Tweet: ofId(tweet),
  Instagram: ofId(instagram),
  BlueskyPost: ofId(null),
  Bluesky: ofId(null),
  Mastodon: ofId(null),
  Gist: ({ gistLink }) => (gistLink === undefined ? null : link(`https://gist.github.com/${gistLink}`)),
  Spotify: ({ spotifyLink }) =>
    spotifyLink === undefined ? null : link(`https://open.spotify.com/${spotifyLink}`),
  LinkCard: ({ href, title, description }) =>
    href === undefined || title === undefined
      ? null
      : `<a href="${escapeHtmlAttribute(href)}">${escapeHtmlText(title)}</a>${description ? `: ${escapeHtmlText(description)}` : ''}`,
  Badge: ({ text }) => (text === undefined ? null : escapeHtmlText(text)),
}

/**
 * What a well-known component of MDX shows; null where it is none, or something is missing in it.
 * @param named its attributes; those that are not plain texts are missing
 */
export const shownComponent = (name: string, named: Record<string, string>): string | null =>
  ownValue(components, name)?.(named) ?? null

/** What a well-known tag shows; null where it is none, or something is missing in it. */
export const shownEmbed = (tag: TemplateTag): string | null =>
  (tag.closes === null && ownValue(embeds, tag.name)?.(tag)) || null

function link(url: string): string {
  return `<a href="${escapeHtmlAttribute(url)}">${escapeHtmlText(url)}</a>`
}

/** Names of a site's own tags for one picture: `photo`, `image`, `lazy_img`, `illus`. */
const pictureTag =
  /(?:^|[_-])(?:image|img|photo|picture|pic|figure|fig|illus(?:tration)?|screenshot|thumb(?:nail)?)(?:$|[_-])/i
const isPicture = (address: string) => shownAs(address) === 'image'

/**
 * What a tag of the site's own shows that names one picture (`{% photo /a.jpg The harbour %}`, `{{ image(src="a.jpg") }}`); null where it
 * is none.
 */
export function shownPicture(tag: TemplateTag): string | null {
  if (tag.closes !== null || !pictureTag.test(tag.name)) return null
  const { src, source: other, path, url, file } = tag.named
  const source = src ?? other ?? path ?? url ?? file ?? tag.words.find(isPicture)
  if (source === undefined || !isPicture(source)) return null
  return figureOf(
    src === undefined && other === undefined && !tag.words.includes(source)
      ? { ...tag, named: { ...tag.named, src: source } }
      : tag,
  )
}

/** How themes call the picture that an included file of theirs shows: Minimal Mistakes, al-folio, Chirpy and others. */
const pictureKeys = ['image_path', 'path', 'src', 'url', 'image', 'img', 'file', 'source']

/**
 * What an included file of a theme shows that lies elsewhere, where its values name one picture or one film
 * (`{% include figure.liquid path="a.png" %}`, `{% include video id="…" provider="vimeo" %}`); null where it is neither.
 */
export function shownInclude(name: string, values: Readonly<Record<string, unknown>>): string | null {
  if (speaksOfSecrecy(name)) return null
  const text = (...keys: string[]) =>
    keys
      .flatMap(key => (/^(?:string|number)$/.test(typeof ownValue(values, key)) ? String(values[key]) : []))
      .find(Boolean)
  const provider = text('provider') ?? /youtube|vimeo|video/i.exec(name)?.[0]
  if (provider !== undefined) {
    const tag = provider.toLowerCase().replace('video', 'youtube')
    const id = text('id', 'youtubeId', 'video_id')
    return (id !== undefined && ownValue(embeds, tag)?.({ named: { id }, words: [] })) || null
  }
  const source = pictureKeys.map(key => text(key)).find(value => value !== undefined && isPicture(value))
  const caption = text('caption', 'description')
  const named = { src: source, alt: text('alt'), caption, title: text('title'), link: text('link') }
  const given = Object.entries(named).flatMap(([key, value]) =>
    value === undefined ? [] : [[key, value] as const],
  )
  return source === undefined ? null : figureOf({ named: Object.fromEntries(given), words: [] })
}

/** `{% img [class names] /path [width] [height] [title text [alt text]] %}`, as Octopress has it and others after it. */
export function wordsBehind(source: string, inside: string): string {
  const rest = inside.slice(inside.indexOf(source) + source.length).replace(/^["'`]/, '')
  // Eleventy's have commas: {% image "a.png", "The harbour", "100vw" %}.
  if (/^\s*,/.test(rest)) return /^\s*,\s*(["'`])(.*?)\1\s*(?:,|\)|$)/s.exec(rest)?.[2] ?? ''
  const [, title, alt] =
    /^(?:\s+(?:\d+(?:px|%)?|[^\s"']*\/\S*))*\s*(?:["'](.*?)["'](?:\s+["'](.*)["'])?\s*$)?/.exec(rest) ?? []
  return alt ?? title ?? rest.replace(/^(?:\s+(?:\d+(?:px|%)?(?=\s|$)|[^\s"']*\/\S*))*/, '').trim()
}

const figureKeys = new Set([
  'alt',
  'caption',
  'title',
  'class',
  'width',
  'height',
  'link',
  'attr',
  'attrlink',
])

/** https://gohugo.io/shortcodes/figure/. Captions may hold emphasis and links in Markdown. */
function figureOf({ named, words, inside = '' }: Arguments): string | null {
  const written = named.src ?? named.source
  const source = written ?? words.find(isPicture) ?? words[0]
  if (!source) return null
  const behind =
    written === undefined && !Object.keys(named).some(key => figureKeys.has(key))
      ? wordsBehind(source, inside)
      : ''
  const alt = named.alt ?? (plain(named.caption ?? '') || behind)
  const image = `<img src="${escapeHtmlAttribute(source)}" alt="${escapeHtmlAttribute(alt)}">`
  const linked = named.link ? `<a href="${escapeHtmlAttribute(named.link)}">${image}</a>` : image
  const credited = named.attr ?? named.credits ?? named.credit ?? named.attribution
  const credit = credited && inline(credited)
  const caption = [
    named.title && inline(named.title),
    named.caption && inline(named.caption),
    credit && named.attrlink ? `<a href="${escapeHtmlAttribute(named.attrlink)}">${credit}</a>` : credit,
  ]
    .filter(Boolean)
    .join(' ')
  return `<figure>${linked}${caption ? `<figcaption>${caption}</figcaption>` : ''}</figure>`
}

const emphasis = /(\*\*|__|\*|_)(?=\S)((?:(?!\1)[^\n])+?)\1/g
const markdownLink = /\[([^[\]]{0,500})\]\(((?:[^()\s]|\([^()\s]*\))*)\)/g

/** Captions may hold such elements as well; every other mark is a character. */
const inlineTag = /(<\/?(?:a|abbr|b|br|cite|code|em|i|kbd|q|small|strong|sub|sup)\b[^<>]*>)/i

const inline = (text: string) =>
  inlineMarkdown(
    text
      .split(inlineTag)
      .map((part, index) => (index % 2 === 0 ? escapeHtmlText(part) : part))
      .join(''),
  )

/** Links and emphasis of one line. */
export function inlineMarkdown(text: string): string {
  return text
    .replace(
      markdownLink,
      (_, words: string, address: string) => `<a href="${escapeHtmlAttribute(address)}">${words}</a>`,
    )
    .replace(emphasis, (_, mark: string, words: string) =>
      mark.length === 2 ? `<strong>${words}</strong>` : `<em>${words}</em>`,
    )
}

const plain = (text: string) =>
  text
    .split(inlineTag)
    .filter((_, index) => index % 2 === 0)
    .join(' ')
    .replace(/ {2,}/g, ' ')
    .trim()
    .replace(markdownLink, '$1')
    .replace(emphasis, '$2')
