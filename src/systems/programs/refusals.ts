import type { Predicate, ProgramFilter } from '../../model/preset.ts'
import type { Expression } from './javascript-nodes.ts'
import { asks } from './predicates.ts'
import type { ProgramRun } from './program-run.ts'
import { type ArticleSet, type Scope, settled, type Value } from './program-values.ts'

/** What a page of one article, or a function that is given one, makes of it. */
export interface Refusals {
  /** Under which conditions it is not refused. */
  refused: ProgramFilter[]
  /** The list in which the page looks for the article that it is asked for. */
  found: ArticleSet[]
  /** So deep in calls is the function that decides by what it gives back. */
  depth: number
}

/** Next's, Nuxt's and Content Collections' functions after which the article is not shown. */
export const refusing =
  /^(?:notFound|redirect|permanentRedirect|forbidden|unauthorized|createError|showError|context\.skip)$/

/** `return null`, `return <NotFound />`: an empty page in place of the article. */
export function isEmptyPage(given: Expression | null, { module }: Scope): boolean {
  if (given === null || (given.kind === 'value' && given.value === null)) return true
  return (
    given.kind === 'unknown' &&
    /^\(?\s*<[\w.]*(?:NotFound|404|Error|Private|Locked)/.test(module.text.slice(given.at, given.at + 60))
  )
}

/** What a page says where it refuses: under which condition, as far as that is one of the article. */
export function refusalAt(run: ProgramRun, at: number, scope: Scope): ProgramFilter | null {
  const under = run.under()
  if (!under) return null
  const last = run.lastGuard()?.at ?? at
  const { text } = scope.module
  const end = text.indexOf('\n', last)
  const line = text.slice(last, end === -1 ? text.length : end)
  const isKnown = asks(under, ({ is }) => is === 'key' || is === 'id' || is === 'body')
  // Of what nobody can follow its condition's own words tell: `if (entry.draft) notFound()`.
  const keys = isKnown
    ? []
    : [...line.matchAll(hidingMember)].map(([, key = '']): Predicate => ({ is: 'key', keys: [key] }))
  if (!isKnown && keys.length === 0) return null
  const predicate: Predicate = isKnown ? { is: 'not', of: [under] } : { is: 'doubt', of: keys }
  return run.filter(predicate, last, last + line.length, scope)
}

/** The article of a list that a page looks for by its address; null where it looks for another. */
export function soughtIn(run: ProgramRun, sets: ArticleSet[]): Value | null {
  const { asked } = run
  const [first] = sets
  if (!asked || !first) return null
  const isSought = first.filters.some(({ predicate }) => asks(predicate, ({ is }) => is === 'varies'))
  if (!isSought) return null
  if (asked.found.length === 0)
    asked.found.push(
      ...sets.map(set => ({
        ...set,
        filters: set.filters.map(filter => ({ ...filter, predicate: ofSomePage(filter.predicate) })),
      })),
    )
  return settled(first.each)
}

/** Of the pages one has the address that is compared with, whatever that is made of. */
function ofSomePage(predicate: Predicate): Predicate {
  if (!('of' in predicate)) return predicate
  const isCompared = predicate.is === 'operator' && /^===?$/.test(predicate.name)
  if (isCompared && predicate.of.some(({ is }) => is === 'varies')) return { is: 'varies' }
  return { ...predicate, of: predicate.of.map(ofSomePage) }
}

const hidingMember =
  /[\w)\]]\??\.((?:is|not)?(?:draft|publish|visib|hid|live|privat|unlisted|listed|internal|secret|member|status)\w*)\b(?!\s*\()/gi
