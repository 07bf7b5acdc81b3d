import type { Chapter, EmbeddedCover, MediaFacts, MediaTags } from '../model/media-facts.ts'
import { pictureAt } from './embedded-cover.ts'
import { bytesOf, lettersAt, type MediaBytes, utf8Text } from './media-bytes.ts'
import { chapterOf, countOf, factsOf, inOrder, noTags, rounded } from './media-facts.ts'

/** A box of ISO/IEC 14496-12 §4.2; `start` is that of its content. */
interface Box {
  type: string
  start: number
  end: number
}

interface Track {
  id: number
  kind: string
  /** Ticks a second, and how many there are. */
  scale: number
  ticks: number
  width: number
  height: number
  /** Tracks that hold its chapters. */
  chapters: number[]
  table: Box | null
}

/** MP4, M4A, M4B, MOV. Tables of samples are stepped over: of a long book they are megabytes. */
export async function readMp4(bytes: MediaBytes): Promise<MediaFacts> {
  let movie: Box | null = null
  let cut = false
  for await (const box of boxes(bytes, 0, bytes.size)) {
    if (box.end > bytes.size) cut = true
    if (box.type === 'moov') movie = box
  }
  // Without the movie box nothing can be played.
  if (!movie || movie.end > bytes.size) return factsOf('audio/mp4', { cut: true })
  const found = await readMovie(bytes, movie)
  const film = found.tracks.find(({ kind, width }) => kind === 'vide' && width > 0)
  return factsOf(film ? 'video/mp4' : 'audio/mp4', {
    duration: found.duration ?? longest(found.tracks),
    width: film?.width ?? null,
    height: film?.height ?? null,
    tags: found.tags,
    chapters: inOrder(found.chapters.length > 0 ? found.chapters : await trackChapters(bytes, found.tracks)),
    cover: found.cover,
    cut,
  })
}

async function* boxes(bytes: MediaBytes, start: number, end: number): AsyncGenerator<Box> {
  for (let at = start; at + 8 <= end; ) {
    const head = await bytes.upTo(at, 16)
    if (head.length < 8) return
    const view = new DataView(head.buffer, head.byteOffset, head.byteLength)
    let size = view.getUint32(0)
    let from = 8
    if (size === 1 && view.byteLength === 16) {
      size = Number(view.getBigUint64(8))
      from = 16
    } else if (size === 0) size = end - at
    if (size < from) return
    yield { type: lettersAt(view, 4), start: at + from, end: at + size }
    at += size
  }
}

interface Movie {
  duration: number | null
  tracks: Track[]
  tags: MediaTags
  cover: EmbeddedCover | null
  chapters: Chapter[]
}

async function readMovie(bytes: MediaBytes, { start, end }: Box): Promise<Movie> {
  const movie: Movie = { duration: null, tracks: [], tags: noTags, cover: null, chapters: [] }
  let scale = 0
  for await (const box of boxes(bytes, start, end)) {
    if (box.type === 'mvhd') {
      const times = await timesOf(bytes, box.start)
      scale = times.scale
      if (times.ticks > 0 && times.scale > 0) movie.duration = rounded(times.ticks / times.scale)
    }
    if (box.type === 'trak') movie.tracks.push(await readTrack(bytes, box))
    if (box.type === 'udta') await readUserData(bytes, box, movie)
    // A film in fragments says its length here.
    if (box.type === 'mvex')
      for await (const inner of boxes(bytes, box.start, box.end))
        if (inner.type === 'mehd' && scale > 0) {
          const view = await bytes.view(inner.start, 8)
          const long = view.getUint8(0) === 1
          const ticks = long
            ? Number((await bytes.view(inner.start + 4, 8)).getBigUint64(0))
            : view.getUint32(4)
          movie.duration ??= rounded(ticks / scale)
        }
  }
  return movie
}

/** Of `mvhd` and `mdhd`, which begin alike. */
async function timesOf(bytes: MediaBytes, start: number): Promise<{ scale: number; ticks: number }> {
  const view = await bytes.view(start, 32)
  if (view.getUint8(0) === 1) return { scale: view.getUint32(20), ticks: Number(view.getBigUint64(24)) }
  const ticks = view.getUint32(16)
  return { scale: view.getUint32(12), ticks: ticks === 0xffffffff ? 0 : ticks }
}

