import { createLruCache } from '../text/lru-cache.ts'
import type { HtmlElement, HtmlNode } from './html-tree.ts'
import { speaksOfEncryption, speaksOfSecrecy } from './members-only.ts'

const hidingStyle = /(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse))\b/i

/** CSS Syntax §4.3.2 and §4.3.7: without its comments, and escapes as what they stand for. */
const plainStyle = (style: string) =>
  /\/\*|\\/.test(style)
    ? style
        .replace(/\/\*[\s\S]*?(?:\*\/|$)/g, ' ')
        .replace(/\\([\da-f]{1,6})\s?/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
        .replace(/\\(.)/g, '$1')
    : style

/**
 * Whether a page shows nothing of an element to anybody: by attribute (HTML Standard §6.1, §6.12), by its own style, or because it
 * is a dialog that nobody has opened (§4.11.4). `until-found` is hidden only until somebody looks for it, and a panel of tabs until
 * its tab is chosen.
 */
export function isHidden({ tag, attributes }: HtmlElement): boolean {
  if (isSecret(tag)) return true
  if (attributes.size === 0) return tag === 'dialog'
  const hidden = attributes.get('hidden')
  // Of several tabs a page shows one until the reader chooses another.
  const isTab = attributes.get('role')?.trim().toLowerCase() === 'tabpanel'
  if (hidden !== undefined && hidden.trim().toLowerCase() !== 'until-found' && !isTab) return true
  if (tag === 'dialog' && !attributes.has('open')) return true
  if (attributes.has('popover')) return true
  if (isForSubscribers(tag, attributes)) return true
  // Vue's: what is shown on a condition only its program knows.
  if (['v-if', 'v-show'].some(name => !/^(?:true)?$/.test(attributes.get(name)?.trim() ?? ''))) return true
  const style = attributes.get('style')
  return style !== undefined && hidingStyle.test(plainStyle(style))
}

const secretTags = createLruCache<string, boolean>(500, () => 1)

/** Components of a site's own that are called so: `<MembersOnly>`, `<Draft>`, `<private-note>`. */
function isSecret(tag: string): boolean {
  const known = secretTags.get(tag)
  if (known !== undefined) return known
  const secret = tag.length < 80 && (speaksOfEncryption(tag) || speaksOfSecrecy(tag))
  secretTags.set(tag, secret)
  return secret
}

/** Parts of newsletters that their pages do not show: Buttondown's blocks for some and for its writers, Ghost's for segments of members. */
const isForSubscribers = (tag: string, attributes: HtmlElement['attributes']): boolean =>
  (tag === 'buttondown-filtered-block' && attributes.get('data-variant')?.trim().toLowerCase() !== 'web') ||
  attributes.has('data-gh-segment') ||
  /(?:^|\s)buttondown-block-(?:premium|free|comment)(?:\s|$)/.test(attributes.get('class') ?? '')

/** Remarks that word processors publish beside a text: Google's `cmnt1`, Word's `mso-element:comment`. */
export function isRemark(element: HtmlElement): boolean {
  const { tag, attributes, children } = element
  if (/\bmso-element\s*:\s*comment|\bmso-comment-/i.test(attributes.get('style') ?? '')) return true
  if (/^Mso(?:CommentReference|CommentText)$/.test(attributes.get('class') ?? '')) return true
  const isMark = (node: HtmlNode) =>
    typeof node !== 'string' && node.tag === 'a' && /^cmnt(?:_ref)?\d+$/.test(node.attributes.get('id') ?? '')
  const [only, ...others] = children
  if (isMark(element) || (tag === 'sup' && only && others.length === 0 && isMark(only))) return true
  // `<div><p><a id="cmnt1">[a]</a> what was remarked</p></div>`, at the end of the page.
  return (
    (tag === 'div' || tag === 'p') &&
    children.some(
      child =>
        typeof child !== 'string' &&
        (/^cmnt\d+$/.test(child.attributes.get('id') ?? '') ||
          (tag === 'div' && child.tag === 'p' && isRemark(child))),
    )
  )
}
