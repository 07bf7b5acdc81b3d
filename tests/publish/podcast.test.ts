import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { imageSize } from '../../src/media/image-size.ts'
import type { FileReport } from '../../src/model/article.ts'
import type { Source } from '../../src/model/source.ts'
import { createPipeline, inspect } from '../../src/publish/inspect.ts'
import { renderPublication } from '../../src/publish/publication.ts'
import { createPublisher } from '../../src/publish/publisher.ts'
import { readSettings } from '../../src/settings/settings.ts'
import { memorySource } from '../support/memory-source.ts'
import { withComment } from '../support/ogg-comments.ts'

const fixtures = join(import.meta.dirname, '../fixtures/media')
const sound = (name: string) => Uint8Array.from(readFileSync(join(fixtures, 'sound', name)))
const now = Date.parse('2026-06-01T00:00:00Z')
const head = 'title = "Tides"\nurl = "https://tides.example/"\ntimezone = "UTC"\n'
const siteOf = (toml: string) => {
  const { site, problems } = readSettings(head + toml)
  expect(problems).toEqual([])
  return site!
}

type Files = Record<string, string | Uint8Array>

async function look(files: Files, toml = '[podcast]') {
  const site = siteOf(toml)
  const source = memorySource(new Map(Object.entries(files)))
  const inspection = await inspect(source, site, { now })
  const report = (path: string): FileReport => inspection.files.find(file => file.path === path)!
  const publication = renderPublication(site, inspection, { now, source })
  const text = (path: string) => publication.documents.find(document => document.path === path)?.body ?? ''
  return { inspection, report, publication, rss: text('/rss.xml'), text }
}

const codes = ({ diagnostics }: FileReport) => diagnostics.map(({ code }) => code)
const notes = (rest = '', title = 'Notes') => `---\ntitle: ${title}\ndate: 2026-03-04\n${rest}---\n\nWords.\n`

describe('a sound without notes', () => {
  test('is an episode where its tags say what is needed', async () => {
    const { report, rss } = await look({ 'tide.mp3': sound('id3v24.mp3') })
    expect(report('tide.mp3')).toMatchObject({ status: 'published', article: { title: 'The tide: é' } })
    expect(rss).toContain(
      '<enclosure url="https://tides.example/media/tide.mp3" length="3594" type="audio/mpeg"/>',
    )
    expect(rss).toContain('<itunes:episode>7</itunes:episode>')
    expect(rss).toContain('<dc:creator>Broadsheet</dc:creator>')
  })

  test('is withheld with the reason where they do not', async () => {
    const { report } = await look({ 'bare.mp3': sound('bare.mp3') })
    expect(report('bare.mp3')).toMatchObject({ status: 'withheld', reason: 'untitled' })
    expect(codes(report('bare.mp3'))).toContain('episode-untitled')
  })

  test('is withheld where what it is called says that it is none yet', async () => {
    const names = ['draft - tide.mp3', '_tide.mp3', 'tide-wip.mp3', 'drafts/tide.mp3']
    const bytes = sound('id3v24.mp3')
    const { report, rss } = await look(Object.fromEntries(names.map(name => [name, bytes])))
    for (const name of names) {
      expect(report(name)).toMatchObject({ status: 'withheld', reason: 'draft' })
      expect(codes(report(name))).toContain('draft-by-name')
    }
    expect(rss).not.toContain('The tide')
  })

  test('is nobody’s in a publication that is no podcast, unless there is nothing else', async () => {
    const files = { 'tide.mp3': sound('id3v24.mp3') }
    expect((await look({ ...files, 'a.md': notes() }, '')).report('tide.mp3')).toBeUndefined()
    expect((await look(files, '')).report('tide.mp3').status).toBe('published')
  })

  test('is one episode in however many formats', async () => {
    const { inspection, rss, text } = await look({
      'tide.ogg': sound('vorbis.ogg'),
      'tide.mp3': sound('id3v24.mp3'),
    })
    expect(inspection.files).toHaveLength(1)
    expect(rss).toContain('<enclosure url="https://tides.example/media/tide.mp3"')
    expect(rss.match(/<podcast:alternateEnclosure /g)).toHaveLength(2)
    expect(text('/articles/tide/').match(/<audio /g)).toHaveLength(1)
    expect(text('/articles/tide/').match(/ download /g)).toHaveLength(2)
  })
})

