import { html } from 'hono/html'
import type { Article } from '../../model/article.ts'
import type { Collection } from '../../model/collection.ts'
import type { Site } from '../../model/site.ts'
import { addressOf } from '../feed-channel.ts'
import { type Html, renderPage, sanitised } from './layout.ts'
import { timeElement } from './page-dates.ts'

/** An article's own page. `collections` are those it belongs to, for its links and its feeds. */
export function renderArticlePage(article: Article, collections: Collection[], site: Site): string {
  const language = article.language ?? site.language
  return renderPage({
    site,
    title: article.title,
    description: article.summary,
    canonical: article.url,
    language,
    direction: article.direction,
    feeds: [{ path: '/', title: site.title }],
    main: html`<article>
<h1>${article.title}</h1>
${article.standfirst ? html`<p class="lead">${article.standfirst}</p>` : ''}
<p class="meta">${timeElement(article.published!.epoch, language, site.timezone ?? 'UTC')}${byline(article)}</p>
<div class="body">
${sanitised(article.html)}
</div>
${enclosures(article)}
${memberships(collections, site)}
</article>`,
  })
}

function byline(article: Article): Html | string {
  if (article.authors.length === 0) return ''
  return html` · ${article.authors.map(author => author.name).join(', ')}`
}

function enclosures(article: Article): Html | string {
  if (article.enclosures.length === 0) return ''
  return html`<ul class="enclosures">${article.enclosures.map(
    ({ url, type, title }) =>
      html`<li>${type.startsWith('audio/') ? html`<audio controls preload="none" src="${url}"></audio> ` : ''}<a href="${url}">${title ?? decodeURIComponent(url.split('/').at(-1) ?? url)}</a></li>`,
  )}</ul>`
}

function memberships(collections: Collection[], site: Site): Html | string {
  const named = collections.filter(({ kind }) => kind === 'tag' || kind === 'section')
  if (named.length === 0) return ''
  return html`<ul class="tags">${named.map(
    ({ path, name }) => html`<li><a rel="tag" href="${addressOf(path, site)}" dir="auto">${name}</a></li>`,
  )}</ul>`
}
