// Run by ../docusaurus.ts beside the copy of a site: what Docusaurus's own loading of it says of each post.
import { existsSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'

const [, , folder, out] = process.argv
// Drafts are shown in any other.
process.env.NODE_ENV = 'production'
if (!existsSync(join(folder, 'package.json')))
  writeFileSync(join(folder, 'package.json'), '{ "name": "site", "private": true }')
const require = createRequire(join(process.env.MODULES, 'x.js'))
const core = join(process.env.MODULES, '@docusaurus/core/lib')
const { loadSite } = require(join(core, 'server/site.js'))
const { applyTrailingSlash } = require('@docusaurus/utils-common')
const posts = []
const { props } = await loadSite({ siteDir: folder, outDir: out })
const { trailingSlash, baseUrl } = props.siteConfig
// Pages and feeds are written so.
const ended = path => applyTrailingSlash(path, { trailingSlash, baseUrl })
const locales = props.i18n.locales
for (const locale of locales) {
  const { props: site } =
    locale === props.i18n.currentLocale ? { props } : await loadSite({ siteDir: folder, outDir: out, locale })
  for (const { name, content } of site.plugins)
    if (name === 'docusaurus-plugin-content-blog')
      for (const { metadata, content: text } of content?.blogPosts ?? [])
        posts.push({ ...metadata, permalink: ended(metadata.permalink), text, locale })
}
writeFileSync(
  process.env.FACTS,
  JSON.stringify({ posts, defaultLocale: props.i18n.defaultLocale, several: locales.length > 1 }),
)
process.exit(0)