async function readTrack(bytes: MediaBytes, { start, end }: Box): Promise<Track> {
  const track: Track = { id: 0, kind: '', scale: 0, ticks: 0, width: 0, height: 0, chapters: [], table: null }
  for await (const box of boxes(bytes, start, end)) {
    if (box.type === 'tkhd') Object.assign(track, await trackHead(bytes, box))
    if (box.type === 'tref')
      for await (const inner of boxes(bytes, box.start, box.end))
        if (inner.type === 'chap') {
          const view = await bytes.view(inner.start, Math.min(inner.end - inner.start, 32))
          for (let at = 0; at + 4 <= view.byteLength; at += 4) track.chapters.push(view.getUint32(at))
        }
    if (box.type !== 'mdia') continue
    for await (const inner of boxes(bytes, box.start, box.end)) {
      if (inner.type === 'mdhd') Object.assign(track, await timesOf(bytes, inner.start))
      if (inner.type === 'hdlr') track.kind = lettersAt(await bytes.view(inner.start + 8, 4), 0)
      if (inner.type === 'minf')
        for await (const part of boxes(bytes, inner.start, inner.end))
          if (part.type === 'stbl') track.table = part
    }
  }
  return track
}

/** A quarter turn of the picture's matrix swaps its sides (§8.3.2). */
async function trackHead(bytes: MediaBytes, { start }: Box): Promise<Partial<Track>> {
  const long = (await bytes.view(start, 1)).getUint8(0) === 1
  const view = await bytes.view(start, long ? 96 : 84)
  const matrix = long ? 52 : 40
  const [width, height] = [view.getUint32(matrix + 36) >>> 16, view.getUint32(matrix + 40) >>> 16]
  const turned = view.getInt32(matrix) === 0 && view.getInt32(matrix + 4) !== 0
  const id = view.getUint32(long ? 20 : 12)
  return turned ? { id, width: height, height: width } : { id, width, height }
}

function longest(tracks: Track[]): number | null {
  const lengths = tracks.filter(({ scale }) => scale > 0).map(({ scale, ticks }) => ticks / scale)
  const most = Math.max(0, ...lengths)
  return most > 0 ? rounded(most) : null
}

async function readUserData(bytes: MediaBytes, { start, end }: Box, movie: Movie): Promise<void> {
  for await (const box of boxes(bytes, start, end)) {
    if (box.type === 'chpl') movie.chapters = await neroChapters(bytes, box)
    // `meta` is a full box: four bytes more.
    if (box.type === 'meta')
      for await (const inner of boxes(bytes, box.start + 4, box.end))
        if (inner.type === 'ilst') Object.assign(movie, await readItems(bytes, inner))
  }
}

/** Nero's list: hundredths of microseconds, and titles of at most 255 bytes. */
async function neroChapters(bytes: MediaBytes, { start, end }: Box): Promise<Chapter[]> {
  const view = await bytes.view(start, Math.min(end - start, 70_000))
  const chapters: Chapter[] = []
  const version = view.getUint8(0)
  let at = version === 1 ? 9 : 5
  const count = view.getUint8(at - 1)
  while (chapters.length < count && at + 9 <= view.byteLength) {
    const length = view.getUint8(at + 8)
    const title = utf8Text(bytesOf(view, at + 9, Math.min(at + 9 + length, view.byteLength)))
    chapters.push(chapterOf(Number(view.getBigUint64(at)) / 10_000_000, title))
    at += 9 + length
  }
  return chapters
}

const texts: Record<string, keyof MediaTags> = {
  '\xa9nam': 'title',
  '\xa9ART': 'artist',
  '\xa9alb': 'album',
  '\xa9day': 'date',
  desc: 'description',
}

