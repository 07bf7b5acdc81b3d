import { speaksOfEncryption, speaksOfSecrecy } from '../../html/members-only.ts'
import type { PresetMarkup } from '../../model/preset.ts'
import { beforeFirst } from '../../text/before-first.ts'
import { escapeHtmlAttribute, escapeHtmlText } from '../../text/escape.ts'
import { markedFormula } from '../../text/formulae.ts'
import { itemAt } from '../../text/item-at.ts'
import { ownValue } from '../../text/own-value.ts'
import { articleMark, inLanguage, inLanguageMark, unknownMark } from '../preset-links.ts'
import { hexoTags, quoteOf } from './hexo-tags.ts'
import { hugoValueOf, mayHideInner } from './hugo-shortcodes.ts'
import { withoutRawHtml } from './raw-html.ts'
import { inlineMarkdown, shownEmbed, shownInclude, shownPicture } from './shown-embeds.ts'
import { controlTags, pairsOf, type TemplateTag, tagsIn } from './template-tags.ts'
import { evaluate, holds, shown, type TemplateScope, unknown } from './template-values.ts'

/** A tag of another system that stands in an article, for the report. */
export interface ForeignTag {
  /** As a person would search for it: `{% include`, `{{< figure`, `{: …}`. */
  name: string
  fate: 'kept' | 'left out' | 'replaced'
  /** Whether it would have shown something that nobody knows here. */
  lost: boolean
  line: number
  count: number
}

/** What tags may name. */
export interface TemplateContext extends PresetMarkup {
  /** The article's own front matter. */
  page: Record<string, unknown>
  /** The path that the publication lies below, without a slash at its end. */
  base: string
}

/** Files that take in files that take in files. */
const deepest = 6
/** UTF-16 code units. What is taken in may take in more, in many places. */
const longest = 2_000_000

/**
 * Puts what tags show into their place, as far as it can be known without running anything. Of a condition that nobody
 * knows no branch stays.
 */
export class TemplateRun {
  private readonly found = new Map<string, ForeignTag>()
  private readonly context: TemplateContext
  private readonly kind: 'markdown' | 'html'
  readonly isCode: (offset: number) => boolean
  private written = 0

  /** @param isCode whether an offset of the text is in code, where tags are left alone whose system nobody knows */
  constructor(context: TemplateContext, kind: 'markdown' | 'html', isCode: (offset: number) => boolean) {
    this.context = context
    this.kind = kind
    this.isCode = isCode
  }

  get tags(): ForeignTag[] {
    return [...this.found.values()]
  }

  note(name: string, fate: ForeignTag['fate'], lost: boolean, line: () => number): void {
    const key = `${name} ${fate} ${lost}`
    const known = this.found.get(key)
    if (known) known.count++
    else this.found.set(key, { name, fate, lost, line: line(), count: 1 })
  }

  /** What is made so, where all of it is known; else null, and nothing is told of it. */
  whole(made: () => string | null): string | null {
    const before = [...this.found].map(([key, tag]) => [key, { ...tag }] as const)
    const lost = () => [...this.found.values()].reduce((sum, tag) => sum + (tag.lost ? tag.count : 0), 0)
    const lostBefore = lost()
    const text = made()
    if (lost() === lostBefore) return text
    this.found.clear()
    for (const [key, tag] of before) this.found.set(key, tag)
    return null
  }

  translate(text: string): string {
    return this.run(text, scopeOf(this.context), 0, null)
  }

  private run(text: string, scope: TemplateScope, depth: number, line: number | null): string {
    // Templates have all that their language has, texts have shortcodes only.
    const { family } = this.context
    const all = tagsIn(text, depth > 0 && family === 'tera' ? 'liquid' : family)
    const inCode = family !== null && family !== 'hexo' && family !== 'vue'
    const tags = depth > 0 || inCode ? all : all.filter(({ start }) => !this.isCode(start))
    const pass = new Pass(text, tags, scope, depth, line, this)
    return pass.between(0, text.length, 0, tags.length)
  }

