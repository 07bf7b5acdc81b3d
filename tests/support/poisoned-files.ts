import { extname } from 'node:path'

/*
 * Files of other systems with a hostile text in every place where people write: each value, each text node, each cell, each
 * paragraph. What tells a system what a thing is (kinds, states, dates, ids) stays.
 */

/** Gives the next hostile text. */
export type Poison = () => string

const isProse = (text: string) =>
  /\p{L}{3}/u.test(text) &&
  !/^\d{4}-\d\d|^(?:publish(?:ed)?|post|page|public|draft|true|false|null|html|text|live|en|inherit|attachment)$|^https:\/\/jsonfeed|^\w{3}, \d/.test(
    text,
  )

export function poisonFile(path: string, text: string, poison: Poison): string {
  switch (extname(path).toLowerCase()) {
    case '.json':
      return poisonJson(text, poison)
    case '.xml':
    case '.atom':
    case '.rss':
      return poisonXml(text, poison)
    case '.csv':
      return text.replace(/"([^"\n]*[a-z]{3}[^"\n]*)"/gi, (whole, cell: string) =>
        isProse(cell) ? `"${cell}${poison().replaceAll('"', '""')}"` : whole,
      )
    case '.toml':
    case '.yml':
    case '.yaml':
      return poisonKeys(text, poison)
    case '.md':
    case '.mdx':
    case '.markdown':
    case '.html':
    case '.txt':
    case '.org':
    case '.textile':
    case '.rst':
      return poisonArticle(text, poison)
    default:
      return text
  }
}

function poisonJson(text: string, poison: Poison): string {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return text
  }
  const walk = (it: unknown): unknown =>
    typeof it === 'string'
      ? isProse(it)
        ? it + poison()
        : it
      : Array.isArray(it)
        ? it.map(walk)
        : it && typeof it === 'object'
          ? Object.fromEntries(Object.entries(it).map(([key, inner]) => [key, walk(inner)]))
          : it
  return JSON.stringify(walk(value))
}

const escaped = (text: string) =>
  text
    .replace(/[\0-\x08\x0b\x0c\x0e-\x1f]/g, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')

function poisonXml(text: string, poison: Poison): string {
  return text
    .replace(/>([^<>]*[a-z]{3}[^<>]*)<\//gi, (whole, node: string) =>
      isProse(node.trim()) && !/^\s*(?:tag:|http)/.test(node) ? `>${node}${escaped(poison())}</` : whole,
    )
    .replace(/(<!\[CDATA\[)([\s\S]*?)(\]\]>)/g, (whole, open: string, node: string, close: string) =>
      isProse(node)
        ? `${open}${node}${poison()
            .replace(/[\0-\x08\x0b\x0c\x0e-\x1f]/g, '')
            .replaceAll(']]>', ']]]]><![CDATA[>')}${close}`
        : whole,
    )
}

/** `title: Words` and `title = "Words"`, below which lists and tables stay as they are. */
const poisonKeys = (text: string, poison: Poison): string =>
  text.replace(
    /^(\s*(?:- )?(?:title|subtitle|description|excerpt|summary|author|name|tagline|category|categories|tags|copyright|caption|alt|cover|image)\s*[:=]\s*)(["']?)([^[{|>"'\n]*\p{L}[^"'\n]*)\2$/gimu,
    (_, key: string, _quote, value: string) => `${key}${JSON.stringify(value + poison())}`,
  )

function poisonArticle(text: string, poison: Poison): string {
  const front = /^(?:---|\+\+\+)\n[\s\S]*?\n(?:---|\+\+\+)\n/.exec(text)?.[0] ?? ''
  const body = text.slice(front.length)
  const end = /<\/(?:article|section|body|html)>/i.exec(body)?.index ?? body.length
  return `${poisonKeys(front, poison)}${body.slice(0, end)}\n\n${Array.from({ length: 6 }, poison).join('\n\n')}\n\n${body.slice(end)}`
}
