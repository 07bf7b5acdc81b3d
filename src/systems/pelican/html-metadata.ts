import type { FrontMatter } from '../../model/front-matter.ts'
import { lineAt } from '../../text/text-place.ts'

/** What a page's head holds before its body; more than this is no head. */
const longestHead = 20_000
const element = /<meta\b([^>]*)>|<title[^>]*>([^<]*)<\/title>/gi
const attribute = /([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+))/g

/**
 * Pelican's metadata of an HTML page: `<meta name="status" content="draft">`, and the title.
 * https://docs.getpelican.com/en/latest/content.html#file-metadata. Null where there is none.
 */
export function metadataInHead(html: string): FrontMatter | null {
  const head = html.slice(0, longestHead).replace(/(?:<\/head>|<body\b).*$/is, '')
  const values: Record<string, unknown> = {}
  const lines: Record<string, number> = {}
  for (const match of head.matchAll(element)) {
    const given: Record<string, string> = {}
    for (const [, name = '', double, single, bare] of (match[1] ?? '').matchAll(attribute))
      given[name.toLowerCase()] = double ?? single ?? bare ?? ''
    const key = match[2] === undefined ? given.name?.toLowerCase() : 'title'
    const value = match[2] ?? given.content ?? given.contents
    if (!key || value === undefined || key === '__proto__') continue
    // Several of a name are a list there.
    values[key] = Object.hasOwn(values, key) ? [values[key], value.trim()].flat() : value.trim()
    lines[key] = lineAt(head, match.index)
  }
  return Object.keys(values).length > 0 ? { kind: 'headers', values, lines, diagnostics: [] } : null
}
