import { existsSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { builtTargets, plainTextOf } from './html-facts.ts'
import { installedVersion, runBeside } from './installed-modules.ts'
import type { Judge, Judgement } from './judgement.ts'

interface Facts {
  pages: { title: string; frontmatter: Record<string, unknown>; relativePath: string; filePath: string }[]
  base: string
  clean: boolean
  source: string
  lang: string
}

/** VitePress as `npm install vitepress` brings it: its own build. It knows pages, and neither articles nor feeds. */
export const vitepressJudge: Judge = {
  name: 'vitepress',
  version: async () => installedVersion('vitepress'),
  async judge(folder, out) {
    const { pages, base, clean, source, lang } = (await runBeside('vitepress.mjs', folder, out)) as Facts
    const host = 'https://vite.broadsheet.example'
    const judgement: Judgement = {}
    for (const { title, frontmatter, relativePath, filePath } of pages) {
      const plain = relativePath.replace(/\.md$/, '')
      const file = join(out, `${plain}.html`)
      if (frontmatter.layout === 'home' || !existsSync(file)) continue
      const address = clean ? plain : `${plain}.html`
      const page = `${host}${base}${encodeURI(address.replace(/(^|\/)index(?:\.html)?$/, '$1'))}`
      const [, shown = ''] =
        /<div[^>]*class="[^"]*vp-doc[^"]*"[^>]*>([\s\S]*?)<\/main>/.exec(readFileSync(file, 'utf8')) ?? []
      // The heading that is the title, and the marks beside headings.
      const html = shown
        .replace(/<a class="header-anchor"[\s\S]*?<\/a>/g, '')
        .replace(/<h1[\s\S]*?<\/h1>/, '')
      judgement[join(relative(folder, source), filePath)] = {
        url: decodeURIComponent(new URL(page).pathname),
        title,
        language: lang,
        text: plainTextOf(html),
        links: builtTargets(html, page, `${host}${base}`, out),
      }
    }
    return judgement
  },
}
