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

/** Of a block the name alone: its settings may say what is hidden. */
const shortMark = (mark: string) =>
  mark.replace(/^(<!--\s*wp:[\w/-]+)\s*\{[\s\S]*$/, '$1 … -->').slice(0, longestMark)

/**
 * What comments around a part say that not everybody sees: Ghost's blocks for members
 * (`<!--kg-gated-block:begin nonMember:false memberSegment:"status:free" -->`) and what stands below its public preview
 * (`<!--members-only-->`); what stands below the walls of newsletters; blocks that WordPress was told to hide (`<!-- wp:paragraph {"metadata":{"blockVisibility":false}} -->`), and
 * those of its plugins for members. One that nobody ends goes on to the end of the text. Time is linear.
 */
export function keptBackBlocks(source: string): KeptBackBlock[] {
  return mergedParts([...blocksOfComments(source), ...blocksOfTags(source), ...steadyWall(source)])
}

/** Steady's mark, which its plugin puts a wall in the place of, alone in a paragraph. */
function steadyWall(source: string): KeptBackBlock[] {
  const mark = '___STEADY_PAYWALL___'
  if (!source.includes(mark)) return []
  const start = source.search(/(?<=(?:^|\n|(?<!<code)>)[ \t]*)___STEADY_PAYWALL___(?=[ \t]*(?:[<\r\n]|$))/)
  return start === -1 ? [] : [{ mark, start, end: source.length }]
}

/** Overlapping parts as one, in the order of the text. */
export function mergedParts(parts: KeptBackBlock[]): KeptBackBlock[] {
  const found: KeptBackBlock[] = []
  for (const part of parts.sort((a, b) => a.start - b.start)) {
    const last = found.at(-1)
    if (last && part.start < last.end) last.end = Math.max(last.end, part.end)
    else found.push({ ...part })
  }
  return found
}

function blocksOfComments(source: string): KeptBackBlock[] {
  const blocks: KeptBackBlock[] = []
  if (!source.includes('<!--') || !/kg-gated-block:|members-only|<!--\s*wp:/.test(source)) return blocks
  const open = new OpenBlocks()
  let hidden: Omit<KeptBackBlock, 'end'> | null = null
  for (const { mark, start, end } of commentsOf(source)) {
    const words = mark.slice(4, -3).trim()
    if (isWall(words)) {
      hidden ??= { mark: shortMark(mark), start }
      break
    }
    const ended = endedBy(words)
    const begun = ended === null ? begunBy(words) : null
    if (begun) open.begin(begun)
    else if (ended !== null) open.end(ended)
    if (hidden === null && open.isHiding) hidden = { mark: shortMark(mark), start }
    else if (hidden !== null && !open.isHiding) {
      blocks.push({ ...hidden, end })
      hidden = null
    }
  }
  if (hidden !== null) blocks.push({ ...hidden, end: source.length })
  return blocks
}

/**
 * Of Buttondown, Substack and beehiiv: tags below which nothing is for everybody, and what stands in a block for some. Markdown puts such a
 * block into a paragraph, where HTML would end it at once.
 */
function blocksOfTags(source: string): KeptBackBlock[] {
  const blocks: KeptBackBlock[] = []
  // Every article passes here, and hardly any has one: that is a third of what an expression without regard to case takes.
  const small = source.toLowerCase()
  if (!['wall', 'subscriber-break', filtered].some(name => small.includes(name))) return blocks
  let depth = 0
  for (const { 0: tag, 1: slash, 2: written = '', 3: said = '', index: start } of source.matchAll(anyTag)) {
    const name = written.toLowerCase()
    const mark = `${tag.slice(0, longestMark)}>`
    const last = blocks.at(-1)
    if (name === filtered && slash === '/') {
      depth = Math.max(0, depth - 1)
      if (depth === 0 && last?.end === source.length) last.end = start + tag.length + 1
    } else if (name === filtered && depth > 0) depth++
    else if (name === filtered && !/\bdata-variant\s*=\s*["']?web\b/i.test(said)) {
      depth = 1
      blocks.push({ mark, start, end: source.length })
    } else if (slash === '' && (/^buttondown-(?!web)\w*wall$/.test(name) || saysWall(name, said)))
      return [...blocks, { mark, start, end: source.length }]
  }
  return blocks
}

const filtered = 'buttondown-filtered-block'
/** What stands in quotation marks behind `=` ends no tag. */
const anyTag = /<(\/?)([a-z][\w-]*)((?:[^<>=]+|=\s*(?:"[^"]*"|'[^']*')?)*)/gi
const attribute = /(?<![\w:-])([a-z][\w:-]*)\s*=\s*(?:"([^"]*)|'([^']*)|([^\s"']+))/gi

/** By its attributes, and no words in them: `<img alt="How role=paywall works">` and a heading that is called so are no walls. */
function saysWall(name: string, said: string): boolean {
  if (!/wall|subscriber-break/i.test(said)) return false
  return [...said.matchAll(attribute)].some(([, key = '', double, single, bare = '']) => {
    const value = (double ?? single ?? bare.replace(/\/$/, '')).trim()
    if (/^class$/i.test(key)) return /(?:^|\s)paywall-jump(?:\s|$)/i.test(value)
    if (/^id$/i.test(key)) return /^subscriber-break$/i.test(value) && !/^(?:h[1-6]|a)$/.test(name)
    if (/^role$/i.test(key)) return /^(?:pay|email|subscriber|subscription)wall$/i.test(value)
    return /^data-component-name$/i.test(key) && /^Paywall(?:ToDOM)?$/i.test(value)
  })
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
  const [, name = ''] = /^wp:([\w/-]+)/.exec(words) ?? []
  return /^members-only$/i.test(words) || (words.endsWith('/') && name.includes('paywall'))
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
