import { Parser } from 'htmlparser2'

/** One element of an XML record: its text, and what stands inside it. */
export interface XmlRecord {
  name: string
  attributes: Record<string, string>
  /** Its own text, CDATA sections included, as written. */
  text: string
  /** What stands inside it as it is written, from the first character past the start tag to the end tag. */
  inside: { start: number; end: number }
  children: XmlRecord[]
}

/** Records nest so deep in no export; what does is not a record. */
const maxDepth = 16

/** So deep does no document nest at all. */
const deepest = 500

/**
 * The elements of an XML document that have certain names, each with all that is in it. Time and memory are linear in
 * the text; nothing is fetched, and only XML's own entities and character references mean something.
 * @throws Error where elements nest without an end
 */
export function readXmlItems(xml: string, names: ReadonlySet<string>): XmlRecord[] {
  const found: XmlRecord[] = []
  const open: XmlRecord[] = []
  let depth = 0
  let level = 0
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        // The parser's own stack takes a time that grows with its depth, for each element.
        if (++level > deepest) throw new Error(`Its elements are nested more than ${deepest} deep.`)
        if (open.length === 0 && !names.has(name)) return
        depth++
        const parent = open.at(-1)
        const start = parser.endIndex + 1
        const record: XmlRecord = { name, attributes, text: '', inside: { start, end: start }, children: [] }
        if (parent) {
          if (open.length >= maxDepth) return
          parent.children.push(record)
        } else found.push(record)
        open.push(record)
      },
      ontext(text) {
        const record = open.at(-1)
        if (record) record.text += text
      },
      onclosetag() {
        level--
        if (open.length === 0) return
        const inside = depth === open.length ? open.pop()?.inside : undefined
        if (inside) inside.end = Math.max(inside.start, parser.startIndex)
        depth--
      },
    },
    { xmlMode: true, decodeEntities: true },
  )
  parser.end(xml)
  return found
}

export const childrenOf = (record: XmlRecord, name: string): XmlRecord[] =>
  record.children.filter(child => child.name === name)

/** The text of the first child of a name; null where it is blank or missing. */
export function childText(record: XmlRecord, name: string): string | null {
  const text = record.children.find(child => child.name === name)?.text
  return text !== undefined && text.trim() !== '' ? text : null
}
