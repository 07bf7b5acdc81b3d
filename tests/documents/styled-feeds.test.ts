import { expect, test } from 'vitest'
import type { Site } from '../../src/model/site.ts'
import { renderPublication } from '../../src/publish/publication.ts'
import { anArticle, exampleSite } from '../support/articles.ts'
import { judgeDocuments } from '../support/judge-documents.ts'
import { childOf, childrenOf, parseDocument } from '../support/xml.ts'

const articles = [
  anArticle({ title: 'The channel: <channel> & broadsheet:0:', tags: ['x'] }),
  anArticle({ path: 'fa.md', language: 'fa', direction: 'rtl', title: 'خوراک' }),
]

function publish(site: Partial<Site>) {
  const entries = new Map([[articles[0]!, { archives: { all: 1 }, formerAddresses: [] } as never]])
  const settings = { ...exampleSite, ...site }
  const { documents } = renderPublication(
    settings,
    { articles, entryOf: article => entries.get(article) },
    { now: 0, source: null },
  )
  return new Map(documents.map(document => [document.path, document]))
}

const plain = publish({})
const styled = publish({ styleFeeds: true, url: 'https://example.org/a&b/' })
const note = (path: string) => {
  const root = parseDocument(styled.get(path)!.body)
  return childOf(root.name === 'rss' ? childOf(root, 'channel') : root, 'div')
}

test('without the setting nothing of it is there', () => {
  expect(plain.has('/feed.css')).toBe(false)
  for (const { body } of plain.values()) expect(body).not.toContain('xml-stylesheet')
})

test('every RSS and Atom document names the style sheet, by path, and is still right', () => {
  const documents = [...styled.values()]
  const feeds = documents.filter(({ path }) => /\/(?:rss|atom)\.xml$/.test(path))
  expect(feeds.length).toBe(10)
  for (const { body } of feeds)
    expect(body.split('\n').slice(0, 2)).toEqual([
      '<?xml version="1.0" encoding="utf-8"?>',
      '<?xml-stylesheet type="text/css" href="/a&amp;b/feed.css"?>',
    ])
  expect(styled.get('/feed.css')!.mediaType).toBe('text/css; charset=utf-8')
  expect(judgeDocuments(documents).problems).toEqual([])
})

test('readers get the same feed: the note and the style sheet are all that is added', () => {
  const bare = publish({ url: 'https://example.org/a&b/' })
  for (const [path, { body }] of bare) {
    if (!/\/(?:rss|atom)\.xml$/.test(path)) continue
    const unstyled = styled
      .get(path)!
      .body.replace(/^<\?xml-stylesheet.*\n/m, '')
      .replace(/\n *<div xmlns[\s\S]*?<\/div>/, '')
    expect(unstyled).toBe(body)
  }
  expect(styled.get('/feed.json')!.body).toBe(bare.get('/feed.json')!.body)
})

test('the note says what this is, gives the address, and leads to the page for people', () => {
  for (const path of ['/rss.xml', '/tags/x/atom.xml', '/archive/1/rss.xml']) {
    const [, what, address, link] = childrenOf(note(path))
    expect(what!.text).toContain('paste its address into a feed reader')
    expect(address!.text.trim()).toBe(`https://example.org/a&b${path}`)
    const folder = path.startsWith('/tags') ? '/tags/x/' : '/'
    expect(childOf(link!, 'a').attributes.href).toBe(`https://example.org/a&b${folder}subscribe/`)
  }
})

test('it speaks the language of its feed', () => {
  expect(note('/languages/fa/rss.xml').attributes).toMatchObject({ 'xml:lang': 'fa', dir: 'rtl' })
  expect(note('/languages/fa/rss.xml').text).toContain('این یک خوراک است')
})
