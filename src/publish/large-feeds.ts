import { titleOf } from '../documents/feed-channel.ts'
import { diagnose } from '../model/diagnostic.ts'
import type { Site } from '../model/site.ts'
import type { LargeFeed } from './renderer.ts'
import type { SettingDiagnostic } from './site-files.ts'

const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`

/** What is said of feeds that many readers do not take: whether it is the number of articles, or one that is long. */
export function largeFeedFindings(feeds: readonly LargeFeed[], site: Site): SettingDiagnostic[] {
  return feeds.map(({ collection, articles, bytes, largest }) => {
    const isOne = largest.bytes > bytes / 2
    const why = isOne
      ? `"${largest.title}" alone takes ${megabytes(largest.bytes)} of it.`
      : `It holds ${articles} articles, ${Math.round(bytes / articles / 1000)} KB each.`
    const message = `The feed of "${titleOf(collection, site)}" has ${megabytes(bytes)}, and many readers take no more than 2 MB. ${why}`
    const hint = isOne
      ? 'Shorten that article, set `max_feed_bytes`, or say `content = "summary"`.'
      : undefined
    return {
      ...diagnose('feed-large', { path: 'broadsheet.toml' }, message, hint),
      setting: 'max_feed_bytes',
    }
  })
}
