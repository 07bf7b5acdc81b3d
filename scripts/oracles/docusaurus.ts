import { installedVersion, runBeside } from './installed-modules.ts'
import type { Judge, Judgement } from './judgement.ts'
import { instantOf } from './ours.ts'

interface Facts {
  posts: {
    source: string
    permalink: string
    title: string
    date: string
    tags: { label: string }[]
    authors: { name?: string; key?: string | null }[]
    unlisted: boolean
    locale: string
  }[]
}

/**
 * Docusaurus as `npm install @docusaurus/core @docusaurus/preset-classic react react-dom` brings it: its own loading of the site, which
 * decides about everything but the pages' HTML.
 */
export const docusaurusJudge: Judge = {
  name: 'docusaurus',
  version: async () => installedVersion('@docusaurus/core'),
  async judge(folder, out) {
    const { posts } = (await runBeside('docusaurus.mjs', folder, out)) as Facts
    const judgement: Judgement = {}
    for (const { source, permalink, title, date, tags, authors, unlisted, locale } of posts) {
      const path = source.replace(/^@site\//, '')
      // What is not translated is shown in every language from one file.
      judgement[path] ??= {
        url: decodeURIComponent(permalink),
        title,
        date: instantOf(date),
        tags: tags.map(({ label }) => label).sort(),
        authors: authors.flatMap(({ name, key }) => name ?? key ?? []).sort(),
        language: locale,
        inFeed: !unlisted,
      }
    }
    return judgement
  },
}
