import type { Chapter, MediaFacts } from '../model/media-facts.ts'
import { bytesOf, type MediaBytes, utf8Text } from './media-bytes.ts'
import { chapterOf, countOf, factsOf, inOrder, noTags, rounded } from './media-facts.ts'

/** Elements of Matroska that are looked at (RFC 9559 §5). */
const ids = {
  segment: 0x18538067,
  seekHead: 0x114d9b74,
  seek: 0x4dbb,
  seekId: 0x53ab,
  seekPosition: 0x53ac,
  info: 0x1549a966,
  timeScale: 0x2ad7b1,
  duration: 0x4489,
  title: 0x7ba9,
  tracks: 0x1654ae6b,
  track: 0xae,
  video: 0xe0,
  width: 0xb0,
  height: 0xba,
  cluster: 0x1f43b675,
  tags: 0x1254c367,
  tag: 0x7373,
  simpleTag: 0x67c8,
  tagName: 0x45a3,
  tagString: 0x4487,
  chapters: 0x1043a770,
  edition: 0x45b9,
  chapter: 0xb6,
  chapterStart: 0x91,
  chapterDisplay: 0x80,
  chapterName: 0x85,
}

interface Element {
  id: number
  start: number
  end: number
}

/** WebM and Matroska. What lies behind the film (tags, chapters) is found by the list at its beginning. */
export async function readWebm(bytes: MediaBytes): Promise<MediaFacts> {
  const facts = factsOf('audio/webm', { tags: { ...noTags } })
  const seen = new Set<number>()
  for await (const outer of elements(bytes, 0, bytes.size)) {
    if (outer.id !== ids.segment) continue
    const later: number[] = []
    for await (const element of elements(bytes, outer.start, Math.min(outer.end, bytes.size))) {
      if (element.id === ids.seekHead) later.push(...(await positions(bytes, element)))
      if (element.id === ids.cluster) break
      seen.add(element.start)
      await look(bytes, element, facts)
    }
    for (const position of later) {
      const [element] = await firstOf(elements(bytes, outer.start + position, bytes.size))
      if (element && !seen.has(element.start) && element.end <= bytes.size) await look(bytes, element, facts)
    }
    facts.cut = outer.end > bytes.size && outer.end < Number.MAX_SAFE_INTEGER
    break
  }
  return { ...facts, chapters: inOrder(facts.chapters) }
}

async function look(bytes: MediaBytes, element: Element, facts: MediaFacts): Promise<void> {
  if (element.id === ids.info) await readInfo(bytes, element, facts)
  if (element.id === ids.tracks) await readTracks(bytes, element, facts)
  if (element.id === ids.tags) await readTags(bytes, element, facts)
  if (element.id === ids.chapters) facts.chapters.push(...(await readChapters(bytes, element)))
}

async function* elements(bytes: MediaBytes, start: number, end: number): AsyncGenerator<Element> {
  for (let at = start; at + 2 <= end; ) {
    const head = await bytes.upTo(at, 12)
    const id = number(head, 0, true)
    const size = id && number(head, id.length, false)
    if (!id || !size) return
    const from = at + id.length + size.length
    const until = size.open ? Number.MAX_SAFE_INTEGER : from + size.value
    yield { id: id.value, start: from, end: until }
    at = until
  }
}

/** A number of as many bytes as its first says (RFC 8794 §4); all ones: nobody knew the size. */
function number(bytes: Uint8Array, at: number, marked: boolean) {
  const first = bytes[at]
  if (!first) return null
  const length = Math.clz32(first) - 23
  if (at + length > bytes.length) return null
  let value = marked ? first : first & (0xff >> length)
  let open = !marked && value === 0xff >> length
  for (const byte of bytes.subarray(at + 1, at + length)) {
    value = value * 256 + byte
    if (byte !== 0xff) open = false
  }
  return { value, length, open }
}

async function positions(bytes: MediaBytes, { start, end }: Element): Promise<number[]> {
  const found: number[] = []
  for await (const seek of elements(bytes, start, end)) {
    if (seek.id !== ids.seek) continue
    const entry = new Map<number, number>()
    for await (const part of elements(bytes, seek.start, seek.end))
      entry.set(part.id, await unsigned(bytes, part))
    const [id, position] = [entry.get(ids.seekId), entry.get(ids.seekPosition)]
    if (position !== undefined && [ids.info, ids.tracks, ids.tags, ids.chapters].includes(id ?? 0))
      found.push(position)
  }
  return found
}

