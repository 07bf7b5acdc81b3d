import type { Reading } from '../../src/model/reading.ts'

/** The body's words as a reader of the HTML sees them. */
export function wordsOfHtml(html: string): string {
  const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>' }
  return html.replace(/<[^>]*>/g, '').replace(/&(amp|lt|gt);/g, (_, name: string) => entities[name]!)
}

/**
 * Characters of a page's text that a reading lost: they stand in no field, not in the body and in nothing dropped.
 * White space does not count. Empty where nothing was lost.
 */
export function lostCharacters(text: string, reading: Reading): string {
  const kept = count([
    reading.title?.from === 'text' ? reading.title.value : '',
    reading.kicker?.value,
    reading.section?.value,
    reading.agency?.value,
    reading.published?.value.raw,
    reading.updated?.value.raw,
    reading.sourceId?.value,
    reading.source?.value,
    ...(reading.authors?.value ?? []).flatMap(({ name, role, email }) => [name, role, email]),
    ...(reading.tags?.value ?? []),
    ...reading.dropped.map(dropped => dropped.text),
    wordsOfHtml(reading.html),
  ])
  let lost = ''
  for (const [character, times] of count([text])) if ((kept.get(character) ?? 0) < times) lost += character
  return lost
}

function count(texts: (string | null | undefined)[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const text of texts)
    for (const character of text ?? '')
      if (!/\s/.test(character)) counts.set(character, (counts.get(character) ?? 0) + 1)
  return counts
}
