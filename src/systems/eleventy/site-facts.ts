import type { PresetFolder } from '../../model/preset.ts'
import { splitSettings } from '../front-matter-block.ts'
import { readJavaScript } from '../javascript-settings.ts'
import { below, isTable, readData, type Settings, textAt, valueAt } from '../preset-folder.ts'
import type { RawSettings } from '../system.ts'

type SiteFacts = Pick<RawSettings, 'title' | 'description' | 'url' | 'language' | 'authors'>

/** What the template of the site's feed is called. https://www.11ty.dev/docs/plugins/rss/ */
export const feedTemplate = /^(?:feed|rss|atom)(?:[.-][\w-]+)*\.(?:njk|liquid)$/

const mostTables = 20
/** UTF-16 code units. */
const longestTable = 4_000

/**
 * What the site says of itself: its global data, what its feed plugin is given, what stands at the head of its feed's template; of each
 * fact the first counts.
 */
export async function siteFacts(
  config: string,
  data: string,
  input: string,
  folder: PresetFolder,
): Promise<SiteFacts> {
  const tables = [
    ...(await dataTables(data, folder)),
    ...pluginTables(config),
    ...(await feedTables(input, folder)),
  ]
  const first = (...ways: string[][]) => {
    for (const table of tables)
      for (const way of ways) {
        const text = textAt(table, ...way)
        if (text !== null) return text
      }
    return null
  }
  return {
    title: first(['title'], ['name']),
    description: first(['description'], ['subtitle']),
    url: first(['url'], ['base']),
    language: first(['language'], ['lang']),
    authors: [first(['author', 'name'], ['author'])],
  }
}

async function dataTables(data: string, folder: PresetFolder): Promise<Settings[]> {
  const names = new Set(await folder.names(data))
  const tables: Settings[] = []
  for (const name of ['metadata', 'site', 'meta'])
    for (const ending of ['json', 'js', 'mjs', 'cjs']) {
      if (!names.has(`${name}.${ending}`)) continue
      const path = below(data, `${name}.${ending}`)
      const text = (await folder.text(path)) ?? ''
      tables.push(ending === 'json' ? readData(path, text) : readJavaScript(text).data)
    }
  return tables
}

/** `addPlugin(feedPlugin, { metadata: { title, base, author } })` */
const pluginTables = (config: string): Settings[] =>
  [...config.matchAll(/\bmetadata\s*:\s*(?=\{)/g)].slice(0, mostTables).map(({ index, 0: key }) => {
    const start = index + key.length
    return readJavaScript(`export default ${config.slice(start, start + longestTable)}`).data
  })

async function feedTables(input: string, folder: PresetFolder): Promise<Settings[]> {
  const paths = await folder.find(input, feedTemplate)
  const tables: Settings[] = []
  for (const path of paths.slice(0, mostTables)) {
    const table = valueAt(splitSettings(path, (await folder.text(path, longestTable)) ?? ''), 'metadata')
    if (isTable(table)) tables.push(table)
  }
  return tables
}
