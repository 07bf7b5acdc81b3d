import { type Diagnostic, diagnose } from '../model/diagnostic.ts'
import type { FrontMatter } from '../model/front-matter.ts'
import { readJavaScript } from '../systems/javascript-settings.ts'
import { isTelling, leadIn } from './draft-signs.ts'
import { readHeaderLines } from './front-matter-headers.ts'
import { readJsonFrontMatter } from './front-matter-json.ts'
import { readTomlFrontMatter } from './front-matter-toml.ts'
import { readYamlFrontMatter } from './front-matter-yaml.ts'

export interface SplitArticle {
  frontMatter: FrontMatter | null
  /** The text below, at the line where it stands in the file: as many line ends as the front matter has come before it. */
  body: string
  diagnostics: Diagnostic[]
}

/** What a reader of one kind gets: the text between the delimiters and the line it begins at (1-based). */
export interface FrontMatterBlock {
  text: string
  line: number
  path: string
}

/** Parts front matter (YAML `---`, TOML `+++`, JSON `{`, or `Key: value` lines) from the article below it. LF line ends. */
export function splitFrontMatter(
  text: string,
  path: string,
  options: { headers?: boolean } = {},
): SplitArticle {
  const split = splitBelow(leadIn(text), text, path, options)
  return split.frontMatter ? { ...split, frontMatter: { ...split.frontMatter, file: text } } : split
}

/**
 * Whether a text ends before its front matter does, as a file that is cut does: nothing but keys below the line that opens it, and a last
 * line that may be half a key. `draft: true` may have stood in what is lost.
 */
