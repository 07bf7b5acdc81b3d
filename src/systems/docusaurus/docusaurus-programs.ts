import type { PresetFolder, ProgramRule } from '../../model/preset.ts'
import { setsIn, type Value, varyingValue } from '../programs/program-values.ts'
import { filtersOf, SitePrograms } from '../programs/site-programs.ts'

/** What the plugin hands to a function of each post: of its metadata those that the post says itself. */
const said = ['title', 'description', 'date', 'tags', 'unlisted', 'authors']
const each: Value = {
  kind: 'table',
  of: new Map<string, Value>([
    ['id', { kind: 'scalar', of: { is: 'id', name: 'path' } }],
    [
      'metadata',
      {
        kind: 'table',
        of: new Map<string, Value>([
          ['frontMatter', { kind: 'data', keys: [] }],
          ['source', { kind: 'scalar', of: { is: 'id', name: 'path' } }],
          ...said.map((key): [string, Value] => [key, { kind: 'data', keys: [key] }]),
        ]),
        over: varyingValue,
      },
    ],
  ]),
  over: varyingValue,
}
const posts: Value = {
  kind: 'table',
  of: new Map<string, Value>([
    ['blogPosts', { kind: 'articles', of: [{ collection: null, filters: [], each }] }],
  ]),
  over: null,
}

/** `processBlogPosts: async ({ blogPosts }) => blogPosts.filter(…)`: what it leaves out is nowhere. https://docusaurus.io/docs/api/plugins/@docusaurus/plugin-content-blog */
export async function docusaurusPrograms(
  config: string,
  roots: string[],
  folder: PresetFolder,
): Promise<ProgramRule[]> {
  if (config === '') return []
  const programs = await SitePrograms.of(folder, [''], path => path === config)
  const sets = programs
    .functionsNamed(config, 'processBlogPosts')
    .flatMap(called => setsIn(programs.answer(called, [posts])))
  const pages = filtersOf(sets)
  if (pages.flat().length === 0) return []
  return roots.map(root => ({ root, ids: 'any', defaults: {}, pages, feeds: [], lists: [] }))
}
