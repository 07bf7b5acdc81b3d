import { describe, expect, test } from 'vitest'
import { article, type Checked, checked, fates, ofFilters } from './site-fates.ts'

const two = (folder: string, ending = 'md') => ({
  [`${folder}/shown.${ending}`]: article('shelf: front', 'The boats lay still, and nobody spoke of it.'),
  [`${folder}/hidden.${ending}`]: article('shelf: cellar', 'ATTIC: the boats.'),
})
const expectHidden = (all: Checked) => {
  expect(fates(all)).toEqual({ shown: 'published', hidden: 'unlisted' })
  expect(ofFilters(all)).toEqual([])
}

describe('Astro', () => {
  const config = { 'astro.config.mjs': 'export default { site: "https://a.broadsheet.example" }' }
  const site = (asked: string, more = '') => ({
    ...config,
    'src/pages/blog/[...slug].astro': `---
import { getCollection } from "astro:content"
${more}
async function asked() {
  ${asked.replaceAll('; ', '\n  ')}
}
export async function getStaticPaths() {
  const posts = await asked()
  return posts.map(post => ({ params: { slug: post.id }, props: { post } }))
}
---`,
    ...two('src/content/blog'),
  })

  test.each([
    ['!post.body.includes("ATTIC")'],
    ['!post.body?.trimStart().startsWith("ATTIC")'],
    ['post.body.length > 30'],
    ['!/ATTIC/.test(post.body)'],
    ['!post.body.match(/^\\s*attic:/i)'],
    ['post.body.split(" ").length > 5'],
    ['!post.rendered.html.toLowerCase().includes("attic")'],
    ['post.body.indexOf("ATTIC") === -1'],
  ])('what a text holds hides it: %s', async condition => {
    expectHidden(await checked(site(`return (await getCollection("blog")).filter(post => ${condition})`)))
    expectHidden(await checked(site(`return await getCollection("blog", post => ${condition})`)))
  })

  test('an empty text hides, and what is asked of a page that only a program makes is said', async () => {
    const files = {
      ...site('return (await getCollection("blog")).filter(post => post.rendered.html.includes("<img"))'),
      'src/content/blog/said.md': article('draft: false'),
    }
    const all = await checked(files)
    expect(fates(all)).toEqual({ shown: 'unlisted', hidden: 'unlisted', said: 'published' })
    expect(all.settings).toMatchObject([{ path: 'src/pages/blog/[...slug].astro', line: 5 }])
    const full = site('return (await getCollection("blog")).filter(post => post.body && post.data.title)')
    expect(fates(await checked(full))).toEqual({ shown: 'published', hidden: 'published' })
  })

  test('what waits for its day waits whatever its text is asked', async () => {
    const all = await checked({
      ...site(
        'return (await getCollection("blog")).filter(({ body, data }) => body.length > 3 && data.goesLive <= new Date())',
      ),
      'src/content/blog/shown.md': article('goesLive: 2026-02-01'),
      'src/content/blog/hidden.md': article('goesLive: 2999-02-01'),
    })
    expect(fates(all)).toEqual({ shown: 'published', hidden: 'scheduled' })
  })

  const all = 'const posts = await getCollection("blog")'
  test.each([
    [
      `${all}; for (let i = posts.length - 1; i >= 0; i--) { if (posts[i].data.shelf === "cellar") posts.splice(i, 1) }; return posts`,
    ],
    [
      `${all}; for (const post of [...posts]) { if (post.data.shelf === "cellar") posts.splice(posts.indexOf(post), 1) }; return posts`,
    ],
    [
      `${all}; posts.forEach((post, i) => { if (post.data.shelf === "cellar") posts.splice(i, 1) }); return posts`,
    ],
    [`${all}; _.remove(posts, post => post.data.shelf === "cellar"); return posts`],
    [`${all}; return _(posts).reject(post => post.data.shelf === "cellar").value()`],
    [`${all}; return _.chain(posts).filter(post => post.data.shelf !== "cellar").value()`],
    [`${all}; return Object.groupBy(posts, post => post.data.shelf).front`],
    [`${all}; const { front } = _.groupBy(posts, "data.shelf"); return front`],
    [
      `${all}; return posts.reduceRight((some, post) => post.data.shelf === "cellar" ? some : [post, ...some], [])`,
    ],
    [
      `${all}; const some = new Set(); for (const post of posts) if (post.data.shelf === "front") some.add(post); return [...some]`,
    ],
    [
      `${all}; const some = new Map(); posts.forEach(post => { if (post.data.shelf === "front") some.set(post.id, post) }); return [...some.values()]`,
    ],
    [
      `${all}; return posts.filter(({ data }) => { for (const shelf of ["attic", "cellar"]) if (data.shelf === shelf) return false; return true })`,
    ],
    [
      `${all}; const some = posts.filter(post => post.data.shelf === "cellar"); for (const post of some) posts.splice(posts.indexOf(post), 1); return posts`,
    ],
    [
      `${all}; const some = posts.filter(post => post.data.shelf === "cellar"); return posts.filter(post => !some.includes(post))`,
    ],
    [
      `${all}; const some = new Set(posts.filter(post => post.data.shelf === "cellar").map(post => post.id)); return posts.filter(({ id }) => !some.has(id))`,
    ],
    [
      `${all}; const [front, cellar] = [[], []]; for (const post of posts) (post.data.shelf === "cellar" ? cellar : front).push(post); return front`,
    ],
    [`${all}; return posts.filter(post => post.body.search(/attic/i) === -1)`],
    [
      `${all}; return posts.filter(post => /^ATTIC/.exec(post.body) === null && post.body.match(/ATTIC/) === null)`,
    ],
  ])('what is taken out of a list, or put into none, is withheld: %s', async asked => {
    expectHidden(await checked(site(asked, 'import _ from "lodash"')))
  })

  test.each([
    [`${all}; posts.splice(posts.findIndex(post => post.data.shelf === "cellar"), 1); return posts`],
    [
      `${all}; const at = posts.findIndex(post => post.data.shelf === "cellar"); if (at !== -1) posts.splice(at, 1); return posts`,
    ],
    [`${all}; return posts.toSpliced(posts.findIndex(({ data }) => data.shelf === "cellar"), 1)`],
    [`${all}; return posts.slice(0, 10).toSpliced(posts.findIndex(({ id }) => id.startsWith("hidden")), 1)`],
  ])('one of those for which a condition holds may be it, which is said: %s', async asked => {
    const found = await checked({
      ...site(asked),
      'src/content/blog/said.md': article('shelf: cellar\ndraft: false'),
    })
    expect(fates(found)).toEqual({ shown: 'published', hidden: 'unlisted', said: 'published' })
    expect(found.settings).toMatchObject([
      { code: 'system-setting-unknown', path: 'src/pages/blog/[...slug].astro', line: expect.any(Number) },
    ])
  })

  test.each([
    [`${all}; const seen = new Set(); return posts.filter(({ id }) => !seen.has(id) && seen.add(id))`],
    [`${all}; const first = posts.splice(0, 1); return [...first, ...posts]`],
    [
      `${all}; const at = posts.findIndex(post => post.id === Astro.params.slug); posts.splice(at, 1); return posts`,
    ],
    [`${all}; return posts.slice(posts.findIndex(post => post.data.featured))`],
    [`${all}; for (const post of posts) console.log(post.data.shelf); return posts`],
    [
      `${all}; return posts.filter(({ data }) => { for (const key of ["title"]) if (!data[key]) return false; return true })`,
    ],
    [
      `${all}; const first = posts.slice(0, 1); const rest = posts.filter(post => !first.includes(post)); return rest`,
    ],
    [
      `${all}; const shown = posts.filter(post => post.data.title); const first = shown.slice(0, 1).map(({ id }) => id); return shown.filter(({ id }) => !first.includes(id))`,
    ],
  ])('what is put in order, or chosen by what most articles say, hides nothing: %s', async asked => {
    expect(fates(await checked(site(asked)))).toEqual({ shown: 'published', hidden: 'published' })
  })

  test.each([
    ['const { post } = Astro.props\nif (post.data.shelf === "cellar") return Astro.redirect("/404")'],
    [
      'const post = Astro.props.post\nif (post.data.shelf === "cellar") { return new Response(null, { status: 404 }) }',
    ],
    ['if (Astro.props.post.body.includes("ATTIC")) return Astro.rewrite("/404")'],
    ['const { post: { data } } = Astro.props\nif (!data.title || isCellar(data)) return Astro.redirect("/")'],
    [
      'const { post } = Astro.props\nconst isShown = post.data.shelf === "front"\nif (!isShown) return Astro.redirect("/")',
    ],
  ])('a page of one article that leads elsewhere hides it: %s', async refusal => {
    const page = (more: string) => ({
      ...site(''),
      'src/pages/blog/[...slug].astro': `---
export const getStaticPaths = async () =>
  (await getCollection("blog")).map(post => ({ params: { slug: post.id }, props: { post } }))
const isCellar = ({ shelf }) => shelf === "cellar"
${more}
---
<h1>{post.data.title}</h1>`,
    })
    expectHidden(await checked(page(refusal)))
    const other =
      'const { post } = Astro.props\nif (post.data.lang !== Astro.currentLocale) return Astro.redirect("/")'
    expect(fates(await checked(page(other)))).toEqual({ shown: 'published', hidden: 'published' })
  })

  test.each([
    [`return new Shelf(await getCollection("blog")).published()`, 'unlisted'],
    [`return new Shelf(await getCollection("blog")).inOrder()`, 'published'],
    [`return Shelf.from(await getCollection("blog")).without("cellar").items`, 'published'],
    [`const { only } = await import("@example/kit"); return only(await getCollection("blog"))`, 'published'],
    [
      `${all}; const by = posts.reduce((by, post) => { (by[post.data.shelf] ||= []).push(post); return by }, {}); return by.front`,
      'published',
    ],
    [
      `${all}; return posts.filter(({ data }) => { for (const tag of data.shelves) if (tag === "x") return false; return true })`,
      'published',
    ],
  ])('a list that nobody can follow is said, and withheld by what it is called: %s', async (asked, fate) => {
    const found = await checked(site(asked, 'import { Shelf } from "@example/kit"'))
    expect(fates(found)).toEqual({ shown: fate, hidden: fate })
    expect(found.settings).not.toEqual([])
    for (const { code, path, line } of found.settings)
      expect([code, path, typeof line]).toEqual([
        'system-setting-unknown',
        'src/pages/blog/[...slug].astro',
        'number',
      ])
  })
})

