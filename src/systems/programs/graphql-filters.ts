import type { Predicate, ProgramFilters } from '../../model/preset.ts'
import { linesInOrder } from '../../text/text-place.ts'

/** A query of articles, up to where its arguments begin, or what it asks for. */
const query = /\b(?:allMarkdownRemark|allMdx)\b\s*([({])/g
const operators: Record<string, string> = { eq: '===', ne: '!==', lt: '<', lte: '<=', gt: '>', gte: '>=' }
const deepest = 12

type Written = { kind: 'table'; of: [string, Written][] } | { kind: 'value'; of: Predicate }

/**
 * What Gatsby's queries leave out: `allMarkdownRemark(filter: { frontmatter: { draft: { ne: true } } })`. One list of conditions for each query.
 * https://www.gatsbyjs.com/docs/graphql-reference/#filter
 */
export function graphqlFilters(path: string, text: string): ProgramFilters[] {
  const lineOf = linesInOrder(text)
  return [...text.matchAll(query)].map(({ index, 0: written, 1: open }): ProgramFilters => {
    if (open !== '(') return []
    const tokens = tokensIn(text.slice(index + written.length, index + written.length + longestArguments))
    const filter = tokens.findIndex((token, at) => token === 'filter' && tokens[at + 1] === ':')
    const end = tokens.indexOf(')')
    if (filter === -1 || (end !== -1 && end < filter)) return []
    const { value } = valueAt(tokens, filter + 2, 0)
    const predicate = conditionOf(value, [], 0)
    if (predicate === null) return []
    const shown = tokens.slice(filter, filter + 24).join(' ')
    return [
      { predicate, path, line: lineOf(index), written: shown.length > 80 ? `${shown.slice(0, 79)}…` : shown },
    ]
  })
}

/** UTF-16 code units. */
const longestArguments = 2_000

const tokensIn = (text: string): string[] =>
  [...text.matchAll(/"(?:[^"\\\n]|\\.)*"|[\w$.+-]+|[{}[\]():]/g)].map(([token]) => token)

function valueAt(tokens: string[], start: number, depth: number): { value: Written; next: number } {
  const first = tokens[start] ?? ''
  if (first === '{' && depth < deepest) {
    const of: [string, Written][] = []
    let at = start + 1
    while (at < tokens.length && tokens[at] !== '}') {
      const key = tokens[at] ?? ''
      if (tokens[at + 1] !== ':') {
        at++
        continue
      }
      const { value, next } = valueAt(tokens, at + 2, depth + 1)
      of.push([key, value])
      at = Math.max(next, at + 2)
    }
    return { value: { kind: 'table', of }, next: at + 1 }
  }
  if (first === '[') {
    const end = tokens.indexOf(']', start)
    const of = tokens.slice(start + 1, end === -1 ? start + 1 : end).map(plain)
    return { value: { kind: 'value', of: { is: 'list', of } }, next: (end === -1 ? start : end) + 1 }
  }
  return { value: { kind: 'value', of: plain(first) }, next: start + 1 }
}

function plain(token: string): Predicate {
  if (token === 'true' || token === 'false') return { is: 'value', value: token === 'true' }
  if (token === 'null') return { is: 'value', value: null }
  if (token.startsWith('"')) return { is: 'value', value: token.slice(1, -1) }
  // A variable of the query changes from page to page.
  return /^-?\d/.test(token) ? { is: 'value', value: Number(token) } : { is: 'varies' }
}

/** What a query says of the file, and of what lies around it. */
const ofFiles = /^(?:file\w*|parent|children|id|excerpt|slug|sourceInstanceName)$/

/** Null: it asks for nothing of the articles themselves. */
function conditionOf(value: Written, keys: string[], depth: number): Predicate | null {
  if (value.kind !== 'table' || depth > deepest) return null
  const parts = value.of.flatMap(([name, inner]): Predicate[] => {
    const [first] = keys
    if (inner.kind === 'table') {
      const condition = conditionOf(inner, [...keys, name], depth + 1)
      return condition ? [condition] : []
    }
    const front = keys.findIndex(key => /^front[mM]atter$/.test(key))
    if (front === -1 && (first === 'internal' || first === undefined)) return []
    if (front === -1 && ofFiles.test(first ?? '')) return [{ is: 'varies' }]
    const key: Predicate =
      front === -1
        ? { is: 'made', name: (first === 'fields' ? keys[1] : first) ?? '' }
        : { is: 'key', keys: keys.slice(front + 1) }
    const sign = operators[name]
    if (sign) return [{ is: 'operator', name: sign, of: [key, inner.of] }]
    const isIn: Predicate = { is: 'method', name: 'includes', of: [inner.of, key] }
    if (name === 'in') return [isIn]
    return [name === 'nin' ? { is: 'not', of: [isIn] } : { is: 'doubt', of: [key] }]
  })
  return parts.length === 0
    ? null
    : parts.reduce((left, right) => ({ is: 'operator', name: '&&', of: [left, right] }))
}
