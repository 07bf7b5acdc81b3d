import type { Predicate } from '../../model/preset.ts'

/** What is known of an article when a program's condition is decided. */
export interface ArticleFacts {
  /** Its front matter, with what it has by default. */
  values: Record<string, unknown>
  /** What programs may call it by: of each kind several ways, where it is not known which. */
  ids: Record<'id' | 'slug' | 'path', string[]>
  /** The text behind it, without the blanks around; null where it is not at hand. */
  body: string | null
  /** Of a list that is gone through, the entry at hand. */
  entry?: unknown
}

/** Nobody knows. */
export const doubt = Symbol('doubt')
/** It depends on which page asks. */
export const varies = Symbol('varies')

/** Text of the article's own path, of which there are several ways to write it. */
class Id {
  readonly ways: string[]

  constructor(ways: string[]) {
    this.ways = ways
  }
}

/** Comparisons with the present time, each with how it turns out. */
type Times = ReadonlyMap<Predicate, boolean>

type Answer = boolean | typeof doubt | typeof varies

const noTimes: Times = new Map()

/** So many comparisons with the present time are told from each other in one condition. */
const mostTimes = 4

/**
 * What a condition comes to for one article, at whichever time is best for it: what waits for its day waits here too, and when that is
 * `awaitedKeys` says.
 */
export function isFulfilled(predicate: Predicate, facts: ArticleFacts): Answer {
  const compared = timesIn(predicate)
  if (compared.length === 0) return answerOf(predicate, facts, noTimes)
  let best: Answer = false
  for (const times of ways(compared)) {
    const answer = answerOf(predicate, facts, times)
    if (answer === true) return true
    if (best === false || (best === doubt && answer === varies)) best = answer
  }
  return best
}

function answerOf(predicate: Predicate, facts: ArticleFacts, times: Times): Answer {
  const value = valueIn(predicate, facts, times)
  return value === doubt || value === varies ? value : isTruthy(value)
}

/** Keys with the day from which an article is shown, or until which, by the comparisons that decide for it. */
export function awaitedKeys(predicate: Predicate, facts: ArticleFacts): { from: string[]; until: string[] } {
  const found = { from: [] as string[], until: [] as string[] }
  const nodes = timesIn(predicate)
  const shown =
    nodes.length === 0 ? undefined : ways(nodes).find(times => answerOf(predicate, facts, times) !== false)
  if (!shown) return found
  for (const [node, turnsOut] of shown) {
    if (answerOf(predicate, facts, new Map([...shown, [node, !turnsOut]])) !== false) continue
    const isAfter = isPast(node) === turnsOut
    found[isAfter ? 'from' : 'until'].push(...keysIn(node))
  }
  return found
}

/** Every way in which some comparisons may turn out. */
const ways = (nodes: Predicate[]): Times[] =>
  nodes.reduce<Map<Predicate, boolean>[]>(
    (all, node) => all.flatMap(one => [new Map([...one, [node, true]]), new Map([...one, [node, false]])]),
    [new Map()],
  )

const isTime = (predicate: Predicate) =>
  predicate.is === 'operator' && /^[<>]=?$/.test(predicate.name) && predicate.of.some(mentionsNow)

export function timesIn(predicate: Predicate): Predicate[] {
  const found: Predicate[] = []
  const look = (part: Predicate): void => {
    if (isTime(part)) found.push(part)
    else if ('of' in part) for (const inner of part.of) look(inner)
  }
  look(predicate)
  return [...new Set(found)].slice(0, mostTimes)
}

/** Whether a comparison says that a day is past: `date <= now`, `now > date`. */
function isPast(predicate: Predicate): boolean {
  if (predicate.is !== 'operator') return false
  const isNowFirst = predicate.of[0] !== undefined && mentionsNow(predicate.of[0])
  return predicate.name.startsWith('<') !== isNowFirst
}

const isTruthy = (value: unknown) => Boolean(value) || value instanceof Id

