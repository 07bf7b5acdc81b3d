import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, posix, relative } from 'node:path'
import { parseSync } from 'vite'
import { expect, test } from 'vitest'
import manifest from '../package.json' with { type: 'json' }

/** Rung by rung: a room may import rooms below its own rung, and itself. */
const rungs = [
  ['text'],
  ['model'],
  // Bytes of sound and pictures in, facts out: whoever checks a cover or writes a page may ask.
  ['media'],
  ['settings', 'html', 'catalog', 'documents', 'store', 'source', 'doctor'],
  ['systems', 'page-text'],
  // Above the other readers, for it hands each file to the one that reads it.
  ['parse'],
  ['publish', 'http', 'push'],
  ['runtimes'],
  ['index.ts'],
]
/** The only files outside `runtimes/` that know Node. */
const platform = ['source/folder.ts']
/** What an installed package brings along; the last is the publication that a deployment puts in place. */
// The package may name itself, in what it writes for others.
const declared = [...Object.keys(manifest.dependencies), manifest.name]
const feedDoor = 'documents/feed-library.ts'

interface SourceText {
  path: string
  text: string
}

/** Every broken rule, in words; empty where all is well. */
function brokenRules(files: SourceText[]): string[] {
  return files.flatMap(({ path, text }) =>
    importsOf(text).flatMap(specifier => {
      if (!specifier.startsWith('.')) return packageRules(path, specifier)
      const target = posix.join(posix.dirname(path), specifier)
      const [from, to] = [roomOf(path), roomOf(target)]
      if (from === to) return []
      return rungOf(to) < rungOf(from) ? [] : [`${path}: ${from} must not import ${to} (${specifier})`]
    }),
  )
}

function packageRules(path: string, specifier: string): string[] {
  const broken: string[] = []
  const known = platform.includes(path) || path.startsWith('runtimes/')
  if (specifier.startsWith('node:') && !known)
    broken.push(`${path}: only the rim knows the platform (${specifier})`)
  const name = /^(?:@[^/]+\/)?[^/]+/.exec(specifier)![0]
  if (!specifier.startsWith('node:') && !declared.includes(name))
    broken.push(`${path}: package.json does not name ${name} as a dependency`)
  if (specifier === 'feed' && path !== feedDoor) broken.push(`${path}: only ${feedDoor} imports feed`)
  return broken
}

function importsOf(text: string): string[] {
  const statements =
    /^\s*(?:import|export)\b[^'"]*?from\s*['"]([^'"]+)['"]|\bimport\s*\(\s*['"]([^'"]+)['"]|^\s*import\s*['"]([^'"]+)['"]/gm
  return [...text.matchAll(statements)].map(match => (match[1] ?? match[2] ?? match[3])!)
}

const roomOf = (path: string) => path.split('/')[0]!
const rungOf = (room: string) => {
  const rung = rungs.findIndex(rooms => rooms.includes(room))
  return rung === -1 ? Number.NaN : rung
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter(entry => entry.isFile() && entry.name.endsWith('.ts'))
    .map(entry => join(entry.parentPath, entry.name))
}

const root = join(dirname(import.meta.dirname), 'src')
const sources = filesBelow(root).map(path => ({
  path: relative(root, path).split('\\').join('/'),
  text: readFileSync(path, 'utf8'),
}))

test('imports fall one way, and the platform stays at the rim', () => {
  expect(sources.length).toBeGreaterThan(5)
  expect(brokenRules(sources)).toEqual([])
})

/** Exported functions and values of one name, with their files; who searches for a name finds one thing. */
function namesakes(files: SourceText[]): string[] {
  const places = new Map<string, string[]>()
  for (const { path, text } of files)
    for (const [, name] of text.matchAll(/^export (?:async )?(?:function\*?|const|let|class) (\w+)/gm))
      places.set(name!, [...(places.get(name!) ?? []), path])
  return [...places].flatMap(([name, paths]) => (paths.length > 1 ? [`${name}: ${paths.join(', ')}`] : []))
}

test('an exported name means one thing', () => {
  expect(namesakes(sources)).toEqual([])
})

test.each([
  ['functions', 'export function same() {}', 'export async function same() {}'],
  ['a function and a value', 'export function same() {}', 'export const same = () => {}'],
])('%s of one name are found', (_, one, other) => {
  const files = [
    { path: 'text/x.ts', text: one },
    { path: 'http/y.ts', text: `const a = 1\n${other}` },
  ]
  expect(namesakes(files)).toEqual(['same: text/x.ts, http/y.ts'])
})

