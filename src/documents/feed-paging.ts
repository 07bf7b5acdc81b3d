import type { FeedFormat } from '../model/formats.ts'
import type { FeedChannel } from './feed-channel.ts'

/** The links of RFC 5005 §4: from the subscription document and from each archive to the one before, and back to the front. */
export function pagingLinks({ paging }: FeedChannel, format: FeedFormat): { rel: string; href: string }[] {
  return [
    ...(paging.olderUrls ? [{ rel: 'prev-archive', href: paging.olderUrls[format] }] : []),
    ...(paging.archive ? [{ rel: 'current', href: paging.currentUrls[format] }] : []),
  ]
}
