import type { Expression, FunctionNode, Pattern, Statement } from './javascript-nodes.ts'
import { programsInTemplate, type Token, tokensOf } from './javascript-tokens.ts'

/** So deep are programs followed; what nests deeper is not understood. */
const deepest = 40
/** So many signs and dots one after the other. */
const longestChain = 200
/** Templates in templates. */
const deepestTemplates = 3
/** Tokens of an element of JSX with all that is in it, and so many of them that nothing closes. */
const longestElement = 20_000
const mostOpen = 20
/** Tokens of a type, before it is taken for none. */
const longestType = 200

const precedence: Record<string, number> = {
  '??': 1,
  '||': 2,
  '&&': 3,
  '|': 4,
  '^': 4,
  '&': 4,
  '==': 5,
  '!=': 5,
  '===': 5,
  '!==': 5,
  '<': 6,
  '>': 6,
  '<=': 6,
  '>=': 6,
  in: 6,
  instanceof: 6,
  '+': 7,
  '-': 7,
  '*': 8,
  '/': 8,
  '%': 8,
  '**': 9,
}

const unread = (at: number): Expression => ({ kind: 'unknown', at })
const nothing: Pattern = { kind: 'none', otherwise: null }

/**
 * The statements of a program's text, which is looked at and never run. What is not understood becomes `unknown`; nothing throws, and each
 * token is read a bounded number of times.
 */
export const parseProgram = (source: string, offset = 0): Statement[] =>
  new Parser(source, offset, 0).program()

class Parser {
  private readonly tokens: Token[]
  private readonly offset: number
  private readonly templates: number
  private at = 0
  /** Elements that nothing closes. */
  private tooManyOpen = 0
  private depth = 0

  constructor(source: string, offset: number, templates: number) {
    this.tokens = tokensOf(source)
    this.offset = offset
    this.templates = templates
  }

  program(): Statement[] {
    return this.statements(this.tokens.length - 1)
  }

  private statements(end: number): Statement[] {
    const all: Statement[] = []
    while (this.at < end) {
      const before = this.at
      all.push(this.statement())
      if (this.at === before) this.at++
    }
    this.at = Math.max(this.at, end)
    return all
  }

  private statement(): Statement {
    const { kind, text } = this.token()
    if (text === ';') this.at++
    else if (text === '{' && kind === 'sign') return { kind: 'block', of: this.block() }
    else if (kind === 'name' && !/^[:=]$|^=>$/.test(this.token(1).text) && Object.hasOwn(this.keywords, text))
      return this.keywords[text]?.() ?? { kind: 'none' }
    else return { kind: 'do', of: this.expression() }
    return { kind: 'none' }
  }

