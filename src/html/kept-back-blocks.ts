/** A block that its own system does not show to everybody. */
export interface KeptBackBlock {
  /** The mark that begins it, as it is written. */
  mark: string
  /** UTF-16 code units in the source. */
  start: number
}

interface Open {
  name: string
  isHidden: boolean
}

const longestMark = 80

/**
 * Blanks what comments around a part say that not everybody sees: Ghost's blocks for members
 * (`<!--kg-gated-block:begin nonMember:false memberSegment:"status:free" -->`), and blocks that WordPress was told to hide
 * (`<!-- wp:paragraph {"metadata":{"blockVisibility":false}} -->`). One that nobody ends goes on to the end of the text. Every other
 * character stays where it is; time is linear.
 */
export function withoutKeptBackBlocks(source: string): { text: string; blocks: KeptBackBlock[] } {
  const blocks: KeptBackBlock[] = []
  if (!source.includes('kg-gated-block:') && !source.includes('"blockVisibility"'))
    return { text: source, blocks }
  const open: Open[] = []
  const parts: string[] = []
  let [shown, hidden] = [0, 0]
  const hideFrom = (start: number, mark: string) => {
    blocks.push({ mark: mark.slice(0, longestMark), start })
    parts.push(source.slice(shown, start))
    hidden = start
  }
  const showFrom = (end: number) => {
    parts.push(source.slice(hidden, end).replace(/[^\n]/g, ' '))
    shown = end
  }
  for (const { mark, start, end } of commentsOf(source)) {
    const words = mark.slice(4, -3).trim()
    const isHiding = open.some(({ isHidden }) => isHidden)
    const ended = endedBy(words)
    const begun = ended === null ? begunBy(words) : null
    if (begun) {
      open.push(begun)
      if (begun.isHidden && !isHiding) hideFrom(start, mark)
    } else if (ended !== null) {
      const at = open.findLastIndex(({ name }) => name === ended)
      if (at !== -1) open.length = at
      if (isHiding && !open.some(({ isHidden }) => isHidden)) showFrom(end)
    }
  }
  if (open.some(({ isHidden }) => isHidden)) showFrom(source.length)
  return { text: parts.join('') + source.slice(shown), blocks }
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

function begunBy(words: string): Open | null {
  if (/^kg-gated-block:begin\b/.test(words)) {
    const said = [...words.matchAll(/\bnonMember:["']?(\w+)/g)].map(([, value]) => value)
    // Whoever is no member sees it where this says so, whichever members do.
    return { name: 'kg-gated-block', isHidden: said.length === 0 || said.some(value => value !== 'true') }
  }
  const [, name, attributes = ''] = /^wp:([a-z][\w/-]*)(?:\s+(\{[\s\S]*))?$/.exec(words) ?? []
  if (name === undefined || words.endsWith('/')) return null
  return { name: `wp:${name}`, isHidden: /"blockVisibility"\s*:\s*false/.test(attributes) }
}

const endedBy = (words: string): string | null =>
  /^kg-gated-block:end$/.test(words) ? 'kg-gated-block' : (/^\/(wp:[a-z][\w/-]*)$/.exec(words)?.[1] ?? null)
