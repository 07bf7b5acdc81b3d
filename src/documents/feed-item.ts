import type { Article, Author, Enclosure, LeadImage } from '../model/article.ts'
import { publicationDate } from '../model/article.ts'
import { type Episode, plainEpisode } from '../model/episode.ts'
import { isPlayable, leadingSound } from '../model/formats.ts'
import type { Site } from '../model/site.ts'
import { escapeHtmlAttribute, escapeHtmlText, escapeXml } from '../text/escape.ts'
import { decodePath, publicationPath } from '../text/urls.ts'
import { chaptersUrl } from './chapters.ts'
import { type FieldTexts, fieldNamespaces, fieldTexts, jsonExtensions } from './feed-fields.ts'

/** An article as feeds carry it: what all three formats share, settled once. */
export interface FeedItem {
  id: string
  url: string
  title: string
  /** The title stands in for one that the author did not give. */
  untitled: boolean
  /** The page elsewhere that a link post is about. */
  externalUrl: string | null
  /** Plain text. */
  summary: string
  /** HTML; null where the publication's feeds carry summaries only. */
  html: string | null
  /** Epoch milliseconds. */
  published: number
  updated: number
  authors: Author[]
  /** The section first; each name once. */
  categories: { name: string; kind: 'section' | 'tag' }[]
  /** Given where it differs from the publication's. */
  language: string | null
  image: LeadImage | null
  /** Whether the picture stands above the article, and not in its text. */
  imageAbove: boolean
  enclosures: Enclosure[]
  /** Where the article was published first. `feed` is the address of that publication's feed. */
  source: { name: string; feed: string | null } | null
  /** What a podcast player asks beyond: present where the first enclosure is to be listened to or watched. */
  episode: (Omit<Episode, 'chapters'> & { chapters: { url: string } | null }) | null
  customFields: FieldTexts[]
  /** The same fields as JSON Feed has them. */
  extensions: Record<string, unknown>
}

/** These elements lead to files by an attribute. What front matter says of them is read where episodes are; its words would be no address. */
const addressed: ReadonlySet<string> = new Set(['podcast:transcript', 'podcast:chapters'])

/** Maps an article to what a feed says of it. The article has a date: without one it is never published. */
export function feedItem(article: Article, site: Site): FeedItem {
  const published = publicationDate(article).epoch
  const { image } = article
  const imageAbove = image !== null && !mentions(article.html, image.url)
  const enclosures = playableFirst(article.enclosures).map(enclosure => counted(enclosure, site))
  const fields = fieldTexts(site.feedFields, 'item', article.extra).filter(
    ({ element }) => !addressed.has(element),
  )
  return {
    id: article.id,
    url: article.url,
    title: article.title,
    untitled: isUntitled(article, site),
    externalUrl: article.externalUrl ?? null,
    summary: article.summary,
    html:
      site.content === 'full'
        ? directed(
            withLink(imageAbove ? pictured(article.html, image) : article.html, article),
            article,
            site,
          )
        : null,
    published,
    updated: Math.max(published, article.revised),
    authors: article.authors,
    categories: categoriesOf(article),
    language: article.language === site.language ? null : article.language,
    image: image ?? coverOf(article),
    imageAbove,
    enclosures,
    source:
      article.source === null
        ? null
        : { name: article.source, feed: site.sources[article.source]?.feed ?? null },
    episode: enclosures[0] && isPlayable(enclosures[0]) ? episodeOf(article, site) : null,
    customFields: fields,
    extensions: jsonExtensions(fields, fieldNamespaces(site)),
  }
}

/** Whether an article is a note whose title is only its first words, and is shown as one. */
export function isUntitled(
  { fields }: Pick<Article, 'fields'>,
  { untitled }: Pick<Site, 'untitled'>,
): boolean {
  return untitled === 'empty' && fields.title?.from === 'derived'
}

/** An episode's own cover as its picture, where it has no other. It stands for no words. */
export function coverOf({ episode, image }: Pick<Article, 'episode' | 'image'>): LeadImage | null {
  const cover = episode?.image
  return image === null && cover ? { ...cover, alt: '', length: null } : null
}

/** Readers know no link but the article's own: what a link post is about stands behind its words, unless it stands in them. */
export function withLink(html: string, { externalUrl }: Pick<Article, 'externalUrl'>): string {
  if (!externalUrl || mentions(html, externalUrl)) return html
  const { host, pathname } = new URL(externalUrl)
  const shown = `${host.replace(/^www\./, '')}${pathname === '/' ? '' : decodePath(pathname)}`
  return `${html}\n<p><a href="${escapeHtmlAttribute(externalUrl)}">→ ${escapeHtmlText(shown)}</a></p>`
}

function episodeOf(article: Article, site: Site): FeedItem['episode'] {
  const { explicit, chapters: _, ...said } = article.episode ?? plainEpisode
  const url = chaptersUrl(article, site)
  const name = said.season && (said.season.name ?? site.podcast.seasons[said.season.number] ?? null)
  return {
    ...said,
    season: said.season && { ...said.season, name },
    // Where feeds say different things of themselves, an episode that says nothing leaves it to them.
    explicit:
      explicit ??
      (site.feeds.some(({ podcast }) => podcast?.explicit !== undefined) ? null : site.podcast.explicit),
    chapters: url === null ? null : { url },
    // What is said on the page alone is read there.
    transcripts: said.transcripts.flatMap(transcript =>
      transcript.url !== ''
        ? [transcript]
        : publicationPath(article.url, site.url) === null
          ? []
          : [{ ...transcript, url: `${article.url}#transcript` }],
    ),
  }
}

/** Services that count downloads redirect what follows their address: it stands there without `https://`. */
function counted(enclosure: Enclosure, { podcast: { downloadPrefix } }: Site): Enclosure {
  if (downloadPrefix === null || !isPlayable(enclosure)) return enclosure
  return { ...enclosure, url: downloadPrefix + enclosure.url.replace(/^https:\/\//i, '') }
}

/** RSS has room for one enclosure: of sound and a leaflet it is the sound, of several sounds the one that all can play. */
export function playableFirst(enclosures: Enclosure[]): Enclosure[] {
  const first = leadingSound(enclosures)
  return first && first !== enclosures[0]
    ? [first, ...enclosures.filter(other => other !== first)]
    : enclosures
}

function categoriesOf({ section, tags }: Article): FeedItem['categories'] {
  const names = new Set(tags)
  if (section) names.delete(section)
  return [
    ...(section ? [{ name: section, kind: 'section' as const }] : []),
    ...[...names].map(name => ({ name, kind: 'tag' as const })),
  ]
}

function mentions(html: string, url: string): boolean {
  return html.includes(`"${escapeHtmlAttribute(url)}"`) || html.includes(`"${escapeXml(url)}"`)
}

/** Many readers show the text of an item and nothing else: a picture that the author put above it has to be in there. */
function pictured(html: string, { url, alt, width, height }: LeadImage): string {
  const size = width && height ? ` width="${width}" height="${height}"` : ''
  return `<p><img src="${escapeHtmlAttribute(url)}" alt="${escapeHtmlAttribute(alt)}"${size}></p>${html}`
}

/** No feed format has a direction, so it goes into the HTML: on every article that is not written left to right. */
function directed(html: string, article: Article, site: Site): string {
  const foreign = article.language !== null && article.language !== site.language
  if (article.direction === 'ltr' && !foreign) return html
  const language = article.language ? ` lang="${escapeXml(article.language)}"` : ''
  return `<div dir="${article.direction}"${language}>${html}</div>`
}
