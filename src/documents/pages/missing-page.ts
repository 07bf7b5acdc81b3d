import { html } from 'hono/html'
import { articleList } from './article-list.ts'
import type { PageFrame } from './page-frame.ts'
import type { MissingView } from './page-views.ts'

/** What a person sees at an address that leads nowhere. */
export function renderNotFoundPage(view: MissingView, frame: PageFrame): string {
  return renderMissing(view, frame.own.words.notFound, frame)
}

/** What a person sees where an article was withdrawn. */
export function renderGonePage(view: MissingView, frame: PageFrame): string {
  return renderMissing(view, frame.own.words.gone, frame)
}

function renderMissing(
  { latest }: MissingView,
  said: { title: string; text: string },
  frame: PageFrame,
): string {
  const { site, own, address } = frame
  const { words } = own
  return frame.render({
    title: said.title,
    description: '',
    canonical: null,
    language: own.language,
    direction: own.direction,
    feeds: [{ path: '/', title: site.title }],
    head: html`<meta name="robots" content="noindex">\n`,
    main: html`<header class="opening">
<h1>${said.title}</h1>
<p class="standfirst">${said.text}</p>
<p><a class="button" href="${site.url}">${words.frontPage}</a> <a class="button" href="${address('/feeds/')}">${words.allFeeds}</a></p>
</header>
${latest.length > 0 ? html`<section>\n<h2 class="rubric">${words.latest}</h2>\n${articleList(latest, frame, frame.own, 'h3')}</section>\n` : ''}`,
  })
}
