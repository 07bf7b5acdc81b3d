import { expect, test } from 'vitest'
import { broadsheet, datedArticle, temporaryFolder } from '../runtimes/command-line.ts'

interface Checked {
  files: {
    path: string
    status: string
    article?: { url: string; language: string; text: string }
    diagnostics: unknown[]
  }[]
  settings: { message: string; hint: string }[]
}

async function checked(files: Record<string, string>): Promise<Checked> {
  using folder = temporaryFolder(files)
  const { out } = await broadsheet('check', folder.path, '--json')
  return JSON.parse(out)
}

/** Each file's address, without the site's. */
const addresses = ({ files }: Checked) =>
  Object.fromEntries(files.map(({ path, article }) => [path, new URL(article?.url ?? 'x:').pathname]))

test('Hugo: what two languages have in one folder is the main language’s', async () => {
  const site = await checked({
    'hugo.toml': [
      'defaultContentLanguage = "de"',
      '[languages.de2]\ncontentDir = "content/de"\nweight = 0',
      '[languages.de]\ncontentDir = "content/de"\nweight = 1',
      '[languages.en]\ncontentDir = "content/en"',
    ].join('\n'),
    'content/de/blog/hafen.md': datedArticle('Hafen'),
    'content/en/blog/harbour.md': datedArticle('Harbour'),
  })
  expect(addresses(site)).toEqual({
    'content/de/blog/hafen.md': '/blog/hafen/',
    'content/en/blog/harbour.md': '/en/blog/harbour/',
  })
})

const page = (asked: string) =>
  `---\nexport const getStaticPaths = async () => (${asked}).map(entry => ({ params: { slug: entry.id } }))\n---\n`

test('Astro: collections that a function of the site’s own makes and asks for', async () => {
  const site = await checked({
    'astro.config.mjs': 'export default { site: "https://a.broadsheet.example" }',
    'src/content.config.ts': `
const collectionIn = (name: string, more: Shape = {}) =>
  defineCollection({ loader: glob({ pattern: "**/[^_]*.md", base: \`./src/content/\${name}\` }), schema })
const posts = collectionIn("posts")
const books = collectionIn("books", { author: z.string() })
export const collections = { posts, books, talks: collectionIn('talks'), heard: collectionIn('heard') }`,
    'src/utils/all.ts': "export const all = async () => [await entriesOf('books'), await getAll('heard')]",
    'src/pages/rss.xml.ts': 'import { all } from "../utils/all"\nconst books = await getEntriesOf("books")',
    'src/pages/feed/heard.xml.js': 'import { all } from "../../utils/all"',
    'src/pages/posts/index.astro': '',
    'src/pages/[...slug].astro': page('await getCollectionByName("posts")'),
    'src/pages/books/[book].astro': page('await fetchAll("books")').replace('slug:', 'book:'),
    'src/pages/talks/[slug].astro': page('await getCollection("talks")'),
    'src/content/posts/one.md': datedArticle('One'),
    'src/content/books/two.md': datedArticle('Two'),
    'src/content/talks/three.md': datedArticle('Three'),
    'src/content/heard/four.md': datedArticle('Four'),
  })
  // Talks are in no feed of the site, and what was heard has no pages.
  expect(addresses(site)).toEqual({
    'src/content/posts/one.md': '/one/',
    'src/content/books/two.md': '/books/two/',
  })
  // Nobody sees what the function that is asked leaves out.
  expect(site.settings).toEqual([
    expect.objectContaining({
      path: 'src/pages/[...slug].astro',
      message: expect.stringContaining('Which articles are shown is decided by'),
    }),
  ])
})

test('Astro: the one collection that a page’s helper asks for', async () => {
  const site = await checked({
    'astro.config.mjs': 'export default { site: "https://a.broadsheet.example" }',
    'src/lib/newest.ts': 'export const newest = () => getCollection("posts")',
    'src/pages/writing/[...slug].astro': `---\nimport { newest } from "@/lib/newest"\n---\n${page('await newest()')}`,
    'src/content/posts/one.md': datedArticle('One'),
  })
  expect(addresses(site)).toEqual({ 'src/content/posts/one.md': '/writing/one/' })
  expect(site.settings).toEqual([])
})

test('Astro: addresses that no page tells are said to be guessed', async () => {
  const site = await checked({
    'astro.config.mjs': 'export default { site: "https://a.broadsheet.example" }',
    'src/pages/posts/index.astro': '',
    'src/pages/[...path].astro': page('await everything()'),
    'src/content/posts/one.md': datedArticle('One'),
  })
  expect(addresses(site)).toEqual({ 'src/content/posts/one.md': '/one/' })
  expect(site.settings).toEqual([
    expect.objectContaining({ message: expect.stringContaining('Which articles are shown is decided by') }),
    expect.objectContaining({
      message: expect.stringContaining('they were taken for /… (posts).'),
      hint: expect.stringContaining('permalink ='),
    }),
  ])
})

test('Astro: a collection without files in between does not take the next one’s folder', async () => {
  const site = await checked({
    'astro.config.mjs': 'export default { site: "https://a.broadsheet.example" }',
    'src/content.config.ts': `
const notes = defineCollection({ loader: file("src/data/notes.json") })
const blog = defineCollection({ loader: glob({ pattern: "**/*.md", base: "./writing" }) })
export const collections = { notes, blog }`,
    'src/pages/blog/[slug].astro': page('await getCollection("blog")'),
    'writing/one.md': datedArticle('One'),
  })
  expect(addresses(site)).toEqual({ 'writing/one.md': '/blog/one/' })
})

