import { html } from 'hono/html'
import { type Article, type Author, isNews } from '../../model/article.ts'
import { formatRfc3339 } from '../../text/dates.ts'
import { assetAddress } from '../feed-channel.ts'
import { coverOf } from '../feed-item.ts'
import { type Html, jsonLd } from './html.ts'
import { publishedDate, updatedDate } from './page-formats.ts'
import type { PageFrame } from './page-frame.ts'
import type { ArticleView } from './page-views.ts'

/** What programs read about an article: Open Graph for previews of links, schema.org for searching. */
export function articleHead({ article, collections }: ArticleView, frame: PageFrame): Html {
  const { site } = frame
  const image = article.image ?? coverOf(article)
  const section = collections.find(({ kind }) => kind === 'section')
  const tags = collections.filter(({ kind }) => kind === 'tag')
  const properties: [string, string | number | null | undefined][] = [
    ['og:type', isNews(article) ? 'article' : 'website'],
    ['og:title', article.title],
    ['og:description', article.summary],
    ['og:url', article.url],
    ['og:site_name', site.title],
    ['og:locale', openGraphLocale(article.language ?? site.language)],
    ['og:image', image?.url],
    ['og:image:alt', image?.alt],
    ['og:image:width', image?.width],
    ['og:image:height', image?.height],
    ...(isNews(article) ? articleProperties(article, section?.name, tags) : []),
  ]
  // Other programs take the rest from Open Graph; the kind of card is said only here.
  return html`${properties.map(([property, content]) =>
    content === null || content === undefined || content === ''
      ? ''
      : html`<meta property="${property}" content="${content}">\n`,
  )}<meta name="twitter:card" content="${image ? 'summary_large_image' : 'summary'}">
${jsonLd(
  isNews(article)
    ? structured(article, section?.name ?? null, authorPages(collections, frame), frame)
    : structuredPage(article, frame),
)}
`
}

const articleProperties = (
  article: Article,
  section: string | undefined,
  tags: ArticleView['collections'],
): [string, string | null | undefined][] => [
  ['article:published_time', exactly(publishedDate(article))],
  ['article:modified_time', modified(article)],
  ['article:section', section],
  ...tags.map(({ name }): [string, string] => ['article:tag', name]),
]

/** Where everything that somebody signed can be found, by name. */
function authorPages(collections: ArticleView['collections'], { address }: PageFrame): Map<string, string> {
  return new Map(
    collections.flatMap(({ kind, name, path }) =>
      kind === 'author' ? [[name.normalize('NFC').toLowerCase(), address(path)]] : [],
    ),
  )
}

/** The publication as schema.org has it. */
export function publisherOf(site: PageFrame['site']): object {
  return {
    '@type': 'Organization',
    name: site.title,
    url: site.url,
    ...(site.logo ? { logo: { '@type': 'ImageObject', url: assetAddress(site.logo, site) } } : {}),
  }
}

/**
 * What previews of links and search engines read of a page that lists articles.
 * @param type the publication's own page, or one of its collections
 */
export function listHead(
  {
    title,
    description,
    url,
    language,
    articles,
    type,
  }: {
    title: string
    description: string
    url: string
    language: string
    articles: Article[]
    type: 'WebSite' | 'CollectionPage'
  },
  { site }: PageFrame,
): Html {
  const image = site.logo && assetAddress(site.logo, site)
  const properties: [string, string | null][] = [
    ['og:type', 'website'],
    ['og:title', title],
    ['og:description', description],
    ['og:url', url],
    ['og:site_name', site.title],
    ['og:locale', openGraphLocale(language)],
    ['og:image', image],
  ]
  const data = {
    '@context': 'https://schema.org',
    '@type': type,
    name: title,
    description: description || undefined,
    url,
    inLanguage: language,
    publisher: publisherOf(site),
    mainEntity: {
      '@type': 'ItemList',
      itemListElement: articles.slice(0, 10).map((article, index) => ({
        '@type': 'ListItem',
        position: index + 1,
        url: article.url,
        name: article.title,
      })),
    },
  }
  return html`${properties.map(([property, content]) =>
    content ? html`<meta property="${property}" content="${content}">\n` : '',
  )}<meta name="twitter:card" content="summary">
${jsonLd(data)}
`
}

/** schema.org; what is unknown is left out. */
function structured(
  article: Article,
  section: string | null,
  pages: ReadonlyMap<string, string>,
  { site }: PageFrame,
): object {
  const publisher = publisherOf(site)
  // News is what says of itself that it is: by a place, an agency or the news site it was taken from.
  const news = article.dateline !== null || article.agency !== null || article.source !== null
  return {
    '@context': 'https://schema.org',
    '@type': news ? 'NewsArticle' : 'Article',
    headline: article.title,
    description: article.summary || undefined,
    url: article.url,
    mainEntityOfPage: article.url,
    datePublished: exactly(publishedDate(article)),
    dateModified: modified(article) ?? exactly(publishedDate(article)),
    author:
      article.authors.length > 0 ? article.authors.map(author => person(author, site, pages)) : undefined,
    publisher,
    // The publication's logo is no picture of the article: it stands with the publisher.
    image: (article.image ?? coverOf(article))?.url,
    inLanguage: article.language ?? site.language,
    articleSection: section ?? undefined,
    keywords: article.tags.length > 0 ? article.tags : undefined,
    dateline: article.dateline ?? undefined,
    associatedMedia: media(article),
  }
}

/** A page that is no news has no date to tell. */
function structuredPage(article: Article, { site }: PageFrame): object {
  return {
    '@context': 'https://schema.org',
    '@type': 'WebPage',
    name: article.title,
    description: article.summary || undefined,
    url: article.url,
    inLanguage: article.language ?? site.language,
    isPartOf: { '@type': 'WebSite', name: site.title, url: site.url },
    publisher: publisherOf(site),
    image: article.image?.url,
  }
}

/** An article may be signed by the publication itself. */
function person({ name, url }: Author, site: PageFrame['site'], pages: ReadonlyMap<string, string>): object {
  if (name === site.title) return { '@type': 'Organization', name, url: url ?? site.url }
  return { '@type': 'Person', name, url: url ?? pages.get(name.normalize('NFC').toLowerCase()) }
}

function media({ enclosures }: Article): object[] | undefined {
  if (enclosures.length === 0) return undefined
  return enclosures.map(({ url, type, title, length }) => ({
    '@type': type.startsWith('audio/')
      ? 'AudioObject'
      : type.startsWith('video/')
        ? 'VideoObject'
        : 'MediaObject',
    contentUrl: url,
    encodingFormat: type,
    name: title ?? undefined,
    contentSize: length === null ? undefined : `${length} B`,
  }))
}

function modified(article: Article): string | null {
  const updated = updatedDate(article)
  return updated === null ? null : exactly(updated)
}

function exactly(date: string | number): string {
  return typeof date === 'string' ? date : formatRfc3339(date)
}

/** `en_GB`; Open Graph has no languages without a territory. */
function openGraphLocale(language: string): string | null {
  const [, primary, territory] = /^([a-z]{2,3})(?:-[a-z]{4})?-([a-z]{2})\b/i.exec(language) ?? []
  return primary && territory ? `${primary.toLowerCase()}_${territory.toUpperCase()}` : null
}
