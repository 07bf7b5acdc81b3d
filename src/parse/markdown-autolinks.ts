import type { MarkdownIt } from 'markdown-it'

/** GFM §6.9: an address begins where a word does, and goes on to white space or `<`. */
const address = /(?<![\p{L}\p{N}_])https?:\/\/[^\s<\u{0}-\u{1f}]+/giu

/**
 * Makes links of bare http addresses, as GitHub does. What begins with no scheme ("next.js") stays text. In place of
 * markdown-it's own rule, whose time is quadratic in the number of addresses of a paragraph.
 */
export function bareAddresses(markdown: MarkdownIt): void {
  markdown.core.ruler.after('inline', 'bare_addresses', state => {
    for (const block of state.tokens) {
      if (block.type !== 'inline' || !block.children || !block.content.includes('://')) continue
      let links = 0
      block.children = block.children.flatMap(token => {
        if (token.type === 'link_open') links++
        else if (token.type === 'link_close') links--
        else if (token.type === 'html_inline')
          links += /^<a[\s>]/i.test(token.content) ? 1 : /^<\/a/i.test(token.content) ? -1 : 0
        if (token.type !== 'text' || links > 0 || !token.content.includes('://')) return [token]
        return linked(token.content, (type, tag, nesting) => new state.Token(type, tag, nesting))
      })
    }
  })
}

type Make = (type: string, tag: string, nesting: -1 | 0 | 1) => MarkdownToken
type MarkdownToken = ReturnType<MarkdownIt['parse']>[number]

function linked(text: string, make: Make): MarkdownToken[] {
  const tokens: MarkdownToken[] = []
  let at = 0
  const words = (content: string) => {
    if (content === '') return
    const token = make('text', '', 0)
    token.content = content
    tokens.push(token)
  }
  for (const match of text.matchAll(address)) {
    const url = withoutTail(match[0])
    if (!/:\/\/[^/?#]*[\p{L}\p{N}]/u.test(url)) continue
    words(text.slice(at, match.index))
    const open = make('link_open', 'a', 1)
    open.attrs = [['href', url]]
    open.markup = 'linkify'
    open.info = 'auto'
    tokens.push(open)
    words(url)
    tokens.push(make('link_close', 'a', -1))
    at = match.index + url.length
  }
  words(text.slice(at))
  return tokens
}

/** Punctuation that ends the sentence and not the address, and a parenthesis that was opened before it (GFM §6.9). */
function withoutTail(url: string): string {
  let end = url.length
  let opened = 0
  for (const character of url) opened += character === '(' ? 1 : character === ')' ? -1 : 0
  for (; end > 0; end--) {
    const last = url.charAt(end - 1)
    if (last === ')' && opened < 0) opened++
    else if (!/[?!.,:;*_~'"”’»]/.test(last)) break
  }
  return url.slice(0, end)
}
