import { itemAt } from '../../text/item-at.ts'

const blockTags =
  'table|thead|tfoot|caption|col|colgroup|tbody|tr|td|th|div|dl|dd|dt|ul|ol|li|pre|form|map|area|blockquote|address|style|script|p|h[1-6]|hr|fieldset|legend|section|article|aside|hgroup|header|footer|nav|figure|figcaption|details|summary|iframe|video|audio'
const block = new RegExp(`^</?(?:${blockTags})\\b|^<!--`, 'i')
const preformattedTag = /<(\/?)(pre|script|style|textarea)\b[^<>]*>/gi

/**
 * The HTML that WordPress makes of a classic post when it shows it: blank lines part paragraphs, other line ends are
 * breaks, and neither counts inside `pre` or around blocks. A post written with the block editor is HTML already.
 */
export function classicParagraphs(content: string): string {
  if (/<!--\s*wp:/.test(content)) return content
  const kept: string[] = []
  const held = preformattedParts(content.replace(/\r\n?/g, '\n').replaceAll('\0', ''))
    .map(({ text, held }) => (held ? `\n\n\0${kept.push(text) - 1}\0\n\n` : text))
    .join('')
  const html = held
    .replace(new RegExp(`(<(?:${blockTags})\\b[^<>]*>)`, 'gi'), '\n\n$1')
    .replace(new RegExp(`(</(?:${blockTags})>)`, 'gi'), '$1\n\n')
    .split(/\n{2,}/)
    .map(part => part.trim())
    .filter(Boolean)
    .map(part => (block.test(part) || /^\0\d+\0$/.test(part) ? part : `<p>${broken(part)}</p>`))
    .join('\n')
  return html.replace(/\0(\d+)\0/g, (_, index) => itemAt(kept, Number(index)))
}

/** The text in pieces: elements whose line ends stand for themselves, and what lies between. */
function preformattedParts(text: string): { text: string; held: boolean }[] {
  const parts: { text: string; held: boolean }[] = []
  let at = 0
  let open: { name: string; start: number } | null = null
  for (const { 0: tag, 1: slash, 2: name = '', index } of text.matchAll(preformattedTag)) {
    if (!open && slash === '') open = { name: name.toLowerCase(), start: index }
    else if (open?.name === name.toLowerCase() && slash === '/') {
      const end = index + tag.length
      parts.push(
        { text: text.slice(at, open.start), held: false },
        { text: text.slice(open.start, end), held: true },
      )
      at = end
      open = null
    }
  }
  return [...parts, { text: text.slice(at), held: false }]
}

const broken = (text: string) => text.replace(/(?<!<br\s*\/?>)\n/gi, '<br>\n')
