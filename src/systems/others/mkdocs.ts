import type { Diagnostic } from '../../model/diagnostic.ts'
import { contentRule, type MarkdownExtra, markdownExtras, type PresetFolder } from '../../model/preset.ts'
import { lineAt } from '../../text/text-place.ts'
import {
  below,
  dataFiles,
  firstData,
  firstFile,
  firstName,
  folderPath,
  isTable,
  parseData,
  textAt,
  valueAt,
} from '../preset-folder.ts'
import { unreadHook } from '../programs/framework-programs.ts'
import { peopleIn, type System } from '../system.ts'

const settingsFiles = ['mkdocs.yml', 'mkdocs.yaml', 'properdocs.yml']

/** The blog of Material for MkDocs. https://squidfunk.github.io/mkdocs-material/plugins/blog/ */
export const mkdocs: System = {
  name: 'mkdocs',
  settings: {},
  async recognise(folder) {
    const file = await firstName(folder, settingsFiles)
    return file && `${file} lies in the folder`
  },
  async read(folder) {
    const file = await firstFile(folder, ...settingsFiles)
    const { data, problem } = file ? parseData(file.path, file.text) : { data: {}, problem: null }
    const docs = folderPath(textAt(data, 'docs_dir') ?? 'docs')
    const blog = blogOf(valueAt(data, 'plugins'))
    const blogFolder = folderPath(textAt(blog, 'blog_dir') ?? 'blog')
    const posts = folderPath((textAt(blog, 'post_dir') ?? '{blog}/posts').replace('{blog}', blogFolder))
    const format = textAt(blog, 'post_url_format') ?? '{date}/{slug}'
    const dates = textAt(blog, 'post_url_date_format') ?? 'yyyy/MM/dd'
    const permalink = [
      blogFolder,
      format.replace('{date}', datePattern(dates)).replace('{slug}', '{slug,title|ascii}'),
    ]
      .join('/')
      .replace('{file}', '{filename}')
      .replace('{categories}', '{categories|ascii}')
    const end = valueAt(data, 'use_directory_urls') === false ? '.html' : '/'
    const authors = await firstData(folder, ...dataFiles(below(docs, `${blogFolder}/.authors`)))
    return {
      settings: {
        title: textAt(data, 'site_name'),
        description: textAt(data, 'site_description'),
        url: textAt(data, 'site_url'),
        language: textAt(data, 'theme', 'language'),
        timezone: 'UTC',
        authors: [textAt(data, 'site_author')],
        copyright: textAt(data, 'copyright'),
      },
      preset: {
        content: [
          contentRule({
            match: below(docs, `${posts}/**`),
            root: below(docs, posts),
            permalinks: [`/${permalink}${end}`],
          }),
        ],
        markdownExtras: extrasOf(valueAt(data, 'markdown_extensions')),
        firstKeys: { published: ['date.created'], updated: ['date.updated'] },
        authors: peopleIn(valueAt(authors, 'authors') ?? authors),
        roots: [docs],
        feeds: [
          { from: '/feed_rss_created.xml', to: '/rss.xml' },
          { from: '/feed_rss_updated.xml', to: '/rss.xml' },
        ],
        findings: [...(problem ? [problem] : []), ...(await hooksIn(valueAt(data, 'hooks'), folder))],
      },
    }
  },
}

/** Programs that are handed the site's files may take some out. https://www.mkdocs.org/user-guide/configuration/#hooks */
async function hooksIn(given: unknown, folder: PresetFolder): Promise<Diagnostic[]> {
  const paths = [given ?? []].flat().filter(path => typeof path === 'string')
  const found = await Promise.all(
    paths.slice(0, 20).map(async path => {
      const text = (await folder.text(folderPath(path))) ?? ''
      const hook = /^(?:async\s+)?def\s+(on_files|on_nav)\b/m.exec(text)
      return hook ? [unreadHook(folderPath(path), lineAt(text, hook.index), `The hook "${hook[1]}"`)] : []
    }),
  )
  return found.flat()
}

/** `markdown_extensions: [def_list, {toc: {…}}]`, or a table. */
function extrasOf(given: unknown): MarkdownExtra[] {
  const entries = [given ?? []].flat().flatMap(entry => (isTable(entry) ? Object.keys(entry) : [entry]))
  const names = new Set(entries.map(entry => String(entry).replace(/^markdown\.extensions\./, '')))
  return [
    ...markdownExtras.filter(extra => names.has('extra') || names.has(extensions[extra])),
    ...(names.has('codehilite') ? (['code-languages'] as const) : []),
  ]
}
/** What Python-Markdown calls them. */
const extensions: Record<(typeof markdownExtras)[number], string> = {
  definitions: 'def_list',
  abbreviations: 'abbr',
  'html-blocks': 'md_in_html',
}

/** `plugins: [search, {blog: {…}}]`, or a table. */
function blogOf(plugins: unknown): unknown {
  for (const entry of [plugins ?? []].flat()) {
    if (!isTable(entry)) continue
    for (const name of ['blog', 'material/blog']) if (isTable(entry[name])) return entry[name]
  }
  return {}
}

/** Babel's letters, as far as addresses have them. */
const datePattern = (written: string) =>
  written.replace(/yyyy|y|MM|M|dd|d/g, letters => dateTokens[letters] ?? letters)
const dateTokens: Record<string, string> = {
  yyyy: '{year}',
  y: '{year}',
  MM: '{month}',
  M: '{i_month}',
  dd: '{day}',
  d: '{i_day}',
}
