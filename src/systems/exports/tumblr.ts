import { descendants, findElement, hasTag, hasWord, textContent } from '../../html/html-query.ts'
import { type HtmlElement, parseHtml } from '../../html/html-tree.ts'
import type { Diagnostic } from '../../model/diagnostic.ts'
import type { ParseContext, Reading } from '../../model/reading.ts'
import { fileNameOf } from '../../text/urls.ts'
import { exported, exportedDate, exportedList, exportedText, withoutAbsent } from './export-fields.ts'

/**
 * Reads one page of a Tumblr export's `posts/html/`: the post, and below it `#footer` with the time and the tags. The file
 * is called after the post's number, which is in the post's address and in Tumblr's own feed.
 */
export function readTumblrPost(text: string, path: string, { site }: ParseContext): Reading {
  const { root } = parseHtml(text)
  const diagnostics: Diagnostic[] = []
  const body = findElement(root, hasTag('body')) ?? root
  const byId = (id: string) => findElement(body, element => element.attributes.get('id') === id)
  const footer = byId('footer')
  const time = byId('timestamp')
  const heading = headingOf(body)
  const number = /^(\d+)\.html?$/.exec(fileNameOf(path))?.[1] ?? null
  const tags = footer
    ? [...descendants(footer)].filter(element => hasWord(element, 'class', 'tag')).map(textContent)
    : []
  return withoutAbsent({
    title: exportedText(heading && textContent(heading)),
    published: exportedDate(time && textContent(time), null, path, site, diagnostics),
    tags: exportedList(tags.map(tag => tag.replace(/^#/, '').trim()).filter(Boolean)),
    permalink: number === null ? undefined : exported(`/post/${number}`),
    html: withoutElements(text, body, [heading, footer]),
    dropped: [],
    diagnostics,
  })
}

/** A post's title stands before everything else, where it has one. */
function headingOf(body: HtmlElement): HtmlElement | null {
  const first = body.children.find(child => typeof child !== 'string' || child.trim() !== '')
  return first && typeof first !== 'string' && /^h[12]$/.test(first.tag) ? first : null
}

/** The source of an element's content without some that stand in it. */
function withoutElements(text: string, around: HtmlElement, out: (HtmlElement | null)[]): string {
  let html = ''
  let at = around.contentStart
  for (const { start, end } of out.filter(element => element !== null).sort((a, b) => a.start - b.start)) {
    html += text.slice(at, start)
    at = end
  }
  return html + text.slice(at, around.contentEnd)
}
