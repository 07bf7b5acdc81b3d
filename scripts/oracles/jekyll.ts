import { execFile, execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { builtTargets, plainTextOf } from './html-facts.ts'
import type { Judge, Judgement } from './judgement.ts'
import { instantOf } from './ours.ts'

/** Written into the copy's `_plugins`: every document that Jekyll has, and whether it writes it. */
const plugin = `require 'json'
Jekyll::Hooks.register :site, :post_write do |site|
  documents = site.collections.values.flat_map(&:docs).map do |doc|
    { path: doc.path, url: doc.url, written: doc.write?, title: doc.data['title'], date: doc.data['date']&.iso8601,
      tags: doc.data['tags'], categories: doc.data['categories'], content: doc.content }
  end
  File.write(File.join(site.dest, 'judged.json'), JSON.generate(
    { documents: documents, url: site.config['url'], base: site.config['baseurl'] }))
end
`

/** Debian's Jekyll with its feed plugin and whatever plugins the site's settings name. */
export const jekyllJudge: Judge = {
  name: 'jekyll',
  async version() {
    try {
      return execFileSync('jekyll', ['--version'], { encoding: 'utf8' }).trim()
    } catch {
      return null
    }
  },
  async judge(folder, out) {
    const settings = readFileSync(join(folder, '_config.yml'), 'utf8')
    const source = /^source: (.+)$/m.exec(settings)?.[1] ?? ''
    mkdirSync(join(folder, source, '_plugins'), { recursive: true })
    writeFileSync(join(folder, source, '_plugins/judge.rb'), plugin)
    await promisify(execFile)('jekyll', ['build', '--quiet', '--destination', out], { cwd: folder })
    return judgementOf(folder, out)
  },
}

function judgementOf(folder: string, out: string): Judgement {
  const { documents, url, base } = JSON.parse(readFileSync(join(out, 'judged.json'), 'utf8'))
  const root = `${url}${base ?? ''}/`
  const feeds = ['feed.xml', 'notes.xml', 'essays.xml', 'feed/notes.xml', 'feed/inner.xml', 'feed/plans.xml']
  const inFeeds = feeds
    .filter(file => existsSync(join(out, file)))
    .map(file => readFileSync(join(out, file), 'utf8'))
    .join('\n')
  const judgement: Judgement = {}
  for (const { path, url: address, written, title, date, tags, categories, content } of documents) {
    const page = root + address.slice(1)
    // What has no page may stand in a feed.
    if (!written && !inFeeds.includes(`href="${page}"`)) continue
    judgement[path.slice(folder.length + 1)] = {
      url: decodeURIComponent(new URL(page).pathname),
      title,
      date: date && instantOf(date),
      tags: [...new Set([...(categories ?? []), ...(tags ?? [])])].sort(),
      inFeed: inFeeds.includes(`href="${page}"`),
      text: plainTextOf(content),
      links: builtTargets(content, page, root, out),
    }
  }
  return judgement
}
