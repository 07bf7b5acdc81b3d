import type { PresetFolder } from '../../model/preset.ts'
import { folderOf, normalisePath } from '../../text/urls.ts'
import { firstFile } from '../preset-folder.ts'

export interface Route {
  /** What stands before the article's own name: `/posts`; `{language}` for a language's folder. */
  before: string
  /** Whether the page is called `index`. */
  isIndex: boolean
  /** False where no page says so. */
  isKnown: boolean
}

/**
 * `src/pages/posts/[...slug].astro`, where it makes a page of each entry of a collection: the collection's name → its route.
 * @param names the collections that there are
 */
export async function routesOf(folder: PresetFolder, names: string[]): Promise<ReadonlyMap<string, Route>> {
  const files = (await folder.find('src/pages', /\.astro$/)).filter(path => path.includes('['))
  const routes = new Map<string, Route>()
  for (const path of files.slice(0, mostRoutes)) {
    const [, before = '', parameter = '', index] =
      /^src\/pages((?:\/[^/[\]]+|\/\[(?:lang|locale|language)\])*)\/\[(?:\.\.\.)?(\w+)\](\/index)?\.astro$/.exec(
        path,
      ) ?? []
    if (parameter === '') continue
    const text = (await folder.text(path)) ?? ''
    const name =
      collectionsAskedFor(text, names)[0] ?? onlyOne(await askedByHelpers(folder, path, text, names))
    if (name === undefined || !isEntry(parameter, name)) continue
    if (/\bpaginate\b/.test(text) || routes.has(name)) continue
    routes.set(name, {
      before: before.replace(/\[\w+\]/, languageMark),
      isIndex: index !== undefined,
      isKnown: true,
    })
  }
  return routes
}

/** Where no page asks for the collection by its name: a folder of pages that is called as it is, else the root's page. */
export async function likelyRoute(folder: PresetFolder, name: string): Promise<Route> {
  const pages = await folder.names('src/pages')
  const hasEntries = (inside: string[]) => inside.some(page => /^\[.*\]/.test(page))
  const alike = pages.filter(page => page === name || `${page}s` === name || page === `${name}s`)
  for (const page of alike)
    if (hasEntries(await folder.names(`src/pages/${page}`)))
      return { before: `/${page}`, isIndex: false, isKnown: true }
  const atRoot = pages.some(page => /^\[.*\]\.astro$/.test(page))
  return { before: atRoot ? '' : `/${alike[0] ?? name}`, isIndex: false, isKnown: false }
}

/** The collections that the site's own feeds carry: `src/pages/rss.xml.js`, `src/pages/books/rss.xml.ts`. */
export async function collectionsInFeeds(folder: PresetFolder, names: string[]): Promise<string[]> {
  const files = await folder.find('src/pages', /^(?:rss|feed|atom|index)\b.*\.(?:xml|json)\.[mc]?[jt]s$/)
  const asked = await Promise.all(
    files.slice(0, mostRoutes).map(async path => {
      const text = (await folder.text(path)) ?? ''
      return [...collectionsAskedFor(text, names), ...(await askedByHelpers(folder, path, text, names))]
    }),
  )
  return [...new Set(asked.flat())]
}

/** The same by the programs that a page imports: `import { newestPosts } from "../utils/posts"`. */
async function askedByHelpers(
  folder: PresetFolder,
  path: string,
  text: string,
  names: string[],
): Promise<string[]> {
  const asked: string[] = []
  const imports = [...text.matchAll(/\bfrom\s*["']((?:\.{1,2}\/|[@~]|src\/)[^"'\n]{1,300})["']/g)]
  for (const [, name = ''] of imports.slice(0, mostHelpers)) {
    const place = name.startsWith('.')
      ? normalisePath(`${folderOf(path)}/${name}`)
      : name.replace(/^(?:[@~]\/?|src\/)(?:src\/)?/, 'src/')
    if (place === null || /\.(?:astro|css|json|md|mdx)$/.test(place)) continue
    const files = ['', '.ts', '.js', '.mjs', '/index.ts', '/index.js'].map(ending => place + ending)
    const helper = await firstFile(folder, ...files.filter(file => /\.[mc]?[jt]s$/.test(file)))
    asked.push(...collectionsAskedFor(helper?.text ?? '', names))
  }
  return [...new Set(asked)]
}

const onlyOne = (names: string[]): string | undefined => (names.length === 1 ? names[0] : undefined)

/** `getCollection("posts")`, or a function of the site's own that is given a collection's name; Astro's own first. */
function collectionsAskedFor(text: string, names: string[]): string[] {
  const calls = [...text.matchAll(/\b((?:get|fetch|load|find|list)\w*)\s*\(\s*["'`]([\w-]+)["'`]/gi)]
  const asked = calls.filter(([, , name = '']) => names.includes(name))
  const own = asked.filter(([, called]) => called === 'getCollection')
  return [...own, ...asked].map(([, , name = '']) => name)
}

/** Whether a page's parameter is an entry of the collection, and not its tags or its pages of a list. */
const isEntry = (parameter: string, collection: string): boolean =>
  /^(?:slug|id|path|post|entry|article|name|permalink)$/i.test(parameter) ||
  [parameter, `${parameter}s`].includes(collection)

const mostRoutes = 200
const mostHelpers = 20
export const languageMark = '{language}'
