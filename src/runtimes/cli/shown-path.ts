import { relative } from 'node:path'

/** A path as a person would write it from here: `seeds`, `.`, `../news`; a whole one where the way there goes up and is longer. */
export function shownPath(absolute: string): string {
  const way = relative('', absolute) || '.'
  return way.startsWith('..') && way.length > absolute.length ? absolute : way
}
