import { beforeFirst } from '../../text/before-first.ts'
import { captures } from '../../text/captures.ts'
import { escapeHtmlAttribute } from '../../text/escape.ts'
import { formulaRanges } from '../../text/formulae.ts'
import { lineAt } from '../../text/text-place.ts'
import { codeRanges, rangeTest } from './markdown-code-ranges.ts'

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
}

/**
 * Takes out of an MDX file what is not Markdown (https://mdxjs.com/docs/what-is-mdx/): modules, comments `{/* … *\/}`, and expressions,
 * of which those that are plain texts stay. Pictures that are imported get their files' paths. Components are left to the
 * sanitiser, which keeps the words inside them. Code is not touched.
 */
export function withoutMdxPrograms(source: string): MdxText {
  const { text, modules } = withoutMdxModules(source)
  const imports = importsIn(modules)
  const { text: plain, expressions } = withoutExpressions(text, imports)
  return { text: picturesOf(plain), modules, expressions }
}

/** Blocks that begin with `import` or `export` outside of code, up to the next blank line. Line numbers stay. */
function withoutMdxModules(text: string): { text: string; modules: MdxPart[] } {
  const modules: MdxPart[] = []
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
    } else if (inModule && /^import\s/.test(line)) modules.push({ text: line.trim(), line: index + 1 })
    afterBlank = blank
    if (inModule) return ''
    if (mark) fence = mark
    return line
  })
  return { text: lines.join('\n'), modules }
}

/** `import hero from './hero.png'`: the names of files. */
function importsIn(modules: MdxPart[]): ReadonlyMap<string, string> {
  return new Map(
    modules.flatMap(({ text }) => {
      const match = /^import\s+([\w$]+)\s+from\s+["']([^"']+)["']/.exec(text)
      return match ? [captures(match, 2)] : []
    }),
  )
}

const isMark = (inside: string) => /^\s*\/\*\s*truncate\s*\*\/\s*$/.test(inside)
const isComment = (inside: string) => /^\s*\/\*[\s\S]*\*\/\s*$/.test(inside)
const quoted = /^\s*(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|`((?:[^`\\$]|\\.|\$(?!\{))*)`)\s*$/
const required = /^\s*require\(\s*["']([^"']+)["']\s*\)(?:\.default)?\s*$/

function withoutExpressions(text: string, imports: ReadonlyMap<string, string>) {
  const expressions: MdxPart[] = []
  if (!text.includes('{')) return { text, expressions }
  const isCode = rangeTest(codeRanges(text))
  const isFormula = rangeTest(formulaRanges(text, offset => !isCode(offset)))
  const inCode = (at: number) => isCode(at) || isFormula(at)
  let out = ''
  let at = 0
  for (let start = text.indexOf('{'); start !== -1; start = text.indexOf('{', start + 1)) {
    if (start < at || inCode(start) || text[start - 1] === '\\' || isHeadingId(text, start)) continue
    const end = endOfExpression(text, start)
    if (end === null) break
    const inside = text.slice(start + 1, end - 1)
    const attribute = /[\w:-]+=$/.exec(text.slice(Math.max(at, start - 60), start))?.[0] ?? null
    // Docusaurus parts the summary from the rest so.
    const value = isMark(inside) ? '<!-- truncate -->' : plainValue(inside, imports)
    const inTag = openTag.test(out.slice(-farthestTag) + text.slice(at, start))
    const hiding = inTag && attribute !== null && isHiding(attribute.slice(0, -1), inside)
    const written = attribute === null ? (value ?? '') : `"${escapeHtmlAttribute(value ?? '')}"`
    const lost = inTag && (attribute === null || value === null) ? leftOut : written
    const shown = hiding ? 'hidden' : lost
    const from = attribute !== null && shown !== written ? start - attribute.length : start
    if (value === null && !isComment(inside) && !inTag)
      expressions.push({ text: beforeFirst(text.slice(start, end), '\n'), line: lineAt(text, start) })
    // As many line ends as before.
    const ends = (inTag ? `\n${leftOut}` : '\n').repeat(count(inside) - count(shown))
    out += text.slice(at, from) + shown + ends
    at = end
  }
  return { text: out + text.slice(at), expressions }
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

/** A text, a number or a file; null where only a program knows. */
function plainValue(inside: string, imports: ReadonlyMap<string, string>): string | null {
  const [, double, single, template] = quoted.exec(inside) ?? []
  const text = double ?? single ?? template
  if (text !== undefined) return text.replace(/\\(.)/g, '$1')
  const [, path] = required.exec(inside) ?? []
  if (path !== undefined) return path
  const name = inside.trim().replace(/\.(?:src|default)$/, '')
  return imports.get(name) ?? (/^\d+$/.test(name) ? name : null)
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
