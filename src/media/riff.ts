import type { MediaFacts } from '../model/media-facts.ts'
import { readId3Within } from './id3.ts'
import { bytesOf, lettersAt, type MediaBytes, utf8Text } from './media-bytes.ts'
import { countOf, factsOf, noTags, rounded } from './media-facts.ts'

/** WAVE, and RF64 for more than 4 GB (EBU Tech 3306). */
export async function readWave(bytes: MediaBytes): Promise<MediaFacts> {
  let facts = factsOf('audio/wav')
  let perSecond = 0
  let large = 0
  for (let at = 12; at + 8 <= bytes.size; ) {
    const head = await bytes.view(at, 8)
    const id = lettersAt(head, 0)
    let length = head.getUint32(4, true)
    at += 8
    if (id === 'ds64') large = Number((await bytes.view(at + 8, 8)).getBigUint64(0, true))
    if (id === 'fmt ') perSecond = (await bytes.view(at, 12)).getUint32(8, true)
    if (id === 'LIST' && length < 65_536)
      facts = { ...facts, tags: infoTags(await bytes.upTo(at, length), facts.tags) }
    if (id === 'id3 ' || id === 'ID3 ') {
      const tag = await readId3Within(bytes, at, length)
      if (tag) facts = { ...facts, tags: tag.tags, chapters: tag.chapters, cover: tag.cover }
    }
    if (id === 'data') {
      // Who writes while it records leaves the size open.
      const open = length === 0xffffffff || length === 0
      if (open) length = large || bytes.size - at
      const there = Math.min(length, bytes.size - at)
      const duration = perSecond > 0 ? rounded(there / perSecond) : null
      facts = { ...facts, duration, cut: there < length }
    }
    at += length + (length & 1)
  }
  return facts
}

const names = {
  INAM: 'title',
  IART: 'artist',
  IPRD: 'album',
  ICRD: 'date',
  ICMT: 'description',
} as const

function infoTags(list: Uint8Array, before: MediaFacts['tags']): MediaFacts['tags'] {
  const view = new DataView(list.buffer, list.byteOffset, list.byteLength)
  if (view.byteLength < 4 || lettersAt(view, 0) !== 'INFO') return before
  const tags = { ...noTags }
  for (let at = 4; at + 8 <= view.byteLength; ) {
    const id = lettersAt(view, at)
    const length = view.getUint32(at + 4, true)
    const text = utf8Text(bytesOf(view, at + 8, Math.min(at + 8 + length, view.byteLength)))
    if (Object.hasOwn(names, id) && text) tags[names[id as keyof typeof names]] = text
    if (id === 'IPRT' || id === 'ITRK') tags.number ??= countOf(text)
    at += 8 + length + (length & 1)
  }
  return tags
}
