import { escapeHtmlAttribute } from '../../text/escape.ts'
import { ownValue } from '../../text/own-value.ts'
import type { TemplateTag } from './template-tags.ts'

/** https://gohugo.io/templates/shortcode/: what a shortcode's template is given. */
interface Given {
  tag: TemplateTag
  inner: string | null
  /** `$width := .Get "width"` */
  variables: Map<string, string>
  /** False as soon as what is shown needs more than this. */
  isEnough: boolean
}

/** A template in parts: words, and what stands between braces. */
type Part = { text: string } | { action: string }

/**
 * Fills a template that puts its tag's arguments and inner text together, with conditions on them: `if`, `with`, `else`, `isset`,
 * `eq`, `default`, variables. Null where it asks for anything else in a place that is shown.
 */
export function filledTemplate(
  template: string,
  tag: TemplateTag,
  inner: string | null,
  omitsRawHtml: boolean,
): string | null {
  const parts = partsOf(template)
  const given: Given = { tag, inner, variables: new Map(), isEnough: true }
  const shown = new Filling(parts, given).all()
  if (!given.isEnough) return null
  // Empty lines and indents of the template's own would be Markdown's; where they are, HTML ends at the first of them.
  const isMarkdown = omitsRawHtml && tag.opening === '{{%'
  return shown
    .replace(/\n\s*\n/g, isMarkdown ? '\n\n' : '\n')
    .replace(/\n[ \t]+/g, '\n')
    .trim()
    .replaceAll(markdownMark, () => `\n\n${inner ?? ''}\n\n`)
    .replaceAll(innerMark, () => inner ?? '')
}

/** A comment may hold braces of its own. */
const action = /\{\{-?\s*\/\*[\s\S]*?\*\/\s*-?\}\}|\{\{-?([\s\S]*?)-?\}\}/g

function partsOf(template: string): Part[] {
  const parts: Part[] = []
  let at = 0
  for (const match of template.matchAll(action)) {
    parts.push({ text: template.slice(at, match.index) }, { action: (match[1] ?? '/**/').trim() })
    at = match.index + match[0].length
  }
  parts.push({ text: template.slice(at) })
  return parts
}

/** Whether a template shows the inner text whatever its conditions say: outside of them, or in each branch of one. */
export function showsInnerAlways(template: string): boolean {
  const actions = partsOf(template).flatMap(part => ('action' in part ? [part.action] : []))
  let at = 0
  const until = (): { isShown: boolean; ended: string | null } => {
    let isShown = false
    while (at < actions.length) {
      const action = actions[at++] ?? ''
      if (action === 'end' || /^else\b/.test(action)) return { isShown, ended: action }
      if (/^(?:if|with|range|define|block)\b/.test(action)) isShown = branches() || isShown
      else if (!comment.test(action) && /\.Inner\b/.test(action)) isShown = true
    }
    return { isShown, ended: null }
  }
  const branches = (): boolean => {
    let isEach = true
    let hasElse = false
    for (;;) {
      const { isShown, ended } = until()
      isEach &&= isShown
      if (ended === null || ended === 'end') return isEach && hasElse
      hasElse ||= ended === 'else'
    }
  }
  return until().isShown
}

/** Where the inner text stands, as Markdown and as it is. */
const markdownMark = '\u0001'
const innerMark = '\u0002'

const block = /^(if|with)\s+([\s\S]+)$/
const otherwise = /^else(?:\s+(if|with)\s+([\s\S]+))?$/
const comment = /^\/\*[\s\S]*\*\/$/

class Filling {
  private readonly parts: Part[]
  private readonly given: Given
  private at = 0

  constructor(parts: Part[], given: Given) {
    this.parts = parts
    this.given = given
  }

  all(): string {
    const { shown, ended } = this.until(true, null)
    if (ended !== null) this.given.isEnough = false
    return shown
  }

  /**
   * To the end of a branch, which is said.
   * @param isShown what is not taken may ask for anything
   * @param dot what `.` is inside of `with`
   */
  private until(isShown: boolean, dot: string | null): { shown: string; ended: string | null } {
    let shown = ''
    while (this.at < this.parts.length) {
      const part = this.parts[this.at++]
      if (part === undefined) break
      if ('text' in part) {
        shown += part.text
        continue
      }
      if (part.action === 'end' || otherwise.test(part.action)) return { shown, ended: part.action }
      const [, kind, condition] = block.exec(part.action) ?? []
      if (kind !== undefined && condition !== undefined) shown += this.branches(kind, condition, isShown, dot)
      else if (/^(?:range|define|block)\b/.test(part.action)) {
        this.given.isEnough &&= !isShown
        this.until(false, null)
      } else if (isShown) shown += valueIn(part.action, this.given, dot)
    }
    return { shown, ended: null }
  }

