import type { UnreadFile } from '../../model/unread-file.ts'
import { count, printable, type Terminal } from './terminal.ts'

/** Names that are shown of a group. */
const maxNames = 3

/** What lies in the folder and was not read, for people: by kind, with names and what to do. What belongs to any site is counted. */
export function unreadLines(unread: UnreadFile[], style: Terminal['style']): string[] {
  const told = unread.filter(({ kind }) => kind !== 'media' && kind !== 'service')
  if (told.length === 0) return []
  const groups = [...Map.groupBy(told, ({ kind, what }) => `${kind} ${what}`).values()]
  return [
    style('bold', `Not read: ${count(told.length, 'file')}.`),
    ...groups.flatMap(group => {
      const [{ kind, what, hint }] = group as [UnreadFile, ...UnreadFile[]]
      const names = group.slice(0, maxNames).map(({ path }) => printable(path))
      const more = group.length > maxNames ? ` and ${group.length - maxNames} more (--json names each)` : ''
      const label = kind === 'format' ? `in ${what}` : what
      return [`  ${group.length} ${label}: ${names.join(', ')}${more}`, `    ${hint}`]
    }),
    '',
  ]
}
