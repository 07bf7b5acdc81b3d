import type * as v from 'valibot'
import { podcastSettingsTable, showSettingsTable } from './podcast-settings.ts'
import { pushSettingsTable } from './push-settings-table.ts'
import { serveSettingsTable } from './serve-settings.ts'
import type { Setting } from './setting.ts'
import { frontMatterFields, frontMatterNames, settingsTable, sourceSettingsTable } from './settings-table.ts'

/** As much of JSON Schema (draft 7, which editors for TOML know) as the settings need. */
export type JsonSchema = Record<string, unknown>

/**
 * What editors need in order to complete, explain and check a `broadsheet.toml`. Made from the settings table, so it can't
 * say anything else than the program does; what only a program can check (time zones, language tags) is left to it.
 */
export function settingsJsonSchema(): JsonSchema {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Settings of a Broadsheet publication',
    description: 'broadsheet.toml, in the folder that holds the articles. Every setting has a default.',
    type: 'object',
    additionalProperties: false,
    properties: {
      ...properties(settingsTable),
      sources: {
        ...explained(settingsTable.sources),
        type: 'object',
        additionalProperties: {
          type: 'object',
          additionalProperties: false,
          properties: properties(sourceSettingsTable),
        },
      },
      feeds: withShows({ ...explained(settingsTable.feeds), ...jsonSchema(settingsTable.feeds.schema) }),
      podcast: {
        ...explained(settingsTable.podcast),
        type: 'object',
        additionalProperties: false,
        properties: properties(podcastSettingsTable),
      },
      serve: {
        ...explained(settingsTable.serve),
        type: 'object',
        additionalProperties: false,
        properties: properties(serveSettingsTable),
      },
      push: {
        ...explained(settingsTable.push),
        type: 'object',
        additionalProperties: false,
        properties: properties(pushSettingsTable),
      },
      front_matter_keys: {
        ...explained(settingsTable.front_matter_keys),
        type: 'object',
        additionalProperties: false,
        properties: Object.fromEntries(frontMatterFields.map(field => [field, jsonSchema(frontMatterNames)])),
      },
    },
  }
}

/** The keys of a feed's `podcast`, which are read by a table of their own. */
function withShows(feeds: JsonSchema): JsonSchema {
  const { items } = feeds as { items: { properties: JsonSchema } }
  const podcast = { type: 'object', additionalProperties: false, properties: properties(showSettingsTable) }
  return { ...feeds, items: { ...items, properties: { ...items.properties, podcast } } }
}

function properties(table: Record<string, Setting>): Record<string, JsonSchema> {
  return Object.fromEntries(
    Object.entries(table).map(([key, setting]) => [
      key,
      { ...explained(setting), ...jsonSchema(setting.schema) },
    ]),
  )
}

function explained(setting: Setting): JsonSchema {
  return {
    description: `${setting.meaning}\n\nMust be ${setting.expected}.\n\n${setting.example}`,
    ...(setting.default === null ? {} : { default: setting.default }),
  }
}

/** What is read here of a valibot schema or action; its own types know each kind apart, but not in general. */
interface Node {
  kind: string
  type: string
  requirement?: unknown
  pipe?: Node[]
  item?: Node
  options?: unknown[]
  entries?: Record<string, Node>
  wrapped?: Node
}

function jsonSchema(schema: v.GenericSchema): JsonSchema {
  return ofNode(schema as unknown as Node)
}

/** @throws On a kind of schema that was never used before: this function has to learn it then. */
function ofNode(node: Node | undefined): JsonSchema {
  if (!node) throw new TypeError('A schema lacks the part that it is about.')
  if (node.pipe) return Object.assign({}, ...node.pipe.map(part => ofNode({ ...part, pipe: undefined })))
  switch (node.type) {
    case 'string':
    case 'number':
    case 'boolean':
      return { type: node.type }
    case 'picklist':
      return { type: 'string', enum: node.options }
    case 'array':
      return { type: 'array', items: ofNode(node.item) }
    case 'union':
      return { anyOf: (node.options as Node[]).map(ofNode) }
    case 'record':
      return { type: 'object' }
    case 'object':
    case 'strict_object':
      return ofObject(node.entries ?? {})
    case 'optional':
      return ofNode(node.wrapped)
    case 'integer':
      return { type: 'integer' }
    case 'min_value':
      return { minimum: node.requirement }
    case 'max_value':
      return { maximum: node.requirement }
    case 'non_empty':
      return { minLength: 1 }
    case 'regex':
      return regex(node.requirement as RegExp)
    case 'starts_with':
      return { pattern: `^${String(node.requirement).replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')}` }
    case 'email':
      return { format: 'email' }
    case 'uuid':
      return { format: 'uuid' }
    case 'check':
    case 'trim':
    case 'transform':
      return {}
  }
  throw new Error(`settings-schema.ts does not know ${node.kind} ${node.type}`)
}

function ofObject(entries: Record<string, Node>): JsonSchema {
  return {
    type: 'object',
    additionalProperties: false,
    required: Object.entries(entries).flatMap(([key, { type }]) => (type === 'optional' ? [] : key)),
    properties: Object.fromEntries(Object.entries(entries).map(([key, entry]) => [key, ofNode(entry)])),
  }
}

/** A pattern of JSON Schema has no flags: one that needs them is left to the program. */
function regex({ source, flags }: RegExp): JsonSchema {
  return flags === '' ? { pattern: source } : {}
}
