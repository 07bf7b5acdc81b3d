/** What is said from a second on. */
export interface Cue {
  /** Seconds. */
  start: number
  end: number
  /** Who says it, where that is said. */
  speaker: string | null
  /** One line or several; plain text. */
  text: string
}

/** `01:02:03.500`, `02:03,500` or `62.5` in seconds; null where it is no time. */
export function secondsOfTime(text: string): number | null {
  const [, hours, minutes, seconds] =
    /^(?:(?:(\d{1,3}):)?(\d{1,3}):)?(\d{1,6}(?:[.,]\d{1,9})?)$/.exec(text.trim()) ?? []
  if (seconds === undefined) return null
  return Number(hours ?? 0) * 3600 + Number(minutes ?? 0) * 60 + Number(seconds.replace(',', '.'))
}

/** The cues of WebVTT (https://www.w3.org/TR/webvtt1/) and of SRT, which differ in what stands around them. */
export function captionCues(text: string): Cue[] {
  const blocks = text
    .replace(/^\uFEFF/, '')
    .replaceAll(/\r\n?/g, '\n')
    .split(/\n[ \t]*\n/)
  return blocks.flatMap(block => {
    if (/^(?:WEBVTT|NOTE|STYLE|REGION)(?:\s|$)/.test(block)) return []
    const lines = block.split('\n').filter(line => line.trim() !== '')
    const timed = lines.findIndex(line => line.includes('-->'))
    if (timed > 1) return []
    const [from = '', to] = lines[timed]?.split('-->') ?? []
    if (to === undefined) return []
    const start = secondsOfTime(from)
    const end = secondsOfTime(/^\s*(\S+)/.exec(to)?.[1] ?? '')
    if (start === null || end === null) return []
    return cueOf(start, end, lines.slice(timed + 1).join('\n')) ?? []
  })
}

/** `<v Ada>…</v>` names who speaks; other tags say how it looks. SRT writes `Ada: …`. */
function cueOf(start: number, end: number, written: string): Cue | null {
  const voice = /^\s*<v(?:\.[^\s>]*)?\s+([^>]+)>/i.exec(written)?.[1]
  const plain = unescaped(written.replaceAll(/<\/?[a-z\d][^>]*>/gi, '')).trim()
  const [, named, rest] = (!voice && /^([\p{Lu}][\p{L}\p{M}.' -]{0,30}):\s+(.+)$/su.exec(plain)) || []
  const text = (rest ?? plain).trim()
  if (text === '') return null
  return { start, end, speaker: (voice && unescaped(voice).trim()) || named || null, text }
}

const references: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  nbsp: '\u00A0',
  lrm: '\u200E',
  rlm: '\u200F',
}

function unescaped(text: string): string {
  return text.replaceAll(
    /&(amp|lt|gt|nbsp|lrm|rlm);/g,
    (reference, name: string) => references[name] ?? reference,
  )
}

/** The podcast namespace's own form: `{"segments": [{"startTime", "endTime", "speaker", "body"}]}`; null where it is another. */
export function jsonCues(text: string): Cue[] | null {
  const segments = listIn(text, 'segments')
  return (
    segments?.flatMap(segment => {
      const { startTime, endTime, speaker, body } = segment
      if (typeof startTime !== 'number' || typeof body !== 'string' || body.trim() === '') return []
      return [
        {
          start: startTime,
          end: typeof endTime === 'number' ? endTime : startTime,
          speaker: typeof speaker === 'string' && speaker.trim() !== '' ? speaker.trim() : null,
          text: body.trim(),
        },
      ]
    }) ?? null
  )
}

/** The tables of a list in a JSON document; null where there is no such list. */
export function listIn(text: string, name: string): Record<string, unknown>[] | null {
  try {
    const list: unknown = JSON.parse(text.replace(/^\uFEFF/, ''))?.[name]
    if (!Array.isArray(list)) return null
    return list.filter(
      (entry): entry is Record<string, unknown> => entry !== null && typeof entry === 'object',
    )
  } catch {
    return null
  }
}

export interface Passage {
  start: number
  speaker: string | null
  text: string
}

/** Seconds of silence that part two passages, and characters after which the next sentence begins another. */
const pause = 3
const length = 400

/** Cues are as long as a screen takes: what one person says is put together again, to be read. */
export function passagesOf(cues: Cue[]): Passage[] {
  const passages: Passage[] = []
  let last: Cue | null = null
  for (const cue of cues) {
    const passage = passages.at(-1)
    const text = cue.text.replaceAll(/\s*\n\s*/g, ' ')
    const goesOn =
      passage !== undefined &&
      last !== null &&
      (cue.speaker ?? passage.speaker) === passage.speaker &&
      cue.start - last.end < pause &&
      !(passage.text.length > length && /[.!?…。！？]["»”’)]*$/.test(passage.text))
    if (goesOn) passage.text += ` ${text}`
    else passages.push({ start: cue.start, speaker: cue.speaker, text })
    last = cue
  }
  return passages
}
