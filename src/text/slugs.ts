/** A path segment for a name in any script: letters, marks, digits and pictographs stay, all else becomes `-`. Never empty. */
export function slugOf(name: string): string {
  const slug = name
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}\p{Extended_Pictographic}\u200c\u200d]+/gu, '-')
    .replace(/^-+|-+$/g, '')
  return slug || 'x'
}
