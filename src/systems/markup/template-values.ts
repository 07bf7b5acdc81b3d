import { addressFilters } from '../../text/address-filters.ts'
import { captures } from '../../text/captures.ts'
import { ownValue } from '../../text/own-value.ts'
import { rootedBelow } from '../../text/urls.ts'

/** What can't be known without running the system that the template is for. */
export const unknown: unique symbol = Symbol('unknown')

/** Variables by their first part. What is not among them does not exist, and shows nothing. */
export interface TemplateScope {
  values: ReadonlyMap<string, unknown>
  /** Whether a path like `site.posts` is the system's own business, where `values` has nothing. */
  isOwn(path: string): boolean
  /** The path that the publication lies below, without a slash at its end: `/project`; empty at the root of its host. */
  base: string
}

/** UTF-16 code units: nobody writes longer expressions, and looking at one takes more than linear time. */
const longest = 1_000

const literal = /^(?:"([^"]*)"|'([^']*)')$/

/** The value of `site.title | upcase`: `unknown` where it takes more than names, literals and well-known filters. */
export function evaluate(expression: string, scope: TemplateScope): unknown {
  if (expression.length > longest) return unknown
  const [first = '', ...filters] = splitOutside(expression, '|')
  return filters.reduce<unknown>((value, filter) => filtered(value, filter, scope), operand(first, scope))
}

