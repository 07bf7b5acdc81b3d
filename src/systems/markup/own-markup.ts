import type { Preset } from '../../model/preset.ts'
import { linesInOrder } from '../../text/text-place.ts'
import { admonitionsAsQuotes } from './admonitions.ts'
import { withoutContentsMark } from './contents-marks.ts'
import { withEmoji } from './emoji-names.ts'
import { codeRanges, rangeTest } from './markdown-code-ranges.ts'
import {
  type MdxPart,
  withEndTags,
  withoutLoneComponents,
  withoutMdxPrograms,
  withoutNamesakes,
} from './mdx.ts'
import { withoutRawHtml } from './raw-html.ts'
import { translateWikiMarkup } from './wiki-markup.ts'

/** A text as Markdown, and what of it was a program's. */
export interface OwnMarkup {
  text: string
  /** Left out: modules, expressions and components that only the program could have filled in, and HTML that is not shown there. */
  left: (MdxPart & { what: 'module' | 'unknown' | 'raw-html' })[]
}

const vaults = new Set<Preset['name']>(['obsidian', 'quartz'])
const takers = new Set<Preset['name']>(['vitepress', 'mkdocs'])
const containers = new Set<Preset['name']>(['docusaurus', 'vitepress', 'astro'])

/**
 * What a Markdown file's own system has beside Markdown. Every line stays where it is.
 * @param page the article's front matter
 */
export function readOwnMarkup(
  text: string,
  path: string,
  { name, emojiNames, omitsRawHtml }: Pick<Preset, 'name' | 'emojiNames' | 'omitsRawHtml'>,
  page: Record<string, unknown>,
): OwnMarkup {
  // Docusaurus reads `.md` as MDX too.
  const isMdx = /\.mdx$/i.test(path) || (name === 'docusaurus' && /\.md$/i.test(path))
  const {
    text: plain,
    modules,
    expressions,
    components,
  } = isMdx ? withoutMdxPrograms(text, page) : { text, modules: [], expressions: [], components: [] }
  const { text: safe, left: raw } = omitsRawHtml ? withoutRawHtml(plain) : { text: plain, left: [] }
  // A component of Vue's that is closed in itself has no end for HTML.
  const vue =
    name === 'vitepress' ? withoutLoneComponents(withoutNamesakes(safe)) : { text: safe, components: [] }
  const ended = name === 'vitepress' ? withEndTags(vue.text) : vue.text
  const named = name === 'docusaurus' ? withoutPathMark(ended) : ended
  const { text: whole, left: files } = takers.has(name) ? withoutIncludes(named) : { text: named, left: [] }
  const listless = withoutContentsMark(whole, name)
  const contained = containers.has(name) ? admonitionsAsQuotes(listless) : listless
  const pictured = emojiNames ? withEmoji(contained) : contained
  return {
    text: vaults.has(name) ? translateWikiMarkup(pictured) : pictured,
    left: [
      ...modules.map(part => ({ ...part, what: 'module' as const })),
      ...[...expressions, ...components, ...vue.components, ...files].map(part => ({
        ...part,
        what: 'unknown' as const,
      })),
      ...raw.map(part => ({ ...part, what: 'raw-html' as const })),
    ],
  }
}

/** What a note in a vault is called: as its file, where it does not say otherwise. */
export function vaultTitle(path: string, { name }: Pick<Preset, 'name'>): string | null {
  if (!vaults.has(name)) return null
  const file = path.slice(path.lastIndexOf('/') + 1).replace(/\.[^.]+$/, '')
  return /^index$/i.test(file) ? null : file
}

/** https://vitepress.dev/guide/markdown#import-code-snippets and #markdown-file-inclusion; of MkDocs, https://facelessuser.github.io/pymdown-extensions/extensions/snippets/ */
const taken =
  /^[ \t]*-+8<-+[ \t]+["'][^"'\n]+["'][ \t]*$|^ {0,3}<<<[ \t]*[@./~]\S*.*$|<!--[ \t]*@include:[^\n]{0,300}?-->/gm
/** https://vitepress.dev/guide/asset-handling#base-url */
const boundPath = /(?<=<[a-z][^<>]{0,500}\s):(src|href)="(?:withBase\()?'([^'"<>]+)'\)?"/gi

/** What these take in from other files is told, and addresses that Vue works out of a plain path are that path. */
function withoutIncludes(text: string): { text: string; left: MdxPart[] } {
  const left: MdxPart[] = []
  if (!/<<<|@include|8<-|:(?:src|href)=/i.test(text)) return { text, left }
  const isCode = rangeTest(codeRanges(text))
  const lineOf = linesInOrder(text)
  const whole = text.replace(taken, (found: string, at: number) => {
    if (isCode(at)) return found
    left.push({ text: found.trim().slice(0, 60), line: lineOf(at) })
    return ''
  })
  return { text: whole.replace(boundPath, '$1="$2"'), left }
}

/** A file of the site that is none of its pages: https://docusaurus.io/docs/advanced/routing#escaping-from-spa-redirects */
const pathMark = /(?<=\]\(<?|["'])pathname:\/\/(?=\/)/g

function withoutPathMark(text: string): string {
  if (!text.includes('pathname://')) return text
  const isCode = rangeTest(codeRanges(text))
  return text.replace(pathMark, (found, at: number) => (isCode(at) ? found : ''))
}
