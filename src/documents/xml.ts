import { escapeXml } from '../text/escape.ts'

export interface XmlElement {
  name: string
  attributes?: Record<string, string | number | null | undefined>
  children?: (XmlElement | string | null)[]
}

/** One element as text. Strings among the children are text and are escaped; attributes without a value are left out. */
export function encodeXml({ name, attributes = {}, children = [] }: XmlElement, indent = ''): string {
  let opening = `${indent}<${name}`
  for (const key in attributes) {
    const value = attributes[key]
    if (value !== null && value !== undefined) opening += ` ${key}="${escapeXml(String(value))}"`
  }
  // A list of all pages has some ten thousand elements: nothing is made of them but their text.
  const isMixed = children.some(child => child !== null && typeof child !== 'string')
  let inner = ''
  for (const child of children) {
    if (child === null) continue
    if (typeof child !== 'string') inner += `\n${encodeXml(child, `${indent}  `)}`
    else inner += isMixed ? `\n${indent}  ${escapeXml(child)}` : escapeXml(child)
  }
  if (isMixed) return `${opening}>${inner}\n${indent}</${name}>`
  return children.some(child => child !== null) ? `${opening}>${inner}</${name}>` : `${opening}/>`
}

/** A whole document with its declaration. */
export function encodeXmlDocument(root: XmlElement): string {
  return `<?xml version="1.0" encoding="utf-8"?>\n${encodeXml(root)}\n`
}