/** True, false, or `unknown`. Conditions are read from the right, as Liquid does. */
export function holds(condition: string, scope: TemplateScope): boolean | typeof unknown {
  if (condition.length > longest) return unknown
  const [, left = '', joint, right = ''] =
    /^((?:[^"']|"[^"]*"|'[^']*')*?)\s+(and|or)\s+(.*)$/s.exec(condition) ?? []
  if (joint === undefined) return comparison(condition, scope)
  const one = comparison(left, scope)
  const other = holds(right, scope)
  if (joint === 'and') return one === false || other === false ? false : one === unknown ? unknown : other
  return one === true || other === true ? true : one === unknown ? unknown : other
}

function comparison(written: string, scope: TemplateScope): boolean | typeof unknown {
  const [, negated] = /^not\s+(.*)$/s.exec(written.trim()) ?? []
  if (negated !== undefined) {
    const value = comparison(negated, scope)
    return value === unknown ? unknown : !value
  }
  const compared = /^((?:[^"']|"[^"]*"|'[^']*')+?)\s*(==|!=|<>|<=|>=|<|>|\bcontains\b)\s*(.+)$/s.exec(written)
  if (!compared) {
    const value = evaluate(written, scope)
    return value === unknown ? unknown : isTruthy(value)
  }
  const [left, operator, right] = captures(compared, 3)
  const one = evaluate(left, scope)
  const other = evaluate(right, scope)
  if (one === unknown || other === unknown) return unknown
  if (operator === 'contains')
    return Array.isArray(one) ? one.includes(other) : typeof one === 'string' && one.includes(String(other))
  if (operator === '==') return same(one, other)
  if (operator === '!=' || operator === '<>') return !same(one, other)
  if (typeof one !== typeof other || (typeof one !== 'number' && typeof one !== 'string')) return false
  if (operator === '<') return one < (other as typeof one)
  if (operator === '>') return one > (other as typeof one)
  return operator === '<=' ? one <= (other as typeof one) : one >= (other as typeof one)
}

/** What a value shows; `unknown` where it is no text, number or list of them. */
export function shown(value: unknown): string | typeof unknown {
  if (value === null || value === undefined) return ''
  if (typeof value === 'string') return value
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  if (!Array.isArray(value)) return unknown
  const parts = value.map(shown)
  return parts.includes(unknown) ? unknown : parts.join('')
}

const isTruthy = (value: unknown) => value !== null && value !== undefined && value !== false
const blanks = new Set<unknown>([null, undefined, '', false])

function same(one: unknown, other: unknown): boolean {
  if (one === blank || other === blank)
    return blanks.has(one === blank ? other : one) || (Array.isArray(one) && one.length === 0)
  return one === other || ((one ?? null) === null && (other ?? null) === null)
}

/** Liquid's `empty` and `blank`. */
const blank = Symbol('blank')

const words: Record<string, unknown> = {
  nil: null,
  null: null,
  none: null,
  true: true,
  false: false,
  empty: blank,
  blank,
}

function operand(written: string, scope: TemplateScope): unknown {
  const text = written.trim()
  const quoted = literal.exec(text)
  if (quoted) return quoted[1] ?? quoted[2]
  if (/^-?\d+(?:\.\d+)?$/.test(text)) return Number(text)
  if (Object.hasOwn(words, text)) return words[text]
  if (!/^[A-Za-z_][\w-]*\??(?:\.[\w-]+\??|\[(?:"[^"]*"|'[^']*'|\d+)\])*$/.test(text)) return unknown
  const [first = '', ...keys] = [...text.matchAll(/[\w-]+\??|\["([^"]*)"\]|\['([^']*)'\]/g)].map(
    ([whole, double, single]) => double ?? single ?? whole,
  )
  const found = keys.reduce<unknown>(entryOf, scope.values.get(first))
  if (found === undefined && scope.isOwn(text)) return unknown
  return found
}

function entryOf(value: unknown, key: string): unknown {
  if (value === unknown) return unknown
  if (Array.isArray(value)) {
    if (key === 'size') return value.length
    return key === 'first' ? value[0] : key === 'last' ? value.at(-1) : value[Number(key)]
  }
  if (typeof value === 'string') return key === 'size' ? value.length : undefined
  if (value === null || typeof value !== 'object' || !Object.hasOwn(value, key)) return undefined
  return (value as Record<string, unknown>)[key]
}

const fromRoot = (text: string) => (/^(?:[a-z][a-z\d+.-]*:|\/|#|$)/i.test(text) ? text : `/${text}`)

/** Filters that need nothing but their input. Those that make addresses make paths: the link's resolver knows the rest. */
const filters: Record<string, (text: string, words: string[], base: string) => string | typeof unknown> = {
  // Jekyll takes every path as one from the root: https://jekyllrb.com/docs/liquid/filters/
  relative_url: (text, _, base) => rootedBelow(fromRoot(text), base),
  absolute_url: (text, _, base) => rootedBelow(fromRoot(text), base),
  url: (text, _, base) => rootedBelow(text, base),
  safe: text => text,
  prefixWithBase: (text, _, base) => rootedBelow(text, base),
  htmlBaseUrl: (text, _, base) => rootedBelow(text, base),
  strip: text => text.trim(),
  trim: text => text.trim(),
  slugify: text => addressFilters.slugify(text) ?? unknown,
  slug: text => addressFilters.slugged(text) ?? unknown,
  lstrip: text => text.trimStart(),
  rstrip: text => text.trimEnd(),
  upcase: text => text.toUpperCase(),
  upper: text => text.toUpperCase(),
  downcase: text => text.toLowerCase(),
  lower: text => text.toLowerCase(),
  capitalize: text => text.charAt(0).toUpperCase() + text.slice(1).toLowerCase(),
  append: (text, [end = '']) => text + end,
  prepend: (text, [start = '']) => start + text,
  remove: (text, [part = '']) => (part === '' ? text : text.replaceAll(part, '')),
  replace: (text, [part = '', by = '']) => (part === '' ? text : text.replaceAll(part, () => by)),
  escape: text => text.replace(/[&<>"']/g, character => `&#${character.codePointAt(0)};`),
  xml_escape: text => text.replace(/[&<>"']/g, character => `&#${character.codePointAt(0)};`),
  strip_newlines: text => text.replace(/\n/g, ''),
  uri_escape: text => encodeURI(text.toWellFormed()),
  url_encode: text => encodeURIComponent(text.toWellFormed()),
  markdownify: text => text,
  markdown: text => text,
}

function filtered(value: unknown, written: string, scope: TemplateScope): unknown {
  if (value === unknown) return unknown
  const [, name = '', given = ''] = /^\s*(\w+)\s*(?::|\()?\s*([\s\S]*?)\)?\s*$/.exec(written) ?? []
  // Tera's have names: `replace(from="jpg", to="avif")`.
  const parameters =
    given.trim() === ''
      ? []
      : splitOutside(given, ',').map(part => evaluate(part.replace(/^\s*\w+\s*=(?!=)/, ''), scope))
  if (parameters.includes(unknown)) return unknown
  if (name === 'default') return blanks.has(value) ? parameters[0] : value
  if (name === 'size') return entryOf(value, 'size')
  if (name === 'first' || name === 'last') return entryOf(value, name)
  if (name === 'join') {
    const texts = Array.isArray(value) ? value.map(shown) : [shown(value)]
    return texts.includes(unknown) ? unknown : texts.join(String(parameters[0] ?? ' '))
  }
  const text = shown(value)
  const texts = parameters.map(shown)
  const filter = ownValue(filters, name)
  if (text === unknown || texts.includes(unknown) || !filter) return unknown
  return filter(text, texts as string[], scope.base)
}

/** Parts of an expression, at marks that stand in no quotes. */
function splitOutside(text: string, mark: string): string[] {
  const parts: string[] = []
  let start = 0
  let quote = ''
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at)
    if (quote !== '') {
      if (character === quote) quote = ''
    } else if (character === '"' || character === "'") quote = character
    else if (character === mark) {
      parts.push(text.slice(start, at))
      start = at + 1
    }
  }
  parts.push(text.slice(start))
  return parts
}