describe('notes and sound belong together', () => {
  test.each([
    ['by name', 'tide.mp3', ''],
    ['by front matter', 'other.mp3', 'audio: other.mp3\n'],
    ['with a blank', 'the tide.mp3', 'audio: the tide.mp3\n'],
    ['with the blank encoded', 'the tide.mp3', 'audio: the%20tide.mp3\n'],
    ['with a number sign', 'tide #3.mp3', 'audio: "tide #3.mp3"\n'],
    ['with a percent sign', '100% tide.mp3', 'audio: 100% tide.mp3\n'],
    ['in a table', 'the tide.mp3', 'enclosure:\n  url: the tide.mp3\n'],
    ['as a book', 'tide.m4b', 'audio: tide.m4b\n'],
    ['in capitals', 'tide.MP3', ''],
    ['in a folder below', 'sound/2026/the tide.mp3', 'audio: sound/2026/the tide.mp3\n'],
  ])('%s', async (_, name, line) => {
    const content = sound(name.endsWith('.m4b') ? 'book.m4b' : 'id3v24.mp3')
    const { inspection } = await look({ [name]: content, 'tide.md': notes(line) })
    expect(inspection.files.map(({ path }) => path)).toEqual(['tide.md'])
    const [enclosure] = inspection.articles[0]!.enclosures
    expect(enclosure).toMatchObject({ length: content.length, duration: 3 })
    expect(inspection.articles[0]!.media).toContain(name)
  })

  test.each([
    ['nothing but words', 'Words of the sea.\n', 'The tide: é', '2026-03-04'],
    ['a title', '---\ntitle: Mine\n---\n\nWords.\n', 'Mine', '2026-03-04'],
    ['a heading', '# Mine\n\nWords.\n', 'Mine', '2026-03-04'],
    ['a date', '---\ndate: 2026-02-01\n---\n\nWords.\n', 'The tide: é', '2026-02-01'],
  ])('notes of %s take title and date from the sound where they say none', async (_, text, title, date) => {
    const { report } = await look({ 'tide.mp3': sound('id3v24.mp3'), 'tide.md': text })
    expect(report('tide.md').status).toBe('published')
    expect(report('tide.md').article!.title).toBe(title)
    expect(new Date(report('tide.md').article!.published!.epoch).toISOString().slice(0, 10)).toBe(date)
    expect(codes(report('tide.md'))).not.toContain('title-missing')
  })

  test('notes whose date can’t be read, or whose sound is called a draft, are withheld', async () => {
    const wrong = await look({
      'tide.mp3': sound('id3v24.mp3'),
      'tide.md': '---\ndate: soon\n---\n\nWords.\n',
    })
    expect(wrong.report('tide.md')).toMatchObject({ status: 'withheld', reason: 'undated' })
    const files = { 'draft - tide.mp3': sound('id3v24.mp3'), 'draft - tide.md': 'Words.\n' }
    expect((await look(files)).report('draft - tide.md').status).toBe('withheld')
    const bare = await look({ 'tide.mp3': sound('bare.mp3'), 'tide.md': 'Words.\n' })
    expect(codes(bare.report('tide.md'))).toEqual(['title-missing', 'date-missing'])
  })

  test('what lies beside a withheld episode is no article that was forgotten', async () => {
    const { inspection, report } = await look({
      'tide.mp3': sound('bare.mp3'),
      'tide.md': 'Words.\n',
      'tide.transcript.txt': 'Hello.\n',
    })
    expect(report('tide.md').status).toBe('withheld')
    expect(inspection.unread()).toContainEqual(
      expect.objectContaining({ path: 'tide.transcript.txt', kind: 'media' }),
    )
  })

  test.each([
    ['tide.txt', 'DRAFT\n\nMARKSECRET is said here, and more.\n'],
    ['tide.txt', '---\ndraft: true\n---\n\nMARKSECRET is said here.\n'],
    ['tide.transcript.txt', 'Status: draft\n\nMARKSECRET is said here.\n'],
    ['tide.transcript.txt', '<<<<<<< ours\nMARKSECRET\n=======\nOther.\n>>>>>>> theirs\n'],
    ['tide.html', '<meta name="status" content="draft"><p>MARKSECRET is said here.</p>'],
    ['tide.vtt', 'WEBVTT\n\nNOTE DRAFT - do not publish\n\n00:01.000 --> 00:02.000\nMARKSECRET\n'],
    ['tide.srt', 'DRAFT\n\n1\n00:00:01,000 --> 00:00:02,000\nMARKSECRET\n'],
    ['said/tide.vtt', 'WEBVTT\n\nNOTE draft\n\n00:01.000 --> 00:02.000\nMARKSECRET\n'],
    [
      'tide.chapters.json',
      '{\n  "draft": true,\n  "version": "1.2.0",\n  "chapters": [{ "startTime": 0, "title": "MARKSECRET" }]\n}\n',
    ],
  ])('a transcript that says it is a draft is published nowhere, and told of: %s %#', async (name, text) => {
    const { inspection, report, publication } = await look({
      'tide.mp3': sound('id3v24.mp3'),
      'tide.md': notes(`${name.endsWith('.json') ? 'chapters' : 'transcript'}: ${name}\n`),
      [name]: text,
    })
    expect(report('tide.md').status).toBe('published')
    expect(codes(report('tide.md'))).toContain(
      name.includes('/') ? 'media-missing' : 'sound-notes-unreadable',
    )
    const bodies = publication.documents.map(({ body }) => String(body)).join('\n')
    expect(['MARKSECRET', name, '/.file/'].filter(words => bodies.includes(words))).toEqual([])
    expect([...inspection.media.keys()]).not.toContain(name)
    if (/\.(?:txt|html)$/.test(name))
      expect(report(name)).toMatchObject({ status: 'withheld', reason: 'draft' })
    else expect(inspection.unread().map(({ path }) => path)).toContain(name)
  })

  test('a text beside notes in Markdown is what is said, whatever it is about', async () => {
    const { inspection, rss } = await look({
      'tide.mp3': sound('id3v24.mp3'),
      'tide.md': notes(),
      'tide.txt': 'Hello, and welcome to the draft.\n\nWe pick first.\n',
    })
    expect(rss).toContain(
      '<podcast:transcript url="https://tides.example/media/tide.txt" type="text/plain"/>',
    )
    expect(inspection.files.map(({ path }) => path)).toEqual(['tide.md'])
  })

  test('what has its address in an attribute is never said as a text, whatever field names it', async () => {
    const { text } = await look(
      { 'tide.mp3': sound('id3v24.mp3'), 'tide.vtt': captions, 'tide.md': notes('transcript: tide.vtt\n') },
      '[podcast]\n[feed_fields]\n"podcast:transcript" = "transcript"\n"itunes:title" = "title"\n',
    )
    expect(text('/rss.xml').match(/<podcast:transcript.*/g)).toEqual([
      '<podcast:transcript url="https://tides.example/media/tide.vtt" type="text/vtt" rel="captions"/>',
    ])
    for (const path of ['/atom.xml', '/feed.json']) expect(text(path)).not.toContain('tide.vtt')
  })

  test('an address without an extension is sound where the key says so, and the report says so', async () => {
    const { report, rss } = await look({ 'a.md': notes('audio: https://cdn.example/track/six\n') })
    expect(rss).toContain('<enclosure url="https://cdn.example/track/six" length="0" type="audio/mpeg"/>')
    expect(codes(report('a.md'))).toContain('sound-type-assumed')
  })

  test.each([
    ['nothing', new Uint8Array(0), 'sound-unplayable', false],
    [
      'a page in place of the sound',
      new TextEncoder().encode('<!doctype html>Not found.'),
      'sound-unplayable',
      true,
    ],
    ['half a sound', sound('id3v24.mp3').slice(0, 2500), 'sound-damaged', true],
    ['another kind than its name says', sound('book.m4a'), 'sound-mislabelled', true],
  ])('%s costs a finding, and no other episode anything', async (_, content, code, kept) => {
    const { inspection, report, rss } = await look({
      'a.mp3': content,
      'a.md': notes(),
      'b.md': notes(),
      'b.mp3': sound('id3v24.mp3'),
    })
    expect(codes(report('a.md'))).toContain(code)
    expect(inspection.articles).toHaveLength(2)
    expect(rss.includes('media/a.mp3')).toBe(kept)
    expect(rss).toContain('media/b.mp3')
  })
})

