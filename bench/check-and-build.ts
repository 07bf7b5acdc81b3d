import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { isInstalled, median, type ProcessFigures, runFresh } from './fresh-process.ts'
import { writeMadeUpPosts } from './made-up-posts.ts'

/*
 * `check` and `build` of Markdown posts beside Hugo's build of the same folder: fresh processes, interleaved, medians.
 * npm run bench -- check-and-build [--posts 10000] [--rounds 3]
 */
const { values } = parseArgs({
  options: { posts: { type: 'string', default: '10000' }, rounds: { type: 'string', default: '3' } },
})
const posts = Number(values.posts)
const work = mkdtempSync(join(tmpdir(), 'broadsheet-bench-'))
const site = join(work, 'hugo')
const content = join(site, 'content')
const cli = join(import.meta.dirname, '../src/runtimes/cli.ts')

writeMadeUpPosts(content, posts)
writeFileSync(
  join(content, 'broadsheet.toml'),
  'title = "Bench"\nurl = "https://example.org/"\ntimezone = "UTC"\n',
)
writeFileSync(
  join(site, 'config.toml'),
  'baseURL = "https://example.org/"\ntitle = "Bench"\n[outputs]\nhome = ["HTML", "RSS"]\nterm = ["HTML", "RSS"]\n',
)
mkdirSync(join(site, 'layouts/_default'), { recursive: true })
const page = (main: string) =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{{ .Title }}</title></head><body>${main}</body></html>\n`
writeFileSync(
  join(site, 'layouts/_default/single.html'),
  page('<h1>{{ .Title }}</h1><time>{{ .Date }}</time>{{ .Content }}'),
)
writeFileSync(
  join(site, 'layouts/_default/list.html'),
  page(
    '<h1>{{ .Title }}</h1>{{ range first 50 .Pages }}<p><a href="{{ .Permalink }}">{{ .Title }}</a> {{ .Summary }}</p>{{ end }}',
  ),
)

const figures = new Map<string, ProcessFigures[]>()
const measure = (name: string, run: () => ProcessFigures) =>
  figures.set(name, [...(figures.get(name) ?? []), run()])
const broadsheet = (cache: string, ...words: string[]) =>
  runFresh(process.execPath, [cli, ...words], { env: { BROADSHEET_CACHE: cache, NO_COLOR: '1' } })

try {
  for (let round = 0; round < Number(values.rounds); round++) {
    const cache = join(work, `cache-${round}`)
    const [out, hugoOut] = [join(work, `out-${round}`), join(work, `public-${round}`)]
    if (isInstalled('hugo'))
      measure('hugo build', () => runFresh('hugo', ['--quiet', '--destination', hugoOut], { cwd: site }))
    measure('check, cold', () => broadsheet(cache, 'check', content))
    measure('check, warm', () => broadsheet(cache, 'check', content))
    rmSync(cache, { recursive: true })
    measure('build, cold', () => broadsheet(cache, 'build', content, '--out', out))
    appendFileSync(join(content, 'post-000007.md'), `\nAn edit in round ${round}.\n`)
    measure('build, after one edit', () => broadsheet(cache, 'build', content, '--out', out))
  }
} finally {
  rmSync(work, { recursive: true, force: true })
}
const hugo = figures.get('hugo build')
if (!hugo) console.log('hugo is not installed: no ratios')
console.log(`${posts} posts of 4 KB, ${values.rounds} rounds, medians`)
for (const [name, runs] of figures) {
  const time = median(runs.map(run => run.time))
  const ratio = hugo ? `${(time / median(hugo.map(run => run.time))).toFixed(2)} x hugo` : ''
  console.log(
    `${name.padEnd(24)} ${(time / 1000).toFixed(2).padStart(7)} s  ${String(Math.round(median(runs.map(run => run.memory ?? 0)))).padStart(5)} MiB  ${ratio}`,
  )
}
