/** `:::note[Title]`, `::: tip Title`, and the line that ends it. */
const opening = /^[ \t]*(:{3,})[ \t]*([a-z][\w-]*)[ \t]*(?:\[([^\]\n]*)\]|\{[^}\n]*\}|([^\n{[]*))/i
const closing = /^[ \t]*(:{3,})[ \t]*$/
/** Containers that are no words to readers: groups of code, and what is to be left alone. */
const silent = /^(?:code-group|v-pre|raw|tabs?|steps|details)$/i

/**
 * The containers of Docusaurus, VitePress and Starlight as quotes with their title. Every line stays where it is; code is left alone.
 * https://docusaurus.io/docs/markdown-features/admonitions, https://vitepress.dev/guide/markdown#custom-containers
 */
export function admonitionsAsQuotes(text: string): string {
  if (!/^[ \t]*:{3,}/m.test(text)) return text
  const open: { colons: number; quote: boolean }[] = []
  let fence: string | null = null
  const lines = text.split('\n').map(line => {
    const prefix = '> '.repeat(open.filter(({ quote }) => quote).length)
    const mark = /^[ \t]*(`{3,}|~{3,})/.exec(line)?.[1] ?? null
    if (fence !== null) {
      if (mark?.startsWith(fence)) fence = null
      return prefix + line
    }
    if (mark) fence = mark
    const [, end] = closing.exec(line) ?? []
    const ended = end === undefined ? -1 : open.findLastIndex(({ colons }) => colons === end.length)
    if (ended !== -1) {
      open.length = ended
      return '> '.repeat(open.filter(({ quote }) => quote).length).trimEnd()
    }
    const begins = opening.exec(line)
    if (!begins) return prefix + line
    const [, colons = '', kind = '', bracketed, plain] = begins
    const isQuote = !silent.test(kind)
    open.push({ colons: colons.length, quote: isQuote })
    const title = (bracketed ?? plain ?? '').trim()
    if (!isQuote) return title === '' ? prefix.trimEnd() : `${prefix}**${title}**`
    return `${prefix}> **${title || kind.charAt(0).toUpperCase() + kind.slice(1).toLowerCase()}**  `
  })
  return lines.join('\n')
}