const captions =
  'WEBVTT\n\n00:00.000 --> 00:01.200\n<v Ada>Good evening &amp; <b>welcome</b>.\n\n00:01.200 --> 00:02.000\n<v Bo>Low <script>alert(1)</script> tide.\n'

describe('notes that front matter names', () => {
  const list =
    '{"version": "1.2.0", "chapters": [{"startTime": 0, "title": "Low"}, {"startTime": 1, "title": "High"}]}'
  const episodes = {
    'one.mp3': sound('bare.mp3'),
    'one.chapters.json': list,
    'two.mp3': sound('bare.mp3'),
    'one.md': notes(),
    'sub/three.chapters.json': list,
  }

  test.each([
    ...[
      'one.chapters.json',
      './one.chapters.json',
      'gone.json',
      'sub/three.chapters.json',
      '/gone.chapters.json',
    ],
    ...['../out.json', 'https://tides.example/media/gone.chapters.json', '/media/one.chapters.json'],
  ])('chapters: %s, which do not stand beside its sound, are told of and lead nowhere', async name => {
    const { report, rss } = await look({
      ...episodes,
      'two.md': notes(`audio: two.mp3\nchapters: ${name}\n`, 'Two'),
    })
    expect(report('two.md').diagnostics).toMatchObject([
      {
        code: 'media-missing',
        line: 5,
        message: `"${name}" is no file beside "two.mp3": it was left out.`,
        hint: 'Put the file beside the sound and call it as the sound is called: `two.chapters.json`.',
      },
    ])
    expect(rss.match(/<podcast:chapters[^>]*/g)).toEqual([
      '<podcast:chapters url="https://tides.example/media/one.chapters.json" type="application/json+chapters"/',
    ])
  })

  test.each(['gone.json', './gone.vtt', 'https://tides.example/media/gone.vtt'])(
    'a transcript %s as well',
    async name => {
      const { report, rss } = await look({
        ...episodes,
        'two.md': notes(`audio: two.mp3\ntranscript: ${name}\n`, 'Two'),
      })
      expect(report('two.md').diagnostics).toMatchObject([{ code: 'media-missing', line: 5 }])
      expect(rss).not.toContain('podcast:transcript')
    },
  )

  test.each([
    'one.chapters.json',
    './one.chapters.json',
    '/one.chapters.json',
    'https://tides.example/media/one.chapters.json',
  ])('chapters: %s, which do', async name => {
    const { report, rss } = await look({ ...episodes, 'one.md': notes(`chapters: ${name}\n`) })
    expect(report('one.md').diagnostics).toEqual([])
    expect(rss).toContain('url="https://tides.example/media/one.chapters.json"')
  })

  test('elsewhere stay as they are', async () => {
    const url = 'https://cdn.example/one.json'
    const { report, rss } = await look({ ...episodes, 'one.md': notes(`chapters: ${url}\n`) })
    expect(report('one.md').diagnostics).toEqual([])
    expect(rss).toContain(`<podcast:chapters url="${url}"`)
  })
})

