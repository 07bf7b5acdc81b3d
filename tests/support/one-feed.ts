import { feedContentType } from '../../src/model/formats.ts'
import type { Publication } from '../../src/model/snapshot.ts'

/** A publication that is an RSS feed and nothing else, of these bytes. */
export const publicationOfOneFeed = (url: string, body: string): Publication => ({
  url,
  maxAge: 0,
  publishedAt: Date.now(),
  documents: [
    { path: '/rss.xml', mediaType: feedContentType('rss'), body, headers: {}, page: null, maxAge: null },
  ],
  media: [],
  redirects: [],
  gone: [],
  due: [],
})
