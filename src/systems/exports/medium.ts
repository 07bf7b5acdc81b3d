import { descendants, findElement, hasWord, textContent } from '../../html/html-query.ts'
import { type HtmlElement, parseHtml } from '../../html/html-tree.ts'
import type { Author } from '../../model/article.ts'
import type { Diagnostic } from '../../model/diagnostic.ts'
import type { ParseContext, Reading } from '../../model/reading.ts'
import { fileNameOf } from '../../text/urls.ts'
import {
  exported,
  exportedAuthors,
  exportedDate,
  exportedList,
  exportedText,
  withoutAbsent,
} from './export-fields.ts'

/**
 * Reads one file of a Medium export's `posts/`: an h-entry (https://microformats.org/wiki/h-entry). A draft has no
 * `dt-published`; what the writer said below others' articles is exported in the same form, without any heading.
 */
export function readMediumPost(text: string, path: string, context: ParseContext): Reading {
  const { root } = parseHtml(text)
  const diagnostics: Diagnostic[] = []
  const one = (attribute: string, word: string) =>
    findElement(root, element => hasWord(element, attribute, word))
  const all = (word: string) => [...descendants(root)].filter(element => hasWord(element, 'class', word))
  const content = one('class', 'e-content')
  const title = textIn(one('class', 'p-name'))
  const subtitle = textIn(one('class', 'p-summary'))
  const time = one('class', 'dt-published')
  const canonical = one('class', 'p-canonical')?.attributes.get('href') ?? null
  // Medium's own feed has this as GUID.
  const id = /-([0-9a-f]{8,16})(?:\.html)?$/.exec(canonical ?? path)?.[1] ?? null
  const response = content !== null && isResponse(content, title, subtitle)
  return withoutAbsent({
    title: exportedText(title),
    standfirst: exportedText(subtitle),
    authors: exportedAuthors(all('p-author').map(personOf)),
    published: exportedDate(time?.attributes.get('datetime') ?? null, 'Z', path, context.site, diagnostics),
    guid: id ? exported(`https://medium.com/p/${id}`) : undefined,
    tags: exportedList(all('p-tag').map(textContent)),
    permalink: exportedText(canonical),
    status:
      time === null || /^draft_/.test(fileNameOf(path))
        ? exported('draft' as const)
        : response
          ? exported('response' as const)
          : undefined,
    html: content === null ? '' : bodyOf(text, content, title, subtitle),
    dropped: [],
    diagnostics,
  })
}

const textIn = (element: HtmlElement | null) => (element ? textContent(element) : null)

const personOf = (element: HtmlElement): Author => ({
  name: textContent(element),
  url: element.attributes.get('href') ?? null,
  email: null,
  role: null,
})

/** Its title is Medium's own doing: the first words of the text. */
function isResponse(content: HtmlElement, title: string | null, subtitle: string | null): boolean {
  if (subtitle !== null || findElement(content, isHeading)) return false
  const words = title?.replace(/\s*(?:…|\.\.\.)$/, '') ?? ''
  return textContent(content).startsWith(words)
}

const isHeading = (element: HtmlElement) =>
  hasWord(element, 'class', 'graf--title', 'graf--h3', 'graf--h2', 'graf--h4') || /^h[1-6]$/.test(element.tag)

/** The source of the content without the headings that repeat the title and the subtitle, and without Medium's first rule. */
function bodyOf(text: string, content: HtmlElement, title: string | null, subtitle: string | null): string {
  const out = [
    findElement(content, element => element.tag === 'div' && hasWord(element, 'class', 'section-divider')),
    findElement(
      content,
      element => hasWord(element, 'class', 'graf--title') && textContent(element) === title,
    ),
    findElement(
      content,
      element => hasWord(element, 'class', 'graf--subtitle') && textContent(element) === subtitle,
    ),
  ]
  let html = ''
  let at = content.contentStart
  for (const { start, end } of out.filter(element => element !== null).sort((a, b) => a.start - b.start)) {
    html += text.slice(at, start)
    at = end
  }
  return html + text.slice(at, content.contentEnd)
}
