import { isAlias, isMap, isPair, isScalar, isSeq, type Node, parseDocument } from 'yaml'

/**
 * A YAML node as plain data. Scalars stay what is written: dates are strings, and so are numbers that would not be
 * printed back as they stand.
 */
export function plainYaml(node: unknown): unknown {
  return plainValue(node, new Budget())
}

/** What is longer is text, and none the worse for it. */
const maxLength = 10_000

/** One value of YAML, read alone; undefined where it is none. */
export function readYamlValue(text: string): unknown {
  if (text.length > maxLength) return undefined
  const document = parseDocument(text, {
    schema: 'core',
    strict: false,
    uniqueKeys: false,
    logLevel: 'silent',
  })
  return document.errors.length > 0 ? undefined : plainYaml(document.contents)
}

/** Aliases may multiply what they stand for ("billion laughs"): so many nodes, and no more. */
class Budget {
  private left = 20_000
  private depth = 0
  enter(): boolean {
    return this.left-- > 0 && this.depth++ < 100
  }
  leave() {
    this.depth--
  }
}

function plainValue(node: unknown, budget: Budget, anchors: Map<string, Node> = new Map()): unknown {
  if (!budget.enter()) return null
  try {
    if (isAlias(node)) return plainValue(anchors.get(node.source), budget, anchors)
    if (isScalar(node) || isMap(node) || isSeq(node)) if (node.anchor) anchors.set(node.anchor, node)
    if (isScalar(node)) return plainScalar(node.value, node.source)
    if (isSeq(node)) return node.items.map(item => plainValue(item, budget, anchors))
    if (!isMap(node)) return null
    const values: Record<string, unknown> = {}
    for (const item of node.items) {
      if (!isPair(item)) continue
      const key = isScalar(item.key) ? (item.key.source ?? String(item.key.value)) : String(item.key)
      const value = plainValue(item.value, budget, anchors)
      if (key === '<<' && value !== null && typeof value === 'object')
        Object.assign(values, { ...value, ...values })
      else if (key !== '__proto__') values[key] = value
    }
    return values
  } finally {
    budget.leave()
  }
}

function plainScalar(value: unknown, source: string | undefined): unknown {
  if (typeof value === 'bigint' || typeof value === 'number')
    return source !== undefined && String(value) !== source ? source : Number(value)
  return value === undefined ? null : value
}
