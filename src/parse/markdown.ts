import Markdown, { type MarkdownIt } from 'markdown-it'
import type { Field } from '../model/article.ts'
import type { MarkdownExtra } from '../model/preset.ts'
import { abbreviations } from './markdown-abbreviations.ts'
import { admonitions } from './markdown-admonitions.ts'
import { bareAddresses } from './markdown-autolinks.ts'
import { codeLanguages } from './markdown-code-languages.ts'
import { codeMarks } from './markdown-code-marks.ts'
import { codeTitles } from './markdown-code-titles.ts'
import { definitionLists } from './markdown-definitions.ts'
import { type LooseNote, linearFootnotes, looseNotesOf } from './markdown-footnotes.ts'
import { formulae } from './markdown-formulae.ts'
import { headingIds } from './markdown-headings.ts'
import { markdownInHtml } from './markdown-html-blocks.ts'
import { kramdownHtml, kramdownHtmlThroughout } from './markdown-kramdown-html.ts'
import { kramdownQuotes, wideItems } from './markdown-kramdown-quotes.ts'
import { kramdownTables } from './markdown-kramdown-tables.ts'
import { spanHtml } from './markdown-span-html.ts'
import { taskLists } from './markdown-task-lists.ts'

export interface RenderedMarkdown {
  html: string
  /** The text of the level-one heading the body begins with, which is then no longer in `html`. */
  title: Field<string> | null
  /** The page of somebody else's that this heading leads to as a whole. */
  link: Field<string> | null
  /** Notes that were left out. */
  looseNotes: readonly LooseNote[]
}

/**
 * CommonMark with GitHub's tables, strikethrough, task lists, footnotes and bare addresses, with formulae as they are written and
 * other systems' boxes as quotes; HTML passes through, to be sanitised.
 */
function createMarkdown(extras: readonly MarkdownExtra[]): MarkdownIt {
  const markdown: MarkdownIt = new Markdown({ html: true })
    .use(linearFootnotes)
    .use(formulae)
    .use(admonitions)
    .use(headingIds)
    .use(taskLists)
    .use(bareAddresses)
    .use(codeTitles)
  for (const extra of extras) markdown.use(plugins[extra])
  // Addresses go to the sanitiser as they are written: it is their judge, makes them absolute, and says what it drops.
  markdown.validateLink = () => true
  markdown.normalizeLink = address => address
  markdown.normalizeLinkText = address => address
  return markdown
}

/** What some systems' Markdown has beside it: elsewhere the same signs are words. */
const plugins = {
  definitions: definitionLists,
  abbreviations,
  'html-blocks': markdownInHtml,
  'code-languages': codeLanguages,
  'code-marks': codeMarks,
  'kramdown-html': (markdown: MarkdownIt) =>
    markdown.use(kramdownQuotes).use(wideItems).use(spanHtml).use(kramdownHtml).use(kramdownTables),
  'kramdown-html-throughout': (markdown: MarkdownIt) =>
    markdown.use(kramdownQuotes).use(wideItems).use(spanHtml).use(kramdownHtmlThroughout).use(kramdownTables),
  // Of HTML Python-Markdown takes as much for one element as kramdown does, and `md_in_html` reads in it what kramdown reads.
  'python-html': (markdown: MarkdownIt) => markdown.use(wideItems).use(spanHtml).use(kramdownHtml),
  'indents-are-text': (markdown: MarkdownIt) => markdown.disable('code'),
} satisfies Record<MarkdownExtra, unknown>

const made = new Map<string, MarkdownIt>()

function markdownWith(extras: readonly MarkdownExtra[]): MarkdownIt {
  const key = extras.join()
  const known = made.get(key) ?? createMarkdown(extras)
  made.set(key, known)
  return known
}

/**
 * Renders Markdown.
 * @param text LF line ends; its line 1 is the file's
 * @param givenTitle what front matter calls the article: a heading that says the same is left out of the body; any other
 *   heading is taken out only where no title is given
 * @param extras what the Markdown of the folder's system has beside
 */
export function renderMarkdown(
  text: string,
  givenTitle: string | null,
  extras: readonly MarkdownExtra[] = [],
): RenderedMarkdown {
  const markdown = markdownWith(extras)
  const env = {}
  const tokens = markdown.parse(text, env)
  const [open, inline] = tokens
  let title: Field<string> | null = null
  let link: Field<string> | null = null
  if (open?.type === 'heading_open' && open.tag === 'h1' && inline) {
    const heading = plainInline(inline.children ?? [])
    if (heading !== '' && (givenTitle === null || sameWords(heading, givenTitle))) {
      const line = (open.map?.[0] ?? 0) + 1
      title = { value: heading, from: 'markup', confidence: 1, line }
      const address = wholeLink(inline.children ?? [])
      if (address !== null) link = { value: address, from: 'markup', confidence: 1, line }
      // As a title it would lose its pictures, and links that are not the article's.
      if (address !== null || !holdsMore(inline.children ?? [])) tokens.splice(0, 3)
    }
  }
  return {
    html: markdown.renderer.render(tokens, markdown.options, env),
    title,
    link,
    looseNotes: looseNotesOf(env),
  }
}

interface InlineToken {
  type: string
  content: string
  attrGet(name: string): string | number | null
}

/** Where a heading leads that is one link and nothing else. */
function wholeLink(tokens: readonly InlineToken[]): string | null {
  const solid = tokens.filter(({ type, content }) => type !== 'text' || content.trim() !== '')
  const [first] = solid
  if (first?.type !== 'link_open' || solid.at(-1)?.type !== 'link_close') return null
  if (solid.filter(({ type }) => type === 'link_open' || type === 'image').length > 1) return null
  const address = String(first.attrGet('href') ?? '')
  return /^https?:\/\//i.test(address) ? address : null
}

/** A link to a heading itself is its mark. */
const holdsMore = (tokens: readonly InlineToken[]): boolean =>
  tokens.some(
    token =>
      token.type === 'image' ||
      token.type === 'footnote_ref' ||
      (token.type === 'link_open' && !String(token.attrGet('href')).startsWith('#')),
  )

function plainInline(tokens: { type: string; content: string; children?: unknown }[]): string {
  return tokens
    .map(token => {
      if (token.type === 'softbreak' || token.type === 'hardbreak') return ' '
      return token.type === 'text' ||
        token.type === 'code_inline' ||
        token.type === 'text_special' ||
        token.type === 'image'
        ? token.content
        : ''
    })
    .join('')
    .trim()
}

const sameWords = (left: string, right: string) => fold(left) === fold(right)
/** Quotation marks and dashes are set by some programs as they are typed, by others as they are printed. */
const fold = (text: string) =>
  text
    .normalize('NFKC')
    .replace(/[\u2018\u2019]/g, "'")
    .replace(/[\u201c\u201d]/g, '"')
    .replace(/[\u2013\u2014]|--+/g, '-')
    .replace(/\s+/g, ' ')
    .trim()
    .toLowerCase()
