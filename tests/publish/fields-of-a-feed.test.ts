import { expect, test } from 'vitest'
import { inspect } from '../../src/publish/inspect.ts'
import { renderPublication } from '../../src/publish/publication.ts'
import { readSettings } from '../../src/settings/settings.ts'
import { byPath } from '../support/archive-client.ts'
import { memorySource } from '../support/memory-source.ts'

const now = Date.UTC(2026, 5, 1)
const article = '---\ntitle: A\ndate: 2026-01-01\nplace: Pier 3\n---\nWords.\n'
const feed = `
[feed_namespaces]
port = "https://port.example/ns#"
[feed_fields]
"port:berth" = "place"
"port:area" = { feed = "All" }
[[feeds]]
name = "River"
namespaces = { tide = "https://tide.example/ns#" }
fields = { "tide:region" = "Elbe & Weser", "port:area" = "North" }
`

test('a feed has elements and namespaces of its own, beside what all feeds have', async () => {
  const own = feed.replace('namespaces = {', 'namespaces = { port = "https://port.example/ns#",')
  const { site, problems } = readSettings(`url = "https://example.org/"\n${own}`)
  expect(problems).toEqual([])
  const source = memorySource(new Map([['a.md', article]]))
  const inspection = await inspect(source, site!, { now })
  const documents = byPath(renderPublication(site!, inspection, { now, source }).documents)
  const body = (path: string) => documents.get(path)!.body
  for (const file of ['rss.xml', 'atom.xml']) {
    expect(body(`/feeds/river/${file}`)).toContain('xmlns:tide="https://tide.example/ns#"')
    expect(body(`/feeds/river/${file}`)).toMatch(/<tide:region>Elbe &(?:amp|#x26); Weser<\/tide:region>/)
    expect(body(`/feeds/river/${file}`).match(/<port:area>[^<]*/g)).toEqual(['<port:area>North'])
    expect(body(`/feeds/river/${file}`)).toContain('<port:berth>Pier 3</port:berth>')
    expect(body(`/${file}`)).not.toContain('tide')
    expect(body(`/${file}`)).toContain('<port:area>All</port:area>')
  }
  expect(JSON.parse(body('/feeds/river/feed.json'))._tide).toEqual({
    about: 'https://tide.example/ns#',
    region: 'Elbe & Weser',
  })
})

test('a prefix that the feed does not declare is said', () => {
  const { problems } = readSettings(`url = "https://example.org/"\n${feed}`)
  expect(problems.map(problem => JSON.stringify(problem)).join()).toContain('feeds')
})
