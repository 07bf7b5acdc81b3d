import { embeddableUrl } from './embed-elements.ts'
import { hasWord } from './html-query.ts'
import type { HtmlElement, HtmlNode } from './html-tree.ts'
import { madeElement, rawTextOf } from './plain-elements.ts'

/**
 * Boxes of Substack's, which are empty in what it exports: all that they show stands in an attribute. Null for any other
 * element; nothing where the box asks readers for something.
 */
export function boxOfSubstack(element: HtmlElement): HtmlNode[] | null {
  if (element.tag !== 'div' && element.tag !== 'p' && element.tag !== 'span') return null
  if (!element.attributes.has('data-attrs')) return null
  if (hasWord(element, 'class', 'subscription-widget-wrap', 'subscription-widget-wrap-editor')) return []
  if (rawTextOf(element.children).trim() !== '') return null
  const given = valuesOf(element.attributes.get('data-attrs') ?? '')
  const text = (key: string) => (typeof given[key] === 'string' ? given[key].trim() : '')
  if (hasWord(element, 'class', 'latex-rendered')) {
    const tex = text('persistentExpression')
    return tex === '' ? null : [madeElement('p', {}, [`\\[${tex}\\]`], element)]
  }
  const instagram = /^[\w-]{3,64}$/.exec(text('instagram_id'))?.[0]
  const url = embeddableUrl(text('url')) ?? (instagram ? `https://www.instagram.com/p/${instagram}/` : null)
  if (url === null) return null
  const link = (words: string) => madeElement('a', { href: url }, [words], element)
  const paragraph = (children: HtmlNode[]) => madeElement('p', {}, children, element)
  const words = text('full_text') || text('body')
  if (words !== '') {
    const author = text('name') || text('username')
    const by = paragraph(author === '' ? [link(url)] : [`— ${author} (`, link(url), ')'])
    return [madeElement('blockquote', {}, [paragraph([words]), by], element)]
  }
  return [paragraph([link(text('title') || url)])]
}

function valuesOf(json: string): Record<string, unknown> {
  try {
    const values: unknown = JSON.parse(json)
    return values !== null && typeof values === 'object' ? (values as Record<string, unknown>) : {}
  } catch {
    return {}
  }
}
