/** A word, a sign or a literal of a program's text. */
export interface Token {
  kind: 'name' | 'number' | 'text' | 'template' | 'regex' | 'sign' | 'end'
  text: string
  at: number
  /** Whether a line begins before it. */
  isFirst: boolean
  /** Of a bracket: where the token is that closes it, or the last of all; else -1. */
  pair: number
}

const blank = /(?:\s|\/\/[^\n]*|\/\*(?:[^*]|\*(?!\/))*(?:\*\/|$))+/y
const name = /[\p{ID_Start}$_#@][\p{ID_Continue}$\u200c\u200d]*/uy
const number = /(?:0[xXbBoO][\da-fA-F_]+|\d[\d_]*(?:\.[\d_]*)?(?:[eE][+-]?\d+)?|\.\d[\d_]*)n?/y
const text = /"(?:[^"\\\n]|\\[\s\S])*"?|'(?:[^'\\\n]|\\[\s\S])*'?/y
/** So long is an expression between slashes at most: what is longer is a division, and looked through no further. */
const regex = /\/(?![*/])(?:[^/\\\n[]|\\[^\n]|\[(?:[^\]\\\n]|\\[^\n]){0,60}\]){1,200}\/[a-z]*/y
// `>` always stands alone: it may end the parameters of a type.
const sign =
  /=>|\.\.\.|[=!]==?|<=|>=|&&=|\|\|=|\?\?=|&&|\|\||\?\?|\?\.(?!\d)|\*\*|\+\+|--|[-+*/%&|^]=|[\s\S]/y

const closing: Record<string, string> = { '(': ')', '[': ']', '{': '}' }

/** The tokens of JavaScript or TypeScript, in one pass; what is nonsense becomes signs. The last is the end. */
export function tokensOf(source: string): Token[] {
  const tokens: Token[] = []
  const open: number[] = []
  let at = 0
  const take = (pattern: RegExp): string | null => {
    pattern.lastIndex = at
    return pattern.exec(source)?.[0] ?? null
  }
  let isFirst = true
  const add = (kind: Token['kind'], written: string) => {
    tokens.push({ kind, text: written, at, isFirst, pair: -1 })
    isFirst = false
    at += written.length
  }
  while (at < source.length) {
    const skipped = take(blank)
    if (skipped !== null) {
      isFirst ||= skipped.includes('\n')
      at += skipped.length
      continue
    }
    const character = source.charAt(at)
    if (character === '`') add('template', source.slice(at, templateEnd(source, at)))
    else if (character === '"' || character === "'") add('text', take(text) ?? character)
    else if (character === '/' && !endsValue(tokens.at(-1)) && take(regex) !== null)
      add('regex', take(regex) ?? '')
    else {
      const word = take(name)
      const digits = word === null ? take(number) : null
      if (word !== null) add('name', word)
      else if (digits !== null) add('number', digits)
      else {
        const mark = take(sign) ?? character
        if (mark in closing) open.push(tokens.length)
        else if (/^[)\]}]$/.test(mark)) close(tokens, open, mark)
        add('sign', mark)
      }
    }
  }
  add('end', '')
  for (const index of open) pairUp(tokens, index, tokens.length - 1)
  return tokens
}

/** A bracket that closes none of the last one's kind closes nothing. */
function close(tokens: Token[], open: number[], mark: string): void {
  const last = open.at(-1)
  if (last === undefined || closing[tokens[last]?.text ?? ''] !== mark) return
  open.pop()
  pairUp(tokens, last, tokens.length)
}

function pairUp(tokens: Token[], index: number, pair: number): void {
  const token = tokens[index]
  if (token) token.pair = pair
}

/** Behind these a slash divides; behind `<` it closes an element. */
const endsValue = (token: Token | undefined): boolean =>
  token !== undefined &&
  (token.kind === 'sign'
    ? /^[)\]}<]$/.test(token.text)
    : !/^(?:return|typeof|case|in|of|await|void|delete|else|do)$/.test(token.text))

/** Past the template that begins at a place, with whatever programs stand in it. */
function templateEnd(source: string, start: number): number {
  const inside: ('`' | '{')[] = ['`']
  let at = start + 1
  while (at < source.length && inside.length > 0) {
    const character = source.charAt(at)
    const isWords = inside.at(-1) === '`'
    if (character === '\\') at++
    else if (isWords && character === '$' && source.charAt(at + 1) === '{') {
      inside.push('{')
      at++
    } else if (character === '`') {
      if (isWords) inside.pop()
      else inside.push('`')
    } else if (!isWords && character === '{') inside.push('{')
    else if (!isWords && character === '}') inside.pop()
    at++
  }
  return Math.min(at, source.length)
}

/** The programs between `${` and `}` of a template, each with its place in it. */
export function programsInTemplate(template: string): { at: number; text: string }[] {
  const programs: { at: number; text: string }[] = []
  for (let at = template.indexOf('${'); at !== -1; ) {
    let depth = 1
    let end = at + 2
    for (; end < template.length && depth > 0; end++) {
      const character = template.charAt(end)
      if (character === '{') depth++
      else if (character === '}') depth--
    }
    programs.push({ at: at + 2, text: template.slice(at + 2, end - 1) })
    at = template.indexOf('${', end)
  }
  return programs
}
