import { hasWord } from './html-query.ts'
import { type HtmlElement, type HtmlNode, parseHtml } from './html-tree.ts'
import { rawTextOf } from './plain-elements.ts'

/**
 * Programs that set formulae write each of them twice or thrice: as MathML, drawn with boxes, and as TeX. One stays: the
 * MathML where there is one.
 */
export function formulaOnce(element: HtmlElement): HtmlNode[] | null {
  const { tag } = element
  if (tag === 'span' && hasWord(element, 'class', 'katex')) return withMathAlone(element)
  if (tag === 'mjx-container') return withMathAlone(element)
  if (
    (tag === 'span' || tag === 'div') &&
    hasWord(element, 'class', 'mathjax', 'mathjax_display', 'mathjax_svg', 'mathjax_chtml')
  )
    return withMathAlone(element)
  if (hasWord(element, 'class', 'mathjax_preview')) return []
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

/**
 * A formula as kramdown and MathJax 2 write it: in a script that no page runs, as TeX, as AsciiMath or as MathML. Null for any
 * other script.
 */
export function formulaOfScript(element: HtmlElement, before: HtmlNode | undefined): HtmlNode | null {
  const type = element.attributes.get('type') ?? ''
  const [, language] = /^\s*math\/(tex|asciimath|mml)\b/i.exec(type) ?? []
  if (element.tag !== 'script' || language === undefined) return null
  // Set already: what stands before it is the same formula.
  if (
    before &&
    typeof before !== 'string' &&
    hasWord(before, 'class', 'mathjax', 'mathjax_display', 'mathjax_svg', 'mathjax_chtml', 'mjx-chtml')
  )
    return ''
  const written = withoutCdata(rawTextOf(element.children).trim())
  if (/^mml$/i.test(language)) return findMath(parseHtml(written).root) ?? ''
  if (/^asciimath$/i.test(language)) return `\`${written}\``
  return /mode\s*=\s*display/i.test(type) ? `\\[${written}\\]` : `\\(${written}\\)`
}

function withoutCdata(text: string): string {
  const open = text.replace(/^%?\s*<!\[CDATA\[/, '').trimStart()
  return open.endsWith(']]>') ? open.slice(0, -3).trimEnd().replace(/%$/, '').trimEnd() : open
}

/** Pictures of formulae, of faces and of whoever wrote: they stand among words. */
export function isAmongWords(element: HtmlElement): boolean {
  return (
    hasWord(
      element,
      'class',
      'latex',
      'mwe-math-fallback-image-inline',
      'mwe-math-fallback-image-display',
      'ql-img-inline-formula',
      'ql-img-displayed-equation',
      'emoji',
      'wp-smiley',
    ) ||
    /\/latex\.php\?|\/\/latex\.codecogs\.com\/|\/math\/render\//.test(element.attributes.get('src') ?? '')
  )
}
