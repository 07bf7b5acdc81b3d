import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { examinePodcast } from '../../src/doctor/examine-podcast.ts'
import { createFindings } from '../../src/doctor/finding.ts'
import type { Ask, OutgoingAnswer } from '../../src/model/outgoing.ts'
import { inspect } from '../../src/publish/inspect.ts'
import { renderPublication } from '../../src/publish/publication.ts'
import { readSettings } from '../../src/settings/settings.ts'
import { memorySource } from '../support/memory-source.ts'

const fixture = (name: string) =>
  Uint8Array.from(readFileSync(join(import.meta.dirname, '../fixtures/media', name)))
const url = 'https://tides.example/rss.xml'
const now = Date.parse('2026-06-01T00:00:00Z')

/** The RSS of a folder of tagged sound and a cover. */
async function rssOf(): Promise<string> {
  const toml =
    'title = "Tides"\nurl = "https://tides.example/"\npodcast = { category = "Science > Nature", image = "cover.png" }'
  const { site, problems } = readSettings(toml)
  expect(problems).toEqual([])
  const source = memorySource(
    new Map([
      ['cover.png', fixture('cover.png')],
      ['tide.mp3', fixture('sound/id3v24.mp3')],
    ]),
  )
  const inspection = await inspect(source, site!, { now })
  // The picture in the sound is a small one.
  expect(inspection.settings.map(({ code }) => code)).toEqual(['episode-picture-small'])
  const { documents } = renderPublication(site!, inspection, { now, source })
  return String(documents.find(({ path }) => path === '/rss.xml')!.body)
}

interface Server {
  rss: string
  cover: Uint8Array
  sound: Uint8Array
  soundType: string
  ranges: boolean
  head: number
}

async function codesOf(change: (server: Server) => void): Promise<string[]> {
  const server: Server = {
    rss: await rssOf(),
    cover: fixture('cover.png'),
    sound: fixture('sound/id3v24.mp3'),
    soundType: 'audio/mpeg',
    ranges: true,
    head: 200,
  }
  change(server)
  const answer = (
    status: number,
    body: Uint8Array,
    headers: OutgoingAnswer['headers'] = {},
  ): OutgoingAnswer => ({
    url,
    status,
    headers,
    body,
    cut: false,
    broken: null,
    waited: 1,
  })
  const ask: Ask = async (address, request = {}) => {
    if (address.endsWith('/cover.png')) return answer(200, server.cover)
    const { sound, soundType, ranges, head } = server
    if (request.method === 'HEAD')
      return answer(head, new Uint8Array(0), {
        'content-length': `${sound.length}`,
        'content-type': soundType,
      })
    return answer(ranges ? 206 : 200, sound.subarray(0, 2))
  }
  const { report, all } = createFindings()
  await examinePodcast(answer(200, new TextEncoder().encode(server.rss)), ask, report)
  return all().map(({ code }) => code)
}

test('a folder of tagged sound and a cover passes, but for its owner’s address, which is a note', async () => {
  expect(await codesOf(() => {})).toEqual(['podcast-owner-missing'])
})

const replace = (from: string | RegExp, to: string) => (server: Server) => {
  const rss = server.rss.replace(from, to)
  expect(rss).not.toBe(server.rss)
  server.rss = rss
}

test.each<[string, (server: Server) => void]>([
  ['podcast-no-rss', server => Object.assign(server, { rss: '<feed xmlns="http://www.w3.org/2005/Atom"/>' })],
  ['podcast-incomplete', replace(/<language>.*<\/language>/, '')],
  ['podcast-incomplete', replace(/<itunes:image href="[^"]*cover.png"\/>/, '')],
  ['podcast-description-long', replace(/<description>Tides</, `<description>${'Ü'.repeat(2_001)}<`)],
  ['podcast-category-unknown', replace('text="Nature"', 'text="Seas"')],
  ['podcast-explicit-wrong', replace('<itunes:explicit>false', '<itunes:explicit>perhaps')],
  ['podcast-episode-long', replace(/<itunes:duration>[^<]*/, '<itunes:duration>12:00:01')],
  ['podcast-cover-wrong', server => Object.assign(server, { cover: fixture('pictures/colour.png') })],
  ['podcast-cover-wrong', server => Object.assign(server, { cover: new TextEncoder().encode('Not found.') })],
  ['podcast-item-silent', replace(/<enclosure [^>]*>/, '')],
  ['podcast-sound-twice', replace(/<item>.*<\/item>/s, '$&$&')],
  ['podcast-type-unknown', replace('type="audio/mpeg"', 'type="audio/ogg"')],
  ['podcast-head-refused', server => Object.assign(server, { head: 405 })],
  ['podcast-no-ranges', server => Object.assign(server, { ranges: false })],
  ['podcast-length-wrong', server => Object.assign(server, { sound: new Uint8Array(7) })],
  ['podcast-type-wrong', server => Object.assign(server, { soundType: 'text/html' })],
])('%s is found where it is seeded', async (code, change) => {
  expect(await codesOf(change)).toContain(code)
})
