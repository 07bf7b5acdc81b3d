import type { ArticleDate } from '../../model/article.ts'

/** What many articles have in common, held once: there may be a hundred thousand of them. Nobody may change it any more. */
export interface Interning {
  text<Text extends string | null>(value: Text): Text
  texts(values: string[] | undefined): string[]
  date(value: ArticleDate | null | undefined): ArticleDate | null
  /** The same list; all empty ones are one. */
  list<Value>(values: Value[] | undefined): Value[]
}

export function createInterning(): Interning {
  const texts = new Map<string, string>()
  const lists = new Map<string, string[]>()
  const none: never[] = []

  const one = <Value>(table: Map<string, Value>, key: string, value: Value): Value => {
    const known = table.get(key)
    if (known === undefined) table.set(key, value)
    return known ?? value
  }
  const text = <Text extends string | null>(value: Text): Text =>
    value === null ? value : (one(texts, value, value) as Text)

  return {
    text,
    texts(values = none) {
      if (values.length === 0) return none
      const key = values.join('\n')
      return lists.get(key) ?? one(lists, key, values.map(text))
    },
    date: value =>
      value
        ? {
            raw: value.raw,
            local: value.local,
            precision: text(value.precision),
            zone: text(value.zone),
            zoneFrom: text(value.zoneFrom),
            epoch: value.epoch,
            rfc3339: value.rfc3339 === value.raw ? value.raw : value.rfc3339,
          }
        : null,
    list: (values = none) => (values.length === 0 ? none : values),
  }
}
