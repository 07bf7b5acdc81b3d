import type { Chapter, MediaFacts, MediaTags } from '../model/media-facts.ts'

export const noTags: MediaTags = {
  title: null,
  artist: null,
  album: null,
  number: null,
  season: null,
  date: null,
  description: null,
}

export function factsOf(type: string, found: Partial<MediaFacts> = {}): MediaFacts {
  return {
    type,
    duration: null,
    width: null,
    height: null,
    tags: noTags,
    chapters: [],
    cover: null,
    cut: false,
    notesCut: false,
    ...found,
  }
}

export function chapterOf(start: number, title: string, url: string | null = null): Chapter {
  return { start: rounded(start), title: title.trim(), url, image: null, listed: true }
}

/** In the order of their starts; marks without a name are none. */
export function inOrder(chapters: Chapter[]): Chapter[] {
  return chapters
    .filter(({ title, start }) => title !== '' && Number.isFinite(start) && start >= 0)
    .sort((a, b) => a.start - b.start)
}

/** `7`, `7/12` → 7. */
export function countOf(text: string | null | undefined): number | null {
  const count = Number(/^\s*(\d{1,6})(?:\s*\/|\s*$)/.exec(text ?? '')?.[1])
  return count > 0 ? count : null
}

/** To the millisecond. */
export function rounded(seconds: number): number {
  return Math.round(seconds * 1000) / 1000
}
