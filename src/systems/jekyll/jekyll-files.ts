import type { PresetFolder } from '../../model/preset.ts'
import { below } from '../preset-folder.ts'

/** Left out whatever the settings say. https://jekyllrb.com/docs/configuration/options/#global-configuration */
const alwaysLeftOut = [
  '.sass-cache',
  '.jekyll-cache',
  'gemfiles',
  'Gemfile',
  'Gemfile.lock',
  'node_modules',
  'vendor/bundle/',
  'vendor/cache/',
  'vendor/gems/',
  'vendor/ruby/',
]

/**
 * Expressions over paths for what Jekyll passes over: what `exclude` names, and names that begin with `.`, `_` or `#` or end with
 * `~`, unless `include` names them.
 */
export function leftOut(source: string, exclude: string[], include: string[]): string[] {
  const root = source === '' ? '' : `${escaped(source)}/`
  const kept = include.map(pattern => `(?:.*/)?${fromGlob(pattern.replace(/^\/+|\/+$/g, ''))}$`)
  const except = kept.length > 0 ? `(?!${kept.join('|')})` : ''
  const named = [...alwaysLeftOut, ...exclude.filter(pattern => !include.includes(pattern))].flatMap(
    pattern => {
      const path = pattern.replace(/^\/+/, '')
      if (path === '') return []
      // A name without wildcards leaves out whatever begins so, as it does there.
      return /[*?[]/.test(path) ? `${fromGlob(path.replace(/\/+$/, ''))}(?:/|$)` : escaped(path)
    },
  )
  const inPosts = '(?:.*/)?_(?:posts|drafts)/'
  return [
    ...named.map(pattern => `^${root}${except}${pattern}`),
    // What is special in a folder of posts, and folders above them.
    `^${root}${except}${inPosts}[._#~]`,
    `^${root}${except}${inPosts}(?:.*/)?[._#~][^/]*$`,
    `^${root}${inPosts}.*~$`,
    // Only names with a date are posts; drafts need none.
    `^${root}(?:.*/)?_posts/(?:.*/)?(?!\\d{2,4}-\\d{1,2}-\\d{1,2}-)[^/]*$`,
    `^${root}(?:[^/]+/)*[._#~](?!posts/|drafts/)[^/]*/(?:.*/)?_(?:posts|drafts)/`,
  ]
}

/** Ruby's `File.fnmatch` without flags: `*` takes slashes too. */
function fromGlob(glob: string): string {
  return glob.replace(/\*+|\?|\[[^\]]*\]|[\\^$.|+(){}[\]/-]/g, token => {
    if (token.startsWith('*')) return '.*'
    if (token === '?') return '.'
    return token.length > 1 ? classOf(token) : escaped(token)
  })
}

const classOf = (set: string) =>
  `[${set
    .slice(1, -1)
    .replace(/^!/, '^')
    .replace(/[\\[\]]/g, '\\$&')}]`
const escaped = (text: string) => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')

/** UTF-16 code units: what is larger shows more than words and pictures. */
const largestInclude = 8_000
const mostIncludes = 400

/** Texts that `{% include %}` takes in, by name. */
export async function includesIn(folder: PresetFolder, includes: string): Promise<Record<string, string>> {
  const texts: Record<string, string> = {}
  for (const path of (await folder.find(includes, /\.(?:html?|md|markdown|txt|svg)$/)).slice(
    0,
    mostIncludes,
  )) {
    const text = await folder.text(path, largestInclude + 1)
    if (text !== null && text.length <= largestInclude)
      texts[path.slice(below(includes, 'x').length - 1)] = text
  }
  return texts
}