  /** The text of a file that a tag takes in; null where there is none, or too much of it. */
  include(name: string, scope: TemplateScope, depth: number, line: number): string | null {
    const template = ownValue(this.context.includes, name.replace(/^\.?\//, ''))
    if (template === undefined || depth >= deepest || this.written > longest) return null
    const text = this.run(template, scope, depth + 1, line)
    this.written += text.length
    const isHtml = /^\s*</.test(text)
    const parts = text.split(markdownMark)
    if (parts.length === 1) return isHtml ? flat(text) : text
    // In kramdown's HTML only what says so is Markdown, whatever blank lines are around it.
    const marked = (part: string) =>
      this.context.family === 'liquid' ? `<div markdown="block">\n\n${part}\n\n</div>` : part
    return parts
      .map((part, index) =>
        index % 2 === 1 && isHtml ? marked(part.trim()) : (isHtml ? flat(part) : part).trim(),
      )
      .join('\n\n')
  }

  /** A file of those that tags take in, as it is. */
  file(name: string): string | null {
    return ownValue(this.context.includes, name) ?? null
  }

  get family(): PresetMarkup['family'] {
    return this.context.family
  }

  get isMarkdown(): boolean {
    return this.kind === 'markdown'
  }

  get omitsRawHtml(): boolean {
    return this.isMarkdown && this.context.omitsRawHtml === true
  }

  shortcode(tag: TemplateTag, inner: string | null): string | null {
    return hugoValueOf(tag, inner, this.context)
  }

  mayHideInner(tag: TemplateTag): boolean {
    return mayHideInner(tag, this.context)
  }
}

/** HTML that stands in Markdown: neither blank lines nor indents, which would make text and code of it. */
const flat = (html: string) => html.replace(/^[ \t]+/gm, '').replace(/\n{2,}/g, '\n')

/** Stands around what a template shows as Markdown, until the HTML around it is put into the article: blank lines make Markdown of it there. */
const markdownMark = '\u{F0001}'
const asMarkdown = /\|\s*markdown(?:ify)?\b(?<inline>\s*\(\s*inline\s*=\s*true\s*\))?/

/** One text on its way. */
class Pass {
  private readonly text: string
  private readonly tags: TemplateTag[]
  private readonly pairs: Map<number, number>
  private readonly scope: TemplateScope
  private readonly depth: number
  private readonly line: number | null
  private readonly run: TemplateRun

  constructor(
    text: string,
    tags: TemplateTag[],
    scope: TemplateScope,
    depth: number,
    line: number | null,
    run: TemplateRun,
  ) {
    this.text = text
    this.tags = tags
    this.pairs = pairsOf(tags)
    this.scope = scope
    this.depth = depth
    this.line = line
    this.run = run
  }

  /** What a part of the text shows, with the tags in it from one index up to another. */
  between(start: number, end: number, from: number, to: number): string {
    let out = ''
    let at = start
    for (let index = from; index < to; index++) {
      const tag = itemAt(this.tags, index)
      if (tag.start < at) continue
      const before = this.text.slice(at, tag.start)
      out += tag.trims.before ? before.trimEnd() : before
      const partner = this.pairs.get(index)
      const isPair = partner !== undefined && partner > index && partner < to
      const pair = isPair ? { index, closing: partner, close: itemAt(this.tags, partner) } : null
      const result = this.one(tag, pair)
      const last = pair && result.spans ? pair.close : tag
      out += result.by + lineEnds(this.text.slice(tag.start, last.end), result.by)
      at = last.end
      if (pair && result.spans) index = pair.closing
      if (last.trims.behind) at += spaceAt(this.text, at)
    }
    const rest = this.text.slice(at, end)
    const next = this.tags[to]
    return out + (next?.trims.before && next.start === end ? rest.trimEnd() : rest)
  }

  /** @param pair a tag's place among the tags, and the one that closes it; null where it stands alone */
  private one(
    tag: TemplateTag,
    pair: { index: number; closing: number; close: TemplateTag } | null,
  ): { by: string; spans: boolean } {
    const whole = (by: string) => ({ by, spans: true })
    if (tag.escaped) return this.said(tag, 'replaced', this.unescaped(tag))
    if (pair) {
      const { index, closing, close } = pair
      const inner = () => this.between(tag.end, close.start, index + 1, closing)
      if (tag.name === 'raw') return this.said(tag, 'left out', this.text.slice(tag.end, close.start), true)
      if (tag.name === 'comment') return this.said(tag, 'left out', '', true)
      if (tag.name === 'highlight') {
        this.note(tag, 'replaced')
        const isFilled = this.run.family === 'liquid' || this.run.family === 'eleventy'
        const code = isFilled ? inner() : this.text.slice(tag.end, close.start)
        return whole(this.codeBlock(tag.words[0] ?? '', code))
      }
      // What is shown first is made unreadable by another program: the template does not tell.
      if (speaksOfEncryption(tag.name)) return whole(this.leftOut(tag, true))
      const own = this.hexoBlock(tag, this.text.slice(tag.end, close.start), inner)
      if (own !== null) return this.said(tag, 'replaced', own, true)
      if (tag.opening === '{%' && !tag.call && blocks.has(tag.name))
        return whole(this.block(tag, index, closing))
      if (tag.name === 'capture') {
        this.assign(tag.words[0] ?? '', inner())
        return this.said(tag, 'left out', '', true)
      }
      const filled = tag.call ? this.call(tag, inner()) : null
      if (filled !== null) return this.said(tag, 'replaced', filled, true)
      const filledIn = inner()
      const value = this.shortcode(tag, filledIn)
      if (value !== null) return this.said(tag, 'replaced', value, true)
      // A template is run before it is a formula: what it takes out is in none.
      const isRun = tag.opening === '{%' && /\{%/.test(this.text.slice(tag.end, close.start))
      const formula = this.formula(tag, close, isRun ? filledIn : this.text.slice(tag.end, close.start))
      if (formula !== null) return this.said(tag, 'replaced', formula, true)
      const isSecret = !controlTags.has(tag.name) && speaksOfSecrecy(tag.name)
      if (isSecret || this.run.mayHideInner(tag)) return whole(this.leftOut(tag, true))
      return { by: this.leftOut(tag, !controlTags.has(tag.name)), spans: false }
    }
    return { by: this.single(tag), spans: false }
  }

  /** What Hexo's pairs of tags show, which Octopress had before it. https://hexo.io/docs/tag-plugins */
  private hexoBlock(tag: TemplateTag, written: string, inner: () => string): string | null {
    const { family } = this.run
    if (tag.opening !== '{%' || (family !== null && family !== 'hexo' && family !== 'liquid')) return null
    if (tag.name === 'codeblock' || tag.name === 'code') return this.codeBlock(tag.named.lang ?? '', written)
    if (tag.name !== 'blockquote' && tag.name !== 'quote') return null
    const isAlone = this.text.slice(0, tag.start).endsWith('\n') || tag.start === 0
    return this.run.isMarkdown && isAlone ? quoteOf(tag, inner()) : null
  }

  /** What stands between the tags of a formula is TeX, and no Markdown. */
  private formula(tag: TemplateTag, close: TemplateTag, written: string): string | null {
    if (!formulaTags.has(tag.name) || written.trim() === '') return null
    const isAlone =
      /(?:^|\n)[^\S\n]*$/.test(this.text.slice(Math.max(0, tag.start - 100), tag.start)) &&
      /^[^\S\n]*(?:\n|$)/.test(this.text.slice(close.end, close.end + 100))
    const isDisplay = displayed.test(tag.inside) || /\n|^\\begin\{/.test(written.trim())
    return markedFormula(written, isDisplay && isAlone)
  }

  /** `{% include_code [title] [lang:language] [from:line] [to:line] path %}`: a file below the folder of such files. */
  private includedCode(tag: TemplateTag): string | null {
    const { lang, from = '1', to = '' } = tag.named
    const path = tag.words.at(-1) ?? ''
    const file = this.run.file(path)
    if (file === null || tag.opening !== '{%' || tag.name !== 'include_code') return null
    const lines = file
      .trimEnd()
      .split('\n')
      .slice(Number(from) - 1, to === '' ? undefined : Number(to))
    return this.codeBlock(lang ?? /\.(\w+)$/.exec(path)?.[1] ?? '', `\n${lines.join('\n')}\n`)
  }

  /** A tag that stands alone. */
  private single(tag: TemplateTag): string {
    const { name, opening } = tag
    if (tag.closes !== null) return this.leftOut(tag, false)
    // Liquid's remark in one tag: `{% # for whoever edits %}`.
    if (opening === '{%' && tag.inside.startsWith('#')) return this.leftOut(tag, false)
    if (opening === '{{' && !/^\w+\s*\(/.test(tag.inside)) return this.output(tag)
    const filled = this.run.family === 'tera' && this.depth === 0 ? this.call(tag, null) : null
    if (filled !== null) return filled
    const value =
      (opening === '{%' ? ownValue(hexoTags, name)?.(tag) : null) ??
      this.includedCode(tag) ??
      this.link(tag) ??
      shownEmbed(tag) ??
      formulaOf(tag) ??
      (opening === '{{' || opening === '{%' ? null : this.shortcode(tag, null)) ??
      shownPicture(tag)
    if (value !== null) {
      this.note(tag, 'replaced')
      return value
    }
    if (opening === '{%' && (name === 'assign' || name === 'set')) return this.assignment(tag)
    if (opening === '{%' && /^include(?:_relative|_cached)?$|^render$/.test(name)) return this.include(tag)
    if (blocks.has(name) || controlTags.has(name) || name === 'toc')
      return this.leftOut(tag, blocks.has(name))
    return this.run.family === null ? this.kept(tag) : this.leftOut(tag, true)
  }

  private output(tag: TemplateTag): string {
    // The address of the site before a path: the path from its root leads to the same place.
    const next = this.text.charAt(tag.end)
    if (siteAddress.test(tag.inside) && !/[\s).,;]|^$/.test(next)) {
      this.note(tag, 'replaced')
      return next === '/' && siteBase.test(tag.inside) ? this.scope.base : ''
    }
    const value = evaluate(tag.inside, this.scope)
    const text = value === unknown ? unknown : shown(value)
    if (text === unknown) return this.run.family === null ? this.kept(tag) : this.leftOut(tag, true)
    this.note(tag, 'replaced')
    const rendered = this.depth > 0 && this.run.isMarkdown ? asMarkdown.exec(tag.inside) : null
    if (rendered === null || text === '') return text
    return rendered.groups?.inline ? inlineMarkdown(text) : markdownMark + text + markdownMark
  }

  /** Links between files: the link's resolver knows what lies in the folder. */
  private link(tag: TemplateTag): string | null {
    const given = tag.named.path ?? tag.words[0] ?? ''
    const to = (path: string) => this.addressOf(tag, path.trim().replaceAll(' ', '%20'))
    if (tag.name === 'ref' || tag.name === 'relref') {
      const { lang = '' } = tag.named
      return given === '' ? null : to(/^[\w-]+$/.test(lang) ? `${inLanguageMark(lang)}${given}` : given)
    }
    if (tag.opening !== '{%') return null
    if (tag.name === 'link') return to(`/${tag.inside.replace(/^link\s+/, '').replace(/^\/+/, '')}`)
    if (tag.name !== 'post_url') return null
    const post = tag.inside
      .replace(/^post_url\s+/, '')
      .trim()
      .replace(/^\/+/, '')
    return to(`**/_posts/${post}`)
  }

  /** The address of an article; among words, where a tag shows it as it is, a link to it. */
  private addressOf(tag: TemplateTag, path: string): string {
    const before = this.text.slice(Math.max(0, tag.start - 40), tag.start)
    const isWord = /(?:^|\s)$/.test(before) && !/(?:\]\(<?|\]:|=["']?)\s*$/.test(before)
    if (!isWord) return articleMark + path
    const words = escapeHtmlText(path.replace(inLanguage, ''))
    if (this.depth === 0 && this.run.isCode(tag.start)) return words
    return `<a href="${escapeHtmlAttribute(articleMark + path)}">${words}</a>`
  }

  private include(tag: TemplateTag): string {
    const written = /^[\w]+\s+(?:"([^"]+)"|'([^']+)'|(\S+))/.exec(tag.inside)
    const name = written?.[1] ?? written?.[2] ?? written?.[3] ?? ''
    const values = Object.fromEntries(
      Object.entries(tag.written).map(([key, value]) => [key, evaluate(value, this.scope)]),
    )
    const included = new Map(this.scope.values).set('include', values)
    const text =
      this.run.include(name, { ...this.scope, values: included }, this.depth, this.lineOf(tag)) ??
      shownInclude(name, values)
    if (text === null) return this.run.family === null ? this.kept(tag) : this.leftOut(tag, true)
    this.note(tag, 'replaced')
    return text
  }

  /** A shortcode of Zola's: its template, filled with its arguments and with what stands inside. */
  private call(tag: TemplateTag, body: string | null): string | null {
    const values = Object.entries(tag.written).map(
      ([key, value]) => [key, evaluate(value, this.scope)] as const,
    )
    const filled = new Map([...this.scope.values, ...values, ['body', body ?? undefined] as const])
    const include = () =>
      this.run.include(tag.name, { ...this.scope, values: filled }, this.depth, this.lineOf(tag))
    // Of a picture that its template would show in a way that nobody knows here, the picture and its words stay.
    const picture = body === null ? shownPicture(tag) : null
    const text = picture === null ? include() : (this.run.whole(include) ?? picture)
    if (text !== null) this.note(tag, 'replaced')
    return text
  }

  private assignment(tag: TemplateTag): string {
    const [, name = '', value = ''] = /^(?:assign|set)\s+([\w-]+)\s*=\s*(.*)$/s.exec(tag.inside) ?? []
    this.assign(name, evaluate(value, this.scope))
    return this.leftOut(tag, false)
  }

  private assign(name: string, value: unknown): void {
    ;(this.scope.values as Map<string, unknown>).set(name, value)
  }

  /** Of `if`, `unless` and `case` the branch that holds; of those that nobody knows, and of loops, nothing. */
  private block(tag: TemplateTag, index: number, closing: number): string {
    const clauses = this.clausesOf(index, closing)
    for (const { condition, start, end, from, to } of clauses) {
      const value = condition()
      if (value === false) continue
      if (value === unknown) break
      this.note(tag, 'replaced')
      return this.between(start, end, from, to)
    }
    const none = clauses.every(({ condition }) => condition() === false)
    return this.leftOut(tag, !none)
  }

  private clausesOf(index: number, closing: number) {
    const tag = itemAt(this.tags, index)
    const marks = [index]
    for (let at = index + 1; at < closing; at++) {
      const inner = itemAt(this.tags, at)
      if (inner.opening === '{%' && clauseTags.has(inner.name)) marks.push(at)
      else if (blocks.has(inner.name)) at = this.pairs.get(at) ?? at
    }
    const parts = marks.map((at, place) => {
      const next = marks[place + 1] ?? closing
      const clause = itemAt(this.tags, at)
      return {
        condition: () => this.condition(tag, clause),
        start: clause.end + (clause.trims.behind ? spaceAt(this.text, clause.end) : 0),
        end: itemAt(this.tags, next).start,
        from: at + 1,
        to: next,
      }
    })
    return tag.name === 'case' ? parts.slice(1) : parts
  }

  private condition(block: TemplateTag, clause: TemplateTag): boolean | typeof unknown {
    if (clause.name === 'else') return true
    const written = clause.inside.replace(/^\w+\s*/, '')
    if (block.name === 'for' || block.name === 'tablerow') return unknown
    if (block.name === 'case') {
      const value = evaluate(block.inside.replace(/^case\s+/, ''), this.scope)
      const options = written.split(/,|\bor\b/).map(option => evaluate(option, this.scope))
      if (value === unknown || options.includes(unknown)) return unknown
      return options.includes(value)
    }
    const held = holds(written, this.scope)
    return clause.name === 'unless' && held !== unknown ? !held : held
  }

  /** `{% highlight ruby %}` to its end: a block of code in whichever language the file is written. */
  private codeBlock(written: string, inside: string): string {
    const language = written.replace(/[^\w+#.-]/g, '')
    const ownLines = /^[^\S\n]*\n/.test(inside) && /\n[^\S\n]*$/.test(inside)
    if (!this.run.isMarkdown || !ownLines) {
      const attribute = language ? ` class="${escapeHtmlAttribute(`language-${language}`)}"` : ''
      return `<pre><code${attribute}>${escapeHtmlText(inside)}</code></pre>`
    }
    const longest = Math.max(5, ...[...inside.matchAll(/~+/g)].map(([run]) => run.length))
    const fence = '~'.repeat(longest + 1)
    return `${fence}${language}${inside}${fence}`
  }

  private unescaped(tag: TemplateTag): string {
    const plain = this.text
      .slice(tag.start, tag.end)
      .replace('/*', '')
      .replace(/\*\/(?=[^*]*$)/, '')
    return this.run.isMarkdown && this.run.isCode(tag.start) ? plain : plain.replace('<', '&lt;')
  }

  private said(tag: TemplateTag, fate: ForeignTag['fate'], by: string, spans = false) {
    this.note(tag, fate)
    return { by, spans }
  }

  /** `{{% x %}}` puts Markdown there, of which Goldmark shows no HTML. */
  private shortcode(tag: TemplateTag, inner: string | null): string | null {
    const value = this.run.shortcode(tag, inner)
    if (value === null || tag.opening !== '{{%' || !this.run.omitsRawHtml) return value
    const { text, left } = withoutRawHtml(value)
    for (const part of left)
      this.run.note(`${part.text} of ${tag.label}`, 'left out', false, () => this.lineOf(tag))
    return text
  }

  private note(tag: TemplateTag, fate: ForeignTag['fate'], lost = false): void {
    this.run.note(tag.label, fate, lost, () => this.lineOf(tag))
  }

  private leftOut(tag: TemplateTag, lost: boolean): string {
    this.note(tag, 'left out', lost)
    return lost && inAddress.test(this.text.slice(Math.max(0, tag.start - 1_000), tag.start))
      ? unknownMark
      : ''
  }

  private kept(tag: TemplateTag): string {
    this.note(tag, 'kept', true)
    return this.text.slice(tag.start, tag.end)
  }

  private lineOf(tag: TemplateTag): number {
    return this.line ?? newlines(this.text.slice(0, tag.start)) + 1
  }
}

/** The end of a text that stands in an address: of a link or picture in Markdown, of a definition, or in HTML. */
const inAddress =
  /(?:\]\(\s*<?|^ {0,3}\[[^\]\n]+\]:[ \t]*<?|\b(?:href|src|poster)\s*=\s*["']?)(?:[^\s()<>"'{}]|\{\{[^{}]*\}\}|\{%[^%]*%\})*$/m

/** Tags of themes and plugins for formulae in TeX. */
const formulaTags = new Set(['katex', 'katexmm', 'math', 'mathjax', 'latex', 'tex'])
const displayed = /\b(?:display|block)(?:Mode)?\b(?!["']?\s*[:=]\s*["']?false)/i

/** `{{ katex(body="x^2") }}`, `{{< katex "x^2" >}}` */
function formulaOf({ name, closes, named, words }: TemplateTag): string | null {
  const tex =
    formulaTags.has(name) && closes === null
      ? (named.body ?? named.tex ?? words.find(word => !displayed.test(word)))
      : undefined
  return tex ? markedFormula(tex, false) : null
}

const blocks = new Set(['if', 'unless', 'case', 'for', 'tablerow'])
const clauseTags = new Set(['else', 'elsif', 'elif', 'elseif', 'when'])
const siteBase = /^site\.(?:baseurl|base_url|root)$/
const siteAddress = /^(?:site|page)\.(?:url|baseurl|base_url|root)$/

/** What a system fills in itself: its value is nobody's to guess. */
const ownNames =
  /^(?:site\.(?:posts|pages|data|time|related_posts|categories|tags|collections|static_files|html_pages|html_files|documents|github|url|baseurl)|page\.(?:url|date|content|excerpt|id|path|dir|name|next|previous|collection|relative_path|categories|tags|slug)|(?:layout|theme|paginator|jekyll|content|forloop|collections|config|current_path|lang|request|self)(?:\b|\.))/

function scopeOf({ values, page, family, base, own = [] }: TemplateContext): TemplateScope {
  if (family === 'eleventy' || family === 'hexo') {
    const all = new Map<string, unknown>([...Object.entries(values), ...Object.entries(page)])
    return {
      base,
      values: all,
      isOwn: path => suppliedThere.test(path) || own.includes(beforeFirst(path, '.')),
    }
  }
  // Expressions of Vue are a program's.
  if (family === 'vue') return { base, values: new Map(), isOwn: () => true }
  const all = new Map<string, unknown>(Object.entries(values))
  if (!all.has('page')) all.set('page', page)
  // In a folder of nobody known nothing can be told of what has no value.
  return { base, values: all, isOwn: path => family === null || ownNames.test(path) }
}

/** https://www.11ty.dev/docs/data-eleventy-supplied/ */
const suppliedThere = /^(?:page|pkg|collections|eleventy|pagination|content|forloop|loop)\b/

const newlines = (text: string) => text.split('\n').length - 1

/** Lines that a tag took up and its value does not, so that those below stay where they are. */
function lineEnds(tag: string, by: string): string {
  return '\n'.repeat(Math.max(0, newlines(tag) - newlines(by)))
}

function spaceAt(text: string, at: number): number {
  const next = text.slice(at, at + 200)
  return next.length - next.trimStart().length
}