  private readonly keywords: Record<string, () => Statement> = {
    import: () =>
      /^[.(]$/.test(this.token(1).text) ? { kind: 'do', of: this.expression() } : this.imported(),
    export: () => this.exported(),
    const: () => {
      if (this.token(1).text !== 'enum') return this.declarations()
      this.at++
      return this.enumeration()
    },
    let: () => this.declarations(),
    var: () => this.declarations(),
    function: () => this.declaredFunction(),
    async: () =>
      this.token(1).text === 'function' ? this.declaredFunction() : { kind: 'do', of: this.expression() },
    return: () => {
      this.at++
      const isBare = /^[;})]$/.test(this.token().text) || this.token().isFirst || this.isEnd()
      return { kind: 'return', of: isBare ? null : this.expression() }
    },
    throw: () => {
      this.at++
      return { kind: 'do', of: this.expression() }
    },
    continue: () => this.skipped({ kind: 'continue' }),
    if: () => this.condition(),
    for: () => this.loop(),
    while: () => this.loop(),
    try: () => this.attempt(),
    switch: () => this.cases(),
    class: () => this.declaredClass(),
    interface: () => this.passOver(),
    enum: () => this.enumeration(),
    break: () => this.skipped({ kind: 'none' }),
    declare: () => this.passOver(),
    namespace: () => this.passOver(),
    type: () => {
      if (this.token(1).kind !== 'name') return { kind: 'do', of: this.expression() }
      this.at += 2
      this.angle()
      if (this.take('=')) this.type()
      return { kind: 'none' }
    },
  }

  private skipped(statement: Statement): Statement {
    this.at++
    return statement
  }

  /** Past the next block in braces. */
  private passOver(): Statement {
    while (!this.isEnd() && !/^[{;]$/.test(this.token().text)) this.jump()
    this.jump()
    return { kind: 'none' }
  }

  /** The statements between braces, or the one that stands without. */
  private block(): Statement[] {
    if (this.depth > deepest) {
      this.jump()
      return []
    }
    this.depth++
    const { text, pair } = this.token()
    let inside: Statement[]
    if (text === '{' && pair !== -1) {
      this.at++
      inside = this.statements(pair)
      this.at++
    } else inside = [this.statement()]
    this.depth--
    return inside
  }

  private condition(): Statement {
    this.at++
    const test = this.inParentheses()
    const yes = this.block()
    if (this.token().text === ';') this.at++
    if (this.token().text !== 'else') return { kind: 'when', test, yes, no: [] }
    this.at++
    return { kind: 'when', test, yes, no: this.block() }
  }

  /** `for (const post of posts)`; of other loops what stands in them. */
  private loop(): Statement {
    this.at++
    if (this.token().text === 'await') this.at++
    const { pair } = this.token()
    let pattern: Pattern = nothing
    let of: Expression = unread(this.place())
    if (this.token().text === '(' && /^(?:const|let|var)$/.test(this.token(1).text)) {
      this.at += 2
      pattern = this.target()
      if (this.token().text === 'of') {
        this.at++
        of = this.expression()
      } else pattern = nothing
    }
    const counted = of.kind === 'unknown' ? this.countedList(pair) : null
    if (pair !== -1) this.at = pair + 1
    return { kind: 'for', pattern, of: counted ?? of, body: this.block() }
  }

  /** `for (let i = 0; i < posts.length; i++)` goes through `posts`. */
  private countedList(end: number): Expression | null {
    for (let at = this.at; at < end; at++) {
      const [list, dot, name] = [this.tokens[at], this.tokens[at + 1], this.tokens[at + 2]]
      if (list?.kind === 'name' && dot?.text === '.' && name?.text === 'length')
        return { kind: 'name', at: this.offset + list.at, name: list.text }
    }
    return null
  }

  /** `switch` as one `if` after the other; what falls through goes on with what follows. */
  private cases(): Statement {
    this.at++
    const of = this.inParentheses()
    const { text, pair } = this.token()
    if (text !== '{' || pair === -1) return { kind: 'none' }
    this.at++
    const all: { tests: Expression[]; body: Statement[]; ends: boolean }[] = []
    while (this.at < pair) {
      const before = this.at
      const word = this.token().text
      if (word === 'case' || word === 'default') {
        this.at++
        const test = word === 'case' ? this.expression() : null
        this.take(':')
        all.push({ tests: test ? [test] : [], body: [], ends: false })
      } else {
        const last = all.at(-1)
        const isBreak = word === 'break'
        const statement = this.block()
        if (last && !last.ends) last.body.push(...statement)
        if (last && (isBreak || /^(?:return|throw|continue)$/.test(word))) last.ends = true
      }
      if (this.at === before) this.at++
    }
    this.at = pair + 1
    return caseOf(of, all, 0)
  }

  private enumeration(): Statement {
    this.at++
    const name = this.skippedText()
    const parts: { key: string | null; of: Expression }[] = []
    const { text, pair } = this.token()
    if (text !== '{' || pair === -1) return { kind: 'none' }
    const at = this.place()
    this.at++
    while (this.at < pair) {
      const before = this.at
      const key = this.skippedText().replace(/^(["'])(.*)\1$/, '$2')
      parts.push({ key, of: this.take('=') ? this.expression() : { kind: 'value', at, value: parts.length } })
      this.toComma(pair)
      if (this.at === before) this.at++
    }
    this.at = pair + 1
    return {
      kind: 'const',
      pattern: { kind: 'name', name, otherwise: null },
      of: { kind: 'table', at, parts },
    }
  }

  private declaredClass(): Statement {
    const name = this.token(1).kind === 'name' ? this.token(1).text : 'default'
    return { kind: 'const', pattern: { kind: 'name', name, otherwise: null }, of: this.classTable() }
  }

  /** A class by what its objects and itself have: methods, and fields with a value. */
  private classTable(): Expression {
    const at = this.place()
    this.at++
    while (!this.isEnd() && !/^[{;]$/.test(this.token().text)) this.jump()
    const { pair } = this.token()
    const parts: { key: string | null; of: Expression }[] = []
    if (pair === -1 || this.depth > deepest) {
      this.jump()
      return { kind: 'table', at, parts }
    }
    this.depth++
    this.at++
    while (this.at < pair) {
      const before = this.at
      while (modifiers.test(this.token().text) && /^(?:name|text)$/.test(this.token(1).kind)) this.at++
      this.take('*')
      const { kind, text } = this.token()
      if (/^(?:name|text)$/.test(kind)) {
        const place = this.place()
        const key = kind === 'text' ? inQuotes(text) : text
        this.at++
        if (!this.take('?')) this.take('!')
        if (/^[(<]$/.test(this.token().text)) parts.push({ key, of: this.functionFrom(place) })
        else {
          if (this.take(':')) this.type()
          if (this.take('=')) parts.push({ key, of: this.expression() })
        }
      } else this.jump()
      if (this.at === before) this.at++
    }
    this.depth--
    this.at = pair + 1
    return { kind: 'table', at, parts }
  }

  private attempt(): Statement {
    this.at++
    const of = this.block()
    for (const word of ['catch', 'finally']) {
      if (this.token().text !== word) continue
      this.at++
      if (this.token().text === '(') this.jump()
      this.jump()
    }
    return { kind: 'block', of }
  }

  private inParentheses(): Expression {
    const { text, pair } = this.token()
    if (text !== '(' || pair === -1) return unread(this.place())
    this.at++
    const of = this.expression()
    this.at = pair + 1
    return of
  }

  private imported(): Statement {
    this.at++
    const names: { name: string; as: string }[] = []
    if (this.token().text === 'type') this.at++
    while (!this.isEnd() && this.token().kind !== 'text' && this.token().text !== ';') {
      const { kind, text } = this.token()
      if (text === '{') names.push(...this.namesInBraces())
      else if (text === '*' && this.token(1).text === 'as') {
        names.push({ name: '*', as: this.token(2).text })
        this.at += 3
      } else if (kind === 'name' && text !== 'from') {
        names.push({ name: 'default', as: text })
        this.at++
      } else this.at++
    }
    const from = this.token().kind === 'text' ? inQuotes(this.token().text) : ''
    if (from !== '') this.at++
    return { kind: 'import', from, names }
  }

  private namesInBraces(): { name: string; as: string }[] {
    const { pair } = this.token()
    const names: { name: string; as: string }[] = []
    while (++this.at < pair) {
      if (this.token().text === 'type' && this.token(1).kind === 'name') this.at++
      const { kind, text } = this.token()
      if (kind !== 'name') continue
      const renamed = /^(?:as|:)$/.test(this.token(1).text) && this.token(2).kind === 'name'
      names.push({ name: text, as: renamed ? this.token(2).text : text })
      if (renamed) this.at += 2
    }
    this.at = Math.max(this.at, pair) + 1
    return names
  }

  private exported(): Statement {
    this.at++
    const { text } = this.token()
    if (text === 'default') {
      this.at++
      return { kind: 'default', of: this.expression() }
    }
    if (text !== '{' && text !== '*') return this.statement()
    const names = text === '{' ? this.namesInBraces() : [{ name: '*', as: '*' }]
    if (text === '*') this.at++
    if (this.token().text !== 'from') return { kind: 'none' }
    this.at++
    const from = this.token().kind === 'text' ? inQuotes(this.token().text) : ''
    this.at++
    return { kind: 'export-from', from, names }
  }

  private declarations(): Statement {
    this.at++
    const all: Statement[] = []
    do {
      const pattern = this.target()
      all.push({ kind: 'const', pattern, of: this.take('=') ? this.expression() : null })
    } while (this.take(','))
    return all.length === 1 && all[0] ? all[0] : { kind: 'block', of: all }
  }

  private declaredFunction(): Statement {
    const at = this.place()
    if (this.token().text === 'async') this.at++
    this.at++
    this.take('*')
    const name = this.token().kind === 'name' ? this.skippedText() : 'default'
    return { kind: 'const', pattern: { kind: 'name', name, otherwise: null }, of: this.functionFrom(at) }
  }

  private skippedText(): string {
    return this.tokens[this.at++]?.text ?? ''
  }

  /** From the brackets of its parameters on. */
  private functionFrom(at: number): FunctionNode {
    this.angle()
    const takes = this.parameters()
    if (this.take(':')) this.type()
    return { kind: 'function', at, takes, body: this.block() }
  }

  private parameters(): Pattern[] {
    const { text, pair } = this.token()
    const takes: Pattern[] = []
    if (text !== '(' || pair === -1) return takes
    this.at++
    while (this.at < pair) {
      const before = this.at
      const isRest = this.token().text === '...'
      const taken = this.pattern()
      takes.push(isRest && taken.kind === 'name' ? { ...taken, isRest } : taken)
      this.take(',')
      if (this.at === before) this.at++
    }
    this.at = pair + 1
    return takes
  }

  /** What is declared, or taken as a parameter: with what it is where nothing is given. */
  private pattern(): Pattern {
    const found = this.target()
    if (this.token().text !== '=' || found.kind === 'none') return found
    this.at++
    return { ...found, otherwise: this.expression() }
  }

  private target(): Pattern {
    this.take('...')
    const { kind, text, pair } = this.token()
    let found: Pattern = nothing
    if ((text === '{' || text === '[') && kind === 'sign') {
      found = text === '{' ? this.tablePattern(pair) : this.listPattern(pair)
      this.at = pair + 1
    } else if (kind === 'name') {
      found = { kind: 'name', name: text, otherwise: null }
      this.at++
    }
    this.take('?')
    if (this.take(':')) this.type()
    return found
  }

  private tablePattern(pair: number): Pattern {
    const parts: { key: string; of: Pattern }[] = []
    let rest: string | null = null
    this.at++
    while (this.at < pair) {
      const before = this.at
      if (this.take('...')) rest = this.skippedText()
      else if (/^(?:name|text)$/.test(this.token().kind)) {
        const { kind, text } = this.token()
        const key = kind === 'text' ? inQuotes(text) : text
        if (this.token(1).text === ':') {
          this.at += 2
          parts.push({ key, of: this.inside(() => this.pattern(), nothing) })
        } else parts.push({ key, of: this.pattern() })
      }
      this.take(',')
      if (this.at === before) this.at++
    }
    return { kind: 'table', parts, rest, otherwise: null }
  }

  private listPattern(pair: number): Pattern {
    const parts: Pattern[] = []
    this.at++
    while (this.at < pair) {
      const before = this.at
      parts.push(this.token().text === ',' ? nothing : this.inside(() => this.pattern(), nothing))
      this.take(',')
      if (this.at === before) this.at++
    }
    return { kind: 'list', parts, otherwise: null }
  }

  /** One level deeper, or past it. */
  private inside<T>(read: () => T, otherwise: T): T {
    if (this.depth > deepest) {
      this.skipExpression()
      return otherwise
    }
    this.depth++
    const value = read()
    this.depth--
    return value
  }

  private expression(least = 0): Expression {
    return this.inside(() => this.operators(this.prefixed(), least), unread(this.place()))
  }

  private operators(first: Expression, least: number): Expression {
    let left = first
    for (let length = 0; ; length++) {
      const { kind, text } = this.token()
      const at = this.place()
      if (length > longestChain) left = unread(at)
      const rank = kind === 'sign' || text === 'in' || text === 'instanceof' ? precedence[text] : undefined
      if (rank !== undefined && rank > least) {
        this.at++
        left = { kind: 'operator', at, operator: text, of: [left, this.expression(rank)] }
      } else if (text === '?' && kind === 'sign' && least === 0) {
        this.at++
        const yes = this.expression()
        const no = this.take(':') ? this.expression() : unread(at)
        left = { kind: 'if', at: left.at, of: [left, yes, no] }
      } else if (/^(?:=|\?\?=|\|\|=)$/.test(text) && least === 0) {
        this.at++
        const of = this.expression()
        const name = assignedName(left)
        left = name === null ? of : { kind: 'assign', at, name, of }
      } else if (/^[-+*/%&|^]=$|^&&=$/.test(text) && least === 0) {
        this.at++
        const operator = text.slice(0, -1).replace(/^[&|]$/, '$&$&')
        const of: Expression = { kind: 'operator', at, operator, of: [left, this.expression()] }
        const name = assignedName(left)
        left = name === null ? unread(at) : { kind: 'assign', at, name, of }
      } else if ((text === 'as' || text === 'satisfies') && kind === 'name' && !this.token().isFirst) {
        this.at++
        this.type()
      } else return left
    }
  }

  private prefixed(): Expression {
    const { kind, text } = this.token()
    const at = this.place()
    if (text === '!' && kind === 'sign') {
      this.at++
      return { kind: 'not', at, of: this.inside(() => this.prefixed(), unread(at)) }
    }
    if (text === 'await' && kind === 'name' && this.token(1).text !== '=>') {
      this.at++
      return this.inside(() => this.prefixed(), unread(at))
    }
    if ((text === '-' || text === '+') && kind === 'sign') {
      this.at++
      const of = this.inside(() => this.prefixed(), unread(at))
      return { kind: 'operator', at, operator: text, of: [{ kind: 'value', at, value: 0 }, of] }
    }
    if (text === '~' && kind === 'sign') {
      this.at++
      const of = this.inside(() => this.prefixed(), unread(at))
      return minus(minus({ kind: 'value', at, value: 0 }, of), { kind: 'value', at, value: 1 })
    }
    if (text === 'typeof' && kind === 'name') {
      this.at++
      const of = this.inside(() => this.prefixed(), unread(at))
      return {
        kind: 'call',
        at,
        end: this.place(),
        of: { kind: 'name', at, name: 'typeof' },
        with: [of],
        isNew: false,
      }
    }
    if (/^(?:void|delete|yield)$/.test(text) && kind === 'name') {
      this.at++
      this.inside(() => this.prefixed(), unread(at))
      return unread(at)
    }
    return this.postfixed(this.primary())
  }

  private primary(): Expression {
    const { kind, text } = this.token()
    const at = this.place()
    if (kind === 'name') return this.named(text, at)
    if (kind === 'sign' && text === '(') return this.parenthesis(at)
    if (kind === 'sign' && text === '[') return { kind: 'list', at, of: this.list() }
    if (kind === 'sign' && text === '{') return this.table(at)
    if (kind === 'sign' && text === '<' && this.element()) return unread(at)
    if (kind === 'sign' && text === '<' && this.angle() && this.token().text === '(')
      return this.parenthesis(at)
    if (kind === 'sign' || kind === 'end') {
      // What closes something is left to whoever opened it.
      if (!/^[)\]},;:]$/.test(text) && kind !== 'end') this.at++
      return unread(at)
    }
    this.at++
    if (kind === 'number') return { kind: 'value', at, value: Number(text.replace(/_|n$/g, '')) }
    if (kind === 'text') return { kind: 'value', at, value: inQuotes(text) }
    if (kind === 'template') return this.template(text, at)
    if (kind === 'regex') return { kind: 'regex', at, written: text }
    return unread(at)
  }

  private named(text: string, at: number): Expression {
    if (text === 'async' && !this.token(1).isFirst && /^(?:name|sign)$/.test(this.token(1).kind)) {
      const { text: next, kind } = this.token(1)
      if (next === 'function' || next === '(' || next === '<' || kind === 'name') {
        const isCall = next === '(' && !this.isArrow(this.at + 1)
        if (!isCall) {
          this.at++
          return this.inside(() => this.primary(), unread(at))
        }
      }
    }
    if (this.token(1).text === '=>') {
      this.at += 2
      return {
        kind: 'function',
        at,
        takes: [{ kind: 'name', name: text, otherwise: null }],
        body: this.arrowBody(),
      }
    }
    if (text === 'class') return this.classTable()
    this.at++
    if (text === 'function') {
      this.take('*')
      if (this.token().kind === 'name') this.at++
      return this.functionFrom(at)
    }
    if (text === 'new') return this.made(at)
    if (text === 'true' || text === 'false') return { kind: 'value', at, value: text === 'true' }
    if (text === 'null' || text === 'undefined') return { kind: 'value', at, value: null }
    return { kind: 'name', at, name: text }
  }

  /** `new Date(post.data.date)` */
  private made(at: number): Expression {
    let of: Expression = { kind: 'name', at, name: this.skippedText() }
    while (this.take('.')) of = { kind: 'member', at, of, name: this.skippedText() }
    this.angle()
    const given = this.token().text === '(' ? this.list() : []
    return { kind: 'call', at, end: this.place(), of, with: given, isNew: true }
  }

  private parenthesis(at: number): Expression {
    if (this.isArrow(this.at)) {
      const takes = this.parameters()
      if (this.take(':')) this.type()
      this.take('=>')
      return { kind: 'function', at, takes, body: this.arrowBody() }
    }
    const { pair } = this.token()
    this.at++
    let of = this.expression()
    while (this.take(',')) of = this.expression()
    if (pair !== -1) this.at = pair + 1
    return of
  }

  private isArrow(open: number): boolean {
    const pair = this.tokens[open]?.pair ?? -1
    if (pair === -1) return false
    const behind = this.tokens[pair + 1]
    if (behind?.text === '=>') return true
    if (behind?.text !== ':') return false
    const before = this.at
    this.at = pair + 2
    this.type()
    const isArrow = this.token().text === '=>'
    this.at = before
    return isArrow
  }

  private arrowBody(): Statement[] | Expression {
    return this.token().text === '{' ? this.block() : this.expression()
  }

  /** What stands between the brackets that begin here. */
  private list(): Expression[] {
    const { pair } = this.token()
    const of: Expression[] = []
    this.at++
    while (this.at < pair) {
      const before = this.at
      const at = this.place()
      if (this.take('...')) of.push({ kind: 'spread', at, of: this.expression() })
      else if (this.token().text !== ',') of.push(this.expression())
      this.toComma(pair)
      if (this.at === before) this.at++
    }
    this.at = Math.max(this.at, pair) + (pair === -1 ? 0 : 1)
    return of
  }

  private table(at: number): Expression {
    const { pair } = this.token()
    const parts: { key: string | null; of: Expression }[] = []
    this.at++
    while (this.at < pair) {
      const before = this.at
      if (this.take('...')) parts.push({ key: null, of: this.expression() })
      else parts.push(...this.entry())
      this.toComma(pair)
      if (this.at === before) this.at++
    }
    this.at = Math.max(this.at, pair) + (pair === -1 ? 0 : 1)
    return { kind: 'table', at, parts }
  }

  private entry(): { key: string; of: Expression }[] {
    if (/^(?:async|get|set)$/.test(this.token().text) && /^(?:name|text)$/.test(this.token(1).kind)) this.at++
    const { kind, text } = this.token()
    const at = this.place()
    if (!/^(?:name|text|number)$/.test(kind)) return []
    const key = kind === 'text' ? inQuotes(text) : text
    this.at++
    if (this.token().text === '(' || this.token().text === '<') return [{ key, of: this.functionFrom(at) }]
    if (this.take(':')) return [{ key, of: this.expression() }]
    return kind === 'name' ? [{ key, of: { kind: 'name', at, name: text } }] : []
  }

  /** Past a comma, and past whatever before it is not understood. */
  private toComma(end: number): void {
    while (this.at < end && this.token().text !== ',') this.jump()
    if (this.at < end) this.at++
  }

  private template(written: string, at: number): Expression {
    const programs = programsInTemplate(written)
    if (programs.length === 0) return { kind: 'value', at, value: inQuotes(written) }
    if (this.templates >= deepestTemplates) return unread(at)
    const of = programs.map(({ at: inside, text }) =>
      new Parser(text, at + inside, this.templates + 1).expression(),
    )
    let last = 1
    const texts = programs.map(({ at: inside, text }) => {
      const before = written.slice(last, inside - 2)
      last = inside + text.length + 1
      return before
    })
    return { kind: 'template', at, of, texts: [...texts, written.slice(last, -1)] }
  }

  private postfixed(first: Expression): Expression {
    let of = first
    for (let length = 0; ; length++) {
      const { kind, text, isFirst } = this.token()
      const at = of.at
      if (length > longestChain) of = unread(at)
      if (kind === 'template' && !isFirst) {
        this.at++
        of = unread(at)
      }
      if (kind !== 'sign') return of
      if (text === '.' || text === '?.') {
        this.at++
        const next = this.token()
        if (next.kind === 'name') {
          this.at++
          of = { kind: 'member', at, of, name: next.text }
        } else if (text === '.') return of
      } else if (text === '(') of = this.calling(of, at)
      else if (text === '[') {
        const by = this.list()
        of = { kind: 'index', at, of, by: by[0] ?? unread(at) }
      } else if (text === '!' && !isFirst) this.at++
      else if (text === '++' || text === '--') this.at++
      else if (text === '<' && of.kind !== 'value' && this.isTyped()) this.angle()
      else return of
    }
  }

  private calling(of: Expression, at: number): Expression {
    const given = this.inside(() => this.list(), [])
    const last = this.tokens[this.at - 1]
    return {
      kind: 'call',
      at,
      end: this.offset + (last ? last.at + last.text.length : 0),
      of,
      with: given,
      isNew: false,
    }
  }

  /** `getCollection<"blog">(` */
  private isTyped(): boolean {
    const before = this.at
    const isTyped = this.angle() && this.token().text === '('
    this.at = before
    return isTyped
  }

  /** Past `<…>`, where it is the parameters of a type. */
  private angle(): boolean {
    if (this.token().text !== '<') return false
    let depth = 0
    for (let at = this.at; at < Math.min(this.tokens.length, this.at + longestType); at++) {
      const { kind, text, pair } = this.tokens[at] ?? { kind: 'end', text: '', pair: -1 }
      if (kind === 'sign' && text === '<') depth++
      else if (kind === 'sign' && text === '>' && --depth === 0) {
        this.at = at + 1
        return true
      } else if (pair !== -1) at = pair
      else if (kind === 'end' || /^(?:;|&&|\|\||[=!]==?|[)\]}])$/.test(text)) return false
    }
    return false
  }

  /** Past an element of JSX with all that is in it; false where none is closed here. */
  private element(): boolean {
    if (this.tooManyOpen > mostOpen) return false
    let [at, depth] = [this.at, 0]
    const last = Math.min(this.tokens.length - 1, at + longestElement)
    const jump = () => {
      const pair = this.tokens[at]?.pair ?? -1
      at = pair === -1 ? at + 1 : pair + 1
    }
    const isSign = (text: string) => this.tokens[at]?.kind === 'sign' && this.tokens[at]?.text === text
    for (; at < last && !/^[)\]}]$/.test(this.tokens[at]?.text ?? ''); jump()) {
      if (!isSign('<')) continue
      const next = this.tokens[at + 1]
      const isClosing = next?.text === '/'
      if (!isClosing && next?.kind !== 'name' && next?.text !== '>') break
      while (at < last && !isSign('>')) jump()
      const isAlone = this.tokens[at - 1]?.text === '/' && this.tokens[at - 2]?.text !== '<'
      depth += isClosing ? -1 : isAlone ? 0 : 1
      if (depth > 0) continue
      this.at = at + 1
      return true
    }
    this.tooManyOpen++
    return false
  }

  /** Past a type, whatever it is. */
  private type(): void {
    for (let length = 0; length < longestType; length++) {
      this.take('|')
      this.take('&')
      while (/^(?:keyof|typeof|readonly|infer|unique|asserts|new)$/.test(this.token().text)) this.at++
      const { kind, text, pair } = this.token()
      if (kind === 'sign' && /^[([{]$/.test(text) && pair !== -1) {
        this.at = pair + 1
        if (text === '(' && this.take('=>')) continue
      } else if (kind === 'sign' || kind === 'end') return
      else this.at++
      while (this.token().text === '.' && this.token(1).kind === 'name') this.at += 2
      this.angle()
      while (this.token().text === '[' && !this.token().isFirst && this.token().pair !== -1)
        this.at = this.token().pair + 1
      const next = this.token()
      const goesOn =
        (next.kind === 'sign' && /^[|&]$/.test(next.text)) ||
        (next.kind === 'name' && /^(?:is|extends)$/.test(next.text))
      if (!goesOn) return
      this.at++
    }
  }

  /** Past an expression, whatever it is. */
  private skipExpression(): void {
    while (!this.isEnd() && !/^[,;)\]}]$/.test(this.token().text)) this.jump()
  }

  /** Past one token, or all that stands between brackets. */
  private jump(): void {
    const { pair } = this.token()
    this.at = pair === -1 ? this.at + 1 : pair + 1
  }

  private take(text: string): boolean {
    const token = this.token()
    if (token.kind !== 'sign' || token.text !== text) return false
    this.at++
    return true
  }

  private isEnd(): boolean {
    return this.at >= this.tokens.length - 1
  }

  private place(): number {
    return this.offset + this.token().at
  }

  private token(ahead = 0): Token {
    return this.tokens[Math.min(this.at + ahead, this.tokens.length - 1)] ?? end
  }
}

