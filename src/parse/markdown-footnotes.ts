import type { MarkdownIt } from 'markdown-it'
import footnotes from 'markdown-it-footnote'

type Token = ReturnType<MarkdownIt['parse']>[number]

interface Note {
  label: string
  tokens: Token[]
}

/** A note that readers do not get: nothing refers to it. */
export interface LooseNote {
  label: string
  /** 1-based. */
  line: number
}

/** What the plugin keeps of references while it reads a text. */
interface FootnoteEnvironment {
  footnotes?: { list?: { label?: string; count?: number }[] }
  looseNotes?: LooseNote[]
}

/** @param env what `parse` was given */
export const looseNotesOf = (env: object): readonly LooseNote[] =>
  (env as FootnoteEnvironment).looseNotes ?? []

/**
 * Footnotes as GitHub has them. Of the plugin the reading is used; where notes are put at the end of the text it copies all
 * that came before for every note, so that part is our own. Notes that nothing refers to are shown by no reader of Markdown: editors
 * keep what is not said, or not said any more, in them. Inline notes (`^[…]`) are not part of GitHub's Markdown, and stay text.
 */
export function linearFootnotes(markdown: MarkdownIt): void {
  markdown.use(footnotes)
  markdown.inline.ruler.disable('footnote_inline')
  markdown.core.ruler.at('footnote_tail', state => {
    const env = state.env as FootnoteEnvironment
    const list = env.footnotes?.list ?? []
    const { tokens, notes } = partNotes(state.tokens)
    state.tokens = tokens
    if (list.length === 0 && notes.length === 0) return
    const referred = new Set(list.map(({ label }) => label))
    env.looseNotes = notes.flatMap(({ label, tokens }) =>
      referred.has(label) ? [] : [{ label, line: (tokens.find(({ map }) => map)?.map?.[0] ?? 0) + 1 }],
    )
    if (list.length === 0) return
    const make = (type: string, nesting: -1 | 0 | 1, meta: Record<string, unknown> | null = null) => {
      const token = new state.Token(type, '', nesting)
      token.meta = meta
      tokens.push(token)
    }
    const first = new Map(notes.toReversed().map(note => [note.label, note]))
    make('footnote_block_open', 1)
    for (const [id, { label = '', count = 1 }] of list.entries()) {
      const content = first.get(label)?.tokens ?? []
      // The ways back stand at the end of the note's last paragraph.
      const last = content.at(-1)?.type === 'paragraph_close' ? content.pop() : undefined
      make('footnote_open', 1, { id, label })
      for (const token of content) tokens.push(token)
      for (let subId = 0; subId < count; subId++) make('footnote_anchor', 0, { id, subId, label })
      if (last) tokens.push(last)
      make('footnote_close', -1)
    }
    make('footnote_block_close', -1)
  })
}

/** Takes the notes out of the text. */
function partNotes(all: Token[]): { tokens: Token[]; notes: Note[] } {
  const tokens: Token[] = []
  const notes: Note[] = []
  let target = tokens
  for (const token of all) {
    if (token.type === 'footnote_reference_open') {
      target = []
      notes.push({ label: (token.meta as { label: string }).label, tokens: target })
    } else if (token.type === 'footnote_reference_close') target = tokens
    else target.push(token)
  }
  return { tokens, notes }
}
