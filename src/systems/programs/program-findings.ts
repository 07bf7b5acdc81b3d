import { type Diagnostic, diagnose } from '../../model/diagnostic.ts'
import type { ProgramFilter, ProgramRule } from '../../model/preset.ts'
import { isInDoubt, keysInDoubt } from './predicates.ts'
import { decidesUnread, isContentKey, tellsOfHiding } from './publish-rules.ts'

/** What waits for its day waits here too, however that is asked. */
const dateKey = /date|time|day|pub\w*At|published/i

/** Lists are made for many a reason; these by what hides. */
const hidesSome = ({ predicate, written }: ProgramFilter): boolean =>
  tellsOfHiding(written) || keysInDoubt(predicate).some(key => !isContentKey(key))

/** Each condition that decides what is shown and can't be read, once, with the line that it stands in. */
export function unreadFilters(rules: readonly ProgramRule[]): Diagnostic[] {
  const filters = new Map<string, ProgramFilter>()
  for (const { pages, feeds, lists } of rules) {
    // Where there is neither a page nor a feed that says it, what no list names is nowhere.
    const isOfLists = pages.length === 0 && feeds.length === 0
    for (const filter of isOfLists ? lists.flat().filter(hidesSome) : [...pages, ...feeds].flat())
      if (isInDoubt(filter.predicate)) filters.set(`${filter.path}:${filter.line}`, filter)
  }
  return [...filters.values()].flatMap(filter => {
    const { predicate, path, line, written } = filter
    const keys = keysInDoubt(predicate)
    if (keys.length > 0 && keys.every(key => dateKey.test(key))) return []
    const telling = keys.filter(key => !isContentKey(key))
    const named = telling.map(key => `"${key}"`).join(', ')
    const [then, hint] =
      telling.length > 0
        ? [
            `of the articles that say ${named} those are withheld for which it may not hold`,
            'Write `draft: false` into those that are to be read, or the condition as a plain comparison.',
          ]
        : decidesUnread(filter)
          ? [
              'those are withheld that do not say by themselves that they are to be read',
              'Write `draft: false` into those that are to be read, or the condition as a plain comparison.',
            ]
          : [
              'none is withheld for it',
              'Write `draft: true` into the articles that are not to be read, or name them in `ignore` of broadsheet.toml.',
            ]
    const message = `Which articles are shown is decided by "${written}", which is a program and is not run: ${then}.`
    return [diagnose('system-setting-unknown', { path, line }, message, hint)]
  })
}
