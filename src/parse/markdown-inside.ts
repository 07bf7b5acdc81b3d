import type { StateBlock } from 'markdown-it'

/** Blocks in blocks: more than anybody writes. Each is parsed anew with what is in it. */
const deepest = 12

/** What hangs on a text while it is parsed, under its own name in markdown-it's environment. */
interface Depth {
  blocksInside?: number
}

export const isTooDeep = ({ env }: StateBlock): boolean => ((env as Depth).blocksInside ?? 0) >= deepest

/** Parses the text of a block as Markdown of its own, in its place: notes and references are those of the whole. */
export function parseInside(state: StateBlock, text: string): void {
  const env = state.env as Depth
  const depth = env.blocksInside ?? 0
  if (depth >= deepest) {
    const inline = state.push('inline', '', 0)
    inline.content = text.trim()
    inline.children = []
    return
  }
  env.blocksInside = depth + 1
  state.md.block.parse(text, state.md, state.env, state.tokens)
  env.blocksInside = depth
}
