import type { PresetName } from '../../model/preset.ts'
import { codeRanges, rangeTest } from './markdown-code-ranges.ts'

/**
 * The line in whose place a system shows the page's table of contents.
 * https://vitepress.dev/guide/markdown#table-of-contents, https://python-markdown.github.io/extensions/toc/
 */
const marks: Partial<Record<PresetName, RegExp>> = {
  vitepress: /(?<=^(?:[ \t]*>)*) {0,3}\[\[toc\]\][ \t]*$/gim,
  mkdocs: /^ {0,3}\[TOC\][ \t]*$/gm,
}

/** Feeds and our pages have no such table: its mark is left out, and its line stays empty. */
export function withoutContentsMark(text: string, name: PresetName | 'broadsheet' | 'plain'): string {
  const mark = name === 'broadsheet' || name === 'plain' ? undefined : marks[name]
  if (mark === undefined || text.search(mark) === -1) return text
  const isCode = rangeTest(codeRanges(text))
  return text.replace(mark, (found, at: number) => (isCode(at) ? found : ''))
}