async function readInfo(bytes: MediaBytes, { start, end }: Element, facts: MediaFacts): Promise<void> {
  let scale = 1_000_000
  let ticks = 0
  for await (const part of elements(bytes, start, end)) {
    if (part.id === ids.timeScale) scale = await unsigned(bytes, part)
    if (part.id === ids.duration) {
      const view = await bytes.view(part.start, part.end - part.start)
      ticks = view.byteLength === 4 ? view.getFloat32(0) : view.getFloat64(0)
    }
    if (part.id === ids.title) facts.tags.title ??= await textOf(bytes, part)
  }
  if (ticks > 0) facts.duration = rounded((ticks * scale) / 1e9)
}

async function readTracks(bytes: MediaBytes, { start, end }: Element, facts: MediaFacts): Promise<void> {
  for await (const track of elements(bytes, start, end)) {
    if (track.id !== ids.track) continue
    for await (const part of elements(bytes, track.start, track.end)) {
      if (part.id !== ids.video) continue
      facts.type = 'video/webm'
      for await (const side of elements(bytes, part.start, part.end)) {
        if (side.id === ids.width) facts.width = await unsigned(bytes, side)
        if (side.id === ids.height) facts.height = await unsigned(bytes, side)
      }
    }
  }
}

const names: Record<string, 'title' | 'artist' | 'album' | 'date' | 'description'> = {
  TITLE: 'title',
  ARTIST: 'artist',
  ALBUM: 'album',
  DATE: 'date',
  DATE_RELEASED: 'date',
  DESCRIPTION: 'description',
  COMMENT: 'description',
}

async function readTags(bytes: MediaBytes, { start, end }: Element, { tags }: MediaFacts): Promise<void> {
  for await (const tag of elements(bytes, start, end)) {
    if (tag.id !== ids.tag) continue
    for await (const simple of elements(bytes, tag.start, tag.end)) {
      if (simple.id !== ids.simpleTag) continue
      const said = { name: '', text: '' }
      for await (const part of elements(bytes, simple.start, simple.end)) {
        if (part.id === ids.tagName) said.name = (await textOf(bytes, part)).toUpperCase()
        if (part.id === ids.tagString) said.text = await textOf(bytes, part)
      }
      const field = names[said.name]
      if (field) tags[field] ??= said.text || null
      if (said.name === 'PART_NUMBER' || said.name === 'TRACK') tags.number ??= countOf(said.text)
    }
  }
}

async function readChapters(bytes: MediaBytes, { start, end }: Element): Promise<Chapter[]> {
  const chapters: Chapter[] = []
  for await (const edition of elements(bytes, start, end)) {
    if (edition.id !== ids.edition) continue
    for await (const chapter of elements(bytes, edition.start, edition.end)) {
      if (chapter.id !== ids.chapter) continue
      let [seconds, title] = [0, '']
      for await (const part of elements(bytes, chapter.start, chapter.end)) {
        if (part.id === ids.chapterStart) seconds = (await unsigned(bytes, part)) / 1e9
        if (part.id !== ids.chapterDisplay) continue
        for await (const shown of elements(bytes, part.start, part.end))
          if (shown.id === ids.chapterName) title ||= await textOf(bytes, shown)
      }
      chapters.push(chapterOf(seconds, title))
    }
  }
  return chapters
}

async function unsigned(bytes: MediaBytes, { start, end }: Element): Promise<number> {
  const view = await bytes.view(start, Math.min(end - start, 8))
  return bytesOf(view).reduce((value, byte) => value * 256 + byte, 0)
}

async function textOf(bytes: MediaBytes, { start, end }: Element): Promise<string> {
  return utf8Text(await bytes.upTo(start, Math.min(end - start, 65_536)))
}

async function firstOf(all: AsyncGenerator<Element>): Promise<[Element?]> {
  for await (const one of all) return [one]
  return []
}
