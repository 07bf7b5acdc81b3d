/** Bits of a hash that choose a child: nodes have up to 32. */
const bits = 5
const mask = 31

/** Entries whose keys have the same hash so far, or a node of 32 children, absent ones left out. */
type Slot<Value> = Leaf<Value> | Node<Value>
interface Leaf<Value> {
  readonly hash: number
  readonly key: string
  readonly value: Value
  /** Another one where whole hashes meet. */
  readonly next: Leaf<Value> | null
}
interface Node<Value> {
  /** Bit n: there is a child for n. */
  readonly present: number
  readonly children: readonly Slot<Value>[]
}

const isNode = <Value>(slot: Slot<Value>): slot is Node<Value> => 'children' in slot
const emptyNode: Node<never> = { present: 0, children: [] }

/** FNV-1a of its UTF-16 units. */
function hashOf(key: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < key.length; at++) hash = Math.imul(hash ^ key.charCodeAt(at), 0x01000193)
  return hash >>> 0
}

/** How many bits are set (a population count). */
function countBits(number: number): number {
  let n = number - ((number >>> 1) & 0x55555555)
  n = (n & 0x33333333) + ((n >>> 2) & 0x33333333)
  return (((n + (n >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24
}

/**
 * A map that never changes: another one of it shares all but the few nodes on the way to what is other (a hash trie). So a
 * change of a large map costs what changed, and so does finding out what is other in two of them. In no order.
 */
export class PersistentMap<Value> implements ReadonlyMap<string, Value> {
  readonly size: number
  readonly #root: Node<Value>

  private constructor(root: Node<Value>, size: number) {
    this.#root = root
    this.size = size
  }

  static readonly empty = new PersistentMap<never>(emptyNode, 0)

  static of<Value>(map: ReadonlyMap<string, Value>): PersistentMap<Value> {
    return map instanceof PersistentMap ? map : (PersistentMap.empty as PersistentMap<Value>).with(map)
  }

  get(key: string): Value | undefined {
    const hash = hashOf(key)
    let slot: Slot<Value> = this.#root
    for (let shift = 0; isNode(slot); shift += bits) {
      const bit = 1 << ((hash >>> shift) & mask)
      if ((slot.present & bit) === 0) return undefined
      slot = slot.children[countBits(slot.present & (bit - 1))] as Slot<Value>
    }
    return leafIn(slot, key)?.value
  }

  has(key: string): boolean {
    return this.get(key) !== undefined
  }

  /** The map with other values, and without the keys whose value is undefined. The same where nothing is other. */
  with(changes: ReadonlyMap<string, Value | undefined>): PersistentMap<Value> {
    if (this.size === 0) return PersistentMap.#filled(changes)
    // Where so much is other, making all of it anew is less than finding each way.
    const isOther = ([key, value]: [string, Value | undefined]) => this.get(key) !== value
    if (changes.size > this.size / 2 && [...changes].some(isOther))
      return PersistentMap.#filled(new Map([...this, ...changes]))
    let root: Slot<Value> = this.#root
    let { size } = this
    for (const [key, value] of changes) {
      const before = this.get(key)
      if (before === value) continue
      size += Number(value !== undefined) - Number(before !== undefined)
      root = changed(root, 0, hashOf(key), key, value) ?? emptyNode
    }
    return root === this.#root ? this : new PersistentMap(asNode(root, 0), size)
  }

  static #filled<Value>(values: ReadonlyMap<string, Value | undefined>): PersistentMap<Value> {
    const leaves: Leaf<Value>[] = []
    for (const [key, value] of values)
      if (value !== undefined) leaves.push({ hash: hashOf(key), key, value, next: null })
    return leaves.length === 0
      ? PersistentMap.empty
      : new PersistentMap(asNode(slotOf(leaves, 0), 0), leaves.length)
  }

  /** Keys under which the two do not hold the same value. */
  *difference(after: PersistentMap<Value>): Generator<string> {
    yield* slotDifference(this.#root, after.#root, 0)
  }

  entries(): MapIterator<[string, Value]> {
    return picked(this.#root, ({ key, value }) => [key, value])
  }

  keys(): MapIterator<string> {
    return picked(this.#root, ({ key }) => key)
  }

  values(): MapIterator<Value> {
    return picked(this.#root, ({ value }) => value)
  }

  [Symbol.iterator](): MapIterator<[string, Value]> {
    return this.entries()
  }

  get [Symbol.toStringTag](): string {
    return 'PersistentMap'
  }

  forEach(visit: (value: Value, key: string, map: ReadonlyMap<string, Value>) => void): void {
    for (const { key, value } of leavesOf(this.#root)) visit(value, key, this)
  }
}

/** One generator with a stack of its own: generators inside generators would pay for the depth at every leaf. */
function* picked<Value, Picked>(slot: Slot<Value>, pick: (leaf: Leaf<Value>) => Picked): Generator<Picked> {
  const open: Slot<Value>[] = [slot]
  for (let next = open.pop(); next; next = open.pop())
    if (isNode(next))
      for (let at = next.children.length - 1; at >= 0; at--) open.push(next.children[at] as Slot<Value>)
    else for (let leaf: Leaf<Value> | null = next; leaf; leaf = leaf.next) yield pick(leaf)
}

const leavesOf = <Value>(slot: Slot<Value>) => picked(slot, leaf => leaf)

function leafIn<Value>(first: Leaf<Value>, key: string): Leaf<Value> | null {
  let leaf: Leaf<Value> | null = first
  while (leaf && leaf.key !== key) leaf = leaf.next
  return leaf
}

function without<Value>(leaf: Leaf<Value> | null, key: string): Leaf<Value> | null {
  if (leaf === null) return null
  if (leaf.key === key) return leaf.next
  return { ...leaf, next: without(leaf.next, key) }
}

/** All of a slot at once: one after the other, each would copy every node above it. @param leaves at least one */
function slotOf<Value>(leaves: Leaf<Value>[], shift: number): Slot<Value> {
  const [first, ...others] = leaves.slice(0, 2)
  if (others.length === 0 && first) return first
  if (leaves.every(({ hash }) => hash === first?.hash))
    return leaves.reduce((next, leaf) => ({ ...leaf, next }))
  const parts: Leaf<Value>[][] = []
  let present = 0
  for (const leaf of leaves) {
    const place = (leaf.hash >>> shift) & mask
    const part = parts[place]
    if (part) part.push(leaf)
    else parts[place] = [leaf]
    present |= 1 << place
  }
  const children: Slot<Value>[] = []
  // Those that are absent are passed over.
  parts.forEach(part => {
    children.push(slotOf(part, shift + bits))
  })
  return { present, children }
}

/** A leaf as a node of one child. */
function asNode<Value>(slot: Slot<Value>, shift: number): Node<Value> {
  if (isNode(slot)) return slot
  return { present: 1 << ((slot.hash >>> shift) & mask), children: [slot] }
}

/** The slot with another value for a key; null where nothing is left in it. */
function changed<Value>(
  slot: Slot<Value>,
  shift: number,
  hash: number,
  key: string,
  value: Value | undefined,
): Slot<Value> | null {
  if (!isNode(slot)) {
    if (slot.hash !== hash)
      return value === undefined ? slot : changed(asNode(slot, shift), shift, hash, key, value)
    const others = without(slot, key)
    return value === undefined ? others : { hash, key, value, next: others }
  }
  const bit = 1 << ((hash >>> shift) & mask)
  const at = countBits(slot.present & (bit - 1))
  if ((slot.present & bit) === 0) {
    if (value === undefined) return slot
    return {
      present: slot.present | bit,
      children: slot.children.toSpliced(at, 0, { hash, key, value, next: null }),
    }
  }
  const child = changed(slot.children[at] as Slot<Value>, shift + bits, hash, key, value)
  if (child !== null) return { present: slot.present, children: slot.children.with(at, child) }
  if (slot.children.length === 1) return null
  return { present: slot.present & ~bit, children: slot.children.toSpliced(at, 1) }
}

function* slotDifference<Value>(before: Slot<Value>, after: Slot<Value>, shift: number): Generator<string> {
  if (before === after) return
  if (!isNode(before) && !isNode(after)) {
    for (const { key, value } of leavesOf(after)) if (leafIn(before, key)?.value !== value) yield key
    for (const { key } of leavesOf(before)) if (!leafIn(after, key)) yield key
    return
  }
  const [old, now] = [asNode(before, shift), asNode(after, shift)]
  for (let rest = old.present | now.present; rest !== 0; rest &= rest - 1) {
    const bit = rest & -rest
    const [was, is] = [old, now].map(node =>
      (node.present & bit) === 0 ? null : node.children[countBits(node.present & (bit - 1))],
    )
    if (was && is) yield* slotDifference(was, is, shift + bits)
    else for (const { key } of leavesOf((was ?? is) as Slot<Value>)) yield key
  }
}

/** Keys under which two maps do not hold the same object. */
export function keysOfDifference<Value>(
  before: ReadonlyMap<string, Value>,
  after: ReadonlyMap<string, Value>,
): Iterable<string> {
  if (before instanceof PersistentMap && after instanceof PersistentMap) return before.difference(after)
  const keys = new Set([...after.keys(), ...before.keys()])
  return [...keys].filter(key => before.get(key) !== after.get(key))
}
