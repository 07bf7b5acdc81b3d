import { descendants, hasWord } from '../html/html-query.ts'
import type { HtmlElement } from '../html/html-tree.ts'
import { isFalse, isTrue } from './status-keys.ts'

/** Parts of a page that are paid for, as it tells search engines. */
export interface PaidParts {
  /** The outermost of them. */
  elements: HtmlElement[]
  /** There are some, and nobody can tell which they are. */
  areUnknown: boolean
}

const selector = /^([a-z][\w-]*)?((?:[.#][\w-]+)+)$/i

/**
 * `"hasPart": {"isAccessibleForFree": false, "cssSelector": ".paywall"}`:
 * https://developers.google.com/search/docs/appearance/structured-data/paywalled-content
 * @param article what JSON-LD says of the article, or of its page
 */
export function paidPartsOf(article: Record<string, unknown> | null, root: HtmlElement): PaidParts {
  const parts = [article?.hasPart ?? []].flat().filter(isPaid)
  if (parts.length === 0) return { elements: [], areUnknown: false }
  const written = parts.flatMap(({ cssSelector }) => [cssSelector].flat())
  const tests = written.flatMap(text =>
    typeof text === 'string' ? text.split(',').map(one => testOf(one.trim())) : [null],
  )
  const known = tests.filter(test => test !== null)
  const elements: HtmlElement[] = []
  let end = -1
  for (const element of descendants(root)) {
    if (element.start < end || !known.some(test => test(element))) continue
    elements.push(element)
    end = element.end
  }
  const isClear = tests.length > 0 && known.length === tests.length && elements.length > 0
  return { elements, areUnknown: !isClear && !isTrue(article?.isAccessibleForFree) }
}

const isPaid = (part: unknown): part is Record<string, unknown> =>
  part !== null && typeof part === 'object' && isFalse((part as Record<string, unknown>).isAccessibleForFree)

function testOf(written: string): ((element: HtmlElement) => boolean) | null {
  const [, tag = '', marks = ''] = selector.exec(written) ?? []
  if (marks === '') return null
  const wanted = [...marks.matchAll(/([.#])([\w-]+)/g)].map(([, sign, name = '']) => ({ sign, name }))
  return element =>
    (tag === '' || element.tag === tag.toLowerCase()) &&
    wanted.every(({ sign, name }) =>
      sign === '#' ? element.attributes.get('id') === name : hasWord(element, 'class', name.toLowerCase()),
    )
}