test('what stands beside a sound is published with its type and shown on the page', async () => {
  const { publication, rss, text } = await look({
    'tide.mp3': sound('bare.mp3'),
    'tide.md': notes(),
    'tide.vtt': captions,
    'tide.de.srt': '1\n00:00:00,000 --> 00:00:01,200\nGuten Abend.\n',
    'tide.chapters.json':
      '{"version": "1.2.0", "chapters": [{"startTime": 0, "title": "Low"}, {"startTime": 1, "title": "High"}]}',
  })
  expect(rss).toContain(
    '<podcast:transcript url="https://tides.example/media/tide.vtt" type="text/vtt" rel="captions"/>',
  )
  expect(rss).toContain(
    'url="https://tides.example/media/tide.de.srt" type="application/x-subrip" language="de"',
  )
  expect(rss).toContain('<podcast:chapters url="https://tides.example/media/tide.chapters.json"')
  expect(Object.fromEntries(publication.media.map(({ path, mediaType }) => [path, mediaType]))).toMatchObject(
    {
      '/media/tide.vtt': 'text/vtt; charset=utf-8',
      '/media/tide.de.srt': 'application/x-subrip',
      '/media/tide.chapters.json': 'application/json+chapters',
    },
  )
  const page = text('/articles/tide/')
  expect(page).toContain('<p id="t0"><a href="#t0">0:00</a> <b>Ada:</b> Good evening &amp; welcome.</p>')
  expect(page).toContain('tide.mp3#t=1"')
  expect(page).not.toContain('<script>alert')
})

test('names that are written in two forms of Unicode are one name', async () => {
  const [composed, decomposed] = ['Übér'.normalize('NFC'), 'Übér'.normalize('NFD')]
  for (const [notesName, soundName] of [
    [composed, decomposed],
    [decomposed, composed],
  ]) {
    const { inspection, rss, publication } = await look({
      [`${notesName}.md`]: notes(),
      [`${soundName}.mp3`]: sound('id3v24.mp3'),
      [`${notesName}.de.vtt`]: captions,
      'b.md': notes(`audio: ${notesName}.mp3\n`),
    })
    expect(inspection.files.map(({ path }) => path)).toEqual([`${notesName}.md`, 'b.md'].sort())
    expect(rss.match(/<enclosure url="https:\/\/tides.example\/media\/%C3%9Cb%C3%A9r.mp3"/g)).toHaveLength(2)
    expect(rss).toContain('media/%C3%9Cb%C3%A9r.de.vtt" type="text/vtt" language="de"')
    expect(publication.media.map(({ path }) => path)).toContain(`/media/${composed}.mp3`)
  }
})

test('articles of a show that have no sound are named, and those of a journal are not', async () => {
  const files = { 'tide.mp3': sound('id3v24.mp3'), 'a.md': notes('episode: 3\n'), 'b.md': notes() }
  const silent = async (toml: string) =>
    (await look(files, toml)).inspection.settings.find(({ code }) => code === 'episode-silent')?.message
  expect(await silent('[podcast]')).toBe('Directories leave out articles without sound: a.md, b.md.')
  expect(await silent('')).toBeUndefined()
})

