/** A line less the pieces that fields hold. Each is used up: two lines do not lose the same words to one field. */
export function without(text: string, held: readonly string[][]): string {
  let rest = text.replace(/\s+/g, ' ')
  for (const pieces of held) {
    for (const piece of [...pieces].sort((one, two) => two.length - one.length)) {
      const words = piece.replace(/\s+/g, ' ')
      const at = placeOf(words, rest)
      if (at < 0) continue
      rest = `${rest.slice(0, at)} ${rest.slice(at + words.length)}`
      pieces.splice(pieces.indexOf(piece), 1)
    }
  }
  return rest.replace(/\s+/g, ' ').trim()
}

/** Where a piece stands in a text as words of its own, or glued to others where digits or a capital part them; else -1. */
function placeOf(piece: string, text: string): number {
  let at = text.indexOf(piece)
  for (let tries = 0; at >= 0 && tries < 50; tries++) {
    const [before, after] = [text[at - 1] ?? ' ', text[at + piece.length] ?? ' ']
    const joins = isLetter(before) && isLetter(piece[0]!) && !/\p{Ll}\p{Lu}/u.test(before + piece[0])
    if (!joins && !(isLetter(after) && isLetter(piece.at(-1)!))) return at
    at = text.indexOf(piece, at + 1)
  }
  return -1
}

function isLetter(character: string): boolean {
  return /\p{L}/u.test(character)
}