function valueIn(predicate: Predicate, facts: ArticleFacts, times: Times): unknown {
  switch (predicate.is) {
    case 'value':
      return predicate.value
    case 'key':
      return insideOf(facts.values, predicate.keys)
    case 'id':
      return new Id(facts.ids[predicate.name])
    case 'body':
      return facts.body ?? doubt
    case 'now':
      return doubt
    case 'entry':
      return facts.entry
    case 'environment':
    case 'doubt':
      return doubt
    case 'varies':
    case 'made':
      return varies
    case 'list':
      return predicate.of.map(part => valueIn(part, facts, times))
    case 'date':
      return timeOf(part(predicate.of, 0, facts, times))
    case 'not': {
      const value = part(predicate.of, 0, facts, times)
      return value === doubt || value === varies ? value : !isTruthy(value)
    }
    case 'if':
      return chosen(predicate.of, facts, times)
    case 'operator':
      return times.get(predicate) ?? operated(predicate.name, predicate.of, facts, times)
    case 'method':
      if (/^(?:some|every|find|filter|map)$/.test(predicate.name))
        return amongEntries(predicate.name, predicate.of, facts, times)
      return asked(
        predicate.name,
        predicate.of.map(of => valueIn(of, facts, times)),
      )
  }
}

const part = (of: Predicate[], index: number, facts: ArticleFacts, times: Times) =>
  valueIn(of[index] ?? nothing, facts, times)
const nothing: Predicate = { is: 'value', value: null }

function insideOf(values: Record<string, unknown>, keys: string[]): unknown {
  let value: unknown = values
  for (const key of keys) {
    if (key === 'length' && (typeof value === 'string' || Array.isArray(value))) value = value.length
    else if (
      value === null ||
      typeof value !== 'object' ||
      Array.isArray(value) ||
      !Object.hasOwn(value, key)
    )
      return undefined
    else value = (value as Record<string, unknown>)[key]
  }
  return value
}

function chosen(of: Predicate[], facts: ArticleFacts, times: Times): unknown {
  const test = part(of, 0, facts, times)
  if (test !== doubt && test !== varies) return part(of, isTruthy(test) ? 1 : 2, facts, times)
  const [yes, no] = [part(of, 1, facts, times), part(of, 2, facts, times)]
  return yes === no || (yes !== doubt && no !== doubt && isTruthy(yes) === isTruthy(no)) ? yes : test
}

function operated(name: string, of: Predicate[], facts: ArticleFacts, times: Times): unknown {
  const left = part(of, 0, facts, times)
  const right = () => part(of, 1, facts, times)
  if (name === '??') return left === doubt || left === varies || (left ?? null) !== null ? left : right()
  if (name === '&&' || name === '||') return together(name, left, right)
  const other = right()
  if (left === doubt || other === doubt) return doubt
  if (left === varies || other === varies) return varies
  if (/^[=!]==?$/.test(name)) {
    const isSame = areSame(left, other, name.length === 2)
    return name.startsWith('!') ? !isSame : isSame
  }
  if (
    name === '+' &&
    (typeof left === 'string' || typeof other === 'string') &&
    !(left instanceof Id || other instanceof Id)
  )
    return String(left) + String(other)
  const [a, b] = [numberOf(left), numberOf(other)]
  if (Number.isNaN(a) || Number.isNaN(b))
    return typeof left === 'string' && typeof other === 'string' && /^[<>]/.test(name)
      ? compared(name, left < other ? -1 : left > other ? 1 : 0)
      : doubt
  if (/^[<>]/.test(name)) return compared(name, a - b)
  return name === '+' ? a + b : name === '-' ? a - b : name === '*' ? a * b : doubt
}