describe('Next.js', () => {
  const lib = `import fs from "fs"
import path from "path"
import matter from "gray-matter"
const dir = path.join(process.cwd(), "content/posts")
export function getPostBySlug(slug) {
  const { data, content } = matter(fs.readFileSync(path.join(dir, slug + ".mdx"), "utf8"))
  return { slug, content, metadata: data, ...data }
}
export function getAllPosts() { return fs.readdirSync(dir).map(name => getPostBySlug(name.replace(".mdx", ""))) }
export const isVisible = post => post.shelf !== "cellar"
`
  const site = (text: string, path = 'app/blog/[slug]/page.tsx') => ({
    'next.config.mjs': 'export default {}',
    'lib/posts.js': lib,
    [path]: text,
    ...two('content/posts', 'mdx'),
  })
  const params =
    'export async function generateStaticParams() { return getAllPosts().map(post => ({ slug: post.slug })) }'
  const page = (refusal: string, found = 'getPostBySlug(slug)', more = params) => `
import { notFound, redirect } from "next/navigation"
import { getAllPosts, getPostBySlug, isVisible } from "../../../lib/posts"
${more}
export default async function Page({ params }: { params: Promise<{ slug: string }> }) {
  const { slug } = await params
  const post = ${found}
  ${refusal}
  return (
    <article className="x">
      <h1>{post.title}</h1> {post.tags && <b>it’s here</b>} <br />
    </article>
  )
}`
  const sought = 'getAllPosts().find(post => post.slug === slug)'
  const shownAlone = 'getAllPosts().filter(isVisible)'

  test.each([
    ['if (post.shelf === "cellar") notFound()', undefined],
    ['if (!post || post.shelf === "cellar") { notFound() }', undefined],
    ['if (!post || post.metadata.shelf === "cellar") return notFound()', undefined],
    ['if (!isVisible(post)) { redirect("/blog") }', undefined],
    ['post.shelf === "cellar" && notFound()', undefined],
    ['if (post.shelf === "cellar" && process.env.NODE_ENV === "production") { notFound() }', undefined],
    ['if (post.shelf === "cellar") return null', undefined],
    ['if (post.shelf === "cellar") return <NotFound />', undefined],
    ['if (post.content.startsWith("ATTIC")) notFound()', undefined],
    ['switch (post.shelf) { case "cellar": notFound() }', undefined],
    ['if (!post || post.shelf === "cellar") notFound()', sought],
    ['if (!post) notFound()', `${shownAlone}.find(post => post.slug === slug)`],
    ['if (!post) notFound()', `${shownAlone}.filter(post => post.slug === slug)[0]`],
    ['if (!post) notFound()', 'getAllPosts().find(post => post.slug === slug && post.shelf !== "cellar")'],
    [
      'if (post.shelf === "cellar") notFound()',
      'getAllPosts()[getAllPosts().findIndex(post => post.slug === slug)]',
    ],
    ['const isHidden = post.shelf === "cellar"\n  if (isHidden) return notFound()', undefined],
    ['const load = one => { if (one.shelf === "cellar") notFound(); return one }\n  load(post)', undefined],
  ])('a page that refuses an article: %s %s', async (refusal, found) => {
    expectHidden(await checked(site(page(refusal, found))))
    expectHidden(await checked(site(page(refusal, found, ''))))
  })

  const paths =
    'export const getStaticPaths = async () => ({ paths: getAllPosts().map(({ slug }) => ({ params: { slug } })) })'
  test.each([
    ['getStaticProps', paths, 'if (post.shelf === "cellar") return { notFound: true }'],
    ['getStaticProps', paths, 'if (post.shelf === "cellar") return { redirect: { destination: "/" } }'],
    ['getServerSideProps', '', 'if (post.shelf === "cellar") { return { notFound: true } }'],
    ['getServerSideProps', '', 'return post.shelf === "cellar" ? { notFound: true } : { props: { post } }'],
  ])('by what %s gives: %s %s', async (name, more, refusal) => {
    const program = `import { getAllPosts, getPostBySlug } from "../../lib/posts"
${more}
export const ${name} = async ({ params }) => {
  const post = getPostBySlug(params.slug)
  ${refusal}
  return { props: { post } }
}
export default function Page({ post }) { return <h1>{post.title}</h1> }`
    expectHidden(await checked(site(program, 'pages/blog/[slug].js')))
  })

  test('what a refusal asks that nobody can read is said, and those that say it are withheld', async () => {
    const all = await checked({
      ...site(page('if (!mayRead(post.circle)) notFound()')),
      'content/posts/hidden.mdx': article('circle: inner'),
    })
    expect(fates(all)).toEqual({ shown: 'published', hidden: 'unlisted' })
    expect(ofFilters(all)).toMatchObject([{ path: 'app/blog/[slug]/page.tsx', line: 8 }])
    const other = await checked({
      ...site(page('if (!post || post.isPrivate) notFound()', 'await reader.posts.read(slug)', '')),
      'content/posts/hidden.mdx': article('isPrivate: maybe'),
    })
    expect(fates(other)).toEqual({ shown: 'published', hidden: 'unlisted' })
  })

  test.each([
    ['if (!post) notFound()', sought],
    ['if (post.layout === "wide") return <Wide post={post} />', sought],
    ['if (post.slug !== slug) redirect(post.slug)', undefined],
    ['if (!post) notFound()', 'await reader.posts.read(slug)'],
    [
      'const other = getAllPosts().find(one => one.shelf === "attic")\n  if (!post || post.lang !== (await params).lang) notFound()',
      undefined,
    ],
  ])('a page that refuses what is not there hides nothing: %s %s', async (refusal, found) => {
    const all = await checked(site(page(refusal, found)))
    expect(fates(all)).toEqual({ shown: 'published', hidden: 'published' })
    expect(ofFilters(all)).toEqual([])
  })

  test('articles of one language are chosen by what nobody knows, which is said', async () => {
    const all = await checked({
      ...site(page('const lang = await getLocale()\n  if (!post || post.lang !== lang) notFound()')),
      'content/posts/hidden.mdx': article('lang: de'),
    })
    expect(fates(all)).toEqual({ shown: 'published', hidden: 'published' })
    expect(ofFilters(all)).toMatchObject([{ path: 'app/blog/[slug]/page.tsx', line: 9 }])
  })

  test('what a page of others refuses hides no articles', async () => {
    const other = page('if (post.shelf === "cellar") notFound()', 'getProject(slug)', '')
    const all = await checked(site(other, 'app/projects/[slug]/page.tsx'))
    expect(fates(all)).toEqual({ shown: 'published', hidden: 'published' })
  })

  test.each([
    [
      'const posts = await getPublishedPosts()\n  return posts.map(post => ({ slug: post.slug }))',
      'unlisted',
    ],
    ['const posts = await loadPosts()\n  return posts.map(post => ({ slug: post.slug }))', 'published'],
    ['return source.generateParams()', 'published'],
    ['return (await reader.posts.all()).map(({ slug }) => ({ slug }))', 'published'],
    ['return await db.select().from(posts)', 'published'],
  ])('a list that nobody can follow is said: %s', async (body, fate) => {
    const all = await checked(
      site(`import { getPublishedPosts, loadPosts } from "@example/posts"
export async function generateStaticParams() {
  ${body}
}`),
    )
    expect(fates(all)).toEqual({ shown: fate, hidden: fate })
    expect(ofFilters(all)).toMatchObject([{ path: 'app/blog/[slug]/page.tsx', line: 2 }])
  })

  const collections = (transform: string) => ({
    'next.config.mjs': 'export default {}',
    'content-collections.ts': `import { defineCollection, defineConfig } from "@content-collections/core"
const isCellar = doc => doc.shelf === "cellar"
const posts = defineCollection({
  name: "posts",
  directory: "content/posts",
  schema: z.object({ title: z.string() }),
  ${transform},
})
export default defineConfig({ collections: [posts] })`,
    ...two('content/posts', 'mdx'),
  })
  test.each([
    [
      'transform: async (document, context) => { if (document.shelf === "cellar") { return context.skip("x") } return { ...document } }',
    ],
    [
      'transform: (doc, { skip }) => doc.shelf === "cellar" ? skip("cellar") : { ...doc, slug: doc._meta.path }',
    ],
    [
      'transform: async (doc, { skip, cache }) => { if (isCellar(doc)) return skip(); const body = await compileMDX({ cache }, doc); return { ...doc, body } }',
    ],
    [
      'async transform(doc, ctx) { const body = await ctx.cache(doc.content, x); if (process.env.NODE_ENV === "production" && isCellar(doc)) return ctx.skip("x"); return doc }',
    ],
    ['transform: (doc, ctx) => { if (doc.content.includes("ATTIC")) return ctx.skip("x"); return doc }'],
  ])('what Content Collections pass over is withheld: %s', async transform => {
    expectHidden(await checked(collections(transform)))
  })

  test('what they pass over by what nobody can read is said', async () => {
    const asked = collections('transform: (doc, ctx) => helper(doc.circle) ? ctx.skip("x") : doc')
    const all = await checked({ ...asked, 'content/posts/hidden.mdx': article('circle: inner') })
    expect(fates(all)).toEqual({ shown: 'published', hidden: 'unlisted' })
    expect(ofFilters(all)).toMatchObject([{ path: 'content-collections.ts', line: 7 }])
    const author = collections(
      'transform: async (doc, ctx) => { const found = (await ctx.documents(authors)).find(one => one.ref === doc.author); if (!found) return ctx.skip("x"); return { ...doc, found } }',
    )
    expect(fates(await checked(author))).toEqual({ shown: 'published', hidden: 'published' })
  })
})

