/** Puts rendered entries before a closing tag, the last one of its kind in the document. */
export function insertBefore(closing: string, document: string, entries: string[]): string {
  if (entries.length === 0) return `${document}\n`
  const at = document.lastIndexOf(closing)
  return `${document.slice(0, at)}${entries.join('\n')}\n${document.slice(at)}\n`
}
