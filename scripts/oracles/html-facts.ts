import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { type DefaultTreeAdapterTypes, parseFragment } from 'parse5'

/** Text of a page's part, white space as one space, quotation marks and dashes as they are typed. */
export function plainTextOf(html: string): string {
  const parts: string[] = []
  walk(parseFragment(html), node => {
    if (node.nodeName === '#text') parts.push((node as DefaultTreeAdapterTypes.TextNode).value)
    else if (!/^(?:a|em|strong|b|i|code|span|sup|sub|del|ins|mark|abbr|small|img)$/.test(node.nodeName))
      parts.push(' ')
  })
  return parts
    .join('')
    .replace(/[“”„«»]/g, '"')
    .replace(/[‘’]/g, "'")
    .replace(/[–—]/g, '-')
    .replace(/…/g, '...')
    .replace(/\s+/g, ' ')
    .trim()
}

/** The addresses of links by their words, and of pictures by the text that stands for them; the first of each counts. */
export function addressesIn(html: string): Record<string, string> {
  const found: Record<string, string> = {}
  walk(parseFragment(html), node => {
    if (node.nodeName !== 'a' && node.nodeName !== 'img') return
    const element = node as DefaultTreeAdapterTypes.Element
    const attribute = (name: string) => element.attrs.find(attr => attr.name === name)?.value
    const words = node.nodeName === 'img' ? attribute('alt') : textOf(element)
    const address = attribute(node.nodeName === 'img' ? 'src' : 'href')
    if (words && address !== undefined && !(words in found)) found[words] = address
  })
  return found
}

/**
 * Where addresses of a built page lead: the path of another page, `file`, `dead`, or `external`.
 * @param page the page's own address
 * @param base the address of the site's root, with a slash at its end
 * @param out the folder that lies there
 */
export function builtTargets(html: string, page: string, base: string, out: string): Record<string, string> {
  return mapValues(addressesIn(html), href => {
    // Small pictures are written into the page.
    if (href.startsWith('data:image/')) return 'file'
    const url = URL.parse(href, page)
    if (!url || !`${url.origin}${url.pathname}/`.startsWith(base))
      return url?.origin === URL.parse(base)!.origin ? 'dead' : 'external'
    const path = decodeURIComponent(url.pathname).slice(new URL(base).pathname.length)
    const target = join(out, path)
    if (!existsSync(target)) return existsSync(`${target}.html`) ? decodeURIComponent(url.pathname) : 'dead'
    if (statSync(target).isDirectory())
      return existsSync(join(target, 'index.html')) ? decodeURIComponent(url.pathname) : 'dead'
    return /\.html?$/.test(path) ? decodeURIComponent(url.pathname) : 'file'
  })
}

export const mapValues = <From, To>(
  table: Record<string, From>,
  map: (value: From) => To,
): Record<string, To> => Object.fromEntries(Object.entries(table).map(([key, value]) => [key, map(value)]))

function walk(node: DefaultTreeAdapterTypes.Node, visit: (node: DefaultTreeAdapterTypes.Node) => void): void {
  visit(node)
  if ('childNodes' in node) for (const child of node.childNodes) walk(child, visit)
}

function textOf(node: DefaultTreeAdapterTypes.Node): string {
  let text = ''
  walk(node, child => {
    if (child.nodeName === '#text') text += (child as DefaultTreeAdapterTypes.TextNode).value
  })
  return text.replace(/\s+/g, ' ').trim()
}
