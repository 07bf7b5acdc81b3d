import type { Collection } from '../model/collection.ts'
import type { Site } from '../model/site.ts'
import { absoluteUrl, feedPath } from './feed-channel.ts'
import { encodeXmlDocument, type XmlElement } from './xml.ts'

/**
 * Every feed of the publication as an OPML 2.0 list that readers import. One outline a collection: a reader that
 * imports the list should subscribe to each article source once, so the format is RSS, which all of them read.
 */
export function renderOpml(collections: Collection[], site: Site): string {
  return encodeXmlDocument({
    name: 'opml',
    attributes: { version: '2.0' },
    children: [
      { name: 'head', children: [{ name: 'title', children: [site.title] }] },
      { name: 'body', children: collections.map(collection => outline(collection, site)) },
    ],
  })
}

function outline(collection: Collection, site: Site): XmlElement {
  const title = collection.kind === 'all' ? site.title : `${collection.name} · ${site.title}`
  return {
    name: 'outline',
    attributes: {
      type: 'rss',
      text: title,
      title,
      version: 'RSS2',
      language: collection.kind === 'language' ? collection.name : site.language,
      xmlUrl: absoluteUrl(feedPath(collection, 'rss'), site),
      htmlUrl: absoluteUrl(collection.path, site),
      description: collection.kind === 'all' ? site.description || null : null,
    },
  }
}