describe('a picture inside a sound', () => {
  const sounds = ['id3v24.mp3', 'book.m4a', 'lossless.flac', 'pictured.opus', 'unsynchronised-v23.mp3']

  test.each(sounds)('of %s is the episode’s, where it has no other', async name => {
    const path = `tide.${name.split('.')[1]}`
    const { publication, rss, text } = await look({ [path]: sound(name), 'tide.md': notes() })
    const cover = `https://tides.example/media/${path}.cover.jpg`
    expect(rss).toContain(`<itunes:image href="${cover}"/>`)
    expect(JSON.parse(text('/feed.json')).items[0].image).toBe(cover)
    expect(text('/articles/tide/')).toContain(`<img src="${cover}" alt="" width="64" height="64"`)
    const medium = publication.media.find(({ path }) => path.endsWith('.cover.jpg'))!
    expect(medium).toMatchObject({ mediaType: 'image/jpeg', size: 247 })
    const bytes = await medium.read()
    expect(imageSize(bytes)).toMatchObject({ type: 'image/jpeg', width: 64, height: 64 })
    expect(await medium.read({ start: 10, end: 19 })).toEqual(bytes.slice(10, 20))
  })

  test('gives way to one beside the sound, and to front matter', async () => {
    const cover = Uint8Array.from(readFileSync(join(fixtures, 'cover.png')))
    const files = { 'tide.mp3': sound('id3v24.mp3'), 'tide.md': notes(), 'tide.png': cover, 'own.png': cover }
    expect((await look(files)).rss).toContain('<itunes:image href="https://tides.example/media/tide.png"/>')
    const own = await look({ ...files, 'tide.md': notes('itunes_image: own.png\n') })
    expect(own.rss).toContain('<itunes:image href="https://tides.example/media/own.png"/>')
    expect(own.publication.media.map(({ path }) => path)).not.toContain('/media/tide.mp3.cover.jpg')
  })

  test('is had where the article is, and when', async () => {
    const of = async (lines: string) => {
      const tide = `---\ntitle: Tide\n${lines}\n---\n\nWords.\n`
      const { publication } = await look({ 'tide.mp3': sound('id3v24.mp3'), 'tide.md': tide })
      const covers = (media: { path: string }[] = []) =>
        media.filter(({ path }) => path.endsWith('.cover.jpg')).length
      return [covers(publication.media), covers(publication.due[0]?.media), publication.due[0]?.gone ?? []]
    }
    expect(await of('date: 2026-03-04')).toEqual([1, 0, []])
    expect(await of('date: 2026-03-04\ndraft: true')).toEqual([0, 0, []])
    expect(await of('date: 2026-07-01')).toEqual([0, 1, []])
    expect((await of('date: 2026-03-04\nexpires: 2026-07-01'))[2]).toContain('/media/tide.mp3.cover.jpg')
  })
})

test('captions in a folder of their own are shown where an article names them, and are new when they are other', async () => {
  const files = new Map<string, string | Uint8Array>([
    ['tide.mp3', sound('bare.mp3')],
    ['tide.md', notes('transcript: said/first.vtt\n')],
    ['said/first.vtt', captions],
  ])
  const site = siteOf('[podcast]')
  const source = memorySource(files)
  const pipeline = createPipeline(source, site)
  const page = async () => {
    const inspection = await pipeline.look({ now })
    const { documents } = renderPublication(site, inspection, { now, source })
    return String(documents.find(({ path }) => path === '/articles/tide/')?.body)
  }
  expect(await page()).toContain('Good evening &amp; welcome.')
  files.set('said/first.vtt', captions.replace('Good evening', 'Good morning'))
  expect(await page()).toContain('Good morning &amp; welcome.')
})

test('chapters that the sound or the notes have are a document of their own', async () => {
  const { rss, text } = await look({
    'tide.mp3': sound('id3v24.mp3'),
    'b.mp3': sound('bare.mp3'),
    'b.md': '---\ntitle: B\ndate: 2026-03-05\n---\n\n0:00 Low\n0:01 Rising\n0:02 High\n',
  })
  expect(rss).toContain('<podcast:chapters url="https://tides.example/articles/tide/chapters.json"')
  expect(JSON.parse(text('/articles/tide/chapters.json'))).toEqual({
    version: '1.2.0',
    chapters: [
      { startTime: 0, title: 'Low' },
      { startTime: 1, title: 'High, «é»' },
    ],
  })
  expect(JSON.parse(text('/articles/b/chapters.json')).chapters).toHaveLength(3)
})

test('one recording does not make a podcast of a journal; every article being sound does', async () => {
  const journal = await look(
    { 'a.md': notes(), 'b.md': notes('audio: x.mp3\n'), 'x.mp3': sound('id3v24.mp3') },
    '',
  )
  expect(journal.rss).toContain('<itunes:duration>')
  expect(journal.rss).not.toMatch(/<itunes:author|<podcast:guid/)
  const plain = await look({ 'b.md': notes('audio: x.mp3\n'), 'x.mp3': sound('id3v24.mp3') }, '')
  expect(plain.rss).toContain('<podcast:guid>')
})

