import { escapeHtmlText } from '../../text/escape.ts'
import { ownValue } from '../../text/own-value.ts'
import { isTable, textAt } from '../preset-folder.ts'
import { filledTemplate, showsInnerAlways } from './hugo-templates.ts'
import type { TemplateContext } from './template-run.ts'
import type { TemplateTag } from './template-tags.ts'

/**
 * What a shortcode of Hugo's shows: `param`, `details`, and those of the site whose templates only put arguments and inner
 * text together. Null where it takes more.
 * @param inner what stands between a pair of tags, translated; null for a tag that stands alone
 */
export function hugoValueOf(tag: TemplateTag, inner: string | null, context: TemplateContext): string | null {
  if (context.family !== 'hugo') return null
  const own = ownValue(context.includes, tag.name)
  if (own !== undefined) return filledTemplate(own, tag, inner, context.omitsRawHtml === true)
  if (tag.name === 'param') return paramOf(tag.named.name ?? tag.words[0] ?? '', context)
  if (tag.name === 'details' && inner !== null) {
    const summary = escapeHtmlText(tag.named.summary ?? 'Details')
    return `<details><summary>${summary}</summary>\n\n${inner}\n\n</details>`
  }
  return null
}

/** Whether the site's own template of a shortcode may hide what stands between its tags. */
export function mayHideInner(tag: TemplateTag, context: TemplateContext): boolean {
  const own = context.family === 'hugo' ? ownValue(context.includes, tag.name) : undefined
  return own !== undefined && !showsInnerAlways(own)
}

/** https://gohugo.io/shortcodes/param/: the page's own, else the site's; a dot goes into a table. */
function paramOf(name: string, { page, values }: TemplateContext): string | null {
  const keys = name.split('.')
  const site = isTable(values.site) ? values.site.params : undefined
  return textAt(page, ...keys) ?? textAt(page, 'params', ...keys) ?? textAt(site, ...keys)
}
