/** What MDX holds beside Markdown, and its line. */
export interface MdxModule {
  /** `import` or `export`, with the words behind it up to the line's end. */
  text: string
  /** 1-based. */
  line: number
}

/**
 * Takes the modules of an MDX file out of its text: blocks that begin with `import` or `export` outside of code, up to
 * the next blank line (https://mdxjs.com/docs/what-is-mdx/#esm). Line numbers stay. Components are left to the sanitiser, which keeps
 * the words inside them.
 */
export function withoutMdxModules(text: string): { text: string; modules: MdxModule[] } {
  const modules: MdxModule[] = []
  let fence: string | null = null
  let inModule = false
  let afterBlank = true
  const lines = text.split('\n').map((line, index) => {
    const blank = line.trim() === ''
    const mark = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1] ?? null
    if (fence !== null) {
      if (mark?.startsWith(fence)) fence = null
      return line
    }
    if (blank) inModule = false
    else if (afterBlank && /^(?:import|export)\s/.test(line)) {
      inModule = true
      modules.push({ text: line.trim(), line: index + 1 })
    }
    afterBlank = blank
    if (inModule) return ''
    if (mark) fence = mark
    return line
  })
  return { text: lines.join('\n'), modules }
}
