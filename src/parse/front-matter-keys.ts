/**
 * The keys by which ten systems (Jekyll, Hugo, Zola, Eleventy, Astro, Pelican, and the exports of Ghost, WordPress, Substack and
 * Medium as converters write them) name what an article is. For each of our fields the names are tried in this order, and the
 * first that gives a value counts. Names are compared without case, `-`, `_` and spaces: `pub_date` is `pubDate`.
 * A dot goes into a table: `extra.author`. `[front_matter_keys]` in broadsheet.toml puts names of its own in front.
 */
export const frontMatterKeys = {
  title: ['title', 'headline', 'linkTitle', 'name'],
  kicker: ['kicker', 'overline'],
  standfirst: ['standfirst', 'subtitle', 'dek', 'deck', 'lede', 'subheading', 'tagline'],
  summary: ['summary', 'description', 'excerpt', 'customExcerpt', 'abstract', 'metaDescription'],
  authors: [
    'authors',
    'author',
    'byline',
    'by',
    'creator',
    'taxonomies.authors',
    'extra.authors',
    'extra.author',
  ],
  published: [
    'date',
    'publishDate',
    'pubDate',
    'published',
    'publishedAt',
    'publishedDate',
    'datePublished',
    'publicationDate',
    'postDate',
    'created',
    'createdAt',
  ],
  updated: [
    'updated',
    'lastmod',
    'lastModifiedAt',
    'lastModified',
    'modified',
    'updatedDate',
    'updatedAt',
    'lastUpdated',
    'dateModified',
    'dateUpdated',
    'modifiedDate',
  ],
  expires: ['expiryDate', 'expires', 'expirationDate', 'unpublishDate'],
  timezone: ['timezone', 'tz', 'timeZone'],
  tags: ['tags', 'tag', 'taxonomies.tags', 'keywords', 'topics'],
  section: ['section', 'category', 'categories', 'taxonomies.categories'],
  source: ['source', 'publisher'],
  language: ['lang', 'language', 'locale'],
  direction: ['dir', 'direction', 'textDirection'],
  guid: ['guid', 'id', 'uuid', 'atomId', 'feedId'],
  slug: ['slug'],
  permalink: ['permalink', 'url', 'path', 'canonicalUrl', 'canonical'],
  externalUrl: [
    'externalUrl',
    'link',
    'linkUrl',
    'externalLink',
    'linkedUrl',
    'bookmarkOf',
    'extra.externalUrl',
    'extra.link',
  ],
  aliases: ['aliases', 'alias', 'redirectFrom', 'redirects', 'oldUrls'],
  image: [
    'image',
    'images',
    'cover',
    'coverImage',
    'featuredImage',
    'featureImage',
    'featuredImg',
    'heroImage',
    'hero',
    'banner',
    'thumbnail',
    'ogImage',
    'socialImage',
    'header.image',
    'header.overlayImage',
    'header.teaser',
    'extra.image',
    'extra.cover',
  ],
  imageAlt: ['imageAlt', 'coverAlt', 'heroImageAlt', 'featureImageAlt', 'coverImageAlt', 'featuredImageAlt'],
  enclosures: [
    'enclosures',
    'enclosure',
    'audio',
    'podcast',
    'podcastUrl',
    'audioUrl',
    'podcastFile',
    'audioFile',
    'mp3',
    'sound',
    'recording',
    'episodeUrl',
    'file',
    'media',
    'video',
    'videoUrl',
    'videoFile',
    'attachments',
  ],
} as const satisfies Record<string, readonly string[]>

export type FrontMatterField = keyof typeof frontMatterKeys

/** The form in which keys are compared. */
export const foldKey = (key: string): string => key.toLowerCase().replace(/[-_ ]/g, '')

/** Keys that say from when on an article may be seen, whatever its date says. Compared as the others are. */
export const embargoKeys: ReadonlySet<string> = new Set(
  [
    'publishDate',
    'publishOn',
    'publishAt',
    'published',
    'embargo',
    'embargoDate',
    'embargoUntil',
    'embargoedUntil',
    'notBefore',
    'goLive',
    'goLiveAt',
    'scheduled',
    'scheduledAt',
    'scheduledFor',
  ].map(foldKey),
)

/** Keys that say until when. */
export const expiryKeys: ReadonlySet<string> = new Set(frontMatterKeys.expires.map(foldKey))
