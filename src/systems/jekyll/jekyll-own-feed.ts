/** What a template of a feed shows of the site's collections. */
export interface FedCollections {
  /** All of their entries. */
  whole: string[]
  /** Entries of which nobody knows here which they are. */
  partly: string[]
}

interface Shown {
  collections: string[]
  /** Whether nothing was taken out of them. */
  isWhole: boolean
}

const remark = /\{%-?\s*(?:comment\b[\s\S]*?\{%-?\s*endcomment\s*-?%\}|#[^%]*-?%\})/g
const tagOrEntry = /\{%-?\s*(\w+)((?:[^%]|%(?!\}))*?)-?%\}|<(?:item|entry)[\s>]/gi

/** Filters that put lists together or in order, and take nothing out of them. */
const keepsAll = /^(?:concat|reverse|sort|sort_natural)\b/
/** Of conditions those that ask only whether there is anything. */
const asksForAny = /^\s*[\w.-]+(?:\.size\b[\s><=!\d]*|\s*!=\s*(?:empty|blank|nil)\s*)$/

interface Block {
  name: string
  /** Of a loop: what it goes through. */
  loop: Shown | null
  hasEntry: boolean
  isPlain: boolean
}

/**
 * Which collections a feed's own template shows whole: a loop goes through all of them, and writes an entry for each, whatever is in it. Where a filter
 * (`where`), a condition or `continue` may pass over some, nobody knows here which.
 */
export function collectionsFedBy(template: string): FedCollections {
  const names = new Map<string, Shown>()
  const whole = new Set<string>()
  const partly = new Set<string>()
  const open: Block[] = []
  const shownBy = (expression: string): Shown => {
    const [list = '', ...filters] = expression.split('|').map(part => part.trim())
    const all = [...expression.matchAll(/(?<![\w."'-])(site\.[\w-]+|[a-z_][\w-]*)(?![\w"'])/gi)]
    const parts = all.flatMap(([, name = '']) => {
      if (name.startsWith('site.')) return { collections: [name.slice(5)], isWhole: true }
      return names.get(name) ?? []
    })
    return {
      collections: [...new Set(parts.flatMap(({ collections }) => collections))],
      isWhole:
        /^[\w.-]+$/.test(list) &&
        filters.every(filter => keepsAll.test(filter)) &&
        parts.every(({ isWhole }) => isWhole),
    }
  }
  const close = (name: string) => {
    const at = open.findLastIndex(block => block.name === name)
    if (at === -1) return
    const [block] = open.splice(at)
    if (!block?.loop || !block.hasEntry) return
    const isAll = block.hasEntry && block.isPlain && block.loop.isWhole
    for (const collection of block.loop.collections) (isAll ? whole : partly).add(collection)
  }
  for (const [, tag, words = ''] of template.replace(remark, '').matchAll(tagOrEntry)) {
    const name = tag?.toLowerCase()
    if (name === undefined) {
      // An entry belongs to the innermost loop; a condition around it may pass over it.
      const loop = open.findLast(block => block.loop !== null)
      if (loop) loop.hasEntry = true
      if (loop && open.some(block => !block.isPlain && block !== loop)) loop.isPlain = false
    } else if (name === 'assign') {
      const [, key = '', value = ''] = /^\s*([\w-]+)\s*=\s*([\s\S]*)$/.exec(words) ?? []
      names.set(key, shownBy(value))
    } else if (name === 'for') {
      const [, list = ''] = /^\s*[\w-]+\s+in\s+([\w.-]+)/.exec(words) ?? []
      open.push({ name, loop: shownBy(list), hasEntry: false, isPlain: true })
    } else if (name === 'if' || name === 'unless' || name === 'case')
      open.push({ name, loop: null, hasEntry: false, isPlain: name !== 'case' && asksForAny.test(words) })
    else if (name === 'continue' || name === 'break') {
      for (const block of open) if (block.loop) block.isPlain = false
    } else if (name.startsWith('end')) close(name.slice(3))
  }
  for (const collection of whole) partly.delete(collection)
  return { whole: [...whole], partly: [...partly] }
}
