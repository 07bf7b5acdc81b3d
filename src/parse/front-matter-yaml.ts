import { isMap, isScalar, LineCounter, parseDocument } from 'yaml'
import { type Diagnostic, diagnose } from '../model/diagnostic.ts'
import type { FrontMatter } from '../model/front-matter.ts'
import { beforeFirst } from '../text/before-first.ts'
import type { FrontMatterBlock } from './front-matter.ts'
import { readPlainFrontMatter } from './front-matter-plain.ts'
import { readYamlTolerantly } from './front-matter-tolerant.ts'
import { plainYaml } from './yaml-values.ts'

/** The strict parser takes seconds for what is hostile, and no front matter is nearly as long. */
const maxLength = 30_000

/**
 * Reads YAML front matter: by the `yaml` package, and where that has to reject it, key by key. Scalars stay what is
 * written: a date is a string, and so is a number that would not be printed back as it stands (`1.10`, `007`).
 * Null where the block is not a mapping at all.
 */
export function readYamlFrontMatter(block: FrontMatterBlock): FrontMatter | null {
  const plain = readPlainFrontMatter(block.text)
  if (!plain) return readWithParser(block)
  const lines = Object.fromEntries(Object.entries(plain.lines).map(([key, at]) => [key, block.line + at]))
  return { kind: 'yaml', values: plain.values, lines, diagnostics: [] }
}

/** The same by the `yaml` package, whatever is in the block. */
export function readWithParser(block: FrontMatterBlock): FrontMatter | null {
  if (block.text.length > maxLength)
    return readYamlTolerantly(
      block,
      { path: block.path, line: block.line },
      `it is longer than ${maxLength} characters`,
    )
  const counter = new LineCounter()
  const document = parseDocument(block.text, {
    version: '1.2',
    schema: 'core',
    merge: true,
    uniqueKeys: false,
    strict: false,
    prettyErrors: false,
    lineCounter: counter,
    logLevel: 'silent',
  })
  const { contents, errors } = document
  const [error] = errors
  if (error) {
    const { line, col } = counter.linePos(error.pos[0])
    const place = { path: block.path, line: block.line + line - 1, column: col }
    return readYamlTolerantly(block, place, firstSentence(error.message))
  }
  if (contents === null) return { kind: 'yaml', values: {}, lines: {}, diagnostics: [] }
  if (!isMap(contents)) return null
  const lines: Record<string, number> = {}
  const diagnostics: Diagnostic[] = []
  for (const { key } of contents.items) {
    if (!isScalar(key) || !key.range) continue
    const { line, col } = counter.linePos(key.range[0])
    const name = String(key.value)
    const at = block.line + line - 1
    if (Object.hasOwn(lines, name))
      diagnostics.push(
        diagnose(
          'front-matter-tolerated',
          { path: block.path, line: at, column: col },
          `"${name}" stands twice in the front matter, first on line ${lines[name]}: this one counts.`,
          'Remove one of the two.',
        ),
      )
    lines[name] = at
  }
  const values = plainYaml(contents) as Record<string, unknown>
  return { kind: 'yaml', values, lines, diagnostics }
}

const firstSentence = (message: string) =>
  beforeFirst(message, '\n')
    .replace(/\s+at line \d+.*$/, '')
    .replace(/[.:]$/, '')
