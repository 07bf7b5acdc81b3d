import type { Predicate } from '../../model/preset.ts'
import { asks } from './predicates.ts'
import type { CallPlace } from './program-calls.ts'
import type { ProgramRun } from './program-run.ts'
import { type ArticleSet, articlesIn, type Value } from './program-values.ts'
import { isContentKey } from './publish-rules.ts'

type Articles = Extract<Value, { kind: 'articles' }>

/**
 * `posts.splice(posts.findIndex(post => post.data.internal), 1)`, `if (post.data.internal) posts.splice(i, 1)` in a loop over them: what is
 * taken out of a list is gone from it wherever it is named. Null: which ones are taken does not depend on what they say.
 */
export function takenOut(
  run: ProgramRun,
  on: Articles,
  name: string,
  given: Value[],
  place: CallPlace,
): Value | null {
  const [index] = given
  const asked = index && run.indexes.get(index)
  // `if (index !== -1) posts.splice(index, 1)`
  const every = run.under()
  const under = every && asked && asks(every, ({ is }) => is === 'varies') ? null : every
  if (!asked && !run.loopsOver(on.of)) return null
  const left = on.of.map((set): ArticleSet => {
    const test = asked?.(set.each) ?? null
    const looped = asked ? [] : (run.loopedOf(set) ?? [])
    const [first, ...others] = [under, test, ...looped].filter(one => one !== null)
    const isIt = first && others.reduce(both, first)
    if (!isIt || (test && !decides(test))) return set
    run.narrowed.add(set)
    // One of those for which it holds is taken out, and which nobody knows.
    const predicate: Predicate = test
      ? either({ is: 'not', of: [isIt] }, doubtOf(isIt))
      : { is: 'not', of: [isIt] }
    const filter = run.filter(name === 'slice' ? doubtOf(isIt) : predicate, place.at, place.end, place.scope)
    return { ...set, filters: [...set.filters, { ...filter, written: writtenAt(place) }] }
  })
  if (!asked) run.isTaking = true
  if (name !== 'splice') return articlesIn(left)
  const before = articlesIn(on.of)
  on.of = left
  return before
}

/** The line that a call stands in; of a long one its end. */
export function writtenAt({ at, end, scope }: CallPlace): string {
  const { text } = scope.module
  const line = text.slice(text.lastIndexOf('\n', at) + 1, end + 1).trim()
  return line.length > 80 ? `…${line.slice(-79)}` : line
}

/** By what most articles say they are chosen for one place or another, and which page is asked for changes. */
const decides = (predicate: Predicate) =>
  !asks(predicate, ({ is }) => is === 'varies') && asks(predicate, isOwn)
const isOwn = (part: Predicate) =>
  part.is === 'key' ? !isContentKey(part.keys[0] ?? '') : part.is === 'id' || part.is === 'body'
const doubtOf = (of: Predicate): Predicate => ({ is: 'doubt', of: [of] })
const both = (left: Predicate, right: Predicate): Predicate => ({
  is: 'operator',
  name: '&&',
  of: [left, right],
})
const either = (left: Predicate, right: Predicate): Predicate => ({
  is: 'operator',
  name: '||',
  of: [left, right],
})
