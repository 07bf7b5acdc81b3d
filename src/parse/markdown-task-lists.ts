import type { MarkdownIt } from 'markdown-it'

const box = /^\[([ xX])\][ \t]+/

/** GitHub's task lists (GFM §5.3): an item that begins with `[ ]` or `[x]` shows a box that can't be changed. */
export function taskLists(markdown: MarkdownIt): void {
  markdown.core.ruler.after('inline', 'task_lists', state => {
    for (const [index, { type, children }] of state.tokens.entries()) {
      const item = state.tokens[index - 2]
      if (type !== 'inline' || item?.type !== 'list_item_open') continue
      const first = children?.[0]
      const found = first?.type === 'text' ? box.exec(first.content) : null
      if (!children || !first || !found) continue
      first.content = first.content.slice(found[0].length)
      const checkbox = new state.Token('html_inline', '', 0)
      checkbox.content = `<input type="checkbox"${found[1] === ' ' ? '' : ' checked'} disabled> `
      children.unshift(checkbox)
      item.attrJoin('class', 'task-list-item')
    }
  })
}
