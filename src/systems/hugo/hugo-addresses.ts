import { type ContentRule, contentRule } from '../../model/preset.ts'
import { addressFilters } from '../../text/address-filters.ts'
import { beforeFirst } from '../../text/before-first.ts'
import { permalinkDialects } from '../../text/permalink-dialects.ts'
import { below, isTable, type Settings, textAt, valueAt } from '../preset-folder.ts'
import type { SystemSettings } from '../system-settings.ts'
import type { Edition } from './hugo-editions.ts'
import type { HugoSettings } from './hugo-settings.ts'

type Config = SystemSettings<HugoSettings>

/**
 * Rules for the content of one edition: one for each section with a pattern of its own, and one for the others.
 * @param sections those whose pages are articles; empty: all
 */
export function rulesOf(config: Config, edition: Edition, sections: string[]): ContentRule[] {
  const files = edition.suffix === null ? '**' : `**/*.${edition.suffix}.*`
  const patterns = patternsOf(config, edition.code)
  const wanted = (section: string) => sections.length === 0 || sections.includes(section)
  const rule = (inside: string, section: string): ContentRule => {
    const given = patterns.find(({ section: own }) => own === section)?.pattern ?? null
    return contentRule({
      match: below(edition.folder, inside === '' ? files : `${inside}/${files}`),
      root: edition.folder,
      mounted: edition.mounted,
      permalinks: permalinksOf(config, given, section).map(pattern => `${edition.base}${pattern}`),
      relativeTo: edition.base,
      language: edition.language,
      suffix: edition.suffix && `.${edition.suffix}`,
      languageKey: edition.code,
    })
  }
  // The section of all pages in a mounted folder is that folder's.
  const [mounted] = edition.mounted
  if (mounted !== undefined) return wanted(mounted) ? [rule('', mounted)] : []
  if (sections.length > 0) return sections.map(section => rule(section, beforeFirst(section, '/')))
  const own = patterns.map(({ section }) => section).filter(section => section !== '')
  return [...own.map(section => rule(section, section)), rule('', '')]
}

/** Where a text can be filled with what Hugo takes for a part of an address. */
function permalinksOf(config: Config, given: string | null, section: string): string[] {
  const patterns = given === null ? [] : [permalinkDialects.hugo(given) ?? []].flat()
  return [...patterns, '/{folders|hugo}/{slug,filename|hugo}/']
    .map(pattern => inWriting(config, pattern))
    .map(pattern =>
      isUgly(config, section) ? pattern.replace(/\/?$/, '.html') : pattern.replace(/\/?$/, '/'),
    )
}

/** https://gohugo.io/configuration/all/#disablepathtolower and #removepathaccents */
function inWriting(config: Config, pattern: string): string {
  const accents = config.flag('removePathAccents') === true ? '|unaccented' : ''
  const filter = config.flag('disablePathToLower') === true ? 'hugocased' : 'hugo'
  // What stands between the braces is a part of the address as everything else is: `/Archive of 2024/:slug`.
  const literal = (text: string) => {
    const written = addressFilters[filter](text)
    return accents === '' ? written : addressFilters.unaccented(written)
  }
  return pattern
    .split(/(\{[^{}]*\})/)
    .map(part => (part.startsWith('{') ? part.replaceAll('|hugo', `|${filter}${accents}`) : literal(part)))
    .join('')
}

/** https://gohugo.io/configuration/ugly-urls/: for all, or for some sections. */
function isUgly(config: Config, section: string): boolean {
  const ugly = config.value('uglyURLs')
  return ugly === true || (section !== '' && valueAt(ugly, section) === true)
}

interface SectionPattern {
  /** Empty: pages of no section. */
  section: string
  pattern: string
}

/** https://gohugo.io/configuration/permalinks/, in its three forms; a language's own count before the site's. */
export function patternsOf(config: Config, code: string): SectionPattern[] {
  const own = valueAt(config.table('languages'), code, 'permalinks')
  return [own, config.value('permalinks')].flatMap(table =>
    Array.isArray(table) ? table.flatMap(targeted) : isTable(table) ? ofTable(table) : [],
  )
}

function ofTable(table: Settings): SectionPattern[] {
  const pages = valueAt(table, 'page')
  return [...(isTable(pages) ? Object.entries(pages) : []), ...Object.entries(table)].flatMap(
    ([key, pattern]) =>
      typeof pattern === 'string' ? { section: key.replace(/^[ /]+|[ /]+$/g, ''), pattern } : [],
  )
}

/** `[[permalinks]]` with a target, as newer versions write it. */
function targeted(entry: unknown): SectionPattern[] {
  const pattern = textAt(entry, 'pattern')
  const kind = textAt(entry, 'target', 'kind')
  const [, section] = /^\/?\{?([^/*,{}]+)/.exec(textAt(entry, 'target', 'path') ?? '') ?? []
  return pattern === null || section === undefined || (kind !== null && kind !== 'page')
    ? []
    : [{ section, pattern }]
}
