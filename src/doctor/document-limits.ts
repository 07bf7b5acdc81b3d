/** More than any sound feed has: what builds a tree of it would take memory without measure, and its own stack. */
const [maxTag, maxElements, maxDepth] = [100_000, 50_000, 200]

/** Why a document is not read as XML; null where nothing speaks against it. */
export function xmlRefusal(text: string): string | null {
  let elements = 0
  for (let at = text.indexOf('<'); at !== -1; at = text.indexOf('<', at + 1)) {
    if (text.startsWith('<![CDATA[', at)) at = Math.max(at, text.indexOf(']]>', at))
    else if (text[at + 1] !== '/' && ++elements > maxElements)
      return `It has more than ${maxElements.toLocaleString('en')} elements and is not read`
  }
  return new RegExp(`<[^<>!?][^<>]{${maxTag}}`).test(text)
    ? `A tag has more than ${maxTag.toLocaleString('en')} characters and is not read`
    : null
}

/** The same for JSON, by how deep lists and objects lie in each other. */
export function jsonRefusal(text: string): string | null {
  let [depth, inString] = [0, false]
  for (let at = 0; at < text.length; at++) {
    const mark = text[at]
    if (inString) {
      if (mark === '\\') at++
      else if (mark === '"') inString = false
    } else if (mark === '"') inString = true
    else if (mark === ']' || mark === '}') depth--
    else if ((mark === '[' || mark === '{') && ++depth > maxDepth)
      return `Lists and objects lie more than ${maxDepth} deep in each other.`
  }
  return null
}
