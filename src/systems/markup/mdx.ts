import { speaksOfEncryption, speaksOfSecrecy } from '../../html/members-only.ts'
import { beforeFirst } from '../../text/before-first.ts'
import { escapeHtmlAttribute } from '../../text/escape.ts'
import { formulaRanges } from '../../text/formulae.ts'
import { linesInOrder } from '../../text/text-place.ts'
import { codeRanges, rangeTest } from './markdown-code-ranges.ts'
import { withoutIndentedCode } from './mdx-indentation.ts'
import { shownComponent } from './shown-embeds.ts'

/** Something of a program in a text, and its line. */
export interface MdxPart {
  /** As it is written, up to the line's end. */
  text: string
  /** 1-based. */
  line: number
}

export interface MdxText {
  /** Every line is the line of the same number in the file. */
  text: string
  /** `import` and `export`. */
  modules: MdxPart[]
  /** What only a program could have filled in. */
  expressions: MdxPart[]
  /** `<Chart … />`: nothing is known of what it shows. */
  components: MdxPart[]
}

/**
 * Takes out of an MDX file what is not Markdown (https://mdxjs.com/docs/what-is-mdx/): modules, comments `{/* … *\/}`, and expressions,
 * of which those that are plain texts stay. Pictures that are imported get their files' paths, plain values that are exported their
 * value. Components are left to the sanitiser, which keeps the words inside them; films stay as links. Code is not touched.
 * @param page front matter, which expressions may show
 */
export function withoutMdxPrograms(source: string, page: Record<string, unknown> = {}): MdxText {
  const { text, modules } = withoutMdxModules(withoutIndentedCode(source))
  const { text: open, components: secret } = withoutSecrets(text)
  const { text: plain, expressions } = withoutExpressions(open, namesIn(modules, page))
  const { text: shown, components } = withoutLoneComponents(linksOf(picturesOf(plain)))
  return {
    text: openedForMarkdown(withEndTags(shown)),
    components: [...secret, ...components],
    modules,
    expressions,
  }
}

