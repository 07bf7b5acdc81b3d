import type { Author } from '../model/article.ts'
import { feedNamespaceUris } from '../model/feed-namespaces.ts'
import { formatRfc3339 } from '../text/dates.ts'
import { cdata, escapeXml } from '../text/escape.ts'
import { insertBefore } from './document-fragments.ts'
import type { FeedChannel } from './feed-channel.ts'
import type { FeedItem } from './feed-item.ts'
import { atomEntrySkeleton, atomFeedSkeleton, feedDate, Placeholders } from './feed-library.ts'
import { pagingLinks } from './feed-paging.ts'
import { stylingNote, withStylesheet } from './feed-styling.ts'
import { encodeXml, type XmlElement } from './xml.ts'

export interface AtomEntryContext {
  /** The item's own id unless that is not an IRI (RFC 4287 §4.2.6). */
  id: string
  /** The document's language: repeated on every entry, so that a fragment means the same in every feed. */
  language: string
  /** Addresses that tell tags from sections (RFC 4287 §4.2.2.2): IRIs of the two classifications. */
  schemes: Record<'section' | 'tag', string>
}

/** One `<entry>`. */
export function renderAtomEntry(item: FeedItem, { id, language, schemes }: AtomEntryContext): string {
  const held = new Placeholders()
  const text = (value: string) => held.hold(escapeXml(value))
  const skeleton = atomEntrySkeleton({
    title: text(item.title),
    id: text(id),
    link: text(item.url),
    date: feedDate(item.updated),
    published: feedDate(item.published),
    ...(item.summary ? { description: text(item.summary) } : {}),
    ...(item.html === null ? {} : { content: held.hold(cdata(item.html)) }),
    author: item.authors.map(author => heldPerson(author, text)),
    category: item.categories.map(({ name, kind }) => ({
      term: text(name),
      scheme: text(schemes[kind]),
      name: text(name),
    })),
  })
  const filled = held.fill(
    skeleton
      .replace('<entry>', `<entry xml:lang="${text(item.language ?? language)}">`)
      .replace('<title type="html">', '<title type="text">')
      .replace('<summary type="html">', '<summary type="text">')
      .replace('<content type="html">', `<content type="html" xml:lang="${text(item.language ?? language)}">`)
      .replace('<link href=', '<link rel="alternate" type="text/html" href='),
  )
  const extras = entryExtras(item).map(element => encodeXml(element, '        '))
  return extras.length === 0 ? filled : insertBefore('    </entry>', filled, extras).trimEnd()
}

/** A whole Atom 1.0 document around entries that are rendered already. */
export function renderAtom(channel: FeedChannel, entries: string[]): string {
  const held = new Placeholders()
  const text = (value: string) => held.hold(escapeXml(value))
  const [firstAuthor] = channel.authors
  const skeleton = atomFeedSkeleton({
    id: text(channel.id),
    title: text(channel.title),
    description: text(channel.description),
    link: text(channel.pageUrl),
    feed: text(channel.selfUrls.atom),
    updated: feedDate(channel.updated),
    generator: 'Broadsheet',
    ...(firstAuthor ? { author: heldPerson(firstAuthor, text) } : {}),
    ...(channel.copyright ? { copyright: text(channel.copyright) } : {}),
    ...(channel.icon ? { favicon: text(channel.icon) } : {}),
    ...(channel.logo ? { image: text(channel.logo) } : {}),
  })
  // The page is the one alternate: Liferea takes the last of several for the site, whatever its type. `Link` names the other formats.
  const links = [...channel.hubs.map(href => ({ rel: 'hub', href })), ...pagingLinks(channel, 'atom')].map(
    attributes => encodeXml({ name: 'link', attributes }, '    '),
  )
  const extras = [
    channel.paging.archive ? { name: 'fh:archive' } : null,
    channel.paging.complete ? { name: 'fh:complete' } : null,
    ...channel.customFields.flatMap(({ element, texts }) =>
      texts.map(text => ({ name: element, children: [text] })),
    ),
    ...channel.withdrawn.map(({ id, when }) => ({
      name: 'at:deleted-entry',
      attributes: { ref: id, when: formatRfc3339(when) },
    })),
  ]
    .filter(element => element !== null)
    .map(element => encodeXml(element, '    '))
  const { dc, fh, media, at } = feedNamespaceUris
  const namespaces = {
    dc,
    fh,
    media,
    ...(channel.withdrawn.length > 0 && { at }),
    ...channel.fieldNamespaces,
  }
  const declared = Object.entries(namespaces).map(([prefix, uri]) => ` xmlns:${prefix}="${escapeXml(uri)}"`)
  const { styling } = channel
  const note = styling ? `\n${held.hold(stylingNote(styling, channel.selfUrls.atom, '    '))}` : ''
  const filled = held.fill(
    skeleton
      .replace(
        '<feed xmlns="http://www.w3.org/2005/Atom">',
        `<feed xmlns="http://www.w3.org/2005/Atom"${held.hold(declared.join(''))} xml:lang="${text(channel.language)}" xml:base="${text(channel.selfUrls.atom)}">${note}`,
      )
      .replace('<link rel="alternate" href=', '<link rel="alternate" type="text/html" href=')
      .replace('<link rel="self" href=', '<link rel="self" type="application/atom+xml" href='),
  )
  const document = insertBefore('</feed>', filled, [...links, ...extras, ...entries])
  return styling ? withStylesheet(document, styling) : document
}

/** What an entry has and `feed` does not lay out. */
function entryExtras(item: FeedItem): XmlElement[] {
  const enclosures = item.enclosures.map(({ url, type, length, title }) => ({
    name: 'link',
    attributes: { rel: 'enclosure', href: url, type, length, title },
  }))
  const related = item.externalUrl && {
    name: 'link',
    attributes: { rel: 'related', type: 'text/html', href: item.externalUrl },
  }
  const thumbnail = item.image && { name: 'media:thumbnail', attributes: { url: item.image.url } }
  const fields = item.customFields.flatMap(({ element, texts }) =>
    texts.map(text => ({ name: element, children: [text] })),
  )
  return [...enclosures, related || null, sourceElement(item), thumbnail, ...fields].filter(
    element => element !== null,
  )
}

/**
 * RFC 4287 §4.2.11 describes a feed: where the source's is unknown, Dublin Core has a name for the source itself. When a
 * feed of somebody else's was last updated is not ours to know, and is left out.
 */
function sourceElement({ source }: FeedItem): XmlElement | null {
  if (!source) return null
  const { name, feed } = source
  const title = { name: 'title', children: [name] }
  if (feed === null) return { name: 'dc:source', children: [name] }
  const self = { name: 'link', attributes: { rel: 'self', href: feed } }
  return { name: 'source', children: [{ name: 'id', children: [feed] }, title, self] }
}

function heldPerson(author: Author, text: (value: string) => string) {
  return {
    name: text(author.name),
    ...(author.email ? { email: text(author.email) } : {}),
    ...(author.url ? { link: text(author.url) } : {}),
  }
}
