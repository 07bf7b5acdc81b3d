import type { Site } from '../../model/site.ts'
import { accentOf } from './accent-colour.ts'
import { articleStyle } from './style-article.ts'
import { baseStyle } from './style-base.ts'
import { listStyle } from './style-lists.ts'
import { printStyle } from './style-print.ts'
import { subscribeStyle } from './style-subscribe.ts'

/**
 * The one stylesheet of all pages: no script, no font to fetch, no third party; light and dark by the reader's own
 * setting. Ours is in a layer, so that any rule of the publication's own, however simple, wins over it.
 * @param own the publication's CSS, or null
 */
export function stylesheet(site: Pick<Site, 'accent'>, own: string | null): string {
  const parts = [baseStyle(accentOf(site.accent)), listStyle, articleStyle, subscribeStyle, printStyle]
  const ours = `@layer broadsheet {\n${parts.join('')}}\n`
  return own === null ? ours : `${ours}${own}`
}
