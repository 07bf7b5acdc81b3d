import type { MarkdownIt } from 'markdown-it'
import footnotes from 'markdown-it-footnote'

type Token = ReturnType<MarkdownIt['parse']>[number]

interface Note {
  label: string
  tokens: Token[]
}

/** What the plugin keeps of references while it reads a text. */
interface FootnoteEnvironment {
  footnotes?: { list?: { label?: string; count?: number }[] }
}

/**
 * Footnotes as GitHub has them. Of the plugin the reading is used; where notes are put at the end of the text it copies all
 * that came before for every note, and drops notes that nothing refers to, so that part is our own. Inline notes
 * (`^[…]`) are not part of GitHub's Markdown, and stay text.
 */
export function linearFootnotes(markdown: MarkdownIt): void {
  markdown.use(footnotes)
  markdown.inline.ruler.disable('footnote_inline')
  markdown.core.ruler.at('footnote_tail', state => {
    const list = (state.env as FootnoteEnvironment).footnotes?.list ?? []
    const { tokens, notes } = partNotes(state.tokens)
    state.tokens = tokens
    if (list.length === 0 && notes.length === 0) return
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
    const referred = new Set(list.map(({ label }) => label))
    let id = list.length
    for (const note of notes)
      if (!referred.has(note.label) || first.get(note.label) !== note) {
        make('footnote_open', 1, { id: id++, label: note.label })
        for (const token of note.tokens) tokens.push(token)
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
