import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Publication } from '../../src/model/snapshot.ts'
import { createPublisher } from '../../src/publish/publisher.ts'
import { nodeDigest } from '../../src/runtimes/node/codings.ts'
import { createFileWriter } from '../../src/runtimes/node/file-writer.ts'
import { openLedger } from '../../src/runtimes/node/ledger-file.ts'
import { type OutputReport, writeOutput } from '../../src/runtimes/node/output-folder.ts'
import { folderSource, outputMarker } from '../../src/source/folder.ts'
import { hostileCorpus } from '../support/hostile-corpus.ts'
import { installedTool } from '../support/installed-tool.ts'
import { corpusClock, hostileSite } from '../support/publish-corpus.ts'
import { temporaryFolder } from './command-line.ts'

/** The hostile corpus in a real folder, and what `build` makes of it. */
const home = temporaryFolder()
const publisher = createPublisher({
  source: folderSource(home.at('in')),
  ledger: openLedger(home.at('in')),
  clock: () => corpusClock,
  digest: nodeDigest,
})
let publication: Publication
let report: OutputReport
let xmlFiles: string[]

beforeAll(async () => {
  const corpus = hostileCorpus()
  // Ten thousand files that lead to one article say nothing more, and take most of the time.
  corpus.delete('sizes/ten-thousand-aliases.md')
  for (const [path, bytes] of corpus) {
    mkdirSync(dirname(home.at(`in/${path}`)), { recursive: true })
    writeFileSync(home.at(`in/${path}`), bytes)
  }
  const prepared = await publisher.prepare(hostileSite())
  publication = prepared.publication
  await publisher.commitLedger(hostileSite(), prepared)
  report = await writeOutput(home.at('out'), publication)
  xmlFiles = readdirSync(home.at('out'), { recursive: true, encoding: 'utf8' })
    .filter(path => path.endsWith('.xml'))
    .map(path => join(home.at('out'), path))
}, 300_000)
afterAll(() => home[Symbol.dispose]())

test('every document is a file with these bytes, but for an address that no file can have', () => {
  for (const { path, body } of publication.documents) {
    if (report.unwritable.includes(path)) continue
    const isFile = path.slice(path.lastIndexOf('/')).includes('.')
    const file = home.at(isFile ? `out${path}` : `out${path.replace(/\/$/, '')}/index.html`)
    if (readFileSync(file, 'utf8') !== body) expect.fail(`${path} has other bytes`)
  }
  // A NUL, an empty part, names of more than 255 bytes: one article's permalink and former addresses.
  const redirects = publication.redirects.map(({ path }) => path)
  const lost = report.unwritable.filter(path => !redirects.includes(path.replace(/index\.html$/, '')))
  expect(lost).toEqual(['/%zz/\0/'])
  expect(report.unwritable.length).toBeGreaterThan(lost.length)
  expect(report.unreadable).toEqual([])
})

test('a thread writes what is written without one, and says the same of it', async () => {
  const [alone, byThread] = [home.at('alone'), home.at('by-thread')]
  const said = await writeOutput(alone, publication, null, createFileWriter(Number.POSITIVE_INFINITY))
  expect(await writeOutput(byThread, publication, null, createFileWriter(0))).toEqual(said)
  const files = readdirSync(alone, { recursive: true, encoding: 'utf8' }).sort()
  expect(readdirSync(byThread, { recursive: true, encoding: 'utf8' }).sort()).toEqual(files)
  // The marker's lines end with the time at which a file was written.
  const contents = (folder: string, file: string) =>
    file === outputMarker
      ? readFileSync(join(folder, file), 'utf8').replace(/\t[\d.]+$/gm, '')
      : readFileSync(join(folder, file)).toString('latin1')
  for (const file of files)
    if (statSync(join(alone, file)).isFile() && contents(byThread, file) !== contents(alone, file))
      expect.fail(`${file} has other bytes`)
  const again = await writeOutput(byThread, publication, null, createFileWriter(0))
  expect(again).toEqual({ ...said, written: 0, unchanged: said.written + said.unchanged })
})

test('the ledger of such a folder is read again, and a second build changes nothing', async () => {
  const prepared = await publisher.prepare(hostileSite())
  expect(prepared.changes).toEqual({
    new: [],
    updated: [],
    redated: [],
    renotified: [],
    readdressed: [],
    withdrawn: [],
    restored: [],
    moved: [],
  })
  const again = await writeOutput(home.at('out'), prepared.publication)
  expect([again.written, again.removed]).toEqual([0, 0])
})

const xmllint = installedTool('xmllint')
test.skipIf(!xmllint)('libxml2 finds every XML document well-formed', () => {
  expect(xmlFiles.length).toBeGreaterThan(900)
  // It exits 0 on an undeclared prefix, and says so.
  expect(complaints(xmllint!, ['--noout', '--huge'], xmlFiles)).toBe('')
})

const python = installedTool('python3')
test.skipIf(!python)('expat finds every XML document well-formed', () => {
  const program = `
import sys, xml.parsers.expat
for path in sys.argv[1:]:
    try:
        xml.parsers.expat.ParserCreate(namespace_separator=' ').ParseFile(open(path, 'rb'))
    except Exception as error:
        print(path, error)
`
  expect(complaints(python!, ['-c', program], xmlFiles)).toBe('')
})

test.each([
  ['a form feed', '<title>', '<title>\f'],
  ['an undeclared prefix', '<title>', '<x:y/><title>'],
  ['half a character', '<title>', '<title>&#xD83D;'],
])('seeded: both see %s', (name, from, to) => {
  const file = home.at(`${name}.xml`)
  writeFileSync(file, readFileSync(home.at('out/rss.xml'), 'utf8').replace(from, to))
  if (xmllint) expect(complaints(xmllint, ['--noout'], [file])).not.toBe('')
  const parse =
    'import sys, xml.parsers.expat\nxml.parsers.expat.ParserCreate(namespace_separator=" ").ParseFile(open(sys.argv[1], "rb"))'
  if (python) expect(() => execFileSync(python, ['-c', parse, file], { stdio: 'pipe' })).toThrow()
})

/** What a program says of many files: nothing, where all is well. */
function complaints(program: string, words: string[], files: string[]): string {
  let said = ''
  for (let start = 0; start < files.length; start += 200) {
    const run = spawnSync(program, [...words, ...files.slice(start, start + 200)], { encoding: 'utf8' })
    said += run.stdout + run.stderr
  }
  return said.slice(0, 2000)
}
