// Run by ../eleventy.ts beside the copy of a site: what Eleventy makes of each file.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

const [, , , out] = process.argv
process.env.ELEVENTY_RUN_MODE ??= 'build'
const { default: Eleventy } = await import(join(process.env.MODULES, '@11ty/eleventy/src/Eleventy.js'))
const options = {
  quietMode: true,
  config: config => {
    config.dataFilterSelectors.add('title')
    config.dataFilterSelectors.add('tags')
    config.dataFilterSelectors.add('page')
    config.dataFilterSelectors.add('lang')
    config.dataFilterSelectors.add('author')
    config.dataFilterSelectors.add('eleventyExcludeFromCollections')
  },
}
const eleventy = new Eleventy(undefined, out, options)
await eleventy.init()
await eleventy.write()
const { pathPrefix: prefix } = eleventy.config
const written = eleventy.outputDir
const pages = await new Eleventy(undefined, out, options).toJSON()
writeFileSync(process.env.FACTS, JSON.stringify({ prefix, written, pages }))
