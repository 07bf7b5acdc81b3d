import type { RenderedDocument } from '../../src/model/snapshot.ts'
import { disagreements, judgeAtom, judgeJsonFeed, judgeOpml, judgeRss, judgeSitemap } from './feed-rules.ts'

/** Every broken rule in a publication's documents, with the path of the document: each feed by itself, then each three together. */
export function judgeDocuments(documents: RenderedDocument[]): {
  feeds: number
  items: number
  problems: string[]
} {
  const bodies = new Map(documents.map(({ path, body }) => [path, body]))
  const problems: string[] = []
  let feeds = 0
  let items = 0
  const say = (path: string, found: string[]) => {
    for (const problem of found) problems.push(`${path}: ${problem}`)
  }
  for (const [path, body] of bodies) {
    if (path.endsWith('/rss.xml')) {
      const folder = path.slice(0, -'rss.xml'.length)
      const rss = judgeRss(body)
      const atom = judgeAtom(bodies.get(`${folder}atom.xml`) ?? '')
      const json = judgeJsonFeed(bodies.get(`${folder}feed.json`) ?? '')
      say(path, rss.problems)
      say(`${folder}atom.xml`, atom.problems)
      say(`${folder}feed.json`, json.problems)
      say(folder, disagreements(rss.items, atom.items, json.items))
      feeds += 3
      items += rss.items.length + atom.items.length + json.items.length
    } else if (path === '/opml.xml') say(path, judgeOpml(body))
    else if (/^\/sitemap[^/]*\.xml$/.test(path)) say(path, judgeSitemap(body))
  }
  return { feeds, items, problems }
}
