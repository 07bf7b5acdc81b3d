import type { Collection } from '../model/collection.ts'
import type { Site } from '../model/site.ts'
import { absoluteUrl, feedPath, languageOf, titleOf } from './feed-channel.ts'
import { wordsFor } from './pages/page-words.ts'
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
      { name: 'body', children: folders(collections, site) },
    ],
  })
}

const folderOrder = ['custom', 'section', 'tag', 'author', 'language'] as const

/** The publication's own feed first, then a folder for each kind: readers show folders as they stand here. */
function folders(collections: Collection[], site: Site): XmlElement[] {
  const { words } = wordsFor(site.language, site.language)
  const byKind = Map.groupBy(collections, ({ kind }) => kind)
  const named = folderOrder.flatMap(kind => {
    const children = (byKind.get(kind) ?? []).map(collection => outline(collection, site))
    const text = words.groups[kind]
    return children.length === 0 ? [] : [{ name: 'outline', attributes: { text, title: text }, children }]
  })
  return [...(byKind.get('all') ?? []).map(collection => outline(collection, site)), ...named]
}

function outline(collection: Collection, site: Site): XmlElement {
  const title = titleOf(collection, site)
  return {
    name: 'outline',
    attributes: {
      type: 'rss',
      text: title,
      title,
      version: 'RSS2',
      language: languageOf(collection, site),
      xmlUrl: absoluteUrl(feedPath(collection, 'rss'), site),
      htmlUrl: absoluteUrl(collection.path, site),
      description: collection.kind === 'all' ? site.description || null : null,
    },
  }
}
