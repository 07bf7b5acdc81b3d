import { escapeHtmlAttribute, escapeHtmlText } from '../../text/escape.ts'
import { hexoTags } from './hexo-tags.ts'

/** A template tag as it is written: `{{< figure src="a.png" >}}`. */
export interface TemplateTag {
  start: number
  end: number
  /** What people call it: `{{< figure`. */
  label: string
  name: string
  /** The name of the tag that this one closes; null where it closes none. */
  closes: string | null
  /** Zola's `{% quote() %}`, whose end is a bare `{% end %}`. */
  call: boolean
  /** Arguments by position, unquoted. */
  words: string[]
  /** Arguments by name, unquoted. */
  named: Record<string, string>
  /** What stands between the braces. */
  inside: string
}

/** What a bare `{% end %}` closes. */
export const anyCall = '()'

/** Logic of templates. It shows nothing itself. */
export const controlTags = new Set(
  'raw endraw assign capture endcapture if elsif elseif else endif unless endunless case when endcase for endfor break continue cycle increment decrement tablerow endtablerow liquid set endset macro endmacro block endblock extends import from call endcall filter endfilter layout'.split(
    ' ',
  ),
)

const delimiters = /^(\{\{[<%]?-?|\{%-?)\s*|\s*(?:-?[>%]?\}\}|-?%\})$/g
const argument = /(?:([\w-]+)\s*[=:]\s*)?("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`[^`]*`|[^\s,()"'`|]+)/g

export function readTag(written: string, start: number): TemplateTag {
  const opening = /^\{\{[<%]?|^\{%/.exec(written)![0]
  const inside = written.replace(delimiters, '')
  const [head = '', slash = '', name = ''] = /^(\/?)\s*([\w./*-]*)/.exec(inside) ?? []
  const words: string[] = []
  const named: Record<string, string> = {}
  for (const [, key, value = ''] of inside.slice(head.length).matchAll(argument))
    if (key) named[key.toLowerCase()] = unquote(value)
    else words.push(unquote(value))
  const end = /^end(\w+)$/.exec(name)
  const closes = slash ? name : opening !== '{%' ? null : name === 'end' ? anyCall : (end?.[1] ?? null)
  const call = opening === '{%' && /^[\w/]+\s*\(/.test(inside)
  return {
    start,
    end: start + written.length,
    label: `${opening} ${slash}${name}`.trim(),
    name,
    closes,
    call,
    words,
    named,
    inside,
  }
}

const unquote = (value: string) =>
  /^(["'`]).*\1$/s.test(value) ? value.slice(1, -1).replace(/\\(["'\\])/g, '$1') : value

type Embed = (tag: TemplateTag) => string | null

const idOf = (tag: TemplateTag) => tag.named.id ?? tag.words[0] ?? ''
const embedUrl =
  (before: string, id: RegExp): Embed =>
  tag => {
    const given = idOf(tag)
    return id.test(given) ? link(before + given) : null
  }

/** Shortcodes that every system has: what they would show, as a link or a figure. */
const embeds: Record<string, Embed> = {
  youtube: embedUrl('https://www.youtube.com/watch?v=', /^[\w-]{6,20}$/),
  vimeo: embedUrl('https://vimeo.com/', /^\d{4,15}$/),
  gist: ({ words }) =>
    words.length >= 1 && words.slice(0, 2).every(word => /^[\w/.-]+$/.test(word))
      ? link(`https://gist.github.com/${words.slice(0, 2).join('/')}`)
      : null,
  tweet: ({ named, words }) => {
    const id = named.id ?? words[0] ?? ''
    if (!/^\d{5,25}$/.test(id)) return null
    return link(`https://twitter.com/${/^\w+$/.test(named.user ?? '') ? named.user : 'i'}/status/${id}`)
  },
  figure: figureOf,
  img: figureOf,
}
embeds.x = embeds.tweet!
embeds.twitter = embeds.tweet!

/** What may stand in a tag's place without running it; null where nothing may. */
export function replacementOf(tag: TemplateTag): string | null {
  const { name, inside, words, label } = tag
  if (label.startsWith('{{ ') || label === '{{') return outputOf(inside, tag)
  // Links between files: the link's resolver knows what lies in the folder.
  if (name === 'link' && label.startsWith('{%')) return `/${(words[0] ?? '').replace(/^\/+/, '')}`
  if (Object.hasOwn(hexoTags, name) && label.startsWith('{%')) return hexoTags[name]!(tag)
  if (name === 'post_url') return `/_posts/${(words[0] ?? '').replace(/^\/+/, '')}.md`
  if (name === 'ref' || name === 'relref') return words[0] ?? null
  return Object.hasOwn(embeds, name) && tag.closes === null ? embeds[name]!(tag) : null
}

const siteAddress = /^(?:site|page)\.(?:url|baseurl|base_url|root)$/
const addressFilter =
  /^(["'])([^"'\n]*)\1\s*\|\s*(?:relative_url|absolute_url|url|prepend:\s*site\.(?:baseurl|url)|prefixWithBase|htmlBaseUrl)\b/

function outputOf(inside: string, tag: TemplateTag): string | null {
  // The address of the site in front of a path: the path alone leads to the same place.
  if (siteAddress.test(inside)) return ''
  const path = addressFilter.exec(inside)?.[2]
  if (path !== undefined) return path
  // Zola's shortcodes are calls.
  return /^\w+\s*\(/.test(inside) && Object.hasOwn(embeds, tag.name) ? embeds[tag.name]!(tag) : null
}

function link(url: string): string {
  return `<a href="${escapeHtmlAttribute(url)}">${escapeHtmlText(url)}</a>`
}

function figureOf({ named, words }: TemplateTag): string | null {
  const source = named.src ?? named.source ?? words[0]
  if (!source) return null
  const image = `<img src="${escapeHtmlAttribute(source)}" alt="${escapeHtmlAttribute(named.alt ?? named.caption ?? '')}">`
  const linked = named.link ? `<a href="${escapeHtmlAttribute(named.link)}">${image}</a>` : image
  const caption = [named.title, named.caption, named.attr]
    .filter(Boolean)
    .map(text => escapeHtmlText(text!))
    .join(' ')
  return `<figure>${linked}${caption ? `<figcaption>${caption}</figcaption>` : ''}</figure>`
}
