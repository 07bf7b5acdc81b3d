/** What a function's parameter or a declaration takes. */
export type Pattern =
  | { kind: 'name'; name: string; otherwise: Expression | null; isRest?: true }
  | {
      kind: 'table'
      parts: { key: string; of: Pattern }[]
      rest: string | null
      otherwise: Expression | null
    }
  | { kind: 'list'; parts: Pattern[]; otherwise: Expression | null }
  | { kind: 'none'; otherwise: null }

export interface FunctionNode {
  kind: 'function'
  at: number
  takes: Pattern[]
  /** Statements, or what an arrow gives. */
  body: Statement[] | Expression
}

/** An expression of a program, as far as it is understood. */
export type Expression =
  | { kind: 'value'; at: number; value: string | number | boolean | null }
  /** Texts stand before, between and behind the expressions. */
  | { kind: 'template'; at: number; of: Expression[]; texts: string[] }
  | { kind: 'name'; at: number; name: string }
  | { kind: 'member'; at: number; of: Expression; name: string }
  | { kind: 'index'; at: number; of: Expression; by: Expression }
  | { kind: 'call'; at: number; end: number; of: Expression; with: Expression[]; isNew: boolean }
  | FunctionNode
  | { kind: 'not'; at: number; of: Expression }
  | { kind: 'operator'; at: number; operator: string; of: [Expression, Expression] }
  | { kind: 'if'; at: number; of: [Expression, Expression, Expression] }
  | { kind: 'list'; at: number; of: Expression[] }
  | { kind: 'spread'; at: number; of: Expression }
  /** A key that is null: what is spread into it. */
  | { kind: 'table'; at: number; parts: { key: string | null; of: Expression }[] }
  | { kind: 'assign'; at: number; name: string; of: Expression }
  | { kind: 'regex'; at: number; written: string }
  | { kind: 'unknown'; at: number }

export type Statement =
  | { kind: 'const'; pattern: Pattern; of: Expression | null }
  | { kind: 'do'; of: Expression }
  | { kind: 'return'; of: Expression | null }
  | { kind: 'continue' }
  | { kind: 'when'; test: Expression; yes: Statement[]; no: Statement[] }
  | { kind: 'for'; pattern: Pattern; of: Expression; body: Statement[] }
  | { kind: 'block'; of: Statement[] }
  | { kind: 'import'; from: string; names: { name: string; as: string }[] }
  | { kind: 'export-from'; from: string; names: { name: string; as: string }[] }
  | { kind: 'default'; of: Expression }
  | { kind: 'none' }