const node = (name: string, value: string) => `createNodeField({ node, name: "${name}", value: ${value} })`
describe('Gatsby', () => {
  const query = (filter: string) =>
    `\`{ allMarkdownRemark(sort: { frontmatter: { date: DESC } }${filter}) { nodes { id } } }\``
  const site = (made: string, filter: string, more = '', feed = `query: ${query('')}`) => ({
    'gatsby-config.js': `module.exports = {
  siteMetadata: { siteUrl: "https://a.broadsheet.example" },
  plugins: [{ resolve: "gatsby-plugin-feed", options: { feeds: [{
    ${feed}
  }] } }],
}`,
    'gatsby-node.js': `const { createFilePath } = require("gatsby-source-filesystem")
exports.onCreateNode = ({ node, actions, getNode }) => {
  const { createNodeField } = actions
  if (node.internal.type === "MarkdownRemark") {
    createNodeField({ node, name: "slug", value: createFilePath({ node, getNode }) })
    ${made}
  }
}
exports.createPages = async ({ graphql, actions }) => {
  const result = await graphql(${query(filter)})
  const posts = result.data.allMarkdownRemark.nodes${more}
  posts.forEach(post => actions.createPage({ path: post.fields.slug, context: { id: post.id } }))
}`,
    ...two('content/blog'),
  })
  const isCellar = 'node.frontmatter.shelf === "cellar"'

  test.each([
    [node('away', isCellar), ', filter: { fields: { away: { ne: true } } }', ''],
    [node('away', isCellar), '', '.filter(post => !post.fields.away)'],
    [`const is = ${isCellar}\n${node('away', 'is')}`, ', filter: { fields: { away: { eq: false } } }', ''],
    [
      `if (${isCellar}) ${node('state', '"cellar"')}\nelse ${node('state', '"live"')}`,
      ', filter: { fields: { state: { eq: "live" } } }',
      '',
    ],
    [`if (${isCellar}) { ${node('away', 'true')} }`, ', filter: { fields: { away: { ne: true } } }', ''],
    [
      node('marked', 'node.rawMarkdownBody.includes("ATTIC")'),
      ', filter: { fields: { marked: { ne: true } } }',
      '',
    ],
  ])(
    'what a program makes of an article, and a query asks for, hides it: %s %s%s',
    async (made, filter, more) => {
      expectHidden(await checked(site(made, filter, more)))
    },
  )

  test.each([
    [node('circle', 'circleOf(node.frontmatter.circle)'), ', filter: { fields: { circle: { ne: true } } }'],
    ['', ', filter: { fields: { isHidden: { ne: true } } }'],
  ])('what only a program knows of it is said: %s %s', async (made, filter) => {
    const all = await checked({
      ...site(made, filter),
      'content/blog/hidden.md': article('circle: inner\nisHidden: perhaps'),
    })
    expect(fates(all)).toEqual({ shown: 'published', hidden: 'unlisted' })
    expect(ofFilters(all)).toMatchObject([{ path: 'gatsby-node.js' }])
  })

  test.each([
    [
      `const parent = getNode(node.parent)\n${node('collection', 'parent.sourceInstanceName')}`,
      ', filter: { fields: { collection: { eq: "blog" } } }',
      '',
    ],
    ['', '', '.filter(post => post.fields.slug)'],
    [node('type', 'typeOf(node)'), ', filter: { fields: { type: { eq: "post" } } }', ''],
  ])('what says where an article lies hides none: %s %s%s', async (made, filter, more) => {
    const all = await checked(site(made, filter, more))
    expect(fates(all)).toEqual({ shown: 'published', hidden: 'published' })
    expect(ofFilters(all)).toEqual([])
  })

  test.each([
    [
      '({ query: { allMarkdownRemark } }) => allMarkdownRemark.nodes.filter(node => node.frontmatter.shelf !== "cellar")',
    ],
    [
      '({ query }) => { return query.allMarkdownRemark.edges.filter(({ node }) => node.frontmatter.shelf !== "cellar").map(edge => edge.node) }',
    ],
    [
      '({ query: { allMarkdownRemark } }) => { const items = []; allMarkdownRemark.nodes.forEach(node => { if (node.frontmatter.shelf === "cellar") return; items.push({ node }) }); return items }',
    ],
    [
      '({ query: { allMarkdownRemark } }) => allMarkdownRemark.nodes.reduce((all, node) => node.frontmatter.shelf === "cellar" ? all : [...all, node], [])',
    ],
    [
      '({ query: { allMarkdownRemark } }) => allMarkdownRemark.nodes.filter(post => post.fields.slug && !post.fields.away)',
    ],
  ])('what the feed’s own program leaves out is in no feed: %s', async program => {
    const all = await checked(
      site(node('away', isCellar), '', '', `serialize: ${program},\n    query: ${query('')}`),
    )
    expect(fates(all)).toEqual({ shown: 'published', hidden: 'page' })
    expect(ofFilters(all)).toEqual([])
  })

  test('a program of the feed that nobody can follow is said', async () => {
    const all = await checked(site('', '', '', `serialize,\n    query: ${query('')}`))
    expect(fates(all)).toEqual({ shown: 'published', hidden: 'published' })
    expect(ofFilters(all)).toMatchObject([{ path: 'gatsby-config.js', line: 4 }])
  })
})

