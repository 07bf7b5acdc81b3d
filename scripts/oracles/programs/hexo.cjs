// Run by ../hexo.ts beside the copy of a site: what Hexo makes of each post.
const { mkdirSync, writeFileSync } = require('node:fs')
const { join, relative } = require('node:path')

const [, , folder, out] = process.argv
const dependencies = Object.fromEntries(
  ['hexo-renderer-marked', 'hexo-renderer-ejs', 'hexo-generator-feed'].map(name => [name, '*']),
)
writeFileSync(
  join(folder, 'package.json'),
  JSON.stringify({ name: 'site', hexo: { version: '' }, dependencies }),
)
mkdirSync(join(folder, 'themes/judge/layout'), { recursive: true })
for (const name of ['index', 'post', 'page'])
  writeFileSync(join(folder, `themes/judge/layout/${name}.ejs`), '<article><%- page.content %></article>')

async function judge() {
  const Hexo = require(join(process.env.MODULES, 'hexo'))
  const hexo = new Hexo(folder, { silent: true })
  await hexo.init()
  hexo.config.theme = 'judge'
  hexo.config.public_dir = out
  hexo.public_dir = `${out}/`
  hexo.theme_dir = `${join(folder, 'themes/judge')}/`
  const Theme =
    require(join(process.env.MODULES, 'hexo/dist/theme')).default ??
    require(join(process.env.MODULES, 'hexo/dist/theme'))
  hexo.theme = new Theme(hexo)
  await hexo.call('generate', { force: true })
  const posts = hexo.locals
    .get('posts')
    .toArray()
    .map(post => ({
      path: relative(folder, post.full_source),
      permalink: post.permalink,
      title: post.title,
      date: post.date.toISOString(),
      updated: post.updated?.toISOString(),
      tags: post.tags.toArray().map(tag => tag.name),
      categories: post.categories.toArray().map(category => category.name),
      language: post.lang || post.language,
      author: post.author,
      content: post.content,
      layout: post.layout,
    }))
  const routes = hexo.route.list()
  await hexo.exit()
  writeFileSync(process.env.FACTS, JSON.stringify({ posts, routes, root: hexo.config.url }))
}
judge().catch(error => {
  console.error(error)
  process.exitCode = 1
})
