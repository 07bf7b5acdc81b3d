import { describe, expect, test } from 'vitest'
import { article, checked, fates, ofFilters } from './site-fates.ts'

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
    ['!data.tags?.some(tag => tag === "cellar")', 'tags: [front]', 'tags: [front, cellar]'],
    ['(data.tags ?? []).every(tag => tag !== "cellar")', 'shelf: front', 'tags: [cellar]'],
    ['!data.internal && !(data.shelf === "x")', 'tags: [a]', 'internal: true'],
    ["import.meta.env.PROD ? data.circle !== 'inner' : true", 'circle: all', 'circle: inner'],
    ["import.meta.env.DEV || data.circle !== 'inner'", 'circle: all', 'circle: inner'],
    ["process.env.SHOW_ALL === 'yes' || data.circle !== 'inner'", 'circle: all', 'circle: inner'],
    ["data.meta?.shelf !== 'cellar'", 'tags: [a]', 'meta: { shelf: cellar }'],
    ["data.shelf?.toLowerCase().startsWith('live')", 'shelf: Live (mostly)', 'shelf: cellar'],
    ['data.score >= 5', 'score: 7', 'score: 3'],
    ["data.date.getTime() < Date.parse('2027-01-01') && data.ok", 'ok: yes', 'tags: [a]'],
    ["!('internal' in data)", 'tags: [a]', 'internal: true'],
    ["!Object.hasOwn(data, 'internal')", 'tags: [a]', 'internal: true'],
    ["!data.hasOwnProperty('internal')", 'tags: [a]', 'internal: true'],
    ["typeof data.internal === 'undefined'", 'tags: [a]', 'internal: true'],
    ["data.tags.indexOf('cellar') === -1", 'tags: [a]', 'tags: [cellar]'],
    ["!~data.tags.indexOf('cellar')", 'tags: [a]', 'tags: [cellar]'],
    ["!data.tags.map(tag => tag.toLowerCase()).includes('cellar')", 'tags: [a]', 'tags: [Cellar]'],
    ["!new Set(data.tags).has('cellar')", 'tags: [a]', 'tags: [cellar]'],
    ['data.since.getFullYear() >= 2025', 'since: 2026-01-01', 'since: 2019-01-01'],
    ['parseInt(data.level, 10) < 3', 'level: "1"', 'level: "5"'],
    ["!['internal', 'attic'].some(key => data[key])", 'tags: [a]', 'attic: true'],
    ['({ front: true, cellar: false })[data.shelf] ?? true', 'shelf: front', 'shelf: cellar'],
    ['Object.entries({ shelf: "front" }).every(([key, value]) => data[key] === value)', 'shelf: front', ''],
    ['{ let ok = true; if (data.internal) ok = false; return ok }', 'tags: [a]', 'internal: true'],
    ['{ let ok = true; ok &&= !data.internal; return ok }', 'tags: [a]', 'internal: true'],
    [
      '{ switch (data.shelf) { case "cellar": case "attic": return false; default: return true } }',
      'shelf: front',
      'shelf: attic',
    ],
    [
      '{ let ok = true; switch (data.shelf) { case "cellar": ok = false; break; case "front": ok = true } return ok }',
      'shelf: front',
      'shelf: cellar',
    ],
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
    ['await counted()'],
    ['await Shop.shown()'],
    ['await new Shop().all()'],
    ['pipe(await getCollection("blog"), posts => posts.filter(isLive), sorted)'],
    ['(await getCollection("blog")).filter(both(isLive, post => !!post.data.title))'],
    ['(await getCollection("blog")).flatMap(post => post.data.shelf === LIVE ? [post] : [])'],
    ['(await getCollection("blog")).flatMap(post => isLive(post) ? post : [])'],
    ['(await getCollection("blog")).map(post => isLive(post) ? post : null).filter(Boolean)'],
    [
      '(await getCollection("blog")).map(post => isLive(post) ? post : undefined).filter(post => post != null)',
    ],
    [
      '(await getCollection("blog")).reduce((all, post) => post.data.shelf === LIVE ? [...all, post] : all, [])',
    ],
    [
      '(await getCollection("blog")).reduce((all, post) => { if (!isLive(post)) return all; return all.concat(post) }, [])',
    ],
    ['(await getCollection("blog")).filter(post => post.data.shelf === Shelf.Front)'],
    ['await getCollection("blog", import.meta.env.PROD ? isLive : undefined)'],
    [
      '(await getCollection("blog")).reduce((all, p) => { if (p.data.shelf === LIVE) all.push(p); return all }, [])',
    ],
  ])('the same by functions, in files that are imported: %s', async asked => {
    const more =
      'import everything, { both, counted, isLive, livePosts, LIVE, looped, normal, pipe, Shelf, Shop, sorted } from "@/lib/posts"'
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
export const sorted = (posts: Entry[]) => posts.slice().sort((a, b) => b.data.date.valueOf() - a.data.date.valueOf())
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
export const enum Shelf { Front = "live", Cellar = "cellar" }
export const both = (...tests) => post => tests.every(test => test(post))
export const pipe = (first, ...steps) => steps.reduce((all, step) => step(all), first)
export async function counted() {
  const all = await getCollection("blog")
  const found: Entry[] = []
  for (let i = 0; i < all.length; i++) {
    const post = all[i]
    if (!isLive(post)) continue
    found.push(post)
  }
  return found
}
export class Shop {
  private readonly name = "blog" as const
  constructor(private readonly other?: string) {}
  static async shown() { return (await getCollection("blog")).filter(isLive) }
  async all(): Promise<Entry[]> {
    const posts = await getCollection(this.name)
    return posts.filter(post => this.isFront(post))
  }
  private isFront({ data }: Entry) { return data.shelf === LIVE }
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
    ['!/^(?:cellar|attic)\\//.test(id)'],
    ['id.split("/")[0] !== "cellar"'],
    ['{ const [folder] = id.split("/"); return folder === "now" }'],
    ['!id.match(/Cellar/i)'],
  ])('by its place: %s', async condition => {
    const all = await checked(
      site(`await getCollection("blog", ({ id, data }) => ${condition})`, {
        'now/one': '',
        'cellar/cellar': '',
      }),
    )
    expect(fates(all)).toMatchObject({ one: 'published', cellar: 'unlisted' })
  })

  test('a page that is made when it is asked for', async () => {
    const page = `---
import { getEntry } from "astro:content"
export const prerender = false
const post = await getEntry("blog", Astro.params.slug)
if (!post || post.data.shelf === "cellar") {
  return Astro.redirect("/404")
}
---
<h1>{post.data.title}</h1>
`
    const all = await checked(
      site(
        'await getCollection("blog")',
        { shown: 'shelf: front', hidden: 'shelf: cellar' },
        {
          'src/pages/blog/[...slug].astro': page,
          // Whether the feed has it nobody knows.
          'src/pages/rss.xml.js': feed('await getCollection("blog", isListed)'),
        },
      ),
    )
    expect(fates(all)).toEqual({ shown: 'page', hidden: 'unlisted' })
    expect(all.files[0]?.diagnostics.map(({ message }) => message).join()).toContain('line 5')
  })

  test('what a schema makes of other keys is what it makes of them', async () => {
    const made = `const blog = defineCollection({
  loader: glob({ pattern: "**/*.md", base: "./src/content/blog" }),
  schema: z.object({ title: z.string() }).transform(data => ({ ...data, live: data.shelf === "front" })),
})`
    const all = await checked(
      site(
        '(await getCollection("blog")).filter(({ data }) => data.live)',
        { shown: 'shelf: front', hidden: 'shelf: back' },
        {
          'src/content.config.ts': made,
        },
      ),
    )
    expect(fates(all)).toEqual({ shown: 'published', hidden: 'unlisted' })
  })

  test('a feed’s condition that can’t be read leaves a page a page, in no feed', async () => {
    const all = await checked(
      site(
        'await getCollection("blog", ({ data }) => data.shelf !== "cellar")',
        { plain: '', doubtful: 'circle: inner' },
        {
          'src/pages/rss.xml.js': feed('await getCollection("blog", ({ data }) => mayRead(data.circle))'),
        },
      ),
    )
    expect(fates(all)).toEqual({ plain: 'published', doubtful: 'page' })
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

  test('a page for each language has the articles of each', async () => {
    const page = (test: string) => `---
export async function getStaticPaths() {
  const posts = await getCollection("blog")
  return ["en", "de"].flatMap(lang => posts.filter(post => ${test}).map(post => ({ params: { slug: post.id } })))
}
---`
    for (const test of [
      'post.id.startsWith(`$' + '{lang}/`)',
      'post.id.startsWith(lang + "/")',
      'post.id.split("/")[0] === lang',
    ]) {
      const all = await checked(
        site(
          '',
          { 'en/one': '', 'de/two': '', 'attic/three': '' },
          {
            'src/pages/blog/[...slug].astro': page(test),
            'src/pages/rss.xml.js': '',
          },
        ),
      )
      expect(fates(all)).toEqual({ one: 'published', two: 'published', three: 'unlisted' })
      expect(all.settings).toEqual([])
    }
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
    ['hasWords', 'unlisted', 'draft: false'],
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

describe('lists in markup', () => {
  test.each([
    ['{posts.filter(post => !post.data.internal).map(post => <li>{post.data.title}, it’s here</li>)}'],
    ['{posts.map((post) => !post.data.internal && <li>{post.data.title}</li>)}'],
    ['{posts.map(post => post.data.internal ? null : (<li>{post.data.title}</li>))}'],
    ['{posts.map(post => post.data.shelf === "front" ? <li>{post.data.title}</li> : null)}'],
    ['{posts.map(post => { if (post.data.internal) return null; return <li>{post.data.title}</li> })}'],
    ['<List posts={posts.filter((post) => post.data.shelf)} />'],
  ])('what no list of an Astro site without a feed names is withheld: %s', async markup => {
    const site = (more: string) => ({
      'astro.config.mjs': 'export default { site: "https://a.broadsheet.example" }',
      'src/pages/blog/[...slug].astro': `---
export const getStaticPaths = async () => (await getCollection("blog")).map(post => ({ params: { slug: post.id } }))
---`,
      'src/pages/index.astro': `---
const posts = await getCollection("blog")
---
<p>It’s a list</p>
<ul>${markup}</ul>
${more}`,
      'src/content/blog/shown.md': article('shelf: front'),
      'src/content/blog/hidden.md': article('internal: true'),
    })
    expect(fates(await checked(site('')))).toEqual({ shown: 'published', hidden: 'unlisted' })
    const all = await checked(site('<All posts={posts} />'))
    expect(fates(all)).toEqual({ shown: 'published', hidden: 'published' })
  })

  test.each([
    [
      'export default createContentLoader("posts/*.md")',
      'import { data as posts } from "../posts.data.js"\nconst some = computed(() => posts.filter(post => post.frontmatter.shelf !== "cellar"))',
      '<a v-for="post of some" :href="post.url">x</a>',
    ],
    [
      'export default createContentLoader("posts/*.md")',
      'import { data as posts } from "../posts.data.js"',
      '<template v-for="post of posts"><a v-if="post.frontmatter.shelf !== \'cellar\'">x</a></template>',
    ],
    [
      'export default { watch: "posts/*.md", load(files) { return files.map(file => { const { data } = matter(fs.readFileSync(file)); return { shelf: data.shelf, file } }).filter(post => post.shelf === "front") } }',
      'import { data as posts } from "../posts.data.js"',
      '<a v-for="post in posts">x</a>',
    ],
  ])('what VitePress’ components leave out of a loader’s is withheld: %#', async (loader, script, markup) => {
    const all = await checked({
      '.vitepress/config.ts': 'export default { title: "Harbour" }',
      'posts.data.js': loader,
      '.vitepress/Home.vue': `<script setup>\n${script}\n</script>\n<template>${markup}</template>`,
      'posts/shown.md': article('shelf: front'),
      'posts/cellar.md': article('shelf: cellar'),
    })
    expect(fates(all)).toEqual({ shown: 'published', cellar: 'unlisted' })
  })
})

describe('lists that are lost', () => {
  const config = { 'astro.config.mjs': 'export default { site: "https://a.broadsheet.example" }' }
  const page = (asked: string, imports: string) => ({
    ...config,
    'src/pages/blog/[...slug].astro': `---
import { getCollection } from "astro:content"
${imports}
export async function getStaticPaths() {
  const posts = ${asked}
  return posts.map(post => ({ params: { slug: post.id }, props: { post } }))
}
---`,
    'src/content/blog/shown.md': article('shelf: front\ndraft: false'),
    'src/content/blog/plain.md': article(''),
    'src/content/blog/hidden.md': article('internal: true'),
  })

  test.each([
    [
      'filter(await getCollection("blog"), post => !post.data.internal)',
      'import { filter } from "lodash-es"',
    ],
    ['_.reject(await getCollection("blog"), "data.internal")', 'import _ from "lodash"'],
    ['R.filter(post => !post.data.internal, await getCollection("blog"))', 'import * as R from "ramda"'],
    [
      '_.orderBy((await content.getCollection("blog")).filter(post => !post.data.internal), "data.date")',
      'import _ from "lodash"\nimport * as content from "astro:content"',
    ],
  ])('functions of packages that everybody knows are read: %s', async (asked, imports) => {
    const all = await checked(page(asked, imports))
    expect(fates(all)).toEqual({ shown: 'published', plain: 'published', hidden: 'unlisted' })
    expect(all.settings).toEqual([])
  })

  test.each([
    ['await getPublicPosts()', 'unlisted', 'unlisted'],
    ['await loadFrom("blog")', 'published', 'published'],
    ['onlyPublished(await getCollection("blog"))', 'unlisted', 'unlisted'],
    ['withoutKey(await getCollection("blog"), "data.internal")', 'published', 'unlisted'],
    ['inOrder(await getCollection("blog"), post => post.data.internal)', 'published', 'unlisted'],
    ['inOrder(await getCollection("blog"))', 'published', 'published'],
  ])('of others nobody knows, which is said once: %s', async (asked, plain, hidden) => {
    const all = await checked(page(asked, 'import * as kit from "@example/kit"'))
    expect(fates(all)).toEqual({ shown: 'published', plain, hidden })
    expect(all.settings).toMatchObject([
      {
        code: 'system-setting-unknown',
        path: 'src/pages/blog/[...slug].astro',
        line: expect.any(Number),
        hint: expect.stringMatching(/draft: (?:true|false)/),
      },
    ])
  })
})

describe('Eleventy’s command line', () => {
  const called = (words: string) => ({
    'package.json': JSON.stringify({ scripts: { build: `eleventy ${words}` } }, null, 2),
    'one.md': article(''),
    'posts/two.md': article(''),
  })

  test('the folder that it writes to holds no articles, whatever it is called', async () => {
    expect(fates(await checked(called('--input . --output posts')))).toEqual({ one: 'published' })
  })

  test.each(['/srv/content', '../content', '~/content', 'C:/content'])(
    'an input that is named by the machine’s root, or lies outside, is said: %s',
    async path => {
      const all = await checked(called(`--input ${path} --output=/srv/out`))
      expect(Object.values(fates(all))).not.toContain('published')
      expect(all.settings).toMatchObject([
        {
          code: 'system-settings-invalid',
          path: 'package.json',
          line: 3,
          message: expect.stringContaining(path),
        },
        {
          code: 'system-setting-unknown',
          path: 'package.json',
          line: 3,
          message: expect.stringContaining('/srv/out'),
        },
      ])
    },
  )
})

describe('Eleventy', () => {
  const posts = (articles: Record<string, string>) =>
    Object.fromEntries(Object.entries(articles).map(([name, front]) => [`posts/${name}.md`, article(front)]))

  test.each([
    ['data => { if (data.shelf === "cellar") return false }', ['shown'], ['cellar']],
    [
      '(data, content) => data.shelf === "cellar" && process.env.ELEVENTY_RUN_MODE === "build" ? false : content',
      ['shown'],
      ['cellar'],
    ],
    ['isCellar', ['shown'], ['cellar']],
    ['data => data.page.inputPath.includes("cellar") ? false : undefined', ['shown'], ['cellar']],
    [
      'data => { if (data.shelf === "cellar" && process.env.ELEVENTY_RUN_MODE === "serve") return false }',
      ['cellar', 'shown'],
      [],
    ],
  ])(
    'a preprocessor leaves out what it leaves out there, and nothing else: %s',
    async (program, shown, hidden) => {
      const all = await checked({
        'eleventy.config.js': `import { isCellar } from "./lib/cellar.js"
export default function (eleventyConfig) {
  eleventyConfig.addPreprocessor("cellar", "*", ${program})
}`,
        'lib/cellar.js': 'export const isCellar = ({ shelf }) => shelf !== "cellar" && undefined',
        ...posts({ shown: 'shelf: front', cellar: 'shelf: cellar' }),
      })
      const found = fates(all)
      expect(shown.map(name => found[name])).toEqual(shown.map(() => 'published'))
      expect(hidden.map(name => found[name])).toEqual(hidden.map(() => 'unlisted'))
      expect(all.settings).toEqual([])
    },
  )

  test('one that can’t be read is said once, and what says its key is withheld', async () => {
    const all = await checked({
      '.eleventy.js': `module.exports = function (eleventyConfig) {
  eleventyConfig.addPreprocessor("cellar", "*", data => mayStay(data.shelf))
}`,
      ...posts({ shown: '', cellar: 'shelf: cellar' }),
    })
    expect(fates(all)).toEqual({ shown: 'published', cellar: 'unlisted' })
    expect(all.settings).toMatchObject([{ code: 'system-setting-unknown', path: '.eleventy.js', line: 2 }])
  })

  test('what a collection of the feed leaves out is in no feed; what none has is withheld', async () => {
    const files = (more: string) => ({
      '.eleventy.js': `module.exports = cfg => {
  cfg.addCollection("news", api => api.getFilteredByGlob("posts/*.md").filter(({ data }) => !data.internal && data.series !== "diary"))
  ${more}
}`,
      'feed.njk':
        '---\npermalink: /feed.xml\n---\n{%- for post in collections.news | reverse %}{{ post.url }}{% endfor %}\n',
      ...posts({ shown: '', diary: 'series: diary', internal: 'internal: true' }),
    })
    expect(fates(await checked(files('')))).toMatchObject({ shown: 'published', internal: 'unlisted' })
    const both = 'cfg.addCollection("everything", api => api.getAll())'
    expect(fates(await checked(files(both)))).toMatchObject({
      shown: 'published',
      diary: 'page',
      internal: 'page',
    })
  })

  test.each([
    [
      '_data/eleventyComputed.js',
      'module.exports = { permalink: ({ shelf, permalink }) => shelf === "cellar" ? false : permalink }',
    ],
    [
      'posts/posts.11tydata.js',
      'export default { eleventyComputed: { eleventyExcludeFromCollections: data => data.shelf === "cellar" } }',
    ],
    [
      'posts/posts.11tydata.cjs',
      'module.exports = { eleventyComputed: { draft: (data) => { return data.shelf === "cellar" } } }',
    ],
  ])('computed data hide what they hide there: %s', async (path, program) => {
    const all = await checked({
      'eleventy.config.js': 'export default function () {}',
      [path]: program,
      ...posts({ shown: 'shelf: front', cellar: 'shelf: cellar' }),
    })
    expect(fates(all)).toEqual({ shown: 'published', cellar: 'unlisted' })
  })

  const feed = (name: string, body: string) => ({
    [name]: `---\npermalink: /feed.xml\neleventyExcludeFromCollections: true\n---\n${body}\n`,
  })
  test.each([
    [
      'feed.njk',
      '{% for post in collections.news %}{% if not post.data.internal %}{{ post.url }}{% endif %}{% endfor %}',
    ],
    [
      'feed.njk',
      '{%- for post in collections.news | reverse %}{%- if post.data.shelf == "front" and post.data.title is defined -%}<b>{{ post.url }}</b>{%- endif %}{%- endfor %}',
    ],
    ['feed.njk', '{% for post in collections.news if not post.data.internal %}{{ post.url }}{% endfor %}'],
    [
      'feed.njk',
      '{% for post in collections["news"] | rejectattr("data.internal") | head(10) %}{{ post.url }}{% endfor %}',
    ],
    [
      'rss.njk',
      '{% set some = collections.news | selectattr("data.shelf") %}{% for p in some %}{{ p.url }}{% endfor %}',
    ],
    ['feed.njk', '{% for post in collections.news | listed %}{% include "entry.njk" %}{% endfor %}'],
    [
      'feed.njk',
      '{% for post in collections.news %}{% if post.data.internal %}{% elif post.data.shelf %}{{ post.url }}{% endif %}{% endfor %}',
    ],
    [
      'feed.liquid',
      '{% for post in collections.news reversed %}{% unless post.data.internal %}{{ post.url }}{% endunless %}{% endfor %}',
    ],
    [
      'feed.liquid',
      '{% assign some = collections.news | where: "data.shelf", "front" %}{% for post in some limit: 9 %}{{ post.url }}{% endfor %}',
    ],
    [
      'feed.liquid',
      '{% for post in collections.news %}{% if post.data.internal %}{% continue %}{% endif %}{{ post.url }}{% endfor %}',
    ],
    [
      'feed.liquid',
      '{% for post in collections.news %}{% if post.data.shelf contains "ron" %}{{ post.url }}{% endif %}{% endfor %}',
    ],
  ])('what the template of the feed leaves out is in no feed: %s %s', async (name, body) => {
    const all = await checked({
      'eleventy.config.js':
        'export default cfg => { cfg.addFilter("listed", posts => posts.filter(({ data }) => !data.internal)) }',
      ...feed(name, body),
      ...posts({ shown: 'shelf: front', internal: 'internal: true' }),
    })
    expect(fates(all)).toEqual({ internal: 'page', shown: 'published' })
    expect(all.settings).toEqual([])
  })

  test.each([
    [
      'feed.11ty.js',
      'export default class Feed {\n data() { return { permalink: "/feed.xml" } }\n render({ collections }) { return collections.news.filter(p => !p.data.internal).map(p => p.url).join("") }\n}',
    ],
    [
      'feed.11ty.cjs',
      'exports.render = function (data) { return data.collections.news.filter(p => !p.data.internal).map(p => p.url) }',
    ],
    [
      'eleventy.config.js',
      `export default cfg => {
  cfg.addPlugin(feedPlugin, { type: "atom", outputPath: "/feed.xml", collection: { name: "some", limit: 10 } })
  cfg.addCollection("some", api => api.getFilteredByTag("news").filter(post => !post.data.internal))
  cfg.addCollection("all", api => api.getFilteredByTag("news"))
}`,
    ],
  ])('the same where a program is the template, or the plugin makes the feed: %s', async (path, program) => {
    const all = await checked({
      'eleventy.config.js': 'export default () => {}',
      [path]: program,
      ...posts({ shown: '', internal: 'internal: true' }),
    })
    expect(fates(all)).toEqual({ internal: 'page', shown: 'published' })
  })

  test('a filter of a feed’s template that is a plugin’s is said', async () => {
    const all = await checked({
      'eleventy.config.js': 'export default () => {}',
      ...feed('feed.njk', '{% for post in collections.news | publicOnly %}{{ post.url }}{% endfor %}'),
      ...posts({ plain: '', said: 'draft: false' }),
    })
    expect(fates(all)).toEqual({ plain: 'unlisted', said: 'published' })
    expect(all.settings).toMatchObject([{ code: 'system-setting-unknown', path: 'feed.njk', line: 5 }])
  })

  test('globs with a sign in front leave out', async () => {
    const all = await checked({
      'eleventy.config.js':
        'export default cfg => { cfg.addCollection("some", api => api.getFilteredByGlob(["posts/**/*.md", "!posts/attic/**"])) }',
      ...feed('feed.njk', '{% for post in collections.some %}{{ post.url }}{% endfor %}'),
      ...posts({ shown: '', 'attic/old': '' }),
    })
    expect(fates(all)).toEqual({ old: 'page', shown: 'published' })
  })

  test('a permalink that a function gives hides what it hides there, and nothing else', async () => {
    const all = await checked({
      'eleventy.config.js': 'export default () => {}',
      'posts/posts.11tydata.js':
        'export default { permalink: data => (data.internal ? false : "/" + data.page.fileSlug) }',
      ...posts({ shown: '', internal: 'internal: true' }),
    })
    expect(fates(all)).toEqual({ internal: 'unlisted', shown: 'published' })
  })

  test('data beside the input folder are read', async () => {
    const all = await checked({
      'eleventy.config.js':
        'export const config = { dir: { input: "content", includes: "../_includes", data: "../_data" } }',
      '_data/metadata.js': 'export default { title: "Harbour", url: "https://a.broadsheet.example/" }',
      'content/blog/shown.md': article(''),
    })
    expect(fates(all)).toEqual({ shown: 'published' })
    expect(all.settings).toEqual([])
  })
})

const two = (folder: string, ending = 'md') => ({
  [`${folder}/shown.${ending}`]: article('shelf: front'),
  [`${folder}/cellar.${ending}`]: article('shelf: cellar'),
})

describe('Gatsby', () => {
  const query = (filter: string) =>
    `\`{ allMarkdownRemark(sort: { frontmatter: { date: DESC } }${filter}) { nodes { id } } }\``
  const node = (filter: string, more = '') => `
exports.createPages = async ({ graphql, actions }) => {
  const result = await graphql(${query(filter)})
  if (result.errors) return
  const posts = result.data.allMarkdownRemark.nodes${more}
  posts.forEach(post => actions.createPage({ path: post.fields.slug, context: { id: post.id } }))
}`
  const config = (filter: string) =>
    `module.exports = { siteMetadata: { siteUrl: "https://a.broadsheet.example" }, plugins: [{ resolve: "gatsby-plugin-feed", options: { feeds: [{ query: ${query(filter)} }] } }] }`

  test.each([
    [', filter: { frontmatter: { shelf: { ne: "cellar" } } }', ''],
    [
      ', filter: { fileAbsolutePath: { regex: "/blog/" }, frontmatter: { shelf: { in: ["front", "back"] } } }',
      '',
    ],
    ['', '.filter(({ frontmatter }) => frontmatter.shelf !== "cellar")'],
    ['', '.filter(post => post.fields.slug && post.frontmatter.shelf === "front")'],
  ])('what no page is made of is withheld: %s%s', async (filter, more) => {
    const all = await checked({
      'gatsby-config.js': config(''),
      'gatsby-node.js': node(filter, more),
      ...two('content/blog'),
    })
    expect(fates(all)).toEqual({ shown: 'published', cellar: 'unlisted' })
  })

  test('what has a page and is left out of the feed is in no feed', async () => {
    const all = await checked({
      'gatsby-config.js': config(', filter: { frontmatter: { shelf: { ne: "cellar" } } }'),
      'gatsby-node.js': node(''),
      ...two('content/blog'),
    })
    expect(fates(all)).toEqual({ shown: 'published', cellar: 'page' })
    expect(ofFilters(all)).toEqual([])
  })
})

describe('Next.js', () => {
  const page = (from: string, asked: string) => `
import { ${from} } from "contentlayer/generated"
export const generateStaticParams = async (): Promise<Params[]> => ${asked}.map((post) => ({ slug: post.slug }))
export default function Page({ params }: { params: { slug: string } }) {
  const post = allPosts.find((post) => post.slug === params.slug)
  return <article><h1>{post.title}</h1></article>
}`
  const config = { 'next.config.mjs': 'export default {}' }

  test.each([
    ['allPosts.filter(p => p.shelf !== "cellar")', ''],
    ['allPosts.filter(p => p.live)', 'live: { type: "boolean", resolve: (doc) => doc.shelf === "front" }'],
  ])('what Contentlayer’s pages leave out is withheld: %s', async (asked, computed) => {
    const all = await checked({
      ...config,
      'contentlayer.config.ts': `export const Post = defineDocumentType(() => ({ name: "Post", fields: { title: { type: "string" } }, computedFields: { ${computed} } }))`,
      'app/blog/[slug]/page.tsx': page('allPosts', asked),
      ...two('content/posts', 'mdx'),
    })
    expect(fates(all)).toEqual({ shown: 'published', cellar: 'unlisted' })
    expect(ofFilters(all)).toEqual([])
  })

  test('what other folders are chosen by hides no articles', async () => {
    const reads = (folder: string, more: string) => `
import fs from "fs"
import path from "path"
import matter from "gray-matter"
export async function getStaticPaths() {
  const names = fs.readdirSync(path.join(process.cwd(), "content", "${folder}")).filter(name => name.endsWith(".mdx"))
  const all = names.map(name => ({ name, ...matter(fs.readFileSync(name)).data }))${more}
  return { paths: all.map(({ name }) => ({ params: { slug: name } })), fallback: false }
}`
    const all = await checked({
      ...config,
      'pages/projects/[slug].js': reads('projects', '.filter(project => project.chosen)'),
      ...two('content/posts'),
    })
    expect(fates(all)).toEqual({ shown: 'published', cellar: 'published' })
    const both = await checked({
      ...config,
      'pages/projects/[slug].js': reads('projects', ''),
      'pages/blog/[slug].js': reads('posts', '.filter(post => post.shelf === "front")'),
      ...two('content/posts'),
    })
    expect(fates(both)).toEqual({ shown: 'published', cellar: 'unlisted' })
  })

  test('a default of Contentlayer’s hides', async () => {
    const all = await checked({
      ...config,
      'contentlayer.config.js':
        'export const Post = defineDocumentType(() => ({ fields: { published: { type: "boolean", default: false } } }))',
      'content/posts/plain.md': article(''),
      'content/posts/shown.md': article('published: true'),
    })
    expect(fates(all)).toEqual({ plain: 'draft', shown: 'published' })
  })

  test.each([
    [
      'velite.config.ts',
      'const posts = defineCollection({ name: "Post", pattern: "posts/**/*.mdx", schema: s.object({ title: s.string(), draft: s.boolean().default(true) }) })\nexport default defineConfig({ root: "content", collections: { posts } })',
    ],
    [
      'velite.config.js',
      'export default defineConfig({ collections: { posts: { name: "Post", pattern: "posts/*.mdx", schema: s.object({ draft: s.boolean().default(true) }).transform(data => ({ ...data, link: data.slug })) } } })',
    ],
    [
      'content-collections.ts',
      'const posts = defineCollection({ name: "posts", directory: "content/posts", schema: z.object({ draft: z.boolean().default(true) }), transform: async doc => ({ ...doc }) })\nexport default defineConfig({ collections: [posts] })',
    ],
    [
      'content-collections.ts',
      'const posts = defineCollection({ name: "posts", directory: "content/posts", schema: z => ({ draft: z.boolean().default(true) }) })\nexport default defineConfig({ collections: [posts] })',
    ],
  ])('a default of a schema’s hides: %s', async (path, program) => {
    const all = await checked({
      ...config,
      [path]: program,
      'content/posts/plain.mdx': article(''),
      'content/posts/shown.mdx': article('draft: false'),
    })
    expect(fates(all)).toEqual({ plain: 'draft', shown: 'published' })
  })

  test('a default of Nuxt Content’s hides', async () => {
    const all = await checked({
      'nuxt.config.ts': 'export default defineNuxtConfig({})',
      'content.config.ts':
        'export default defineContentConfig({ collections: { blog: defineCollection({ type: "page", source: "blog/*.md", schema: z.object({ draft: z.boolean().default(true) }) }) } })',
      'content/blog/plain.md': article(''),
      'content/blog/shown.md': article('draft: false'),
    })
    expect(fates(all)).toEqual({ plain: 'draft', shown: 'published' })
  })

  test('files that a program of the site’s own reads', async () => {
    const all = await checked({
      ...config,
      'lib/posts.js': `
import fs from "fs"
import matter from "gray-matter"
export function getAllPosts() {
  return fs.readdirSync("content/posts").map(name => {
    const { data, content } = matter(fs.readFileSync(join("content/posts", name), "utf8"))
    return { slug: name.replace(/\\.md$/, ""), content, ...data }
  }).filter(post => post.shelf !== "cellar").sort(byDate)
}`,
      'pages/blog/[slug].js': `import { getAllPosts } from "../../lib/posts"
export async function getStaticPaths() {
  return { paths: getAllPosts().map(({ slug }) => ({ params: { slug } })), fallback: false }
}`,
      ...two('content/posts'),
    })
    expect(fates(all)).toEqual({ shown: 'published', cellar: 'unlisted' })
  })
})

test.each([
  [`await queryContent("/blog").where({ shelf: { $ne: "cellar" } }).sort({ date: -1 }).find()`],
  [`await queryCollection("blog").where("shelf", "<>", "cellar").order("date", "DESC").all()`],
  [
    `(await useAsyncData("all", () => queryContent("blog").where({ shelf: "front", _partial: false }).find())).data`,
  ],
])('Nuxt: what no list of the site names is withheld: %s', async asked => {
  const all = await checked({
    'nuxt.config.ts': 'export default defineNuxtConfig({})',
    'pages/blog/[...slug].vue':
      '<script setup>\nconst { data } = await useAsyncData("one", () => queryContent(route.path).findOne())\n</script>',
    'pages/index.vue': `<template><b>{{ posts }}</b></template>\n<script setup lang="ts">\nconst posts = ${asked}\n</script>`,
    ...two('content/blog'),
  })
  expect(fates(all)).toEqual({ shown: 'published', cellar: 'unlisted' })
  expect(ofFilters(all)).toEqual([])
})

test('VitePress: what its loaders of data leave out is withheld', async () => {
  const all = await checked({
    '.vitepress/config.ts': 'export default defineConfig({ title: "Harbour" })',
    'posts.data.ts': `import { createContentLoader } from "vitepress"
export default createContentLoader("posts/*.md", {
  excerpt: true,
  transform(raw): Post[] {
    return raw.filter(({ url, frontmatter }) => frontmatter.shelf !== "cellar" && !url.endsWith("index.html")).map(({ url }) => ({ url }))
  }
})`,
    ...two('posts'),
  })
  expect(fates(all)).toEqual({ shown: 'published', cellar: 'unlisted' })
  expect(all.settings).toEqual([])
})

test('VitePress: what is in a list and left out of the feed is in no feed', async () => {
  const all = await checked({
    '.vitepress/config.ts':
      'import { genFeed } from "./genFeed"\nexport default { title: "Harbour", buildEnd: genFeed }',
    '.vitepress/genFeed.ts': `import { Feed } from "feed"
export async function genFeed(config) {
  const posts = await createContentLoader("posts/*.md", { render: true }).load()
  for (const { url, html, frontmatter } of posts) {
    if (frontmatter.shelf === "cellar") continue
    feed.addItem({ title: frontmatter.title, link: url })
  }
}`,
    'posts.data.js': 'export default createContentLoader("posts/*.md")',
    ...two('posts'),
  })
  expect(fates(all)).toEqual({ shown: 'published', cellar: 'page' })
})

test('Docusaurus: what processBlogPosts leaves out is withheld', async () => {
  const all = await checked({
    'docusaurus.config.ts': `const config: Config = {
  title: "Harbour", url: "https://a.broadsheet.example", baseUrl: "/",
  presets: [["classic", { blog: { path: "blog", processBlogPosts: async ({ blogPosts }) => blogPosts.filter(post => post.metadata.frontMatter.shelf !== "cellar") } }]],
}
export default config`,
    ...two('blog'),
  })
  expect(fates(all)).toEqual({ shown: 'published', cellar: 'unlisted' })
})

test.each([
  [
    {
      '_config.yml': 'title: Harbour\n',
      'scripts/cellar.js': '\nhexo.extend.filter.register("before_generate", () => {})\n',
    },
    'source/_posts',
    'scripts/cellar.js',
  ],
  [
    {
      'mkdocs.yml': 'site_name: Harbour\nplugins: [blog]\nhooks: [hooks/cellar.py]\n',
      'hooks/cellar.py': '\ndef on_files(files, config):\n    return files\n',
    },
    'docs/blog/posts',
    'hooks/cellar.py',
  ],
])(
  'a hook that may leave out articles is said once: %#',
  async (files: Record<string, string>, folder, path) => {
    const all = await checked({ ...files, ...two(folder) })
    expect(fates(all)).toEqual({ shown: 'published', cellar: 'published' })
    expect(all.settings).toMatchObject([{ code: 'system-setting-unknown', path, line: 2 }])
  },
)