describe('Nuxt', () => {
  const site = (script: string, page = 'queryContent(route.path).findOne()', refusal = '') => ({
    'nuxt.config.ts': 'export default defineNuxtConfig({})',
    'pages/blog/[...slug].vue': `<script setup>
const { data: page } = await useAsyncData("one", () => ${page})
${refusal}
</script>`,
    'pages/index.vue': `<template>
<b v-for="post in posts" :key="post._path">{{ post.title }}</b></template>
<script setup lang="ts">
${script}
</script>`,
    ...two('content/blog'),
  })
  const asked = (query: string, more = '') =>
    `const { data: posts } = await useAsyncData("all", () => ${query}${more})`

  test.each([
    [
      'const posts = ref([])\nposts.value = await queryCollection("blog").where("shelf", "<>", "cellar").all()',
    ],
    [
      'const posts = ref([])\nonMounted(async () => { posts.value = await queryContent("/blog").where({ shelf: "front" }).find() })',
    ],
    [
      'const posts = useState("posts", () => [])\nposts.value = (await queryCollection("blog").all()).filter(p => p.shelf === "front")',
    ],
    [
      'const query = queryCollection("blog")\nquery.where("shelf", "=", "front")\nconst posts = await query.all()',
    ],
    [asked('queryCollection("blog").andWhere(query => query.where("shelf", "=", "front")).all()')],
    [
      asked(
        'queryCollection("blog").orWhere(query => query.where("shelf", "=", "front").where("shelf", "=", "back")).all()',
      ),
    ],
    [asked('queryCollection("blog").where("shelf", "IN", ["front", "back"]).all()')],
    [asked('queryCollection("blog").where("shelf", "NOT LIKE", "%cell%").all()')],
    [asked('queryContent("/blog").where({ $and: [{ shelf: "front" }] }).find()')],
    [asked('queryContent("/blog").where({ shelf: { $in: ["front"] } }).find()')],
    [asked('queryContent("/blog").where({ $or: [{ shelf: "front" }, { shelf: "back" }] }).find()')],
    [asked('queryContent("/blog").where({ $not: { shelf: "cellar" } }).find()')],
    [asked('queryCollection("blog").all()', ', { transform: all => all.filter(p => p.shelf !== "cellar") }')],
  ])('what no list names, however that is asked for and kept, is withheld: %s', async script => {
    expectHidden(await checked(site(script)))
  })

  test('a page that refuses an article', async () => {
    const refusal = 'if (!page.value || page.value.shelf === "cellar") throw createError({ statusCode: 404 })'
    const list = asked('queryCollection("blog").all()')
    expectHidden(await checked(site(list, 'queryCollection("blog").path(route.path).first()', refusal)))
    const none = 'if (!page.value) { throw createError({ statusCode: 404 }) }'
    expect(fates(await checked(site(list, undefined, none)))).toEqual({
      shown: 'published',
      hidden: 'published',
    })
  })

  test.each([
    ['isPublished', 'unlisted', [{ path: 'pages/index.vue', line: 4 }]],
    ['inSeason', 'published', []],
  ])('a list of which nobody knows what it leaves out: %s', async (called, fate, said) => {
    const all = await checked(site(asked(`queryCollection("blog").all().then(all => all.filter(${called}))`)))
    expect(fates(all)).toEqual({ shown: fate, hidden: fate })
    expect(ofFilters(all)).toMatchObject(said)
  })
})

