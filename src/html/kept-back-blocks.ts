import { areForMembers, speaksOfMembers } from './members-only.ts'

/** A block that its own system does not show to everybody. */
export interface KeptBackBlock {
  /** The mark that begins it, as it is written. */
  mark: string
  /** UTF-16 code units in the source. */
  start: number
  /** Behind the mark that ends it. */
  end: number
}

interface Open {
  name: string
  isHidden: boolean
}

const longestMark = 80

/**
 * What comments around a part say that not everybody sees: Ghost's blocks for members
 * (`<!--kg-gated-block:begin nonMember:false memberSegment:"status:free" -->`) and what stands below its public preview
 * (`<!--members-only-->`); blocks that WordPress was told to hide (`<!-- wp:paragraph {"metadata":{"blockVisibility":false}} -->`), and
 * those of its plugins for members. One that nobody ends goes on to the end of the text. Time is linear.
 */
export function keptBackBlocks(source: string): KeptBackBlock[] {
  const blocks: KeptBackBlock[] = []
  if (!/kg-gated-block:|members-only|<!--\s*wp:/.test(source)) return blocks
  const open = new OpenBlocks()
  let hidden: Omit<KeptBackBlock, 'end'> | null = null
  for (const { mark, start, end } of commentsOf(source)) {
    const words = mark.slice(4, -3).trim()
    if (isWall(words)) {
      blocks.push({ ...(hidden ?? { mark: mark.slice(0, longestMark), start }), end: source.length })
      return blocks
    }
    const ended = endedBy(words)
    const begun = ended === null ? begunBy(words) : null
    if (begun) open.begin(begun)
    else if (ended !== null) open.end(ended)
    if (hidden === null && open.isHiding) hidden = { mark: mark.slice(0, longestMark), start }
    else if (hidden !== null && !open.isHiding) {
      blocks.push({ ...hidden, end })
      hidden = null
    }
  }
  if (hidden !== null) blocks.push({ ...hidden, end: source.length })
  return blocks
}

/** Blanks those parts; every other character stays where it is. */
export function withoutKeptBackBlocks(source: string): { text: string; blocks: KeptBackBlock[] } {
  const blocks = keptBackBlocks(source)
  const parts: string[] = []
  let at = 0
  for (const { start, end } of blocks) {
    parts.push(source.slice(at, start), source.slice(start, end).replace(/[^\n]/g, ' '))
    at = end
  }
  return { text: parts.join('') + source.slice(at), blocks }
}

/**
 * What is open, in both readings: by names, and as WordPress has it, where an end is that of the innermost block whatever it is called
 * (https://developer.wordpress.org/reference/classes/wp_block_parser/). What is hidden in either is.
 */
class OpenBlocks {
  private readonly byName: Open[] = []
  private readonly byOrder: Open[] = []
  private readonly counts = new Map<string, number>()
  private hiding = 0

  get isHiding(): boolean {
    return this.hiding > 0
  }

  begin(block: Open): void {
    this.byName.push(block)
    this.counts.set(block.name, (this.counts.get(block.name) ?? 0) + 1)
    if (block.isHidden) this.hiding++
    if (!block.name.startsWith('wp:')) return
    this.byOrder.push(block)
    if (block.isHidden) this.hiding++
  }

  end(name: string): void {
    if (name.startsWith('wp:') && this.byOrder.pop()?.isHidden) this.hiding--
    if ((this.counts.get(name) ?? 0) === 0) return
    for (let last = this.byName.pop(); last; last = this.byName.pop()) {
      this.counts.set(last.name, (this.counts.get(last.name) ?? 1) - 1)
      if (last.isHidden) this.hiding--
      if (last.name === name) return
    }
  }
}

/** Comments as HTML has them: `<!-->` is one, and what nobody ends is none. */
function* commentsOf(source: string): Generator<{ mark: string; start: number; end: number }> {
  for (let start = source.indexOf('<!--'); start !== -1; ) {
    const close = source.indexOf('-->', start + 2)
    if (close === -1) return
    const end = close + 3
    yield { mark: source.slice(start, end), start, end }
    start = source.indexOf('<!--', end)
  }
}

/** Below it nothing is for everybody: https://ghost.org/help/public-preview/, and the blocks of WordPress that do the same. */
function isWall(words: string): boolean {
  return /^members-only$/i.test(words) || /^wp:[\w/-]*paywall[\w/-]*(?:\s[\s\S]*)?\/$/.test(words)
}

function begunBy(words: string): Open | null {
  if (/^kg-gated-block:begin\b/.test(words)) {
    const said = [...words.matchAll(/\bnonMember:["']?(\w+)/g)].map(([, value]) => value)
    // Whoever is no member sees it where this says so, whichever members do.
    return { name: 'kg-gated-block', isHidden: said.length === 0 || said.some(value => value !== 'true') }
  }
  const [, name, attributes = ''] = /^wp:([a-z][\w/-]*)(?:\s*(\{[\s\S]*))?$/.exec(words) ?? []
  if (name === undefined || words.endsWith('/')) return null
  return { name: `wp:${name}`, isHidden: speaksOfMembers(name) || areSettingsForMembers(attributes) }
}

function areSettingsForMembers(written: string): boolean {
  if (written === '') return false
  try {
    return areForMembers(JSON.parse(written))
  } catch {
    return /visib|restrict|condition|member|role|access/i.test(written)
  }
}

const endedBy = (words: string): string | null =>
  /^kg-gated-block:end$/.test(words)
    ? 'kg-gated-block'
    : (/^\/(wp:[a-z][\w/-]*)(?:\s[\s\S]*)?$/.exec(words)?.[1] ?? null)
