import { type DefaultTreeAdapterTypes, parse, parseFragment, serialize } from 'parse5'

type Node = DefaultTreeAdapterTypes.ChildNode | DefaultTreeAdapterTypes.ParentNode

/** Elements that run, load, restyle or steer the page they stand in. */
const active = new Set(
  'script style link meta base iframe frame frameset object embed applet form button select textarea svg template noscript noembed noframes xmp plaintext title portal animate set use foreignobject'.split(
    ' ',
  ),
)
const urls = new Set(
  'href src action formaction data poster cite background ping srcset xlink:href longdesc'.split(' '),
)
const harmlessScheme =
  /^(?:https?|mailto|tel|sms|geo|feed|xmpp|ircs?|matrix|magnet|gopher|gemini|ftp|news|nntp|sip|webcal|ip[fn]s|doi|urn):/i
const dataImage = /^data:image\/(?:png|gif|jpe?g|webp|avif);base64,/i

/**
 * What an independent HTML parser finds in a text that could run: elements, handlers, addresses. Empty where the text is safe.
 * The text is read as a fragment, as a whole document, and once more after the parser's own serialisation, since
 * mutation XSS shows only on the second reading.
 */
export function unsafeParts(html: string): string[] {
  const fragment = parseFragment(html)
  const found = [
    ...partsOf(fragment),
    ...partsOf(parse(`<!DOCTYPE html><body><div>${html}</div></body>`)).filter(part => part !== '<title>'),
    ...partsOf(parseFragment(serialize(fragment))),
  ]
  return [...new Set(found)]
}

function partsOf(root: Node): string[] {
  const found: string[] = []
  const open: Node[] = [root]
  for (let node = open.pop(); node; node = open.pop()) {
    if ('tagName' in node) {
      if (active.has(node.tagName.toLowerCase())) found.push(`<${node.tagName}>`)
      for (const { name, value } of node.attrs) {
        const attribute = name.toLowerCase()
        if (attribute.startsWith('on') || attribute === 'style' || attribute === 'srcdoc')
          found.push(attribute)
        if (urls.has(attribute) && !isHarmless(node.tagName, value))
          found.push(`${attribute}="${value.slice(0, 60)}"`)
      }
    }
    if (node.nodeName === '#comment') found.push('a comment')
    if ('content' in node) open.push(node.content)
    if ('childNodes' in node) open.push(...node.childNodes)
  }
  return found
}

function isHarmless(tag: string, value: string): boolean {
  const bare = value.replace(/[\x00-\x20\x7f-\xa0\u2028\u2029]+/g, '')
  return (
    !/^[a-z][a-z0-9+.-]*:/i.test(bare) || harmlessScheme.test(bare) || (tag === 'img' && dataImage.test(bare))
  )
}
