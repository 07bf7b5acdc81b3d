import { descendants, findElement, hasTag, hasWord, textContent } from '../../html/html-query.ts'
import { type HtmlElement, parseHtml } from '../../html/html-tree.ts'
import type { ArticleFormat } from '../../model/article.ts'
import type { FrontMatter } from '../../model/front-matter.ts'
import { fileNameOf } from '../../text/urls.ts'

/** A page of a Notion export: what its properties say, and the text below. */
export interface NotionPage {
  frontMatter: FrontMatter
  body: string
}

/** Notion ends the name of each page's file with the page's id: `The market 2b3c4d5e6f708192a3b4c5d6e7f8091a.md`. */
export const notionName = /^(.*?)[ _-]([0-9a-f]{32})\.(?:md|html)$/i

/**
 * Parts the properties of a page from its text. Null where the file is none of Notion's.
 * https://www.notion.com/help/export-your-content
 */
export function splitNotionPage(text: string, path: string, format: ArticleFormat): NotionPage | null {
  const [, , id = ''] = notionName.exec(fileNameOf(path)) ?? []
  if (id === '') return null
  const page = format === 'html' ? htmlPage(text) : markdownPage(text)
  if (page === null) return null
  const { title, properties, lines, body } = page
  const values: Record<string, unknown> = { ...properties, ...statusOf(properties) }
  // A page's id is a UUID, and stays whatever becomes of its title.
  values.guid = `urn:uuid:${id.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5').toLowerCase()}`
  if (title !== null) {
    values.title = title
    values.slug ??= title
  }
  return { frontMatter: { kind: 'yaml', values, lines, diagnostics: [] }, body }
}

interface Parts {
  title: string | null
  properties: Record<string, string>
  lines: Record<string, number>
  body: string
}

/** `Key: value` lines in one block below the heading, as far as Notion's own names are among them. */
function markdownPage(text: string): Parts {
  const [, heading = '', title = null] = /^(\s*# (.*)\n?)/.exec(text) ?? []
  const [block = ''] = /^\s*(?:[^\s:#][^:\n]{0,80}: ?[^\n]*\n?)+/.exec(text.slice(heading.length)) ?? []
  const properties: Record<string, string> = {}
  const lines: Record<string, number> = {}
  let line = heading.split('\n').length
  for (const written of block.split('\n')) {
    const [, key, value] = /^([^:]+): ?(.*)$/.exec(written) ?? []
    if (key !== undefined) {
      properties[key.trim()] = propertyText(value ?? '')
      lines[key.trim()] = line
    }
    line++
  }
  const isBlock = Object.keys(properties).some(key => usual.has(key.toLowerCase()))
  const above = isBlock ? heading + block : heading
  return {
    title,
    properties: isBlock ? properties : {},
    lines: isBlock ? lines : {},
    // At the line where it stands in the file.
    body: '\n'.repeat(above.split('\n').length - 1) + text.slice(above.length),
  }
}

/** Names that Notion and its templates give to properties; where none of them stands, the lines are the writer's. */
const usual = new Set([
  'created',
  'created time',
  'created by',
  'date',
  'date created',
  'publish date',
  'published',
  'published on',
  'last edited time',
  'last edited',
  'tags',
  'status',
  'author',
  'authors',
  'category',
  'slug',
  'public',
  'visibility',
  'audience',
  'access',
  'stage',
])

function htmlPage(text: string): Parts | null {
  const { root } = parseHtml(text)
  const byClass = (name: string) => findElement(root, element => hasWord(element, 'class', name))
  const body = byClass('page-body')
  if (!body) return null
  const title = byClass('page-title')
  const table = byClass('properties')
  const rows = table
    ? [...descendants(table)].filter(element => hasWord(element, 'class', 'property-row'))
    : []
  const properties: Record<string, string> = {}
  for (const row of rows) {
    const [name, value] = [findElement(row, hasTag('th')), findElement(row, hasTag('td'))]
    if (name && value) properties[textContent(name)] = cellOf(value)
  }
  return {
    title: title ? textContent(title) : null,
    properties,
    lines: {},
    body: text.slice(body.contentStart, body.contentEnd),
  }
}

function cellOf(cell: HtmlElement): string {
  const box = findElement(cell, element => hasWord(element, 'class', 'checkbox-on', 'checkbox-off'))
  if (box) return hasWord(box, 'class', 'checkbox-on') ? 'Yes' : 'No'
  const chosen = [...descendants(cell)].filter(element =>
    hasWord(element, 'class', 'selected-value', 'user', 'status-value'),
  )
  return chosen.length > 0 ? chosen.map(textContent).join(', ') : propertyText(textContent(cell))
}

/** `@November 12, 2020 7:45 PM`, `May 1, 2024 → May 3, 2024` */
const propertyText = (written: string) =>
  written
    .trim()
    .replace(/^@(?=\p{L})/u, '')
    .replace(/ → .*$/, '')

/**
 * A page that has a status is published where that says so in so many words; Notion's `Done` says that a task is done, and not that
 * anybody may read it.
 */
function statusOf(properties: Record<string, string>): Record<string, unknown> {
  for (const [key, value] of Object.entries(properties)) {
    const [name, word] = [key.toLowerCase().trim(), value.toLowerCase().trim()]
    if (/^(?:status|state|stage)$/.test(name) && !publicWords.test(word)) return { status: 'draft' }
    if (
      /^(?:public|publish|live|online|(?:show|visible|publish(?:ed)?) on .+)\??$/.test(name) &&
      /^(?:no|false|)$/.test(word)
    )
      return { status: 'draft' }
    if (
      /^(?:draft|private|hidden|unlisted|internal|confidential|paid|premium|paywalled?|archived|(?:for )?(?:members|subscribers|patrons)(?: only)?)\??$/.test(
        name,
      ) &&
      /^(?:yes|true)$/.test(word)
    )
      return { status: 'draft' }
  }
  return {}
}

const publicWords = /^(?:✅ ?|🟢 ?)?(?:published|public|live|posted|online|released|sent|scheduled)$/u
