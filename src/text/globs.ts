import { createLruCache } from './lru-cache.ts'

/** What a glob is, for those who write one; the settings' reference says it. */
export const globGrammar =
  '`*` stands for any characters but `/`, `?` for one of them, `**/` for any folders or none, `**` for anything; `[a-z]` and `[!a-z]` for one character, `{md,txt}` for one of several, `\\` before a character for that character.'

/** Settings have some dozens; each is asked of every file. */
const compiled = createLruCache<string, RegExp>(1_000, () => 1)

/** Whether a path is meant by a glob: the one grammar of all settings, see `globGrammar`. */
export function matchesGlob(written: string, path: string): boolean {
  // No path of a folder begins so: `/a.md` and `./a.md` are `a.md`.
  const glob = path.startsWith('/') ? written : written.replace(/^(?:\.?\/)+/, '')
  const known = compiled.get(glob)
  if (known) return known.test(path)
  const expression = new RegExp(`^${patternOf(glob)}$`, 'su')
  compiled.set(glob, expression)
  return expression.test(path)
}

/** A glob as the source of an expression, for one that asks for more than it. */
export const globSource = (glob: string): string => patternOf(glob)

/** The folder that a glob's first wildcard lies in: `content/post/**` → `content/post`; empty where it is the root. */
export function globRoot(glob: string): string {
  const fixed = /^(?:\\.|[^\\*?[{])*/u.exec(glob)?.[0] ?? ''
  return fixed.slice(0, Math.max(0, fixed.lastIndexOf('/'))).replace(/\\(.)/gu, '$1')
}

const tokens = /\\[\s\S]|\*\*\/|\*+|\?|\[[!^]?\]?[^\]/]*\]|[$()+.[\\\]^{|},]/gu

function patternOf(glob: string): string {
  const choices = glob.includes('{') ? choicesIn(glob) : noChoices
  return glob.replace(tokens, (token, at: number) => {
    const choice = choices.get(at)
    if (choice !== undefined) return choice
    if (token === '**/') return startsPart(glob, at) ? '(?:.*/)?' : '[^/]*/'
    if (token === '**') return '.*'
    if (token.startsWith('*')) return '[^/]*'
    if (token === '?') return '[^/]'
    if (token.startsWith('[') && token.length > 1) return characterClass(token)
    return literalPattern(token.length > 1 ? token.slice(1) : token)
  })
}

const noChoices: ReadonlyMap<number, string> = new Map()

/** A text as a pattern that matches it alone. */
export const literalPattern = (text: string) => text.replace(/[$()*+./?[\\\]^{|}]/g, '\\$&')

const startsPart = (glob: string, at: number) => at === 0 || '/{,'.includes(glob[at - 1] ?? '')

/** `[!a-z]`; taken literally where it can't be a class, like `[z-a]`. A slash is never in it. */
function characterClass(token: string): string {
  const negated = /^\[[!^]/.test(token)
  const members = token.slice(negated ? 2 : 1, -1).replace(/[[\]\\^]/g, '\\$&')
  const written = `(?!/)[${negated ? '^' : ''}${members}]`
  try {
    new RegExp(written, 'u')
    return written
  } catch {
    return literalPattern(token)
  }
}

/** What the braces and commas of `{a,b}` are in an expression, by their place; braces without a comma, or without their other half, are none. */
function choicesIn(glob: string): Map<number, string> {
  const choices = new Map<number, string>()
  const open: { at: number; commas: number[] }[] = []
  for (const { 0: token, index } of glob.matchAll(tokens)) {
    if (token === '{') open.push({ at: index, commas: [] })
    else if (token === ',') open.at(-1)?.commas.push(index)
    else if (token === '}') {
      const group = open.pop()
      if (!group || group.commas.length === 0) continue
      choices.set(group.at, '(?:').set(index, ')')
      for (const comma of group.commas) choices.set(comma, '|')
    }
  }
  return choices
}
