/** What stands before the first `mark`; the whole text where there is none. */
export function beforeFirst(text: string, mark: string): string {
  const at = text.indexOf(mark)
  return at === -1 ? text : text.slice(0, at)
}
