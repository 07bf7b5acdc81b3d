import { parseXml, XmlElement, type XmlNode } from '@rgrove/parse-xml'

/** A strict parser's view of a document: it throws where XML 1.0 is broken. */
export function parseDocument(text: string): XmlElement {
  const root = parseXml(text, { ignoreUndefinedEntities: false }).root
  if (!root) throw new Error('no root element')
  return root
}

export function childrenOf(element: XmlElement, name?: string): XmlElement[] {
  return element.children.filter(
    (child: XmlNode): child is XmlElement =>
      child instanceof XmlElement && (name === undefined || child.name === name),
  )
}

export function childOf(element: XmlElement, name: string): XmlElement {
  const child = childrenOf(element, name)[0]
  if (!child) throw new Error(`<${element.name}> has no <${name}>`)
  return child
}

export function textOf(element: XmlElement, name: string): string {
  return childOf(element, name).text
}
