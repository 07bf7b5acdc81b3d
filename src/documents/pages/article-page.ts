import { html } from 'hono/html'
import { type Article, isNews, type LeadImage } from '../../model/article.ts'
import { isPlayable } from '../../model/formats.ts'
import { nameKey } from '../../text/name-key.ts'
import { coverOf, isUntitled, withLink } from '../feed-item.ts'
import { pageBody, showsImage } from './article-body.ts'
import { articleHead } from './article-head.ts'
import { attachments, players } from './attachments.ts'
import { playerOrigins, withClickPlayers } from './click-players.ts'
import { chapterList, transcripts } from './episode-parts.ts'
import { escaped, type Html } from './html.ts'
import { publishedDate, updatedDate } from './page-formats.ts'
import { languageAttributes, lengthClass, type PageFrame, type PageLanguage } from './page-frame.ts'
import type { ArticleView, CollectionLink, Neighbour } from './page-views.ts'

/** An article's own page. It speaks the article's language, where we have words in it. */
export function renderArticlePage(view: ArticleView, frame: PageFrame): string {
  const { article, collections } = view
  const { site } = frame
  const language = article.language ?? site.language
  const spoken = frame.speak(language)
  // Our own words, among the author's in another language.
  const ours = languageAttributes({ language, direction: article.direction }, spoken)
  const body = bodyOf(article, spoken, frame)
  const hasPlayers = playerOrigins(body).length > 0
  return frame.render({
    title: article.title,
    description: article.summary,
    canonical: article.url,
    language,
    direction: article.direction,
    feeds: [
      { path: '/', title: site.title },
      ...concerning(collections).map(({ path, name }) => ({ path, title: `${name} · ${site.title}` })),
    ],
    head: html`${articleHead(view, frame)}${
      hasPlayers ? html`<script src="${frame.asset('/embeds.js')}" defer></script>\n` : ''
    }`,
    main: html`<article>
<header class="opening">
${overline(article, collections, frame)}${heading(article, frame)}
${article.standfirst ? html`<p class="standfirst">${article.standfirst}</p>\n` : ''}${byline(article, collections, spoken, ours, frame)}</header>
${listening(article, spoken, ours)}${article.image && !showsImage(body, article.image.url) ? picture(article.image) : ''}<div class="body">
${escaped(body)}
</div>
${attachments(
  article.enclosures.filter(enclosure => !isPlayable(enclosure)),
  spoken,
  ours,
)}${chapterList(article, spoken, ours)}${transcripts(article, spoken, ours)}${topics(collections, spoken, ours, frame)}<p class="printed">${article.url}</p>
</article>
${neighbours(view, spoken, ours)}`,
  })
}

/** The headline. A note begins with the words that stand for its title: they are there for the ear, and to the eye once. */
function heading(article: Article, { site }: PageFrame): Html {
  return isUntitled(article, site)
    ? html`<h1 class="sr-only">${article.title}</h1>`
    : html`<h1${lengthClass(article.title)}>${article.title}</h1>`
}

/** The text as a page shows it. A still picture comes from the publication itself, or there is none: nobody else learns of the visit. */
function bodyOf(article: Article, { words }: PageLanguage, { site }: PageFrame): string {
  const body = pageBody(withLink(article.html, article), article.image, words)
  if (site.embeds === 'link') return body
  const { image } = article
  const isElsewhere = image === null || !image.url.startsWith(site.url)
  return withClickPlayers(body, isElsewhere || showsImage(article.html, image.url) ? null : image.url)
}

/** The collections whose feeds a reader of this article may want, the nearest first. */
function concerning(collections: CollectionLink[]): CollectionLink[] {
  return (['section', 'tag', 'author'] as const).flatMap(kind =>
    collections.filter(collection => collection.kind === kind),
  )
}

