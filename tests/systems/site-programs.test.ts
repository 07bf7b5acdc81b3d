import { describe, expect, test } from 'vitest'
import { broadsheet, temporaryFolder } from '../runtimes/command-line.ts'

interface Checked {
  files: {
    path: string
    status: string
    reason?: string
    article?: { inFeeds?: boolean; published?: string }
    diagnostics: { code: string; message: string }[]
  }[]
  settings: { code: string; path: string; line: number | null; message: string; hint: string }[]
}

async function checked(files: Record<string, string>): Promise<Checked> {
  using folder = temporaryFolder(files)
  const { out } = await broadsheet('check', folder.path, '--json')
  return JSON.parse(out)
}

/** What becomes of each file, by its name: `published`, `page` (in no feed), or why it is withheld. */
const fates = ({ files }: Checked) =>
  Object.fromEntries(
    files.map(({ path, status, reason, article }) => [
      path.slice(path.lastIndexOf('/') + 1).replace(/\.\w+$/, ''),
      status === 'published' ? (article?.inFeeds === false ? 'page' : 'published') : (reason ?? status),
    ]),
  )

const article = (front: string) =>
  `---\ntitle: Harbour\ndate: 2026-01-31\n${front}\n---\n\nThe boats lay still.\n`

describe('Astro', () => {
  const config = { 'astro.config.mjs': 'export default { site: "https://a.broadsheet.example" }' }
  const schema = (keys: string) => `
import { glob } from "astro/loaders"
const blog = defineCollection({
  loader: glob({ pattern: "**/*.md", base: "./src/content/blog" }),
  schema: ({ image }) => z.object({ title: z.string(), date: z.coerce.date(), ${keys} }),
})
export const collections = { blog }`
  const route = (asked: string, more = '') => `---
import { getCollection } from "astro:content"
${more}
export async function getStaticPaths() {
  const posts = ${asked}
  return posts.map(post => ({ params: { slug: post.id }, props: { post } }))
}
---
<h1>{Astro.props.post.data.title}</h1>
`
  const feed = (asked: string, more = '') => `
import rss from "@astrojs/rss"
import { getCollection } from "astro:content"
${more}
export async function GET(context) {
  const posts = ${asked}
  return rss({ title: "A", site: context.site, items: posts.map(post => ({ title: post.data.title, link: post.id })) })
}`
  const site = (asked: string, articles: Record<string, string>, more: Record<string, string> = {}) => ({
    ...config,
    'src/content.config.ts': schema('shelf: z.string().optional()'),
    'src/pages/blog/[...slug].astro': route(asked),
    'src/pages/rss.xml.js': feed(asked),
    ...Object.fromEntries(
      Object.entries(articles).map(([name, front]) => [`src/content/blog/${name}.md`, article(front)]),
    ),
    ...more,
  })

  test.each([
    ['draft: z.boolean().default(true)', 'draft: false', 'draft'],
    ['publish: z.boolean().optional().default(false)', 'publish: true', 'draft'],
    ['published: z.coerce.boolean().default(false).describe("shown?")', 'published: true', 'draft'],
    ['status: z.enum(["draft", "live"]).default("draft")', 'status: live', 'draft'],
    ['hidden: z.boolean().nullish().default(() => true)', 'hidden: false', 'unlisted'],
    ['isDraft: z.preprocess(yes, z.boolean()).default(!import.meta.env.DEV)', 'isDraft: false', 'draft'],
  ])('a schema’s default hides what says nothing: %s', async (keys, shown, reason) => {
    const all = await checked(
      site(
        'await getCollection("blog")',
        { plain: 'tags: [a]', shown },
        { 'src/content.config.ts': schema(keys) },
      ),
    )
    expect(fates(all)).toEqual({ plain: reason, shown: 'published' })
    const [{ diagnostics = [] } = {}] = all.files
    expect(diagnostics.map(({ message }) => message).join()).toMatch(/src\/content\.config\.ts, line 5/)
    expect(all.settings).toEqual([])
  })

  test('a default of hiding that only a program knows withholds what says nothing', async () => {
    const all = await checked(
      site(
        'await getCollection("blog")',
        { plain: 'tags: [a]', shown: 'draft: false' },
        { 'src/content.config.ts': schema('draft: z.boolean().default(byDefault())') },
      ),
    )
    expect(fates(all)).toEqual({ plain: 'draft', shown: 'published' })
    expect(all.settings).toMatchObject([
      { code: 'system-setting-unknown', path: 'src/content.config.ts', line: 5 },
    ])
  })

  test.each([
    ["data.shelf === 'live'", 'shelf: live', 'shelf: cellar'],
    ["data.shelf !== 'cellar'", 'tags: [a]', 'shelf: cellar'],
    ["['live', 'kept'].includes(data.shelf)", 'shelf: kept', 'tags: [a]'],
    ["(data.shelf ?? 'live') === 'live'", 'tags: [a]', 'shelf: cellar'],
    ['!data.internal && !(data.shelf === "x")', 'tags: [a]', 'internal: true'],
    ["import.meta.env.PROD ? data.circle !== 'inner' : true", 'circle: all', 'circle: inner'],
    ["import.meta.env.DEV || data.circle !== 'inner'", 'circle: all', 'circle: inner'],
    ["process.env.SHOW_ALL === 'yes' || data.circle !== 'inner'", 'circle: all', 'circle: inner'],
    ["data.meta?.shelf !== 'cellar'", 'tags: [a]', 'meta: { shelf: cellar }'],
    ["data.shelf?.toLowerCase().startsWith('live')", 'shelf: Live (mostly)', 'shelf: cellar'],
    ['data.score >= 5', 'score: 7', 'score: 3'],
    ["data.date.getTime() < Date.parse('2027-01-01') && data.ok", 'ok: yes', 'tags: [a]'],
  ])('what no page and no feed shows is withheld: %s', async (condition, shown, hidden) => {
    const all = await checked(
      site(`await getCollection("blog", ({ data }) => ${condition})`, { shown, hidden }),
    )
    expect(fates(all)).toEqual({ shown: 'published', hidden: 'unlisted' })
    const [{ diagnostics = [] } = {}] = all.files
    expect(diagnostics).toContainEqual(
      expect.objectContaining({
        code: 'program-hides',
        message: expect.stringContaining('(src/pages/blog/[...slug].astro, line 5)'),
      }),
    )
    expect(all.settings).toEqual([])
  })

  test.each([
    ['(await getCollection("blog")).filter((post) => post.data.shelf === "live")'],
    ['(await getCollection("blog")).filter(function ({ data: { shelf } }) { return shelf === "live" })'],
    [
      '[...(await getCollection<"blog">("blog"))].sort(byDate).filter((p: Entry): p is Live => p.data.shelf === LIVE)',
    ],
    ['(await getCollection("blog").then(all => all.filter(isLive)))'],
    ['await livePosts()'],
    ['await everything.live("blog")'],
    ['(await normal()).filter(post => post.live)'],
    ['(await getCollection("blog", ({ data }) => { if (data.shelf !== "live") return false; return true }))'],
    ['await looped()'],
  ])('the same by functions, in files that are imported: %s', async asked => {
    const more = 'import everything, { isLive, livePosts, LIVE, looped, normal } from "@/lib/posts"'
    const all = await checked({
      ...site(asked, { shown: 'shelf: live', hidden: 'shelf: cellar' }),
      'src/pages/blog/[...slug].astro': route(asked, more),
      'src/pages/rss.xml.js': feed(asked, more),
      'src/lib/shelfs.json': '{ "live": "live" }',
      'src/lib/posts.ts': `
import type { CollectionEntry } from "astro:content"
import shelfs from "./shelfs.json"
export const LIVE = shelfs.live
export interface Entry { data: { shelf: string } }
export const isLive = ({ data }: CollectionEntry<"blog">): boolean => {
  const { shelf = "cellar" } = data
  if (shelf === LIVE) { return true }
  return false
}
const sorted = (posts: Entry[]) => posts.slice().sort((a, b) => b.data.date.valueOf() - a.data.date.valueOf())
export async function livePosts() {
  return sorted((await getCollection("blog")).filter(isLive))
}
export async function normal() {
  return (await getCollection("blog")).map(({ id, data }) => ({ id, data, live: data.shelf === LIVE }))
}
export const looped = async () => {
  const found: Entry[] = []
  for (const post of await getCollection("blog")) {
    if (post.data.shelf !== "live") continue
    found.push(post)
  }
  return found
}
export default { live: async (name) => (await getCollection(name)).filter(isLive) }
`,
    })
    expect(fates(all)).toEqual({ hidden: 'unlisted', shown: 'published' })
    expect(all.settings).toEqual([])
  })

  test.each([
    ['!id.startsWith("cellar/")'],
    ['!id.includes("cellar")'],
    ['!/cellar/.test("x") && !id.endsWith("cellar")'],
  ])('by its place: %s', async condition => {
    const all = await checked(
      site(`await getCollection("blog", ({ id, data }) => ${condition})`, {
        'now/one': '',
        'cellar/cellar': '',
      }),
    )
    expect(fates(all)).toMatchObject({ one: 'published', cellar: 'unlisted' })
  })

  test('what a page shows and only the feed leaves out is a page in no feed; what no list names either is withheld', async () => {
    const all = 'await getCollection("blog")'
    const some = 'await getCollection("blog", ({ data }) => data.series !== "diary")'
    const files = site(all, { shown: '', hidden: 'series: diary' }, { 'src/pages/rss.xml.js': feed(some) })
    expect(fates(await checked(files))).toEqual({ shown: 'published', hidden: 'page' })
    const listed = (asked: string) => `---\nconst posts = ${asked}\n---\n<List {posts} />\n`
    const internal = 'await getCollection("blog", ({ data }) => !data.internal)'
    const unlisted = site(
      all,
      { shown: '', hidden: 'internal: true' },
      { 'src/pages/rss.xml.js': feed(internal) },
    )
    expect(fates(await checked({ ...unlisted, 'src/pages/index.astro': listed(internal) }))).toEqual({
      shown: 'published',
      hidden: 'unlisted',
    })
    expect(fates(await checked({ ...unlisted, 'src/pages/index.astro': listed(all) }))).toEqual({
      shown: 'published',
      hidden: 'page',
    })
  })

  test('what a page chooses for itself hides nothing', async () => {
    const tagged = `---
export const getStaticPaths = async () => {
  const posts = await getCollection("blog")
  const tags = [...new Set(posts.flatMap(post => post.data.tags))]
  return tags.map(tag => ({ params: { slug: tag }, props: { posts: posts.filter(post => post.data.tags.includes(tag)) } }))
}
---`
    const home = `---
const posts = (await getCollection("blog")).filter(post => post.data.featured)
const others = posts.filter(post => post.id !== Astro.params.slug && post.data.lang === Astro.currentLocale)
---`
    const all = await checked(
      site(
        'await getCollection("blog")',
        { plain: '', featured: 'featured: true' },
        {
          'src/pages/tags/[slug].astro': tagged,
          'src/pages/index.astro': home,
        },
      ),
    )
    expect(fates(all)).toEqual({ plain: 'published', featured: 'published' })
    expect(all.settings).toEqual([])
  })

  test('what waits for a day waits for it here', async () => {
    const condition = 'data.goesLive <= now && !(data.leaves && data.leaves < new Date())'
    const all = await checked(
      site(
        'await (async () => { const now = new Date(); return getCollection("blog", ({ data }) => ' +
          condition +
          ') })()',
        { past: 'goesLive: 2026-02-01', ahead: 'goesLive: 2999-02-01', gone: 'leaves: 2026-02-02' },
      ),
    )
    expect(fates(all)).toEqual({ past: 'published', ahead: 'scheduled', gone: 'expired' })
  })

  test('what a condition asks that nobody can read is said once, with its line, and those that say it are withheld', async () => {
    const asked = 'await getCollection("blog", ({ data }) => mayRead(data.audience))'
    const all = await checked(
      site(asked, { plain: '', doubtful: 'audience: circle', said: 'circle: all\ndraft: false' }),
    )
    expect(fates(all)).toEqual({ plain: 'published', doubtful: 'unlisted', said: 'published' })
    expect(all.settings).toMatchObject([
      {
        code: 'system-setting-unknown',
        path: 'src/pages/blog/[...slug].astro',
        line: 5,
        message: expect.stringContaining('"audience"'),
        hint: expect.stringContaining('draft: false'),
      },
      { path: 'src/pages/rss.xml.js', line: 6 },
    ])
  })

  test.each([
    ['isPublished', 'unlisted', 'draft: false'],
    ['hasWords', 'published', 'draft: true'],
  ])('a condition of which not even that is known is said: %s', async (called, plain, hint) => {
    const all = await checked(
      site(
        `(await getCollection("blog")).filter(${called})`,
        { plain: '', said: 'draft: false' },
        {
          'src/pages/rss.xml.js': '',
        },
      ),
    )
    expect(fates(all)).toEqual({ plain, said: 'published' })
    expect(all.settings).toMatchObject([
      { path: 'src/pages/blog/[...slug].astro', line: 5, hint: expect.stringContaining(hint) },
    ])
  })
})
