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
  ])('what is put in order, or chosen by what most articles say, hides nothing: %s', async asked => {
    expect(fates(await checked(site(asked)))).toEqual({ shown: 'published', hidden: 'published' })
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
