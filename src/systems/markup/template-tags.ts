import type { PresetMarkup } from '../../model/preset.ts'

/** A template tag as it is written: `{{< figure src="a.png" >}}`. */
export interface TemplateTag {
  start: number
  end: number
  /** What people call it: `{{< figure`. */
  label: string
  opening: '{{' | '{{<' | '{{%' | '{%'
  name: string
  /** The name of the tag that this one closes; null where it closes none. */
  closes: string | null
  /** Zola's `{% quote() %}`, whose end is a bare `{% end %}`. */
  call: boolean
  /** Hugo's and Zola's way of showing a tag that is none: its inside stands in a comment's signs. */
  escaped: boolean
  /** Arguments by position, unquoted. */
  words: string[]
  /** Arguments by name, unquoted; as they are written where the value is a variable (`written`). */
  named: Record<string, string>
  /** The same with their quotes. */
  written: Record<string, string>
  /** What stands between the braces. */
  inside: string
  /** Whether white space before and behind goes. */
  trims: { before: boolean; behind: boolean }
}

/** What a bare `{% end %}` closes. */
const anyCall = '()'

/** Logic of templates. It shows nothing itself. */
export const controlTags = new Set(
  'raw endraw assign capture endcapture if elsif elseif else endif unless endunless case when endcase for endfor break continue cycle increment decrement tablerow endtablerow liquid set endset macro endmacro block endblock extends import from call endcall filter endfilter layout'.split(
    ' ',
  ),
)

/** A tag ends at its own closing braces and never reaches over the opening of another. */
const shortcode = /\{\{<(?:(?!\{\{[<%]|>\}\})[\s\S])*>\}\}|\{\{%(?:(?!\{\{[<%]|%\}\})[\s\S])*%\}\}/g
const output = String.raw`\{\{(?:[^{}]|\{(?!\{)|\}(?!\}))*\}\}`
const tag = String.raw`\{%(?:[^{}%]|%(?!\})|[{}](?!%))*%\}`
const patterns = {
  hugo: shortcode,
  // Only calls are shortcodes: https://www.getzola.org/documentation/content/shortcodes/
  tera: /\{\{(?:[^{}]|\{(?!\{)|\}(?!\}))*\}\}|\{%(?:[^{}%]|%(?!\})|[{}](?!%))*%\}/g,
  vue: new RegExp(output, 'g'),
  hexo: new RegExp(`${output}|${tag}`, 'g'),
  eleventy: new RegExp(`${output}|${tag}`, 'g'),
  liquid: new RegExp(`${output}|${tag}`, 'g'),
  any: new RegExp(`${output}|${tag}`, 'g'),
}

const zolaCall = /^\{[{%](?:\/\*)?-?\s*[\w/:]+\s*\(|^\{%-?\s*end\s*-?%\}/

/** The tags of a text, in their order. */
export function tagsIn(text: string, family: PresetMarkup['family']): TemplateTag[] {
  const tags: TemplateTag[] = []
  if (family === 'none') return tags
  for (const match of text.matchAll(patterns[family ?? 'any']))
    if (family !== 'tera' || zolaCall.test(match[0])) tags.push(readTag(match[0], match.index))
  return tags
}

const delimiters = /^(\{\{[<%]?-?|\{%-?)\s*|\s*(?:-?[>%]?\}\}|-?%\})$/g
const argument = /(?:([\w-]+)\s*[=:]\s*)?("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`[^`]*`|[^\s,()"'`|]+)/g

/** The longer ones first. */
const openings = ['{{<', '{{%', '{{', '{%'] as const

function readTag(written: string, start: number): TemplateTag {
  const opening = openings.find(mark => written.startsWith(mark)) ?? '{{'
  const inside = written.replace(delimiters, '')
  const [head = '', slash = '', name = ''] = /^(\/?)\s*([\w./*-]*)/.exec(inside) ?? []
  const words: string[] = []
  const named: Record<string, string> = {}
  const namedWritten: Record<string, string> = {}
  for (const [, key, value = ''] of inside.slice(head.length).matchAll(argument))
    if (key && !forbiddenKey.test(key)) {
      named[key.toLowerCase()] = unquote(value)
      namedWritten[key] = value
    } else if (!key) words.push(unquote(value))
  const end = /^end(\w+)$/.exec(name)
  const closes = slash ? name : opening !== '{%' ? null : name === 'end' ? anyCall : (end?.[1] ?? null)
  return {
    start,
    end: start + written.length,
    label: `${opening} ${slash}${name}`.trim(),
    opening,
    name,
    closes,
    call: opening === '{%' && /^[\w/]+\s*\(/.test(inside),
    escaped: /^\/\*[\s\S]*\*\/$/.test(inside.trim()),
    words,
    named,
    written: namedWritten,
    inside,
    trims: { before: /^\{[{%]-/.test(written), behind: /-[}%]\}$/.test(written) },
  }
}

const forbiddenKey = /^__proto__$/

const unquote = (value: string): string =>
  /^(["'`]).*\1$/s.test(value) ? value.slice(1, -1).replace(/\\(["'\\])/g, '$1') : value

/** Opening tags with the tags that close them, both ways, by index. */
export function pairsOf(tags: TemplateTag[]): Map<number, number> {
  const { closed, isCommentOpen } = pairsAmong(tags, true)
  // Where a comment lost its end to what is raw in it, what somebody took out stays out.
  return isCommentOpen ? pairsAmong(tags, false).closed : closed
}

/** @param isRawFirst whether there is anything raw in comments */
function pairsAmong(
  tags: TemplateTag[],
  isRawFirst: boolean,
): { closed: Map<number, number>; isCommentOpen: boolean } {
  const closed = new Map<number, number>()
  const open = new Map<string, number[]>()
  const lastEnd = tags.findLastIndex(({ closes }) => closes === 'raw')
  /** What stands between `{% raw %}` and the first end of it is no tag, whatever it looks like. */
  let raw: number | null = null
  for (const [index, tag] of tags.entries()) {
    if (raw !== null) {
      if (tag.closes !== 'raw') continue
      closed.set(raw, index)
      closed.set(index, raw)
      raw = null
      continue
    }
    // What is put out has no end.
    if (tag.escaped || tag.opening === '{{') continue
    if (tag.name === 'raw' && tag.opening === '{%' && !tag.call) {
      if (index < lastEnd && (isRawFirst || !open.get('comment')?.length)) raw = index
      continue
    }
    if (tag.closes === null) {
      for (const name of tag.call ? [tag.name, anyCall] : [tag.name]) {
        const indices = open.get(name) ?? []
        indices.push(index)
        open.set(name, indices)
      }
      continue
    }
    const opener = tag.closes === '' ? undefined : open.get(tag.closes)?.pop()
    if (opener === undefined) continue
    closed.set(opener, index)
    closed.set(index, opener)
  }
  return { closed, isCommentOpen: (open.get('comment')?.length ?? 0) > 0 }
}
