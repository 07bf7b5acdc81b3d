import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { expect, test } from 'vitest'
import type { RenderedDocument } from '../src/model/snapshot.ts'
import { inspect } from '../src/publish/inspect.ts'
import { renderPublication } from '../src/publish/publication.ts'
import { readSettings } from '../src/settings/settings.ts'
import { folderSource } from '../src/source/folder.ts'

/*
 * The published `seeds/`, byte for byte. After a change that is meant: `UPDATE_GOLDEN=1 npx vitest run tests/golden.test.ts`,
 * and read the difference before it is committed.
 */
const root = dirname(import.meta.dirname)
const golden = join(import.meta.dirname, 'golden')
const now = Date.parse('2026-11-23T12:00:00Z')

async function publishSeeds(at: number): Promise<RenderedDocument[]> {
  const toml = readFileSync(join(root, 'seeds/broadsheet.toml'), 'utf8')
  const { site } = readSettings(toml, { url: { value: 'https://broadsheet.example/', from: '--url' } })
  const source = folderSource(join(root, 'seeds'))
  const inspection = await inspect(source, site!, { now: at })
  return renderPublication(site!, inspection, { now: at, source }).documents
}

/** `/tags/http/` → `tags/http/index.html` */
const fileOf = (path: string) => (path.endsWith('/') ? `${path}index.html` : path).slice(1)

function differences(documents: RenderedDocument[]): string[] {
  const expected = readdirSync(golden, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => relative(golden, join(entry.parentPath, entry.name)))
  const made = new Map(documents.map(({ path, body }) => [fileOf(path), body]))
  const missing = expected.filter(file => !made.has(file)).map(file => `missing: ${file}`)
  const changed = [...made].flatMap(([file, body]) => {
    const path = join(golden, file)
    if (!existsSync(path)) return [`new: ${file}`]
    return readFileSync(path, 'utf8') === body ? [] : [`changed: ${file}`]
  })
  return [...missing, ...changed]
}

test('seeds/ is published byte for byte as before', async () => {
  const documents = await publishSeeds(now)
  if (process.env.UPDATE_GOLDEN) {
    rmSync(golden, { recursive: true, force: true })
    for (const { path, body } of documents) {
      const file = join(golden, fileOf(path))
      mkdirSync(dirname(file), { recursive: true })
      writeFileSync(file, body)
    }
  }
  expect(documents.length).toBeGreaterThan(50)
  expect(differences(documents)).toEqual([])
})

test('a changed byte is found', async () => {
  const [first, ...others] = await publishSeeds(now)
  expect(differences([{ ...first!, body: first!.body.replace('>', ' >') }, ...others])).toEqual([
    `changed: ${fileOf(first!.path)}`,
  ])
  expect(differences(others)).toEqual([`missing: ${fileOf(first!.path)}`])
})

test('a minute later the documents are the same', async () => {
  const bodies = (documents: RenderedDocument[]) => documents.map(({ path, body }) => [path, body])
  expect(bodies(await publishSeeds(now + 60_000))).toEqual(bodies(await publishSeeds(now)))
})