  private branches(first: string, condition: string, isShown: boolean, dot: string | null): string {
    let shown = ''
    let isTaken = !isShown
    let [kind, asked]: [string, string | undefined] = [first, condition]
    for (;;) {
      const value = isTaken ? '' : asked === undefined ? 'yes' : truthOf(asked, this.given, dot)
      const takes = !isTaken && value !== ''
      const { shown: inside, ended } = this.until(takes, kind === 'with' ? value : dot)
      if (takes) shown = inside
      isTaken ||= takes
      if (ended === null) this.given.isEnough = false
      if (ended === 'end' || ended === null) return shown
      const [, nextKind = 'else', next] = otherwise.exec(ended) ?? []
      kind = nextKind
      asked = next
    }
  }
}

const filter =
  /\s*\|\s*(?:safeHTML|safeURL|safeCSS|htmlUnescape|markdownify|\.Page\.RenderString|\$\.Page\.RenderString|plainify)\s*$/

/** What an action shows; it may set a variable instead. */
function valueIn(written: string, given: Given, dot: string | null): string {
  if (comment.test(written)) return ''
  const [, variable, sign, assigned] = /^(\$\w+)\s*(:?=)\s*([\s\S]+)$/.exec(written) ?? []
  if (variable !== undefined && assigned !== undefined) {
    // One of this name that is known already may be another, of the block around.
    if (sign === ':=' && given.variables.has(variable)) given.isEnough = false
    given.variables.set(variable, termOf(assigned, given, dot))
    return ''
  }
  let expression = written
  while (filter.test(expression)) expression = expression.replace(filter, '')
  const isMarkdown = /markdownify|RenderString/.test(written)
  const isInner = /^(?:\$?\.Inner|trim \$?\.Inner .*)$/.test(expression)
  if (isInner) return isMarkdown ? markdownMark : innerMark
  const value = termOf(expression, given, dot)
  return expression === written ? escapeHtmlAttribute(value) : value
}

/** Nothing where the condition does not hold; else what `with` makes of it. */
function truthOf(written: string, given: Given, dot: string | null): string {
  const condition = bare(written)
  const [, negated] = /^not\s+([\s\S]+)$/.exec(condition) ?? []
  if (negated !== undefined) return truthOf(negated, given, dot) === '' ? 'yes' : ''
  const [, quoted] = /^isset\s+\$?\.Params\s+(?:["'`]([\w-]+)["'`]|\d+)$/.exec(condition) ?? []
  if (quoted !== undefined) return Object.hasOwn(given.tag.named, quoted.toLowerCase()) ? 'yes' : ''
  const [, equals, one, other] =
    /^(eq|ne)\s+(\([^()]+\)|\S+)\s+(\([^()]+\)|["'`][^"'`]*["'`]|\S+)$/.exec(condition) ?? []
  if (equals !== undefined && one !== undefined && other !== undefined)
    return (known(termOf(one, given, dot), given) === known(termOf(other, given, dot), given)) ===
      (equals === 'eq')
      ? 'yes'
      : ''
  return known(termOf(condition, given, dot), given)
}

/** Without quotation marks `false` and `0` are no texts to Hugo, and the tag does not tell. https://gohugo.io/content-management/shortcodes/ */
function known(value: string, given: Given): string {
  if (/^(?:true|false|-?\d+(?:\.\d+)?)$/.test(value)) given.isEnough &&= value === 'true' || Number(value) > 0
  return value
}

/** An argument, the inner text, a variable or a text. */
function termOf(written: string, given: Given, dot: string | null): string {
  const term = bare(written)
  const [, piped, fallback] = /^([\s\S]+?)\s*\|\s*default\s+["'`]([^"'`]*)["'`]$/.exec(term) ?? []
  if (piped !== undefined) return termOf(piped, given, dot) || (fallback ?? '')
  const [, before, after] = /^default\s+["'`]([^"'`]*)["'`]\s+([\s\S]+)$/.exec(term) ?? []
  if (after !== undefined) return termOf(after, given, dot) || (before ?? '')
  const [, position, name] = /^\$?\.Get\s+(?:(\d+)|["'`]([\w-]+)["'`])$/.exec(term) ?? []
  if (position !== undefined) return given.tag.words[Number(position)] ?? ''
  if (name !== undefined) return ownValue(given.tag.named, name.toLowerCase()) ?? ''
  if (/^\$?\.Inner$/.test(term)) return given.inner ?? ''
  if (term === '.' && dot !== null) return dot
  const [, text] = /^["'`]([^"'`\\]*)["'`]$/.exec(term) ?? []
  const value = text ?? given.variables.get(term)
  if (value === undefined) given.isEnough = false
  return value ?? ''
}

const bare = (written: string): string => /^\(([^()]*)\)$/.exec(written.trim())?.[1]?.trim() ?? written.trim()
