import type { KnownSettings } from '../system-settings.ts'

/** https://www.getzola.org/documentation/getting-started/configuration/ */
export const zolaSettings = {
  base_url: 'text',
  title: 'text',
  description: 'text',
  author: 'text',
  default_language: 'language',
  languages: 'table',
  'slugify.paths': 'text',
  'slugify.paths_keep_dates': 'flag',
  ignored_content: 'texts',
  'markdown.render_emoji': 'flag',
  feed_filename: 'text',
  feed_filenames: 'texts',
  taxonomies: 'list',
  extra: 'table',
} as const satisfies KnownSettings

export type ZolaSettings = typeof zolaSettings
