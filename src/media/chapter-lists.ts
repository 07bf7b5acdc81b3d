import type { Chapter } from '../model/media-facts.ts'
import { captures } from '../text/captures.ts'
import { chapterOf, inOrder } from './media-facts.ts'
import { listIn, secondsOfTime } from './transcript.ts'

/** The namespace's chapters, version 1.2.0; null where the document is none. */
export function readJsonChapters(text: string): Chapter[] | null {
  const list = listIn(text, 'chapters')
  return (
    list &&
    inOrder(
      list.flatMap(({ startTime, title, url, img, toc }) => {
        const start = typeof startTime === 'string' ? secondsOfTime(startTime) : startTime
        if (typeof start !== 'number') return []
        return [
          {
            ...chapterOf(start, typeof title === 'string' ? title : '', addressOf(url)),
            image: addressOf(img),
            listed: toc !== false,
          },
        ]
      }),
    )
  )
}

const addressOf = (value: unknown) =>
  typeof value === 'string' && /^https?:\/\//i.test(value) && URL.canParse(value) ? value : null

/** The document that players fetch. */
export function jsonChapters(chapters: Chapter[]): string {
  const list = chapters.map(({ start, title, url, image, listed }) => ({
    startTime: start,
    title,
    ...(url && { url }),
    ...(image && { img: image }),
    ...(listed ? {} : { toc: false }),
  }))
  return `${JSON.stringify({ version: '1.2.0', chapters: list }, null, 2)}\n`
}

const timedLine = /^[-*•\s]*[([]?((?:\d{1,2}:)?[0-5]?\d:[0-5]\d)[)\]]?\s*(?:[-–—:|]\s*)?(.*\S)\s*$/u

/**
 * Lines of the notes that begin with a time are chapters, as players take them: three at least, the first at the very
 * beginning, in order. Fewer may be times that are spoken of.
 * @param lines plain text
 */
export function chaptersInNotes(lines: string[]): Chapter[] {
  const found = lines.flatMap(line => {
    const match = timedLine.exec(line)
    if (!match) return []
    const [time, title] = captures(match, 2)
    const start = secondsOfTime(time)
    return start === null ? [] : [chapterOf(start, title)]
  })
  const rising = found.every(({ start }, index) => start > (found[index - 1]?.start ?? -1))
  return found.length >= 3 && found[0]?.start === 0 && rising ? found : []
}
