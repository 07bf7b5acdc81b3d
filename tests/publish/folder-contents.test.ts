import { expect, test } from 'vitest'
import { createFileStage } from '../../src/publish/file-stage.ts'
import { createFolderContext } from '../../src/publish/folder-context.ts'
import { createPipeline } from '../../src/publish/inspect.ts'
import { sha256 } from '../../src/text/digests.ts'
import { exampleSite } from '../support/articles.ts'
import { memorySource } from '../support/memory-source.ts'

const article = '---\ntitle: A\ndate: 2026-05-01\n---\nWords.\n'

/** What is told of a folder's contents before and after a change of one file. */
async function contentsAfter(path: string, text: string | null) {
  const files = new Map([
    ['a.md', article],
    ['b.md', article],
    ['photo.jpg', 'bytes'],
    ['notes.txt', 'A dump.\n\nBy Broadsheet\n'],
    ['broadsheet.ledger', '# broadsheet ledger 1\n'],
  ])
  const source = memorySource(files)
  const stage = createFileStage(exampleSite)
  const folder = createFolderContext(source, exampleSite, stage, sha256)
  await folder.apply(stage.apply(await source.list(), null), () => undefined)
  const before = folder.contents()
  if (text === null) files.delete(path)
  else files.set(path, text)
  await folder.apply(stage.apply(await source.list(), [path]), () => undefined)
  return { before, after: folder.contents() }
}

test.each([
  ['an article is edited', 'a.md', `${article}More.\n`],
  ['the ledger is written, as at each publication', 'broadsheet.ledger', '# broadsheet ledger 1\n# more\n'],
  ['what is nothing to read comes', 'Makefile', 'all:\n'],
])('%s: the contents of a folder are the same object', async (_, path, text) => {
  const { before, after } = await contentsAfter(path, text)
  expect(after).toBe(before)
})

test.each([
  ['comes', 'c.md', article],
  ['goes', 'b.md', null],
])('an article %s: they are others', async (_, path, text) => {
  const { before, after } = await contentsAfter(path, text)
  expect(after.articles).not.toEqual(before.articles)
})

test.each([
  ['is other', 'photo.jpg', 'more bytes'],
  ['goes', 'photo.jpg', null],
])('a picture %s: they are others', async (_, path, text) => {
  const { before, after } = await contentsAfter(path, text)
  expect(after.media).not.toEqual(before.media)
})

test('another picture of as many bytes has its own size on the page', async () => {
  const picture = (width: number) => `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="30"/>`
  const files = new Map([
    ['a.md', `${article}\n![A bridge](bridge.svg)\n`],
    ['bridge.svg', picture(40)],
  ])
  const pipeline = createPipeline(memorySource(files), exampleSite)
  const look = async () => (await pipeline.look({ now: Date.UTC(2026, 5, 1) })).articles[0]?.html
  expect(await look()).toContain('width="40"')
  files.set('bridge.svg', picture(90))
  expect(await look()).toContain('width="90"')
})
