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
    'video',
    'attachments',
  ],
} as const satisfies Record<string, readonly string[]>

export type FrontMatterField = keyof typeof frontMatterKeys

export type StatusKeyValue = 'draft' | 'unlisted' | 'password' | 'paid' | null

/** What keys say of an article's status: a table of the values that withhold it. */
export const statusKeys: Record<string, (value: unknown) => StatusKeyValue> = {
  draft: value => (isTrue(value) ? 'draft' : null),
  published: value => (isFalse(value) ? 'draft' : null),
  isPublished: value => (isFalse(value) ? 'draft' : null),
  status: value => statusWords[word(value)] ?? null,
  postStatus: value => statusWords[word(value)] ?? null,
  visibility: value => visibilityWords[word(value)] ?? null,
  audience: value => (/^only_paid|founding$/.test(word(value)) ? 'paid' : null),
  access: value => visibilityWords[word(value)] ?? null,
  private: value => (isTrue(value) ? 'unlisted' : null),
  hidden: value => (isTrue(value) ? 'unlisted' : null),
  unlisted: value => (isTrue(value) ? 'unlisted' : null),
  headless: value => (isTrue(value) ? 'unlisted' : null),
  eleventyExcludeFromCollections: value => (isTrue(value) ? 'unlisted' : null),
  render: value => (isFalse(value) ? 'unlisted' : null),
  password: value => (isBlank(value) || isFalse(value) ? null : 'password'),
  postPassword: value => (isBlank(value) || isFalse(value) ? null : 'password'),
  protected: value => (isTrue(value) ? 'password' : null),
}

const statusWords: Record<string, StatusKeyValue> = {
  draft: 'draft',
  pending: 'draft',
  'auto-draft': 'draft',
  trash: 'draft',
  unpublished: 'draft',
  idea: 'draft',
  private: 'unlisted',
  hidden: 'unlisted',
  unlisted: 'unlisted',
  skip: 'unlisted',
}

const visibilityWords: Record<string, StatusKeyValue> = {
  private: 'unlisted',
  hidden: 'unlisted',
  unlisted: 'unlisted',
  password: 'password',
  protected: 'password',
  members: 'paid',
  paid: 'paid',
  tiers: 'paid',
  subscribers: 'paid',
}

const word = (value: unknown) => (typeof value === 'string' ? value.trim().toLowerCase() : '')
const isBlank = (value: unknown) => value === null || value === undefined || value === ''

/** True as YAML 1.2, YAML 1.1 and people write it. */
export const isTrue = (value: unknown): boolean => value === true || /^(?:true|yes|on|y|1)$/.test(word(value))
export const isFalse = (value: unknown): boolean =>
  value === false || /^(?:false|no|off|n|0)$/.test(word(value))

/** The form in which keys are compared. */
export const foldKey = (key: string): string => key.toLowerCase().replace(/[-_ ]/g, '')
