import type { Preset } from '../../model/preset.ts'
import { admonitionsAsQuotes } from './admonitions.ts'
import { withoutContentsMark } from './contents-marks.ts'
import { withEmoji } from './emoji-names.ts'
import { type MdxPart, withoutMdxPrograms } from './mdx.ts'
import { withoutRawHtml } from './raw-html.ts'
import { translateWikiMarkup } from './wiki-markup.ts'

/** A text as Markdown, and what of it was a program's. */
export interface OwnMarkup {
  text: string
  /** Left out: modules, expressions and components that only the program could have filled in, and HTML that is not shown there. */
  left: (MdxPart & { what: 'module' | 'unknown' | 'raw-html' })[]
}

const vaults = new Set<Preset['name']>(['obsidian', 'quartz'])
/** markdown-it-emoji is a part of VitePress, remark-emoji one of Docusaurus. */
const emoji = new Set<Preset['name']>(['vitepress', 'docusaurus'])
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
  const listless = withoutContentsMark(safe, name)
  const contained = containers.has(name) ? admonitionsAsQuotes(listless) : listless
  const pictured = emojiNames || emoji.has(name) ? withEmoji(contained) : contained
  return {
    text: vaults.has(name) ? translateWikiMarkup(pictured) : pictured,
    left: [
      ...modules.map(part => ({ ...part, what: 'module' as const })),
      ...expressions.map(part => ({ ...part, what: 'unknown' as const })),
      ...components.map(part => ({ ...part, what: 'unknown' as const })),
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
