import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { builtTargets, plainTextOf } from './html-facts.ts'
import { installedVersion, runBeside } from './installed-modules.ts'
import type { Judge, Judgement } from './judgement.ts'
import { instantOf } from './ours.ts'

/** Astro as `npm install astro @astrojs/mdx` brings it. The pages of the fixtures say which file they show, and its facts. */
export const astroJudge: Judge = {
  name: 'astro',
  version: async () => installedVersion('astro'),
  async judge(folder, out) {
    await runBeside('astro.mjs', folder, out)
    const config = readFileSync(join(folder, 'astro.config.mjs'), 'utf8')
    const base = `${/base: "([^"]*)"/.exec(config)?.[1] ?? ''}/`
    const [, format] = /format: "(\w+)"/.exec(config) ?? []
    const slash = config.includes('trailingSlash: "never"') ? '' : '/'
    const judgement: Judgement = {}
    for (const name of readdirSync(out, { recursive: true, encoding: 'utf8' }).filter(file =>
      file.endsWith('.html'),
    )) {
      const html = readFileSync(join(out, name), 'utf8')
      const fact = (key: string) => decoded(new RegExp(`data-${key}="([^"]*)"`).exec(html)?.[1] ?? '')
      const path = /data-judged="/.test(html) ? fact('judged') : pageOf(folder, name)
      if (path === null) continue
      const plain = name.replaceAll('\\', '/').replace(format === 'file' ? /^$/ : /(?:^|\/)index\.html$/, '')
      const end = plain === '' || plain.endsWith('.html') ? '' : slash
      const page = `https://astro.broadsheet.example${base}${plain}${end}`
      const [, article = html] = /<article[^>]*>([\s\S]*)<\/article>/.exec(html) ?? []
      judgement[relative('', path)] = {
        url: decodeURIComponent(new URL(page).pathname),
        ...(fact('title') ? { title: fact('title') } : {}),
        ...(fact('date') ? { date: instantOf(fact('date')) } : {}),
        ...(/data-judged="/.test(html) ? { tags: fact('tags').split('|').filter(Boolean).sort() } : {}),
        text: plainTextOf(article),
        links: builtTargets(article, page, `https://astro.broadsheet.example${base}`, out),
      }
    }
    return judgement
  },
}

/** Markdown among the pages is a page itself. */
function pageOf(folder: string, name: string): string | null {
  const stem = name.replaceAll('\\', '/').replace(/\/?(?:index)?\.html$/, '')
  const sources = readdirSync(join(folder, 'src/pages'), { recursive: true, encoding: 'utf8' })
  const own = [`${stem}.md`, `${stem}.mdx`, `${stem}/index.md`].find(file => sources.includes(file))
  return own === undefined ? null : `src/pages/${own}`
}

const decoded = (text: string) =>
  text.replaceAll('&quot;', '"').replaceAll('&#38;', '&').replaceAll('&amp;', '&').replaceAll('&#34;', '"')