describe('Docusaurus', () => {
  const site = (feed: string) => ({
    'docusaurus.config.js': `export default {
  title: "Harbour", url: "https://a.broadsheet.example", baseUrl: "/",
  presets: [["classic", { blog: { path: "blog", feedOptions: {
    type: "all",
    ${feed}
  } } }]],
}`,
    ...two('blog'),
  })
  const made = 'defaultCreateFeedItems({ blogPosts: '

  test.each([
    [
      `createFeedItems: async (params) => { const { blogPosts, defaultCreateFeedItems, ...rest } = params; return ${made}blogPosts.filter((item) => item.metadata.frontMatter.shelf !== "cellar"), ...rest }) }`,
    ],
    [
      `createFeedItems: ({ blogPosts, defaultCreateFeedItems, ...rest }) => ${made}blogPosts.filter(({ metadata }) => metadata.frontMatter.shelf !== "cellar").slice(0, 10), ...rest })`,
    ],
    [
      'async createFeedItems(params) { return params.defaultCreateFeedItems({ ...params, blogPosts: params.blogPosts.filter(post => !post.content.includes("ATTIC")) }) }',
    ],
    [
      `createFeedItems: async ({ blogPosts, defaultCreateFeedItems, ...rest }) => { const kept = []; for (const post of blogPosts) { if (post.metadata.frontMatter.shelf !== "cellar") kept.push(post) } return ${made}kept, ...rest }) }`,
    ],
    [
      'createFeedItems: async ({ blogPosts }) => blogPosts.filter(post => post.metadata.frontMatter.shelf === "front").map(({ id }) => ({ id }))',
    ],
    [
      `createFeedItems: async ({ blogPosts, defaultCreateFeedItems, ...rest }) => ${made}blogPosts.filter(post => mayRead(post.metadata.frontMatter.shelf)), ...rest })`,
    ],
  ])('what createFeedItems leaves out is in no feed: %s', async feed => {
    const all = await checked(site(feed))
    const isKnown = !feed.includes('mayRead')
    expect(fates(all)).toEqual({ shown: isKnown ? 'published' : 'page', hidden: 'page' })
    expect(ofFilters(all)).toMatchObject(isKnown ? [] : [{ path: 'docusaurus.config.js', line: 5 }])
  })

  test.each([
    [
      `createFeedItems: async ({ blogPosts, defaultCreateFeedItems, ...rest }) => ${made}blogPosts.filter((item, index) => index < 10), ...rest })`,
      0,
    ],
    [
      `createFeedItems: async ({ blogPosts, defaultCreateFeedItems, ...rest }) => ${made}blogPosts.filter(post => !post.metadata.tags.some(tag => tag.label === "x")), ...rest })`,
      0,
    ],
    ['createFeedItems: itemsOf', 1],
  ])('what leaves out none, or nobody knows which: %s', async (feed, said) => {
    const all = await checked(site(feed))
    expect(fates(all)).toEqual({ shown: 'published', hidden: 'published' })
    expect(ofFilters(all)).toHaveLength(said)
  })
})