/** What decides by itself decides, whatever the other side is. */
function together(name: '&&' | '||', left: unknown, right: () => unknown): unknown {
  const settles = (value: unknown) =>
    value !== doubt && value !== varies && isTruthy(value) === (name === '||')
  if (settles(left)) return left
  const other = right()
  if (left !== doubt && left !== varies) return other
  if (settles(other)) return other
  // Of a page among many one will show it; and where one side is in doubt, all of it is.
  if (name === '||') return left === varies || other === varies ? varies : doubt
  return left === doubt || other === doubt ? doubt : varies
}

const compared = (name: string, difference: number): boolean =>
  name === '<'
    ? difference < 0
    : name === '<='
      ? difference <= 0
      : name === '>'
        ? difference > 0
        : difference >= 0

function areSame(left: unknown, right: unknown, isLoose: boolean): boolean {
  if (left instanceof Id || right instanceof Id) {
    const [id, other] = left instanceof Id ? [left, right] : [right as Id, left]
    return other instanceof Id || id.ways.includes(String(other))
  }
  // Nobody sees whether a value is missing or null: YAML has both.
  const [a, b] = [left ?? null, right ?? null]
  // biome-ignore lint/suspicious/noDoubleEquals: the program that is read says it so.
  return a === b || (isLoose && typeof a !== 'object' && typeof b !== 'object' && a == b)
}

function timeOf(value: unknown): unknown {
  if (value === doubt || value === varies || typeof value === 'number') return value
  const time = typeof value === 'string' ? Date.parse(value) : Number.NaN
  return Number.isNaN(time) ? doubt : time
}

const numberOf = (value: unknown): number => {
  if (typeof value === 'number') return value
  if (typeof value === 'boolean' || value === null) return Number(value)
  if (typeof value !== 'string' || value.trim() === '') return Number.NaN
  const number = Number(value)
  return Number.isNaN(number) ? Date.parse(value) : number
}

function amongEntries(name: string, of: Predicate[], facts: ArticleFacts, times: Times): unknown {
  const list = part(of, 0, facts, times)
  if (list === doubt || list === varies) return list
  if (list === undefined || list === null) return undefined
  if (!Array.isArray(list)) return doubt
  if (name === 'map') return list.map(entry => valueIn(of[1] ?? nothing, { ...facts, entry }, times))
  const answers = list.map(entry => answerOf(of[1] ?? nothing, { ...facts, entry }, times))
  const decides = name !== 'every'
  if (answers.includes(decides)) return decides && name === 'filter' ? [true] : decides
  if (answers.includes(doubt)) return doubt
  if (answers.includes(varies)) return varies
  // A list is one, if nothing is in it.
  return name === 'filter' ? [] : !decides
}

/** Methods of texts, lists and days that programs ask by; of all others nobody knows. */
export const askedMethods =
  /^(?:at|length|includes|has|indexOf|getTime|valueOf|get(?:UTC)?FullYear|split|to(?:Locale)?(?:Lower|Upper)Case|trim(?:Start|End)?|toString|startsWith|endsWith)$/

