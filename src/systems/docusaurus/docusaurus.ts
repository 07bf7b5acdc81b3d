import { type ContentRule, contentRule, type Preset, type PresetFolder } from '../../model/preset.ts'
import { escapedPath, groupPattern } from '../ignore-file.ts'
import { javaScriptConfig } from '../javascript-config.ts'
import {
  dataFiles,
  firstData,
  firstName,
  folderPath,
  isTable,
  type Settings,
  textAt,
  textsAt,
} from '../preset-folder.ts'
import { unreadFilters } from '../programs/program-findings.ts'
import { peopleIn, type System } from '../system.ts'
import type { KnownSettings } from '../system-settings.ts'
import { docusaurusPrograms } from './docusaurus-programs.ts'

const settingsFiles = ['js', 'ts', 'mjs', 'cjs', 'mts', 'cts'].map(
  extension => `docusaurus.config.${extension}`,
)

const known = {
  title: 'text',
  tagline: 'text',
  url: 'text',
  baseUrl: 'text',
  trailingSlash: 'flag',
  'i18n.defaultLocale': 'text',
  'i18n.locales': 'texts',
  presets: 'list',
  plugins: 'list',
} as const satisfies KnownSettings

/** https://docusaurus.io/docs/blog and /docs/api/plugins/@docusaurus/plugin-content-blog */
export const docusaurus: System = {
  name: 'docusaurus',
  settings: known,
  async recognise(folder) {
    const file = await firstName(folder, settingsFiles)
    return file && `${file} lies in the folder`
  },
  async read(folder) {
    const { settings, path, tellUnknown, mustKnow } = await javaScriptConfig(folder, settingsFiles, known)
    mustKnow(/^presets\.\d+\.\d+\.blog\.(?:path|include|exclude)(?:\.\d+)?$/)
    const hint = 'Write the addresses into broadsheet.toml: permalink = "/blog/{slug,name}".'
    tellUnknown('presets', 'where the blog lies and which addresses it has is not known', hint)
    const blogs = blogsOf(settings.list('presets'), settings.list('plugins'))
    const end = settings.flag('trailingSlash') === true ? '/' : ''
    const language = settings.text('i18n.defaultLocale') ?? 'en'
    const others = settings.texts('i18n.locales').filter(code => code !== language)
    const [first] = blogs
    const programs = await docusaurusPrograms(
      path,
      [...blogs.map(blog => blog.path), ...others.map(code => `i18n/${code}/docusaurus-plugin-content-blog`)],
      folder,
    )
    settings.findings.push(...unreadFilters(programs))
    return {
      settings: {
        title: settings.text('title'),
        description: settings.text('tagline'),
        url: settings.text('url'),
        base: settings.text('baseUrl'),
        language,
        // A date without a zone is read as UTC there.
        timezone: 'UTC',
      },
      preset: {
        onlyKeys: { permalink: [] },
        markdownExtras: ['code-marks'],
        content: blogs.flatMap(blog => [
          ...rulesOf(blog, end),
          ...others.flatMap(code => translation(blog, code, end)),
        ]),
        ...hiddenIn(blogs),
        programs,
        markdown: ['mdx'],
        formats: ['md', 'mdx'],
        pathMetadata: blogs.map(({ path }) => ({ pattern: datedPath, of: 'path', root: path })),
        roots: ['static', ''],
        linksBelowBase: true,
        // remark-emoji is a part of it.
        emojiNames: true,
        authors: await authorsOf(blogs, folder),
        tagNames: await tagNamesOf(blogs, folder),
        feeds: ['rss.xml', 'atom.xml', 'feed.json'].map(file => ({
          from: `${first.route}/${file}`.replace(/^\/+/, '/'),
          to: `/${file}`,
        })),
        findings: settings.findings,
      },
    }
  },
}

/** The last date of a path counts, and its parts may be folders: `2024/02/06-short.md`. */
const datedPath = '^.*(?<date_year>\\d{4})[-/](?<date_month>\\d{1,2})[-/](?<date_day>\\d{1,2})'

interface Blog {
  path: string
  /** Begins with a slash, or is empty. */
  route: string
  include: string[]
  exclude: string[] | null
  authors: string
  tags: string
}

