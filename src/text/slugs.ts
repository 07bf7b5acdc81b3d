import { codePointName } from './code-point.ts'

/** UTF-8 bytes: file systems take names of 255, and `build` writes slugs as folders. */
const maxBytes = 180

const apostrophes = /(?<=\p{L})['’ʼ](?=\p{L})/gu
/** Letters, marks and digits of every script, `+` (C++), and what emoji are made of. */
const kept =
  /(?:[\p{L}\p{M}\p{N}+\p{Extended_Pictographic}\p{Regional_Indicator}\p{Emoji_Modifier}]|\u{200c}|\u{200d}|\u{fe0f}|\u{20e3})+/gu
/** Joiners, selectors and marks alone are nothing a person could see or type. */
const invisible = /^(?:\p{M}|\u{200c}|\u{200d}|\u{fe0f}|\u{20e3})+$/u

/**
 * A path segment that a person can read, in whatever script they write: `Données ouvertes` → `données-ouvertes`,
 * `خوراک چیست` → `خوراک-چیست`. NFC, lower case, words joined by `-`, at most 180 bytes of UTF-8, never empty. Percent-encoding is left
 * to whoever builds the URL. Different texts may share a slug.
 */
export function slugOf(text: string): string {
  const words =
    text.normalize('NFC').toLowerCase().normalize('NFC').replace(apostrophes, '').match(kept) ?? []
  const slug = words.filter(word => !invisible.test(word)).join('-')
  return slug ? shorten(slug) : codePointsOf(text)
}

function shorten(slug: string): string {
  const encoder = new TextEncoder()
  if (encoder.encode(slug.slice(0, maxBytes + 1)).length <= maxBytes && slug.length <= maxBytes) return slug
  let bytes = 0
  let end = 0
  for (const character of slug) {
    bytes += encoder.encode(character).length
    if (bytes > maxBytes) break
    end += character.length
  }
  const cut = slug.slice(0, end)
  const word = cut.lastIndexOf('-')
  return word > end / 2 ? cut.slice(0, word) : cut.replace(/-+$/, '')
}

/** `!?` has no letter to show: its code points stand for it, so that two such texts do not meet. */
function codePointsOf(text: string): string {
  const points = [...text.normalize('NFC').trim()].slice(0, 8)
  if (points.length === 0) return 'untitled'
  return points
    .map(point =>
      codePointName(point)
        .replace(/^U\+0*/, 'u')
        .toLowerCase(),
    )
    .join('-')
}
