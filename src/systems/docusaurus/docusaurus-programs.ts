import type { PresetFolder, ProgramRule } from '../../model/preset.ts'
import { lostAt } from '../programs/gatsby-programs.ts'
import { setsIn, type Value, varyingValue } from '../programs/program-values.ts'
import { filtersOf, SitePrograms } from '../programs/site-programs.ts'

/** What the plugin hands to a function of each post: of its metadata those that the post says itself. */
const said = ['title', 'description', 'date', 'tags', 'unlisted', 'authors']
const each: Value = {
  kind: 'table',
  of: new Map<string, Value>([
    ['id', { kind: 'scalar', of: { is: 'id', name: 'path' } }],
    ['content', { kind: 'scalar', of: { is: 'body', name: 'text' } }],
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
    ['defaultCreateFeedItems', { kind: 'named', name: 'defaultCreateFeedItems' }],
  ]),
  over: varyingValue,
}

/**
 * `processBlogPosts: async ({ blogPosts }) => blogPosts.filter(…)`: what it leaves out is nowhere. What `createFeedItems` leaves out is in no feed.
 * https://docusaurus.io/docs/api/plugins/@docusaurus/plugin-content-blog
 */
export async function docusaurusPrograms(
  config: string,
  roots: string[],
  folder: PresetFolder,
): Promise<ProgramRule[]> {
  if (config === '') return []
  const programs = await SitePrograms.of(folder, [''], path => path === config)
  const pages = filtersOf(
    programs
      .functionsNamed(config, 'processBlogPosts')
      .flatMap(called => setsIn(programs.answer(called, [posts]))),
  )
  const feeds = filtersOf(
    programs.functionsNamed(config, 'createFeedItems').flatMap(called => {
      const sets = setsIn(programs.answer(called, [posts]))
      return sets.length > 0 ? sets : [lostAt(programs, config, 'createFeedItems')]
    }),
  )
  if (pages.flat().length === 0 && feeds.flat().length === 0) return []
  // Each post has a page, whatever the feeds have.
  const all = pages.length > 0 ? pages : [[]]
  return roots.map(root => ({ root, ids: 'any', defaults: {}, pages: all, feeds, lists: [] }))
}
