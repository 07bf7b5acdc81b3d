import { escapeXml } from '../text/escape.ts'

export interface XmlElement {
  name: string
  attributes?: Record<string, string | number | null | undefined>
  children?: (XmlElement | string | null)[]
}

/** One element as text. Strings among the children are text and are escaped; attributes without a value are left out. */
export function encodeXml({ name, attributes = {}, children = [] }: XmlElement, indent = ''): string {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== null && value !== undefined)
    .map(([key, value]) => ` ${key}="${escapeXml(String(value))}"`)
    .join('')
  const present = children.filter(child => child !== null)
  if (present.length === 0) return `${indent}<${name}${written}/>`
  if (present.every(child => typeof child === 'string'))
    return `${indent}<${name}${written}>${present.map(escapeXml).join('')}</${name}>`
  const inner = present.map(child =>
    typeof child === 'string' ? `${indent}  ${escapeXml(child)}` : encodeXml(child, `${indent}  `),
  )
  return `${indent}<${name}${written}>\n${inner.join('\n')}\n${indent}</${name}>`
}

/** A whole document with its declaration. */
export function encodeXmlDocument(root: XmlElement): string {
  return `<?xml version="1.0" encoding="utf-8"?>\n${encodeXml(root)}\n`
}
