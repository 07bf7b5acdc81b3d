import type { PresetFolder } from '../../model/preset.ts'
import { firstFile, folderPath } from '../preset-folder.ts'

/** From where a program counts an article's path, and what it makes of it. */
export interface ProgramPath {
  root: string
  permalinks: string[]
}

const endings = ['js', 'ts', 'mjs', 'cjs', 'mts']
const filesOf = (name: string) => endings.map(ending => `${name}.${ending}`)

/**
 * What Gatsby's starters do, and most sites with them: the path of a file in the folder that `gatsby-source-filesystem` is
 * given is its page's, with what the program puts before it. Nothing is run.
 * https://www.gatsbyjs.com/plugins/gatsby-source-filesystem/#createfilepath
 * @param articles the folder that holds articles
 */
export async function gatsbyPath(folder: PresetFolder, articles: string): Promise<ProgramPath | null> {
  const program = (await firstFile(folder, ...filesOf('gatsby-node')))?.text ?? ''
  if (!/\bcreateFilePath\b|\.relativePath\b|\.relativeDirectory\b/.test(program)) return null
  const config = (await firstFile(folder, ...filesOf('gatsby-config')))?.text ?? ''
  const holding = sourcesIn(config).filter(source => `${articles}/`.startsWith(`${source}/`))
  const root = holding.sort((one, other) => other.length - one.length)[0]
  if (root === undefined) return null
  const prefixes = new Set(
    [...program.matchAll(/[`"'](\/[\w/-]*)\$\{[^{}]*(?:slug|value|filePath|relative\w*)\}/gi)].map(
      ([, prefix = '']) => prefix.replace(/\/+$/, ''),
    ),
  )
  const before = prefixes.size === 1 ? [...prefixes][0] : ''
  const end = endOf(config, program)
  const own = /\bfrontmatter\??\.slug\b|\bfrontmatter\s*,\s*["']slug["']/.test(program)
  return {
    root,
    permalinks: [
      ...(own ? [`${before}/{slug|raw}${end}`] : []),
      `${before}/{folders|raw}/{filename|raw}${end}`,
    ],
  }
}

/** `path: \`${__dirname}/content/blog\``, beside the plugin's name. */
function sourcesIn(config: string): string[] {
  const source =
    /["'`]gatsby-source-filesystem["'`](?:(?!gatsby-source-filesystem)[^}]){0,400}?\bpath\s*:\s*(?:path\.(?:join|resolve)\(\s*__dirname\s*,\s*)?["'`](?:\$\{__dirname\})?([^"'`$]+)["'`]/g
  return [...config.matchAll(source)].map(([, path = '']) => folderPath(path)).filter(path => path !== '')
}

/** https://www.gatsbyjs.com/docs/reference/config-files/gatsby-config/#trailingslash */
function endOf(config: string, program: string): string {
  const [, written] = /\btrailingSlash\s*:\s*["'`](always|never|ignore)["'`]/.exec(config) ?? []
  if (written === 'always') return '/'
  return written === 'never' || /\btrailingSlash\s*:\s*false\b/.test(program) ? '' : '/'
}
