import { diagnose } from '../../model/diagnostic.ts'
import { contentRule, type PresetFolder, type PresetName } from '../../model/preset.ts'
import { javaScriptConfig } from '../javascript-config.ts'
import { articleFoldersAmong, below, firstName, isFolderName, textAt } from '../preset-folder.ts'
import { type FrameworkParts, frameworkPrograms } from '../programs/framework-programs.ts'
import type { System } from '../system.ts'
import type { KnownSettings } from '../system-settings.ts'
import { excludedContent } from './content-excludes.ts'
import { gatsbyPath } from './gatsby-paths.ts'

const endings = ['js', 'mjs', 'ts', 'cjs', 'mts']

/** A framework whose programs decide about addresses: articles are found, and what is not known is said. */
interface Framework {
  name: PresetName
  file: string
  known: KnownSettings
  title: string
  description: string
  url: string
  base: string
  /** Folders whose folders may be articles', the likelier first. */
  places: string[]
  permalink: string
  /** What its program says of the addresses below a folder, where that can be read. */
  counted?: typeof gatsbyPath
  /** Sources of expressions over the names that it leaves out. */
  hidden: string[]
  /** Folders of files that are served as they are. */
  roots: string[]
  /** Which of its programs say what is shown. */
  programs: FrameworkParts
}

const frameworks: Framework[] = [
  {
    name: 'gatsby',
    file: 'gatsby-config',
    known: {
      'siteMetadata.title': 'text',
      'siteMetadata.description': 'text',
      'siteMetadata.siteUrl': 'text',
      'siteMetadata.author': 'any',
      pathPrefix: 'text',
    },
    title: 'siteMetadata.title',
    description: 'siteMetadata.description',
    url: 'siteMetadata.siteUrl',
    base: 'pathPrefix',
    places: ['content', 'src', 'src/content', ''],
    permalink: '/{folders}/{filename}/',
    counted: gatsbyPath,
    hidden: [],
    roots: ['static', 'content'],
    programs: {
      roots: [''],
      entries: /^gatsby-(?:node|config)\.[cm]?[jt]s$|^src\/.*\.[jt]sx?$/,
      pages: { files: /^gatsby-node\./, functions: ['createPages'] },
      feeds: /(?:^|\/)(?:rss|feed|atom)[^/]*\.[jt]sx?$/,
      feedsIn: { files: /^gatsby-config\./, word: 'gatsby-plugin-feed' },
      schemas: null,
    },
  },
  {
    name: 'nuxt',
    file: 'nuxt.config',
    known: { 'site.name': 'text', 'site.description': 'text', 'site.url': 'text', 'app.baseURL': 'text' },
    title: 'site.name',
    description: 'site.description',
    url: 'site.url',
    base: 'app.baseURL',
    places: ['content', ''],
    permalink: '/{folders}/{filename}',
    // https://content.nuxt.com/docs/files/markdown: names with `.`, `-` or `_` in front, and `.draft.md`.
    hidden: ['^content/(?:.*/)?[.\\-_]', '\\.draft\\.mdx?$'],
    roots: ['public', 'content'],
    programs: {
      roots: [''],
      entries:
        /^content\.config\.[cm]?[jt]s$|(?:^|\/)(?:pages|server|components|composables|layouts|utils)\/.*\.(?:vue|[cm]?[jt]s)$/,
      // One page shows whatever has the address that is asked for.
      pages: null,
      refuses: /(?:^|\/)pages\/.*\[[^/]*\.vue$/,
      feeds: /(?:^|\/)server\/.*(?:rss|feed|atom)[^/]*\.[cm]?[jt]s$/,
      feedsIn: null,
      schemas: /^content\.config\.[cm]?[jt]s$/,
    },
  },
  {
    name: 'nextjs',
    file: 'next.config',
    known: { basePath: 'text', trailingSlash: 'flag' },
    title: '',
    description: '',
    url: '',
    base: 'basePath',
    places: ['content', 'src/content', 'data', 'src/data', 'src', ''],
    permalink: '/{folders}/{slug,filename}',
    hidden: [],
    roots: ['public'],
    programs: {
      roots: [''],
      entries:
        /^(?:src\/)?(?:app|pages|lib|libs|utils|scripts|components|server)\/.*\.[cm]?[jt]sx?$|^(?:contentlayer|velite|content-collections)(?:\.config)?\.[cm]?[jt]s$/,
      pages: {
        files: /(?:^|\/)(?:app|pages)\/.*\[(?:\[?\.\.\.)?(?:slug|id|path|post|article|name)\]+[^[]*$/,
        functions: ['generateStaticParams', 'getStaticPaths'],
      },
      feeds: /(?:^|\/)[^/]*(?:rss|feed|atom)[^/]*(?:\/route)?\.[cm]?[jt]sx?$/,
      feedsIn: null,
      schemas: /^(?:contentlayer|velite|content-collections)(?:\.config)?\.[cm]?[jt]s$/,
    },
  },
]

function systemOf(framework: Framework): System {
  const { name, file, known } = framework
  const files = endings.map(ending => `${file}.${ending}`)
  return {
    name,
    settings: known,
    async recognise(folder) {
      const found = await firstName(folder, files)
      return found && (await articlesOf(framework, folder)) ? `${found} lies in the folder` : null
    },
    async read(folder) {
      const { settings } = await javaScriptConfig(folder, files, known)
      const text = (key: string) => (key === '' ? null : settings.text(key))
      const found = await articlesOf(framework, folder)
      const content = await Promise.all(
        (found?.folders ?? []).map(async path =>
          contentRule({
            match: `${path}/**`,
            ...((await framework.counted?.(folder, path)) ?? {
              root: found?.root ?? '',
              permalinks: [framework.permalink],
            }),
          }),
        ),
      )
      const programs = await frameworkPrograms(folder, found?.folders ?? [], framework.programs)
      const taken = content.map(
        ({ root, permalinks }) => `${permalinks.join(', else ')}${root === '' ? '' : ` (below ${root})`}`,
      )
      const finding = diagnose(
        'system-setting-unknown',
        { path: `${file}.${endings[0]}` },
        `Which addresses articles have is decided by the pages of ${name}, which are not run: they were taken for ${[...new Set(taken)].join(' and ')}.`,
        'Write the right pattern into broadsheet.toml: permalink = "/blog/{slug,filename}".',
      )
      return {
        settings: {
          title: text(framework.title),
          description: text(framework.description),
          url: text(framework.url),
          base: text(framework.base),
          authors: [
            textAt(settings.value('siteMetadata.author'), 'name') ??
              textAt(settings.data, 'siteMetadata', 'author'),
          ],
          timezone: 'UTC',
        },
        preset: {
          content,
          ignorePatterns: [...framework.hidden, ...(await excludedContent(folder, found?.folders ?? []))],
          defaults: programs.defaults,
          programs: programs.rules,
          markdown: ['mdx'],
          roots: [...framework.roots, ''],
          findings: [...settings.findings, finding, ...programs.findings],
        },
      }
    },
  }
}

/** The first place with folders that are called as folders of articles are. */
async function articlesOf({ places }: Framework, folder: PresetFolder) {
  for (const root of places) {
    const names = (await folder.names(root)).filter(isFolderName)
    const found = articleFoldersAmong(names).filter(name =>
      /^(?:_?posts?|blog|articles?|news|notes|writings?)$/i.test(name),
    )
    if (found.length > 0) return { root, folders: found.map(name => below(root, name)) }
    if (root === 'content' && names.length > 0) return { root, folders: [root] }
  }
  return null
}

export const [gatsby, nuxt, nextjs] = frameworks.map(systemOf) as [System, System, System]
