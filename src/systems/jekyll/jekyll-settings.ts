import type { KnownSettings } from '../system-settings.ts'

/** https://jekyllrb.com/docs/configuration/default/, and those of jekyll-feed, jekyll-archives and jekyll-polyglot. */
export const jekyllSettings = {
  title: 'text',
  name: 'text',
  description: 'text',
  tagline: 'text',
  url: 'text',
  baseurl: 'text',
  lang: 'language',
  default_lang: 'language',
  languages: 'texts',
  locale: 'language',
  timezone: 'timezone',
  author: 'any',
  source: 'text',
  destination: 'text',
  data_dir: 'text',
  includes_dir: 'text',
  collections_dir: 'text',
  collections: 'any',
  permalink: 'text',
  markdown: 'text',
  'kramdown.parse_block_html': 'flag',
  exclude: 'texts',
  include: 'texts',
  defaults: 'list',
  excerpt_separator: 'text',
  'feed.path': 'text',
  'feed.collections': 'any',
  'feed.categories': 'texts',
  'feed.tags': 'any',
} as const satisfies KnownSettings

export type JekyllSettings = typeof jekyllSettings
