import type { PresetFolder } from '../../model/preset.ts'
import { ignorePatternsOf, isPattern } from '../ignore-file.ts'
import { firstFile, folderPath } from '../preset-folder.ts'

/** Where frameworks and what reads content for them say what is left out, and under which keys: `exclude` is a site map's, too. */
const files: Record<string, RegExp> = {
  'gatsby-config': /^ignore$/,
  'nuxt.config': /^ignores?$/,
  'content.config': /^(?:exclude|ignore)$/,
  'contentlayer.config': /^contentDirExclude$/,
  'velite.config': /^(?:exclude|ignore)$/,
  'content-collections': /^(?:exclude|ignore)$/,
}
const endings = ['ts', 'js', 'mjs', 'cjs', 'mts']
const written = /\b(exclude|ignores?|contentDirExclude)\s*:\s*(?:\[([^[\]]*)\]|(["'`][^"'`\n]*["'`]))/g
const text = /(["'`])((?:(?!\1)[^\\\n]|\\.)*)\1|\/((?:[^/\\\n]|\\.)+)\/[a-z]*/g

/**
 * Sources of expressions over paths for what the settings of a site's content leave out. Of which folder a glob is counted nobody knows
 * without running them: it counts of any.
 * @param articles the folders of articles
 */
export async function excludedContent(folder: PresetFolder, articles: string[]): Promise<string[]> {
  const patterns: string[] = []
  for (const [name, keys] of Object.entries(files)) {
    const file = await firstFile(folder, ...endings.map(ending => `${name}.${ending}`))
    for (const [, key = '', list, one] of (file?.text ?? '').slice(0, longest).matchAll(written))
      for (const [, , glob, expression] of keys.test(key) ? (list ?? one ?? '').matchAll(text) : [])
        patterns.push(...(glob === undefined ? [expression ?? ''] : globPatterns(glob)))
  }
  // Nuxt's, in the way of Git's: https://nuxt.com/docs/guide/directory-structure/nuxtignore
  patterns.push(...ignorePatternsOf((await folder.text('.nuxtignore')) ?? ''))
  // What would leave out all is meant for something else.
  const isWide = (source: string) =>
    articles.some(path => new RegExp(source, 'u').test(`${path}/of-no-name.md`))
  return patterns.filter(source => source !== '' && isPattern(source) && !isWide(source))
}

/** UTF-16 code units of settings that are looked through. */
const longest = 100_000

/** Of Nuxt's `content.ignores` the entries are expressions; anything else is a glob. */
function globPatterns(glob: string): string[] {
  if (/\\[.\\]|[$^]/.test(glob)) return [glob.replace(/\\\\/g, '\\')]
  const path = folderPath(glob.replace(/^!/, '').replace(/^\*\*\//, ''))
  return path === '' || path === '*' || path === '**' ? [] : ignorePatternsOf(path).map(anywhere)
}

const anywhere = (pattern: string) => pattern.replace(/^\^(?!\(\?:\.\*\/\)\?)/, '^(?:.*/)?')
