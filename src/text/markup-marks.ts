/** Characters that markup is made of, in one language or another; a line's end is one of them. */
const marks = new Set('\n<>&[]{}*_`~|#$^\\')
const isMark = Uint8Array.from({ length: 128 }, (_, code) => (marks.has(String.fromCharCode(code)) ? 1 : 0))

/**
 * How many marks of markup a text has. Each costs its parser about as much as a hundred letters do, so that a text of nothing else would take it
 * minutes; a novel has sixty thousand.
 */
export function countMarks(text: string): number {
  let count = 0
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    count += isMark[code] ?? 0
  }
  return count
}

/** With so many no text is an article: parsing it would keep a core busy for seconds. */
export const mostMarks = 150_000
