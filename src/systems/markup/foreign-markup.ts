import { escapeHtmlAttribute, escapeHtmlText } from '../../text/escape.ts'
import { formulaRanges } from '../../text/formulae.ts'
import { codeRanges, rangeTest } from './markdown-code-ranges.ts'
import { anyCall, controlTags, readTag, replacementOf, type TemplateTag } from './template-tags.ts'

/** A tag of another system that stands in an article, for the report. */
export interface ForeignTag {
  /** As a person would search for it: `{% include`, `{{< figure`, `{: …}`. */
  name: string
  fate: 'kept' | 'left out' | 'replaced'
  line: number
  count: number
}

export interface TranslatedMarkup {
  text: string
  tags: ForeignTag[]
}

/** Nearly every article has none of it. */
const anyForeign = /\{[%{:]|[)\]`*_]\{[.#\w]/

/** `{{ … }}`, `{{< … >}}`, `{% … %}`: a tag ends at its own closing braces and never reaches over the opening of another. */
const tagPattern = /\{\{(?:[^{}]|\{(?!\{)|\}(?!\}))*\}\}|\{%(?:[^{}%]|%(?!\})|[{}](?!%))*%\}/g
/** Kramdown's and Pandoc's attribute lists: on a line of their own, or right behind what they describe. */
const attributeLine = /^[ \t]*\{:[^{}\n]*\}[ \t]*$/gm
const attributeList = /(?<=[)\]`*_>])\{(?::[^{}\n]*|[.#][\w-][^{}\n]*|[\w-]+=[^{}\n]*)\}/g
const tableOfContents = /^[ \t]*[*+-][ \t]+\S[^\n]*\n(?=[ \t]*\{:[ \t]*toc\b[^{}\n]*\}[ \t]*$)/gim

/**
 * Takes the template tags of other systems (Liquid, Hugo's and Zola's shortcodes, Kramdown's attributes) for what they are. They are never run.
 * Code blocks become code blocks, well-known embeds links, links to files links; comments, logic and attributes are left
 * out; a pair of tags around text leaves the text; everything else stays as it stands. Code is not touched.
 * Every line of the result is the line of the same number in `text`.
 */
export function translateForeignMarkup(text: string, kind: 'markdown' | 'html'): TranslatedMarkup {
  if (!anyForeign.test(text)) return { text, tags: [] }
  return new Translator(text, kind).translate()
}

interface Edit {
  start: number
  end: number
  by: string
}

class Translator {
  private readonly text: string
  private readonly kind: 'markdown' | 'html'
  private readonly edits: Edit[] = []
  private readonly found = new Map<string, ForeignTag>()

  constructor(text: string, kind: 'markdown' | 'html') {
    this.text = text
    this.kind = kind
  }

  translate(): TranslatedMarkup {
    const inWords = rangeTest(this.kind === 'markdown' ? codeRanges(this.text) : [])
    const inFormula = rangeTest(formulaRanges(this.text, offset => !inWords(offset)))
    const inCode = (offset: number) => inWords(offset) || inFormula(offset)
    const tags: TemplateTag[] = []
    for (const match of this.text.matchAll(tagPattern))
      if (!inCode(match.index)) tags.push(readTag(match[0], match.index))
    this.editTags(tags)
    if (this.kind === 'markdown')
      for (const pattern of [tableOfContents, attributeLine, attributeList])
        for (const match of this.text.matchAll(pattern))
          if (!inCode(match.index))
            this.edit(match.index, match.index + match[0].length, '', '{: …}', 'left out')
    return { text: this.apply(), tags: [...this.found.values()] }
  }

  private editTags(tags: TemplateTag[]) {
    const closed = pairs(tags)
    for (let index = 0; index < tags.length; index++) {
      const tag = tags[index]!
      const partner = closed.get(index)
      if (partner !== undefined && partner > index && (tag.name === 'highlight' || isComment(tag))) {
        const close = tags[partner]!
        if (isComment(tag)) this.edit(tag.start, close.end, '', tag.label, 'left out')
        else this.codeBlock(tag, close)
        index = partner
        continue
      }
      const replacement = replacementOf(tag)
      if (replacement !== null) this.edit(tag.start, tag.end, replacement, tag.label, 'replaced')
      else if (partner !== undefined || controlTags.has(tag.name) || tag.name === '/*')
        this.edit(tag.start, tag.end, '', tag.label, 'left out')
      else this.note(tag.start, tag.label, 'kept')
    }
  }

  /** `{% highlight ruby %}` to its end: a block of code in whichever language the file is written. */
  private codeBlock(open: TemplateTag, close: TemplateTag) {
    const language = open.words[0]?.replace(/[^\w+#.-]/g, '') ?? ''
    const inside = this.text.slice(open.end, close.start)
    const ownLines = /^[^\S\n]*\n/.test(inside) && /\n[^\S\n]*$/.test(inside)
    if (this.kind === 'html' || !ownLines) {
      const attribute = language ? ` class="${escapeHtmlAttribute(`language-${language}`)}"` : ''
      this.edit(
        open.start,
        close.end,
        `<pre><code${attribute}>${escapeHtmlText(inside)}</code></pre>`,
        open.label,
        'replaced',
      )
      return
    }
    const longest = Math.max(5, ...[...inside.matchAll(/~+/g)].map(([run]) => run.length))
    const fence = '~'.repeat(longest + 1)
    this.edit(open.start, open.end, `${fence}${language}`, open.label, 'replaced')
    this.edit(close.start, close.end, fence, open.label, 'replaced')
  }

  private edit(start: number, end: number, by: string, name: string, fate: ForeignTag['fate']) {
    const lost = newlines(this.text.slice(start, end)) - newlines(by)
    this.edits.push({ start, end, by: by + '\n'.repeat(Math.max(0, lost)) })
    this.note(start, name, fate)
  }

  private note(at: number, name: string, fate: ForeignTag['fate']) {
    const known = this.found.get(`${name} ${fate}`)
    if (known) known.count++
    else
      this.found.set(`${name} ${fate}`, { name, fate, line: newlines(this.text.slice(0, at)) + 1, count: 1 })
  }

  private apply(): string {
    let out = ''
    let at = 0
    for (const { start, end, by } of this.edits.sort((left, right) => left.start - right.start)) {
      if (start < at) continue
      out += this.text.slice(at, start) + by
      at = end
    }
    return out + this.text.slice(at)
  }
}

/** Opening tags with the tags that close them, both ways, by index. */
function pairs(tags: TemplateTag[]): Map<number, number> {
  const closed = new Map<number, number>()
  const open = new Map<string, number[]>()
  for (const [index, tag] of tags.entries()) {
    if (tag.closes === null) {
      for (const name of tag.call ? [tag.name, anyCall] : [tag.name]) {
        if (!open.has(name)) open.set(name, [])
        open.get(name)!.push(index)
      }
      continue
    }
    const opener = tag.closes === '' ? undefined : open.get(tag.closes)?.pop()
    if (opener === undefined) continue
    closed.set(opener, index)
    closed.set(index, opener)
  }
  return closed
}

const isComment = (tag: TemplateTag) => tag.name === 'comment'
const newlines = (text: string) => text.split('\n').length - 1
