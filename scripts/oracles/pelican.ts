import { execFile, execFileSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { builtTargets, plainTextOf } from './html-facts.ts'
import type { Judge, Judgement } from './judgement.ts'
import { instantOf } from './ours.ts'

/** The site's own settings, and a plugin that writes what became of every article. */
const settings = (own: string) => `import json, os, sys
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from ${own} import *
from pelican import signals

class judge:
    @staticmethod
    def register():
        signals.all_generators_finalized.connect(judge.write)

    @staticmethod
    def write(generators):
        found = []
        siteurl = ''
        for generator in generators:
            if not hasattr(generator, 'articles'):
                continue
            siteurl = generator.settings['SITEURL']
            for article in generator.articles + generator.translations + list(getattr(generator, 'hidden_articles', [])):
                found.append(dict(
                    path=article.source_path, url=article.url, title=article.title, date=article.date.isoformat(),
                    category=article.category.name, tags=[tag.name for tag in getattr(article, 'tags', [])],
                    authors=[author.name for author in getattr(article, 'authors', [])],
                    lang=article.lang, content=article.get_content(siteurl)))
        with open(os.environ['JUDGED'], 'w') as out:
            json.dump(dict(articles=found, siteurl=siteurl), out)

PLUGINS = list(globals().get('PLUGINS') or []) + [judge]
`

/** Debian's Pelican with its own theme; \`publishconf.py\` counts where there is one. */
export const pelicanJudge: Judge = {
  name: 'pelican',
  async version() {
    try {
      return execFileSync('pelican', ['--version'], { encoding: 'utf8' }).trim()
    } catch {
      return null
    }
  },
  async judge(folder, out) {
    const own = existsSync(join(folder, 'publishconf.py')) ? 'publishconf' : 'pelicanconf'
    const written = readFileSync(join(folder, 'pelicanconf.py'), 'utf8')
    const path = [...written.matchAll(/^PATH = '(.*)'$/gm)].at(-1)?.[1] ?? 'texts'
    writeFileSync(join(folder, 'judge_conf.py'), settings(own))
    const judged = `${out}.json`
    const words = [join(folder, path), '-s', join(folder, 'judge_conf.py'), '-o', out, '-q']
    await promisify(execFile)('pelican', words, { cwd: folder, env: { ...process.env, JUDGED: judged } })
    return judgementOf(folder, out, judged)
  },
}

interface JudgedFile {
  path: string
  url: string
  title: string
  date: string
  category: string
  tags: string[]
  authors: string[]
  lang: string
  content: string
}

function judgementOf(folder: string, out: string, judged: string): Judgement {
  const { articles, siteurl } = JSON.parse(readFileSync(judged, 'utf8')) as {
    articles: JudgedFile[]
    siteurl: string
  }
  const feed = join(out, 'feeds/all.atom.xml')
  const inFeed = existsSync(feed) ? readFileSync(feed, 'utf8') : ''
  return Object.fromEntries(
    articles.map(({ path, url, title, date, category, tags, authors, lang, content }) => {
      const page = `${siteurl}/${url}`
      return [
        path.slice(folder.length + 1),
        {
          url: decodeURIComponent(new URL(page).pathname),
          title,
          date: instantOf(date),
          tags: [...new Set([category, ...tags])].sort(),
          authors: authors.sort(),
          language: lang,
          inFeed: inFeed.includes(`href="${encodeURI(page)}"`),
          text: plainTextOf(content),
          links: builtTargets(content, page, `${siteurl}/`, out),
        },
      ]
    }),
  )
}
