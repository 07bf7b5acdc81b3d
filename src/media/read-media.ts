import type { MediaFacts, MediaReading } from '../model/media-facts.ts'
import { readFlac } from './flac.ts'
import { isId3, readId3 } from './id3.ts'
import { createMediaBytes, lettersAt, type MediaBytes, type MediaFile, TooMuchError } from './media-bytes.ts'

import { readMp4 } from './mp4.ts'
import { readMpegAudio } from './mpeg-audio.ts'
import { readOgg } from './ogg.ts'
import { readWave } from './riff.ts'
import { readWebm } from './webm.ts'

/**
 * What a file of sound or film says of itself, by a few reads of its headers; an MP3 without one is walked through, frame
 * by frame. Rejects only where the file can't be read.
 */
export async function readMedia(file: MediaFile): Promise<MediaReading> {
  if (file.size === 0) return { fault: 'empty' }
  const bytes = createMediaBytes(file)
  try {
    const facts = await factsIn(bytes, file)
    return facts ? { facts } : { fault: 'unknown' }
  } catch (error) {
    // The bytes end where something was to follow, or go on where nothing should.
    if (error instanceof RangeError || error instanceof TooMuchError) return { fault: 'damaged' }
    throw error
  }
}

async function factsIn(bytes: MediaBytes, file: MediaFile): Promise<MediaFacts | null> {
  const head = await bytes.upTo(0, 16)
  if (head.length < 12) return null
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength)
  const letters = lettersAt(view, 0)
  const kind = lettersAt(view, 4)
  if (/^(?:ftyp|moov|mdat|wide|free|skip)$/.test(kind)) return readMp4(bytes)
  if (letters === 'OggS') return readOgg(bytes)
  if (letters === 'fLaC') return readFlac(bytes, 0)
  if (/^(?:RIFF|RF64)$/.test(letters) && lettersAt(view, 8) === 'WAVE') return readWave(bytes)
  if (view.getUint32(0) === 0x1a45dfa3) return readWebm(bytes)
  if (isId3(head)) {
    // Some programs put an MP3's tag before a FLAC file.
    const start = (await readId3(bytes))?.end ?? 0
    const next = await bytes.upTo(start, 4)
    if (next.length === 4 && String.fromCharCode(...next) === 'fLaC') return readFlac(bytes, start)
  }
  return readMpegAudio(bytes, file)
}
