import { escapeHtmlAttribute, escapeHtmlText } from '../../text/escape.ts'
import { ownValue } from '../../text/own-value.ts'
import { isTable, textAt } from '../preset-folder.ts'
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
  if (own !== undefined) return filledTemplate(own, tag, inner)
  if (tag.name === 'param') return paramOf(tag.named.name ?? tag.words[0] ?? '', context)
  if (tag.name === 'details' && inner !== null) {
    const summary = escapeHtmlText(tag.named.summary ?? 'Details')
    return `<details><summary>${summary}</summary>\n\n${inner}\n\n</details>`
  }
  return null
}

/** https://gohugo.io/shortcodes/param/: the page's own, else the site's; a dot goes into a table. */
function paramOf(name: string, { page, values }: TemplateContext): string | null {
  const keys = name.split('.')
  const site = isTable(values.site) ? values.site.params : undefined
  return textAt(page, ...keys) ?? textAt(page, 'params', ...keys) ?? textAt(site, ...keys)
}

const action = /\{\{-?\s*([\s\S]*?)\s*-?\}\}/g
const filter =
  /\s*\|\s*(?:safeHTML|safeURL|safeCSS|htmlUnescape|markdownify|\.Page\.RenderString|\$\.Page\.RenderString|plainify)\s*$/

/** Fills a template of nothing but `.Inner` and `.Get`, with or without a condition on the argument alone. */
function filledTemplate(template: string, tag: TemplateTag, inner: string | null): string | null {
  let known = true
  const fill = (text: string): string =>
    text.replace(action, (_, written: string) => {
      if (/^\/\*[\s\S]*\*\/$/.test(written)) return ''
      let expression = written
      let raw = false
      const markdown = /markdownify|RenderString/.test(written)
      while (filter.test(expression)) {
        raw = true
        expression = expression.replace(filter, '')
      }
      if (/^(?:\$?\.Inner|trim \.Inner .*)$/.test(expression))
        return markdown ? `\n\n${inner ?? ''}\n\n` : (inner ?? '')
      const value = argumentOf(expression, tag)
      if (value === undefined) known = false
      return raw ? (value ?? '') : escapeHtmlAttribute(value ?? '')
    })
  const filled = fill(template)
  return known ? filled.trim() : null
}

function argumentOf(expression: string, tag: TemplateTag): string | undefined {
  const [, position, name] = /^\(?\s*\$?\.Get\s+(?:(\d+)|["'`]([\w-]+)["'`])\s*\)?$/.exec(expression) ?? []
  if (position !== undefined) return tag.words[Number(position)] ?? ''
  if (name === undefined) return undefined
  return ownValue(tag.named, name.toLowerCase()) ?? ''
}