test.each([
  ['the pages elsewhere have days too', datedArticle('Two'), ['/essay/one.html', '/tech/deep/two.html']],
  ['the pages elsewhere are a manual', '# Two\n\nHow to moor.\n', ['/essay/one.html']],
])('VitePress: a folder called as articles are, where %s', async (_, elsewhere, expected) => {
  const site = await checked({
    '.vitepress/config.ts': 'export default { title: "Harbour" }',
    'essay/one.md': datedArticle('One'),
    'tech/deep/two.md': elsewhere,
    'public/three.md': datedArticle('Three'),
  })
  expect(Object.values(addresses(site)).sort()).toEqual(expected)
})

test.each([
  ['vitepress', { '.vitepress/config.ts': 'export default {}' }, 'posts/one.md', '[[toc]]'],
  ['mkdocs', { 'mkdocs.yml': 'site_name: Harbour\nplugins: [blog]\n' }, 'docs/blog/posts/one.md', '[TOC]'],
])('%s: the mark of a table of contents is no words', async (_, settings, path, mark) => {
  const site = await checked({
    ...settings,
    [path]: datedArticle(
      'One',
      '2026-01-31',
      `The boats lay still.\n\n${mark}\n\nThey left.\n\n\`\`\`\n${mark}\n\`\`\``,
    ),
  })
  expect(site.files[0]?.article?.text).toBe(`The boats lay still.\n\nThey left.\n\n${mark}`)
  expect(site.files[0]?.diagnostics).toEqual([])
})

test.each([
  [
    'as the starters do',
    `\`\${__dirname}/content/blog\``,
    'const value = createFilePath({ node, getNode })',
    'content/blog/first/index.md',
    '/first/',
  ],
  [
    'with a folder before it',
    "path.join(__dirname, 'content/blog')",
    `const value = createFilePath({ node, getNode })\ncreateNodeField({ value: \`/writing\${value}\` })`,
    'content/blog/deep/Second One.md',
    '/writing/deep/Second%20One/',
  ],
  [
    'without a slash',
    `\`\${__dirname}/posts/\``,
    'const slug = createFilePath({ node, getNode, trailingSlash: false })',
    'posts/third.md',
    '/third',
  ],
  [
    'by a program that says nothing',
    `\`\${__dirname}/posts\``,
    'createPage({ path: name(node) })',
    'posts/fourth.md',
    '/posts/fourth/',
  ],
])('Gatsby: addresses %s', async (_, source, program, path, address) => {
  const site = await checked({
    'gatsby-config.js': `module.exports = { siteMetadata: { siteUrl: "https://a.broadsheet.example" }, plugins: [
      { resolve: \`gatsby-source-filesystem\`, options: { path: \`\${__dirname}/src/images\`, name: 'images' } },
      { resolve: \`gatsby-source-filesystem\`, options: { name: 'blog', path: ${source} } }] }`,
    'gatsby-node.js': program,
    [path]: datedArticle('One'),
  })
  expect(addresses(site)).toEqual({ [path]: address })
  expect(site.settings.map(({ hint }) => hint)).toEqual([expect.stringContaining('permalink =')])
})

test('Hugo: mounts say their languages as Hugo does since 0.153', async () => {
  const site = await checked({
    'hugo.yaml': `baseURL: https://a.broadsheet.example
languages: { en: {}, fr: {}, pt-BR: {} }
module:
  mounts:
    - { source: content/en, target: content, files: ['! blog/inside/**'] }
    - { source: content/fr, target: content, sites: { matrix: { languages: [fr] } } }
    - { source: content/en/blog/shared, target: content/blog/shared, sites: { matrix: { languages: [fr] } } }
    - { source: content/pt, target: content, sites: { matrix: { languages: ['pt-*'] } } }`,
    'content/en/blog/tide.md': datedArticle('Tide'),
    'content/en/blog/shared/one.md': datedArticle('Shared'),
    'content/en/blog/inside/two.md': datedArticle('Inside'),
    'content/fr/blog/tide.md': datedArticle('La marée'),
    'content/pt/blog/tide.md': datedArticle('A maré'),
  })
  expect(addresses(site)).toEqual({
    'content/en/blog/tide.md': '/blog/tide/',
    'content/en/blog/shared/one.md': '/blog/shared/one/',
    'content/fr/blog/tide.md': '/fr/blog/tide/',
    'content/pt/blog/tide.md': '/pt-br/blog/tide/',
  })
})

test.each(['"Ada Bell"', '{ name: `Ada Bell`, summary: "who writes here" }'])(
  'Gatsby: the site’s author %s',
  async author => {
    using folder = temporaryFolder({
      'gatsby-config.js': `module.exports = { siteMetadata: { title: "Harbour", author: ${author} } }`,
      'content/blog/one.md': datedArticle('One'),
    })
    const { out } = await broadsheet('get', '/feed.json', folder.path)
    expect(JSON.parse(out).authors).toEqual([{ name: 'Ada Bell' }])
  },
)

test('VitePress: the mark of a table of contents in a quote', async () => {
  const site = await checked({
    '.vitepress/config.ts': 'export default {}',
    'posts/one.md': datedArticle('One', '2026-01-31', 'The boats.\n\n>[[toc]]\n\n> They left.'),
  })
  expect(site.files[0]?.article?.text).toBe('The boats.\n\nThey left.')
})
