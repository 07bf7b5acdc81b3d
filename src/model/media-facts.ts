/** What a file of sound or film says of itself. Nothing here is guessed: what it does not say is null. */
export interface MediaFacts {
  /** The type by the bytes, whatever the file is called. */
  type: string
  /** Seconds; of a cut file what is left of it. Null where that can't be told without playing it. */
  duration: number | null
  /** Pixels, of film. */
  width: number | null
  height: number | null
  tags: MediaTags
  chapters: Chapter[]
  cover: EmbeddedCover | null
  /** Whether the file ends before its header says. */
  cut: boolean
  /** Whether its notes go on where nothing is read of them any more: a picture, chapters and words may be there. */
  notesCut: boolean
}

export interface MediaTags {
  title: string | null
  artist: string | null
  album: string | null
  /** Number of the episode. */
  number: number | null
  /** Number of the disc or season. */
  season: number | null
  /** As written: a year, a day or an instant. */
  date: string | null
  description: string | null
}

export interface Chapter {
  /** Seconds. */
  start: number
  title: string
  url: string | null
  /** An address; pictures inside the sound are none. */
  image: string | null
  /** False: a mark for players that no list shows. */
  listed: boolean
}

/** Why a file gave no facts. `unknown`: it holds no sound or film of a kind that is read. */
export type MediaFault = 'empty' | 'unknown' | 'damaged' | 'unreadable'

export type MediaReading = { facts: MediaFacts } | { fault: MediaFault }

/** A picture in the file: where its bytes lie, so that it can be served from there. */
export interface EmbeddedCover {
  /** By its bytes. */
  type: string
  /** Bytes of the picture. */
  length: number
  /** Pixels. */
  width: number
  height: number
  /** Where it is in the file, one piece after the other. */
  pieces: { start: number; length: number }[]
  /** How it is written there; null: as it is. `unsynchronised`: ID3v2 §6.1. */
  coding: 'unsynchronised' | 'base64' | null
  /** Bytes that come before it in the pieces, once their coding is undone. */
  skip: number
}

/** A file of sound or film in the folder, with what lies beside it. */
export interface SoundFile {
  reading: MediaReading
  /** Files of its name: `ep1.vtt` and `ep1.de.srt` beside `ep1.mp3`. */
  transcripts: FoundTranscript[]
  /** `ep1.chapters.json`, read; null where there is none. */
  chapters: { path: string; list: Chapter[] } | null
  /** A picture of its name, `ep1.jpg`. */
  cover: string | null
  /** What is wrong with the files beside it. */
  problems: { path: string; message: string }[]
  /** Files beside it that say they are not to be read yet: nothing of them is shown. */
  keptBack: string[]
  /** Another one where anything of this may be other. */
  state: string
}

/** Captions that stand beside no sound: an article may name them as what is said in its own. And notes of a sound that are kept back. */
export interface CaptionFile {
  /** Null where there is nothing to show. */
  transcript: FoundTranscript | null
  /** It says that it is not to be read yet: nothing of it is shown, and nothing leads to it. */
  keptBack: boolean
  /** Another one where it may be other. */
  state: string
}

export interface FoundTranscript {
  path: string
  type: string
  /** BCP 47; null: the episode's. */
  language: string | null
  /** As HTML that is safe to show. */
  html: string
}