function overline(article: Article, collections: CollectionLink[], { address }: PageFrame): Html | string {
  const section = collections.find(({ kind }) => kind === 'section')
  if (!section && !article.kicker) return ''
  return html`<p class="label">${section ? html`<a href="${address(section.path)}" dir="auto">${section.name}</a>` : ''}${
    article.kicker ? html` <span>${article.kicker}</span>` : ''
  }</p>
`
}

function byline(
  article: Article,
  collections: CollectionLink[],
  spoken: PageLanguage,
  ours: Html | string,
  { address }: PageFrame,
): Html | string {
  const { words } = spoken
  const pages = new Map(
    collections.flatMap(({ kind, name, path }) => (kind === 'author' ? [[nameKey(name), path]] : [])),
  )
  const author = ({ name }: Article['authors'][number]) => {
    const path = pages.get(nameKey(name))
    return path
      ? html`<a rel="author" href="${address(path)}" dir="auto">${name}</a>`
      : html`<bdi>${name}</bdi>`
  }
  const agency = article.agency && !article.authors.some(({ name }) => name === article.agency)
  // The publication's authors sign its articles, and no page that is no news.
  const isSigned =
    article.authors.length > 0 && (isNews(article) || article.fields.authors?.from !== 'settings')
  const parts = [
    isSigned ? html`<span class="by">${words.by} ${spoken.list(article.authors, author)}</span>` : [],
    agency ? html`<span><bdi>${article.agency}</bdi></span>` : [],
    isNews(article) ? dates(article, spoken) : [],
  ].flat()
  return parts.length === 0
    ? ''
    : html`<p class="meta"${ours}>${parts.map((part, index) => (index === 0 ? part : html` ${part}`))}</p>
`
}

function dates(article: Article, { words, moment }: PageLanguage): Html[] {
  const updated = updatedDate(article)
  const published = html`<span>${moment(publishedDate(article))}</span>`
  return updated === null ? [published] : [published, html`<span>${words.updated} ${moment(updated)}</span>`]
}

function picture({ url, alt, width, height }: LeadImage): Html {
  return html`<figure class="picture"><img src="${url}" alt="${alt}"${width && height ? html` width="${width}" height="${height}"` : ''} decoding="async"></figure>
`
}

/** What is to be heard comes first on an episode's page, with its cover beside it. */
function listening(article: Article, spoken: PageLanguage, ours: Html | string): Html | string {
  const picture = cover(article)
  const played = players(article, spoken, ours)
  return picture === '' || played === ''
    ? html`${picture}${played}`
    : html`<div class="listen">\n${picture}${played}</div>\n`
}

/** An episode's cover, square and small. */
function cover(article: Article): Html | string {
  const found = coverOf(article)
  if (!found || showsImage(article.html, found.url)) return ''
  const { url, width, height } = found
  return html`<p class="cover"><img src="${url}" alt=""${width && height ? html` width="${width}" height="${height}"` : ''} decoding="async"></p>
`
}

function topics(
  collections: CollectionLink[],
  { words }: PageLanguage,
  ours: Html | string,
  { address }: PageFrame,
): Html | string {
  const tags = collections.filter(({ kind }) => kind === 'tag')
  if (tags.length === 0) return ''
  return html`<nav class="topics" aria-label="${words.topics}"${ours}><ul>
${tags.map(({ path, name }) => html`<li><a rel="tag" href="${address(path)}" dir="auto">${name}</a></li>\n`)}</ul></nav>
`
}

function neighbours(
  { previous, next }: ArticleView,
  { words }: PageLanguage,
  ours: Html | string,
): Html | string {
  if (!previous && !next) return ''
  const link = (article: Neighbour | null, rel: 'prev' | 'next', label: string) =>
    article
      ? html`<a rel="${rel}" href="${article.url}"><span class="label">${label}</span> <span class="title"${article.language ? html` lang="${article.language}"` : ''} dir="${article.direction}">${article.title}</span></a>\n`
      : ''
  return html`<nav class="neighbours" aria-label="${words.more}"${ours}>
${link(previous, 'prev', words.previousArticle)}${link(next, 'next', words.nextArticle)}</nav>
`
}
