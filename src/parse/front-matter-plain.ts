/** The keys and values of a block of front matter, with the offset in lines of each key. */
export interface PlainBlock {
  values: Record<string, unknown>
  lines: Record<string, number>
}

const keyLine = /^([A-Za-z_][\w-]*):(?: +(.*))?$/
const itemLine = /^( *)- +(.*)$/
/** Begins with a letter or digit, so that it is not an indicator's; holds neither ` #` nor `: ` nor a tab. */
const plainScalar = /^[\p{L}\p{N}](?:[^:#\t]|:(?=[^\s])|(?<=\S)#)*$/u
const flowItem = /^[\p{L}\p{N}_](?:[\p{L}\p{N}_ .+/-]*[\p{L}\p{N}_+/-])?$/u
const canonicalNumber = /^-?(?:0|[1-9]\d*)(?:\.\d*[1-9])?$/

/**
 * Reads front matter as nearly everybody writes it, `key: value` lines and flat lists, as YAML would, in a tenth of the time.
 * Null where anything stands there that needs a YAML parser; a test holds that the two agree on all the rest.
 */
export function readPlainFrontMatter(text: string): PlainBlock | null {
  if (text.includes('\t')) return null
  const values: Record<string, unknown> = {}
  const lines: Record<string, number> = {}
  const rows = text.split('\n')
  for (let at = 0; at < rows.length; at++) {
    const row = rows[at]?.trimEnd()
    if (!row) continue
    const [, key, written = ''] = keyLine.exec(row) ?? []
    if (key === undefined || key === '__proto__' || Object.hasOwn(values, key)) return null
    lines[key] = at
    if (written === '') {
      const { items, next } = itemsBelow(rows, at + 1)
      if (items === null) return null
      values[key] = items.length > 0 ? items : null
      at = next - 1
    } else {
      const value = scalarOrList(written)
      if (value === undefined) return null
      values[key] = value
    }
    // What is indented goes on from the line above.
    if (/^[ \t]+\S/.test(rows[at + 1] ?? '')) return null
  }
  return { values, lines }
}

/** `- item` lines of one depth; `items` is null where one of them is more than a scalar. */
function itemsBelow(rows: string[], from: number): { items: unknown[] | null; next: number } {
  const items: unknown[] = []
  let indent: string | null = null
  for (let next = from; ; next++) {
    const [, spaces = '', item] = itemLine.exec(rows[next]?.trimEnd() ?? '') ?? []
    if (item === undefined) return { items, next }
    indent ??= spaces
    const value = scalar(item)
    if (value === undefined || spaces !== indent) return { items: null, next }
    items.push(value)
  }
}

function scalarOrList(written: string): unknown {
  if (!written.startsWith('[')) return scalar(written)
  const inside = /^\[([^[\]{}#&*!|>%@`:]*)\]$/.exec(written)?.[1]
  if (inside === undefined) return undefined
  if (inside.trim() === '') return []
  const items = inside.split(',').map(item => {
    const trimmed = item.trim()
    return flowItem.test(trimmed) || /^["']/.test(trimmed) ? scalar(trimmed) : undefined
  })
  return items.includes(undefined) ? undefined : items
}

/** Undefined where it is more than a plain or simply quoted scalar. */
function scalar(written: string): unknown {
  const quoted = /^(?:"([^"\\\t]*)"|'([^'\t]*)')$/.exec(written)
  if (quoted) return quoted[1] ?? quoted[2]
  if (!plainScalar.test(written)) return undefined
  // YAML 1.2 §10.3, the core schema.
  if (/^(?:null|Null|NULL)$/.test(written)) return null
  if (/^(?:true|True|TRUE)$/.test(written)) return true
  if (/^(?:false|False|FALSE)$/.test(written)) return false
  return canonicalNumber.test(written) && String(Number(written)) === written ? Number(written) : written
}