function asked(name: string, [on, ...given]: unknown[]): unknown {
  if (on === doubt || given.includes(doubt)) return doubt
  if (on === varies || given.includes(varies)) return varies
  const [wanted] = given
  if (name === 'typeof')
    return on === undefined || on === null ? 'undefined' : on instanceof Id ? 'string' : typeof on
  if (name === 'at' && (Array.isArray(on) || typeof on === 'string') && typeof wanted === 'number')
    return on.at(wanted)
  if (name === 'length' && (Array.isArray(on) || typeof on === 'string')) return on.length
  if (Array.isArray(on)) {
    if (name === 'indexOf' && !on.includes(doubt))
      return on.includes(varies) ? varies : on.findIndex(one => areSame(one, wanted, false))
    if (name === 'includes' || name === 'has') {
      if (on.includes(doubt)) return on.some(one => areSame(one, wanted, false)) || doubt
      return on.includes(varies) ? varies : on.some(one => areSame(one, wanted, false))
    }
    return doubt
  }
  // What is asked of nothing is nothing: `data.tags?.includes("x")`.
  if (on === undefined || on === null) return undefined
  if (name === 'getTime' || name === 'valueOf') return timeOf(on)
  if (/^get(?:UTC)?FullYear$/.test(name)) {
    const time = timeOf(on)
    return typeof time === 'number' ? new Date(time).getUTCFullYear() : doubt
  }
  if (on instanceof Id) {
    if (name === 'split' || name === 'length' || name === 'at') return asked(name, [on.ways[0], ...given])
    if (name === 'toLowerCase') return new Id(on.ways.map(way => way.toLowerCase()))
    const answers = on.ways.map(way => asked(name, [way, ...given]))
    return answers.some(answer => typeof answer !== 'boolean') ? doubt : answers.includes(true)
  }
  if (typeof on !== 'string') return name === 'toString' ? String(on) : doubt
  const text = typeof wanted === 'string' ? wanted : null
  if (name === 'toLowerCase' || name === 'toLocaleLowerCase') return on.toLowerCase()
  if (name === 'toUpperCase' || name === 'toLocaleUpperCase') return on.toUpperCase()
  if (name === 'trim') return on.trim()
  if (name === 'trimStart' || name === 'trimEnd') return name === 'trimStart' ? on.trimStart() : on.trimEnd()
  if (name === 'toString') return on
  if (text === null) return doubt
  if (name === 'includes' || name === 'has') return on.includes(text)
  if (name === 'indexOf') return on.indexOf(text)
  if (name === 'split') return on.split(text)
  if (name === 'startsWith') return on.startsWith(text)
  return name === 'endsWith' ? on.endsWith(text) : doubt
}

/** Whether it is a text as a page has it: whatever is not of words is there as a program makes it. */
export const isRendered = (predicate: Predicate): boolean =>
  predicate.is === 'body'
    ? predicate.name === 'html'
    : predicate.is === 'method' && /Case$/.test(predicate.name) && predicate.of.some(isRendered)

/** What is asked of such a text and known from what was written. */
export const isAskedOfPage = (name: string, given: Predicate[]): boolean =>
  /^to(?:Locale)?(?:Lower|Upper)Case$/.test(name) ||
  (/^(?:includes|indexOf)$/.test(name) && given.every(isOfWords))

const isOfWords = (predicate: Predicate) =>
  predicate.is === 'value' && /^[\p{L}\p{N} .:!?-]+$/u.test(String(predicate.value))

const mentionsNow = (predicate: Predicate): boolean => asks(predicate, ({ is }) => is === 'now')

/** Every front matter key that a condition asks for, the first of those that lead to it. */
export function keysIn(predicate: Predicate): string[] {
  if (predicate.is === 'key') return predicate.keys.slice(0, 1)
  return 'of' in predicate ? [...new Set(predicate.of.flatMap(keysIn))] : []
}

/** The keys of which it depends whether a condition is known; where none is named, all that it asks for. */
export function keysInDoubt(predicate: Predicate): string[] {
  const own = keysOfDoubt(predicate)
  return own.length > 0 ? own : keysIn(predicate)
}

export function keysOfDoubt(predicate: Predicate): string[] {
  if (predicate.is === 'doubt') return keysIn(predicate)
  return 'of' in predicate ? [...new Set(predicate.of.flatMap(keysOfDoubt))] : []
}

/** Whether a condition, or a part of it, is such. */
export const asks = (predicate: Predicate, what: (part: Predicate) => boolean): boolean =>
  what(predicate) || ('of' in predicate && predicate.of.some(part => asks(part, what)))

/** Whether something in it is not known by its text. */
export const isInDoubt = (predicate: Predicate): boolean => asks(predicate, ({ is }) => is === 'doubt')

/** The same condition with variables of the environment taken for not set. */
export function inPlainEnvironment(predicate: Predicate): Predicate {
  if (predicate.is === 'environment') return nothing
  return 'of' in predicate ? { ...predicate, of: predicate.of.map(inPlainEnvironment) } : predicate
}
