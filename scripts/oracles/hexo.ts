import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { builtTargets, plainTextOf } from './html-facts.ts'
import { installedVersion, runBeside } from './installed-modules.ts'
import type { Judge, Judgement } from './judgement.ts'
import { instantOf } from './ours.ts'

interface Facts {
  posts: {
    path: string
    permalink: string
    title: string
    date: string
    tags: string[]
    categories: string[]
    language?: string
    author?: string
    content: string
  }[]
  /** Paths that are written. */
  routes: string[]
  root: string
}

/** Hexo as `npm install hexo hexo-renderer-marked hexo-renderer-ejs hexo-generator-feed` brings it, with a theme that shows contents only. */
export const hexoJudge: Judge = {
  name: 'hexo',
  version: async () => installedVersion('hexo'),
  async judge(folder, out) {
    const settings = readFileSync(join(folder, '_config.yml'), 'utf8')
    const zone = /^timezone: (.+)$/m.exec(settings)?.[1]
    const { posts, root } = (await runBeside('hexo.cjs', folder, out, zone)) as Facts
    const base = `${root.replace(/\/+$/, '')}/`
    const feeds = readdirSync(out, { recursive: true, encoding: 'utf8' })
      .filter(name => /(?:atom|rss2?|feed)\.xml$/.test(name))
      .map(name => readFileSync(join(out, name), 'utf8'))
      .join('\n')
    return Object.fromEntries(
      posts.map(post => [
        post.path,
        {
          url: decodeURIComponent(new URL(post.permalink).pathname),
          title: post.title,
          date: instantOf(post.date),
          tags: [...new Set([...post.categories, ...post.tags])].sort(),
          ...(post.language ? { language: post.language } : {}),
          ...(post.author ? { authors: [post.author] } : {}),
          inFeed: feeds.replaceAll('&amp;', '&').includes(`<id>${post.permalink}</id>`),
          text: plainTextOf(post.content),
          links: builtTargets(post.content, post.permalink, base, out),
        },
      ]),
    ) as Judgement
  },
}