/** Errors that are none of the family, or whose name is not their class's: what tells one from another is its name. */
function strayErrors(files: SourceText[]): string[] {
  return files.flatMap(({ path, text }) =>
    [...text.matchAll(/class (\w+) extends (\w*Error)\b[^{]*\{\n?([^\n]*)/g)].flatMap(
      ([, name, parent, first]) => {
        if (name === 'BroadsheetError') return []
        const isOurs = parent === 'BroadsheetError' && first?.includes(`override readonly name = '${name}'`)
        return isOurs ? [] : [`${path}: ${name}`]
      },
    ),
  )
}

test('errors are one family, each with a name of its own', () => {
  expect(strayErrors(sources)).toEqual([])
  const other = "class OtherError extends BroadsheetError {\n  override readonly name = 'AnotherError'\n}"
  expect(strayErrors([{ path: 'x.ts', text: `class PlainError extends Error {}\n${other}` }])).toEqual([
    'x.ts: PlainError',
    'x.ts: OtherError',
  ])
})

test.each([
  ['a room importing its neighbour', 'html/x.ts', "import { a } from '../catalog/y.ts'"],
  ['a low room importing a high one', 'text/x.ts', "import type { A } from '../model/y.ts'"],
  ['an export that imports', 'http/x.ts', "export { a } from '../publish/y.ts'"],
  ['a dynamic import', 'http/x.ts', "const a = await import('../runtimes/node.ts')"],
  ['a node: module in the middle', 'parse/x.ts', "import { readFileSync } from 'node:fs'"],
  ['a second door to feed', 'documents/x.ts', "import { Feed } from 'feed'"],
  ['a package that nobody installs', 'text/x.ts', "import { a } from 'left-pad'"],
  ['a room nobody knows', 'utils/x.ts', "import { a } from '../text/y.ts'"],
])('%s is found', (_, path, text) => {
  expect(brokenRules([{ path, text }])).toHaveLength(1)
})

interface SyntaxNode {
  type: string
  start: number
  end: number
  body?: unknown
}

/** Every node of a file's syntax tree. */
function syntaxNodes({ path, text }: SourceText): SyntaxNode[] {
  const nodes: SyntaxNode[] = []
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return
    if ('type' in value) nodes.push(value as SyntaxNode)
    for (const name in value) visit((value as Record<string, unknown>)[name])
  }
  visit(parseSync(path, text).program.body)
  return nodes
}

/** How often a file says that something is there (`x!`) which the types can't know, and nothing looks. */
const assertionsIn = (file: SourceText) =>
  /[\w$)\]]!/.test(file.text)
    ? syntaxNodes(file).filter(({ type }) => type === 'TSNonNullExpression').length
    : 0

const maxFunctionLines = 80

/** Functions longer than a person takes in at once; the lines of what is defined in them count too. */
function longFunctions(file: SourceText): string[] {
  const linesIn = (start: number, end: number) => file.text.slice(start, end).split('\n').length
  if (linesIn(0, file.text.length) <= maxFunctionLines) return []
  return syntaxNodes(file).flatMap(({ type, start, end, body }) =>
    /Function(?:Declaration|Expression)$/.test(type) && body && linesIn(start, end) > maxFunctionLines
      ? [`${file.path}:${linesIn(0, start)}: ${linesIn(start, end)} lines`]
      : [],
  )
}

test('few places assert what the types do not know, and no new ones come', () => {
  const counts = sources.map(file => ({ path: file.path, count: assertionsIn(file) }))
  const total = counts.reduce((sum, { count }) => sum + count, 0)
  const shown = counts.flatMap(({ path, count }) => (count > 0 ? `${path}: ${count}` : [])).join('\n')
  // To be lowered with every one that goes: a check that throws, a pair in place of two lists, a type that knows.
  expect(total, shown).toBeLessThanOrEqual(130)
})

test('an assertion is found in whatever it stands', () => {
  const text = "const a = (b![0]! as string) + [c!.d] // e!\nconst f = 'g!'\nif (!h || i !== j) k()"
  expect(assertionsIn({ path: 'x.ts', text })).toBe(3)
})

test('a function fits on a screen or two', () => {
  expect(sources.flatMap(longFunctions)).toEqual([])
})

test.each([
  ['a function', `function f() {${'\n'.repeat(maxFunctionLines)}}`],
  ['a method', `class A { m() {${'\n'.repeat(maxFunctionLines)}} }`],
  ['an arrow', `const f = () => {${'\n'.repeat(maxFunctionLines)}}`],
])('%s that is too long is found', (_, text) => {
  expect(longFunctions({ path: 'x.ts', text })).toEqual(['x.ts:1: 81 lines'])
  expect(longFunctions({ path: 'x.ts', text: text.replace('\n', '') })).toEqual([])
})