/** The blog of the classic preset, and those of the plugin by itself. */
function blogsOf(presets: unknown[], plugins: unknown[]): [Blog, ...Blog[]] {
  const named = (entries: unknown[], name: RegExp): unknown[] =>
    entries.flatMap(entry => {
      const [first, options] = [entry].flat()
      return typeof first === 'string' && name.test(first) ? [isTable(options) ? options : {}] : []
    })
  const classic = named(presets, /(?:^|[-/])classic$/).flatMap(options => {
    const blog = (options as Settings).blog
    return blog === false ? [] : [isTable(blog) ? blog : {}]
  })
  const alone = named(plugins, /plugin-content-blog$/)
  const isOff = named(presets, /(?:^|[-/])classic$/).length > classic.length
  // Without any blog what lies where one would is nobody's.
  const none = isOff ? { exclude: ['**'] } : {}
  const [first = none, ...others] = [...classic, ...alone] as Settings[]
  return [blogOf(first), ...others.map(blogOf)]
}

function blogOf(options: Settings): Blog {
  const path = folderPath(textAt(options, 'path') ?? 'blog')
  const route = folderPath(textAt(options, 'routeBasePath') ?? 'blog')
  const exclude = Array.isArray(options.exclude) ? textsAt(options, 'exclude') : null
  const authors = textAt(options, 'authorsMapPath') ?? 'authors.yml'
  const include = Array.isArray(options.include) ? textsAt(options, 'include') : ['**']
  const tags = textAt(options, 'tags') ?? 'tags.yml'
  return { path, route: route === '' ? '' : `/${route}`, include, exclude, authors, tags }
}

function rulesOf({ path, route, include }: Blog, end: string, base = ''): ContentRule[] {
  const permalinks = ['{slug}', '{dated_path}']
  return include.map(glob =>
    contentRule({
      match: `${path}/${glob}`,
      root: path,
      permalinks: permalinks.map(pattern => `${base}${route}/${pattern}${end}`),
    }),
  )
}

function translation(blog: Blog, code: string, end: string): ContentRule[] {
  const path = `i18n/${code}/docusaurus-plugin-content-blog`
  return rulesOf({ ...blog, path }, end, `/${code}`).map(rule => ({ ...rule, language: code }))
}

/** What the plugin leaves out where nobody says otherwise: names with an underscore, and tests. */
function hiddenIn(blogs: Blog[]): Pick<Preset, 'ignore' | 'ignorePatterns'> {
  const ignore = blogs.flatMap(({ path, exclude }) =>
    (exclude ?? []).flatMap(glob =>
      [path, 'i18n/*/docusaurus-plugin-content-blog'].map(root => `${root}/${glob}`),
    ),
  )
  const ignorePatterns = blogs
    .filter(({ exclude }) => exclude === null)
    .flatMap(({ path }) => [escapedPath(path), 'i18n/[^/]+/docusaurus-plugin-content-blog'])
    .map(path => `^${path}/(?:.*/)?(?:_|__tests__/)`)
    .concat(
      blogs.flatMap(({ path, exclude }) => (exclude ?? []).flatMap(glob => groupPattern(glob, path) ?? [])),
    )
  return { ignore, ignorePatterns }
}

async function authorsOf(blogs: Blog[], folder: PresetFolder): Promise<Preset['authors']> {
  const all: Preset['authors'] = {}
  for (const { path, authors } of blogs) {
    const name = authors.replace(/\.\w+$/, '')
    Object.assign(
      all,
      peopleIn(await firstData(folder, `${path}/${authors}`, ...dataFiles(`${path}/${name}`))),
    )
  }
  return all
}

/** Labels of tags, by the key that posts write. https://docusaurus.io/docs/blog#tags-file */
async function tagNamesOf(blogs: Blog[], folder: PresetFolder): Promise<Preset['tagNames']> {
  const names: Preset['tagNames'] = {}
  for (const { path, tags } of blogs)
    for (const [key, tag] of Object.entries(await firstData(folder, `${path}/${tags}`))) {
      const label = textAt(tag, 'label')
      if (label !== null) names[key] = label
    }
  return names
}
