import { html } from 'hono/html'
import type { Site } from '../../model/site.ts'
import { renderPage } from './layout.ts'

/** What a person sees at an address that leads nowhere. */
export function renderNotFoundPage(site: Site): string {
  return renderPage({
    site,
    title: 'Not found',
    description: '',
    canonical: null,
    language: site.language,
    direction: 'ltr',
    feeds: [{ path: '/', title: site.title }],
    main: html`<h1>Not found</h1>
<p>There is nothing at this address. The <a href="${site.url}">front page</a> lists the newest articles and every feed.</p>`,
  })
}