test('a podcast’s feed carries every episode, and says that it is complete', async () => {
  const files: Files = { 'x.mp3': sound('id3v24.mp3') }
  for (let number = 1; number <= 66; number++)
    files[`${number}.md`] = notes(`audio: x.mp3\nepisode: ${number}\n`, `${number}`)
  const { rss } = await look(files)
  expect(rss.match(/<item>/g)).toHaveLength(66)
  expect(rss).toContain('<fh:complete/>')
  expect(rss).not.toContain('prev-archive')
})

test('a podcast’s feed within `max_feed_bytes` says that it is not whole, and where the rest is', async () => {
  const files: Files = { 'x.mp3': sound('id3v24.mp3') }
  for (let number = 1; number <= 12; number++)
    files[`${number}.md`] = `${notes('audio: x.mp3\n', `${number}`)}${'Low water. '.repeat(200)}\n`
  const { text } = await look(files, 'limit = 5\nmax_feed_bytes = 20000\n[podcast]')
  const rss = String(text('/rss.xml'))
  const items = rss.match(/<item>/g)!.length
  expect(items).toBeGreaterThan(1)
  expect(items).toBeLessThan(12)
  expect(rss).not.toContain('<fh:complete/>')
  expect(rss).toContain('rel="prev-archive"')
})

test('`check` says how many episodes `max_feed_bytes` keeps out of a show’s feed', async () => {
  const files: Files = { 'x.mp3': sound('id3v24.mp3') }
  for (let number = 1; number <= 12; number++)
    files[`${number}.md`] =
      `${notes(`audio: x.mp3\ntags: [${number > 10 ? 'few' : 'many'}]\n`, `${number}`)}${'Low water. '.repeat(200)}\n`
  const rule = (name: string) =>
    `[[feeds]]\nname = "${name}"\ninclude = { tags = ["${name}"] }\npodcast = {}\n`
  const toml = `max_feed_bytes = 20000\n${rule('many')}${rule('few')}`
  const source = memorySource(new Map(Object.entries(files)))
  const publisher = createPublisher({ source, clock: () => now })
  const { inspection } = await publisher.plan(siteOf(toml))
  const found = inspection.settings.filter(({ code }) => code === 'podcast-cut')
  const { publication } = await publisher.prepare(siteOf(toml))
  const rss = publication.documents.find(({ path }) => path === '/feeds/many/rss.xml')!
  const held = String(rss.body).match(/<item>/g)!.length
  expect(found.map(({ setting, message }) => [setting, message])).toEqual([
    [
      'max_feed_bytes',
      `The feed of "many · Tides" has room for ${held} of 10 episodes; directories delete the others.`,
    ],
  ])
  expect(inspection.totals.warnings).toBeGreaterThan(0)
  const { inspection: whole } = await publisher.plan(siteOf(toml.replace('20000', '100000')))
  expect(whole.settings.map(({ code }) => code)).not.toContain('podcast-cut')
})

test('a cover that is not there is in no feed until it comes', async () => {
  const cover = Uint8Array.from(readFileSync(join(fixtures, 'cover.png')))
  const files = new Map<string, string | Uint8Array>([
    ['a.mp3', sound('bare.mp3')],
    ['a.md', notes('tags: [sea]\n')],
    ['own.png', cover],
  ])
  const site = siteOf(`[podcast]
image = "late.png"
[[feeds]]
name = "Sea"
include = { tags = ["sea"] }
podcast = { image = "gone.png" }
`)
  const publisher = createPublisher({ source: memorySource(files), clock: () => now })
  const images = async () => {
    const { inspection, publication } = await publisher.prepare(site)
    const of = (path: string) =>
      /<itunes:image href="([^"]*)"/.exec(
        String(publication.documents.find(document => document.path === path)!.body),
      )?.[1]
    const missing = inspection.settings.flatMap(({ code, setting }) =>
      code === 'setting-file-missing' ? [setting] : [],
    )
    return [of('/rss.xml'), of('/feeds/sea/rss.xml'), missing]
  }
  expect(await images()).toEqual([undefined, undefined, ['podcast.image', 'feeds.0.podcast.image']])
  files.set('late.png', cover)
  const late = 'https://tides.example/media/late.png'
  expect(await images()).toEqual([late, late, ['feeds.0.podcast.image']])
})

