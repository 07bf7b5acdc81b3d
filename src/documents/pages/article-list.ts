import { html } from 'hono/html'
import type { Article, LeadImage } from '../../model/article.ts'
import { directionOfLanguage } from '../../text/language.ts'
import { isUntitled } from '../feed-item.ts'
import type { Html } from './html.ts'
import { publishedDate } from './page-formats.ts'
import { languageAttributes, lengthClass, type PageFrame, type PageLanguage } from './page-frame.ts'

/** Articles by title, date, authors and summary, in the order given; each in its own language and direction. @param spoken the page's language */
export function articleList(
  articles: Article[],
  frame: PageFrame,
  spoken: PageLanguage,
  heading: 'h2' | 'h3' = 'h2',
): Html {
  return html`<ol class="articles">
${articles.map(article => html`<li${inItsLanguage(article, frame)}>${teaser(article, frame, spoken, heading, true)}</li>\n`)}</ol>
`
}

/** Articles by title and date alone. */
export function headlineList(articles: Article[], frame: PageFrame, spoken: PageLanguage): Html {
  return html`<ol class="headlines">
${articles.map(
  article =>
    html`<li${inItsLanguage(article, frame)}><a href="${article.url}">${article.title}</a> ${meta(article, frame, spoken, false)}</li>\n`,
)}</ol>
`
}

/** The picture says nothing that the title does not: whoever listens goes without. Its place is kept whatever its size. */
function thumbnail({ url }: LeadImage): Html {
  return html`<img class="thumb" src="${url}" alt="" width="104" height="104" loading="lazy" decoding="async">
`
}

/** @param pictured whether the article's picture stands beside it, small */
export function teaser(
  article: Article,
  frame: PageFrame,
  spoken: PageLanguage,
  heading: 'h2' | 'h3',
  pictured = false,
): Html {
  const link = (text: string) => html`<a href="${article.url}">${text}</a>`
  const summary = article.standfirst ?? article.summary
  const untitled = isUntitled(article, frame.site)
  return html`${pictured && article.image ? thumbnail(article.image) : ''}${article.kicker ? html`<p class="label">${article.kicker}</p>\n` : ''}${
    untitled
      ? noteHeading(link(summary || article.title), heading)
      : html`${heading === 'h2' ? html`<h2${lengthClass(article.title)}>${link(article.title)}</h2>` : html`<h3>${link(article.title)}</h3>`}
<p class="summary">${summary}</p>`
  }
${meta(article, frame, spoken, true)}`
}

/** A note's words are there once: as what leads to it, and set as the text that they are. */
const noteHeading = (link: Html, heading: 'h2' | 'h3') =>
  heading === 'h2' ? html`<h2 class="words">${link}</h2>` : html`<h3 class="words">${link}</h3>`

/** `lang` and `dir` of an article among others. */
export function inItsLanguage(article: Article, frame: PageFrame): Html {
  return html` lang="${article.language ?? frame.site.language}" dir="${article.direction}"`
}

/** Dates of a list are all in its own language: one form in one list, whatever languages its articles are in. */
function meta(article: Article, frame: PageFrame, spoken: PageLanguage, authors: boolean): Html {
  const language = article.language ?? frame.site.language
  const attributes = languageAttributes({ language, direction: article.direction }, spoken)
  const names =
    authors && article.authors.length > 0
      ? html` <span class="by">${spoken.list(article.authors, author => html`<bdi>${author.name}</bdi>`)}</span>`
      : ''
  return html`<p class="meta"${attributes}>${spoken.day(publishedDate(article))}${names}</p>`
}

/** A collection's name as people read it, in the direction of its own text. */
export function collectionName(
  collection: { kind: string; name: string },
  frame: PageFrame,
): { text: string; element: Html } {
  if (collection.kind !== 'language')
    return { text: collection.name, element: html`<span dir="auto">${collection.name}</span>` }
  const text = frame.own.languageName(collection.name)
  const direction = directionOfLanguage(collection.name)
  return { text, element: html`<span lang="${collection.name}" dir="${direction}">${text}</span>` }
}