const element = /<(\/?)([A-Z][\w.]*)((?:\s(?:[^<>"'{}]|"[^"]*"|'[^']*'|\{[^{}]*\})*)?)>/g

/** What components enclose that are called so (`<MembersOnly>`, `<Site.Draft>`), however their tags are broken into lines. */
function withoutSecrets(text: string): { text: string; components: MdxPart[] } {
  const components: MdxPart[] = []
  const isNamed = (name: string) => speaksOfEncryption(name) || name.split('.').some(speaksOfSecrecy)
  const tags = [...text.matchAll(element)].filter(
    ([, , name = '', given = '']) => !given.endsWith('/') && isNamed(name),
  )
  if (tags.length === 0) return { text, components }
  const isCode = rangeTest(codeRanges(text))
  const lineOf = linesInOrder(text)
  const out: string[] = []
  let at = 0
  let depth = 0
  let [start, within] = [0, '']
  for (const { 0: tag, 1: slash, 2: name = '', index } of tags) {
    if (isCode(index) || (depth > 0 && name !== within)) continue
    if (slash === '' && depth++ === 0) [start, within] = [index, name]
    else if (slash === '/' && depth > 0 && --depth === 0) {
      const end = index + tag.length
      components.push({ text: `<${name}`, line: lineOf(start) })
      out.push(text.slice(at, start), text.slice(start, end).replace(/[^\n]/g, ''))
      at = end
    }
  }
  return { text: out.join('') + text.slice(at), components }
}

/**
 * Blocks that begin with `import` or `export` outside of code, up to the next blank line, or to where their brackets close.
 * Line numbers stay.
 */
function withoutMdxModules(text: string): { text: string; modules: MdxPart[] } {
  const modules: MdxPart[] = []
  let fence: string | null = null
  let inModule = false
  /** Of a value over several paragraphs: the line that closes it. Null after one that nothing closes: brackets mean nothing here. */
  let closing: number | null = -1
  let afterBlank = true
  const written = text.split('\n')
  const lines = written.map((line, index) => {
    const blank = line.trim() === ''
    const mark = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1] ?? null
    if (fence !== null) {
      if (mark?.startsWith(fence)) fence = null
      return line
    }
    if (blank) inModule = index < (closing ?? -1)
    else if ((inModule ? index > (closing ?? -1) : afterBlank) && /^(?:import|export)\s/.test(line)) {
      inModule = true
      closing = closing === null ? null : closingLine(written, index)
      modules.push({ text: line.trim(), line: index + 1 })
    }
    afterBlank = blank
    if (inModule) return ''
    if (mark) fence = mark
    return line
  })
  return { text: lines.join('\n'), modules }
}

/** The line where the brackets that a module opens are closed. */
function closingLine(lines: string[], first: number): number | null {
  let depth = 0
  for (let index = first; index < lines.length; index++) {
    const line = (lines[index] ?? '').replace(stringOrRemark, '')
    for (const [mark] of line.matchAll(/[()[\]{}]/g)) depth += '([{'.includes(mark) ? 1 : -1
    if (depth <= 0) return index
  }
  return null
}

const stringOrRemark = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`(?:[^`\\]|\\.)*`|\/\/.*$|\/\*.*?\*\//g

/** `import hero from './hero.png'`, `export const year = 2026`, `frontmatter.title`: names that stand for a file or a plain value. */
function namesIn(modules: MdxPart[], page: Record<string, unknown>): ReadonlyMap<string, string> {
  const ofPage = Object.entries(page).filter(([, value]) => typeof value === 'string')
  return new Map([
    // Astro's and Docusaurus's name for it.
    ...ofPage.flatMap(([key, value]): [string, string][] => [
      [`frontmatter.${key}`, String(value)],
      [`frontMatter.${key}`, String(value)],
    ]),
    ...modules.flatMap(({ text }): [string, string][] => {
      const match =
        /^import\s+([\w$]+)\s+from\s+["']([^"']+)["']/.exec(text) ??
        /^export\s+const\s+([\w$]+)\s*=\s*(?:["'`]([^"'`\\${}<>]*)["'`]|(\d+(?:\.\d+)?))\s*;?$/.exec(text)
      return match?.[1] ? [[match[1], match[2] ?? match[3] ?? '']] : []
    }),
  ])
}

