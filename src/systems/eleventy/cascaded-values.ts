import type { DataCascade } from '../../model/preset.ts'
import { ownValue } from '../../text/own-value.ts'
import { evaluate, shown, type TemplateScope, unknown } from '../markup/template-values.ts'
import { isTable, type Settings } from '../preset-folder.ts'

/**
 * What an article's data come to: of levels the later counts more, lists and tables are joined, layouts count below the
 * folders' data, and what is computed counts over all. https://www.11ty.dev/docs/data-cascade/
 * @param levels data of folders, of the file beside the article, and the article's front matter, in this order
 */
export function cascadedValues(levels: Settings[], cascade: DataCascade): Settings {
  const { layout } = joined([cascade.globals, ...levels])
  const handedDown = (typeof layout === 'string' && ownValue(cascade.layouts, layout)) || {}
  const values = joined([cascade.globals, handedDown, ...levels])
  const { eleventyComputed: computed } = values
  if (isTable(computed))
    for (const [key, value] of Object.entries(computed)) if (isPlain(value)) values[key] = value
  if (isTable(values.permalink)) values.permalink = values.permalink.build
  if (typeof values.permalink === 'string' && values.dynamicPermalink !== false)
    values.permalink = filled(values.permalink, values)
  if (cascade.deciding.some(key => isSaid(values[key]))) values.draft ??= true
  return values
}

const isPlain = (value: unknown) => typeof value === 'boolean' || typeof value === 'string'
const isSaid = (value: unknown) => value !== undefined && value !== null && value !== false && value !== ''

function joined(levels: Settings[]): Settings {
  const values: Settings = {}
  for (const level of levels) {
    for (const [name, value] of Object.entries(level)) {
      const [, override] = /^override:(.+)$/.exec(name) ?? []
      if (override !== undefined) values[override] = value
      else values[name] = Object.hasOwn(values, name) ? together(name, values[name], value) : value
    }
  }
  return values
}

function together(name: string, far: unknown, near: unknown): unknown {
  const isList = name === 'tags' || (Array.isArray(far) && Array.isArray(near))
  if (isList && far !== null && near !== null) return [...new Set([far, near].flat())]
  return isTable(far) && isTable(near) ? joined([far, near]) : near
}

/** `{{ category }}` of a permalink that is the article's own; what belongs to the page stays for whoever makes addresses. */
function filled(permalink: string, values: Settings): string {
  const { title: _, slug: __, page: ___, ...own } = values
  const scope: TemplateScope = { base: '', values: new Map(Object.entries(own)), isOwn: () => true }
  return permalink.replace(/\{\{-?([^{}]*?)-?\}\}/g, (written, expression: string) => {
    const value = evaluate(expression, scope)
    const text = value === unknown ? unknown : shown(value)
    return text === unknown || text === '' ? written : text
  })
}