test('a sound that lies elsewhere than the notes say is not in the feed, and the finding says where it lies', async () => {
  const files = new Map<string, string | Uint8Array>([['notes/ep3.md', notes('audio: ep3.mp3\n')]])
  const pipeline = createPipeline(memorySource(files), siteOf('[podcast]'))
  const hints = async () => {
    const { files } = await pipeline.look({ now })
    const notes = files.find(({ path }) => path === 'notes/ep3.md')
    return notes?.diagnostics.filter(({ code }) => code === 'media-missing').map(({ hint }) => hint)
  }
  const [nowhere] = (await hints())!
  expect(nowhere).not.toContain('elsewhere')
  files.set('sounds/2026/EP3.mp3', sound('bare.mp3'))
  expect(await hints()).toEqual(['A file of this name lies elsewhere: write "sounds/2026/EP3.mp3".'])
  files.set('notes/ep3.md', notes('audio: "sounds/2026/EP3.mp3"\n'))
  expect(await hints()).toEqual([])
})

test('notes that are longer than what is read of a sound are a finding', async () => {
  const long = withComment(sound('pictured.opus'), 500_000)
  const { report, rss } = await look({ 'a.md': notes(), 'a.opus': long })
  expect(codes(report('a.md'))).toEqual(['sound-notes-long'])
  expect(rss).toContain('<itunes:duration>3</itunes:duration>')
})

test('a feed of one’s own is a show of its own', async () => {
  const cover = Uint8Array.from(readFileSync(join(fixtures, 'cover.png')))
  const files: Files = {
    'sea/a.md': notes('tags: [sea]\n', 'Sea'),
    'sea/a.mp3': sound('bare.mp3'),
    'air/b.md': notes('tags: [air]\nexplicit: false\n', 'Air'),
    'air/b.mp3': sound('bare.mp3'),
    'plain.md': notes('tags: [air]\n', 'Plain'),
    'main.png': cover,
    'sea.png': cover,
    'air.png': cover,
  }
  const toml = `[podcast]
category = "Science"
image = "main.png"
author = "Broadsheet"
guid = "917393e3-1b1e-5cef-ace4-edaa54e1f810"
new_feed_url = "https://elsewhere.example/rss.xml"
[[feeds]]
name = "Sea"
include = { tags = ["sea"] }
title = "The sea"
language = "de"
description = "Water."
[feeds.podcast]
category = ["Arts > Books"]
explicit = true
image = "sea.png"
type = "serial"
owner = "Sea"
email = "sea@tides.example"
[[feeds]]
name = "Air"
image = "air.png"
include = { tags = ["air"] }
`
  const { text, publication, inspection } = await look(files, toml)
  const [main, sea, air] = ['/rss.xml', '/feeds/sea/rss.xml', '/feeds/air/rss.xml'].map(path =>
    String(text(path)).replace(/ {4}<item>[\s\S]*<\/item>\n/, ''),
  )
  expect(sea).toContain('<title>The sea</title>')
  expect(sea).toContain('<language>de</language>')
  expect(sea).toContain('<itunes:category text="Arts">')
  expect(sea).toContain('<itunes:image href="https://tides.example/media/sea.png"/>')
  expect(sea).toContain('<itunes:explicit>true</itunes:explicit>')
  expect(sea).toContain('<itunes:type>serial</itunes:type>')
  expect(sea).toContain('<itunes:email>sea@tides.example</itunes:email>')
  expect(sea).toContain('<itunes:author>Broadsheet</itunes:author>')
  expect(air).toContain('<itunes:image href="https://tides.example/media/air.png"/>')
  expect(air).toContain('<itunes:category text="Science"/>')
  expect(air).toContain('<itunes:explicit>false</itunes:explicit>')
  const guids = [main, sea, air].map(rss => /<podcast:guid>(.*)<\/podcast:guid>/.exec(rss!)?.[1])
  expect(new Set(guids).size).toBe(3)
  expect(guids[0]).toBe('917393e3-1b1e-5cef-ace4-edaa54e1f810')
  expect(main).toContain('<itunes:new-feed-url>')
  expect(sea + air!).not.toContain('<itunes:new-feed-url>')
  // An episode that says nothing of it leaves it to each feed.
  expect(String(text('/feeds/sea/rss.xml')).match(/<itunes:explicit>/g)).toHaveLength(1)
  expect(String(text('/feeds/air/rss.xml')).match(/<itunes:explicit>/g)).toHaveLength(2)
  const media = publication.media.map(({ path }) => path)
  expect(media).toEqual(expect.arrayContaining(['/media/main.png', '/media/sea.png', '/media/air.png']))
  expect(inspection.settings.map(({ code }) => code)).toEqual(['episode-silent'])
})

