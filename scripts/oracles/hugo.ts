import { execFile, execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { promisify } from 'node:util'
import { builtTargets, plainTextOf } from './html-facts.ts'
import type { Judge, Judgement } from './judgement.ts'

/** Each page says of itself what is compared; lists say nothing. */
const single = `<meta name="judged" content="{{ dict "path" .File.Path "title" .Title "date" .Date "publish" .PublishDate "language" .Language.Lang "tags" .Params.tags "categories" .Params.categories "content" .Content "permalink" .Permalink | jsonify | base64Encode }}">`

/** `content/` is part of no page's path there. */
const contentFolders = [
  'content',
  'content/en',
  'content/fr',
  'deutsch',
  'english',
  'french',
  'articles',
  'texts',
  '',
]

/** Debian's Hugo, with layouts that print facts. A theme is not needed; feeds are its own. */
export const hugoJudge: Judge = {
  name: 'hugo',
  async version() {
    try {
      return execFileSync('hugo', ['version'], { encoding: 'utf8' }).trim()
    } catch {
      return null
    }
  },
  async judge(folder, out) {
    mkdirSync(join(folder, 'layouts/_default'), { recursive: true })
    writeFileSync(join(folder, 'layouts/_default/single.html'), single)
    writeFileSync(join(folder, 'layouts/_default/list.html'), 'list')
    await promisify(execFile)('hugo', ['--quiet', '--source', folder, '--destination', out])
    return judgementOf(folder, out)
  },
}

function judgementOf(folder: string, out: string): Judgement {
  const files = readdirSync(out, { recursive: true, encoding: 'utf8' })
  const feeds = files.filter(
    file => /(?:^|\/)index\.xml$/.test(file) && !/tags|categories|posts|sections/.test(file),
  )
  const inFeeds = feeds.map(file => readFileSync(join(out, file), 'utf8')).join('\n')
  const judgement: Judgement = {}
  for (const file of files.filter(name => name.endsWith('.html'))) {
    const html = readFileSync(join(out, file), 'utf8')
    const [, encoded] = /^<meta name="judged" content="([^"]*)">/.exec(html) ?? []
    if (!encoded) continue
    const facts = JSON.parse(Buffer.from(encoded.replaceAll('&#43;', '+'), 'base64').toString())
    const path = contentFolders
      .flatMap(content => [join(content, facts.path), join(content, facts.path.replace(/^[^/]+\//, ''))])
      .find(path => existsSync(join(folder, path)))
    if (!path) throw new Error(`${facts.path} is nowhere in ${folder}`)
    const base = facts.permalink.slice(
      0,
      facts.permalink.length - relative(out, join(out, file)).replace(/index\.html$/, '').length,
    )
    judgement[path] = {
      url: decodeURIComponent(new URL(facts.permalink).pathname),
      title: facts.title,
      date: dateOf(facts.publish) ?? dateOf(facts.date),
      tags: [...new Set([facts.categories ?? [], facts.tags ?? []].flat())].sort() as string[],
      language: facts.language,
      inFeed: inFeeds.includes(`<link>${facts.permalink}</link>`),
      text: plainTextOf(facts.content),
      links: builtTargets(facts.content, facts.permalink, base, out),
    }
  }
  return judgement
}

const dateOf = (date: string) =>
  date.startsWith('0001-') ? null : new Date(date).toISOString().replace('.000Z', 'Z')
