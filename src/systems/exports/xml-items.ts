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

/** By which prefix the readers ask for the names of a namespace, whatever a document calls it. */
const usualPrefixes: [RegExp, string][] = [
  [/^https?:\/\/wordpress\.org\/export\/[^/]*\/excerpt\/?$/, 'excerpt'],
  [/^https?:\/\/wordpress\.org\/export\/[^/]*\/?$/, 'wp'],
  [/^http:\/\/purl\.org\/rss\/1\.0\/modules\/content\/$/, 'content'],
  [/^http:\/\/purl\.org\/dc\/elements\/1\.1\/$/, 'dc'],
  [/^http:\/\/www\.w3\.org\/2007\/app$|^http:\/\/purl\.org\/atom\/app#$/, 'app'],
  [/^http:\/\/schemas\.google\.com\/blogger\//, 'blogger'],
  [/^http:\/\/www\.itunes\.com\/dtds\/podcast-1\.0\.dtd$/i, 'itunes'],
  [/^http:\/\/www\.google\.com\/schemas\/play-podcasts\/1\.0/, 'googleplay'],
  [/^https:\/\/podcastindex\.org\/namespace\/1\.0\/?$/, 'podcast'],
  [/^http:\/\/www\.bloglines\.com\/about\/specs\/fac-1\.0$/, 'access'],
]

/** What prefixes mean where the parser is: programs that write a document anew call them `ns0`, or nothing at all. */
class Namespaces {
  private readonly scopes: { level: number; prefixes: Map<string, string> }[] = []

  open(attributes: Record<string, string>, level: number): void {
    let prefixes: Map<string, string> | null = null
    for (const [name, uri] of Object.entries(attributes)) {
      if (name !== 'xmlns' && !name.startsWith('xmlns:')) continue
      prefixes ??= new Map()
      const prefix = name.slice(6)
      prefixes.set(prefix, usualPrefixes.find(([known]) => known.test(uri.trim()))?.[1] ?? prefix)
    }
    if (prefixes) this.scopes.push({ level, prefixes })
  }

  close(level: number): void {
    if (this.scopes.at(-1)?.level === level) this.scopes.pop()
  }

  usual(name: string): string {
    if (this.scopes.length === 0) return name
    const colon = name.indexOf(':')
    const prefix = name.slice(0, Math.max(0, colon))
    const usual = this.scopes.findLast(({ prefixes }) => prefixes.has(prefix))?.prefixes.get(prefix) ?? prefix
    return usual === prefix ? name : `${usual}:${name.slice(colon + 1)}`
  }
}

/**
 * The elements of an XML document that have certain names, each with all that is in it; names have the prefix that is usual for their
 * namespace. Time and memory are linear in the text; nothing is fetched, and only XML's own entities and character references mean something.
 * @throws Error where elements nest without an end
 */
export function readXmlItems(xml: string, names: ReadonlySet<string>): XmlRecord[] {
  const found: XmlRecord[] = []
  const open: XmlRecord[] = []
  let depth = 0
  let level = 0
  const namespaces = new Namespaces()
  const parser = new Parser(
    {
      onopentag(written, attributes) {
        // The parser's own stack takes a time that grows with its depth, for each element.
        if (++level > deepest) throw new Error(`Its elements are nested more than ${deepest} deep.`)
        namespaces.open(attributes, level)
        const name = namespaces.usual(written)
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
        namespaces.close(level--)
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

/** Whether an `app:control` of Atom says that its entry is a draft (RFC 5023 §13.1.1). */
export const hasDraft = (control: XmlRecord): boolean =>
  childText(control, 'app:draft')?.trim().toLowerCase() === 'yes'