/** What stands before a class' members. */
const modifiers = /^(?:static|async|public|private|protected|readonly|override|abstract|declare|accessor)$/

const minus = (left: Expression, right: Expression): Expression => ({
  kind: 'operator',
  at: right.at,
  operator: '-',
  of: [left, right],
})

function caseOf(
  of: Expression,
  all: { tests: Expression[]; body: Statement[]; ends: boolean }[],
  from: number,
): Statement {
  const rest = all.slice(from)
  const [first] = rest
  if (!first) return { kind: 'none' }
  // `case "a": case "b":` are one.
  const shared = rest.findIndex(({ body }) => body.length > 0)
  const group = rest.slice(0, shared === -1 ? rest.length : shared + 1)
  const body: Statement[] = []
  for (const one of rest.slice(Math.max(0, shared))) {
    body.push(...one.body)
    if (one.ends) break
  }
  const next = from + group.length
  const isDefault = group.some(({ tests }) => tests.length === 0)
  // What is there for all else stands last, wherever it is written.
  if (isDefault) {
    const others = caseOf(of, [...all.slice(0, from), ...all.slice(next)], from)
    return others.kind === 'none' ? { kind: 'block', of: body } : withElse(others, body)
  }
  const test = group
    .flatMap(({ tests }) => tests)
    .map((one): Expression => ({ kind: 'operator', at: one.at, operator: '===', of: [of, one] }))
    .reduce((left, right) => ({ kind: 'operator', at: left.at, operator: '||', of: [left, right] }))
  const other = caseOf(of, all, next)
  return { kind: 'when', test, yes: body, no: other.kind === 'none' ? [] : [other] }
}

