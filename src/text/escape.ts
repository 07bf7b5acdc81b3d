const xmlEntities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Text for an XML or HTML element or a quoted attribute. `>` too, so that `]]>` never stands in text (XML 1.0 §2.4). */
export function escapeXml(text: string): string {
  return /[&<>"']/.test(text)
    ? text.replace(/[&<>"']/g, character => xmlEntities[character] ?? character)
    : text
}

/**
 * HTML inside a CDATA section. `]]>` would end the section, so it becomes `]]&gt;`, which is the same text to an HTML
 * parser wherever sanitised HTML can hold it.
 */
export function cdata(html: string): string {
  return `<![CDATA[${html.replaceAll(']]>', ']]&gt;')}]]>`
}

/** Text for an element's content. `>` too, so that `]]>` never stands in a CDATA section that is built around it. */
export function escapeHtmlText(text: string): string {
  if (!/[&<>]/.test(text)) return text
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')
}

/** Text for an attribute in double quotes. */
export function escapeHtmlAttribute(text: string): string {
  if (!/[&<>"]/.test(text)) return text
  return escapeHtmlText(text).replace(/"/g, '&quot;')
}

/**
 * What could move a terminal's cursor, end a line or turn its direction, and JSON leaves as it is: DEL, the second set of
 * control characters, line and paragraph separators, marks of direction.
 */
const unsafeInJson = /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g

/** JSON that may be shown in a terminal whoever wrote what is in it: the same value, with `\u` where a character could act. */
export function safeJson(value: unknown, indent?: number): string {
  return JSON.stringify(value, null, indent).replace(
    unsafeInJson,
    character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
