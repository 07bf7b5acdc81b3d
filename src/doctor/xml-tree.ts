import { parseXml, XmlElement, XmlText } from '@rgrove/parse-xml'

/** An element with its namespace known: prefixes mean nothing by themselves. */
export interface Tree {
  /** The namespace's address; empty where there is none. */
  space: string
  name: string
  attributes: Record<string, string>
  /** All of its text, that of elements inside it included. */
  text: string
  children: Tree[]
}

/** @throws Where the text is not well-formed XML 1.0, with line and column in the message */
export function parseTree(xml: string): Tree | null {
  const { root } = parseXml(xml.replace(/^\uFEFF/, ''))
  return root && treeOf(root, { '': '', xml: 'http://www.w3.org/XML/1998/namespace' })
}

function treeOf(element: XmlElement, outer: Record<string, string>): Tree {
  const { attributes } = element
  let spaces = outer
  for (const key in attributes)
    if (key.startsWith('xmlns'))
      spaces = { ...spaces, [/^xmlns:(.+)$/.exec(key)?.[1] ?? '']: attributes[key] ?? '' }
  const [local = '', prefix = ''] = element.name.split(':').reverse()
  const children = element.children.filter(child => child instanceof XmlElement)
  return {
    space: spaces[prefix] ?? '',
    name: local,
    attributes,
    text: element.children
      .map(child => (child instanceof XmlText || child instanceof XmlElement ? child.text : ''))
      .join(''),
    children: children.map(child => treeOf(child, spaces)),
  }
}