export function endsInFrontMatter(text: string): boolean {
  // All but the shortest texts have a blank line, and are asked nothing more.
  if (!/^(?:---|\+\+\+)[ \t]*(?:\n|$)/.test(text) || /\n[ \t]*\n/.test(text)) return false
  const lines = text.split('\n').slice(1)
  if (lines.some(line => /^[ \t]*(?:---|\.\.\.|\+\+\+)[ \t]*$/.test(line))) return false
  const last = lines.pop() ?? ''
  const isKey = (line: string) => /^(?:["']?[\w-][\w .-]*["']?[ \t]*[:=]|[ \t]+\S|-[ \t]|#)/.test(line)
  return lines.length === 0
    ? /^[\w-]*(?:[:=].*)?$/.test(last)
    : lines.every(line => isKey(line.slice(0, longestKey)))
}

/** UTF-16 code units: looking for the end of a key takes time in the square of them. */
const longestKey = 100

/**
 * Blank lines, characters without a shape and comments above front matter are nobody's text, and must not make text of what they stand
 * above: that would be a draft with `draft: true` for all to read. Below them it takes keys that articles have, for rules may stand there too.
 */
function splitBelow(above: string, text: string, path: string, options: { headers?: boolean }): SplitArticle {
  if (above === '') return splitByKind(text, path, options)
  const indented = /[ \t]$/.test(above)
  const split = splitByKind(text.slice(above.length), path, { ...options, indented })
  if (!split.frontMatter || !isTelling(split.frontMatter)) return splitByKind(text, path, options)
  const lines = above.split('\n').length - 1
  const moved = split.diagnostics.map(it => ({ ...it, line: it.line === null ? null : it.line + lines }))
  return {
    frontMatter: {
      ...split.frontMatter,
      lines: Object.fromEntries(
        Object.entries(split.frontMatter.lines).map(([key, line]) => [key, line + lines]),
      ),
      diagnostics: moved,
    },
    body: '\n'.repeat(lines) + split.body,
    diagnostics: moved,
  }
}

/** 1-based: where the value begins on the line of its key; null where it stands on later ones. */
export function columnOfValue({ file }: FrontMatter, line: number | null): number | null {
  if (file === undefined || line === null) return null
  const [upToValue, value = ''] =
    /^\s*(?:"[^"]*"\s*|'[^']*'\s*|[^\s"':=][^:=]*)[:=]\s*(.*)$/.exec(
      file.split('\n', line)[line - 1] ?? '',
    ) ?? []
  return upToValue === undefined || value === '' ? null : upToValue.length - value.length + 1
}

/** @param options `indented`: the line that opens it is, and so the one that closes it may be */
function splitByKind(
  text: string,
  path: string,
  { headers = false, indented = false }: { headers?: boolean; indented?: boolean },
): SplitArticle {
  if (/^---[ \t]*\n/.test(text)) {
    const closing = indented ? /^[ \t]*(?:---|\.\.\.)[ \t]*$/gm : /^(?:---|\.\.\.)[ \t]*$/gm
    return splitDelimited(text, path, closing, readYamlFrontMatter)
  }
  if (/^;;;[ \t]*\n/.test(text)) return splitDelimited(text, path, /^;;;[ \t]*$/gm, readHexoJson)
  const kind = /^---[ \t]?(json|toml|yaml|yml|js|javascript)[ \t]*\n/.exec(text)?.[1]
  if (kind) return splitNamed(kind, text, path)
  if (/^\+\+\+[ \t]*\n/.test(text))
    return splitDelimited(
      text,
      path,
      indented ? /^[ \t]*\+\+\+[ \t]*$/gm : /^\+\+\+[ \t]*$/gm,
      readTomlFrontMatter,
    )
  if (/^\{\s*"/.test(text)) return splitJson(text, path)
  if (headers) return splitUnopened(text, path) ?? splitHeaders(text)
  return { frontMatter: null, body: text, diagnostics: [] }
}

/** gray-matter's `---json` to `---`, which Eleventy has: https://www.11ty.dev/docs/data-frontmatter/#front-matter-formats */
function splitNamed(kind: string, text: string, path: string): SplitArticle {
  const readers: Record<string, BlockReader> = { toml: readTomlFrontMatter, json: readJsonBlock }
  const read = readers[kind] ?? (kind.startsWith('j') ? readProgramBlock : readYamlFrontMatter)
  return splitDelimited(text, path, /^---[ \t]*$/gm, read)
}

const readJsonBlock: BlockReader = ({ text, path }) => {
  const read = readJsonFrontMatter(text.trim(), path)?.frontMatter
  if (!read) return null
  const lines = Object.fromEntries(Object.entries(read.lines).map(([key, line]) => [key, line + 1]))
  const diagnostics = read.diagnostics.map(it => ({ ...it, line: it.line === null ? null : it.line + 1 }))
  return { ...read, lines, diagnostics }
}

/** Hexo's JSON, without the braces: https://hexo.io/docs/front-matter#JSON-Front-matter */
const readHexoJson: BlockReader = block =>
  readJsonBlock({ ...block, text: /^\s*\{/.test(block.text) ? block.text : `{${block.text}}` })

/** A program is not run; what it says of hiding is not known unless it is plain. */
const readProgramBlock: BlockReader = ({ text, path }) => {
  const { data, unknown, isTable } = readJavaScript(`export default ${text.trim()}`)
  if (isTable && unknown.length === 0) return { kind: 'json', values: data, lines: {}, diagnostics: [] }
  const problem = diagnose(
    'front-matter-invalid',
    { path, line: 1, column: 1 },
    'The front matter is a program, which is not run: the article is withheld.',
    'Write it as YAML.',
  )
  return { kind: 'json', values: { ...data, draft: true }, lines: {}, diagnostics: [problem] }
}

type BlockReader = (block: FrontMatterBlock) => FrontMatter | null

function splitDelimited(text: string, path: string, closing: RegExp, read: BlockReader): SplitArticle {
  const start = text.indexOf('\n') + 1
  closing.lastIndex = start
  const close = closing.exec(text)
  if (!close) return splitUnclosed(text, path, start, read)
  const frontMatter = read({ text: text.slice(start, close.index), line: 2, path })
  // Two thematic breaks with prose between them are not front matter.
  if (!frontMatter) return { frontMatter: null, body: text, diagnostics: [] }
  return {
    frontMatter,
    body: blankUpTo(text, close.index + close[0].length),
    diagnostics: frontMatter.diagnostics,
  }
}

/** Without the closing line, front matter is what looks like it: `key: value` lines up to the first blank one. */
function splitUnclosed(text: string, path: string, start: number, read: BlockReader): SplitArticle {
  const block = /^(?:[ \t]*[\w"'-][\w .-]*["']?[ \t]*[:=].*\n|[ \t]+\S.*\n|-[ \t].*\n)+/.exec(
    text.slice(start),
  )?.[0]
  const frontMatter = block ? read({ text: block, line: 2, path }) : null
  if (!block || !frontMatter) return { frontMatter: null, body: text, diagnostics: [] }
  const opening = text.slice(0, 3)
  const line = 2 + block.split('\n').length - 1
  const unclosed = diagnose(
    'front-matter-unclosed',
    { path, line, column: 1 },
    `The front matter that "${opening}" opens on line 1 is never closed: it was taken to end before line ${line}.`,
    `Write "${opening}" on a line of its own below the last key.`,
  )
  return {
    frontMatter,
    body: blankUpTo(text, start + block.length),
    diagnostics: [unclosed, ...frontMatter.diagnostics],
  }
}

function splitJson(text: string, path: string): SplitArticle {
  const read = readJsonFrontMatter(text, path)
  if (!read) return { frontMatter: null, body: text, diagnostics: [] }
  return {
    frontMatter: read.frontMatter,
    body: blankUpTo(text, read.end),
    diagnostics: read.frontMatter.diagnostics,
  }
}

/** Front matter whose opening line is wanting, which Hexo takes for what it is: keys that articles have, down to `---`. */
function splitUnopened(text: string, path: string): SplitArticle | null {
  const block = /^(?:[A-Za-z][\w-]*:(?:[ \t].*)?\n(?:[ \t]+\S.*\n|- .*\n)*)+(?=---[ \t]*(?:\n|$))/.exec(
    text.slice(0, longestBlock),
  )?.[0]
  const frontMatter = block ? readYamlFrontMatter({ text: block, line: 1, path }) : null
  if (!block || !frontMatter || !isTelling(frontMatter)) return null
  const end = text.indexOf('\n', block.length)
  return {
    frontMatter,
    body: blankUpTo(text, end === -1 ? text.length : end),
    diagnostics: frontMatter.diagnostics,
  }
}

/** UTF-16 code units: front matter is shorter. */
const longestBlock = 20_000

function splitHeaders(text: string): SplitArticle {
  const read = readHeaderLines(text)
  if (!read) return { frontMatter: null, body: text, diagnostics: [] }
  const frontMatter: FrontMatter = {
    kind: 'headers',
    values: read.values,
    lines: read.lines,
    diagnostics: [],
  }
  return { frontMatter, body: blankUpTo(text, read.end), diagnostics: [] }
}

/** Line numbers in the body stay those of the file. */
function blankUpTo(text: string, end: number): string {
  const above = text.slice(0, end)
  const below = text.slice(end)
  return above.replace(/[^\n]+/g, '') + below.replace(/^[ \t]+(?=\n|$)/, '')
}
