import { run } from '../../src/runtimes/cli/program.ts'
import { addressesIn, mapValues, plainTextOf } from './html-facts.ts'
import type { JudgedArticle, Judgement } from './judgement.ts'

/** As much of `check --json` as is compared. */
export interface Checked {
  files: {
    path: string
    status: string
    article?: {
      url: string
      title: string
      published: string | null
      tags: string[]
      section: string | null
      authors: { name: string }[]
      language: string
      html: string
      inFeeds?: false
    }
  }[]
}

/** What Broadsheet makes of a folder. */
export async function judgeOurs(folder: string): Promise<Judgement> {
  let out = ''
  let said = ''
  await run(['check', folder, '--json'], {
    out: data => {
      out += data
    },
    say: talk => {
      said += talk
    },
    style: (_, text) => text,
    outStyle: (_, text) => text,
  })
  if (out === '') throw new Error(`check of ${folder} failed: ${said}`)
  return judgementOf(JSON.parse(out))
}

/** The same from what `check --json` said. */
export function judgementOf({ files }: Checked): Judgement {
  const published = files.flatMap(({ path, status, article }) =>
    status === 'published' && article ? [{ path, article }] : [],
  )
  const pages = new Set(published.map(({ article }) => article.url))
  return Object.fromEntries(
    published.map(({ path, article }): [string, JudgedArticle] => [
      path,
      {
        url: decodeURIComponent(new URL(article.url).pathname),
        title: article.title,
        date: article.published && instantOf(article.published),
        tags: [...new Set([...(article.section ? [article.section] : []), ...article.tags])].sort(),
        authors: article.authors.map(({ name }) => name).sort(),
        language: article.language,
        inFeed: article.inFeeds ?? true,
        text: plainTextOf(article.html),
        links: mapValues(addressesIn(article.html), href => targetOf(href, article.url, pages)),
      },
    ]),
  )
}

function targetOf(href: string, page: string, pages: ReadonlySet<string>): string {
  const url = new URL(href, page)
  if (url.origin !== new URL(page).origin) return 'external'
  if (url.pathname.includes('/media/')) return 'file'
  const plain = `${url.origin}${url.pathname}`
  return pages.has(plain) ? decodeURIComponent(url.pathname) : 'page'
}

/** RFC 3339 in UTC, seconds. */
export const instantOf = (date: string): string => new Date(date).toISOString().replace('.000Z', 'Z')
