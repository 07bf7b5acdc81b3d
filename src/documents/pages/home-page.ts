import { html } from 'hono/html'
import type { Article } from '../../model/article.ts'
import { listHead } from './article-head.ts'
import { articleList, headlineList, inItsLanguage, teaser } from './article-list.ts'
import { collectionIndex, collectionLink } from './collection-index.ts'
import type { Html } from './html.ts'
import type { PageFrame } from './page-frame.ts'
import type { HomeView } from './page-views.ts'
import { paging } from './paging.ts'

/** How many articles stand below the first with their summaries; the rest are headlines. */
const withSummary = 9

/** The publication's own page: the newest article, some more, the rest by headline, and what else there is to follow. */
export function renderHomePage(view: HomeView, frame: PageFrame): string {
  const { collection, articles, collections, older } = view
  const { site, own } = frame
  const { words } = own
  const [first, ...others] = articles
  const rest = others.slice(withSummary)
  return frame.render({
    title: null,
    description: site.description,
    canonical: site.url,
    language: own.language,
    direction: own.direction,
    feeds: [{ path: '/', title: site.title }],
    home: true,
    head: listHead(
      {
        title: site.title,
        description: site.description,
        url: site.url,
        language: own.language,
        articles,
        type: 'WebSite',
      },
      frame,
    ),
    main: html`${first ? lead(first, frame) : html`<p class="empty">${words.nothingYet}</p>\n`}${
      others.length > 0
        ? html`<div class="columns">\n${articleList(others.slice(0, withSummary), frame, own)}</div>\n`
        : ''
    }${rest.length > 0 ? html`<section>\n<h2 class="rubric">${words.more}</h2>\n${headlineList(rest, frame, own)}</section>\n` : ''}${paging(
      { collection, older, newer: null, newest: false },
      own,
      frame,
    )}${collections.length > 0 ? html`<div class="indexes">\n${collectionIndex(collections, entry => collectionLink(entry, frame), own)}</div>\n` : ''}`,
  })
}

/** The newest article, with its picture. */
function lead(article: Article, frame: PageFrame): Html {
  return html`<section class="lead${article.image ? ' pictured' : ''}"${inItsLanguage(article, frame)}>
<div>
${teaser(article, frame, frame.own, 'h2')}
</div>
${article.image ? leadPicture(article.image) : ''}</section>
`
}

function leadPicture({ url, alt, width, height }: NonNullable<Article['image']>): Html {
  return html`<img src="${url}" alt="${alt}"${width && height ? html` width="${width}" height="${height}"` : ''} decoding="async">
`
}