function withElse(statement: Statement, body: Statement[]): Statement {
  if (statement.kind !== 'when') return statement
  const [first] = statement.no
  return { ...statement, no: first ? [withElse(first, body)] : body }
}

const end: Token = { kind: 'end', text: '', at: 0, isFirst: true, pair: -1 }

/** `module.exports = …` gives what `export default` does, `exports.filter = …` what `export const filter` does. */
function assignedName(left: Expression): string | null {
  if (left.kind === 'name') return left.name
  if (left.kind !== 'member') return null
  // Vue's: what is kept under a name.
  if (left.of.kind === 'name' && left.name === 'value') return left.of.name
  if (left.of.kind === 'name' && left.of.name === 'module' && left.name === 'exports') return 'default'
  const isExports =
    (left.of.kind === 'name' && left.of.name === 'exports') ||
    (left.of.kind === 'member' && assignedName(left.of) === 'default')
  return isExports ? left.name : null
}

const escapes: Record<string, string> = { n: '\n', t: '\t', r: '\r', '0': '\0' }
const inQuotes = (quoted: string) =>
  quoted
    .slice(1, /^(["'`])[\s\S]*\1$/.test(quoted) && quoted.length > 1 ? -1 : undefined)
    .replace(/\\([\s\S])/g, (_, character: string) => escapes[character] ?? character)