const isMark = (inside: string) => /^\s*\/\*\s*truncate\s*\*\/\s*$/.test(inside)
const isComment = (inside: string) => /^\s*\/\*[\s\S]*\*\/\s*$/.test(inside)
const quoted = /^\s*(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|`((?:[^`\\$]|\\.|\$(?!\{))*)`)\s*$/
/** Docusaurus's, VitePress's and Gatsby's calls around a path from the site's root. */
const withBase = /^\s*(?:useBaseUrl|withBase|withPrefix)\(\s*(["'`])([^"'`]+)\1\s*\)\s*$/
/** Docusaurus's pictures for light and dark pages: `sources={{ light: a, dark: b }}`. */
const themed = /^\s*\{\s*light\s*:([\s\S]+?),\s*dark\s*:/
const required = /^\s*require\(\s*["']([^"']+)["']\s*\)(?:\.default)?\s*$/

function withoutExpressions(text: string, names: ReadonlyMap<string, string>) {
  const expressions: MdxPart[] = []
  if (!text.includes('{')) return { text, expressions }
  const isCode = rangeTest(codeRanges(text))
  const isFormula = rangeTest(formulaRanges(text, offset => !isCode(offset)))
  const inCode = (at: number) => isCode(at) || isFormula(at)
  const lineOf = linesInOrder(text)
  const out: string[] = []
  /** The end of what is out, as far as a tag may reach back. */
  let tail = ''
  let at = 0
  for (let start = text.indexOf('{'); start !== -1; start = text.indexOf('{', start + 1)) {
    if (start < at || inCode(start) || text[start - 1] === '\\' || isHeadingId(text, start)) continue
    const end = endOfExpression(text, start)
    if (end === null) break
    const inside = text.slice(start + 1, end - 1)
    const attribute = /[\w:-]+=$/.exec(text.slice(Math.max(at, start - 60), start))?.[0] ?? null
    // Docusaurus parts the summary from the rest so.
    const light = attribute === 'sources=' ? themed.exec(inside)?.[1] : undefined
    const value = isMark(inside) ? '<!-- truncate -->' : plainValue(light ?? inside, names)
    const inTag = openTag.test(tail + text.slice(at, start).slice(-farthestTag))
    const hiding = inTag && attribute !== null && isHiding(attribute.slice(0, -1), inside)
    const quotedValue = `"${escapeHtmlAttribute(value ?? '')}"`
    const written =
      attribute === null ? (value ?? '') : light === undefined ? quotedValue : `src=${quotedValue}`
    const lost = inTag && (attribute === null || value === null) ? leftOut : written
    const shown = hiding ? 'hidden' : lost
    const from =
      attribute !== null && (shown !== written || light !== undefined) ? start - attribute.length : start
    if (value === null && !isComment(inside) && !inTag)
      expressions.push({ text: beforeFirst(text.slice(start, end), '\n'), line: lineOf(start) })
    // As many line ends as before.
    const ends = (inTag ? `\n${leftOut}` : '\n').repeat(count(inside) - count(shown))
    const piece = text.slice(at, from) + shown + ends
    out.push(piece)
    tail = (tail + piece).slice(-farthestTag)
    at = end
  }
  return { text: out.join('') + text.slice(at), expressions }
}

/** The end of a text that stands inside of a tag, and how far back that may begin. */
const openTag = /<[A-Za-z][\w.:-]*(?:\s[^<>]*)?$/
const farthestTag = 4_000

/** Holds an attribute's place: a blank line would end the tag for Markdown, and the rest of it would be text. The sanitiser takes it out. */
const leftOut = 'data-left-out'

/** `hidden={true}`, `style={{display: 'none'}}`. What a program alone knows may hide. */
const isHiding = (attribute: string, inside: string) =>
  attribute === 'hidden'
    ? !/^\s*(?:false|null|undefined|["'`]until-found["'`])\s*$/.test(inside)
    : attribute === 'style' &&
      /\b(?:display["']?\s*:\s*["'`]\s*none|visibility["']?\s*:\s*["'`]\s*(?:hidden|collapse))\b/i.test(
        inside,
      )

/** `## Heading {#id}` is Docusaurus's way to name a heading. */
const isHeadingId = (text: string, start: number) =>
  /^\{#[\w-]+\}[ \t]*$/m.test(beforeFirst(text.slice(start, start + 80), '\n'))

const count = (text: string) => Math.max(0, text.split('\n').length - 1)

/** A text, a number or a file, or what a name stands for; null where only a program knows. */
function plainValue(inside: string, names: ReadonlyMap<string, string>): string | null {
  const [, double, single, template] = quoted.exec(inside) ?? []
  const text = double ?? single ?? template
  if (text !== undefined) return text.replace(/\\(.)/g, '$1')
  const [, path] = required.exec(inside) ?? []
  if (path !== undefined) return path
  const rooted = withBase.exec(inside)?.[2]
  if (rooted !== undefined) return rooted
  const name = inside.trim().replace(/\.(?:src|default)$/, '')
  return names.get(name) ?? (/^\d+$/.test(name) ? name : null)
}

/** Past the brace that closes; null where none does. */
function endOfExpression(text: string, start: number): number | null {
  const piece = /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\[\s\S])*`|\/\*[\s\S]*?\*\/|[\s\S]/y
  let depth = 0
  piece.lastIndex = start
  for (let found = piece.exec(text); found; found = piece.exec(text)) {
    if (found[0] === '{') depth++
    else if (found[0] === '}' && --depth === 0) return piece.lastIndex
    if (piece.lastIndex - start > 20_000) return null
  }
  return null
}

/** A component that is shown a picture's file shows it: `<Image src="…" alt="…" />`. */
const picture =
  /<([A-Z]\w*)\b([^<>]*?\bsrc="[^"]+\.(?:png|jpe?g|webp|avif|gif|svg)(?:[?#][^"]*)?"[^<>]*?)\/>/g
const picturesOf = (text: string) => text.replace(picture, '<img$2/>')

const linkTag = /<(\/?)(?:Nav)?Link(?=[\s>])((?:[^<>"']|"[^"]*"|'[^']*')*)>/g
/** Links of Docusaurus, Gatsby, Next and React: HTML has another element of that name, which holds nothing. */
function linksOf(text: string): string {
  if (text.search(linkTag) === -1) return text
  const isCode = rangeTest(codeRanges(text))
  return text.replace(linkTag, (found, slash: string, given: string, at: number) =>
    isCode(at) ? found : `<${slash}a${given.replace(/(\s)to=/, '$1href=')}>`,
  )
}

const component = /<([A-Z][\w.]*)(\s(?:[^<>"']|"[^"]*"|'[^']*')*)?\/>/g
const attribute = /([\w-]+)=(?:"([^"]*)"|'([^']*)')/g

/** Components with nothing inside: of films and the like a link stays; of all others nothing is known, and they are told. */
export function withoutLoneComponents(source: string): { text: string; components: MdxPart[] } {
  const components: MdxPart[] = []
  if (source.search(component) === -1) return { text: source, components }
  const isCode = rangeTest(codeRanges(source))
  const lineOf = linesInOrder(source)
  const text = source.replace(component, (found: string, name: string, given = '', at: number) => {
    if (isCode(at)) return found
    const named = Object.fromEntries(
      [...given.matchAll(attribute)].map(([, key, double, single]) => [key, double ?? single ?? '']),
    )
    const shown = shownComponent(name, named)
    if (shown !== null) return shown + '\n'.repeat(count(found))
    components.push({ text: `<${name}`, line: lineOf(at) })
    // For HTML it would have no end, and be an element of its own: `<Button />`, `<Code />`, `<Select />`.
    return '\n'.repeat(count(found))
  })
  return { text, components }
}

/** Components that are called as elements of HTML which hold nothing to read: their words stay. */
const namesake =
  /<(\/?)(Button|Select|Option|Textarea|Datalist|Canvas|Frame|Object|Embed|Title|Head|Area|Portal|Param)(?=[\s/>])/g
/** A tag that has its line for itself. */
const loneTag =
  /^([ \t]*)(<\/?(?:[A-Z][\w.]*|x-[a-z]+|div|span|section|article|aside|details|center|figure|figcaption|blockquote|a)(?:\s(?:[^<>"'\n]|"[^"\n]*"|'[^'\n]*')*)?>)[ \t]*$/gm

/** Components by names that no element of HTML has. */
export function withoutNamesakes(source: string): string {
  if (source.search(namesake) === -1) return source
  const isCode = rangeTest(codeRanges(source))
  return source.replace(namesake, (found, slash: string, name: string, at: number) =>
    isCode(at) ? found : `<${slash}x-${name.toLowerCase()}`,
  )
}

const closedInItself = /<([a-z][\w-]*)((?:\s(?:[^<>"']|"[^"]*"|'[^']*')*)?)\/>/g
const withoutEnd = new Set('area base br col embed hr img input link meta param source track wbr'.split(' '))

/** `<iframe … />`, `<div />`: for HTML they have no end, and take in what stands behind them. */
export function withEndTags(source: string): string {
  if (source.search(closedInItself) === -1) return source
  const isCode = rangeTest(codeRanges(source))
  return source.replace(closedInItself, (found, tag: string, given: string, at: number) =>
    withoutEnd.has(tag) || isCode(at) ? found : `<${tag}${given.trimEnd()}></${tag}>`,
  )
}

/** `<>…</>`, which only holds things together. */
function withoutFragments(source: string): string {
  if (!/<\/?>/.test(source)) return source
  const isCode = rangeTest(codeRanges(source))
  return source.replace(/(?<!\\)<\/?>/g, (found, at: number) => (isCode(at) ? found : ''))
}

/** What stands between the tags of elements is Markdown in MDX, blank lines or none: a remark before a tag ends its block of HTML for Markdown. */
function openedForMarkdown(source: string): string {
  const renamed = withoutFragments(withoutNamesakes(source))
  if (renamed.search(loneTag) === -1) return renamed
  const inCode = rangeTest(codeRanges(renamed))
  return renamed.replace(loneTag, (found, indent: string, tag: string, at: number) =>
    inCode(at + indent.length) ? found : `${indent}<!---->${tag}`,
  )
}