/** iTunes' list: each item holds a `data` box, eight bytes of kind and place before its value. */
async function readItems(bytes: MediaBytes, { start, end }: Box): Promise<Pick<Movie, 'tags' | 'cover'>> {
  const tags: MediaTags = { ...noTags }
  let cover: EmbeddedCover | null = null
  let artist: string | null = null
  let comment: string | null = null
  for await (const item of boxes(bytes, start, end)) {
    for await (const data of boxes(bytes, item.start, item.end)) {
      if (data.type !== 'data' || data.end - data.start < 8) continue
      const [from, length] = [data.start + 8, data.end - data.start - 8]
      if (item.type === 'covr') {
        cover ??= await pictureAt(bytes, from, length)
        continue
      }
      if (length > 65_536) continue
      const content = await bytes.upTo(from, length)
      const field = texts[item.type]
      if (field) Object.assign(tags, { [field]: utf8Text(content) || null })
      else if (item.type === 'aART') artist = utf8Text(content) || null
      else if (item.type === '\xa9cmt') comment = utf8Text(content) || null
      else if (item.type === 'trkn' && content.length >= 4) tags.number = countOf(`${uint16(content, 2)}`)
      else if (item.type === 'disk' && content.length >= 4) tags.season = countOf(`${uint16(content, 2)}`)
    }
  }
  return { tags: { ...tags, artist: tags.artist ?? artist, description: tags.description ?? comment }, cover }
}

const uint16 = (bytes: Uint8Array, at: number) => new DataView(bytes.buffer, bytes.byteOffset).getUint16(at)

const mostChapters = 1_000

/** QuickTime's way: a track of texts, each as long as its chapter. */
async function trackChapters(bytes: MediaBytes, tracks: Track[]): Promise<Chapter[]> {
  const named = new Set(tracks.flatMap(({ chapters }) => chapters))
  const track = tracks.find(({ id, kind }) => named.has(id) && /^(?:text|sbtl|subt)$/.test(kind))
  if (!track?.table || track.scale === 0) return []
  const tables = new Map<string, DataView>()
  for await (const { type, start, end } of boxes(bytes, track.table.start, track.table.end))
    if (/^(?:stts|stsz|stsc|stco|co64)$/.test(type) && end - start < 65_536) {
      const view = await bytes.view(start, end - start)
      tables.set(type, new DataView(bytesOf(view).slice().buffer))
    }
  const places = samplePlaces(tables)
  const starts = sampleStarts(tables.get('stts'))
  const chapters: Chapter[] = []
  for (const [index, { offset, size }] of places.slice(0, mostChapters).entries()) {
    const content = await bytes.upTo(offset, Math.min(size, 512))
    const length = content.length > 2 ? uint16(content, 0) : 0
    const text = content.subarray(2, 2 + length)
    const wide = text[0] === 0xfe && text[1] === 0xff
    const title = wide ? new TextDecoder('utf-16be').decode(text.subarray(2)) : utf8Text(text)
    chapters.push(chapterOf((starts[index] ?? Number.NaN) / track.scale, title))
  }
  return chapters
}

function sampleStarts(table: DataView | undefined): number[] {
  const starts: number[] = []
  let time = 0
  for (let at = 8; table && at + 8 <= table.byteLength; at += 8)
    for (let count = table.getUint32(at); count > 0 && starts.length < mostChapters; count--) {
      starts.push(time)
      time += table.getUint32(at + 4)
    }
  return starts
}

/** Where each sample lies: chunks have places, and samples lie in them one after the other (§8.7). */
function samplePlaces(tables: Map<string, DataView>): { offset: number; size: number }[] {
  const [sizes, chunks] = [tables.get('stsz'), tables.get('stsc')]
  const offsets = tables.get('stco') ?? tables.get('co64')
  if (!sizes || !chunks || !offsets) return []
  const width = tables.has('stco') ? 4 : 8
  const same = sizes.getUint32(4)
  const count = Math.min(sizes.getUint32(8), mostChapters)
  const sizeOf = (sample: number) => same || sizes.getUint32(12 + sample * 4)
  const places: { offset: number; size: number }[] = []
  let rule = 0
  for (let chunk = 0; 8 + (chunk + 1) * width <= offsets.byteLength && places.length < count; chunk++) {
    const next = 8 + (rule + 1) * 12
    if (next + 12 <= chunks.byteLength && chunks.getUint32(next) === chunk + 1) rule++
    const inChunk = chunks.getUint32(8 + rule * 12 + 4)
    const at = 8 + chunk * width
    let offset = width === 4 ? offsets.getUint32(at) : Number(offsets.getBigUint64(at))
    for (let index = 0; index < inChunk && places.length < count; index++) {
      const size = sizeOf(places.length)
      places.push({ offset, size })
      offset += size
    }
  }
  return places
}
