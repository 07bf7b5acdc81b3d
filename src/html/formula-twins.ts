import { hasWord } from './html-query.ts'
import type { HtmlElement, HtmlNode } from './html-tree.ts'
import { rawTextOf } from './plain-elements.ts'

/**
 * Programs that set formulae write each of them twice or thrice: as MathML, drawn with boxes, and as TeX. One stays: the
 * MathML where there is one.
 */
export function formulaOnce(element: HtmlElement): HtmlNode[] | null {
  const { tag, attributes } = element
  if (tag === 'span' && hasWord(element, 'class', 'katex')) return withMathAlone(element)
  if (tag === 'mjx-container') return withMathAlone(element)
  if (
    (tag === 'span' || tag === 'div') &&
    hasWord(element, 'class', 'mathjax', 'mathjax_display', 'mathjax_svg', 'mathjax_chtml')
  )
    return withMathAlone(element)
  if (hasWord(element, 'class', 'mathjax_preview')) return []
  if (tag === 'script' && /^math\/(?:tex|mml)\b/i.test(attributes.get('type') ?? '')) return null
  return null
}

function withMathAlone(element: HtmlElement): HtmlNode[] | null {
  const math = findMath(element)
  return math ? [math] : null
}

function findMath(element: HtmlElement): HtmlElement | null {
  for (const child of element.children) {
    if (typeof child === 'string') continue
    if (child.tag === 'math') return child
    const found = findMath(child)
    if (found) return found
  }
  return null
}

/** A formula as kramdown and MathJax 2 write it: TeX in a script that no page runs. Null for any other script. */
export function formulaOfScript(element: HtmlElement, before: HtmlNode | undefined): string | null {
  const type = element.attributes.get('type') ?? ''
  if (element.tag !== 'script' || !/^math\/tex\b/i.test(type)) return null
  // Set already: what stands before it is the same formula.
  if (
    before &&
    typeof before !== 'string' &&
    hasWord(before, 'class', 'mathjax', 'mathjax_display', 'mathjax_svg', 'mathjax_chtml', 'mjx-chtml')
  )
    return ''
  const tex = rawTextOf(element.children)
    .replace(/^\s*%?\s*<!\[CDATA\[|%?\s*\]\]>\s*$/g, '')
    .trim()
  return /mode\s*=\s*display/i.test(type) ? `\\[${tex}\\]` : `\\(${tex}\\)`
}
