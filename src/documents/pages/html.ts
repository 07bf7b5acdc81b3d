import { raw } from 'hono/html'
import type { HtmlEscapedString } from 'hono/utils/html'

/** What `hono/html` makes: text that is escaped already. Our templates hold no promises, so it is never one. */
export type Html = HtmlEscapedString | Promise<HtmlEscapedString>

/** HTML that was escaped before: by the sanitiser, or by a template that was rendered for later use. */
export function escaped(text: string): Html {
  return raw(text)
}

/**
 * Data for programs that read pages. A `<script>` ends at the first `</script`, whatever JSON says (HTML §13.1.2.6), so
 * `<` is written as an escape, with it whatever else a careless reader might take for markup.
 */
export function jsonLd(data: object): Html {
  const text = JSON.stringify(data).replace(
    /[<>&\u2028\u2029]/g,
    character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
  return raw(`<script type="application/ld+json">${text}</script>`)
}