test('a show may be one feed of a publication that is none, and is examined by itself', async () => {
  const files: Files = {
    'a.md': notes('tags: [sea]\n', 'Sea'),
    'a.mp3': sound('bare.mp3'),
    'b.md': notes('', 'Words alone'),
    'small.png': Uint8Array.from(readFileSync(join(fixtures, 'pictures/colour.png'))),
  }
  const rule = '[[feeds]]\nname = "Sea"\ninclude = { tags = ["sea"] }\n'
  const toml = `${rule}podcast = { category = "Sience", image = "small.png" }\n`
  const { rss, text, inspection } = await look(files, toml)
  expect(rss).not.toContain('<itunes:category')
  expect(text('/feeds/sea/rss.xml')).toContain('<itunes:category text="Sience"/>')
  const found = inspection.settings.map(({ setting, hint }) => [setting, hint])
  expect(found).toContainEqual(['feeds.0.podcast.category', 'Did you mean "Science"?'])
  expect(found.map(([setting]) => setting)).toContain('feeds.0.podcast.image')
  const missing = await look(files, `${rule}podcast = { image = "gone.png" }\n`)
  expect(missing.inspection.settings.map(({ code }) => code)).toContain('setting-file-missing')
})

test('an episode of more than Spotify takes is named', async () => {
  const { inspection } = await look({ 'a.md': notes('duration: 12:00:01\n'), 'a.mp3': sound('bare.mp3') })
  expect(inspection.settings.map(({ message }) => message).join('\n')).toContain(
    'The sound of a.md is 12:00:01 long; Spotify takes 12 hours.',
  )
})

test('sound may lie at another host, and its downloads be counted', async () => {
  const { publication, rss } = await look(
    { 'a b.mp3': sound('id3v24.mp3') },
    '[podcast]\nmedia_url = "https://cdn.example/x/"\ndownload_prefix = "https://count.example/e/"',
  )
  expect(rss).toContain('<enclosure url="https://count.example/e/cdn.example/x/a%20b.mp3" length="3594"')
  expect(publication.media.map(({ path }) => path)).not.toContain('/media/a b.mp3')
})

test('what a folder has not changed is not read again', async () => {
  const files: Files = {}
  for (let number = 0; number < 200; number++) files[`${number}.mp3`] = sound('id3v24.mp3')
  const inner = memorySource(new Map(Object.entries(files)))
  let reads = 0
  const source: Source = {
    ...inner,
    read(path, part) {
      reads++
      return inner.read(path, part)
    },
  }
  const site = siteOf('[podcast]')
  const pipeline = createPipeline(source, site)
  const cold = await pipeline.look({ now })
  expect(cold.totals.published).toBe(200)
  expect(reads).toBeGreaterThan(199)
  reads = 0
  const warm = await pipeline.look({ now })
  expect(reads).toBe(0)
  expect(warm.articles).toEqual(cold.articles)
})

test('whatever front matter names a sound, the report accounts for it', async () => {
  const name = fc
    .tuple(
      fc.constantFrom('tide', 'the tide', 'tide #2', '100% tide', 'sub/tide', 'é', 'gone'),
      fc.constantFrom('mp3', 'm4a', 'm4b', 'ogg', 'opus', 'flac', 'wav', 'mp4', 'webm'),
    )
    .map(parts => parts.join('.'))
  const key = fc.constantFrom(
    'audio',
    'enclosure',
    'enclosures',
    'podcast',
    'file',
    'video',
    'mp3',
    'soundtrack',
    'my_key',
    'media',
    'url_of_sound',
    'image',
    'itunes',
  )
  const shape = fc.constantFrom(
    (value: string) => JSON.stringify(value),
    (value: string) => JSON.stringify([value]),
    (value: string) => JSON.stringify({ url: value }),
    (value: string) => JSON.stringify([{ src: value, type: 'audio/mpeg' }]),
    (value: string) => JSON.stringify({ deep: { er: value } }),
    (value: string) => JSON.stringify(`https://cdn.example/${encodeURI(value)}`),
  )
  await fc.assert(
    fc.asyncProperty(
      name,
      key,
      shape,
      fc.boolean(),
      fc.boolean(),
      async (name, key, write, there, podcast) => {
        const files: Files = {
          'notes.md': `---\ntitle: T\ndate: 2026-03-04\n${key}: ${write(name)}\n---\n\nWords.\n`,
        }
        if (there && !name.startsWith('gone')) files[name] = sound('id3v24.mp3')
        const { inspection } = await look(files, podcast ? '[podcast]' : '')
        const report = inspection.files.find(({ path }) => path === 'notes.md')!
        const isCarried = report.article!.enclosures.some(({ url }) => decodeURIComponent(url).endsWith(name))
        const isTold = report.diagnostics.some(
          ({ message }) =>
            message.includes(name) || message.includes(encodeURI(name)) || message.includes(`"${key}"`),
        )
        expect(isCarried || isTold, `${key}: ${write(name)}`).toBe(true)
      },
    ),
    { numRuns: 300 },
  )
})
