import type { Predicate, ProgramFilter, ProgramFilters, ProgramRule } from '../../model/preset.ts'
import { addressFilters } from '../../text/address-filters.ts'
import {
  type ArticleFacts,
  awaitedKeys,
  doubt,
  inPlainEnvironment,
  isFulfilled,
  isInDoubt,
  keysIn,
  keysInDoubt,
  keysOfDoubt,
  varies,
} from './predicates.ts'

/** What a site's own programs do with an article: the site does not show it, it is in none of its feeds, or nobody knows. */
export interface ProgramVerdict {
  is: 'hidden' | 'in-no-feed' | 'doubtful'
  /** Whether only the program knows. */
  isDoubted: boolean
  filter: ProgramFilter
  /** Of what is doubtful, the key that the program asks for; null where not even that is known. */
  key: string | null
}

/** What most articles say, and what they are chosen by for one list or another: it hides none. */
const contentKeys =
  /^(?:title|subtitle|description|excerpt|summary|slug|id|path|url|tags?|categor(?:y|ies)|topics?|series|collection|authors?|lang|language|locale|image|cover|hero\w*|og\w*|layout|featured|pinned|sticky|highlight\w*|order|weight|rank|type|kind|.*(?:date|time|day)|date.*|pub\w*At|published(?:At|On)?|(?:created|updated|modified)\w*)$/i

export const isContentKey = (key: string): boolean => contentKeys.test(key)

/** The value that hides an article which says nothing itself, and where the site gives it. */
export function hidingDefault(
  rules: readonly ProgramRule[],
  path: string,
  hides: (key: string, value: unknown) => boolean,
): { key: string; path: string; line: number } | null {
  for (const { root, defaults } of rules) {
    if (root !== '' && !path.startsWith(`${root}/`)) continue
    const found = Object.entries(defaults).find(([key, { value }]) => hides(key, value))
    if (found) return { key: found[0], path: found[1].path, line: found[1].line }
  }
  return null
}

/** Null: it is shown, as far as anybody knows. */
export function programVerdict(
  rules: readonly ProgramRule[],
  path: string,
  values: Record<string, unknown>,
  body: string,
): ProgramVerdict | null {
  for (const rule of rules) {
    if (rule.root !== '' && !path.startsWith(`${rule.root}/`)) continue
    const facts = factsOf(rule, path, values, body.trim())
    const known: Verdicts = new Set()
    const onPages = verdictOf(rule.pages, facts, known)
    if (onPages) return onPages
    const inFeeds = verdictOf(rule.feeds, facts, known)
    const inLists = verdictOf(rule.lists, facts, known)
    // What no list names either is withheld as what is unlisted, unless its place or its kind is all that they ask for.
    if (inFeeds?.is === 'hidden')
      return inLists?.is === 'hidden' && !isChoice(inFeeds.filter)
        ? inFeeds
        : { ...inFeeds, is: 'in-no-feed' }
    // What has a page, and may be left out of the feeds, is in none until that is known.
    if (inFeeds) return rule.pages.length > 0 ? { ...inFeeds, is: 'in-no-feed' } : inFeeds
    // Without a feed, what no list names is nowhere to be found.
    if (inLists && rule.feeds.length === 0 && !isChoice(inLists.filter)) return inLists
  }
  return null
}

/** A page of what is featured leaves the rest to other pages; not so one of `isPublished`. */
const isChoice = ({ predicate, written }: ProgramFilter) =>
  keysIn(predicate).every(isContentKey) && !(isInDoubt(predicate) && tellsOfHiding(written))

/** Null: one of the lists shows it, or there are none. */
function verdictOf(
  lists: readonly ProgramFilters[],
  facts: ArticleFacts,
  known: Verdicts,
): ProgramVerdict | null {
  let found: ProgramVerdict | null = null
  for (const filters of lists) {
    const verdict = firstVerdict(filters, facts, known)
    if (verdict === null) return null
    if (found === null || (found.is === 'hidden' && verdict.is === 'doubtful')) found = verdict
  }
  return found
}

/** What is asked of an article that is fulfilled: pages and feeds ask the same. */
type Verdicts = Set<Predicate>

