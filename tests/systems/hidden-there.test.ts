import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inflateRawSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { broadsheet, spawnBroadsheet, temporaryFolder } from '../runtimes/command-line.ts'
import { hiddenWays, marker, open } from './hidden-ways.ts'

const fixtures = join(import.meta.dirname, '../fixtures/oracles')

interface Way {
  system: string
  site: string
  path: string
}

const isText = (path: string) =>
  /\.(?:md|mdx|markdown|html|txt)~?$/.test(path) && !/(?:^|\/)(?:layouts|_includes|templates)\//.test(path)

/** Every file of the oracles' sites that its own system does not publish: each is a way of hiding. */
const ways: Way[] = readdirSync(fixtures).flatMap(system =>
  readdirSync(join(fixtures, system), { withFileTypes: true })
    .filter(entry => entry.isDirectory())
    .flatMap(({ name: site }) => {
      const folder = join(fixtures, system, site)
      const published = JSON.parse(readFileSync(`${folder}.json`, 'utf8'))
      return readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .map(path => path.replaceAll('\\', '/'))
        .filter(path => isText(path) && !(path in published))
        .map(path => ({ system, site, path }))
    }),
)

test('there are more than sixty ways', () => {
  expect(ways.length).toBeGreaterThan(60)
})

const sites = [...Map.groupBy(ways, ({ system, site }) => `${system}/${site}`)]

/** The word is put into title and text of each file that is hidden there, and looked for in everything that is built here. */
describe('what is hidden there is hidden here', () => {
  test.each(sites)('%s', async (site, hidden) => {
    const work = mkdtempSync(join(tmpdir(), 'broadsheet-hidden-'))
    try {
      cpSync(join(fixtures, site), join(work, 'site'), { recursive: true })
      for (const { path } of hidden) mark(join(work, 'site', path))
      await expectNoWord(work, /hides$/.test(site))
    } finally {
      rmSync(work, { recursive: true, force: true })
    }
  })
})

const exported = [
  ['wordpress-markup', 'squarespace', 'ghost-newest', 'blogger-backup', 'blogger-takeout', 'movable-type'],
  ['notion', 'notion-html', 'buttondown', 'buttondown-cli', 'beehiiv', 'tumblr'],
  ['obsidian', 'quartz', 'mkdocs-blog', 'nuxt-content', 'nextjs'],
].flat()

/** What a fixture of an export hides says "Never"; the word takes its place. */
describe('what an export or a vault hides is hidden', () => {
  test.each(exported)('%s', async name => {
    const work = mkdtempSync(join(tmpdir(), 'broadsheet-hidden-'))
    try {
      const site = join(work, 'site')
      cpSync(join(fixtures, '../presets', name), site, { recursive: true })
      const marked = filesIn(site).filter(path => {
        const text = readFileSync(path, 'utf8')
        const said = text.replace(/\b[Nn]ever\b/g, marker)
        if (said !== text) writeFileSync(path, said)
        return said !== text
      })
      expect(marked).not.toEqual([])
      await expectNoWord(work, /^(?:ghost-newest|wordpress-markup|obsidian)$/.test(name))
    } finally {
      rmSync(work, { recursive: true, force: true })
    }
  })
})

/** Each file that holds the word is a way; what stands beside it, and is open, must not go with it. */
describe('what manuals, plugins and themes hide is hidden', () => {
  test.each(Object.entries(hiddenWays))('%s', async (_, files) => {
    using folder = temporaryFolder(
      Object.fromEntries(Object.entries(files).map(([path, text]) => [`site/${path}`, text])),
    )
    const published = await expectNoWord(folder.path, false)
    const shown = Object.keys(files).filter(path => files[path]?.includes(open))
    expect(published.sort()).toEqual(shown.sort())
  })
})

interface CheckedFile {
  path: string
  status: string
  reason?: string
}

/**
 * Builds, compares and lists the site, and looks into all that comes of it.
 * @param asWorker whether its Worker is made ready, and looked through as well: that takes a process of its own
 */
async function expectNoWord(work: string, asWorker: boolean): Promise<string[]> {
  const words = [join(work, 'site'), '--url', 'https://hidden.broadsheet.example/']
  const built = await broadsheet('build', ...words, '--out', join(work, 'out'))
  const compared = await broadsheet('diff', ...words)
  const checked = await broadsheet('check', ...words, '--json')
  const files: CheckedFile[] = JSON.parse(checked.out).files
  // What waits for its time goes with the Worker, which shows it then.
  for (const { path, reason } of files)
    if (reason === 'scheduled') rmSync(join(work, 'site', path.replace(/#.*$/, '')), { force: true })
  // Nobody takes over the identity, and the date, of those that went.
  rmSync(join(work, 'site/broadsheet.ledger'), { force: true })
  const worker = asWorker ? await workerOf(work, words) : []
  expect(existsSync(join(work, 'out/sitemap.xml'))).toBe(true)
  const found = [...filesIn(join(work, 'out')), ...worker].filter(
    path => path.includes(marker) || plainBytes(path).includes(marker),
  )
  expect(found).toEqual([])
  const published = files.filter(({ status }) => status === 'published')
  expect([built.out, compared.out, JSON.stringify(published)].join('\n')).not.toContain(marker)
  return published.map(({ path }) => path)
}

async function workerOf(work: string, words: string[]): Promise<string[]> {
  await using deployed = spawnBroadsheet(['deploy', ...words, '--no-upload'], { cwd: work })
  await deployed.exited
  expect(existsSync(join(work, '.broadsheet/worker/publication.js'))).toBe(true)
  return filesIn(join(work, '.broadsheet/worker'))
}

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name))

/** Parts of a store are gzipped, several of them in one file. */
function plainBytes(path: string): Buffer {
  const bytes = readFileSync(path)
  const parts = [bytes]
  for (let at = bytes.indexOf(gzipped); at !== -1; at = bytes.indexOf(gzipped, at + 1))
    try {
      // Behind the ten bytes of its head; what follows its end is another's.
      parts.push(inflateRawSync(bytes.subarray(at + 10)))
    } catch {
      // Three bytes that only look like it.
    }
  return Buffer.concat(parts)
}

const gzipped = Buffer.from([0x1f, 0x8b, 0x08])

function mark(path: string): void {
  const text = readFileSync(path, 'utf8')
  const titled = text.replace(/^(title\s*[:=]\s*"?)/im, `$1${marker} `)
  writeFileSync(path, `${titled.trimEnd()}\n\n${marker} is a word that nobody may read.\n`)
}
