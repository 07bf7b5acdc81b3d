import { html } from 'hono/html'
import type { Article } from '../../model/article.ts'
import type { Site } from '../../model/site.ts'
import type { Html } from './layout.ts'
import { timeElement } from './page-dates.ts'

/** Articles by title, date and summary, in the order given. */
export function articleList(articles: Article[], site: Site): Html {
  return html`<ol class="articles">
${articles.map(
  article => html`<li lang="${article.language ?? site.language}" dir="${article.direction}">
<h2><a href="${article.url}">${article.title}</a></h2>
<p class="meta">${timeElement(article.published!.epoch, article.language ?? site.language, site.timezone ?? 'UTC')}${
    article.authors.length > 0 ? html` · ${article.authors.map(author => author.name).join(', ')}` : ''
  }</p>
<p>${article.summary}</p>
</li>
`,
)}</ol>`
}
