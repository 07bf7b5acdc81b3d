import { readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { builtTargets, plainTextOf } from './html-facts.ts'
import { articleOf, installedVersion, runBeside } from './installed-modules.ts'
import type { Judge, Judgement } from './judgement.ts'
import { instantOf } from './ours.ts'

interface Facts {
  prefix: string
  /** Where the site's own settings had it written. */
  written: string
  pages: Page[]
}

interface Page {
  inputPath: string
  url: string | false
  content: string
  data: {
    title?: string
    tags?: string[] | string
    lang?: string
    author?: string
    page: { date: string }
    eleventyExcludeFromCollections?: boolean
  }
}

/** Eleventy as `npm install @11ty/eleventy` brings it: every page that it writes, with the data it has of it. */
export const eleventyJudge: Judge = {
  name: 'eleventy',
  version: async () => installedVersion('@11ty/eleventy'),
  async judge(folder, given) {
    const { prefix, written, pages } = (await runBeside('eleventy.mjs', folder, given)) as Facts
    const out = resolve(folder, written)
    const base = `https://site.broadsheet.example${prefix}`
    const feeds = readdirSync(out, { recursive: true, encoding: 'utf8' })
      .filter(name => /(?:feed|rss|atom)\.xml$/.test(name))
      .map(name => readFileSync(resolve(out, name), 'utf8'))
      .join('\n')
    const judgement: Judgement = {}
    for (const { inputPath, url, content, data } of pages) {
      if (url === false || !/\.(?:md|html)$/.test(inputPath)) continue
      const page = new URL(url.slice(1), base)
      const html = articleOf(content)
      judgement[inputPath.replace(/^\.\//, '')] = {
        url: decodeURIComponent(page.pathname),
        ...(data.title === undefined ? {} : { title: data.title }),
        date: instantOf(data.page.date),
        tags: [...new Set([data.tags ?? []].flat())].sort(),
        ...(data.author === undefined ? {} : { authors: [data.author] }),
        ...(data.lang === undefined ? {} : { language: data.lang }),
        inFeed: feeds.includes(`>${url}<`),
        text: plainTextOf(html),
        links: builtTargets(html, page.href, base, out),
      }
    }
    return judgement
  },
}