function firstVerdict(filters: ProgramFilters, facts: ArticleFacts, known: Verdicts): ProgramVerdict | null {
  for (const filter of filters) {
    if (known.has(filter.predicate)) continue
    const verdict = verdictBy(filter, facts)
    if (verdict) return verdict
    // What takes the list is judged by what it is called as well.
    if (!filter.isLost) known.add(filter.predicate)
  }
  return null
}

function verdictBy(filter: ProgramFilter, facts: ArticleFacts): ProgramVerdict | null {
  const { predicate } = filter
  const answer = isFulfilled(predicate, facts)
  if (answer === true) return null
  // What is not set by anybody is not set where the site is made, as far as anybody knows.
  if (isFulfilled(inPlainEnvironment(predicate), facts) === false)
    return { is: 'hidden', isDoubted: false, filter, key: null }
  if (answer === varies) return null
  if (answer !== doubt) return { is: 'hidden', isDoubted: false, filter, key: null }
  const key = keysInDoubt(predicate).find(name => !isContentKey(name) && isSaid(facts.values[name]))
  if (key !== undefined) return { is: 'doubtful', isDoubted: true, filter, key }
  return decidesUnread(filter) ? { is: 'doubtful', isDoubted: true, filter, key: null } : null
}

/** Words that a program compares with are none of its own. */
const quoted = /"[^"]*"|'[^']*'|`[^`]*`|\/(?:[^/\\\n]|\\.){1,80}\//g

/**
 * Whether what nobody can read decides for each article as a whole: a condition does; a function that takes the list where it says by its
 * own name that it hides some (`onlyPublished`), for most of them sort it.
 */
export const decidesUnread = ({ predicate, written, isLost }: ProgramFilter): boolean =>
  keysOfDoubt(predicate).length === 0 && isInDoubt(predicate) && (!isLost || tellsOfHiding(written))

export const tellsOfHiding = (written: string): boolean =>
  /draft|publi[sc]|visib|show[ns]?(?![a-z])|hid(?:e|den)|live(?![a-z])|privat|member|allow|releas/i.test(
    written.replace(quoted, ' '),
  )

const isSaid = (value: unknown) => value !== undefined && value !== null && value !== ''

/** Programs know an article by its path, as it is or as an address has it, or as it calls itself. */
function factsOf(
  { root, ids, defaults }: ProgramRule,
  path: string,
  values: Record<string, unknown>,
  body: string | null,
): ArticleFacts {
  const inside = root === '' ? path : path.slice(root.length + 1)
  const plain = inside.replace(/\.[^./]+$/, '')
  const slugs = plain.split('/').map(part => addressFilters.github(part))
  const slug = typeof values.slug === 'string' ? values.slug : slugs.join('/').replace(/\/index$/, '')
  const paths = [path, `/${path}`, `./${path}`]
  const given = Object.entries(defaults).map(([key, { value }]) => [key, value])
  return {
    values: { ...Object.fromEntries(given), ...values },
    body,
    ids:
      ids === 'any'
        ? { id: [plain, inside, ...paths], slug: [plain, slug], path: [...paths, inside, plain, `/${plain}`] }
        : { id: ids === 'slug' ? [slug] : [inside], slug: [slug], path: paths },
  }
}

/** Keys with the day from which, or until which, a site's programs show an article. */
export function awaitedByPrograms(
  rules: readonly ProgramRule[],
  path: string,
  values: Record<string, unknown>,
): { from: string[]; until: string[] } {
  const found = { from: new Set<string>(), until: new Set<string>() }
  for (const rule of rules) {
    if (rule.root !== '' && !path.startsWith(`${rule.root}/`)) continue
    const waiting = [...rule.pages, ...rule.feeds].flat().filter(({ waits }) => waits)
    if (waiting.length === 0) continue
    const facts = factsOf(rule, path, values, null)
    for (const predicate of new Set(waiting.map(filter => filter.predicate))) {
      const { from, until } = awaitedKeys(predicate, facts)
      for (const key of from) found.from.add(key)
      for (const key of until) found.until.add(key)
    }
  }
  return { from: [...found.from], until: [...found.until] }
}
