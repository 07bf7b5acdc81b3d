import { type Diagnostic, diagnose } from '../../model/diagnostic.ts'
import type { PresetFolder, PresetValues, ProgramRule } from '../../model/preset.ts'
import { lineAt } from '../../text/text-place.ts'
import { below } from '../preset-folder.ts'
import { statusKey } from '../programs/framework-programs.ts'
import { globMark } from '../programs/program-calls.ts'
import { unreadFilters } from '../programs/program-findings.ts'
import { type ArticleSet, partsOf, setsIn } from '../programs/program-values.ts'
import { schemaDefaults } from '../programs/schema-defaults.ts'
import { filtersOf, SitePrograms, withComputed } from '../programs/site-programs.ts'

export interface AstroPrograms {
  rules: ProgramRule[]
  /** What schemas give to articles that say nothing, where it may hide them. */
  defaults: PresetValues[]
  findings: Diagnostic[]
}

/** Where only a program knows its default, the article may be hidden. */
const hidingKey =
  /^(?:(?:is)?(?:draft|published|hidden|private|unlisted|public|listed|visible)|publish|status)$/i

/**
 * What the pages, the feeds and the schemas of an Astro site say of what is shown.
 * https://docs.astro.build/en/guides/content-collections/#filtering-collection-queries
 */
export async function astroPrograms(
  folder: PresetFolder,
  collections: { name: string; path: string }[],
  config: string | null,
  isLoaded: boolean,
): Promise<AstroPrograms> {
  const programs = await SitePrograms.of(
    folder,
    ['src'],
    path => path === config || (path.startsWith('src/pages/') && /\.(?:astro|[cm]?[jt]s)$/.test(path)),
  )
  const shown = shownBy(programs)
  const rules: ProgramRule[] = []
  const defaults: PresetValues[] = []
  const findings: Diagnostic[] = []
  for (const { name, path } of [...collections, { name: globMark, path: 'src/pages' }]) {
    const given = config === null || name === globMark ? null : schemaDefaults(programs, config, name)
    const of = (sets: ArticleSet[]) => {
      const own = sets.filter(({ collection }) => collection === name)
      // Older sites ask for the files of a collection themselves.
      const any = sets.filter(({ collection }) => collection === null || collection === globMark)
      const lists = filtersOf(own.length > 0 || name === globMark ? [...own, ...any.filter(isUnnamed)] : any)
      return lists.map(filters => withComputed(filters, given?.computed ?? new Map()))
    }
    const rule: ProgramRule = {
      root: path,
      ids: isLoaded ? 'slug' : 'file',
      defaults: {},
      // Files among the pages are pages by themselves.
      pages: name === globMark ? [] : of(shown.pages),
      feeds: of(shown.feeds),
      lists: of(shown.lists),
    }
    const values: Record<string, unknown> = {}
    for (const [key, { value, at }] of Object.entries(given?.values ?? {})) {
      rule.defaults[key] = { value, path: config ?? '', line: lineAt(programs.text(config ?? ''), at) }
      if (typeof value === 'boolean' || statusKey.test(key)) values[key] = value
    }
    for (const { key, at } of given?.unknown ?? []) {
      if (!hidingKey.test(key)) continue
      values.draft = true
      const place = { path: config ?? '', line: lineAt(programs.text(config ?? ''), at) }
      const message = `What articles have that say nothing of "${key}" is worked out by a program, which is not run: they are withheld.`
      findings.push(
        diagnose(
          'system-setting-unknown',
          place,
          message,
          `Write \`${key}\` into the articles, or a plain default.`,
        ),
      )
    }
    if (Object.keys(values).length > 0) defaults.push({ match: below(path, '**'), values })
    const says = [rule.pages, rule.feeds, rule.lists].some(lists => lists.some(filters => filters.length > 0))
    if (says || Object.keys(rule.defaults).length > 0) rules.push(rule)
  }
  return { rules, defaults, findings: [...findings, ...unreadFilters(rules)] }
}

/** Pages that are made of one article each, feeds, and pages that name articles. */
function shownBy(programs: SitePrograms): Record<'pages' | 'feeds' | 'lists', ArticleSet[]> {
  const shown = { pages: [] as ArticleSet[], feeds: [] as ArticleSet[], lists: [] as ArticleSet[] }
  const lost: ArticleSet[] = []
  for (const path of programs.paths) {
    if (path.endsWith('.astro')) {
      const paths =
        path.startsWith('src/pages/') && path.includes('[') ? programs.called(path, ['getStaticPaths']) : null
      if (paths) {
        const all = setsIn(paths.value)
        const own = all.filter(isOfOneArticle)
        shown.pages.push(...own.map(set => butRefused(programs, path, set)))
        if (all.length === 0 && isOfArticles.test(path) && !isOfTags.test(path))
          (paths.used.length > 0 ? lost : shown.pages).push(
            ...programs.lost(path, ['getStaticPaths'], paths.used),
          )
        shown.lists.push(...all.filter(set => !own.includes(set)), ...paths.used)
      } else {
        shown.lists.push(...programs.ownLists(path))
        if (path.includes('[')) shown.pages.push(...askedFor(programs, path))
      }
    } else if (isFeed(path, programs.text(path))) {
      const answer = programs.called(path, ['GET', 'get', 'default'])
      if (answer) shown.feeds.push(...answer.used, ...setsIn(answer.value))
    }
  }
  // Among other pages it may be one of tags.
  if (shown.pages.length === 0) shown.pages.push(...lost)
  return shown
}

/** A page of one article may lead elsewhere: `if (Astro.props.post.data.draft) return Astro.redirect("/404")`. */
function butRefused(programs: SitePrograms, path: string, set: ArticleSet): ArticleSet {
  const props = set.each.kind === 'table' ? set.each.of.get('props') : undefined
  const refused = props ? programs.refusals(path, props) : []
  return refused.length === 0 ? set : { ...set, filters: [...set.filters, ...refused] }
}

/** A page that is made when it is asked for: `const post = await getEntry("blog", Astro.params.slug)`. */
function askedFor(programs: SitePrograms, path: string): ArticleSet[] {
  const asked = /\bgetEntry(?:BySlug)?\s*\(\s*["'`]([\w-]+)["'`]/.exec(programs.text(path))
  if (!asked) return []
  return [{ collection: asked[1] ?? null, filters: programs.refusals(path), each: { kind: 'article' } }]
}

const isUnnamed = ({ collection }: ArticleSet) => collection === null

/** A page that is called as those of articles are; and one of those for which they are only chosen. */
const isOfTags = /(?:^|\/)(?:tags?|categor(?:y|ies)|topics?|authors?|series|archives?)\//
const isOfArticles = /\[(?:\.\.\.)?(?:slug|id|path|post|article|entry)\][^[]*$/

/** `{ params: { slug: post.id }, props: { post } }` */
function isOfOneArticle({ each }: ArticleSet): boolean {
  const params = each.kind === 'table' ? each.of.get('params') : undefined
  return params !== undefined && partsOf(params).some(({ is }) => is !== 'varies')
}

const isFeed = (path: string, text: string) =>
  path.startsWith('src/pages/') &&
  (/(?:^|\/)(?:rss|feed|atom|index)\b[^/]*\.(?:xml|json|rss|atom)\.[mc]?[jt]s$/.test(path) ||
    /["'](?:@astrojs\/rss|feed)["']/.test(text))
