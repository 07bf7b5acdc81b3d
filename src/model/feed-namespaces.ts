/** Namespaces that a document of ours declares where it has elements of them, by the prefix we use. */
export const feedNamespaceUris = {
  at: 'http://purl.org/atompub/tombstones/1.0',
  atom: 'http://www.w3.org/2005/Atom',
  content: 'http://purl.org/rss/1.0/modules/content/',
  dc: 'http://purl.org/dc/elements/1.1/',
  fh: 'http://purl.org/syndication/history/1.0',
  itunes: 'http://www.itunes.com/dtds/podcast-1.0.dtd',
  media: 'http://search.yahoo.com/mrss/',
  podcast: 'https://podcastindex.org/namespace/1.0',
} as const

/** Those of them that a publisher may add elements of: they mean what they mean. */
export const openNamespaces: readonly string[] = ['dc', 'itunes', 'media', 'podcast']
