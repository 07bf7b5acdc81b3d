import { mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { folderSource, outputMarker } from '../../src/source/folder.ts'
import { temporaryFolder } from '../runtimes/command-line.ts'

function put(folder: string, path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true })
  writeFileSync(join(folder, path), text)
}

/** What happens to a folder, the paths that a watch would name, and whether they are enough to go by. */
const happenings: [string, (folder: string) => void, string[], boolean][] = [
  ['an edit', folder => put(folder, 'a/one.md', 'longer than before'), ['a/one.md'], true],
  ['a new file beside others', folder => put(folder, 'a/new.md', 'x'), ['a/new.md'], true],
  ['a file that goes', folder => rmSync(join(folder, 'a/one.md')), ['a/one.md'], true],
  [
    'a new name',
    folder => renameSync(join(folder, 'a/one.md'), join(folder, 'zwei.md')),
    ['a/one.md', 'zwei.md'],
    true,
  ],
  ['a file that came and went', () => {}, ['a/shortly.md'], false],
  ['a file in a new folder', folder => put(folder, 'new/x.md', 'x'), ['new/x.md'], false],
  ['a folder', folder => mkdirSync(join(folder, 'empty')), ['empty'], false],
  ['a folder that goes', folder => rmSync(join(folder, 'a'), { recursive: true }), ['a'], false],
  ['a hidden file', folder => put(folder, '.hidden', 'x'), ['.hidden'], false],
  [
    'a link that leads out',
    folder => symlinkSync('/etc/hostname', join(folder, 'a/link.md')),
    ['a/link.md'],
    false,
  ],
  [
    'a file that becomes a link',
    folder => {
      rmSync(join(folder, 'a/one.md'))
      symlinkSync('/etc/hostname', join(folder, 'a/one.md'))
    },
    ['a/one.md'],
    false,
  ],
  ['a file in output of ours', folder => put(folder, 'out/index.html', 'x'), ['out/index.html'], false],
  [
    'output of ours where articles were',
    folder => put(folder, `a/${outputMarker}`, 'x'),
    [`a/${outputMarker}`],
    false,
  ],
]

test.each(happenings)(
  '%s: the listing of what changed is that of everything, or none',
  async (_, happen, paths, enough) => {
    using folder = temporaryFolder({
      'a/one.md': 'one',
      'a/two.md': 'two',
      'b/three.md': 'three',
      'four.md': 'four',
      [`out/${outputMarker}`]: '',
      'out/four.html': 'x',
    })
    const source = folderSource(folder.path)
    const before = await source.list()
    happen(folder.path)
    const partly = await source.relist!(before, paths)
    expect(partly !== null).toBe(enough)
    if (!partly) return
    expect(partly).toEqual(await source.list())
    // What nobody touched is the same object: whoever compares looks no further.
    const untouched = before.files.filter(({ path }) => !paths.includes(path))
    expect(untouched.length).toBeGreaterThan(2)
    for (const file of untouched) expect(partly.files).toContain(file)
  },
)
