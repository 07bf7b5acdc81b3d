import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { broadsheet } from '../runtimes/command-line.ts'

const fixtures = join(import.meta.dirname, '../fixtures/oracles')
const marker = 'Quillwortzander'

interface Way {
  system: string
  site: string
  path: string
}

const isText = (path: string) =>
  /\.(?:md|markdown|html|txt)~?$/.test(path) && !/(?:^|\/)(?:layouts|_includes|templates)\//.test(path)

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
      const words = [join(work, 'site'), '--url', 'https://hidden.broadsheet.example/']
      const built = await broadsheet('build', ...words, '--out', join(work, 'out'))
      const compared = await broadsheet('diff', ...words)
      const found = readdirSync(join(work, 'out'), { recursive: true, withFileTypes: true })
        .filter(entry => entry.isFile())
        .map(entry => join(entry.parentPath, entry.name))
        .filter(path => path.includes(marker) || readFileSync(path).includes(marker))
      expect(existsSync(join(work, 'out/sitemap.xml'))).toBe(true)
      expect(found).toEqual([])
      expect([built.out, compared.out].join('\n')).not.toContain(marker)
    } finally {
      rmSync(work, { recursive: true, force: true })
    }
  })
})

function mark(path: string): void {
  const text = readFileSync(path, 'utf8')
  const titled = text.replace(/^(title\s*[:=]\s*"?)/im, `$1${marker} `)
  writeFileSync(path, `${titled.trimEnd()}\n\n${marker} is a word that nobody may read.\n`)
}
